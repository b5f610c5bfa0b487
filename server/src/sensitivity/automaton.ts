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

/** Transitions by letter, of those letters only where a state does not do as the root does. */
type Own = readonly ReadonlyMap<number, number>[]

interface Tables {
  /** Letters below `width`, all of them in one table. */
  readonly narrow: Uint16Array
  /** The other letters. */
  readonly wide: Own
  readonly outputs: Outputs
}

const NONE: ReadonlyMap<number, number> = new Map()

/** All transitions and what ends where. Fills in `fail`. */
const connect = (nodes: readonly Node[], width: number): Tables => {
  const narrow = new Uint16Array(nodes.length * width)
  const wide: ReadonlyMap<number, number>[] = []
  const outputs: Outputs = Array.from(nodes, () => undefined)
  const root = at(nodes, 0).children
  const behind = (state: number, fail: number, letter: number): number => {
    if (state === 0) return 0
    return letter < width
      ? (narrow[fail * width + letter] ?? 0)
      : (wide[fail]?.get(letter) ?? root.get(letter) ?? 0)
  }
  nodes.forEach((node, state) => {
    const ends = node.ends.concat((state === 0 ? undefined : outputs[node.fail]) ?? [])
    outputs[state] = ends.length > 0 ? ends : undefined
    // The root's row is still empty, all others begin as a copy of where they fall back to.
    narrow.copyWithin(state * width, node.fail * width, (node.fail + 1) * width)
    const inherited = state === 0 || node.fail === 0 ? NONE : at(wide, node.fail)
    let own: Map<number, number> | null = null
    for (const [letter, child] of node.children) {
      at(nodes, child).fail = behind(state, node.fail, letter)
      if (letter < width) narrow[state * width + letter] = child
      else if (state !== 0) {
        own ??= new Map(inherited)
        own.set(letter, child)
      }
    }
    // Most states have nothing to add and share what they fall back to.
    wide.push(own ?? inherited)
  })
  return { narrow, wide, outputs }
}

/** The same with the states in which a word ends numbered last; and how many are before them. */
const endsLast = (
  { narrow, wide, outputs }: Tables,
  width: number,
  isWhole: (entry: number) => boolean,
): Tables & Pick<Automaton, 'silent' | 'loud'> & { readonly renumbered: Uint16Array } => {
  const states = outputs.map((_, state) => state)
  const silent = states.filter((state) => outputs[state] === undefined)
  const whole = states.filter((state) => outputs[state]?.every(isWhole) === true)
  const loud = states.filter((state) => outputs[state]?.every(isWhole) === false)
  const order = [...silent, ...whole, ...loud]
  const renumbered = new Uint16Array(order.length)
  order.forEach((state, index) => {
    renumbered[state] = index
  })
  const moved = new Uint16Array(narrow.length)
  order.forEach((state, index) => {
    for (let letter = 0; letter < width; letter += 1) {
      moved[index * width + letter] = renumbered[narrow[state * width + letter] ?? 0] ?? 0
    }
  })
  const known = new Map<ReadonlyMap<number, number>, ReadonlyMap<number, number>>()
  const own = order.map((state) => {
    const moves = at(wide, state)
    const again = known.get(moves)
    if (again !== undefined) return again
    const anew = new Map(Array.from(moves, ([letter, to]) => [letter, renumbered[to] ?? 0]))
    known.set(moves, anew)
    return anew
  })
  return {
    narrow: moved,
    wide: own,
    outputs: order.map((state) => outputs[state]),
    silent: silent.length,
    loud: silent.length + whole.length,
    renumbered,
  }
}

/** No state has this number. */
const NOBODY = 0xffff

/**
 * Lays the few transitions of each state over those of the others so that none takes another's place, each
 * with the state it belongs to written beside it: a row for each state would take twenty times the room.
 */
const overlay = (wide: Own, width: number, size: number): Pick<Automaton, 'places' | 'owners' | 'wide'> => {
  const span = size - width
  const room = wide.reduce((sum, own) => sum + own.size, 0) * 4 + span * 2
  const owners = new Uint16Array(room).fill(NOBODY)
  const targets = new Uint16Array(room)
  const places = new Uint32Array(wide.length)
  const isFree = (place: number, letters: readonly number[]): boolean =>
    letters.every((letter) => owners[place + letter - width] === NOBODY)
  let from = 0
  let tried = 0
  // Those with many transitions first, while there is room; one alone fits anywhere.
  const busiest = wide.map((own, state) => ({ own, state })).filter(({ own }) => own.size > 0)
  for (const { own, state } of busiest.sort((a, b) => b.own.size - a.own.size)) {
    const letters = [...own.keys()]
    while (owners[from] !== NOBODY) from += 1
    // What was full for the one before is as good as full for this one; the holes are for those alone.
    let place = letters.length > 1 ? tried : Math.max(0, from - ((letters[0] ?? width) - width))
    while (!isFree(place, letters)) place += 1
    if (letters.length > 1) tried = place
    if (place + span > room) throw new RangeError('too little room for the words of other scripts')
    places[state] = place
    for (const [letter, to] of own) {
      owners[place + letter - width] = state
      targets[place + letter - width] = to
    }
  }
  return { places, owners, wide: targets }
}

/** Builds the tables. At most 65,534 states and 1,022 different characters; more is a programming error and throws. */
export const buildAutomaton = (entries: readonly Entry[]): Automaton => {
  const words = entries.map((entry) => fold(entry.word))
  const letters = lettersOf(words)
  const nodes = byDepth(plant(words, letters))
  const size = letters.size + 1
  if (nodes.length >= NOBODY || size > MOST_CLASSES) throw new RangeError('too many words for one automaton')
  const width = [...letters.keys()].filter((unit) => unit < 0x80).length + 1
  const isWhole = (entry: number): boolean => entries[entry]?.right === true
  const { narrow, wide, renumbered, ...ends } = endsLast(connect(nodes, width), width, isWhole)
  const root = new Uint16Array(size - width)
  for (const [letter, child] of at(nodes, 0).children) {
    if (letter >= width) root[letter - width] = renumbered[child] ?? 0
  }
  const classes = new Uint16Array(0x10000)
  for (let unit = 0; unit < classes.length; unit += 1) classes[unit] = letters.get(TABLE[unit] ?? 0) ?? 0
  return { entries, classes, next: narrow, width, root, ...ends, ...overlay(wide, width, size) }
}
