import { isWordAt } from './characters.ts'
import { AUTOMATON, GROUP_COUNT } from './vocabulary.ts'

const { outputs: OUTPUTS, entries: ENTRIES } = AUTOMATON

/** Where words of the vocabulary were found in one text, group by group; in each in the order of their ends. */
export interface WordHits {
  /** 1 bit for each group that has any. */
  readonly present: readonly number[]
  /** Those groups; the n-th has the entries from `bounds[n]` up to `bounds[n + 1]`. */
  readonly groups: readonly number[]
  readonly bounds: readonly number[]
  readonly ends: readonly number[]
  /** Numbers of words of the automaton. */
  readonly words: readonly number[]
}

const BITS = 5
const ROOM = (GROUP_COUNT >> BITS) + 1

const NO_HITS: WordHits = {
  present: new Array(ROOM).fill(0),
  groups: [],
  bounds: [0],
  ends: [],
  words: [],
}

/** Whether a group has any. */
export const hasGroup = ({ present }: WordHits, group: number): boolean =>
  (((present[group >> BITS] ?? 0) >>> (group & 31)) & 1) === 1

/** What is found while a text is gone over, in order of place; the room is used again for the next text. */
class Scratch {
  count = 0
  groups = new Int32Array(1_024)
  ends = new Int32Array(1_024)
  words = new Int32Array(1_024)
  /** How many each group has; between two texts none. */
  readonly sizes = new Int32Array(GROUP_COUNT)

  widen(): void {
    const wider = (list: Int32Array): Int32Array<ArrayBuffer> => {
      const twice = new Int32Array(list.length * 2)
      twice.set(list)
      return twice
    }
    this.groups = wider(this.groups)
    this.ends = wider(this.ends)
    this.words = wider(this.words)
  }
}

const SCRATCH = new Scratch()

const keep = (group: number, end: number, word: number): void => {
  if (SCRATCH.count === SCRATCH.ends.length) SCRATCH.widen()
  const { count } = SCRATCH
  SCRATCH.groups[count] = group
  SCRATCH.ends[count] = end
  SCRATCH.words[count] = word
  SCRATCH.count = count + 1
}

/** Begins with a text; what was begun before and not taken is gone. */
export const beginHits = (): void => {
  SCRATCH.count = 0
}

/** Notes the words that end in a state, with the unit before `end`, as far as they stand whole. */
export const noteHits = (text: string, state: number, end: number): void => {
  const ending = OUTPUTS[state]
  if (ending === undefined) return
  for (let i = 0; i < ending.length; i += 1) {
    const word = ending[i] ?? 0
    const entry = ENTRIES[word]
    if (entry === undefined) continue
    if (entry.left && isWordAt(text, end - entry.word.length - 1)) continue
    if (entry.right && isWordAt(text, end)) continue
    const { groups } = entry
    for (let k = 0; k < groups.length; k += 1) keep(groups[k] ?? 0, end, word)
  }
}

/** All that was noted since the beginning, sorted into groups. */
export const takeHits = (): WordHits => {
  const { count, groups, ends, words, sizes } = SCRATCH
  if (count === 0) return NO_HITS
  const present: number[] = NO_HITS.present.slice()
  const found: number[] = []
  for (let i = 0; i < count; i += 1) {
    const group = groups[i] ?? 0
    if (sizes[group] === 0) {
      found.push(group)
      present[group >> BITS] = (present[group >> BITS] ?? 0) | (1 << (group & 31))
    }
    sizes[group] = (sizes[group] ?? 0) + 1
  }
  const bounds = [0]
  let sum = 0
  for (const group of found) {
    const size = sizes[group] ?? 0
    // From now on where the group's next one goes.
    sizes[group] = sum
    sum += size
    bounds.push(sum)
  }
  const sortedEnds: number[] = new Array(count).fill(0)
  const sortedWords: number[] = new Array(count).fill(0)
  for (let i = 0; i < count; i += 1) {
    const place = sizes[groups[i] ?? 0] ?? 0
    sizes[groups[i] ?? 0] = place + 1
    sortedEnds[place] = ends[i] ?? 0
    sortedWords[place] = words[i] ?? 0
  }
  for (const group of found) sizes[group] = 0
  return { present, groups: found, bounds, ends: sortedEnds, words: sortedWords }
}
