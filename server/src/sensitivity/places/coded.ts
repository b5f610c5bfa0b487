import { isRoadWord, isSentenceWord, ROLE, rolesOf } from './words.ts'

/** An address told by its postcode: a place, and whatever of it stands before. Offsets are those of the text. */
export interface Coded {
  readonly start: number
  readonly end: number
  readonly country: string
  readonly confidence: number
}

const STATES: ReadonlySet<string> = new Set(
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP AA AE AP'.split(
    ' ',
  ),
)

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39
const isUpper = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a

const areDigits = (text: string, start: number, end: number): boolean => {
  for (let i = start; i < end; i += 1) if (!isDigit(text.charCodeAt(i))) return false
  return true
}

/** Where the code begins whose last part is [start, end), and whose it is. */
interface Code {
  readonly start: number
  readonly country: 'US' | 'GB' | 'CA' | 'IE' | 'IN'
}

/** "SO20" of "SO20 8EY", "V6Z" of "V6Z 2W5", "D02" of "D02 KX52": printed forms, source Universal Postal Union. */
const OUTWARD = /(?:^|[^A-Za-z0-9])([A-Z]{1,2}\d[A-Z\d]?) $/
const FORWARD = /(?:^|[^A-Za-z0-9])([ABCEGHJ-NPR-TVXY]\d[A-Z]) $/
const ROUTING = /(?:^|[^A-Za-z0-9])([AC-FHKNPRTV-Y]\d{2}|D6W) $/

const before = (text: string, start: number, form: RegExp): number => {
  const found = form.exec(text.slice(Math.max(0, start - 6), start))?.[1]
  return found === undefined ? -1 : start - 1 - found.length
}

const codeOf = (text: string, start: number, end: number): Code | null => {
  const size = end - start
  if (size === 5 && areDigits(text, start, end)) {
    const state = text.slice(start - 3, start - 1)
    const known = text.charAt(start - 1) === ' ' && !isUpper(text.charCodeAt(start - 4)) && STATES.has(state)
    return known ? { start: start - 3, country: 'US' } : null
  }
  if (size === 6 && areDigits(text, start, end)) return { start, country: 'IN' }
  if (size < 3 || size > 4 || text.charAt(start - 1) !== ' ') return null
  if (size === 3 && isDigit(text.charCodeAt(start)) && isUpper(text.charCodeAt(start + 1))) {
    const [form, country] = isUpper(text.charCodeAt(start + 2))
      ? ([OUTWARD, 'GB'] as const)
      : ([FORWARD, 'CA'] as const)
    const from = before(text, start, form)
    return from === -1 ? null : { start: from, country }
  }
  const from = size === 4 && isUpper(text.charCodeAt(start - 4)) ? before(text, start, ROUTING) : -1
  return from === -1 ? null : { start: from, country: 'IE' }
}

/** "381 mohr lake, port dannie, " before a state in small letters. */
const SMALL = /(?:^|[^\p{L}\d])(\d{1,6} [\p{Ll}\d .'#-]{3,40}, [\p{Ll} .'-]{2,30}, )$/u

/** An address in small letters: it has to have all its commas. */
const smallAt = (text: string, start: number, end: number): Coded | null => {
  const state = start - 3
  if (text.charCodeAt(state) < 0x61 || text.charAt(state - 1) !== ' ' || text.charAt(state - 2) !== ',')
    return null
  if (!STATES.has(text.slice(state, state + 2).toUpperCase())) return null
  const found = SMALL.exec(text.slice(Math.max(0, state - 90), state))?.[1]
  return found === undefined ? null : { start: state - found.length, end, country: 'US', confidence: 0.8 }
}

/** How far and over how many words and parts a place is followed back from its code. */
const FARTHEST = 120
const MOST_WORDS = 18
const MOST_PARTS = 6

const INSIDE = /^(?:of|on|the|upon|under|le|la|de|del|in|and|next|by|st|al|el|y)$/
/** Last words of houses and estates that have a name. */
const HOUSE =
  /^(?:house|cottage|farm|lodge|mill|barn|hall|apartments?|building|tower|towers|residency|complex|society|enclave|colony|nagar|bakery|rectory|vicarage|villas?|chambers|mansions?|court|flat|plot|sector|block|phase|layout|office)$/

