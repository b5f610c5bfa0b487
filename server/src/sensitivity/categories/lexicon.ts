import { unitsOf } from '../units.ts'
import * as tokens from './tokens.ts'

/*
 * What another module exports is fetched anew at each use, even a number; a module's own constants are part of the
 * compiled loop, which halves its time.
 */
const { ALONE_FROM, BITS, INSIDE_FROM, LONGEST_STEM, SHORTEST_STEM, START, UNITS } = tokens
const { bitOf, isIn, mix, numbersOf, stemOf } = tokens

/** Phrases of a group as one string: `phrase|phrase`; a star behind a word stands for any ending or none. */
export type List = readonly [group: string, phrases: string]

export interface Place {
  readonly start: number
  readonly end: number
}

/** A phrase of a list where it stands in a text. */
export interface Phrase extends Place {
  /** The phrase as its list spells it. */
  readonly word: string
}

interface Ending {
  readonly group: number
  readonly word: string
}

/**
 * Phrases as a tree of words in one open hash table: from a state by the number of a word or of its beginning
 * to the next state. Costs a look or two per word of a text however many phrases there are, and has no state
 * per letter, so that thousands of medical terms stay out of the automaton.
 */
export interface Lexicon {
  readonly groups: readonly string[]
  readonly from: Int32Array
  readonly hashes: Int32Array
  readonly to: Int32Array
  /** One bit for each whole word, and for each beginning, that leads on from the root: most lead nowhere. */
  readonly words: Uint32Array
  readonly stems: Uint32Array
  /** The longest beginning that leads on from the root, by its first three letters; 0 for none. */
  readonly leads: Uint8Array
  /** 1 where a beginning leads on from a state. */
  readonly stemmed: Uint8Array
  /** 1 for each three last letters that are asked for. */
  readonly tails: Uint8Array
  readonly ends: readonly (readonly Ending[] | undefined)[]
}

interface Node {
  readonly next: Map<number, number>
  readonly ends: Ending[]
  stemmed: boolean
}

const slotOf = (from: number, hash: number, mask: number): number =>
  (Math.imul(hash ^ Math.imul(from, 0x27d4eb2f), 0x9e3779b1) >>> 7) & mask

const plant = (nodes: Node[], phrase: string, ending: Ending): void => {
  const stems = phrase.split(/[\s-]+/).map((word) => word.endsWith('*'))
  const numbers = numbersOf(phrase)
  let state = 0
  numbers.forEach((number, index) => {
    const node = nodes[state]
    if (node === undefined) throw new RangeError('no such state')
    // With signs that are words by themselves the two counts differ; then every word may be a beginning.
    node.stemmed ||= numbers.length === stems.length ? (stems[index] ?? false) : phrase.includes('*')
    state = node.next.get(number) ?? nodes.push({ next: new Map(), ends: [], stemmed: false }) - 1
    node.next.set(number, state)
  })
  if (state !== 0) nodes[state]?.ends.push(ending)
}

const set = (bits: Uint32Array, bit: number): void => {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
}

/** The number of the last three letters of a word, five bits each. */
const tailAt = (units: ArrayLike<number>, end: number): number =>
  (((UNITS[units[end - 3] ?? 0] ?? 0) & 31) << 10) |
  (((UNITS[units[end - 2] ?? 0] ?? 0) & 31) << 5) |
  ((UNITS[units[end - 1] ?? 0] ?? 0) & 31)

const lettersOf = (word: string): Uint16Array => Uint16Array.from(word, (unit) => unit.charCodeAt(0))

const flatten = (
  groups: readonly string[],
  nodes: readonly Node[],
  starred: readonly string[],
  tails: readonly string[],
): Lexicon => {
  const count = nodes.reduce((sum, node) => sum + node.next.size, 0)
  const size = 2 ** Math.ceil(Math.log2(count * 3))
  const from = new Int32Array(size)
  const hashes = new Int32Array(size)
  const to = new Int32Array(size)
  const words = new Uint32Array(2 ** BITS / 32)
  const stems = new Uint32Array(2 ** BITS / 32)
  nodes.forEach((node, state) => {
    for (const [hash, target] of node.next) {
      let slot = slotOf(state, hash, size - 1)
      while (to[slot] !== 0) slot = (slot + 1) & (size - 1)
      from[slot] = state
      hashes[slot] = hash
      to[slot] = target
      if (state !== 0) continue
      set(words, bitOf(hash))
      set(stems, bitOf(stemOf(hash)))
    }
  })
  const leads = new Uint8Array(0x8000)
  for (const word of starred) {
    const lead = tailAt(lettersOf(word), SHORTEST_STEM)
    leads[lead] = Math.max(leads[lead] ?? 0, Math.min(word.length, LONGEST_STEM))
  }
  const asked = new Uint8Array(0x8000)
  for (const tail of tails) asked[tailAt(lettersOf(tail), tail.length)] = 1
  const ends = nodes.map((node) => (node.ends.length > 0 ? node.ends : undefined))
  const stemmed = Uint8Array.from(nodes, (node) => Number(node.stemmed))
  return { groups, from, hashes, to, words, stems, leads, stemmed, tails: asked, ends }
}

