import { CausewayError } from '../../domain/index.ts'

/** One turn of a history that may have to be shortened. */
export interface FitTurn {
  /** Tokens, estimated. */
  readonly cost: number
  /** A conversation may begin here: a user's turn that answers no tool call. */
  readonly start: boolean
  /** Stays whatever is left out: system turns. */
  readonly pinned: boolean
}

/** Tokens kept free for the answer: what the client allows, 512 where it says nothing, never more than a quarter. */
const reserveFor = (context: number, maxTokens: number | null): number =>
  Math.min(maxTokens ?? 512, Math.floor(context / 4))

export interface FitPlan {
  /** Positions of the turns to leave out, ascending. */
  readonly out: ReadonlySet<number>
  /** What the answer may have where the client allows more than is left; null where its own limit stands. Tokens. */
  readonly maxTokens: number | null
}

/**
 * Which turns to leave out, oldest first, so that the rest fits. What follows begins with a user's turn, so no
 * tool call loses its result nor a result its call. `total` is the whole request in tokens, estimated.
 * Throws CausewayError `context_too_long` where even the last user's turn is too long.
 */
export const planFit = (
  turns: readonly FitTurn[],
  total: number,
  context: number,
  maxTokens: number | null,
  list = 'messages',
): FitPlan => {
  const room = context - reserveFor(context, maxTokens)
  const plan = (out: ReadonlySet<number>, left: number): FitPlan => ({
    out,
    maxTokens: maxTokens !== null && maxTokens > context - left ? context - left : null,
  })
  if (total <= room) return plan(new Set(), total)
  const leading = turns.findIndex((turn) => !turn.pinned)
  const first = leading === -1 ? turns.length : leading
  let left = total
  const out = new Set<number>()
  for (let index = first; index < turns.length; index += 1) {
    const turn = turns[index]
    if (turn === undefined) break
    if (index > first && turn.start && left <= room) return plan(out, left)
    if (turn.pinned) continue
    out.add(index)
    left -= turn.cost
  }
  throw new CausewayError(
    'context_too_long',
    `The prompt is too long: about ${total} tokens, and the maximum context length is ${context}, of which ${context - room} are kept for the answer. Its last turn alone does not fit.`,
    { field: list },
  )
}

/** `messages[1..4]`, `messages[6]` for positions in ascending order. */
export const rangesOf = (positions: Iterable<number>, list = 'messages'): readonly string[] => {
  const ranges: [number, number][] = []
  for (const position of positions) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === position - 1) last[1] = position
    else ranges.push([position, position])
  }
  return ranges.map(([from, to]) => (from === to ? `${list}[${from}]` : `${list}[${from}..${to}]`))
}
