/*
 * The words of an automaton as a tree of states, where each state falls back to, and which of them words end in.
 */

/** No state has this number. */
export const NOBODY = 0xffff

export type Outputs = (readonly number[] | undefined)[]

export const numberAt = (list: ArrayLike<number>, index: number): number => list[index] ?? 0

/** The trie of all words, numbered breadth first: the children of a state lie side by side, by letter. */
export interface Trie {
  readonly count: number
  /** The letter that leads to a state. */
  readonly letter: Uint16Array
  readonly parent: Uint16Array
  /** A state's children are `first[state]` up to, not with, `first[state + 1]`. */
  readonly first: Uint16Array
  /** The words that end in a state themselves, by their indexes. */
  readonly ends: Outputs
}

/** Words in order, those with a common beginning side by side: each state of the trie is a stretch of them. */
export const plant = (words: readonly string[], letters: Uint16Array): Trie => {
  const order = words.map((_, index) => index)
  const word = (place: number): string => words[order[place] ?? 0] ?? ''
  order.sort((a, b) => {
    const [one = '', other = ''] = [words[a], words[b]]
    return one === other ? a - b : one < other ? -1 : 1
  })
  const most =
    Math.min(
      NOBODY,
      words.reduce((sum, { length }) => sum + length, 1),
    ) + 1
  const letter = new Uint16Array(most)
  const parent = new Uint16Array(most)
  const first = new Uint16Array(most)
  const depth = new Uint16Array(most)
  // The stretch of words that a state stands for.
  const from = new Uint32Array(most)
  const to = new Uint32Array(most)
  const ends: Outputs = []
  let count = 1
  to[0] = words.length
  for (let state = 0; state < count; state += 1) {
    const deep = numberAt(depth, state)
    const until = numberAt(to, state)
    let place = numberAt(from, state)
    first[state] = count
    const whole: number[] = []
    while (place < until && word(place).length === deep) {
      whole.push(order[place] ?? 0)
      place += 1
    }
    ends.push(whole.length > 0 ? whole : undefined)
    while (place < until) {
      const unit = word(place).charCodeAt(deep)
      const start = place
      while (place < until && word(place).charCodeAt(deep) === unit) place += 1
      if (count + 1 === NOBODY) throw new RangeError('too many words for one automaton')
      letter[count] = numberAt(letters, unit)
      parent[count] = state
      from[count] = start
      to[count] = place
      depth[count] = deep + 1
      count += 1
    }
  }
  first[count] = count
  return { count, letter, parent, first, ends }
}

/** Where each state falls back to: the longest end of what led to it that begins a word. */
export const fallbacks = ({ count, letter, parent, first }: Trie): Uint16Array => {
  const fail = new Uint16Array(count)
  const child = (state: number, wanted: number): number => {
    // Most states have a child or two, the first one hundreds.
    let low = numberAt(first, state)
    let high = numberAt(first, state + 1)
    while (low < high) {
      const middle = (low + high) >> 1
      if (numberAt(letter, middle) < wanted) low = middle + 1
      else high = middle
    }
    return low < numberAt(first, state + 1) && letter[low] === wanted ? low : 0
  }
  for (let state = 1; state < count; state += 1) {
    let behind = numberAt(parent, state)
    if (behind === 0) continue
    let found = 0
    do {
      behind = numberAt(fail, behind)
      found = child(behind, numberAt(letter, state))
    } while (found === 0 && behind !== 0)
    fail[state] = found
  }
  return fail
}

interface Ended {
  /** In states below this no word ends. */
  readonly silent: number
  /** In states from `silent` up to this only words end that a letter or digit behind them makes others. */
  readonly loud: number
  /** A state's number in the automaton: those in which a word ends come last. */
  readonly numbers: Uint16Array
  /** By the automaton's numbers. */
  readonly outputs: Outputs
}

/** What ends where, and the states numbered by it. */
export const endsLast = (
  { count, ends }: Trie,
  fail: Uint16Array,
  isWhole: (entry: number) => boolean,
): Ended => {
  const SILENT = 0
  const WHOLE = 1
  const LOUD = 2
  const kinds = new Uint8Array(count)
  const all: Outputs = []
  const counts = [0, 0, 0]
  for (let state = 0; state < count; state += 1) {
    const own = ends[state]
    const inherited = state === 0 ? undefined : all[numberAt(fail, state)]
    // Most states have nothing to add and share what they fall back to.
    all.push(own === undefined ? inherited : inherited === undefined ? own : own.concat(inherited))
    const behind = state === 0 ? SILENT : numberAt(kinds, numberAt(fail, state))
    const kind = own === undefined || behind === LOUD ? behind : own.every(isWhole) ? WHOLE : LOUD
    kinds[state] = kind
    counts[kind] = numberAt(counts, kind) + 1
  }
  const silent = numberAt(counts, SILENT)
  const loud = silent + numberAt(counts, WHOLE)
  const following = [0, silent, loud]
  const numbers = new Uint16Array(count)
  const outputs: Outputs = new Array(count)
  for (let state = 0; state < count; state += 1) {
    const kind = numberAt(kinds, state)
    const number = numberAt(following, kind)
    following[kind] = number + 1
    numbers[state] = number
    outputs[number] = all[state]
  }
  return { numbers, outputs, silent, loud }
}
