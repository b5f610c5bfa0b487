import type { AcrossView, ExplainedFinding, ExplainInput, ExplainView } from './control/index.ts'
import {
  type Call,
  CausewayError,
  type DecideInput,
  type Dialect,
  type Finding,
  type Health,
  type Label,
  type Principal,
  type RankInput,
  type Ranking,
  type Snapshot,
  type Thresholds,
  type Use,
  type Verdict,
} from './domain/index.ts'
import { dialectFor } from './gateway/index.ts'
import { systemClock, timeId } from './lib/index.ts'
import { explain, judge, refusalMessage, summarise, waysAcross, without } from './policy/index.ts'
import { nearestModels, type Resolved, rankFacts, resolve } from './portfolio/index.ts'
import { rank, shortOfRoom } from './routing/index.ts'
import type { Labeller } from './sensitivity/index.ts'
import { usualArrival, wireOf } from './wire/index.ts'

/*
 * Steps 3 to 6 for a person who asks "what would happen to this?": the same functions in the same order as the
 * pipeline, but nothing is minted, sent or recorded.
 */

export interface ExplainParts {
  readonly snapshot: Snapshot
  readonly labeller: Labeller
  /** How a target is doing; everything counts as up where nothing runs. */
  readonly health: (target: string) => Health
}

/** Everything that was looked at and decided on the way. */
export interface Explained extends ExplainView {
  readonly input: DecideInput
  readonly call: Call
}

const LIMITS = { bodyBytes: 32 * 1024 * 1024, depth: 64, messages: 2000 }

const bodyOf = (
  input: ExplainInput,
  model: string,
  source: string | undefined,
): { readonly dialect: Dialect; readonly body: string } => {
  const dialect = input.dialect ?? 'openai-chat'
  if (input.request !== undefined) {
    const asWritten =
      source !== undefined && input.model === undefined && input.request['model'] !== undefined
    if (asWritten) return { dialect, body: source }
    if (dialect === 'gemini') return { dialect, body: source ?? JSON.stringify(input.request) }
    const named = input.model === undefined ? {} : { model: input.model }
    return { dialect, body: JSON.stringify({ model, ...input.request, ...named }) }
  }
  if (input.text === undefined) {
    throw new CausewayError('invalid_request', 'There is neither a text nor a request to explain.', {
      field: 'text',
    })
  }
  return {
    dialect: 'openai-chat',
    body: JSON.stringify({ model, messages: [{ role: 'user', content: input.text }] }),
  }
}

const principalOf = (input: ExplainInput, snapshot: Snapshot): Principal => {
  const found =
    input.key === undefined
      ? snapshot.principals.find(({ uses }) => input.use === undefined || uses.includes(input.use))
      : snapshot.principals.find(({ key }) => key === input.key)
  if (found !== undefined) return found
  if (input.key !== undefined)
    throw new CausewayError('invalid_request', `There is no key named "${input.key.slice(0, 80)}".`, {
      field: 'key',
    })
  return { key: '', team: null, uses: ['general'], rates: [] }
}

const useOf = (input: ExplainInput, principal: Principal, snapshot: Snapshot): Use => {
  const name = input.use ?? principal.uses[0] ?? 'general'
  const use = principal.key === '' || principal.uses.includes(name) ? snapshot.uses.get(name) : undefined
  if (use === undefined)
    throw new CausewayError(
      'unknown_use',
      `There is no use named "${name.slice(0, 80)}". There are: ${[...snapshot.uses.keys()].join(', ')}.`,
      { field: 'use' },
    )
  return use
}

const resolved = (model: string, snapshot: Snapshot): Resolved => {
  const found = resolve(model, snapshot)
  if (found === null)
    throw new CausewayError(
      'unknown_model',
      `There is no model "${model.slice(0, 100)}" here. There are: ${nearestModels(model, snapshot).join(', ')}.`,
      { field: 'model' },
    )
  return found
}

/** What was ranked, and how; `all`: every permitted target offers the operation. */
interface Ranked {
  readonly input: RankInput
  readonly answer: Ranking
  readonly all: boolean
}

const rankingOf = (
  call: Call,
  permitted: readonly string[],
  found: Resolved,
  parts: ExplainParts,
): Ranked | null => {
  const able = permitted
    .flatMap((name) => parts.snapshot.targets.get(name) ?? [])
    .filter((target) => target.operations.includes(call.operation))
  if (able.length === 0) return null
  const facts: Record<string, RankInput['facts'][string]> = {}
  const health: Record<string, Health> = {}
  for (const target of able) {
    facts[target.name] = rankFacts(target, found.route, dialectFor(call, target) === call.dialect)
    health[target.name] = parts.health(target.name)
  }
  const input: RankInput = {
    objective: found.objective,
    needs: call.needs,
    permitted: able.map(({ name }) => name),
    facts,
    health,
  }
  return { input, answer: rank(input), all: able.length === permitted.length }
}

