import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkRates } from '../accounts/index.ts'
import {
  type Call,
  CausewayError,
  type Clock,
  type ConversationKeys,
  type Conversations,
  type Counters,
  type DecideInput,
  type Decision,
  type Dialect,
  faultOf,
  type Issued,
  type Label,
  type Principal,
  type RankInput,
  type Recalled,
  type Recorder,
  type RequestRecord,
  type Responses,
  type Target,
} from '../domain/index.ts'
import { decide, refusalMessage, summarise } from '../policy/index.ts'
import { nearestModels, rankFacts, resolve } from '../portfolio/index.ts'
import { rank } from '../routing/index.ts'
import { wireOf } from '../wire/index.ts'
import { broughtBy, keepIssued } from './brought.ts'
import { brokenStream, Client, type Ending, gone, refusal, sizeOf } from './client.ts'
import { type ContentParts, readContent } from './content.ts'
import { addedBy, carried, keep, keysOf, UNKNOWN } from './conversation.ts'
import { countedHere } from './count.ts'
import { type Crossed, type CrossingParts, crossOver } from './crossing.ts'
import { dialectFor } from './egress.ts'
import { checkWishes, identify, type Keyring, wishesOf } from './identify.ts'
import { incoming } from './incoming.ts'
import { keepResponse } from './kept-response.ts'
import type { Offer } from './offer.ts'
import type { CallRoute, PassthroughRoute } from './routes.ts'
import { type SendParts, send } from './send.ts'
import { recordOf } from './settle.ts'
import type { Trace } from './trace.ts'

/** What the pipeline needs of the rest of the house; handed in by main. */
export interface PipelineParts extends ContentParts, CrossingParts, SendParts {
  readonly keyring: () => Keyring
  readonly counters: Counters
  readonly conversations: Conversations
  readonly responses: Responses
  readonly issued: Issued
  readonly recorder: Recorder
  readonly clock: Clock
  /** Counts a call in until it is over. Throws `overloaded` or `draining` where there is no room. */
  readonly enter: (client: Client) => void
  /** Told of every record after it is durable. */
  readonly settled: (record: RequestRecord) => void
}

const ticksSince = (parts: PipelineParts, trace: Trace): number =>
  Math.round((parts.clock.ticks() - trace.arrived) * 10) / 10

