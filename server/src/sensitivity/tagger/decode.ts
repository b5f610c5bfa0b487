import { FEATURES, features } from './features.ts'
import { NAME } from './flags.ts'
import { BREAK_BEFORE, SHAPE, type Tokens } from './tokens.ts'

/** What a tagged span is; label 2n+1 begins one of kind n, label 2n+2 continues it, label 0 is none. */
export const SPAN_TYPES = ['PERSON', 'ORGANIZATION', 'LOCATION', 'NRP', 'TITLE'] as const
export type SpanType = (typeof SPAN_TYPES)[number]
export const LABELS = 1 + 2 * SPAN_TYPES.length

/** What was learned. Integers, 32 to one unit of log-odds. */
export interface Model {
  /** `emit[row * LABELS + label]`. */
  readonly emit: Int8Array
  /** `move[from * LABELS + to]`. */
  readonly move: Int8Array
}

export const SCALE = 32

export interface Span {
  readonly type: SpanType
  readonly start: number
  readonly end: number
  /** Its first token, and the one behind its last; -1 where rules of a script found it. */
  readonly first: number
  readonly last: number
  /** Whether a list knows a word of it as somebody's name. */
  readonly known: boolean
  /** How much better the text reads with it than without it, in units of log-odds. */
  readonly margin: number
}

/** Whether label `to` may follow label `from`: only what was begun is continued. */
export const mayFollow = (from: number, to: number): boolean =>
  to === 0 || to % 2 === 1 || from === to || from === to - 1

const IMPOSSIBLE = -1_000_000

/** Room for the decoding of one text, used again for the next. */
class Room {
  scores = new Int32Array(1024 * LABELS)
  best = new Int32Array(1024 * LABELS)
  back = new Uint8Array(1024 * LABELS)
  labels = new Uint8Array(1024)
  readonly rows = new Int32Array(FEATURES)

  for(count: number): this {
    if (count > this.labels.length) {
      const size = Math.max(count, this.labels.length * 2)
      this.scores = new Int32Array(size * LABELS)
      this.best = new Int32Array(size * LABELS)
      this.back = new Uint8Array(size * LABELS)
      this.labels = new Uint8Array(size)
    }
    return this
  }
}

const ROOM = new Room()

/* Written out, so that the sums stay in registers: this loop is where the time goes. */
const score = (model: Model, tokens: Tokens, i: number): void => {
  const { scores, rows } = ROOM
  const { emit } = model
  features(tokens, i, rows, 0)
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0
  let s8 = 0
  let s9 = 0
  let s10 = 0
  for (let f = 0; f < FEATURES; f += 1) {
    const from = (rows[f] ?? 0) * LABELS
    s0 += emit[from] ?? 0
    s1 += emit[from + 1] ?? 0
    s2 += emit[from + 2] ?? 0
    s3 += emit[from + 3] ?? 0
    s4 += emit[from + 4] ?? 0
    s5 += emit[from + 5] ?? 0
    s6 += emit[from + 6] ?? 0
    s7 += emit[from + 7] ?? 0
    s8 += emit[from + 8] ?? 0
    s9 += emit[from + 9] ?? 0
    s10 += emit[from + 10] ?? 0
  }
  const base = i * LABELS
  scores[base] = s0
  scores[base + 1] = s1
  scores[base + 2] = s2
  scores[base + 3] = s3
  scores[base + 4] = s4
  scores[base + 5] = s5
  scores[base + 6] = s6
  scores[base + 7] = s7
  scores[base + 8] = s8
  scores[base + 9] = s9
  scores[base + 10] = s10
}

/** Ways this far behind the best one are not followed: no later token makes up for so much. */
const HOPELESS = 24 * SCALE

/** The labels that a way worth following ends in, best first not needed. */
const ALIVE = new Uint8Array(LABELS)

const findAlive = (ahead: number): number => {
  const { best } = ROOM
  let top = IMPOSSIBLE
  for (let label = 0; label < LABELS; label += 1) {
    const value = best[ahead + label] ?? 0
    if (value > top) top = value
  }
  let count = 0
  for (let label = 0; label < LABELS; label += 1) {
    if ((best[ahead + label] ?? 0) < top - HOPELESS) continue
    ALIVE[count] = label
    count += 1
  }
  return count
}

/** The best way to each label: one that begins may follow any, one that continues only its own two. */
const advance = (model: Model, i: number, isFirst: boolean): void => {
  const { scores, best, back } = ROOM
  const { move } = model
  const base = i * LABELS
  const ahead = base - LABELS
  const alive = isFirst ? 0 : findAlive(ahead)
  for (let to = 0; to < LABELS; to += 1) {
    const continues = to > 0 && to % 2 === 0
    let top = isFirst && !continues ? (move[to] ?? 0) : IMPOSSIBLE
    let from = 0
    for (let k = 0; k < alive; k += 1) {
      const previous = ALIVE[k] ?? 0
      if (continues && previous !== to && previous !== to - 1) continue
      const value = (best[ahead + previous] ?? 0) + (move[previous * LABELS + to] ?? 0)
      if (value > top) {
        top = value
        from = previous
      }
    }
    best[base + to] = top + (scores[base + to] ?? 0)
    back[base + to] = from
  }
}

const trace = (first: number, last: number): void => {
  const { best, back, labels } = ROOM
  let label = 0
  for (let to = 1; to < LABELS; to += 1) {
    if ((best[(last - 1) * LABELS + to] ?? 0) > (best[(last - 1) * LABELS + label] ?? 0)) label = to
  }
  for (let i = last - 1; i >= first; i -= 1) {
    labels[i] = label
    label = back[i * LABELS + label] ?? 0
  }
}

