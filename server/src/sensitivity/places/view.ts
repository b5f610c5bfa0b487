import { CAPITAL, COMMA, DOT, HASH, MEASURE, MIXED, NUMBER, rolesAt, type Tokens, WORD } from './lexer.ts'
import { ROLE } from './words.ts'

/** Most words of a road's or town's name. */
const MOST_NAME = 6
const HOUSE = /^[sS]\/[nN]$|^\d{1,6}(?:[A-Za-z]{0,2}|bis|ter)(?:[-/][\dA-Za-z]{1,5}){0,3}$/
/** "1990s" is a decade, "5th" an order. */
const NO_HOUSE = /^\d{4}s$|^\d{1,3}(?:st|nd|rd|th)$/i

/** Questions about tokens by their number. Beyond the first and last token the answers are those of nothing. */
export class View {
  readonly tokens: Tokens
  readonly text: string
  /** The whole stretch is in small letters, so that a name can't be told by its capital. */
  readonly small: boolean

  constructor(tokens: Tokens) {
    this.tokens = tokens
    this.text = tokens.text
    this.small = !tokens.marks.some((mark, i) => tokens.sorts[i] === WORD && (mark & CAPITAL) !== 0)
  }

  get length(): number {
    return this.tokens.sorts.length
  }

  sort(i: number): number {
    return this.tokens.sorts[i] ?? 0
  }

  start(i: number): number {
    return this.tokens.starts[i] ?? this.text.length
  }

  end(i: number): number {
    return this.tokens.ends[i] ?? 0
  }

  size(i: number): number {
    return (this.tokens.ends[i] ?? 0) - (this.tokens.starts[i] ?? 0)
  }

  word(i: number): string {
    return this.text.slice(this.tokens.starts[i] ?? 0, this.tokens.ends[i] ?? 0)
  }

  has(i: number, role: number): boolean {
    return (rolesAt(this.tokens, i) & role) !== 0
  }

  isMarked(i: number, mark: number): boolean {
    return ((this.tokens.marks[i] ?? 0) & mark) !== 0
  }

  isCapital(i: number): boolean {
    return this.isMarked(i, CAPITAL)
  }

  /** Written large, or in a text without capitals at all. */
  isLarge(i: number): boolean {
    return this.small || this.isCapital(i)
  }

  /** Whether at most one blank stands between a token and the next. */
  touches(i: number): boolean {
    return this.start(i + 1) - this.end(i) <= 1
  }

  /** A full stop right behind a word. */
  isDotOf(i: number): boolean {
    return this.sort(i) === DOT && this.start(i) === this.end(i - 1) && this.sort(i - 1) === WORD
  }

  isName(i: number): boolean {
    if (this.sort(i) !== WORD || this.has(i, ROLE.stop) || this.isMarked(i, MIXED) || this.isUnit(i))
      return false
    return this.isCapital(i) || (this.small && this.size(i) > 2 && !this.has(i, ROLE.link | ROLE.box))
  }

  /** "Apt. 5", "Suite #3": a word for a part of a house with its number. */
  isUnit(i: number): boolean {
    if (!this.has(i, ROLE.unit)) return false
    const next = this.isDotOf(i + 1) ? i + 2 : i + 1
    return this.sort(next) === NUMBER || this.sort(next) === HASH
  }

  /** A word for a road that stands behind its name. */
  isRoad(i: number): boolean {
    if (!this.has(i, ROLE.after)) return false
    // "u.", "sk.", "st.": two letters need a capital or their full stop.
    // "U.S.C." is none of them.
    if (
      this.size(i) === 1 &&
      (this.isCapital(i) || !this.isDotOf(i + 1) || this.start(i + 2) === this.end(i + 1))
    )
      return false
    if (this.size(i) <= 2 && !this.isCapital(i) && !this.isDotOf(i + 1) && this.word(i) !== 'út') return false
    return this.isCapital(i) || this.small || !this.has(i, ROLE.vague)
  }

  isHouse(i: number): boolean {
    if (this.sort(i) !== NUMBER || this.isMarked(i, MEASURE) || this.size(i) > 12) return false
    const word = this.word(i)
    return HOUSE.test(word) && !NO_HOUSE.test(word)
  }

  /** Over a full stop that belongs to an abbreviation of up to `most` letters before it. */
  overDot(i: number, most = 9): number {
    return this.isDotOf(i) && this.size(i - 1) <= most ? i + 1 : i
  }

  /** The token behind a name of up to six words that begins at `i`; `i` where none does. */
  nameEnd(i: number): number {
    let next = i
    let last = i
    for (let words = 0; words < MOST_NAME; words += 1) {
      if (next > i && !this.touches(next - 1)) break
      if (this.isName(next)) {
        next = this.overDot(next + 1, 3)
        last = next
      } else if (next > i && this.has(next, ROLE.link)) next += 1
      else break
    }
    return last
  }

  /** The first token of a name of up to `most` words that ends just before `i`; `i` where none does. */
  nameStart(i: number, most: number): number {
    let first = i
    let at = i
    for (let words = 0; words < most && at > 0; words += 1) {
      let before = at - 1
      if (this.isDotOf(before) && this.size(before - 1) <= 3) before -= 1
      if (!this.touches(at - 1) && at < i) break
      if (this.isName(before)) first = before
      else if (!this.has(before, ROLE.link)) break
      if (before > 0 && !this.touches(before - 1)) break
      at = before
    }
    return first
  }

  isComma(i: number): boolean {
    return this.sort(i) === COMMA
  }
}
