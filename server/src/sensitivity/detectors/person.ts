import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'

/* One part of a name: a capital, then small letters; particles and initials between parts. */
const PART = "\\p{Lu}(?:\\p{Ll}+|['’]\\p{Lu}\\p{Ll}+|\\.)(?:[-'’]\\p{Lu}\\p{Ll}+|\\p{Lu}\\p{Ll}+)?"
const PARTICLE =
  "(?:van der|van den|van de|von der|von dem|van|von|zu|de la|de los|del|della|de|da|dos|di|du|le|la|ten|ter|al|bin|ibn|el|y|O['’])"
const NAME = new RegExp(`${PART}(?: (?:${PARTICLE} )?${PART}){0,3}`, 'uy')
const ONE = new RegExp(PART, 'uy')
/** In scripts without capitals only a name of a few characters right behind the word is taken. */
const HAN = /[\u4e00-\u9fff]{2,4}(?=[，,。；;（(\s]|的|$)/uy
const THAI = /[\u0e01-\u0e4e]{2,24}(?: (?:[ณ] )?[\u0e01-\u0e4e]{2,24}){0,2}/uy

/** Capitalised words that follow the same words as names do. */
const NOT_NAMES: ReadonlySet<string> = new Set(
  (
    'The A An I It He She We They You This That These Those My Your Our Their His Her Is Are Was Were In On At To From ' +
    'For With About Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July ' +
    'August September October November December English German French Spanish Italian Dutch Polish American British ' +
    'European Team All Everyone Everybody Support Customer Service Manager Sir Madam Colleagues Friends Hiring Committee ' +
    'Students Students World There Python JavaScript Java Claude ChatGPT Gemini Siri Alexa Assistant Please Just Not Name ' +
    'Date Address Email Phone Number ID Patient Client Kunde Herr Frau Liebe Sehr Damen Herren Kollegen Kolleginnen Diary ' +
    'God Lord Professor Doctor Dr Mr Mrs Ms President Minister King Queen Prince Saint CEO Director Dear Hello Hi Chief ' +
    'New North South East West What Who How When Where Why Which Yes No Thanks Thank Best Kind Order Invoice Account None ' +
    'Unknown Admin User Owner Sales Marketing Finance Human Resources Legal Department Group Company Inc Ltd GmbH Bitte ' +
    'Der Die Das Ein Eine Ich Wir Sie Er Es Und Mit Bei Le La Les Un Une El Los Las Data Machine Product Software Project'
  ).split(' '),
)

/** Words weak by themselves: a first name alone behind them is as often an imagined person's. */
const WEAK: ReadonlySet<string> = new Set(
  (
    "this is|i'm|i am|ich bin|je suis|soy|call me|dear|hi|hello|hallo|liebe|lieber|cher|chere|estimado|estimada|caro|cara|beste|adim|name|name:|born|patient|pan|pani|bay|tenant|" +
    'employee|candidate|applicant|to:|from:|cc:|my friend|my colleague|sir|don|to'
  ).split('|'),
)

const CAPITALISED_WORD: ReadonlySet<string> = new Set([
  'pan',
  'bay',
  'don',
  'sir',
  'fru',
  'miss',
  'soy',
  'caro',
  'cara',
  'beste',
  'hasta',
  'nom',
  'ms',
  'hr.',
  'fr.',
  'prof',
])

const GAP = /^[ \t]{0,3}(?:["“„*_]{0,2})|^\s?\n\s{0,8}/

const match = (pattern: RegExp, text: string, start: number): string | null => {
  pattern.lastIndex = start
  return pattern.exec(text)?.[0] ?? null
}

const withoutCommonWords = (name: string): string => {
  const parts = name.split(' ')
  const stop = parts.findIndex((part) => NOT_NAMES.has(part))
  return (stop < 0 ? parts : parts.slice(0, stop)).join(' ')
}

const hitOf = (start: number, name: string, confidence: number, reason: string): Hit => ({
  kind: 'contact',
  type: 'PERSON',
  start,
  end: start + name.length,
  confidence,
  reason,
})

const after = (text: string, wordEnd: number): number => {
  const gap = GAP.exec(text.slice(wordEnd, wordEnd + 12))?.[0].length ?? 0
  return wordEnd + gap
}

const other = (text: string, start: number): string | null => {
  const unit = text.charCodeAt(start)
  if (unit >= 0x4e00 && unit <= 0x9fff) return match(HAN, text, start)
  return unit >= 0x0e01 && unit <= 0x0e4e ? match(THAI, text, start) : null
}

/** Thai is written without blanks between words: the word must not be the end or the beginning of a longer one. */
const isThaiInside = (text: string, word: WordHit, start: number): boolean => {
  const before = text.charCodeAt(word.start - 1)
  return (
    word.word.charCodeAt(0) >= 0x0e01 &&
    word.word.charCodeAt(0) <= 0x0e4e &&
    ((before >= 0x0e01 && before <= 0x0e4e) || start === word.end)
  )
}

const introduced = ({ text }: Reading, word: WordHit): Hit | null => {
  const start = after(text, word.end)
  const foreign = start - word.end < 3 && word.word.charCodeAt(0) > 0x2ff ? other(text, start) : null
  if (isThaiInside(text, word, start)) return null
  if (foreign !== null) return hitOf(start, foreign, 0.7, 'a name behind a word that introduces one')
  if (start === word.end) return null
  const name = withoutCommonWords(match(NAME, text, start) ?? '')
  const parts = name.split(' ').filter((part) => part.length > 2)
  if (parts.length === 0 || name.length > 60) return null
  // "I am German", "hi There": one capitalised word proves little.
  if (parts.length < 2 && WEAK.has(word.word)) return null
  return hitOf(start, name, parts.length > 1 ? 0.8 : 0.65, 'a name behind words that introduce one')
}

const saluted = ({ text }: Reading, word: WordHit): Hit | null => {
  const spelled = text.slice(word.start, word.start + 1)
  const start = after(text, word.end)
  if (start === word.end && word.word.charCodeAt(0) < 0x2ff) return null
  const foreign = word.word.charCodeAt(0) > 0x2ff ? other(text, start) : null
  if (isThaiInside(text, word, word.end + 1)) return null
  if (foreign !== null) return hitOf(start, foreign, 0.8, 'a name behind a title')
  if (spelled === spelled.toLowerCase() || CAPITALISED_WORD.has(word.word)) return null
  const name = withoutCommonWords(match(NAME, text, start) ?? match(ONE, text, start) ?? '')
  if (name.length < 3 || /^(?:\p{Lu}\.)+$/u.test(name)) return null
  return hitOf(start, name, 0.75, 'a name behind a title')
}

/**
 * Private persons where the text itself says so: introduced ("my name is", "Patient:"), or behind a title.
 * Names without such a sign are left to a trained reader; public figures are named without them.
 */
export const person: Detector = {
  name: 'person',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const word of reading.words('introduction')) {
      const hit = introduced(reading, word)
      if (hit !== null) hits.push(hit)
    }
    for (const word of reading.words('salutation')) {
      const hit = saluted(reading, word)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}