const marginOf = (model: Model, first: number, last: number): number => {
  const { scores, labels } = ROOM
  let sum = 0
  let from = 0
  for (let i = first; i < last; i += 1) {
    const label = labels[i] ?? 0
    sum += (scores[i * LABELS + label] ?? 0) - (scores[i * LABELS] ?? 0)
    sum += (model.move[from * LABELS + label] ?? 0) - (model.move[0] ?? 0)
    from = label
  }
  return (sum + (model.move[from * LABELS] ?? 0) - (model.move[0] ?? 0)) / SCALE
}

const isKnown = (tokens: Tokens, first: number, last: number): boolean => {
  for (let i = first; i < last; i += 1) if (((tokens.flags[i] ?? 0) & NAME) !== 0) return true
  return false
}

const collect = (model: Model, tokens: Tokens, first: number, last: number, out: Span[]): void => {
  const { labels } = ROOM
  for (let i = first; i < last; i += 1) {
    const label = labels[i] ?? 0
    const type = SPAN_TYPES[(label - 1) >> 1]
    if (label === 0 || type === undefined) continue
    let end = i + 1
    while (end < last && labels[end] === label + (label % 2)) end += 1
    out.push({
      type,
      start: tokens.starts[i] ?? 0,
      end: tokens.ends[end - 1] ?? 0,
      first: i,
      last: end,
      known: isKnown(tokens, i, end),
      margin: marginOf(model, i, end),
    })
    i = end - 1
  }
}

/** Whether the stretch of active tokens ends before `i`. */
const isBroken = (tokens: Tokens, i: number): boolean =>
  i >= tokens.count || tokens.active[i] === 0 || tokens.before[i] === BREAK_BEFORE

/** What of a token's neighbours its signs may speak of: so many tokens ahead and behind. */
const AHEAD = 9
const BEHIND = 5

/** Tokens that stand again as they stood a few tokens ahead, each looked at once. */
class Repetition {
  readonly #period: number
  /** The next token to be looked at, and how many right ahead of it are repeated at one distance. */
  #next = 0
  #streak = 0
  #shift = 0

  constructor(period: number) {
    this.#period = period
  }

  begin(): void {
    this.#next = 0
    this.#streak = 0
  }

  /** How far ahead a token's like stands, if all around it is repeated as well; else 0. Asked of tokens in order. */
  of(tokens: Tokens, i: number): number {
    const period = this.#period
    const { words, count, active } = tokens
    if (words[i] !== words[i - period] || i < AHEAD + period || i + BEHIND >= count) return 0
    if (this.#next < i - AHEAD) {
      this.#next = i - AHEAD
      this.#streak = 0
    }
    while (this.#next <= i + BEHIND) {
      this.#look(tokens, this.#next)
      this.#next += 1
    }
    return this.#streak > AHEAD + BEHIND && active[i - period] === 1 ? period : 0
  }

  #look(tokens: Tokens, i: number): void {
    const { words, lexes, shapes, before, flags, starts } = tokens
    const like = i - this.#period
    const isLike =
      words[i] === words[like] &&
      lexes[i] === lexes[like] &&
      shapes[i] === shapes[like] &&
      before[i] === before[like] &&
      flags[i] === flags[like] &&
      (shapes[i] !== SHAPE.number || areEdgesAlike(tokens, i, like))
    const shift = (starts[i] ?? 0) - (starts[like] ?? 0)
    if (!isLike) this.#streak = 0
    else if (this.#streak > 0 && shift === this.#shift) this.#streak += 1
    else this.#streak = 1
    this.#shift = shift
  }
}

/** Numbers are words alike whatever their digits, and what is glued to one is told by the digit beside it. */
const areEdgesAlike = ({ text, starts, ends }: Tokens, i: number, like: number): boolean =>
  text.charCodeAt(starts[i] ?? 0) === text.charCodeAt(starts[like] ?? 0) &&
  text.charCodeAt((ends[i] ?? 0) - 1) === text.charCodeAt((ends[like] ?? 0) - 1)

/** Periods that are looked for, so that a list of one thing over and over costs little. */
const REPETITIONS = [4, 3, 5, 6].map((period) => new Repetition(period))

const periodOf = (tokens: Tokens, i: number): number => {
  for (const repetition of REPETITIONS) {
    const period = repetition.of(tokens, i)
    if (period > 0) return period
  }
  return 0
}

/** A token's scores; those of the same one in the same place a few tokens ahead are taken over. */
const scoreOrTake = (model: Model, tokens: Tokens, i: number): void => {
  const period = periodOf(tokens, i)
  if (period === 0) score(model, tokens, i)
  else ROOM.scores.copyWithin(i * LABELS, (i - period) * LABELS, (i - period + 1) * LABELS)
}

/** The spans of a text, in order. Stretches of active tokens are decoded one by one; a line ends a stretch. */
export const decode = (model: Model, tokens: Tokens): Span[] => {
  const out: Span[] = []
  ROOM.for(tokens.count)
  for (const repetition of REPETITIONS) repetition.begin()
  for (let i = 0; i < tokens.count; i += 1) {
    if (tokens.active[i] === 0) continue
    const first = i
    do {
      scoreOrTake(model, tokens, i)
      advance(model, i, i === first)
      i += 1
    } while (!isBroken(tokens, i))
    trace(first, i)
    collect(model, tokens, first, i, out)
    i -= 1
  }
  return out
}
