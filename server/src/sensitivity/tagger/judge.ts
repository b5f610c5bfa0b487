import { digitsOf } from '../characters.ts'
import type { Span } from './decode.ts'
import { FLAG, NAME } from './flags.ts'
import { flagsOf } from './gazetteer.ts'
import { hashOf } from './letters.ts'
import { BLANK_BEFORE, SHAPE, type Tokens } from './tokens.ts'

/** What a name's words have going for them, counted over its words. */
interface Evidence {
  words: number
  /** Given names that are no ordinary words, and those that are ("Grace", "Mark") or that things are sold under. */
  given: number
  doubtful: number
  /** Names of goods, models and assistants. */
  brands: number
  /** Nationalities, peoples and countries. */
  nations: number
  /** Family names that are no ordinary words. */
  family: number
  /** Ordinary words that no list has as a given name. */
  ordinary: number
  small: number
  capitals: number
  mixed: number
}

const hashesOf = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashOf))

/** Models and assistants that no list of brands has. */
const MODELS = hashesOf(
  'codex copilot qwen llama mistral mixtral codestral devstral deepseek grok opencode aider cline perplexity',
)

const evidenceOf = ({ flags, shapes, words }: Tokens, { first, last }: Span): Evidence => {
  const seen = {
    words: 0,
    given: 0,
    doubtful: 0,
    brands: 0,
    nations: 0,
    family: 0,
    ordinary: 0,
    small: 0,
    capitals: 0,
    mixed: 0,
  }
  for (let i = first; i < last; i += 1) {
    const shape = shapes[i] ?? 0
    const own = flags[i] ?? 0
    if (shape >= SHAPE.number || (own & FLAG.particle) !== 0) continue
    const isBrand = (own & FLAG.brand) !== 0 || MODELS.has(words[i] ?? 0)
    const isOrdinary = isBrand || (own & FLAG.common) !== 0
    seen.words += 1
    if (isBrand) seen.brands += 1
    if ((own & (FLAG.nation | FLAG.country)) !== 0) seen.nations += 1
    if ((own & (FLAG.female | FLAG.male)) !== 0) seen[isOrdinary ? 'doubtful' : 'given'] += 1
    else if (isOrdinary) seen.ordinary += 1
    else if ((own & FLAG.family) !== 0) seen.family += 1
    if (shape === SHAPE.small) seen.small += 1
    else if (shape === SHAPE.capitals) seen.capitals += 1
    else if (shape === SHAPE.mixed) seen.mixed += 1
  }
  return seen
}

/** Signs that programs are full of, and prose is not. */
const SIGNS = new Uint8Array(0x80)
for (const sign of ';=<>()_$\\{}[]') SIGNS[sign.charCodeAt(0)] = 1

/** One unit in so many is such a sign where a text is a program. */
const CODE = 20
const BLOCK = 64
const AROUND = 128

/** Whether the text around a place is a program's; the last answer is kept, as places come in order. */
class Surroundings {
  #text = ''
  #block = -1
  #isCode = false

