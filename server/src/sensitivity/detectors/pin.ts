import type { Detector, Hit } from '../detector.ts'
import { isDrawn, isRandom } from '../randomness.ts'
import type { Reading, WordHit } from '../reading.ts'

const stickyAt = (pattern: RegExp, text: string, start: number): RegExpExecArray | null => {
  pattern.lastIndex = start
  return pattern.exec(text)
}

const hit = (
  type: 'SECRET' | 'PASSWORD',
  sub: string,
  start: number,
  end: number,
  confidence: number,
  reason: string,
): Hit => ({
  kind: 'secret',
  type,
  sub,
  start,
  end,
  confidence,
  reason,
})

const CODE =
  /(?:["'`*_]{0,3} ?)?(?:(?: (?:for|of|to|on|at|für|vom?|zum?|zur|de|del|du|pour|para|per|voor|do|dla|för|için|для|от)|'s) [^\n:=.!?\d]{1,40}?)? {0,2}(?:[:=：]|->|is|was|ist|lautet|war|es|est|è|é|jest|to|är|er|on|este|je|là|це|это|是|为|は|คือ|은|는|—|–|\(|#)?:? {0,2}(?:now |still |currently |set to |jetzt )?["'`*“(]{0,2}(\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{1,3}(?:-\d{1,3}){2,3}|[*#]?\d{4,8}#?|[A-Z0-9]{3,4}-[A-Z0-9]{3,4})(?![\w-]|[.,]\d)/iy

/** Digits that say themselves what they are: a year behind "pin" is rare, and behind "access code" too. */
const codeAt = ({ text }: Reading, word: WordHit): Hit | null => {
  const found = stickyAt(CODE, text, word.end)
  const value = found?.[1]
  if (found === null || value === undefined) return null
  const lead = found[0].slice(0, found[0].length - value.length)
  if (!/[0-9]/.test(value) || (lead.trim() === '' && !/^\d{4,8}$/.test(value)) || /^(\d)\1+$/.test(value))
    return null
  // `pin` is also a leg of a chip, and a postal code in India: there more digits or other words follow.
  if (
    word.word === 'pin' &&
    /^\s*#?$/.test(lead) &&
    !/(?:my|card|sim|his|her|the|bank|debit|phone) $/i.test(
      text.slice(Math.max(0, word.start - 8), word.start),
    )
  )
    return null
  if (/^pin.?code$/.test(word.word) && /^[1-9]\d{5}$/.test(value)) return null
  if (word.word === 'combination' && !/-/.test(value)) return null
  const start = word.end + lead.length
  return hit('PASSWORD', 'pin', start, start + value.length, 0.7, `digits given as a ${word.word}`)
}

const LIST = /[^\n]{0,60}?(?:[:：\n]|is|are|sind|ist|son|sont|sono|são|zijn|to)\s{0,6}/y
const ITEM =
  /(?:[\s,;•*-]|\d{1,2}[.)])*((?:[0-9A-Za-z]{4,8}-){1,7}[0-9A-Za-z]{4,8}|\d{4} \d{4}|\d{6,8}|[0-9a-z]{8,12})(?![\w-])/y

const recoveryAt = ({ text }: Reading, word: WordHit): Hit[] => {
  const lead = stickyAt(LIST, text, word.end)
  if (lead === null) return []
  const hits: Hit[] = []
  let at = word.end + lead[0].length
  for (let i = 0; i < 20; i += 1) {
    const item = stickyAt(ITEM, text, at)
    const value = item?.[1]
    if (item === null || value === undefined || !/[0-9]/.test(value)) break
    at += item[0].length
    hits.push(hit('SECRET', 'recovery_code', at - value.length, at, 0.8, 'a code that recovers an account'))
  }
  return hits
}

const SEED =
  /[^\n]{0,60}?(?:[:：=\n"“]|is|are|lautet|ist|es|est|è|é|jest)\s{0,6}["“'`]?((?:(?:\d{1,2}[.)] ?)?[a-z]{3,8}[\s,]{1,3}){11,23}(?:\d{1,2}[.)] ?)?[a-z]{3,8})(?![a-z])/y
const SEED_LENGTHS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24])
/** Not one of these is in the lists that seeds are drawn from (BIP-39, English); prose can't do without them. */
const PROSE =
  /\b(?:the|and|for|are|was|not|but|with|from|they|been|had|has|his|her|its|were|which|who|our|these|those)\b/

const seedAt = ({ text }: Reading, word: WordHit): Hit | null => {
  const found = stickyAt(SEED, text, word.end)
  const value = found?.[1]
  if (found === null || value === undefined || PROSE.test(value)) return null
  const count = value.match(/[a-z]{3,8}/g)?.length ?? 0
  if (!SEED_LENGTHS.has(count)) return null
  const start = word.end + found[0].length - value.length
  return hit(
    'SECRET',
    'seed_phrase',
    start,
    start + value.length,
    0.9,
    `the ${count} words of a wallet's seed`,
  )
}

const GROUPS =
  /["'`\s:=(-]{0,6}(?:is |ist |es |est )?["'`]?((?:[A-Za-z2-7]{4} ){3,15}[A-Za-z2-7]{4})(?![\w])/y

/** Seeds of one-time codes as they are shown: in groups of four. */
const otpSeedAt = ({ text }: Reading, word: WordHit): Hit | null => {
  const found = stickyAt(GROUPS, text, word.end)
  const value = found?.[1]
  if (found === null || value === undefined) return null
  const bare = value.replaceAll(' ', '')
  if (!isDrawn(bare) || (!isRandom(bare) && !/[2-7]/.test(bare))) return null
  const start = word.end + found[0].length - value.length
  return hit('SECRET', 'otp_seed', start, start + value.length, 0.85, 'the seed of one-time codes')
}

/** Short codes that open a door, a card, an account or a wallet, behind the words for them. */
export const pin: Detector = {
  name: 'pin',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const word of reading.words('pinWord')) {
      const found = codeAt(reading, word)
      if (found !== null) hits.push(found)
    }
    for (const word of reading.words('recoveryWord')) hits.push(...recoveryAt(reading, word))
    for (const word of reading.words('seedWord')) {
      const found = seedAt(reading, word)
      if (found !== null) hits.push(found)
    }
    for (const word of reading.words('secretWord')) {
      const found = otpSeedAt(reading, word)
      if (found !== null) hits.push(found)
    }
    return hits
  },
}
