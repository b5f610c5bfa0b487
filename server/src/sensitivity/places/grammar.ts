import { isBrand, isOrdinary } from '../tagger/index.ts'
import { DASH, DOT, HASH, NUMBER, OTHER, type Tokens, UPPER, WORD } from './lexer.ts'
import { readTail, townBefore, unitsBefore } from './parts.ts'
import { type Core, coreAt, overRoads } from './roads.ts'
import { View } from './view.ts'
import { ROLE } from './words.ts'

/** What looks like an address, and the weight of its parts. Offsets are those of the text. */
export interface Candidate {
  readonly start: number
  readonly end: number
  /** 3 for a road with its number, more with each part that only addresses have. */
  readonly score: number
  readonly country?: string
}

/** Reads addresses out of a stretch of tokens, starting from each number that a house may have. */
export class Grammar {
  readonly #view: View

  constructor(tokens: Tokens) {
    this.#view = new View(tokens)
  }

  /** Whether the stretch has no capitals. */
  get small(): boolean {
    return this.#view.small
  }

  /** The address that a number is the house number of, or null. `cued`: a word for an address stands before it. */
  around(number: number, cued: (start: number) => boolean): Candidate | null {
    if (!this.#view.isHouse(number)) return null
    const core = coreAt(this.#view, number)
    return core === null ? null : this.#grow(core, cued)
  }

  /** A first look at what stands beside a number: without a word on either side it is no house's. */
  mayBeHouse(number: number): boolean {
    const view = this.#view
    const next = view.sort(number + 1)
    const before = view.sort(number - 1)
    // "2914 184th Street"
    if (next === NUMBER && /[a-z]$/.test(view.word(number + 1))) return true
    return (
      this.#isLong(number + 1) ||
      (next === WORD && this.#isLong(number + 2)) ||
      this.#isLong(number - 1) ||
      before === DOT ||
      before === HASH ||
      before === OTHER ||
      this.#besideComma(number)
    )
  }

  /** A word of more than a letter. */
  #isLong(i: number): boolean {
    return this.#view.sort(i) === WORD && this.#view.size(i) > 1
  }

  #besideComma(number: number): boolean {
    const view = this.#view
    return (
      (view.isComma(number + 1) && view.sort(number + 2) === WORD) ||
      ((view.isComma(number - 1) || view.sort(number - 1) === DASH) && view.sort(number - 2) === WORD)
    )
  }

  /** Where a road's name without a number begins, in the text; -1 where there is none. */
  roadStart(road: number): number {
    const view = this.#view
    if (!view.isRoad(road) || !view.isCapital(road) || view.has(road, ROLE.vague)) return -1
    const first = view.nameStart(road, 3)
    return first === road ? -1 : view.start(first)
  }

  /** A road by its name alone: for the text around to decide. `road` is the word for the road. */
  unnumbered(road: number): Candidate | null {
    const start = this.roadStart(road)
    if (start === -1) return null
    const view = this.#view
    const tail = readTail(view, overRoads(view, road + 1))
    return { start, end: view.end(tail.next - 1), score: 2 + tail.weight }
  }

  /** Adds to a road what stands before and behind it, and says whether that is an address. */
  #grow(core: Core, cued: (start: number) => boolean): Candidate | null {
    const view = this.#view
    let { first } = core
    // "Moved to Node 22"
    if (core.strength === 1 && isBrand(view.word(first))) return null
    let weight = 0
    if (view.isHouse(first - 1) && view.touches(first - 1)) {
      first -= 1
      weight += 1
    }
    const before = unitsBefore(view, first)
    if (before < first) {
      first = before
      weight += 2
    }
    const town = core.strength >= 2 ? townBefore(view, first) : first
    if (town < first) {
      first = town
      weight += 2
    }
    const tail = readTail(view, core.next)
    const cue = cued(view.start(first)) ? 2 : this.#isLocated(first) ? 1 : 0
    const score = core.strength + cue + Math.min(5, weight + tail.weight)
    const enough =
      core.strength >= 3 ||
      (core.strength > 2 && this.#isNamed(core)) ||
      (core.strength === 1 && this.#isStrange(core)) ||
      cue > 1 ||
      (core.strength >= 2 ? score >= 3 : score >= 3 && (tail.firm || before < core.first - 1))
    if (!enough) return null
    if (cue > 1) first = this.#overCompany(first)
    const candidate = { start: view.start(first), end: view.end(tail.next - 1), score }
    return tail.country === undefined ? candidate : { ...candidate, country: tail.country }
  }

  /** "31 Seneca Place": what stands between the number and a word that says little is no ordinary word. */
  #isNamed({ first, next }: Core): boolean {
    const view = this.#view
    const name = first + 1
    return (
      next - name >= 2 &&
      next - name <= 3 &&
      view.size(first) > 1 &&
      !view.isCapital(next) &&
      !isOrdinary(view.word(name))
    )
  }

  /** "to Dunajska 56", "from Hunsrødsletta 7": a place's word, a name that no list knows, a number. */
  #isStrange({ first, next }: Core): boolean {
    const view = this.#view
    if (view.sort(next - 1) !== NUMBER || !/^(?:at|to|near|from|on)$/.test(view.word(first - 1))) return false
    for (let i = first; i < next - 1; i += 1) {
      const sort = view.sort(i)
      if (sort !== WORD || view.isMarked(i, UPPER) || isOrdinary(view.word(i)) || view.size(i) < 3)
        return false
    }
    return view.size(first) > 4 && !view.isCapital(next)
  }

  /** "at 12 Oak Court", "nach Feldweg 3": a word that a place follows. */
  #isLocated(first: number): boolean {
    const view = this.#view
    return (
      /^(?:at|to|into|near|nach|à|au|a|en|na|till|til|op|naar|la|ke)$/i.test(view.word(first - 1)) &&
      view.touches(first - 1)
    )
  }

  /** "Leon and Hill Road 66": two roads that meet, of which the first is a bare name. */
  #overCompany(first: number): number {
    const view = this.#view
    const joined = /^(?:and|und|et|y|e|og|och)$/.test(view.word(first - 1)) && view.isName(first - 2)
    return joined && /^(?:to|is|at|in|on|near|following)?$/i.test(view.word(first - 3).replace(/^[:?]$/, ''))
      ? first - 2
      : first
  }
}
