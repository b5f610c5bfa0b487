import { endsLast, fallbacks, NOBODY, numberAt, plant, type Trie } from './trie.ts'

/** A word to be found, and what it stands for. Words are compared folded: no case, no accents. */
export interface Entry {
  readonly word: string
  /** Indexes of the groups the word belongs to. */
  readonly groups: readonly number[]
  /** True where a letter or digit just before the word makes it another word. */
  readonly left: boolean
  /** The same just behind it. */
  readonly right: boolean
}

/**
 * An Aho-Corasick automaton as flat tables: one step per character whatever the number of words. States are
 * numbered by depth, so that those which text mostly is in lie side by side, those in which a word ends after
 * all others, and of them those in which a word may end inside another one last, so that comparisons
 * tell them apart; and of characters beyond ASCII only those transitions are kept that are not the root's:
 * what is stepped through has to fit a processor's cache.
 */
export interface Automaton {
  readonly entries: readonly Entry[]
  /** Class of a UTF-16 unit below `classes.length`; 0 is "in no word". Those below `width` are ASCII when folded. */
  readonly classes: Uint16Array
  /** `next[state * width + class]`: the next state. */
  readonly next: Uint16Array
  readonly width: number
  /**
   * The same for classes from `width` on: `wide[place]` with `place = places[state] + class - width`, where
   * `owners[place]` is the state; elsewhere `root[class - width]`.
   */
  readonly places: Uint32Array
  readonly owners: Uint16Array
  readonly wide: Uint16Array
  readonly root: Uint16Array
  /** In states below this no word ends. */
  readonly silent: number
  /** In states from `silent` up to this only words end that a letter or digit behind them makes others. */
  readonly loud: number
  /** Entries that end in a state, longest first; undefined for the silent ones. */
  readonly outputs: readonly (readonly number[] | undefined)[]
}

/** Classes are below this, so that whoever packs them with other traits of a unit knows the bits they take. */
export const MOST_CLASSES = 0x3ff

/** The transition from a state by a class. */
export const step = (automaton: Automaton, state: number, letter: number): number => {
  const { next, width, places, owners, wide, root } = automaton
  if (letter < width) return next[state * width + letter] ?? 0
  const place = (places[state] ?? 0) + letter - width
  return (owners[place] === state ? wide[place] : root[letter - width]) ?? 0
}

/*
 * Only precomposed Latin, Greek and Cyrillic letters are folded, and one unit always to one unit, so that
 * offsets stay those of the text itself. Scripts without case pass as they are.
 */
const foldUnit = (unit: number): number => {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
  if (unit === 0xdf) return 0x73
  if (unit === 0xa0 || unit === 0x202f) return 0x20
  if (unit === 0x131) return 0x69
  if (unit === 0x142 || unit === 0x141) return 0x6c
  if (unit === 0xf8 || unit === 0xd8) return 0x6f
  if (unit === 0x2018 || unit === 0x2019) return 0x27
  if (unit === 0x2013 || unit === 0x2014 || unit === 0x2010 || unit === 0x2011) return 0x2d
  if (unit >= 0xc0 && unit < 0x250) {
    const base = String.fromCharCode(unit).normalize('NFD').toLowerCase().charCodeAt(0)
    return base < 0x80 ? base : unit
  }
  // Greek and Cyrillic: one case, no accents.
  if (unit >= 0x370 && unit < 0x530) {
    return String.fromCharCode(unit).normalize('NFD').charAt(0).toLowerCase().charCodeAt(0)
  }
  return unit
}

const TABLE = new Uint16Array(0x10000)
for (let unit = 0; unit < TABLE.length; unit += 1) TABLE[unit] = foldUnit(unit)

/** The folded form of a text; unit for unit, so offsets are kept. */
export const fold = (text: string): string => {
  let at = 0
  while (at < text.length && TABLE[text.charCodeAt(at)] === text.charCodeAt(at)) at += 1
  if (at === text.length) return text
  let out = text.slice(0, at)
  for (let i = at; i < text.length; i += 1) out += String.fromCharCode(TABLE[text.charCodeAt(i)] ?? 0)
  return out
}

/** Numbers the characters of all words from 1, ASCII first, each in the place of its unit. */
const lettersOf = (words: readonly string[]): { letters: Uint16Array; size: number; width: number } => {
  const letters = new Uint16Array(0x10000)
  for (const word of words) for (let i = 0; i < word.length; i += 1) letters[word.charCodeAt(i)] = 1
  let size = 1
  let width = 1
  for (let unit = 0; unit < letters.length; unit += 1) {
    if (letters[unit] === 0) continue
    letters[unit] = size
    size += 1
    if (unit < 0x80) width = size
  }
  return { letters, size, width }
}

/** Letters and the states they lead to, by turns. */
type Moves = readonly number[]

const NONE: Moves = []

