import {
  type Attempt,
  type Call,
  type CausewayError,
  type Fault,
  NO_USAGE,
  type ReplyHead,
} from '../domain/index.ts'
import type { Ending } from './client.ts'
import type { Composed } from './egress.ts'
import { requestIdIn } from './headers.ts'
import type { Through } from './through.ts'
import type { Trace } from './trace.ts'

/** An attempt of which nothing reached the client, so that another target may be tried. */
export interface Failed {
  readonly type: 'failed'
  readonly error: CausewayError
  readonly retry: boolean
  /** Milliseconds for which the target asked to be left alone. */
  readonly after: number | null
  /** Whether it speaks against the target's health. */
  readonly blame: boolean
  /** The upstream's own refusal, where the client may have it. */
  readonly reply: Ending | null
}

/** Whether another permitted target may do better: it may have more room than this one. */
export const mayRetry = ({ code, retry }: Pick<Fault, 'code' | 'retry'>): boolean =>
  retry || code === 'context_too_long'

/** How one attempt went. */
export type Result = { readonly type: 'ending'; readonly ending: Ending } | Failed

/** An attempt as its row in the record. `head`: null where the target did not come to answer; times in milliseconds since arrival. */
export const attemptOf = (
  { permit, dialect }: Composed,
  head: ReplyHead | null,
  times: Pick<Attempt, 'started' | 'firstByte' | 'ended'>,
  error: CausewayError | null,
  sent: boolean,
): Attempt => {
  const { name: target, side, simulated } = permit.target
  return {
    target,
    side,
    simulated,
    dialect,
    status: head?.status ?? null,
    code: error?.fault.code ?? null,
    message: error?.fault.message.slice(0, 300) ?? null,
    ...times,
    sent,
    upstreamRequest: head === null ? null : requestIdIn(head.headers),
  }
}

/** Fields that reached not the target, or of its answer not the client, as far as that is known. */
export const noteDropped = (trace: Trace, dropped: readonly string[], through: Through): void => {
  trace.dropped = [...dropped, ...through.unmapped()]
}

/** What an answer used, issued and lost, however far it came. */
export const noteAnswer = (
  trace: Trace,
  call: Call,
  { permit, dialect }: Composed,
  through: Through,
): void => {
  trace.issued = { here: through.issued(), dialect, target: permit.target }
  const usage = through.usage()
  trace.usage =
    usage !== null && (usage.input !== null || usage.output !== null)
      ? usage
      : {
          ...NO_USAGE,
          input: call.needs.inputTokens,
          output: Math.ceil(through.textLength() / 4),
          estimated: true,
        }
  const unmapped = through.unmapped()
  if (unmapped.length > 0) trace.dropped = [...new Set([...trace.dropped, ...unmapped])]
}
