import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type Call,
  CausewayError,
  type ConversationKeys,
  type Conversations,
  type Dialect,
  type Issued,
  type Principal,
  type Recalled,
  type Responses,
} from '../domain/index.ts'
import { type AdmitParts, admit } from './admit.ts'
import { broughtBy, keepIssued } from './brought.ts'
import { brokenStream, Client, clientLeft, type Ending, gone, refusal } from './client.ts'
import { type ContentParts, readContent } from './content.ts'
import { addedBy, carried, keep, keysOf, UNKNOWN } from './conversation.ts'
import { countedHere, isCountedHere } from './count.ts'
import { type CrossingParts, crossOver } from './crossing.ts'
import { incoming } from './incoming.ts'
import { keepResponse } from './kept-response.ts'
import { candidatesOf, offersOf, permit } from './permit.ts'
import { order } from './rank.ts'
import type { CallRoute, PassthroughRoute } from './routes.ts'
import { type SendParts, send } from './send.ts'
import { declare, type SettleParts, settle } from './settle.ts'
import { elapsed, type Trace } from './trace.ts'

/** What the pipeline needs of the rest of the house; handed in by main. */
export interface PipelineParts extends AdmitParts, ContentParts, CrossingParts, SendParts, SettleParts {
  readonly conversations: Conversations
  readonly responses: Responses
  readonly issued: Issued
  /** Counts a call in until it is over. Throws `overloaded` or `draining` where there is no room. */
  readonly enter: (client: Client) => void
}

/** What the conversation is known to have carried; where that cannot be told, it may have carried anything. */
const recall = (parts: PipelineParts, keys: ConversationKeys | null): Recalled => {
  if (keys === null) return { session: null, history: null }
  try {
    return parts.conversations.recall(keys)
  } catch {
    return UNKNOWN
  }
}

const serve = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  client: Client,
  route: CallRoute | PassthroughRoute,
  query: string,
): Promise<Ending> => {
  const { principal, wishes } = admit(parts, trace, request)
  parts.enter(client)
  const { call, again, earlier } = await incoming(parts.responses, trace, request, route, query)
  trace.call = call
  const { sticky, keep: kept } = trace.snapshot.conversations
  const keys = sticky ? keysOf(call, principal, wishes.use.name, wishes.session) : null
  const known = recall(parts, keys)
  const before = carried(known, earlier?.carried)
  const brought = broughtBy(parts.issued, principal.key, call)
  const content = await readContent(parts, trace, call, before, client, brought.holds)
  const { label } = content
  trace.label = label
  const resolved = candidatesOf(trace, call)
  const decision = permit(trace, call, label, principal, wishes, resolved.targets)
  trace.decision = decision
  if (isCountedHere(call, decision)) return countedHere(trace, call)
  const crossed =
    again === null || call.verbatim !== null
      ? null
      : await crossOver(parts, trace, call, content, before, decision, again)
  const added = addedBy(label, wishes.raised, known, crossed?.sealed ?? null, earlier?.carried)
  if (keys !== null) keep(parts.conversations, keys, added, parts.clock.now() + kept)
  const offers = offersOf(trace, call, label, decision, crossed)
  const ordered = order(parts.health, trace, call, offers, resolved, brought.prefers)
  await declare(parts, trace, label, ordered)
  trace.decided = elapsed(trace, parts.clock)
  const ending = await send(parts, trace, client, ordered, brought)
  remember(parts, trace, principal, call, ending, { earlier, carried: added.history })
  return ending
}

/** What later requests may refer to. Throws CausewayError `responses_unavailable`. */
const remember = (
  parts: PipelineParts,
  trace: Trace,
  principal: Principal,
  call: Call,
  ending: Ending,
  of: Parameters<typeof keepResponse>[4],
): void => {
  const now = parts.clock.now()
  const { keep: span } = trace.snapshot.conversations
  const { issued } = trace
  if (issued !== null && ending.type !== 'gone') {
    keepIssued(parts.issued, principal.key, issued.target, issued.dialect, issued.here, now + span)
  }
  keepResponse(parts.responses, principal.key, call, ending, of, now, span)
}

/** One request through the eight steps. Never rejects: every failure is an ending, and every ending is settled. */
export const conduct = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  response: ServerResponse,
  route: CallRoute | PassthroughRoute,
  query: string,
): Promise<void> => {
  trace.dialect = route.type === 'call' ? route.dialect : 'passthrough'
  trace.operation = route.type === 'call' ? route.operation : 'passthrough'
  const client = new Client(response, trace)
  let ending: Ending
  try {
    ending = await serve(parts, trace, request, client, route, query)
  } catch (thrown) {
    ending = endingOf(trace, client, thrown)
  }
  await settle(parts, trace, client, ending)
}

const endingOf = (trace: Trace, client: Client, thrown: unknown): Ending => {
  const error =
    thrown instanceof CausewayError
      ? thrown
      : new CausewayError('internal', 'Something went wrong inside the gateway; nothing more was sent.', {
          cause: thrown,
        })
  if (error.fault.code === 'client_closed') return gone(error)
  if (client.left) return gone(clientLeft())
  if (client.begun) return brokenStream(trace.dialect ?? 'openai-chat', error.fault, trace.id)
  return refusal(trace, error.fault)
}

/** A request that names no call: an unknown path, a wrong method, no room. Refused in shape, and recorded. */
export const turnAway = async (
  parts: PipelineParts,
  trace: Trace,
  response: ServerResponse,
  dialect: Dialect,
  error: CausewayError,
): Promise<void> => {
  trace.dialect = dialect
  const client = new Client(response, trace)
  await settle(parts, trace, client, refusal(trace, error.fault))
}
