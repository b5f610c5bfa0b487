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
 * numbered by depth, so that those which text mostly is in lie side by side, and characters beyond ASCII have
 * a table of their own, in which the many states that no such word passes share row 0: what is stepped
 * through has to fit a processor's cache.
 */
export interface Automaton {
  readonly entries: readonly Entry[]
  /** Class of a UTF-16 unit below `classes.length`; 0 is "in no word". Those below `width` are ASCII when folded. */
  readonly classes: Uint8Array
  /** `next[state * width + class]`: the next state, with FOUND where a word ends in it. */
  readonly next: Uint16Array
  readonly width: number
  /** The same for classes from `width` on: `wide[rows[state] * wideWidth + class - width]`. */
  readonly wide: Uint16Array
  readonly wideWidth: number
  readonly rows: Uint16Array
  /** Entries that end in a state, longest first; undefined for most states. */
  readonly outputs: readonly (readonly number[] | undefined)[]
}

/** Set on a transition to a state that has outputs; the rest is the state. */
const FOUND = 0x8000
export const STATE = 0x7fff

/** The transition from a state by a class. */
export const step = (automaton: Automaton, state: number, letter: number): number => {
  const { next, width, wide, wideWidth, rows } = automaton
  if (letter < width) return next[state * width + letter] ?? 0
  return wide[(rows[state] ?? 0) * wideWidth + letter - width] ?? 0
}

/*
 * Only precomposed Latin letters are folded, and one unit always to one unit, so that offsets stay those of
 * the text itself. Scripts without case pass as they are.
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
  return unit
}

const TABLE = new Uint16Array(0x10000)
for (let unit = 0; unit < TABLE.length; unit += 1) TABLE[unit] = foldUnit(unit)

/** The folded form of a text; unit for unit, so offsets are kept. */
export const fold = (text: string): string => {
  let out = ''
  for (let i = 0; i < text.length; i += 1) out += String.fromCharCode(TABLE[text.charCodeAt(i)] ?? 0)
  return out
}

interface Node {
  readonly children: Map<number, number>
  fail: number
  readonly ends: number[]
}

const newNode = (): Node => ({ children: new Map(), fail: 0, ends: [] })

const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index]
  if (item === undefined) throw new RangeError('index out of the automaton')
  return item
}

/** Numbers the characters of all words from 1, ASCII first. */
const lettersOf = (words: readonly string[]): ReadonlyMap<number, number> => {
  const units = new Set<number>()
  for (const word of words) for (let i = 0; i < word.length; i += 1) units.add(word.charCodeAt(i))
  return new Map([...units].sort((a, b) => a - b).map((unit, index) => [unit, index + 1]))
}

const plant = (words: readonly string[], letters: ReadonlyMap<number, number>): Node[] => {
  const nodes = [newNode()]
  words.forEach((word, index) => {
    let state = 0
    for (let i = 0; i < word.length; i += 1) {
      const letter = letters.get(word.charCodeAt(i)) ?? 0
      const children = at(nodes, state).children
      let child = children.get(letter)
      if (child === undefined) {
        child = nodes.length
        children.set(letter, child)
        nodes.push(newNode())
      }
      state = child
    }
    at(nodes, state).ends.push(index)
  })
  return nodes
}

/** The same trie with its nodes numbered breadth first. */
const byDepth = (nodes: readonly Node[]): Node[] => {
  const queue = [at(nodes, 0)]
  for (let head = 0; head < queue.length; head += 1) {
    const { children } = at(queue, head)
    for (const [letter, child] of children) children.set(letter, queue.push(at(nodes, child)) - 1)
  }
  return queue
}

type Outputs = (readonly number[] | undefined)[]

/** All transitions in one table of `size` columns, and what ends where. Fills in `fail`. */
const connect = (nodes: readonly Node[], size: number): readonly [Uint16Array, Outputs] => {
  const table = new Uint16Array(nodes.length * size)
  const outputs: Outputs = new Array(nodes.length)
  nodes.forEach((node, state) => {
    const inherited = state === 0 ? undefined : outputs[node.fail]
    const ends = node.ends.concat(inherited ?? [])
    outputs[state] = ends.length > 0 ? ends : undefined
    for (let letter = 1; letter < size; letter += 1) {
      const child = node.children.get(letter)
      const behind = state === 0 ? 0 : (table[node.fail * size + letter] ?? 0)
      table[state * size + letter] = child ?? behind
      if (child !== undefined) at(nodes, child).fail = behind
    }
  })
  return [table.map((state) => (outputs[state] === undefined ? state : state | FOUND)), outputs]
}

/** Splits off the columns from `width` on; states whose part of them is the root's share its row. */
const split = (
  table: Uint16Array,
  size: number,
  width: number,
): Pick<Automaton, 'next' | 'width' | 'wide' | 'wideWidth' | 'rows'> => {
  const count = table.length / size
  const next = new Uint16Array(count * width)
  const rows = new Uint16Array(count)
  const root = table.subarray(width, size)
  const wide = [root]
  for (let state = 0; state < count; state += 1) {
    const row = table.subarray(state * size, (state + 1) * size)
    next.set(row.subarray(0, width), state * width)
    const tail = row.subarray(width)
    if (tail.some((to, column) => to !== root[column])) rows[state] = wide.push(tail) - 1
  }
  const wideWidth = size - width
  const flat = new Uint16Array(wide.length * wideWidth)
  wide.forEach((row, index) => {
    flat.set(row, index * wideWidth)
  })
  return { next, width, wide: flat, wideWidth, rows }
}

/** Builds the tables. At most 32,767 states and 254 different characters; more is a programming error and throws. */
export const buildAutomaton = (entries: readonly Entry[]): Automaton => {
  const words = entries.map((entry) => fold(entry.word))
  const letters = lettersOf(words)
  const nodes = byDepth(plant(words, letters))
  const size = letters.size + 1
  if (nodes.length > STATE || size > 0xff) throw new RangeError('too many words for one automaton')
  const [table, outputs] = connect(nodes, size)
  const narrow = [...letters.keys()].filter((unit) => unit < 0x80).length + 1
  const classes = new Uint8Array(0x10000)
  for (let unit = 0; unit < classes.length; unit += 1) classes[unit] = letters.get(TABLE[unit] ?? 0) ?? 0
  return { entries, classes, outputs, ...split(table, size, narrow) }
}
