import type { Detector, Hit } from '../detector.ts'
import { isRandom, isStandIn } from '../randomness.ts'
import type { Reading, WordHit } from '../reading.ts'

/* Between a word and its value: at most a few letters of the name's rest, then a sign of assignment or speech. */
const VALUE =
  /[\w-]{0,24}(?:\\?["'`\]])? {0,4}(?::=|=>|->|[:=]|\bis\b|\bwas\b|\bist\b|\bes\b|\best\b|,)? {0,4}(?:\\?["'`]|\n {0,8})? {0,2}([\w+/=.~!@#$%^&*?-]{12,512})/y

const trim = (value: string): string => value.replace(/[.,;:!?]+$/, '')

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Names whose value is a secret even as a UUID or as a plain number of hexadecimal digits. */
const STRONG =
  /api.?key|secret|auth.?token|access.?(?:key|token)|private|client.?secret|bearer|x-api-key|account.?key/

const ASSIGNED = /[:=]|->|\b(?:is|was|ist|es|est)\b/

const hitAt = (reading: Reading, word: WordHit): Hit | null => {
  const { text } = reading
  VALUE.lastIndex = word.end
  const found = VALUE.exec(text)
  const raw = found?.[1]
  if (found === null || raw === undefined) return null
  const lead = found[0].slice(0, found[0].length - raw.length)
  const value = trim(raw)
  const assigned = ASSIGNED.test(lead)
  if (value.length < 12 || isStandIn(value) || /\(|^[\w.]+\.[a-z_]+$/i.test(value)) return null
  if (/^https?:/.test(value) || (UUID.test(value) && !STRONG.test(word.word))) return null
  if (!isRandom(value) || (!assigned && (value.length < 20 || !/[0-9]/.test(value)))) return null
  const start = word.end + lead.length
  return {
    kind: 'secret',
    type: 'SECRET',
    sub: 'assigned_secret',
    start,
    end: start + value.length,
    confidence: assigned ? 0.85 : 0.65,
    reason: `a random-looking value beside the word "${word.word}"`,
  }
}

/** Credentials of no known make: a word that announces one, then a value that looks drawn at random. */
export const assignment: Detector = {
  name: 'assignment',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('secretWord')) {
      if (word.start < behind) continue
      const hit = hitAt(reading, word)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}
