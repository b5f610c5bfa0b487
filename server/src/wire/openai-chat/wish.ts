import { EFFORTS, type Json, type JsonObject, type ReasoningWish } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import type { Rest } from '../body/rest.ts'

const NO_WISH: ReasoningWish = { effort: null, budget: null, show: null }

const effortIn = (value: Json | undefined): ReasoningWish['effort'] =>
  EFFORTS.find((effort) => effort === value) ?? null

const tokensIn = (value: Json | undefined): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null

const only = (json: JsonObject, names: readonly string[]): boolean =>
  Object.keys(json).every((name) => names.includes(name))

/** The switch of Qwen and its kin. On is what its models do anyway, beside a budget. */
const switched = (on: Json | undefined, budget: number | null): ReasoningWish | null => {
  if (on === false) return { ...NO_WISH, effort: 'none' }
  if (on === true || (on === undefined && budget !== null)) {
    return budget === null ? { ...NO_WISH, effort: 'medium' } : { ...NO_WISH, budget }
  }
  return null
}

/** `thinking{type, budget_tokens}` as some servers have it. */
const typed = (value: Json | undefined): ReasoningWish | null => {
  if (!isObject(value) || !only(value, ['type', 'budget_tokens'])) return null
  const budget = tokensIn(value['budget_tokens'])
  return value['type'] === 'disabled'
    ? switched(false, null)
    : value['type'] === 'enabled'
      ? switched(true, budget)
      : null
}

/** `reasoning{effort, max_tokens, enabled, exclude}` as gateways of many models have it. */
const composed = (value: Json | undefined): ReasoningWish | null => {
  if (!isObject(value) || !only(value, ['effort', 'max_tokens', 'enabled', 'exclude'])) return null
  const effort = effortIn(value['effort'])
  if (effort === null && (value['effort'] ?? null) !== null) return null
  const show = typeof value['exclude'] === 'boolean' ? !value['exclude'] : null
  const budget = tokensIn(value['max_tokens'])
  if (effort !== null || budget !== null) return { effort, budget, show }
  const wish = switched(value['enabled'], null)
  return wish === null ? (show === null ? null : { ...NO_WISH, show }) : { ...wish, show }
}

/** Gemini's own setting inside the compatible form of its vendor. */
const google = (value: Json | undefined): ReasoningWish | null => {
  const inner = isObject(value) && only(value, ['google']) ? value['google'] : null
  const config = isObject(inner) && only(inner, ['thinking_config']) ? inner['thinking_config'] : null
  if (!isObject(config) || !only(config, ['thinking_budget', 'thinking_level', 'include_thoughts']))
    return null
  const show = typeof config['include_thoughts'] === 'boolean' ? config['include_thoughts'] : null
  return { effort: effortIn(config['thinking_level']), budget: tokensIn(config['thinking_budget']), show }
}

const kwargs = (value: Json | undefined): ReasoningWish | null => {
  if (!isObject(value)) return null
  if (only(value, ['enable_thinking'])) return switched(value['enable_thinking'], null)
  return only(value, ['thinking']) ? switched(value['thinking'], null) : null
}

/** The ways in which servers of this dialect are asked to think, with the fields each takes; the first that is said counts. */
const WAYS: readonly {
  readonly fields: readonly string[]
  readonly read: (json: JsonObject) => ReasoningWish | null
}[] = [
  {
    fields: ['reasoning_effort'],
    read: (json) => {
      const effort = effortIn(json['reasoning_effort'])
      return effort === null ? null : { ...NO_WISH, effort }
    },
  },
  { fields: ['reasoning'], read: (json) => composed(json['reasoning']) },
  { fields: ['thinking'], read: (json) => typed(json['thinking']) },
  {
    fields: ['enable_thinking', 'thinking_budget'],
    read: (json) => switched(json['enable_thinking'], tokensIn(json['thinking_budget'])),
  },
  { fields: ['chat_template_kwargs'], read: (json) => kwargs(json['chat_template_kwargs']) },
  { fields: ['extra_body'], read: (json) => google(json['extra_body']) },
]

/** How much thinking a body asks for, and the fields that say so; other ways of saying it are left over. */
export const wishOf = (
  json: JsonObject,
  rest: Rest,
): { readonly wish: ReasoningWish | null; readonly fields: readonly string[] } => {
  for (const { fields, read } of WAYS) {
    const wish = read(json)
    if (wish === null) continue
    return { wish, fields: fields.filter((field) => json[field] !== undefined) }
  }
  rest.add('reasoning_effort', json['reasoning_effort'])
  return { wish: null, fields: [] }
}
