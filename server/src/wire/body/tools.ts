import { type Block, CausewayError, type Turn } from '../../domain/index.ts'
import { sha256Hex } from '../../lib/index.ts'

type Result = Extract<Block, { type: 'tool-result' }>

/** Which ids a dialect takes. */
export type IdRule = (id: string) => boolean

/** An id made of a digest, 64 hexadecimal digits. */
export type IdMaker = (digest: string) => string

const usualId: IdMaker = (digest) => `call_${digest.slice(0, 24)}`

const unpaired = (at: string, problem: string): CausewayError =>
  new CausewayError('invalid_request', `${at}: ${problem}.`, { field: at })

/**
 * Gives every call of a conversation an id that the dialect takes and no other call has. An id that is already
 * so stays; the others get one derived from it and its occurrence, the same each time the history is sent.
 */
class CallIds {
  readonly #rule: IdRule
  readonly #make: IdMaker
  readonly #taken: Set<string>
  readonly #used = new Set<string>()
  /** From which occurrence on an id may still be free: one that comes a thousand times is not counted anew each time. */
  readonly #next = new Map<string, number>()

  constructor(rule: IdRule, make: IdMaker, all: Iterable<string>) {
    this.#rule = rule
    this.#make = make
    this.#taken = new Set(all)
  }

  next(id: string): string {
    if (this.#rule(id) && !this.#used.has(id)) {
      this.#used.add(id)
      return id
    }
    for (let occurrence = this.#next.get(id) ?? 0; ; occurrence += 1) {
      const made = this.#make(sha256Hex(`${occurrence}:${id}`))
      if (this.#used.has(made) || this.#taken.has(made)) continue
      this.#used.add(made)
      this.#next.set(id, occurrence + 1)
      return made
    }
  }
}

interface OpenCall {
  readonly original: string
  readonly id: string
  result: Result | null
}

const callIds = function* (turns: readonly Turn[]): Iterable<string> {
  for (const turn of turns) for (const block of turn.blocks) if (block.type === 'tool-call') yield block.id
}

const byOriginal = (open: readonly OpenCall[]): Map<string, OpenCall[]> => {
  const calls = new Map<string, OpenCall[]>()
  for (const call of open.toReversed()) {
    const same = calls.get(call.original)
    if (same === undefined) calls.set(call.original, [call])
    else same.push(call)
  }
  return calls
}

/**
 * Turns with every call's id made fit for the dialect and every call's result right behind it: one user turn
 * with all results of the turn before, in the order of the calls, then whatever else the user said.
 * Throws CausewayError `invalid_request` for a result without its call and a call without its result.
 */
export const resolveTools = (
  turns: readonly Turn[],
  rule: IdRule,
  make: IdMaker = usualId,
): readonly Turn[] => {
  const ids = new CallIds(rule, make, callIds(turns))
  const out: Turn[] = []
  let open: OpenCall[] = []
  /** Calls without a result by the client's id, the last of them first. */
  let waiting: Map<string, OpenCall[]> | null = null
  let opened = ''
  let resultsAt = ''
  let others: Turn[] = []

  const settle = (): void => {
    const results = open.map((call) => {
      if (call.result === null) throw unpaired(opened, `the tool call "${clip(call.original)}" has no result`)
      return { ...call.result, id: call.id }
    })
    if (results.length > 0) out.push({ role: 'user', at: resultsAt, blocks: results })
    out.push(...others)
    open = []
    waiting = null
    others = []
  }

  for (const turn of turns) {
    if (turn.role === 'assistant') {
      settle()
      opened = turn.at
      const blocks = turn.blocks.map((block) => {
        if (block.type !== 'tool-call') return block
        const call: OpenCall = { original: block.id, id: ids.next(block.id), result: null }
        open.push(call)
        return { ...block, id: call.id }
      })
      out.push({ ...turn, blocks })
      continue
    }
    const rest: Block[] = []
    for (const block of turn.blocks) {
      if (block.type !== 'tool-result') {
        rest.push(block)
        continue
      }
      waiting ??= byOriginal(open)
      const call = waiting.get(block.id)?.pop()
      if (call === undefined) {
        throw unpaired(turn.at, `the tool result "${clip(block.id)}" answers no call of the turn before it`)
      }
      call.result = block
      resultsAt = turn.at
    }
    if (rest.length > 0) others.push({ ...turn, blocks: rest })
  }
  settle()
  return out
}

const clip = (id: string): string => id.slice(0, 80)
