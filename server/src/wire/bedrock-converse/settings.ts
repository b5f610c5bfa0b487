import type { Conversation, Json, JsonObject, Settings, WriteOptions } from '../../domain/index.ts'
import { takesSampling } from '../body/claude.ts'
import { closedSchema } from '../body/closedSchema.ts'
import type { Signals } from '../body/signals.ts'
import type { Family } from './family.ts'
import { thinkingOf } from './thinking.ts'

type Fields = Record<string, Json | undefined>

/** What of the settings goes where. */
export interface SettingFields {
  readonly fields: JsonObject
  /** `additionalModelRequestFields`: in the words of the model's maker. */
  readonly additional: JsonObject
  /** True where the choice of a tool stands among them. */
  readonly ownChoice: boolean
}

/** The field that the client named a setting by. */
const named = (conversation: Conversation, setting: keyof Settings, otherwise: string): string =>
  conversation.names[setting] ?? otherwise

const stopOf = (conversation: Conversation, family: Family, signals: Signals): readonly string[] => {
  const { stop } = conversation.settings
  const taken = stop.filter((one) => (family === 'claude' ? one.trim() !== '' : one !== ''))
  if (taken.length < stop.length) signals.add(named(conversation, 'stop', 'stop'))
  return taken
}

const textFormat = (conversation: Conversation, signals: Signals): JsonObject => {
  const { format } = conversation.settings
  if (format?.type !== 'schema') return {}
  const lost = (): void => signals.add(named(conversation, 'format', 'response_format'))
  const name = format.name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 64)
  const jsonSchema = {
    name: name === '' ? 'answer' : name,
    ...(format.description === null || format.description === '' ? {} : { description: format.description }),
    schema: JSON.stringify(closedSchema(format.schema, lost)),
  }
  return { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } }
}

/** The tiers that the dialect has, by their names in the others; null for "whatever is usual". */
const TIERS: ReadonlyMap<string, string | null> = new Map([
  ['auto', null],
  ['standard_only', 'default'],
  ['default', 'default'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['reserved', 'reserved'],
])

const tierOf = (conversation: Conversation, signals: Signals): JsonObject => {
  const tier = conversation.settings.serviceTier
  if (tier === null) return {}
  const type = TIERS.get(tier)
  if (type === undefined) signals.add(named(conversation, 'serviceTier', 'service_tier'))
  return type === undefined || type === null ? {} : { serviceTier: { type } }
}

/** What keys and values of `requestMetadata` may hold, and how many there may be. */
const PLAIN = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/
const MOST_METADATA = 16

const metadataOf = (conversation: Conversation, signals: Signals): JsonObject => {
  const taken: Fields = {}
  const place = named(conversation, 'metadata', 'metadata')
  for (const [name, value] of Object.entries(conversation.settings.metadata ?? {})) {
    const fits = name !== '' && PLAIN.test(name) && typeof value === 'string' && PLAIN.test(value)
    if (fits && Object.keys(taken).length < MOST_METADATA) taken[name] = value
    else if (value !== null) signals.add(`${place}.${name}`)
  }
  return Object.keys(taken).length === 0 ? {} : { requestMetadata: taken }
}

/** Claude says in its own choice of tools that it may call one at a time; the whole choice stands there then. */
const singleTool = (conversation: Conversation, family: Family): JsonObject | null => {
  const { toolChoice, parallelTools } = conversation.settings
  if (family !== 'claude' || parallelTools !== false || conversation.tools.length === 0) return null
  const single = { disable_parallel_tool_use: true }
  switch (toolChoice?.type) {
    case 'tool':
      return { type: 'tool', name: toolChoice.name, ...single }
    case 'required':
      return { type: 'any', ...single }
    case 'none':
      return null
    case 'auto':
    case undefined:
      return { type: 'auto', ...single }
  }
}

const samplingOf = (
  conversation: Conversation,
  thinks: boolean,
  taken: boolean,
  family: Family,
  signals: Signals,
): { readonly inference: Fields; readonly topK: number | null } => {
  const { temperature, topP, topK } = conversation.settings
  const inference: Fields = {}
  // Claude that thinks takes no temperature, no top_k and a top_p from 0.95 only; some models of it none ever.
  const strict = !taken || (thinks && family === 'claude')
  if (temperature !== null && !(strict && temperature === 1)) {
    if (strict || temperature > 1) signals.add(named(conversation, 'temperature', 'temperature'))
    if (!strict) inference['temperature'] = Math.min(1, temperature)
  }
  if (topP !== null) {
    if (topP !== 1 && (!taken || (strict && topP < 0.95))) signals.add(named(conversation, 'topP', 'top_p'))
    else if (taken) inference['topP'] = topP
  }
  if (topK === null || !strict) return { inference, topK }
  signals.add(named(conversation, 'topK', 'top_k'))
  return { inference, topK: null }
}

/** Where Claude says which stop string it met, streamed and whole. A path that leads nowhere is let go by the service. */
const STOP_PATHS = ['/stop_sequence', '/delta/stop_sequence']

/** The settings that this model takes. What is left out or changed is signalled. */
export const settingFields = (
  conversation: Conversation,
  messages: readonly { readonly role: string; readonly content: readonly JsonObject[] }[],
  options: WriteOptions,
  family: Family,
  signals: Signals,
): SettingFields => {
  const thinking = thinkingOf(conversation, messages, options, family, signals)
  const taken = family !== 'claude' || takesSampling(options.model)
  const { inference, topK } = samplingOf(conversation, thinking.thinks, taken, family, signals)
  if (thinking.maxTokens !== null) inference['maxTokens'] = thinking.maxTokens
  const stop = stopOf(conversation, family, signals)
  if (stop.length > 0) inference['stopSequences'] = stop
  const single = singleTool(conversation, family)
  const additional: Fields = { ...thinking.additional }
  if (topK !== null && family === 'claude') additional['top_k'] = topK
  if (topK !== null && family === 'nova') additional['inferenceConfig'] = { topK }
  if (single !== null) additional['tool_choice'] = single
  return {
    fields: {
      ...(Object.keys(inference).length === 0 ? {} : { inferenceConfig: inference }),
      ...textFormat(conversation, signals),
      ...(stop.length > 0 && family === 'claude' ? { additionalModelResponseFieldPaths: STOP_PATHS } : {}),
      ...tierOf(conversation, signals),
      ...metadataOf(conversation, signals),
    },
    additional,
    ownChoice: single !== null,
  }
}
