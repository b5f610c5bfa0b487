import { fold, type Token } from './fold.ts'
import { isEnding, LONGEST_ENDING } from './inflection.ts'
import type { Gaps, Term } from './terms.ts'

/** A place in a text where terms stand. Offsets are UTF-16, end exclusive. */
export interface Sighting {
  readonly start: number
  readonly end: number
  /** All terms of this spelling; more than one where several values are spelled so. */
  readonly terms: readonly Term[]
  /** What stands behind a word's stem, as written; '' where nothing does. */
  readonly ending: string
}

const DECORATION = /[*_`~\u00ad\u200b-\u200d\u2060\ufeff]/g
const GROUPING = /^[\s.\-–—‑/()·\u00a0]{0,4}$/
const BLANK = /^[\s\u00a0-]{1,3}$/
const MOST_GAP = 8
/** Longest run of tokens that any value needs: a wallet's or a token's letters and digits in turns. */
const MOST_TOKENS = 64

const bare = (gap: string): string => gap.replace(DECORATION, '')

const fits = (gaps: Gaps, want: string | undefined, gap: string): boolean => {
  const clean = bare(gap)
  switch (gaps) {
    case 'exact':
      return want === undefined
        ? clean === ''
        : clean === bare(want) || clean.replace(/\s*\n\s*/, '') === want
    case 'grouping':
      return clean === '' || GROUPING.test(clean)
    case 'blank':
      return clean === '' ? want === '' : BLANK.test(clean) || clean === want
    default:
      return gaps satisfies never
  }
}

/** Where a match may begin or end: not inside a run of letters and digits, but for words at a digit. */
const isEdge = (before: Token | undefined, after: Token | undefined, part: boolean): boolean => {
  if (before === undefined || after === undefined || before.end < after.start) return true
  if (before.sort === 'wide' || after.sort === 'wide') return true
  return part && before.sort !== after.sort
}

/** Words may stand right beside a digit, and the number of a house beside its letter. */
const isLoose = (term: Term): boolean => term.part || term.joined || term.entry.role === 'place'

/**
 * Looks for all terms of one direction at once. Work is linear in the text and does not grow with the number
 * of terms but for a binary search: from each token a key is built token by token, as long as some term goes on.
 */
export class Finder {
  readonly #terms = new Map<string, Term[]>()
  readonly #keys: readonly string[]
  readonly #heads = new Set<string>()

  constructor(terms: readonly Term[]) {
    for (const term of terms) {
      if (term.key === '') continue
      const list = this.#terms.get(term.key)
      if (list === undefined) this.#terms.set(term.key, [term])
      else if (!list.some((one) => one.to === term.to && one.entry === term.entry)) list.push(term)
      this.#heads.add(term.key.slice(0, 2))
      this.#heads.add(term.key.slice(0, 1))
    }
    this.#keys = [...this.#terms.keys()].sort()
  }

  get size(): number {
    return this.#keys.length
  }

  /** Whether some key begins so. */
  goesOn(prefix: string): boolean {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#keys[middle] ?? '') < prefix) low = middle + 1
      else high = middle
    }
    return this.#keys[low]?.startsWith(prefix) === true
  }

  /** Sightings from left to right without overlap, the longest at each place. */
  find(text: string, tokens: readonly Token[]): readonly Sighting[] {
    const found: Sighting[] = []
    for (let at = 0; at < tokens.length; ) {
      const hit = this.#at(text, tokens, at)
      if (hit === null) at += 1
      else {
        found.push(hit.sighting)
        at = hit.next
      }
    }
    return found
  }

  #begins(token: Token): boolean {
    return this.#heads.has(token.fold.slice(0, 2)) || (token.fold.length === 1 && this.#heads.has(token.fold))
  }

  #at(
    text: string,
    tokens: readonly Token[],
    at: number,
  ): { readonly sighting: Sighting; readonly next: number } | null {
    const first = tokens[at]
    if (first === undefined || !this.#begins(first)) return null
    let best: { readonly sighting: Sighting; readonly next: number } | null = null
    let key = ''
    const gaps: string[] = []
    for (let to = at; to < tokens.length && to - at < MOST_TOKENS; to += 1) {
      const token = tokens[to]
      if (token === undefined) break
      const last = tokens[to - 1]
      if (to > at && last !== undefined) {
        if (token.start - last.end > MOST_GAP) break
        gaps.push(text.slice(last.end, token.start))
      }
      key += token.fold
      const terms = this.#standing(key, gaps, tokens, at, to)
      if (terms.length > 0) {
        best = { sighting: { start: first.start, end: token.end, terms, ending: '' }, next: to + 1 }
      }
      if (!this.goesOn(key)) break
    }
    return best ?? this.#inflected(text, tokens, at)
  }

  #standing(
    key: string,
    gaps: readonly string[],
    tokens: readonly Token[],
    from: number,
    to: number,
  ): readonly Term[] {
    const terms = this.#terms.get(key)
    if (terms === undefined) return []
    return terms.filter(
      (term) =>
        (!term.part || isEnding('', term.entry.inflection)) &&
        isEdge(tokens[from - 1], tokens[from], isLoose(term)) &&
        isEdge(tokens[to], tokens[to + 1], isLoose(term)) &&
        (term.gaps !== 'exact' || term.between.length === gaps.length) &&
        gaps.every((gap, index) => fits(term.gaps, term.between[index], gap)),
    )
  }

  #inflected(
    text: string,
    tokens: readonly Token[],
    at: number,
  ): { readonly sighting: Sighting; readonly next: number } | null {
    const token = tokens[at]
    if (token === undefined || token.sort !== 'letters') return null
    const raw = text.slice(token.start, token.end)
    for (let length = 1; length <= LONGEST_ENDING && length < token.fold.length - 1; length += 1) {
      const ending = token.fold.slice(-length)
      const terms = (this.#terms.get(token.fold.slice(0, -length)) ?? []).filter(
        (term) =>
          term.part &&
          isEnding(ending, term.entry.inflection) &&
          isEdge(tokens[at - 1], token, true) &&
          isEdge(token, tokens[at + 1], true),
      )
      const written = raw.slice(-length)
      if (terms.length > 0 && fold(written) === ending) {
        const sighting = { start: token.start, end: token.end, terms, ending: written }
        return { sighting, next: at + 1 }
      }
    }
    return null
  }

  /**
   * The earliest place from which a term may run on beyond the end of the text; its length where none can. Only
   * places from `from` on are asked.
   */
  openFrom(text: string, tokens: readonly Token[], from: number): number {
    for (let at = this.#tail(tokens, text.length); at < tokens.length; at += 1) {
      const token = tokens[at]
      if (token === undefined || token.start < from) continue
      if (this.#isOpen(text, tokens, at)) return token.start
    }
    return text.length
  }

  /** The first of the last tokens that is worth asking. */
  #tail(tokens: readonly Token[], end: number): number {
    let at = tokens.length
    while (at > 0 && tokens.length - at < MOST_TOKENS) {
      const token = tokens[at - 1]
      const next = tokens[at]?.start ?? end
      if (token === undefined || next - token.end > MOST_GAP) break
      at -= 1
    }
    return at
  }

  #isOpen(text: string, tokens: readonly Token[], at: number): boolean {
    const first = tokens[at]
    const last = tokens.at(-1)
    if (first === undefined || last === undefined) return false
    let key = ''
    for (let to = at; to < tokens.length; to += 1) key += tokens[to]?.fold ?? ''
    const ended = last.end < text.length
    if (this.goesOn(key)) return !ended || this.#longer(key)
    if (ended || at !== tokens.length - 1 || last.sort !== 'letters') return false
    for (let length = 1; length <= LONGEST_ENDING && length < key.length; length += 1) {
      const terms = this.#terms.get(key.slice(0, -length))
      if (terms?.some((term) => term.part) === true) return true
    }
    return false
  }

  /** Whether a key goes on behind this one, so that blanks behind it do not end the matter. */
  #longer(key: string): boolean {
    const own = this.#terms.get(key)
    if (own === undefined) return true
    return this.goesOn(`${key}`) && this.#next(key)
  }

  #next(key: string): boolean {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#keys[middle] ?? '') <= key) low = middle + 1
      else high = middle
    }
    return this.#keys[low]?.startsWith(key) === true
  }
}
