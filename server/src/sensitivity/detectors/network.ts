import ipaddr from 'ipaddr.js'
import { isWordAt, standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'
import { buildShapes } from '../shapes.ts'

const OCTETS = ['0', '00', '000']
const V4 = buildShapes<true>([
  [
    true,
    OCTETS.flatMap((a) =>
      OCTETS.flatMap((b) => OCTETS.flatMap((c) => OCTETS.map((d) => [a, b, c, d].join('.')))),
    ),
  ],
])

const hitOf = (
  type: string,
  start: number,
  end: number,
  confidence: number,
  reason: string,
  sub?: string,
): Hit => ({
  kind: 'contact',
  type,
  ...(sub === undefined ? {} : { sub }),
  start,
  end,
  confidence,
  reason,
})

/** Public DNS resolvers that everyone writes down. */
const FAMOUS: ReadonlySet<string> = new Set([
  '8.8.8.8',
  '8.8.4.4',
  '1.1.1.1',
  '1.0.0.1',
  '9.9.9.9',
  '4.2.2.2',
  '1.2.3.4',
  '4.3.2.1',
  '208.67.222.222',
  '208.67.220.220',
])

/** Only addresses that could be somebody's: not loopback, private, link-local, documentation, multicast. */
const isSomebodys = (address: string): boolean => {
  if (FAMOUS.has(address) || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  const range = parsed.range()
  return range === 'unicast' || range === 'carrierGradeNat' || range === '6to4' || range === 'teredo'
}

const v4At = (reading: Reading, start: number): Hit | null => {
  const { text } = reading
  const { count, ends } = V4.match(text, start)
  if (count === 0) return null
  const end = ends[count - 1] ?? 0
  if (isWordAt(text, end) || (text.charAt(end) === '.' && isWordAt(text, end + 1))) return null
  if (isWordAt(text, start - 1) || (/[.\-_]/.test(text.charAt(start - 1)) && isWordAt(text, start - 2)))
    return null
  const address = text.slice(start, end)
  if (/^0|\.0\d/.test(address) || !isSomebodys(address)) return null
  // Networks, section numbers, releases: the same form, another thing.
  if (/^\/(?:[0-9]|[12][0-9]|3[01])(?![0-9])/.test(text.slice(end, end + 3))) return null
  const announced = reading.near('network', start, end, 24)
  if (reading.near('version', start, end, 12) && !reading.near('network', start, end, 10)) return null
  const low = address.split('.').every((octet) => Number(octet) < 32)
  if (low && !announced) return null
  return hitOf('IP_ADDRESS', start, end, announced ? 0.9 : 0.75, 'a public IPv4 address', 'ipv4')
}

const V6 = /(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}/iy

const v6At = (reading: Reading, start: number, tokenEnd: number): Hit | null => {
  const { text } = reading
  if (
    tokenEnd - start > 4 ||
    text.charAt(tokenEnd) !== ':' ||
    isWordAt(text, start - 1) ||
    text.charAt(start - 1) === ':'
  )
    return null
  V6.lastIndex = start
  const address = V6.exec(text)?.[0] ?? ''
  const end = start + address.length
  if (
    address.length < 8 ||
    isWordAt(text, end) ||
    !/[a-f]|::/i.test(address) ||
    !ipaddr.IPv6.isValid(address)
  )
    return null
  return isSomebodys(address) ? hitOf('IP_ADDRESS', start, end, 0.9, 'a public IPv6 address', 'ipv6') : null
}

const PAIR = /[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}/iy

const macAt = (text: string, start: number): Hit | null => {
  PAIR.lastIndex = start
  const found = PAIR.exec(text)?.[0]
  if (found === undefined || !standsAlone(text, start, start + found.length)) return null
  if (text.charAt(start - 1) === ':' || text.charAt(start + found.length) === ':') return null
  const bare = found.replaceAll(/[^0-9a-f]/gi, '').toLowerCase()
  if (/^(?:0{12}|f{12}|001122334455|aabbccddeeff|0123456789ab|deadbeef.*)$/.test(bare)) return null
  if (/^\d+$/.test(bare) && found.includes('-')) return null
  return hitOf('MAC_ADDRESS', start, start + found.length, 0.92, 'the hardware address of a device')
}

/* A hardware address may begin with a pair of letters only, which is no token; its second pair then starts here. */
const macStart = (text: string, start: number): number => {
  const before = text.slice(Math.max(0, start - 15), start)
  const lead = /(?:^|[^0-9a-z:-])((?:[a-f]{2}[:-]){1,5})$/i.exec(before)?.[1] ?? ''
  return start - lead.length
}

/** IP and MAC addresses of somebody's machine. Local, private and documentation ranges are nobody's. */
export const network: Detector = {
  name: 'network',
  detect: (reading) => {
    const { text, tokens } = reading
    const hits: Hit[] = []
    let behind = 0
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const end = tokens[i + 1] ?? 0
      if (start < behind || end - start > 4) continue
      const next = text.charAt(end)
      let hit: Hit | null = null
      if (next === '.') hit = v4At(reading, start) ?? macAt(text, start)
      else if (next === ':' || next === '-') {
        const early = macStart(text, start)
        hit =
          (end - start === 2 ? macAt(text, early) : null) ?? (next === ':' ? v6At(reading, start, end) : null)
      }
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}
