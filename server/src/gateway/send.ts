import { CausewayError, type Clock, type Reviser } from '../domain/index.ts'
import type { HealthBook, RetryBudget } from '../routing/index.ts'
import type { Labeller } from '../sensitivity/index.ts'
import { Answer } from './answer.ts'
import type { Result } from './attempt.ts'
import { type Client, type Ending, gone } from './client.ts'
import type { Brought, Composed, Egress } from './egress.ts'
import type { Offer } from './offer.ts'
import type { Trace } from './trace.ts'
import { withoutSecrets } from './unsaid.ts'
import { mayMask, watchOf } from './watch.ts'

/** What sending needs of the rest of the house. */
export interface SendParts {
  readonly health: HealthBook
  readonly retries: RetryBudget
  readonly egress: Egress
  readonly clock: Clock
  /** With whose eyes an answer is watched, after what was taken out was put back. */
  readonly labeller: Labeller
}

const attempt = (
  parts: SendParts,
  trace: Trace,
  client: Client,
  { call, restore }: Offer,
  composed: Composed,
  dropped: readonly string[],
  deadline: number,
): Promise<Result> =>
  new Promise((resolve) => {
    const target = composed.permit.target.name
    // What an earlier attempt said reached nobody.
    trace.crossed = restore !== null
    trace.guarded = null
    trace.issued = null
    if (trace.crossing !== null) trace.crossing = { ...trace.crossing, restored: 0, unsure: 0 }
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
    const secrets = (): readonly string[] => parts.egress.secrets(composed)
    const unsaid = (text: string): string => restored(restore, withoutSecrets(text, secrets()))
    const reviser = chained(restore?.() ?? null, watchOf(trace, parts.labeller))
    const verbatim = isVerbatim(trace, restore)
    const { clock } = parts
    const options = {
      call,
      composed,
      dropped,
      reviser,
      verbatim,
      client,
      trace,
      clock,
      unsaid,
      secrets,
      done,
    }
    const answer = new Answer(options)
    try {
      const flight = parts.egress.send(composed, call, answer)
      timer = setTimeout(
        () =>
          answer.giveUp(
            new CausewayError(
              client.heard ? 'upstream_timeout' : 'request_timeout',
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

const REFUSAL = { key: 'refused', form: 'json' } as const

/** An upstream's refusal may repeat what it was asked; the client knows its own values only. */
const restored = (restore: Offer['restore'], text: string): string => {
  const reviser = restore?.() ?? null
  return reviser === null ? text : reviser.push(REFUSAL, text) + reviser.end(REFUSAL)
}

const isVerbatim = (trace: Trace, restore: Offer['restore']): boolean => restore === null && !mayMask(trace)

/** What an answer's texts no longer say of themselves once they may be changed. */
const lostBy = (trace: Trace, { call, restore }: Offer, { raw }: Composed): readonly string[] =>
  raw && call.json['logprobs'] === true && !isVerbatim(trace, restore) ? ['reply.logprobs'] : []

/** One reviser after the other: the second sees what the first lets go on. */
const chained = (first: Reviser | null, second: Reviser | null): Reviser | null =>
  first === null || second === null
    ? (first ?? second)
    : {
        push: (channel, delta) => second.push(channel, first.push(channel, delta)),
        end: (channel) => second.push(channel, first.end(channel)) + second.end(channel),
      }

/** Step 7: one permitted target after another, until one answers. Never beyond the permits. */
export const send = async (
  parts: SendParts,
  trace: Trace,
  client: Client,
  offers: readonly Offer[],
  brought: Brought,
): Promise<Ending> => {
  const deadline = trace.arrived + trace.snapshot.limits.total
  parts.retries.request()
  let last: { readonly error: CausewayError; readonly reply: Ending | null } | null = null
  for (const offer of offers) {
    let composed: Composed
    try {
      composed = parts.egress.compose(offer.permit, offer.call, brought)
    } catch (thrown) {
      if (!(thrown instanceof CausewayError)) throw thrown
      last = { error: thrown, reply: null }
      continue
    }
    const dropped = [...composed.dropped, ...lostBy(trace, offer, composed)]
    if (trace.wishes?.strict === true && dropped.length > 0) {
      throw new CausewayError(
        'dropped_fields',
        `Asking target ${offer.permit.target.name} would lose: ${dropped.join(', ')}.`,
      )
    }
    if (client.left)
      return gone(new CausewayError('client_closed', 'The client left before anything was sent.'))
    if (trace.attempts.length > 0 && !parts.retries.take()) break
    const result = await attempt(parts, trace, client, offer, composed, dropped, deadline)
    if (result.type === 'ending') return result.ending
    last = { error: result.error, reply: result.reply }
    // What is still on its way from the client can be sent once only.
    const isSpent = offer.call.payload !== null && offer.call.payload.rest !== null
    if (!result.retry || isSpent || parts.clock.ticks() >= deadline) break
  }
  if (last === null) throw new CausewayError('internal', 'There was no permitted target to send to.')
  if (last.reply !== null) return last.reply
  throw last.error
}