const isPlain = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  isUpper(unit) ||
  isDigit(unit) ||
  unit >= 0xc0 ||
  ".'’#/-".includes(String.fromCharCode(unit))

/** Where the word that ends at `end` begins. */
const wordStart = (text: string, end: number, least: number): number => {
  let start = end
  while (start > least && isPlain(text.charCodeAt(start - 1))) start -= 1
  return start
}

const isLarge = (word: string): boolean => {
  const first = word.charAt(0)
  return first === '#' || (first >= '0' && first <= '9') || first !== first.toLowerCase()
}

/** Follows a place back from its code, word by word. */
class Walk {
  /** Where the parts that count begin. */
  start: number
  /** Whether a number, a road or a house is among them, and how many parts there are. */
  marked = false
  /** Whether a word with a capital is among them. */
  named = false
  parts = 0
  readonly #text: string
  readonly #least: number

  constructor(text: string, from: number, behind: number) {
    this.#text = text
    this.#least = Math.max(behind, from - FARTHEST)
    this.start = from
    this.#go(from)
  }

  #go(from: number): void {
    let part = 0
    let marks = false
    let at = from
    let lines = 0
    let near = from
    for (let words = 0; words < MOST_WORDS; words += 1) {
      const { end, comma, line } = this.#gap(at)
      if (end === at || end <= this.#least) return
      if (line) lines += 1
      if ((comma || line) && at !== near) {
        part += 1
        if (part >= MOST_PARTS || (line && lines > 1 && !marks)) return
        marks = false
      }
      const start = wordStart(this.#text, end, this.#least)
      const word = this.#text.slice(start, end)
      if (!this.#belongs(word, start, end)) return
      // A province's letters belong to the code.
      if (at === from && word.length === 2 && word === word.toUpperCase()) near = start
      marks ||= isMark(word)
      at = start
      // A part that says nothing by itself counts where one that does stands before it, or right before the code.
      if (!isLarge(word) || (part > 0 && !marks)) continue
      this.start = start
      this.parts = part + 1
      this.marked ||= marks
      this.named ||= !/^[\d#]/.test(word)
    }
  }

  #gap(at: number): { end: number; comma: boolean; line: boolean } {
    let end = at
    let comma = false
    let line = false
    while (end > this.#least && at - end < 4) {
      const sign = this.#text.charAt(end - 1)
      if (sign === ',') comma = true
      else if (sign === '\n' && !line) line = true
      else if (sign !== ' ' && !(sign === '-' && this.#text.charAt(end - 2) === ' ')) break
      end -= 1
    }
    return { end, comma, line }
  }

  #belongs(word: string, start: number, end: number): boolean {
    if (word === '' || start === this.#least)
      return (start === 0 || !isPlain(this.#text.charCodeAt(start - 1))) && word !== ''
    const plain = word.toLowerCase().replace(/\.$/, '')
    // "… last week. Provo, UT": a sentence ends here.
    if (word.endsWith('.') && end - start > 5) return false
    if (!isLarge(word)) return INSIDE.test(word)
    // "ON", "IN", "OR": a province or state.
    if (end - start === 2 && word === word.toUpperCase()) return true
    return !isSentenceWord(plain) || (rolesOf(plain) & (ROLE.unit | ROLE.district)) !== 0
  }
}

const isMark = (word: string): boolean => {
  const plain = word.toLowerCase().replace(/\.$/, '')
  return /\d/.test(word) || HOUSE.test(plain) || (plain.length > 1 && isRoadWord(plain))
}

/**
 * The place whose postcode has [start, end) as its last or only part: "Provo, UT 84601", "Rose Cottage, Church
 * Lane, Nether Wallop SO20 8EY". Looks 120 units back, and no further than
 * `behind`, where the last one ends.
 */
export const codedAt = (text: string, start: number, end: number, behind: number): Coded | null => {
  const code = codeOf(text, start, end)
  if (code === null)
    return end - start === 5 && areDigits(text, start, end) ? smallAt(text, start, end) : null
  if (code.start < behind) return null
  const walk = new Walk(text, code.start, behind)
  const { country } = code
  if (walk.parts === 0 || !walk.named) return null
  if (country === 'IN' && !(walk.marked && walk.parts >= 3)) return null
  const confidence = walk.marked ? 0.8 : country === 'US' ? 0.6 : 0.7
  return { start: walk.start, end, country, confidence }
}