const incapable = (ranked: Ranked | null): CausewayError => {
  const { down = [], unable = [] } = ranked?.answer ?? {}
  const lacking = [
    ...unable.map(({ target, lacks }) => `${target} lacks ${lacks}`),
    ...down.map(({ target, why }) => `${target}: ${why}`),
  ]
  const said = ranked === null ? 'none of them offers this operation' : lacking.join('; ')
  const short = ranked?.all === true && shortOfRoom(ranked.input, ranked.answer) !== null
  const code = down.length > 0 ? 'no_healthy_target' : short ? 'context_too_long' : 'no_capable_target'
  return new CausewayError(code, `No permitted target can answer: ${said}.`)
}

const refusalOf = (
  input: DecideInput,
  label: Label,
  verdict: Verdict,
  across: AcrossView | null,
  ranked: Ranked | null,
): ExplainView['refusal'] => {
  if (verdict.permitted.length === 0 && across === null) {
    const { fault } = new CausewayError('policy_denied', refusalMessage(verdict, input, label.findings))
    return { code: fault.code, message: fault.message, next: fault.next }
  }
  if (ranked !== null && ranked.answer.order.length > 0) return null
  const { fault } = incapable(ranked)
  return { code: fault.code, message: fault.message, next: fault.next }
}

/** From which confidence each kind counts: the use's word, else the key's, else the general one, as at the front door. */
const thresholdsOf = (snapshot: Snapshot, principal: Principal, use: Use): Thresholds => ({
  ...snapshot.sensitivity.confidence,
  ...principal.confidence,
  ...use.confidence,
})

const standing = (finding: Finding, thresholds: Thresholds): ExplainedFinding => {
  const threshold = finding.kind === null ? null : (thresholds[finding.kind] ?? 0)
  return { ...finding, threshold, counts: threshold !== null && finding.confidence >= threshold }
}

/** The second way, as far as it can be told without taking anything out. */
const acrossOf = (
  input: DecideInput,
  verdict: Verdict,
  label: Label,
  snapshot: Snapshot,
): AcrossView | null => {
  const ways = waysAcross(input, snapshot)
  if (ways === null) return null
  const now = new Set(verdict.permitted.map(({ target }) => target))
  return {
    ways,
    findings: label.findings.filter(({ kind }) => kind !== null && ways[kind] !== undefined).length,
    permitted: judge(without(input, ways), snapshot).permitted.filter(({ target }) => !now.has(target)),
  }
}

/** All who may have it one way or the other, in the order of the candidates. */
const permittedOf = (input: DecideInput, verdict: Verdict, across: AcrossView | null): readonly string[] => {
  const may = new Set([...verdict.permitted, ...(across?.permitted ?? [])].map(({ target }) => target))
  return [...new Set(input.candidates)].filter((name) => may.has(name))
}

/**
 * Everything there is to tell. `source` is the request as it was written, read in place of `input.request` where
 * it names its model, so that what JSON.parse would hide (a key twice) is seen. Attachments are not unpacked and
 * further readers not asked. Throws CausewayError where the request would be refused before it is decided on.
 */
export const explainRequest = (input: ExplainInput, parts: ExplainParts, source?: string): Explained => {
  const { snapshot } = parts
  const model = input.model ?? [...snapshot.routes.keys()][0] ?? [...snapshot.targets.keys()][0] ?? 'auto'
  const { dialect, body } = bodyOf(input, model, source)
  const id = timeId('cw_', systemClock.now())
  const call = wireOf(dialect).read(
    Buffer.from(body),
    usualArrival(id, dialect, model, input.operation),
    LIMITS,
  )
  const principal = principalOf(input, snapshot)
  const use = useOf(input, principal, snapshot)
  const thresholds = thresholdsOf(snapshot, principal, use)
  const label = parts.labeller.label(
    call,
    { carries: use.carries, confidence: thresholds },
    input.level ?? null,
  )
  const found = resolved(call.model, snapshot)
  const decideInput: DecideInput = {
    principal: { key: principal.key, team: principal.team },
    use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
    label: summarise(label),
    sides: input.sides ?? null,
    model: call.model,
    candidates: found.targets,
  }
  const verdict = judge(decideInput, snapshot)
  const across = acrossOf(decideInput, verdict, label, snapshot)
  const ranked = rankingOf(call, permittedOf(decideInput, verdict, across), found, parts)
  const { profile, floors, candidates } = explain(decideInput, snapshot)
  return {
    model: call.model,
    use: use.name,
    key: principal.key,
    profile,
    label,
    findings: label.findings.map((finding) => standing(finding, thresholds)),
    floors,
    candidates,
    verdict,
    across,
    ranking: ranked?.answer ?? null,
    refusal: refusalOf(decideInput, label, verdict, across, ranked),
    notAsked: {
      attachments: label.conditions.includes('unread'),
      stages: snapshot.sensitivity.stages.map(({ name }) => name),
      conversation: snapshot.conversations.sticky,
    },
    input: decideInput,
    call,
  }
}

/** What may be told outside: all but the call itself and what was decided on. */
export const explainView = ({ input: _, call: __, ...view }: Explained): ExplainView => view