/** A state's own moves, and of what it falls back to those that it does not have itself. */
const withInherited = (own: Moves, inherited: Moves): Moves => {
  const all = [...own]
  for (let i = 0; i < inherited.length; i += 2) {
    const letter = numberAt(inherited, i)
    let has = false
    for (let j = 0; j < own.length && !has; j += 2) has = own[j] === letter
    if (!has) all.push(letter, numberAt(inherited, i + 1))
  }
  return all
}

interface Tables {
  /** Letters below `width`, all of them in one table. */
  readonly next: Uint16Array
  /** The other letters, of those only where a state does not do as the root does. */
  readonly wide: readonly Moves[]
  readonly root: Uint16Array
}

/** All transitions, by the automaton's numbers. */
const connect = (
  { count, letter, first }: Trie,
  fail: Uint16Array,
  numbers: Uint16Array,
  width: number,
  size: number,
): Tables => {
  const next = new Uint16Array(count * width)
  const root = new Uint16Array(size - width)
  const wide: Moves[] = new Array(count)
  for (let state = 0; state < count; state += 1) {
    const number = numberAt(numbers, state)
    const behind = numberAt(numbers, numberAt(fail, state))
    // The root's row is still empty, all others begin as a copy of where they fall back to.
    if (state !== 0) next.copyWithin(number * width, behind * width, (behind + 1) * width)
    const inherited = state === 0 || behind === 0 ? NONE : (wide[behind] ?? NONE)
    const own: number[] = []
    for (let child = numberAt(first, state); child < numberAt(first, state + 1); child += 1) {
      const by = numberAt(letter, child)
      const to = numberAt(numbers, child)
      if (by < width) next[number * width + by] = to
      else if (state === 0) root[by - width] = to
      else own.push(by, to)
    }
    wide[number] = own.length === 0 ? inherited : withInherited(own, inherited)
  }
  return { next, wide, root }
}

/**
 * Lays the few transitions of each state over those of the others so that none takes another's place, each
 * with the state it belongs to written beside it: a row for each state would take twenty times the room.
 */
const overlay = (
  wide: readonly Moves[],
  width: number,
  size: number,
): Pick<Automaton, 'places' | 'owners' | 'wide'> => {
  const span = size - width
  const room = wide.reduce((sum, own) => sum + own.length / 2, 0) * 4 + span * 2
  const owners = new Uint16Array(room).fill(NOBODY)
  const targets = new Uint16Array(room)
  const places = new Uint32Array(wide.length)
  const isFree = (place: number, own: Moves): boolean => {
    for (let i = 0; i < own.length; i += 2) {
      if (owners[place + numberAt(own, i) - width] !== NOBODY) return false
    }
    return true
  }
  // The first hole of all, and the first that every letter can reach.
  let from = 0
  let later = span
  let tried = 0
  let used = 0
  // Those with many transitions first, while there is room; one alone fits anywhere.
  const busiest: number[] = []
  wide.forEach((own, state) => {
    if (own.length > 0) busiest.push(state)
  })
  busiest.sort((a, b) => (wide[b]?.length ?? 0) - (wide[a]?.length ?? 0))
  for (const state of busiest) {
    const own = wide[state] ?? NONE
    while (owners[from] !== NOBODY) from += 1
    while (owners[later] !== NOBODY) later += 1
    // What was full for the one before is as good as full for this one; the holes are for those alone.
    const offset = numberAt(own, 0) - width
    let place = own.length > 2 ? tried : (from >= offset ? from : later) - offset
    while (!isFree(place, own)) place += 1
    if (own.length > 2) tried = place
    if (place + span > room) throw new RangeError('too little room for the words of other scripts')
    used = Math.max(used, place + span)
    places[state] = place
    for (let i = 0; i < own.length; i += 2) {
      owners[place + numberAt(own, i) - width] = state
      targets[place + numberAt(own, i) - width] = numberAt(own, i + 1)
    }
  }
  used = Math.max(used, span)
  return { places, owners: owners.slice(0, used), wide: targets.slice(0, used) }
}

/** Builds the tables. At most 65,534 states and 1,022 different characters; more is a programming error and throws. */
export const buildAutomaton = (entries: readonly Entry[]): Automaton => {
  const words = entries.map((entry) => fold(entry.word))
  const { letters, size, width } = lettersOf(words)
  if (size > MOST_CLASSES) throw new RangeError('too many words for one automaton')
  const trie = plant(words, letters)
  const fail = fallbacks(trie)
  const { numbers, ...ends } = endsLast(trie, fail, (entry) => entries[entry]?.right === true)
  const { wide, ...tables } = connect(trie, fail, numbers, width, size)
  const classes = new Uint16Array(0x10000)
  for (let unit = 0; unit < classes.length; unit += 1)
    classes[unit] = numberAt(letters, numberAt(TABLE, unit))
  return { entries, classes, width, ...tables, ...ends, ...overlay(wide, width, size) }
}
