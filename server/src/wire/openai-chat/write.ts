import type { Conversation, JsonObject, Settings, WriteOptions, Written } from '../../domain/index.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { signalMarks, turnMessages } from './messages.ts'
import { settingFields, toolFields } from './writeSettings.ts'

const CARRIED: readonly (keyof Settings)[] = [
  'maxTokens',
  'temperature',
  'topP',
  'topK',
  'minP',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'stop',
  'count',
  'logprobs',
  'logitBias',
  'toolChoice',
  'parallelTools',
  'reasoning',
  'format',
  'verbosity',
  'serviceTier',
  'user',
  'safetyId',
  'metadata',
  'store',
  'cacheKey',
  'cacheRetention',
  'cache',
]

const NINE = /^[a-zA-Z0-9]{9}$/

const withIds = (conversation: Conversation, { quirks }: WriteOptions) =>
  quirks.toolIds === 'any'
    ? resolveTools(conversation.turns, () => true)
    : resolveTools(
        conversation.turns,
        (id) => NINE.test(id),
        (digest) => digest.slice(0, 9),
      )

/** A conversation of another dialect as a Chat Completions body. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  settleRest(whole, 'openai-chat', CARRIED, signals)
  const conversation = fitConversation(whole, options.fit, signals)
  signalMarks(conversation.turns, options.quirks, signals)
  const turns = withIds(conversation, options)
  const messages = turns.flatMap((turn) => turnMessages(turn, options.quirks, signals))
  if (messages.length === 0) throw untranslatable('messages', 'openai-chat', 'nothing in them has content')
  const body: JsonObject = {
    model: options.model,
    messages,
    ...toolFields(conversation, options.quirks, signals),
    ...settingFields(conversation, options, signals),
    ...(conversation.stream ? { stream: true } : {}),
    ...(conversation.stream && options.askUsage ? { stream_options: { include_usage: true } } : {}),
  }
  return {
    body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
    dropped: signals.list(),
  }
}
