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

/** An Aho-Corasick automaton as flat tables: one step per character whatever the number of words. */
export interface Automaton {
  readonly entries: readonly Entry[]
  /** Class of a UTF-16 unit below `classes.length`; 0 is "in no word". */
  readonly classes: Uint8Array
  /** `next[state * width + class]`. */
  readonly next: Uint16Array
  readonly width: number
  /** Entries that end in a state, longest first; undefined for most states. */
  readonly outputs: readonly (readonly number[] | undefined)[]
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

const plant = (words: readonly string[], letters: Map<number, number>): Node[] => {
  const nodes = [newNode()]
  words.forEach((word, index) => {
    let state = 0
    for (let i = 0; i < word.length; i += 1) {
      const unit = word.charCodeAt(i)
      const letter = letters.get(unit) ?? letters.size + 1
      letters.set(unit, letter)
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

/** Builds the tables. At most 65,535 states and 255 different characters; more is a programming error and throws. */
export const buildAutomaton = (entries: readonly Entry[]): Automaton => {
  const letters = new Map<number, number>()
  const nodes = plant(
    entries.map((entry) => fold(entry.word)),
    letters,
  )
  const width = letters.size + 1
  if (nodes.length > 0xffff || width > 0xff) throw new RangeError('too many words for one automaton')
  const next = new Uint16Array(nodes.length * width)
  const outputs: (readonly number[] | undefined)[] = new Array(nodes.length)
  const queue = [0]
  for (let head = 0; head < queue.length; head += 1) {
    const state = at(queue, head)
    const node = at(nodes, state)
    const inherited = state === 0 ? undefined : outputs[node.fail]
    const ends = node.ends.concat(inherited ?? [])
    outputs[state] = ends.length > 0 ? ends : undefined
    for (let letter = 1; letter < width; letter += 1) {
      const child = node.children.get(letter)
      const behind = state === 0 ? 0 : (next[node.fail * width + letter] ?? 0)
      next[state * width + letter] = child ?? behind
      if (child === undefined) continue
      at(nodes, child).fail = behind
      queue.push(child)
    }
  }
  const classes = new Uint8Array(0x10000)
  for (let unit = 0; unit < classes.length; unit += 1) classes[unit] = letters.get(TABLE[unit] ?? 0) ?? 0
  return { entries, classes, next, width, outputs }
}
