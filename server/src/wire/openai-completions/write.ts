import type {
  Conversation,
  Dialect,
  JsonObject,
  Settings,
  WriteOptions,
  Written,
} from '../../domain/index.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'

const textAt = (conversation: Conversation, at: string): string | null => {
  const blocks = conversation.turns.find((turn) => turn.at === at)?.blocks ?? []
  const texts = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []))
  return texts.length === 0 ? null : texts.join('')
}

const SHARED: readonly (keyof Settings)[] = ['maxTokens', 'temperature', 'topP', 'stop', 'seed']
const LEGACY: readonly (keyof Settings)[] = [
  ...SHARED,
  'count',
  'frequencyPenalty',
  'presencePenalty',
  'logitBias',
  'user',
]

const legacyFields = ({ settings, stream }: Conversation, options: WriteOptions): JsonObject => ({
  ...(settings.seed === null ? {} : { seed: settings.seed }),
  ...(settings.count === null ? {} : { n: settings.count }),
  ...(settings.frequencyPenalty === null ? {} : { frequency_penalty: settings.frequencyPenalty }),
  ...(settings.presencePenalty === null ? {} : { presence_penalty: settings.presencePenalty }),
  ...(settings.logitBias === null ? {} : { logit_bias: settings.logitBias }),
  ...(settings.user === null ? {} : { user: settings.user }),
  ...(stream && options.askUsage ? { stream_options: { include_usage: true } } : {}),
})

/** A completion of the one dialect as a body of the other. */
export const writeCompletion =
  (dialect: Extract<Dialect, 'openai-completions' | 'mistral-fim'>) =>
  (conversation: Conversation, options: WriteOptions): Written => {
    const signals = new Signals()
    const isLegacy = dialect === 'openai-completions'
    settleRest(conversation, dialect, isLegacy ? LEGACY : SHARED, signals)
    const { settings } = conversation
    const suffix = textAt(conversation, 'suffix')
    const body: JsonObject = {
      model: options.model,
      prompt: textAt(conversation, 'prompt') ?? '',
      ...(suffix === null ? {} : { suffix }),
      ...(settings.maxTokens === null ? {} : { max_tokens: settings.maxTokens }),
      ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
      ...(settings.topP === null ? {} : { top_p: settings.topP }),
      ...(settings.stop.length === 0 ? {} : { stop: settings.stop }),
      ...(isLegacy
        ? legacyFields(conversation, options)
        : settings.seed === null
          ? {}
          : { random_seed: settings.seed }),
      ...(conversation.stream ? { stream: true } : {}),
    }
    return {
      body: JSON.stringify(withoutFields(body, options.quirks.unsupported, signals)),
      dropped: signals.list(),
    }
  }
