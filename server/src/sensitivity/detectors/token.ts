import { crc32 } from 'node:zlib'
import { fold } from '../automaton.ts'
import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { entropyOf, isDrawn, isStandIn } from '../randomness.ts'
import { FAMILIES, type Family } from '../words/families.ts'

const ALPHABETS: Readonly<Record<string, RegExp>> = {
  w: /[\w-]/,
  a: /[0-9A-Za-z]/,
  u: /[0-9A-Z]/,
  l: /[0-9a-z]/,
  h: /[0-9a-fA-F]/,
  b: /[\w+/=.%:-]/,
  d: /[0-9]/,
  c: /[\w./$=,+-]/,
  p: /[!#-&*-+\--:<-Z^-z|~]/,
}

const tableOf = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, unit) => Number(pattern.test(String.fromCharCode(unit))))

const TABLES = new Map(Object.entries(ALPHABETS).map(([name, pattern]) => [name, tableOf(pattern)]))

const BY_PREFIX = Map.groupBy(FAMILIES, (family) => fold(family.prefix))

/** End of the run of the family's alphabet, at most one past the longest body. */
const bodyEnd = (text: string, start: number, family: Family): number => {
  const table = TABLES.get(family.alphabet)
  let end = start
  while (end < text.length && end - start <= family.most && table?.[text.charCodeAt(end)] === 1) end += 1
  while (end - start > family.fewest && '.,:%-'.includes(text.charAt(end - 1))) end -= 1
  return end
}

/** Letters and digits alone mean something only where a word begins; with a sign in it a long prefix means it anywhere. */
const begins = (text: string, start: number, prefix: string): boolean =>
  (prefix.length >= 6 && /[^0-9A-Za-z]/.test(prefix)) ||
  !isWordAt(text, start - 1) ||
  /^\\[nrt]$/.test(text.slice(start - 2, start))

/** Prefixes that names begin with too: only a body that was drawn tells. */
const AMBIGUOUS: ReadonlySet<string> = new Set(
  'live_ test_ access_ sandbox_ secret_ secret- dataset- app- key- key_ sess- api- sdk- pat. sat. pat_ ser. EAAA EAAl'.split(
    ' ',
  ),
)

const isBodyDrawn = (body: string, family: Family): boolean => {
  if (family.alphabet === 'h') return true
  if (AMBIGUOUS.has(family.prefix) || (family.prefix.length < 4 && family.prefix !== 'hf_'))
    return isDrawn(body)
  // Words joined by dashes or underscores are names; a credential's body is drawn at random.
  return body.length < 14 || (entropyOf(body) >= 2.6 && /[0-9]|[a-z][A-Z]|[A-Z]{2}/.test(body))
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Whether the last six characters are the CRC-32 of the rest in base 62, as GitHub and npm issue them. */
const isChecked = (body: string): boolean => {
  if (body.length !== 36) return false
  let rest = crc32(body.slice(0, 30))
  let check = ''
  for (let i = 0; i < 6; i += 1) {
    check = BASE62.charAt(rest % 62) + check
    rest = Math.floor(rest / 62)
  }
  return body.endsWith(check)
}

const hitOf = (text: string, start: number, family: Family): Hit | null => {
  const bodyStart = start + family.prefix.length
  if (text.slice(start, bodyStart) !== family.prefix || !begins(text, start, family.prefix)) return null
  const end = bodyEnd(text, bodyStart, family)
  const body = text.slice(bodyStart, end)
  if (body.length < family.fewest || body.length > family.most) return null
  if (!isBodyDrawn(body, family) || isStandIn(body)) return null
  const checked = isChecked(body)
  const form = `the form of a ${family.name.replaceAll('_', ' ')} credential`
  return {
    kind: 'secret',
    type: 'SECRET',
    sub: family.name,
    start,
    end,
    confidence: checked ? 0.99 : family.prefix.length >= 4 ? 0.97 : 0.85,
    reason: checked ? `${form}, with a checksum that fits` : form,
  }
}

/** Credentials with their vendor's prefix: the prefix by automaton, the body in a bounded window. */
export const token: Detector = {
  name: 'token',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const word of reading.words('family')) {
      const last = hits.at(-1)
      // Of two prefixes at the same place the longer comes later and knows the make better.
      if (last !== undefined && word.start !== last.start && word.start < last.end) continue
      for (const family of BY_PREFIX.get(word.word) ?? []) {
        const hit = hitOf(reading.text, word.start, family)
        if (hit === null) continue
        if (last?.start === hit.start) hits.pop()
        hits.push(hit)
        break
      }
    }
    return hits
  },
}
