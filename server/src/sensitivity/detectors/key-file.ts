import type { Detector, Hit } from '../detector.ts'
import { isStandIn } from '../randomness.ts'
import type { Reading } from '../reading.ts'

/* The body holds no row of dashes (but in headers of old PEM files), so the next BEGIN ends it: runs can't overlap. */
const ARMOUR =
  /-----BEGIN [A-Z0-9 ]{0,30}(?:PRIVATE KEY|PGP MESSAGE|OpenVPN Static key V1)(?: BLOCK)?-----(?:[^-]|-(?!----)){0,16384}(?:-----END [A-Za-z0-9 ]{0,40}-----)?/y
/** RFC 4716: four dashes and a blank. */
const SSH2 =
  /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?:[^-]|-(?!---)){0,16384}(?:---- END [A-Z0-9 ]{0,40}----)?/y
/** A key of 8192 bits has some 7,000 characters. */
const PUTTY = /PuTTY-User-Key-File-[23]:(?:(?!Private-MAC)[\s\S]){0,8192}(?:Private-MAC: ?[0-9a-f]{40,64})?/y

const FORMS: readonly (readonly [RegExp, string])[] = [
  [ARMOUR, 'a private key in PEM armour'],
  [SSH2, 'a private key of SSH'],
  [PUTTY, 'a private key of PuTTY'],
]

/** What is left of a key without its armour, line breaks and indents. */
const bodyOf = (key: string): string => key.replaceAll(/-----?[^-\n]*-----?|\\[nr]|\s/g, '')

const keyAt = (text: string, start: number): Hit | null => {
  for (const [form, reason] of FORMS) {
    form.lastIndex = start
    const found = form.exec(text)
    if (found === null) continue
    const body = bodyOf(found[0])
    if (body.length < 24 || isStandIn(body) || /^[.…*x]+|\.\.\.|…/i.test(body.slice(0, 12))) return null
    const end = start + found[0].trimEnd().length
    return { kind: 'secret', type: 'SECRET', sub: 'private_key', start, end, confidence: 0.99, reason }
  }
  return null
}

const MEMBER = /"(?:d|k)"\s{0,4}:\s{0,4}"([\w-]{20,1400})"/g
/** How far the members of one JSON web key may lie apart: an RSA key of 8192 bits has about this much. */
const JWK = 6_000

/** The private member of each JSON web key (RFC 7517); windows of neighbouring keys do not overlap. */
const webKeys = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  let behind = 0
  for (const word of reading.words('wrapping')) {
    if (word.word !== '"kty"' || word.start < behind) continue
    const from = Math.max(behind, text.lastIndexOf('{', word.start))
    const close = text.indexOf('}', word.end)
    behind = Math.min(close === -1 ? text.length : close, word.end + JWK)
    const window = text.slice(Math.max(from, word.start - JWK), behind)
    for (const found of window.matchAll(MEMBER)) {
      const value = found[1] ?? ''
      if (isStandIn(value)) continue
      const end = Math.max(from, word.start - JWK) + found.index + found[0].length - 1
      const reason = 'the private part of a JSON web key'
      hits.push({
        kind: 'secret',
        type: 'SECRET',
        sub: 'jwk',
        start: end - value.length,
        end,
        confidence: 0.95,
        reason,
      })
    }
  }
  return hits
}

/** Private keys as files hold them: PEM and PGP armour, SSH, PuTTY, OpenVPN, JSON web keys. */
export const keyFile: Detector = {
  name: 'key-file',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('privateKey')) {
      if (word.start < behind) continue
      const hit = keyAt(reading.text, word.start)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return [...hits, ...webKeys(reading)]
  },
}