  isCode(text: string, at: number): boolean {
    const block = Math.floor(at / BLOCK)
    if (block === this.#block && text === this.#text) return this.#isCode
    const from = Math.max(0, block * BLOCK - AROUND)
    const to = Math.min(text.length, (block + 1) * BLOCK + AROUND)
    let signs = 0
    for (let i = from; i < to; i += 1) signs += SIGNS[text.charCodeAt(i)] ?? 0
    this.#text = text
    this.#block = block
    this.#isCode = signs * CODE > to - from
    return this.#isCode
  }
}

/** Signs directly beside a word that make it a part of a program: `.Name`, `<Name`, `Name(`, `Name[`. */
const AHEAD = '.<$\\_@/#&'
const BEHIND = '(<[=_\\@/'

/** A word glued to such a sign, as `Codec` in `String.Codec()` and `Page` in `Page<Model>`. */
const isGlued = (text: string, start: number, end: number): boolean => {
  const ahead = text.charAt(start - 1)
  // "Dr.Keller": a full stop behind a letter may be a title's.
  if (ahead !== '' && AHEAD.includes(ahead) && !(ahead === '.' && text.charAt(start) < 'a' && start < 4))
    return true
  const behind = text.charAt(end)
  if (behind !== '' && BEHIND.includes(behind)) return true
  const next = text.charAt(end + 1)
  return (
    (behind === '.' || behind === ':') &&
    next > ' ' &&
    next !== '*' &&
    next !== '"' &&
    !(next >= '0' && next <= '9')
  )
}

/** Least margins by evidence, in units of log-odds; measured on prose and programs, beside each what they cost. */
const inCode = ({ words, given, doubtful, family, ordinary, small, mixed }: Evidence): number => {
  if (small > 0) return 8
  if (words > 1) {
    if (given > 0) return 2
    if (mixed > 0 || ordinary > 0 || doubtful > 0) return 12
    return family > 0 ? 4 : 10
  }
  if (mixed > 0 && given === 0) return 8
  return given + family > 0 ? 2.5 : 6
}

const ofSeveral = ({
  words,
  given,
  doubtful,
  ordinary,
  family,
  small,
  capitals,
  mixed,
}: Evidence): number => {
  if (given > 0) return capitals === words ? 1 : 0
  if (capitals === words) return 3.5
  if (small > 0) return family > 0 && ordinary === 0 ? 3.5 : 5
  if (mixed > 0) return doubtful + family > 0 ? 2.5 : 5
  if (doubtful > 0) return ordinary > 0 ? 3.5 : 0.5
  if (ordinary > 0) return family > 0 ? 2 : 3.5
  return family > 0 ? 1 : 2
}

const ofOne = (seen: Evidence): number => {
  const { given, doubtful, brands, nations, family, ordinary, small, capitals, mixed } = seen
  if (nations > 0) return 3.5
  if (brands > 0 && (doubtful === 0 || small > 0)) return 3.5
  if (given > 0) return capitals > 0 ? 1.5 : 0
  if (mixed > 0) return family > 0 ? 1 : 5
  if (capitals > 0) return 3
  if (small > 0) return doubtful > 0 ? 0.5 : 2
  if (doubtful > 0) return 1
  if (ordinary > 0) return 2
  return family > 0 ? 0 : 1
}

/** What capitals need behind other words of capitals, in a text that is not written in capitals. */
const SHOUTED = 5

/** "THAI CHARACTER SARA AE": the end of something in capitals. */
const isShouted = ({ manner, shapes, flags, before }: Tokens, { first }: Span, seen: Evidence): boolean =>
  manner === 0 &&
  seen.capitals === seen.words &&
  first > 0 &&
  before[first] === BLANK_BEFORE &&
  shapes[first - 1] === SHAPE.capitals &&
  ((flags[first - 1] ?? 0) & (FLAG.honorific | FLAG.cue)) === 0

/** Names are written so by nobody. */
const isHiragana = (unit: number): boolean => unit > 0x3040 && unit < 0x30a0

const DETERMINERS = hashesOf('the a an our this that these those each every another new')
/** What is a family's or about somebody, of all that may stand behind a name: "the Miller account". */
const PERSONAL = hashesOf(
  'novel film book song album poem family families account accounts case cases matter file files house household invoice order contract estate couple residence brothers sisters kids boys girls twins loan claim policy appointment wedding funeral will deal home party interview lease trust meeting lawsuit trial marriage divorce who whose and or',
)

/** "the Welch test", "our Savannah rug": a thing that is called by a name. */
const isThing = ({ words, shapes, flags, before, count }: Tokens, { first, last }: Span): boolean =>
  first > 0 &&
  last < count &&
  before[first] === BLANK_BEFORE &&
  before[last] === BLANK_BEFORE &&
  DETERMINERS.has(words[first - 1] ?? 0) &&
  shapes[last] === SHAPE.small &&
  ((flags[last] ?? 0) & FLAG.common) !== 0 &&
  !PERSONAL.has(words[last] ?? 0)

/** "Per-command", "Mark-up": the second part of a double name has a capital as well. */
const HYPHENED = /-(\p{Ll}+)$/u
const LEAST_HYPHENED = 3.5

/** "PDFs", "XMLReader": several of something that is abbreviated, and what begins with an abbreviation. */
const ABBREVIATED = /^\p{Lu}{2,}s$|^\p{Lu}{3,}\p{Ll}/u
/** "Mathematically", "Initialised", "Configurations": ends that words have and names hardly. */
const WORDED = /\p{Ll}{3}(?:ally|ably|ibly|ively|ously|i[sz]e[sd]|ated|ates|ibes|[st]ions?|ments|ness)$/u
const LEAST_WORDED = 4

/** Whether how a single word is made tells that it is no name, if no list has it as one. */
const isMadeUp = (word: string, { given, family }: Evidence, margin: number): boolean =>
  given + family === 0 && (ABBREVIATED.test(word) || (margin < LEAST_WORDED && WORDED.test(word)))

/** "### Tone": a word that is all of a heading names a part of the text. */
const LEAST_HEADING = 3
const isHeading = (text: string, start: number, end: number): boolean =>
  (end === text.length || text.charAt(end) === '\n') &&
  /(?:^|\n)#{1,6} $/.test(text.slice(Math.max(0, start - 8), start))

/** Who says what they are called bears the name, whatever else is sold under it. */
const INTRODUCED =
  /(?:\bmy (?:first |given )?name(?:['’]s| is)|\bi am|\bi['’]m|\bich bin|hei(?:ß|ss)e|m['’]appelle|\bme llamo|\bmi chiamo|\bme chamo|naam is|nazywam się|\bmam na imię|\bheter|\badım)[ :,]{1,2}$/iu

const isIntroduced = (text: string, start: number): boolean =>
  INTRODUCED.test(text.slice(Math.max(0, start - 24), start))

/** Whether a single word's own form or its line speaks against a name. */
const isNobody = (text: string, { start, end, margin }: Span, seen: Evidence): boolean => {
  const word = text.slice(start, end)
  const part = margin < LEAST_HYPHENED ? HYPHENED.exec(word)?.[1] : undefined
  if (part !== undefined && (flagsOf(hashOf(part)) & NAME) === 0) return true
  if (margin < LEAST_HEADING && isHeading(text, start, end)) return true
  return isMadeUp(word, seen, margin)
}

/** "J0hn Sm1th" has a few digits in its letters; with more it is a digest or a product's number. */
const MOST_DIGITS = 3

const SURROUNDINGS = new Surroundings()

/**
 * Whether a person's name has enough going for it. The weights say how well a text reads with a name in a
 * place; what they cannot say is that a word no list knows, in a program, is somebody's name less often than
 * it is a variable's.
 */
export const isLikely = (tokens: Tokens, span: Span): boolean => {
  const { text } = tokens
  const { start, end, margin } = span
  const seen = evidenceOf(tokens, span)
  if (seen.words === 0 || end - start < 2 || isHiragana(text.charCodeAt(start))) return false
  if (digitsOf(text.slice(start, end)).length > MOST_DIGITS) return false
  if (seen.words === 1 && margin < 5 && isGlued(text, start, end)) return false
  if (seen.words === 1 && margin < 3.5 && isThing(tokens, span)) return false
  if (seen.words === 1 && isNobody(text, span, seen)) return false
  const brand = seen.words === 1 && seen.brands > 0 && seen.doubtful > 0 && isIntroduced(text, start)
  const least = brand ? 0 : seen.words > 1 ? ofSeveral(seen) : ofOne(seen)
  if (margin < least || (margin < SHOUTED && isShouted(tokens, span, seen))) return false
  return margin >= inCode(seen) || !SURROUNDINGS.isCode(text, start)
}
