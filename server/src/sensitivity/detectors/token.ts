import { fold } from '../automaton.ts'
import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { entropyOf, isStandIn } from '../randomness.ts'
import { FAMILIES, type Family } from '../words/families.ts'

const ALPHABETS: Readonly<Record<string, RegExp>> = {
  w: /[\w-]/,
  a: /[0-9A-Za-z]/,
  u: /[0-9A-Z]/,
  h: /[0-9a-fA-F]/,
  b: /[\w+/=.%:-]/,
  d: /[0-9]/,
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
  while (
    end > start &&
    '.:%=-'.includes(text.charAt(end - 1)) &&
    text.charAt(end - 2) !== '=' &&
    end - start > family.fewest
  ) {
    if (text.charAt(end - 1) === '=') break
    end -= 1
  }
  return end
}

/** A short prefix means something only at the start of a word; a long one with punctuation anywhere. */
const begins = (text: string, start: number, prefix: string): boolean =>
  prefix.length >= 6 || !isWordAt(text, start - 1) || /^\\[nrt]$/.test(text.slice(start - 2, start))

const hitOf = (text: string, start: number, family: Family): Hit | null => {
  const bodyStart = start + family.prefix.length
  if (text.slice(start, bodyStart) !== family.prefix || !begins(text, start, family.prefix)) return null
  const end = bodyEnd(text, bodyStart, family)
  const body = text.slice(bodyStart, end)
  if (body.length < family.fewest || body.length > family.most || /EXAMPLE/.test(body) || isStandIn(body))
    return null
  // Words joined by dashes or underscores are names; a credential's body is drawn at random.
  if (
    body.length >= 14 &&
    (entropyOf(body) < 2.6 || !(/[0-9]/.test(body) || /[a-z][A-Z]|[A-Z]{2}/.test(body)))
  )
    return null
  return {
    kind: 'secret',
    type: 'SECRET',
    sub: family.name,
    start,
    end,
    confidence: family.prefix.length >= 4 ? 0.97 : 0.85,
    reason: `the form of a ${family.name.replaceAll('_', ' ')} credential`,
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
