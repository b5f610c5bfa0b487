import type {
  Block,
  Conversation,
  Json,
  JsonObject,
  Settings,
  Turn,
  WriteOptions,
  Written,
} from '../../domain/index.ts'
import { fitConversation } from '../body/fitConversation.ts'
import { settleRest } from '../body/rest.ts'
import { Signals, withoutFields } from '../body/signals.ts'
import { resolveTools } from '../body/tools.ts'
import { untranslatable } from '../body/untranslatable.ts'

/** The dialect's own limit on stop strings. */
const MOST_STOPS = 4

/** A conversation of another dialect as a Chat Completions body. */
export const write = (whole: Conversation, options: WriteOptions): Written => {
  const signals = new Signals()
  settleRest(whole, 'openai-chat', signals)
  const conversation = fitConversation(whole, options.fit, signals)
  const turns = resolveTools(conversation.turns, () => true)
  const messages = turns.flatMap((turn) => turnMessages(turn, signals))
  if (messages.length === 0) throw untranslatable('messages', 'openai-chat', 'nothing in them has content')
  const body: JsonObject = {
    model: options.model,
    messages,
    ...toolFields(conversation),
    ...settingFields(conversation, options, signals),
    ...(conversation.stream ? { stream: true } : {}),
    ...(conversation.stream && options.askUsage ? { stream_options: { include_usage: true } } : {}),
  }
  return { body: JSON.stringify(withoutFields(body, options.without, signals)), dropped: signals.list() }
}

const toolFields = (conversation: Conversation): JsonObject => {
  const { tools, settings } = conversation
  if (tools.length === 0) return {}
  const choice = settings.toolChoice
  return {
    tools: tools.map((tool) => ({
      type: 'function',
      function: {
        name: tool.name,
        ...(tool.description === null ? {} : { description: tool.description }),
        parameters: tool.schema,
        ...(tool.strict === null ? {} : { strict: tool.strict }),
      },
    })),
    ...(choice === null
      ? {}
      : {
          tool_choice:
            choice.type === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.type,
        }),
    ...(settings.parallelTools === null ? {} : { parallel_tool_calls: settings.parallelTools }),
  }
}

const formatField = (format: Settings['format']): JsonObject => {
  if (format === null) return {}
  if (format.type === 'json') return { response_format: { type: 'json_object' } }
  return {
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: format.name,
        schema: format.schema,
        ...(format.strict === null ? {} : { strict: format.strict }),
      },
    },
  }
}

const settingFields = (conversation: Conversation, options: WriteOptions, signals: Signals): JsonObject => {
  const { settings } = conversation
  if (settings.topK !== null) signals.add('top_k')
  if (settings.stop.length > MOST_STOPS) {
    signals.add(conversation.dialect === 'anthropic-messages' ? 'stop_sequences' : 'stop')
  }
  return {
    ...(settings.maxTokens === null ? {} : { [options.maxTokensField]: settings.maxTokens }),
    ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    ...(settings.topP === null ? {} : { top_p: settings.topP }),
    ...(settings.stop.length === 0 ? {} : { stop: settings.stop.slice(0, MOST_STOPS) }),
    ...(settings.reasoningEffort === null ? {} : { reasoning_effort: settings.reasoningEffort }),
    ...formatField(settings.format),
    ...(settings.user === null ? {} : { user: settings.user }),
  }
}

const turnMessages = (turn: Turn, signals: Signals): readonly JsonObject[] => {
  switch (turn.role) {
    case 'system': {
      const content = textContent(parts(turn.blocks, turn.at))
      return content === null ? [] : [{ role: 'system', content }]
    }
    case 'assistant':
      return assistantMessage(turn, signals)
    case 'user':
      return userMessages(turn, signals)
  }
}

/** One text as a string, several parts as they are; null for none. */
const textContent = (content: readonly JsonObject[]): Json | null => {
  const first = content[0]
  if (first === undefined) return null
  return content.length === 1 && typeof first['text'] === 'string' ? first['text'] : content
}

