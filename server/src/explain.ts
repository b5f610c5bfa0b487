import type { ExplainInput, ExplainView } from './control/index.ts'
import {
  type Call,
  CausewayError,
  type DecideInput,
  type Dialect,
  type Health,
  type Label,
  type Principal,
  type RankInput,
  type Ranking,
  type Snapshot,
  type Use,
} from './domain/index.ts'
import { dialectFor } from './gateway/index.ts'
import { systemClock, timeId } from './lib/index.ts'
import { judge, refusalMessage, summarise } from './policy/index.ts'
import { nearestModels, type Resolved, rankFacts, resolve } from './portfolio/index.ts'
import { rank } from './routing/index.ts'
import type { Labeller } from './sensitivity/index.ts'
import { wireOf } from './wire/index.ts'

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

const rankingOf = (
  call: Call,
  permitted: readonly string[],
  found: Resolved,
  parts: ExplainParts,
): Ranking | null => {
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
  return rank({
    objective: found.objective,
    needs: call.needs,
    permitted: able.map(({ name }) => name),
    facts,
    health,
  })
}

const refusalOf = (
  input: DecideInput,
  label: Label,
  verdict: ExplainView['verdict'],
  ranking: Ranking | null,
): ExplainView['refusal'] => {
  if (verdict.permitted.length === 0) {
    const { fault } = new CausewayError('policy_denied', refusalMessage(verdict, input, label.findings))
    return { code: fault.code, message: fault.message, next: fault.next }
  }
  if (ranking !== null && ranking.order.length > 0) return null
  const down = (ranking?.down ?? []).map(({ target, why }) => `${target}: ${why}`)
  const unable = (ranking?.unable ?? []).map(({ target, lacks }) => `${target} lacks ${lacks}`)
  const lacking = ranking === null ? ['none of them offers this operation'] : [...unable, ...down]
  const { fault } = new CausewayError(
    down.length > 0 ? 'no_healthy_target' : 'no_capable_target',
    `No permitted target can answer: ${lacking.join('; ')}.`,
  )
  return { code: fault.code, message: fault.message, next: fault.next }
}

/**
 * Everything there is to tell. `source` is the request as it was written, read in place of `input.request` where
 * it names its model, so that what JSON.parse would hide (a key twice) is seen. Throws CausewayError where the
 * request would be refused before it is decided on.
 */
export const explainRequest = (input: ExplainInput, parts: ExplainParts, source?: string): Explained => {
  const { snapshot } = parts
  const model = input.model ?? [...snapshot.routes.keys()][0] ?? [...snapshot.targets.keys()][0] ?? 'auto'
  const { dialect, body } = bodyOf(input, model, source)
  const operation = input.operation ?? (dialect === 'openai-embeddings' ? 'embed' : 'chat')
  const id = timeId('cw_', systemClock.now())
  const call = wireOf(dialect).read(Buffer.from(body), { id, operation, headers: {} }, LIMITS)
  const principal = principalOf(input, snapshot)
  const use = useOf(input, principal, snapshot)
  const label = parts.labeller.label(call, use, input.level ?? null)
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
  const ranking = rankingOf(
    call,
    verdict.permitted.map(({ target }) => target),
    found,
    parts,
  )
  const refusal = refusalOf(decideInput, label, verdict, ranking)
  return {
    label,
    verdict,
    ranking,
    refusal,
    input: decideInput,
    call,
  }
}