/** Builds the tables. `tails`: ends of words, three letters and more, that are to be reported. */
export const buildLexicon = (lists: readonly List[], tails: readonly string[] = []): Lexicon => {
  const groups = [...new Set(lists.map(([group]) => group))]
  const nodes: Node[] = [{ next: new Map(), ends: [], stemmed: false }]
  const seen = new Set<string>()
  const starred: string[] = []
  for (const [group, phrases] of lists) {
    for (const phrase of phrases.split(/[|\n]/).map((each) => each.trim())) {
      if (phrase === '' || seen.has(`${group}:${phrase}`)) continue
      seen.add(`${group}:${phrase}`)
      const first = /^[^\s\-'’/]{3,}(?=\*)/.exec(phrase)?.[0]
      if (first !== undefined) starred.push(first)
      plant(nodes, phrase, { group: groups.indexOf(group), word: phrase.replaceAll('*', '') })
    }
  }
  return flatten(groups, nodes, starred, tails)
}

/** The words of a text: where each stands, and its number. */
export interface Words {
  readonly count: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly hashes: Int32Array
  /** The number of the first five letters of longer words, else 0. */
  readonly stems: Int32Array
}

/** Languages bend their words behind the first five letters or so. */
const STEMMED = 5

/** Used again for the next text. */
class WordList implements Words {
  count = 0
  starts = new Int32Array(1024)
  ends = new Int32Array(1024)
  hashes = new Int32Array(1024)
  stems = new Int32Array(1024)

  push(start: number, end: number, hash: number, stem: number): void {
    if (this.count === this.starts.length) this.#grow()
    this.starts[this.count] = start
    this.ends[this.count] = end
    this.hashes[this.count] = hash
    this.stems[this.count] = stem
    this.count += 1
  }

  #grow(): void {
    const wider = (list: Int32Array): Int32Array<ArrayBuffer> => {
      const twice = new Int32Array(list.length * 2)
      twice.set(list)
      return twice
    }
    this.starts = wider(this.starts)
    this.ends = wider(this.ends)
    this.hashes = wider(this.hashes)
    this.stems = wider(this.stems)
  }
}

/** What a lexicon has in a text. */
export interface Found {
  /** By group number; each list in order of place. */
  readonly phrases: readonly (readonly Phrase[] | undefined)[]
  /** Flat pairs [start, end) of words of seven letters and more that end as asked. */
  readonly tails: readonly number[]
}

/** Words shorter than this end in too many ways. */
const SHORTEST_TAILED = 7
/** A run of letters and digits longer than this is no word. */
const LONGEST_TAILED = 40

const follow = (lexicon: Lexicon, state: number, hash: number): number => {
  const { from, hashes, to } = lexicon
  const mask = to.length - 1
  for (let slot = slotOf(state, hash, mask); ; slot = (slot + 1) & mask) {
    const target = to[slot] ?? 0
    if (target === 0) return 0
    if (hashes[slot] === hash && from[slot] === state) return target
  }
}

const WORDS = new WordList()

class Walk {
  readonly phrases: Phrase[][] = []
  readonly #lexicon: Lexicon
  readonly #text: string

  constructor(lexicon: Lexicon, text: string) {
    this.#lexicon = lexicon
    this.#text = text
  }

