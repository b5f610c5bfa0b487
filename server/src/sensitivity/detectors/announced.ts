import { isWordAt, standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'
import type { Group } from '../vocabulary.ts'
import { ANNOUNCEMENTS, type Announcement } from './announcements.ts'
import { endsAt } from './joint.ts'

/**
 * Between the word and the number: a short run of speech or signs without a sentence's end. A form's label,
 * a cell's border, a quoted key and what people say between "passport" and its number.
 */
const BRIDGE =
  /(?:[ \t\u00a0]*(?:\([^()\n]{2,30}\)|[:#=№：＝*|>~_"'`“”„«»‘’([\]]|->|=>|[-–—](?= )|(?:is|was|are|ist|war|lautet|lauten|es|est|è|é|jest|to|är|er|on|olan|olarak|je|este|van|number|numbers|num|no|nr|n[°º.]|nummer|numero|número|numéro|numer|numerem|nº|číslo|broj|id|ids|code|ref|of|for|ending|in|with|mit|und|le|la|il|lo|el|los|las|meu|minha|mio|mia|mi|moj|mój|moje|min|mitt|mon|ma|porte|hat|has|har|had|ha|tem|tiene|ma|má|yra|ir|seria|serie|série|series|серия|серии|номер|№|reading|and|the|der|die|das|les|los|a|o|reads?|card|vom|von|del|della|di|de|du|des|do|da|til|för|für|pour|para|per|dla|her|his|my|your|our|their|mein|meine|ihre|it|that|new|current|below|follows|as|value|номер|номером|это|под|є|είναι|με|αριθμός)(?![a-z0-9а-яα-ω])[.:]?|คือ|เลขที่|หมายเลข|เลข|เดิม|ที่|เป็น|ของ|是|为|為|号码|號碼|号|號|编号|は|が|の|番号|번호|는|은|이|가|है|संख्या|नंबर|का|هو|هي|رقم|הוא|מספר)){0,9}[ \t\r\n\u00a0]*["'`“„«([{#*|@]*/iy

/** How far behind the word a number that tells what it is may stand. */
const REACH = 60
/** Rows of numbers: "passports L1234567, L7654321 and ...". */
const MOST_IN_ROW = 40

const bridge = (text: string, start: number): number => {
  BRIDGE.lastIndex = start
  return BRIDGE.test(text) ? Math.max(start, BRIDGE.lastIndex) : start
}

const EQUATES =
  /[:=#"'`“„@：]|\s(?:is|ist|lautet|es|est|jest|to|är|è|é|er|on|je|este|είναι|это)\s|是|为|คือ|は|는|은/

/** Names that are a word only count behind a label that can announce nothing else. */
const PLAIN_NAME = /^[a-z][a-z]{3,24}$/
const LABEL =
  /name|naam|namn|nazwa|navn|nimi|nome|nombre|jmeno|meno|nev$|handle|tunnus|kennung|adi|[\u0370-\uffff]/i
const NO_NAME =
  /^(?:string|required|optional|password|passwort|admin|administrator|username|user|login|email|value|input|field|false|undefined|number|boolean|varchar|example|sample|test\w*|your\w*|guest|anonymous|system|default|cannot|already|should|please|invalid|unknown|exists?|incorrect|either|never|there|which|where|after|before|under|given|taken|available|change[ds]?|missing|empty|object|array|profile|settings?|account|service|public|private|static|const|return|import|export|function|class|character|characters|format|allowed|unique|valid|length|database|postgres|ubuntu|localhost|and|for|the)$/i

/** "to handle", "- Handle", "they handle": what is done with something, unless a sign says that a name follows. */
const DONE =
  /(?:^|[\n.!?:;,(*#>/-]\s*|\b(?:to|can|could|will|would|should|must|may|not|don['’]t|and|or|that|which|they|we|you|it|how|please|also|then|only|always|never|let|helps?)\s+)$/i
const NAMES = /[:=@：]|\s(?:is|was)\s/
const BEFORE_VERB = 16

const isDone = (text: string, { start, word }: WordHit, bridged: string): boolean =>
  word === 'handle' && !NAMES.test(bridged) && DONE.test(text.slice(Math.max(0, start - BEFORE_VERB), start))

/** "a handle to a provider-side session": behind an article stands a word. */
const ARTICLE = /\b(?:an?|the|any|each)\s+$/i

/** `user_id: {"device_id": …`: a member's name, and the next row of a table, are nobody behind the word. */
const isElsewhere = (text: string, bridged: string, end: number): boolean =>
  (bridged.includes('{') && /^["'`]\s*:/.test(text.slice(end, end + 4))) ||
  (bridged.includes('\n') && bridged.includes('|'))

const isName = (text: string, word: WordHit, bridged: string, value: string, end: number): boolean => {
  if (/[@(:[]/.test(text.charAt(end)) || value.toLowerCase().startsWith(`${word.word}-`)) return false
  if (isDone(text, word, bridged) || isElsewhere(text, bridged, end)) return false
  if (ARTICLE.test(bridged) && /^[a-z-]+$/i.test(value)) return false
  if (!EQUATES.test(bridged) && !(LABEL.test(word.word) && /[0-9._-]/.test(value))) return false
  if (!PLAIN_NAME.test(value)) return true
  return (
    LABEL.test(word.word) &&
    /[:=："'`]/.test(bridged) &&
    !NO_NAME.test(value) &&
    !/[;.<]/.test(text.charAt(end))
  )
}

/** What a rule finds, as a hit. */
export const hitOf = (rule: Announcement, start: number, end: number, confidence: number): Hit => ({
  kind: rule.kind,
  type: rule.type,
  start,
  end,
  confidence,
  reason: `a number behind a word that announces a ${rule.what} number`,
})

/** `MRN-4838545`: the name of the number is its beginning. */
const JOINED: ReadonlySet<string> = new Set(['HEALTH_ID', 'INTERNAL_ID', 'PASSPORT'])

/** Of orders and tickets plain digits are everywhere, and say nothing of a person. */
const TRADE = /^(?:order|invoice|ticket|file|incident|confirmation)/

/** Words that are written with a full stop: "Fall-Nr.", "acct.". */
const ABBREVIATION = /(?:^|[ -])[a-z]{1,4}$|nr$|no$/

/** What the rule's form finds at a place, or null where it is no number of that sort. */
const valueAt = (text: string, rule: Announcement, start: number): string | null => {
  rule.form.lastIndex = start
  const value = rule.form.exec(text)?.[0].replace(/[._-]+$/, '') ?? ''
  if (value === '' || !standsAlone(text, start, start + value.length)) return null
  return value
}

interface Value {
  readonly start: number
  readonly text: string
}

/** The same right behind the word, whatever sign joins the two: that it stands alone is the word's to say. */
const joinedValue = (text: string, rule: Announcement, start: number): string | null => {
  if (rule.type === 'USERNAME') return valueAt(text, rule, start)
  rule.form.lastIndex = start
  const value = rule.form.exec(text)?.[0].replace(/[._-]+$/, '') ?? ''
  if (value === '' || isWordAt(text, start - 1) || !endsAt(text, start, start + value.length)) return null
  return value
}

/** What a number may be glued to its word with, where that is no path or name of something else. */
const GLUE = /[-./_](?=[A-Z]{0,5}[-./]?\d)/iy
const GLUED: ReadonlySet<string> = new Set([
  'HEALTH_ID',
  'PASSPORT',
  'NATIONAL_ID',
  'TAX_ID',
  'DRIVER_LICENSE',
  'BANK_ACCOUNT',
  'INTERNAL_ID',
])
/** Between slashes these are pages of a site more often than numbers. */
const PAGES: ReadonlySet<string> = new Set(['DRIVER_LICENSE', 'INTERNAL_ID', 'BANK_ACCOUNT'])

const isInPath = (text: string, end: number): boolean => {
  if (text.charAt(end) !== '/') return false
  let start = end
  while (start > 0 && end - start < 40 && isWordAt(text, start - 1)) start -= 1
  return text.charAt(start - 1) === '/'
}

const glueEnd = (text: string, rule: Announcement, end: number): number => {
  if (!GLUED.has(rule.type) || (PAGES.has(rule.type) && isInPath(text, end))) return end
  GLUE.lastIndex = end
  return GLUE.test(text) ? end + 1 : end
}

/** The number behind what may stand between a word and it, or in the brackets that open right there. */
export const afterBridge = (text: string, rule: Announcement, end: number): Value | null => {
  const bridged = bridge(text, end)
  const start = bridged === end ? glueEnd(text, rule, end) : bridged
  // A script without blanks joins the word and the number; elsewhere something stands between.
  if (start === end && text.charCodeAt(end - 1) < 0xe00 && !/[#°º№.:/]/.test(text.charAt(end - 1)))
    return null
  const value = joinedValue(text, rule, start)
  if (value !== null && (rule.type === 'USERNAME' || /\d/.test(value))) return { start, text: value }
  IN_BRACKETS.lastIndex = end
  if (!IN_BRACKETS.test(text)) return null
  const inside = IN_BRACKETS.lastIndex
  const bracketed = valueAt(text, rule, inside)
  return bracketed === null || text.charAt(inside + bracketed.length) !== ')'
    ? null
    : { start: inside, text: bracketed }
}
const IN_BRACKETS = /[ \t]{0,2}\(/y

const behindWord = (reading: Reading, rule: Announcement, word: WordHit): Hit | null => {
  const { text } = reading
  const joined = JOINED.has(rule.type) && /^[-_]\d/.test(text.slice(word.end, word.end + 2))
  const dotted = text.charAt(word.end) === '.' && ABBREVIATION.test(word.word)
  const found = joined
    ? { start: word.start, text: valueAt(text, rule, word.start) }
    : afterBridge(text, rule, word.end + (dotted ? 1 : 0))
  if (found === null || found.text === null) return null
  const { start, text: value } = found
  const end = start + value.length
  if (rule.type === 'USERNAME') {
    const plain = PLAIN_NAME.test(value)
    if (!(plain || rule.fits(value)) || !isName(text, word, text.slice(word.end, start), value, end))
      return null
  } else if (!rule.fits(value, word.word) || (TRADE.test(word.word) && /^[\d-]+$/.test(value))) return null
  return hitOf(rule, start, end, rule.confidence)
}

const SENTENCE_END = /[.!?。！？](?:\s|$)|\n\s*\n|\n.*\n/

/** A plate's own form a few words behind a word for a vehicle, or in brackets: "the van (AB12 CDE)". */
const plateNear = (reading: Reading, rule: Announcement, word: WordHit, from: number): Hit | null => {
  const { text, tokens } = reading
  for (let i = from; i < tokens.length && i < from + 4; i += 2) {
    let start = tokens[i] ?? 0
    if (start > word.end + 24 || SENTENCE_END.test(text.slice(word.end, start))) return null
    // "ABC 123": letters ahead of the digits are no token of their own.
    const lead = /(?:^|[^A-Za-z0-9])([A-ZÄÖÜ]{1,3}[ -](?:[A-Z]{1,2} )?)$/.exec(
      text.slice(Math.max(word.end, start - 8), start),
    )
    for (const at of lead?.[1] === undefined ? [start] : [start - lead[1].length, start]) {
      start = at
      const value = valueAt(text, rule, start)
      if (value !== null && rule.fits(value)) return hitOf(rule, start, start + value.length, rule.confidence)
    }
  }
  return null
}

/** The first number within reach that tells by its form that it is one of that sort. */
const furtherOn = (reading: Reading, rule: Announcement, word: WordHit, from: number): Hit | null => {
  const { text, tokens } = reading
  // Where words are not set apart, a short one may be the beginning of another.
  const length = word.end - word.start
  const cut =
    (length <= 4 && text.charCodeAt(word.end) >= 0xe00) ||
    (length <= 2 && text.charCodeAt(word.start) < 0x250)
  if (rule.group === 'vehicleWord') return plateNear(reading, rule, word, from)
  if (rule.telling === undefined || cut) return null
  for (let i = from; i < tokens.length && i < from + 8; i += 2) {
    const start = tokens[i] ?? 0
    if (start > word.end + REACH || SENTENCE_END.test(text.slice(word.end, start))) return null
    const value = valueAt(text, rule, start)
    if (value === null || !rule.telling.test(value) || !rule.fits(value)) continue
    if (TRADE.test(word.word)) continue
    return hitOf(rule, start, start + value.length, rule.confidence - 0.15)
  }
  return null
}

const ROW =
  /[ \t]*(?:[,;/&、]|\r?\n[ \t]*(?:[-*•][ \t]*)?|\b(?:and|und|et|y|e|i|en|och|og|ja|ve|or|oder|ou|o)\b)[ \t]*(?:(?:and|und|et|y)\b[ \t]*)?["'`]?/y

const shapeOf = (value: string): string => value.replaceAll(/\d/g, '0').replaceAll(/[A-Za-z]/g, 'A')

/** Another of the very form in the same sentence: "merge record AB123456 into CD654321". */
const alike = (reading: Reading, rule: Announcement, first: Hit): Hit[] => {
  const { text, tokens } = reading
  const shape = shapeOf(text.slice(first.start, first.end))
  if (shape.length < 6 || !/A.*0/.test(shape)) return []
  const from = tokenFrom(tokens, first.end)
  for (let i = from; i < tokens.length && i < from + 6; i += 2) {
    const start = tokens[i] ?? 0
    if (start > first.end + REACH || SENTENCE_END.test(text.slice(first.end, start))) break
    const value = valueAt(text, rule, start)
    if (value !== null && shapeOf(value) === shape && rule.fits(value))
      return [hitOf(rule, start, start + value.length, first.confidence - 0.1)]
  }
  return []
}

/** More of the same behind the first: as long, and of the same form. */
const inRow = (reading: Reading, rule: Announcement, first: Hit): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  let { end } = first
  while (hits.length < MOST_IN_ROW) {
    ROW.lastIndex = end
    if (!ROW.test(text)) break
    const start = ROW.lastIndex
    const value = valueAt(text, rule, start)
    if (value === null || !rule.fits(value)) break
    if (shapeOf(value) !== shapeOf(text.slice(first.start, first.end))) break
    end = start + value.length
    hits.push(hitOf(rule, start, end, first.confidence))
  }
  if (hits.length === 0) hits.push(...alike(reading, rule, first))
  return hits
}

/** What may stand between a number and the word for it behind: "… is my passport", "… (passport)", "…, that's her MRN". */
const BACK =
  /^["'`”’)\]]?[ \t]{0,2}(?:\(|[,;]? ?[-–—:=]{0,2} ?(?:(?:and|und|et|y|that|this|it|which|das|ce|eso|questo|dat)(?:['’]s)? )?(?:(?:is|was|ist|war|est|es|è|é|is|jest|to|är|=) )?(?:(?:the|my|her|his|their|our|your|an?|also|die|der|mein|meine|ihre|seine|le|la|mon|ma|son|sa|el|mi|su|il|mio|mia|o|a|meu|minha|het|mijn|mój|moje|moja|mitt|min|hans|hennes|[a-z]{3,10}['’]s) ){0,2})$/i
const MOST_BACK = 32

/** What BACK found says more than that two things stand side by side. */
const ASSIGNS =
  /\(|[-–—=]|['’]s |\b(?:is|was|ist|war|est|es|è|é|jest|to|är|my|her|his|their|our|mein|meine)\b/i

/** The number right before the word, where the words between say that it is one: "4838545 is the MRN". */
export const backFrom = (reading: Reading, rule: Announcement, word: WordHit): Hit | null => {
  const { text, tokens } = reading
  const last = tokenFrom(tokens, word.start) - 2
  const end = tokens[last + 1] ?? 0
  if (last < 0 || end > word.start || word.start - end > MOST_BACK) return null
  const between = text.slice(end, word.start)
  if (!BACK.test(between) || !ASSIGNS.test(between)) return null
  let first = last
  while (first > 0 && last - first < 8 && (tokens[first] ?? 0) - (tokens[first - 1] ?? 0) === 1) first -= 2
  for (let i = first; i <= last; i += 2) {
    const start = tokens[i] ?? 0
    const value = valueAt(text, rule, start)
    if (value === null || start + value.length !== end || !rule.fits(value, word.word)) continue
    if (between.includes('(') || rule.telling?.test(value) === true)
      return hitOf(rule, start, end, rule.confidence - 0.1)
  }
  return null
}

/** Words for numbers of a customer or a file, which at a doctor's or an insurer's are a patient's. */
const FILED =
  /polic|polis|poliz|póliza|pólizas|apólice|member|mitglied|file|dossier|dosya|expediente|afili|adhér|versicher|fall|case|card|karty|sprawy|sygnat|subscriber|reference|socio|id number|id no|id#|identification/

const inCare = (reading: Reading, word: WordHit, hit: Hit): Hit =>
  (hit.type === 'INTERNAL_ID' || (hit.type === 'NATIONAL_ID' && word.word.startsWith('id'))) &&
  FILED.test(word.word) &&
  reading.near('care', hit.start, hit.end, 60, 40)
    ? { ...hit, kind: 'identity', type: 'HEALTH_ID', confidence: Math.max(0.7, hit.confidence) }
    : hit

/** The place in `tokens` of the first that begins at or behind `index`. */
const tokenFrom = (tokens: readonly number[], index: number): number => {
  let low = 0
  let high = tokens.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle * 2] ?? 0) < index) low = middle + 1
    else high = middle
  }
  return low * 2
}

/** Words for people say what a number is only where no word for a number does: "the client's tax number". */
const OF_PEOPLE: ReadonlySet<string> = new Set(['customerWord', 'care', 'memberWord'])
const NUMBER_WORDS: readonly Group[] = [
  'named',
  'taxId',
  'nationalId',
  'ssn',
  'passport',
  'bank',
  'card',
  'phone',
]

const gives = (reading: Reading, rule: Announcement, word: WordHit): boolean =>
  OF_PEOPLE.has(rule.group) && NUMBER_WORDS.some((group) => reading.near(group, word.start, word.end, 16, 12))

/** Passports, licences, plates, patient, account, tax and staff numbers behind the word that announces them. */
export const announced: Detector = {
  name: 'announced',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const rule of ANNOUNCEMENTS) {
      if (!reading.has(rule.group)) continue
      let behind = 0
      for (const word of reading.words(rule.group)) {
        if (word.start < behind || gives(reading, rule, word)) continue
        const hit =
          behindWord(reading, rule, word) ??
          furtherOn(reading, rule, word, tokenFrom(reading.tokens, word.end)) ??
          (rule.telling === undefined ? null : backFrom(reading, rule, word))
        if (hit === null) continue
        const more = rule.type === 'USERNAME' ? [] : inRow(reading, rule, hit)
        for (const one of [hit, ...more]) hits.push(inCare(reading, word, one))
        behind = Math.max(word.end, more.at(-1)?.end ?? hit.end)
      }
    }
    return hits
  },
}
