import {
  type Call,
  CausewayError,
  type Clock,
  type DecideInput,
  type Decision,
  KINDS,
  type Label,
  type ReplyEvent,
  type Snapshot,
} from '../domain/index.ts'
import { deepFreeze, timeId } from '../lib/index.ts'
import { decide, summarise } from '../policy/index.ts'
import { upstreamWireOf, wireOf } from '../wire/index.ts'
import type { Egress } from './egress.ts'
import type { Flight, Receiver } from './transport.ts'

export interface JudgeParts {
  readonly snapshot: Snapshot
  readonly egress: Egress
  readonly clock: Clock
}

/** Tokens of an answer: a list of quotes. */
const MOST_TOKENS = 2_000
const MOST_ANSWER = 1024 * 1024
const READ = { bodyBytes: 64 * 1024 * 1024, depth: 16, messages: 2 }

/**
 * What a judge is shown may be anything, so it is decided on as if it were everything: every kind, and restricted.
 * A floor that keeps some kind from a target keeps the judge from it too.
 */
const ANYTHING: Label = deepFreeze({
  level: 'restricted',
  kinds: [...KINDS],
  conditions: [],
  declared: [],
  raised: 'restricted',
  findings: [],
  omitted: 0,
})

const callOf = (parts: JudgeParts, target: string, system: string, user: string): Call => {
  const body = JSON.stringify({
    model: target,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    temperature: 0,
    max_tokens: MOST_TOKENS,
  })
  const arrival = { id: timeId('cw_', parts.clock.now()), operation: 'chat', headers: {} } as const
  return wireOf('openai-chat').read(Buffer.from(body), arrival, READ)
}

/** The decision for a judge's own question. Rules see the key `judge:NAME`, no team, and the use `general`. */
const decisionOf = ({ snapshot }: JudgeParts, name: string, target: string, call: Call): Decision => {
  const use = snapshot.uses.get('general')
  if (use === undefined) throw new CausewayError('internal', 'The built-in use is gone.')
  const input: DecideInput = {
    principal: { key: `judge:${name}`, team: null },
    use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
    label: summarise(ANYTHING),
    sides: ['own'],
    model: target,
    candidates: [target],
  }
  return decide(call, ANYTHING, input, snapshot)
}

const failed = (what: string, cause?: unknown): CausewayError =>
  new CausewayError('detection_failed', what, cause === undefined ? {} : { cause })

/** Hears one whole answer and gathers its text. */
class Gathered implements Receiver {
  readonly #target: string
  readonly #settle: (text: string | CausewayError) => void
  readonly #chunks: Uint8Array[] = []
  #size = 0
  #status = 0
  readonly #dialect: Call['dialect']

  constructor(target: string, dialect: Call['dialect'], settle: (text: string | CausewayError) => void) {
    this.#target = target
    this.#dialect = dialect
    this.#settle = settle
  }

  head(status: number): void {
    this.#status = status
    if (status !== 200) this.#settle(failed(`The judge's target ${this.#target} answered ${status}.`))
  }

  data(chunk: Uint8Array): void {
    this.#size += chunk.length
    if (this.#size <= MOST_ANSWER) this.#chunks.push(chunk)
    else
      this.#settle(failed(`The judge's target ${this.#target} answered with more than ${MOST_ANSWER} bytes.`))
  }

  end(): void {
    if (this.#status !== 200) return
    let text = ''
    let reason: ReplyEvent | null = null
    const reader = upstreamWireOf(this.#dialect).reader({ stream: false }, (event) => {
      if (event.type === 'text') text += event.delta
      else if (event.type === 'end' || event.type === 'error') reason ??= event
    })
    for (const chunk of this.#chunks) reader.push(chunk)
    reader.end()
    this.#settle(
      isWhole(reason) ? text : failed(`The judge's target ${this.#target} did not end its answer.`),
    )
  }

  failed(error: CausewayError): void {
    this.#settle(error)
  }
}

const isWhole = (end: ReplyEvent | null): boolean => end?.type === 'end' && end.reason === 'stop'

/**
 * How the model of a judge is asked: by egress, with a permit of its own for a call of its own. It does not pass
 * through the pipeline, so that it is never itself read and judged. It makes no record of its own: that a text was
 * shown to it follows from the snapshot that the request's record names.
 *
 * Throws CausewayError `config_invalid` where the configuration keeps the target from being asked. What it returns
 * rejects where the target does not answer whole, and when `signal` fires.
 */
export const judgeOf = (
  parts: JudgeParts,
  judge: { readonly name: string; readonly target: string },
  field: string,
): ((system: string, user: string, signal: AbortSignal) => Promise<string>) => {
  const { name, target } = judge
  const tried = decisionOf(parts, name, target, callOf(parts, target, 'May this be asked?', 'It may.'))
  if (tried.permits.length === 0) {
    const { reason = 'nothing permits it', rule = 'none' } = tried.refusals[0] ?? {}
    throw new CausewayError(
      'config_invalid',
      `${field}: ${target} may not be shown what is not read yet, which may be of any kind: ${reason} (${rule})`,
      { field, rule },
    )
  }
  return async (system, user, signal) => {
    const call = callOf(parts, target, system, user)
    const permit = decisionOf(parts, name, target, call).permits[0]
    if (permit === undefined || permit.target.side !== 'own')
      throw failed(`The judge ${name} may not ask ${target}.`)
    const composed = parts.egress.compose(permit, call)
    if (composed.dropped.some((field) => field.startsWith('messages')))
      throw failed(`The judge's target ${target} has no room for a text of this length.`)
    if (signal.aborted) throw failed(`The judge ${name} was given up.`)
    return new Promise<string>((resolve, reject) => {
      let flight: Flight | null = null
      let isOver = false
      const settle = (answer: string | CausewayError): void => {
        if (isOver) return
        isOver = true
        signal.removeEventListener('abort', giveUp)
        flight?.abort()
        if (typeof answer === 'string') resolve(answer)
        else reject(answer)
      }
      const giveUp = (): void => settle(failed(`The judge ${name} was given up.`))
      signal.addEventListener('abort', giveUp, { once: true })
      flight = parts.egress.send(composed, call, new Gathered(target, composed.dialect, settle))
      if (isOver) flight.abort()
    })
  }
}
