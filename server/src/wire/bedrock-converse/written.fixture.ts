import {
  type Block,
  type Conversation,
  type Json,
  type JsonObject,
  NO_SETTINGS,
  type Settings,
  type Turn,
  type WriteOptions,
} from '../../domain/index.ts'
import { translate, WRITE } from '../testing.ts'
import { bedrockConverse } from './index.ts'

/* What the tests of this dialect's writer share. */

export const CLAUDE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0'
export const NOVA = 'us.amazon.nova-2-lite-v1:0'
export const LLAMA = 'us.meta.llama4-maverick-17b-instruct-v1:0'

const TO = 'bedrock-converse'
export const QUIRKS = { ...WRITE.quirks, unsupported: [] }

export const fromChat = (json: JsonObject, model = CLAUDE) =>
  translate('openai-chat', json, { model, quirks: QUIRKS }, TO)
export const fromMessages = (json: JsonObject, model = CLAUDE) =>
  translate('anthropic-messages', json, { model, quirks: QUIRKS }, TO)

export const native = (raw: Json = {}) => ({ dialect: 'openai-chat' as const, raw })
export const user = (...blocks: readonly Block[]): Turn => ({ role: 'user', at: 'messages[0]', blocks })
export const said = (text: string): Block => ({ type: 'text', text, native: native() })

export const written = (
  turns: readonly Turn[],
  settings: Partial<Settings> = {},
  options: Partial<WriteOptions> = {},
  more: Partial<Conversation> = {},
): { readonly body: JsonObject; readonly dropped: readonly string[] } => {
  const conversation: Conversation = {
    dialect: 'openai-chat',
    turns,
    tools: [],
    settings: { ...NO_SETTINGS, ...settings },
    names: {},
    stream: false,
    rest: {},
    ...more,
  }
  const { body, dropped } = bedrockConverse.write(conversation, {
    ...WRITE,
    model: CLAUDE,
    quirks: QUIRKS,
    ...options,
  })
  return { body: JSON.parse(body), dropped }
}

export const file = (mime: string | null, name: string | null, data = 'QUJD'): Block => ({
  type: 'media',
  media: 'file',
  mime,
  data,
  url: null,
  name,
  native: native(),
})

export const TOOL = {
  name: 'look',
  description: 'Looks',
  schema: { type: 'object', properties: {} },
  strict: null,
}

export const contentOf = (body: JsonObject): readonly JsonObject[] => Object(body['messages'])[0].content