  enter(state: number, first: number, last: number): void {
    if (state === 0) return
    const ends = this.#lexicon.ends[state]
    if (ends !== undefined) for (const ending of ends) this.#keep(ending, first, last)
    const next = last + 1
    if (next >= WORDS.count) return
    this.enter(follow(this.#lexicon, state, WORDS.hashes[next] ?? 0), first, next)
    if (this.#lexicon.stemmed[state] === 1) this.#enterStems(state, first, next)
  }

  #enterStems(state: number, first: number, next: number): void {
    const start = WORDS.starts[next] ?? 0
    const end = Math.min(WORDS.ends[next] ?? 0, start + LONGEST_STEM)
    let hash = START
    for (let i = start; i < end; i += 1) {
      hash = mix(hash, (UNITS[this.#text.charCodeAt(i)] ?? 0) & 0xffff)
      if (i - start + 1 >= SHORTEST_STEM) this.enter(follow(this.#lexicon, state, stemOf(hash)), first, next)
    }
  }

  #keep({ group, word }: Ending, first: number, last: number): void {
    const start = WORDS.starts[first] ?? 0
    const end = WORDS.ends[last] ?? start
    const list = this.phrases[group]
    if (list === undefined) this.phrases[group] = [{ start, end, word }]
    else list.push({ start, end, word })
  }
}

/** Flat pairs of a word's place among the words and the number it may be in the lexicon under; used again. */
class Likely {
  count = 0
  list = new Int32Array(2048)

  push(word: number, hash: number): void {
    if (this.count + 2 > this.list.length) {
      const twice = new Int32Array(this.list.length * 2)
      twice.set(this.list)
      this.list = twice
    }
    this.list[this.count] = word
    this.list[this.count + 1] = hash
    this.count += 2
  }
}

const LIKELY = new Likely()

/**
 * Whole words and beginnings of words that the root of the lexicon may know go to LIKELY, all words to WORDS.
 */
class Gathering {
  readonly tails: number[] = []
  readonly #lexicon: Lexicon
  readonly #units: Uint16Array

  constructor(lexicon: Lexicon, text: string) {
    this.#lexicon = lexicon
    this.#units = unitsOf(text)
    WORDS.count = 0
    LIKELY.count = 0
    for (let i = 0; i < text.length; ) {
      const traits = UNITS[this.#units[i] ?? 0] ?? 0
      if (traits < INSIDE_FROM) i += 1
      else if (traits < ALONE_FROM) i = this.#word(i)
      else {
        i += 1
        this.#keep(i - 1, i, mix(START, traits & 0xffff), 0)
      }
    }
  }

  /** Reads the word that begins at `start`; returns where it ends. */
  #word(start: number): number {
    const units = this.#units
    let hash = START
    let i = start
    let traits = UNITS[units[i] ?? 0] ?? 0
    let lead = 0
    for (const until = start + SHORTEST_STEM; i < until && traits >= INSIDE_FROM && traits < ALONE_FROM; ) {
      hash = mix(hash, traits & 0xffff)
      lead = (lead << 5) | (traits & 31)
      i += 1
      traits = UNITS[units[i] ?? 0] ?? 0
    }
    // The longest beginning that the lexicon has with these first letters; mostly none.
    const until = start + (i - start === SHORTEST_STEM ? (this.#lexicon.leads[lead] ?? 0) : 0)
    for (const stems = this.#lexicon.stems; i <= until; ) {
      if (isIn(stems, bitOf(hash))) LIKELY.push(WORDS.count, stemOf(hash))
      if (traits < INSIDE_FROM || traits >= ALONE_FROM) break
      hash = mix(hash, traits & 0xffff)
      i += 1
      traits = UNITS[units[i] ?? 0] ?? 0
    }
    while (traits >= INSIDE_FROM && traits < ALONE_FROM) {
      hash = mix(hash, traits & 0xffff)
      i += 1
      traits = UNITS[units[i] ?? 0] ?? 0
    }
    this.#keep(start, i, hash, i - start > STEMMED ? this.#stem(start) : 0)
    return i
  }

  #stem(start: number): number {
    let hash = START
    for (let i = start; i < start + STEMMED; i += 1) {
      hash = mix(hash, (UNITS[this.#units[i] ?? 0] ?? 0) & 0xffff)
    }
    return hash
  }

  #keep(start: number, end: number, hash: number, stem: number): void {
    if (isIn(this.#lexicon.words, bitOf(hash))) LIKELY.push(WORDS.count, hash)
    WORDS.push(start, end, hash, stem)
    const length = end - start
    if (length < SHORTEST_TAILED || length > LONGEST_TAILED) return
    if (this.#lexicon.tails[tailAt(this.#units, end)] === 1) this.tails.push(start, end)
  }
}

/**
 * Every phrase of the lexicon in a text. Linear: one step per unit, and a phrase has a bounded number of words.
 * `also` may look at the words themselves, which are gone when this returns.
 */
export const findPhrases = (
  lexicon: Lexicon,
  text: string,
  also: (words: Words, phrases: Found['phrases']) => void = () => {},
): Found => {
  const { tails } = new Gathering(lexicon, text)
  const walk = new Walk(lexicon, text)
  const { list, count } = LIKELY
  for (let i = 0; i < count; i += 2) {
    const state = follow(lexicon, 0, list[i + 1] ?? 0)
    if (state !== 0) walk.enter(state, list[i] ?? 0, list[i] ?? 0)
  }
  also(WORDS, walk.phrases)
  return { phrases: walk.phrases, tails }
}