const parts = (blocks: readonly Block[], at: string): readonly JsonObject[] =>
  blocks.flatMap((block) => {
    const part = partOf(block, at)
    return part === null ? [] : [part]
  })

const partOf = (block: Block, at: string): JsonObject | null => {
  switch (block.type) {
    case 'text':
    case 'refusal':
      return block.text === '' ? null : { type: 'text', text: block.text }
    case 'media':
      return mediaPart(block, at)
    case 'opaque':
      throw untranslatable(at, 'openai-chat', `it holds ${block.label}`)
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      throw untranslatable(at, 'openai-chat', 'a block stands where its role does not allow it')
  }
}

const mediaPart = (block: Extract<Block, { type: 'media' }>, at: string): JsonObject => {
  const mime = block.mime
  if (block.media === 'image') {
    const url = block.data === null ? block.url : `data:${mime ?? 'image/png'};base64,${block.data}`
    return { type: 'image_url', image_url: { url } }
  }
  if (block.media === 'audio') {
    return {
      type: 'input_audio',
      input_audio: { data: block.data, format: (mime ?? 'audio/wav').replace('audio/', '') },
    }
  }
  if (block.data === null) throw untranslatable(at, 'openai-chat', 'a file is given by its URL only')
  return {
    type: 'file',
    file: {
      filename: block.name ?? (mime === 'application/pdf' ? 'document.pdf' : 'document'),
      file_data: `data:${mime ?? 'application/octet-stream'};base64,${block.data}`,
    },
  }
}

const assistantMessage = (turn: Turn, signals: Signals): readonly JsonObject[] => {
  let content = ''
  let reasoning = ''
  const calls: JsonObject[] = []
  for (const block of turn.blocks) {
    if (block.type === 'reasoning') {
      if (block.native.dialect === 'openai-chat') reasoning += block.text
      else signals.add(`${turn.at}.thinking`)
    } else if (block.type === 'tool-call') {
      const called = { name: block.name, arguments: block.input === '' ? '{}' : block.input }
      calls.push({ id: block.id, type: 'function', function: called })
    } else if (block.type === 'text' || block.type === 'refusal') content += block.text
    else throw untranslatable(turn.at, 'openai-chat', `an assistant’s turn holds ${wordFor(block)}`)
  }
  if (content === '' && calls.length === 0) return []
  return [
    {
      role: 'assistant',
      content: content === '' ? null : content,
      ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
  ]
}

const wordFor = (block: Block): string => {
  if (block.type === 'opaque') return block.label
  return block.type === 'media' ? `a part of type ${block.media}` : `a ${block.type}`
}

/** The mark before a failed result, for the dialect has no field that says so. */
const FAILED = '[The tool failed] '

/** Results first, each a message of its own; media in them follow in a user's message, where the dialect allows media. */
const userMessages = (turn: Turn, signals: Signals): readonly JsonObject[] => {
  const messages: JsonObject[] = []
  const content: JsonObject[] = []
  for (const block of turn.blocks) {
    if (block.type !== 'tool-result') {
      content.push(...parts([block], turn.at))
      continue
    }
    const inner = block.content.filter((item) => item.type !== 'media')
    const media = block.content.filter((item) => item.type === 'media')
    const text =
      textContent(parts(inner, turn.at)) ?? (media.length > 0 ? 'See the attachment that follows.' : '')
    if (block.failed) signals.add(`${turn.at}.is_error`)
    messages.push({ role: 'tool', tool_call_id: block.id, content: block.failed ? marked(text) : text })
    if (media.length === 0) continue
    content.push(
      { type: 'text', text: `Attachment of the tool result ${block.id}:` },
      ...parts(media, turn.at),
    )
  }
  const own = textContent(content)
  return own === null ? messages : [...messages, { role: 'user', content: own }]
}

const marked = (text: Json): Json =>
  typeof text === 'string'
    ? FAILED + text
    : Array.isArray(text)
      ? [{ type: 'text', text: FAILED }, ...text]
      : text
