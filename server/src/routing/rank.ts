import type { Health, Objective, RankInput, Ranking } from '../domain/index.ts'
import { type Candidate, estimatedCost, orderBy } from './objective.ts'

/**
 * Orders permitted targets and adds none. First those that cannot answer at all leave (tools, media, structure,
 * context), then those that are down; the rest is ordered by the objective, targets under trial last. Pure.
 */
export const rank = (input: RankInput): Ranking => {
  const unable: { target: string; lacks: string }[] = []
  const down: { target: string; why: string }[] = []
  const able: Candidate[] = []
  for (const target of new Set(input.permitted)) {
    const facts = Object.hasOwn(input.facts, target) ? input.facts[target] : undefined
    if (facts === undefined) {
      unable.push({ target, lacks: 'any known facts' })
      continue
    }
    const lacks = lacking(input.needs, facts)
    if (lacks !== null) {
      unable.push({ target, lacks })
      continue
    }
    const health = Object.hasOwn(input.health, target) ? input.health[target] : undefined
    if (health?.state === 'down') {
      down.push({ target, why: health.why ?? 'down' })
      continue
    }
    able.push({ target, facts, health: health ?? null, position: able.length })
  }
  const prefer = new Set(input.prefer)
  const byObjective = orderBy(input.objective, able, input.needs)
  const ordered = [
    ...byObjective.filter(({ target }) => prefer.has(target)),
    ...byObjective.filter(({ target }) => !prefer.has(target)),
  ]
  const probing = ({ health }: Candidate): boolean => health?.state === 'probing'
  const steady = ordered.filter((candidate) => !probing(candidate))
  const trial = ordered.filter(probing)
  const order = [...steady, ...trial]
  return {
    order: order.map(({ target }) => target),
    why: whyOf(input, order, trial),
    unable,
    down,
  }
}

/**
 * Where nothing but room keeps every permitted target from answering: how many tokens were asked for, and how many
 * the roomiest one holds. Null where anything else stands in the way, or nobody was left out.
 */
export const shortOfRoom = (
  { needs, facts }: RankInput,
  { order, unable, down }: Ranking,
): { readonly tokens: number; readonly most: number } | null => {
  if (order.length > 0 || down.length > 0 || unable.length === 0) return null
  const rooms = unable.map(({ target }) => {
    const known = facts[target]
    const bare = { ...needs, inputTokens: 0, outputTokens: 0 }
    return known === undefined || lacking(bare, known) !== null ? null : known.context
  })
  const tight = rooms.filter((room) => room !== null)
  if (tight.length < rooms.length) return null
  return { tokens: needs.inputTokens + needs.outputTokens, most: Math.max(...tight) }
}

const lacking = (needs: RankInput['needs'], facts: Candidate['facts']): string | null => {
  const lacks: string[] = []
  if (needs.tools && !facts.tools) lacks.push('tools')
  if (needs.images && !facts.images) lacks.push('images')
  if (needs.audio && !facts.audio) lacks.push('audio')
  if (needs.files && !facts.files) lacks.push('files')
  if (needs.structured && !facts.structured) lacks.push('structured output')
  const tokens = needs.inputTokens + needs.outputTokens
  if (facts.context !== null && tokens > facts.context && facts.fit === 'refuse') {
    lacks.push(`context for about ${tokens} tokens (it holds ${facts.context})`)
  }
  return lacks.length === 0 ? null : lacks.join(', ')
}

const LEADS: Readonly<Record<Objective, string>> = {
  ordered: 'in the order of the route',
  cheapest: 'cheapest first, among targets of equal known quality',
  fastest: 'quickest to the first byte first',
  best: 'highest quality first',
  weighted: 'heaviest weight first',
}

const whyOf = (input: RankInput, order: readonly Candidate[], trial: readonly Candidate[]): string => {
  const [first] = order
  if (first === undefined) return 'no permitted target is able and up'
  const lead =
    order.length === 1
      ? `${first.target} is the only one that may, can and is up`
      : `${LEADS[input.objective]}: ${order.map((one) => `${one.target}${figure(input, one)}`).join(', ')}`
  const home =
    order.length > 1 && input.prefer?.includes(first.target) === true
      ? `; ${first.target} first, for it issued state that this conversation brings back`
      : ''
  return trial.length === 0 || order.length === 1
    ? lead + home
    : `${lead}${home}; ${trial.map(({ target }) => target).join(', ')} last, on trial after failures`
}

const figure = (input: RankInput, { facts, health }: Candidate): string => {
  switch (input.objective) {
    case 'ordered':
      return ''
    case 'cheapest':
      return ` (${money(estimatedCost(facts.price, input.needs))}, quality ${known(facts.quality)})`
    case 'fastest':
      return ` (${milliseconds(health)})`
    case 'best':
      return ` (quality ${known(facts.quality)})`
    case 'weighted':
      return ` (weight ${facts.weight})`
    default:
      return input.objective
  }
}

const money = (usd: number | null): string =>
  usd === null ? 'price unknown' : `~$${Number(usd.toPrecision(2))}`

const known = (quality: number | null): string => (quality === null ? 'unknown' : String(quality))

const milliseconds = (health: Health | null): string =>
  health === null || health.firstByte === null ? 'not measured' : `${Math.round(health.firstByte)} ms`
