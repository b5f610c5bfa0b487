import type { Conversation, JsonObject, Settings, WriteOptions, Written } from '../../domain/index.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { cachePoint, marksOf } from './cache.ts'
import { type Family, familyOf } from './family.ts'
import { MessageWriter } from './messages.ts'
import { settingFields } from './settings.ts'
import { toolConfig } from './tools.ts'

const CARRIED: readonly (keyof Settings)[] = [
  'maxTokens',
  'temperature',
  'topP',
  'stop',
  'toolChoice',
  'reasoning',
  'format',
  'serviceTier',
  'metadata',
  'cache',
]

/** What a model of this maker takes beside. */
const carriedBy = (family: Family): readonly (keyof Settings)[] => {
  if (family === 'claude') return [...CARRIED, 'topK', 'parallelTools']
  return family === 'nova' ? [...CARRIED, 'topK'] : CARRIED
}

/** Ids that the dialect takes for tool calls. */
const TOOL_ID = /^[a-zA-Z0-9_-]{1,64}$/

const JSON_ONLY =
  'Answer with one valid JSON object and nothing else: no code fence, no text before or after it.'

/** A conversation of another dialect as a Converse body. The model stands in the path; whose it is decides what the body may say. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  const family = familyOf(options.model)
  settleRest(whole, 'bedrock-converse', carriedBy(family), signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const { settings, names } = conversation
  const turns = resolveTools(conversation.turns, (id) => TOOL_ID.test(id))
  const marks = marksOf(family, options.quirks.cacheMarks)
  const writer = new MessageWriter(signals, marks, family)
  const { system, messages } = writer.write(turns)
  if (settings.format?.type === 'json') {
    system.push({ text: JSON_ONLY })
    signals.add(names.format ?? 'response_format')
  }
  if (settings.cache !== null) {
    const field = names.cache ?? 'cache_control'
    const point = cachePoint(settings.cache, marks, field, signals)
    if (point !== null) writer.mark(messages.at(-1)?.content ?? [], point, field)
  }
  const { fields, additional, ownChoice } = settingFields(conversation, messages, options, family, signals)
  const body: JsonObject = {
    ...(system.length === 0 ? {} : { system }),
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...toolConfig(conversation, marks, !ownChoice, signals),
    ...fields,
    ...(Object.keys(additional).length === 0 ? {} : { additionalModelRequestFields: additional }),
  }
  return {
    body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
    dropped: signals.list(),
  }
}
