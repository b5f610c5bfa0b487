import {
  type Call,
  CausewayError,
  type Clock,
  COMPLETING,
  CONVERSATIONAL,
  type Conversation,
  covers,
  type Dialect,
  type DialectWire,
  type Permit,
  type Provider,
  type Target,
  type UpstreamRequest,
  type Written,
} from '../domain/index.ts'
import { systemClock } from '../lib/index.ts'
import { providerOf } from '../providers/index.ts'
import { upstreamWireOf, wireOf } from '../wire/index.ts'
import { createTransport, type Flight, type Receiver } from './transport.ts'
import { secretsIn } from './unsaid.ts'

/** A request composed for one permitted target, ready to go and not yet sent. */
export interface Composed {
  readonly permit: Permit
  readonly dialect: Dialect
  /** The client's own dialect: bytes can be relayed as they come. */
  readonly raw: boolean
  readonly dropped: readonly string[]
}

/** What a thousand-token answer needs where a dialect demands a limit and the client named none. */
const DEFAULT_ANSWER_TOKENS = 4096

/** The dialect in which a target is spoken to: the call's own where the target has it, else the target's best. */
export const dialectFor = (call: Call, target: Target): Dialect | null => {
  if (target.dialects.includes(call.dialect)) return call.dialect
  if (call.dialect === 'passthrough') return target.passthrough ? 'passthrough' : null
  const others: readonly Dialect[] =
    call.operation === 'chat' ? CONVERSATIONAL : call.operation === 'complete' ? COMPLETING : []
  return target.dialects.find((dialect) => others.includes(dialect)) ?? null
}

const fitOf = (call: Call, target: Target): number | null =>
  target.fit === 'oldest-turns' &&
  target.context !== null &&
  call.needs.inputTokens + call.needs.outputTokens > target.context
    ? target.context
    : null

/** What a request brings along that was issued elsewhere, as one target may see it. */
export interface Brought {
  /** Opaque values in the request that another account issued; they stay here. */
  foreign(target: Target): ReadonlySet<string>
  /**
   * The conversation as this target may have it: what it issued put back where the client had no place for it, what
   * another account issued left out and named.
   */
  reunited(
    conversation: Conversation,
    target: Target,
    dialect: Dialect,
  ): { readonly conversation: Conversation; readonly dropped: readonly string[] }
}

/** A request that brings nothing along. */
const NOTHING_BROUGHT: Brought = {
  foreign: () => new Set(),
  reunited: (conversation) => ({ conversation, dropped: [] }),
}

const writtenFor = (
  call: Call,
  target: Target,
  { quirks }: Provider,
  dialect: Dialect,
  brought: Brought,
): Written => {
  const source: DialectWire = wireOf(call.dialect)
  const askUsage = call.stream && !call.wantsUsage && quirks.streamUsage
  const fit = fitOf(call, target)
  if (dialect === call.dialect) {
    return source.forward(call, {
      model: target.model,
      askUsage,
      fit,
      foreign: brought.foreign(target),
      quirks,
    })
  }
  const { conversation, dropped } = brought.reunited(source.conversation(call), target, dialect)
  const written = upstreamWireOf(dialect).write(conversation, {
    model: target.model,
    fit,
    askUsage: call.stream && quirks.streamUsage,
    ...(target.context === null ? {} : { context: target.context }),
    maxTokens: Math.min(
      DEFAULT_ANSWER_TOKENS,
      target.context === null ? DEFAULT_ANSWER_TOKENS : Math.ceil(target.context / 4),
    ),
    quirks,
  })
  return dropped.length === 0 ? written : { ...written, dropped: [...dropped, ...written.dropped] }
}

export interface Egress {
  /** Writes the upstream request for a permit. Throws CausewayError `cannot_translate` or `context_too_long`. */
  compose(permit: Permit, call: Call, brought?: Brought): Composed
  /** The target's credential and its parts, which no client may be told. */
  secrets(composed: Composed): readonly string[]
  /** Sends it. There is no argument with which to go elsewhere than the permit says. */
  send(composed: Composed, call: Call, receiver: Receiver): Flight
  close(): Promise<void>
}

/**
 * The one door to models. Nothing else in the house opens a connection to one, and this opens one only for a
 * permit that covers the very call it is handed.
 *
 * `secretOf` resolves a credential's reference; it throws CausewayError where the secret cannot be had.
 */
export const createEgress = (secretOf: (reference: string) => string, clock: Clock = systemClock): Egress => {
  const transport = createTransport()
  const requests = new WeakMap<
    Composed,
    { readonly call: Call; readonly request: UpstreamRequest; readonly provider: Provider }
  >()

  const check = (permit: Permit, call: Call): void => {
    if (!covers(permit, call)) {
      throw new CausewayError('internal', 'The call has no permit for this target; nothing was sent.', {
        rule: 'no-permit',
      })
    }
  }

  return {
    compose(permit, call, brought = NOTHING_BROUGHT) {
      check(permit, call)
      const { target } = permit
      const provider = providerOf(target.provider)
      const dialect = dialectFor(call, target)
      if (dialect === null) {
        throw new CausewayError(
          'cannot_translate',
          `Target ${target.name} does not offer ${call.operation} in a dialect that ${call.dialect} can be carried into.`,
        )
      }
      const { body, payload, dropped } = writtenFor(call, target, provider, dialect, brought)
      const request = provider.request(call, target, dialect, payload ?? body)
      const composed: Composed = Object.freeze({
        permit,
        dialect,
        raw: dialect === call.dialect,
        dropped,
      })
      requests.set(composed, { call, request, provider })
      return composed
    },
    send(composed, call, receiver) {
      const prepared = requests.get(composed)
      check(composed.permit, call)
      if (prepared === undefined || prepared.call !== call) {
        throw new CausewayError('internal', 'The request was not composed for this call; nothing was sent.', {
          rule: 'no-permit',
        })
      }
      const { target } = composed.permit
      const secret = target.credential === null ? null : secretOf(target.credential)
      const signed = prepared.provider.sign(prepared.request, secret, { target, now: clock.now() })
      return transport.send(target, signed, receiver)
    },
    secrets(composed) {
      const reference = composed.permit.target.credential
      return reference === null ? [] : secretsIn(secretOf(reference))
    },
    close: () => transport.close(),
  }
}