/** Step 2. */
export const admit = (parts: PipelineParts, trace: Trace, request: IncomingMessage): void => {
  const principal: Principal = identify(request.headers, parts.keyring())
  trace.principal = principal
  const wait = checkRates(principal, parts.counters)
  if (wait !== null) {
    throw new CausewayError('rate_limited', `Key ${principal.key} is over its rate.`, {
      after: wait,
      rule: 'rate',
    })
  }
  checkWishes(request.rawHeaders)
  trace.wishes = wishesOf(request.headers, principal, trace.snapshot)
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

type Resolved = NonNullable<ReturnType<typeof resolve>>

/** The one target that a client names to be sent its own words. */
const namedTarget = (trace: Trace, name: string): Resolved => {
  const target = trace.snapshot.targets.get(name)
  if (target?.passthrough === true) return { targets: [name], objective: 'ordered', weights: {}, route: null }
  if (target === undefined) {
    throw new CausewayError('unknown_model', `There is no target "${name.slice(0, 100)}" here.`)
  }
  throw new CausewayError(
    'passthrough_closed',
    `Target ${name} takes no requests in its own words; its passthrough is off.`,
    { rule: 'passthrough' },
  )
}

const candidatesOf = (trace: Trace, call: Call): Resolved => {
  if (call.verbatim !== null) return namedTarget(trace, call.model)
  const found = resolve(call.model, trace.snapshot)
  if (found === null) {
    throw new CausewayError(
      'unknown_model',
      `There is no model "${call.model.slice(0, 100)}" here. There are: ${nearestModels(call.model, trace.snapshot).join(', ')}.`,
      { field: 'model' },
    )
  }
  return found
}

/** Step 5. Throws `policy_denied` where nobody may have it. */
const permit = (
  trace: Trace,
  call: Call,
  label: Label,
  principal: Principal,
  candidates: readonly string[],
): Decision => {
  const wishes = trace.wishes
  const use = wishes?.use
  if (wishes === null || use === undefined)
    throw new CausewayError('internal', 'A request without a use cannot be decided.')
  const input: DecideInput = {
    principal: { key: principal.key, team: principal.team },
    use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
    label: summarise(label),
    sides: wishes.sides,
    model: call.model,
    candidates,
  }
  return decide(call, label, input, trace.snapshot)
}

const denied = (trace: Trace, decision: Decision, label: Label): CausewayError => {
  const left = trace.crossing?.left ?? []
  const stays =
    left.length === 0
      ? ''
      : ` Taking values out was tried and could not reach ${left.slice(0, 3).join(', ')}.`
  const verdict = { permitted: [], refusals: decision.refusals }
  const message = refusalMessage(verdict, decision.input, label.findings)
  return new CausewayError('policy_denied', `${message}${stays}`, {
    rule: decision.refusals[0]?.rule ?? 'no-candidate',
  })
}

/** Step 6. Orders what is permitted only; throws `no_capable_target` or `no_healthy_target`. */
const order = (
  parts: PipelineParts,
  trace: Trace,
  call: Call,
  offers: readonly Offer[],
  resolved: Resolved,
  prefers: (target: Target) => boolean,
): readonly Offer[] => {
  const able = offers.filter(({ permit }) => isFor(permit.target, call))
  const prefer = able.flatMap(({ permit }) => (prefers(permit.target) ? [permit.target.name] : []))
  const facts: Record<string, RankInput['facts'][string]> = {}
  const health: Record<string, RankInput['health'][string]> = {}
  for (const { permit } of able) {
    const { target } = permit
    facts[target.name] = rankFacts(target, resolved.route, dialectFor(call, target) === call.dialect)
    health[target.name] = parts.health.of(target.name)
  }
  const input: RankInput = {
    objective: resolved.objective,
    needs: call.needs,
    permitted: able.map(({ permit }) => permit.target.name),
    ...(prefer.length === 0 ? {} : { prefer }),
    facts,
    health,
  }
  const answer = rank(input)
  trace.ranking = { input, answer }
  if (answer.order.length === 0) throw nobody(call, offers, answer)
  const byName = new Map(able.map((one) => [one.permit.target.name, one]))
  return answer.order.flatMap((name) => byName.get(name) ?? [])
}

/** What is asked in a target's own words is the client's affair. */
const isFor = (target: Target, { operation, verbatim }: Call): boolean =>
  verbatim !== null || target.operations.includes(operation)

const nobody = (
  call: Call,
  offers: readonly Offer[],
  answer: {
    readonly unable: readonly { target: string; lacks: string }[]
    readonly down: readonly { target: string; why: string }[]
  },
): CausewayError => {
  if (answer.down.length > 0) {
    return new CausewayError(
      'no_healthy_target',
      `No permitted target is up: ${answer.down.map(({ target, why }) => `${target} (${why})`).join('; ')}.`,
      { after: 2000 },
    )
  }
  const lacking = answer.unable.map(({ target, lacks }) => `${target} lacks ${lacks}`)
  const cannot = offers
    .map(({ permit }) => permit.target)
    .filter((target) => !isFor(target, call))
    .map((target) => `${target.name} does not do ${call.operation}`)
  return new CausewayError(
    'no_capable_target',
    `No permitted target is able to answer: ${[...lacking, ...cannot].join('; ')}.`,
  )
}

/** The intent leaf, durable before the first byte leaves, where the label or the configuration asks for it. */
const declare = async (
  parts: PipelineParts,
  trace: Trace,
  label: Label,
  offers: readonly Offer[],
): Promise<void> => {
  const { audit, hash } = trace.snapshot
  const labelled = label.level !== 'public' || label.kinds.length > 0 || label.conditions.length > 0
  if (audit.intent === 'none' || (audit.intent === 'labelled' && !labelled)) return
  await parts.recorder.intent({
    v: 1,
    type: 'intent',
    request: trace.id,
    time: new Date(parts.clock.now()).toISOString(),
    key: trace.principal?.key ?? '',
    use: trace.wishes?.use.name ?? '',
    level: label.level,
    kinds: label.kinds,
    conditions: label.conditions,
    snapshot: hash,
    targets: offers.map(({ permit }) => permit.target.name),
  })
}

const serve = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  client: Client,
  route: CallRoute | PassthroughRoute,
  query: string,
): Promise<Ending> => {
  admit(parts, trace, request)
  parts.enter(client)
  const { call, again } = await incoming(parts.responses, trace, request, route, query)
  trace.call = call
  const { principal, wishes } = trace
  if (principal === null || wishes === null)
    throw new CausewayError('internal', 'A request without a principal cannot go on.')
  const { sticky, keep: kept } = trace.snapshot.conversations
  const keys = sticky ? keysOf(call, principal, wishes.use.name, wishes.session) : null
  const known = recall(parts, keys)
  const before = carried(known)
  const brought = broughtBy(parts.issued, principal.key, call)
  const content = await readContent(parts, trace, call, before, client, brought.holds)
  const { label } = content
  trace.label = label
  const resolved = candidatesOf(trace, call)
  const decision = permit(trace, call, label, principal, resolved.targets)
  trace.decision = decision
  if (
    call.operation === 'count' &&
    !decision.permits.some(
      ({ target }) => target.operations.includes('count') && dialectFor(call, target) !== null,
    )
  ) {
    return countedHere(trace, call)
  }
  const crossed =
    again === null || call.verbatim !== null
      ? null
      : await crossOver(parts, trace, call, content, before, decision, again)
  if (keys !== null) {
    const sealed = crossed?.sealed ?? null
    const added = addedBy(label, wishes.raised, known, sealed)
    keep(parts.conversations, keys, added, parts.clock.now() + kept)
  }
  const offers = offersOf(call, decision, crossed, resolved.targets)
  if (offers.length === 0) throw denied(trace, decision, label)
  const ordered = order(parts, trace, call, offers, resolved, brought.prefers)
  await declare(parts, trace, label, ordered)
  trace.decided = ticksSince(parts, trace)
  const ending = await send(parts, trace, client, ordered, brought)
  remember(parts, trace, principal, call, ending)
  return ending
}

