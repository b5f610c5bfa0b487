import { type Call, CausewayError, type Clock, type Permit } from '../domain/index.ts'
import type { HealthBook, RetryBudget } from '../routing/index.ts'
import { Answer, type Result } from './answer.ts'
import { type Client, type Ending, gone } from './client.ts'
import type { Composed, Egress } from './egress.ts'
import type { Trace } from './trace.ts'

/** What sending needs of the rest of the house. */
export interface SendParts {
  readonly health: HealthBook
  readonly retries: RetryBudget
  readonly egress: Egress
  readonly clock: Clock
}

const attempt = (
  parts: SendParts,
  trace: Trace,
  client: Client,
  call: Call,
  composed: Composed,
  deadline: number,
): Promise<Result> =>
  new Promise((resolve) => {
    const target = composed.permit.target.name
    parts.health.begin(target)
    let timer: NodeJS.Timeout | null = null
    const done = (result: Result): void => {
      if (timer !== null) clearTimeout(timer)
      const last = trace.attempts.at(-1)
      if (result.type === 'failed' && result.blame)
        parts.health.failed(target, {
          retry: result.retry,
          after: result.after,
          connect: last?.sent === false,
        })
      else if (last?.firstByte != null) parts.health.answered(target, last.firstByte - last.started)
      parts.health.ended(target)
      resolve(result)
    }
    const unsaid = (text: string): string => parts.egress.unsaid(composed, text)
    const answer = new Answer({ call, composed, client, trace, clock: parts.clock, unsaid, done })
    try {
      const flight = parts.egress.send(composed, call, answer)
      timer = setTimeout(
        () =>
          answer.giveUp(
            new CausewayError(
              'upstream_timeout',
              `The whole request took longer than ${trace.snapshot.limits.total} ms.`,
            ),
          ),
        Math.max(1, deadline - parts.clock.ticks()),
      )
      answer.bind(flight)
    } catch (thrown) {
      answer.failed(
        thrown instanceof CausewayError
          ? thrown
          : new CausewayError('internal', 'The request could not be sent.', { cause: thrown }),
        false,
      )
    }
  })

/** Step 7: one permitted target after another, until one answers. Never beyond the permits. */
export const send = async (
  parts: SendParts,
  trace: Trace,
  client: Client,
  call: Call,
  permits: readonly Permit[],
): Promise<Ending> => {
  const deadline = trace.arrived + trace.snapshot.limits.total
  parts.retries.request()
  let last: { readonly error: CausewayError; readonly reply: Ending | null } | null = null
  for (const one of permits) {
    let composed: Composed
    try {
      composed = parts.egress.compose(one, call)
    } catch (thrown) {
      if (!(thrown instanceof CausewayError)) throw thrown
      last = { error: thrown, reply: null }
      continue
    }
    if (trace.wishes?.strict === true && composed.dropped.length > 0) {
      throw new CausewayError(
        'dropped_fields',
        `Target ${one.target.name} would not get: ${composed.dropped.join(', ')}.`,
      )
    }
    if (client.left)
      return gone(new CausewayError('client_closed', 'The client left before anything was sent.'))
    if (trace.attempts.length > 0 && !parts.retries.take()) break
    const result = await attempt(parts, trace, client, call, composed, deadline)
    if (result.type === 'ending') return result.ending
    last = { error: result.error, reply: result.reply }
    if (!result.retry || parts.clock.ticks() >= deadline) break
  }
  if (last === null) throw new CausewayError('internal', 'There was no permitted target to send to.')
  if (last.reply !== null) return last.reply
  throw last.error
}