/** What later requests may refer to. Throws CausewayError `responses_unavailable`. */
const remember = (
  parts: PipelineParts,
  trace: Trace,
  principal: Principal,
  call: Call,
  ending: Ending,
): void => {
  const now = parts.clock.now()
  const { keep: span } = trace.snapshot.conversations
  const { issued } = trace
  if (issued !== null && ending.type !== 'gone') {
    keepIssued(parts.issued, principal.key, issued.target, issued.dialect, issued.here, now + span)
  }
  keepResponse(parts.responses, principal.key, call, ending, now, span)
}

/** Every permitted way, in the order of the candidates. */
const offersOf = (
  call: Call,
  decision: Decision,
  crossed: Crossed | null,
  candidates: readonly string[],
): readonly Offer[] => {
  const offers: Offer[] = decision.permits.map((permit) => ({ call, permit, restore: null }))
  for (const permit of crossed?.permits ?? []) {
    if (crossed !== null) offers.push({ call: crossed.call, permit, restore: crossed.reviser })
  }
  const place = ({ permit }: Offer): number => candidates.indexOf(permit.target.name)
  return offers.sort((a, b) => place(a) - place(b))
}

/** Step 8: the record is durable before the last byte of the answer; without a record there is no answer. */
export const settle = async (
  parts: PipelineParts,
  trace: Trace,
  client: Client,
  ending: Ending,
  refuse: typeof refusal = refusal,
): Promise<void> => {
  const status = ending.type === 'whole' ? ending.status : ending.type === 'gone' ? 499 : 200
  trace.bytesOut += sizeOf(ending)
  const record = recordOf(trace, status, ending.fault, ticksSince(parts, trace))
  const kept = parts.recorder.outcome(record)
  if (trace.snapshot.audit.outcome === 'relaxed') {
    kept.catch(() => undefined)
    client.finish(ending)
    parts.settled(record)
    return
  }
  try {
    await kept
  } catch (thrown) {
    const fault = faultOf(thrown)
    const dialect = trace.dialect ?? 'openai-chat'
    client.finish(
      client.begun
        ? { type: 'rest', rest: [wireOf(dialect).errorEvent(fault, trace.id)], fault }
        : refuse(trace, fault),
    )
    return
  }
  client.finish(ending)
  parts.settled(record)
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
  if (error.fault.code === 'client_closed' || client.left)
    return gone(
      error.fault.code === 'client_closed'
        ? error
        : new CausewayError('client_closed', 'The client left before the answer was complete.'),
    )
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
