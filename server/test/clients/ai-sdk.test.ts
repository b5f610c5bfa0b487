import assert from 'node:assert/strict'
import { before, describe } from 'node:test'
import type * as Ai from 'ai'
import { type ClientsHouse, houseOfSuite, suite, type TargetName } from './house.ts'
import { SCHEMA, TOOLS } from './kit.ts'
import { scenariosOf } from './scenarios.ts'
import type { Client, Opening, Part, Reply, Talk } from './talk.ts'

type Sdk = typeof Ai

interface Doors {
  readonly ai: Sdk
  /** A model of ours by each of the library's providers. */
  readonly model: Readonly<Record<string, (house: ClientsHouse, name: string) => Ai.LanguageModel>>
}

const doors = async (): Promise<Doors> => {
  const [
    ai,
    { createOpenAI },
    { createOpenAICompatible },
    { createAnthropic },
    { createGoogleGenerativeAI },
  ] = await Promise.all([
    import('ai'),
    import('@ai-sdk/openai'),
    import('@ai-sdk/openai-compatible'),
    import('@ai-sdk/anthropic'),
    import('@ai-sdk/google'),
  ])
  const at = ({ url, key }: ClientsHouse, path: string) => ({ baseURL: `${url}${path}`, apiKey: key })
  return {
    ai,
    model: {
      'openai responses': (house, name) => createOpenAI(at(house, '/v1')).responses(name),
      'openai chat': (house, name) => createOpenAI(at(house, '/v1')).chat(name),
      'openai-compatible': (house, name) =>
        createOpenAICompatible({
          name: 'causeway',
          includeUsage: true,
          supportsStructuredOutputs: true,
          ...at(house, '/v1'),
        })(name),
      anthropic: (house, name) => createAnthropic(at(house, '/v1'))(name),
      google: (house, name) => createGoogleGenerativeAI(at(house, '/v1beta'))(name),
    },
  }
}

/** How each provider is told to think. */
const THINK = {
  openai: {
    reasoningEffort: 'medium',
    reasoningSummary: 'auto',
    include: ['reasoning.encrypted_content'],
    store: false,
    forceReasoning: true,
  },
  causeway: { reasoningEffort: 'medium' },
  anthropic: { thinking: { type: 'enabled', budgetTokens: 2048 } },
  google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 } },
}

const partOf = (part: Part): Ai.TextPart | Ai.ImagePart | Ai.FilePart => {
  if (typeof part === 'string') return { type: 'text', text: part }
  if ('image' in part) return { type: 'image', image: part.image, mediaType: 'image/png' }
  return { type: 'file', data: part.pdf, mediaType: 'application/pdf', filename: 'a.pdf' }
}

const FINISH = { stop: 'stop', 'tool-calls': 'tool', length: 'length' } as const

const toolsOf = (ai: Sdk): Ai.ToolSet => {
  const tools: Ai.ToolSet = {}
  for (const { name, description, schema } of TOOLS)
    tools[name] = ai.dynamicTool({
      description,
      inputSchema: ai.jsonSchema({ ...schema, required: [...schema.required] }),
    })
  return tools
}

const requestOf = (
  { ai }: Doors,
  opening: Opening,
  messages: Ai.ModelMessage[],
  model: Ai.LanguageModel,
) => ({
  model,
  messages,
  maxRetries: 0,
  ...(opening.system === undefined ? {} : { system: opening.system }),
  ...(opening.signal === undefined ? {} : { abortSignal: opening.signal }),
  ...(opening.think ? { providerOptions: THINK } : { providerOptions: { openai: { store: false } } }),
  ...(opening.schema
    ? { output: ai.Output.object({ schema: ai.jsonSchema({ ...SCHEMA, required: [...SCHEMA.required] }) }) }
    : {}),
  ...(opening.tools
    ? {
        tools: toolsOf(ai),
      }
    : {}),
})

/** Chat of its OpenAI provider knows no thought; its Anthropic one asks models that it does not know by a tool. */
const LACKS: Readonly<Record<string, Client['lacks']>> = { 'openai chat': ['thought'], anthropic: ['schema'] }

const aiClient = (name: string, get: () => Doors, house: () => ClientsHouse): Client => ({
  name: `ai, ${name}`,
  lacks: LACKS[name] ?? [],
  ...(name === 'google' ? { wrapped: (tool, text) => JSON.stringify({ name: tool, content: text }) } : {}),
  open(opening): Talk {
    const messages: Ai.ModelMessage[] = []
    const ask = async (): Promise<Reply> => {
      const { ai, model } = get()
      const made = model[name]?.(house(), opening.model)
      assert.ok(made)
      const request = requestOf(get(), opening, messages, made)
      if (!opening.stream) {
        const result = await ai.generateText(request)
        messages.push(...result.response.messages)
        return replyOf(result.text, result.reasoningText, result.toolCalls, result.usage, result.finishReason)
      }
      let failure: unknown = null
      const result = ai.streamText({
        ...request,
        onError: ({ error }) => {
          failure = error
        },
      })
      let whole = ''
      for await (const text of result.textStream) {
        whole += text
        opening.onText?.(text)
      }
      if (failure !== null) throw failure
      messages.push(...(await result.response).messages)
      return replyOf(
        whole,
        await result.reasoningText,
        await result.toolCalls,
        await result.usage,
        await result.finishReason,
      )
    }
    return {
      user(...parts) {
        const [only] = parts
        messages.push({
          role: 'user',
          content: parts.length === 1 && typeof only === 'string' ? only : parts.map(partOf),
        })
        return ask()
      },
      results(results) {
        messages.push({
          role: 'tool',
          content: results.map(({ call, text }) => ({
            type: 'tool-result',
            toolCallId: call.id,
            toolName: call.name,
            output: { type: 'text', value: text },
          })),
        })
        return ask()
      },
    }
  },
  problem(error) {
    const { APICallError } = get().ai
    if (APICallError.isInstance(error))
      return {
        status: error.statusCode ?? null,
        retryAfter: error.responseHeaders?.['retry-after'] ?? null,
        message: `${error.message} ${error.responseBody ?? ''}`,
      }
    return {
      status: null,
      retryAfter: '7',
      message: error instanceof Error ? error.message : JSON.stringify(error),
    }
  },
})

const replyOf = (
  text: string,
  thought: string | undefined,
  calls: readonly { readonly toolCallId: string; readonly toolName: string; readonly input: unknown }[],
  { inputTokens, outputTokens, inputTokenDetails }: Ai.LanguageModelUsage,
  finish: Ai.FinishReason,
): Reply => ({
  text,
  thought: thought ?? null,
  calls: calls.map(({ toolCallId, toolName, input }) => ({ id: toolCallId, name: toolName, input })),
  input: inputTokens ?? null,
  output: outputTokens ?? null,
  cached: inputTokenDetails.cacheReadTokens ?? null,
  finish: finish === 'stop' || finish === 'tool-calls' || finish === 'length' ? FINISH[finish] : 'other',
})

/** Each of its providers, to dialects other than its own. */
const SUBJECTS: Readonly<Record<string, readonly TargetName[]>> = {
  'openai responses': ['messages', 'gemini', 'converse'],
  'openai chat': ['messages', 'gemini', 'responses'],
  'openai-compatible': ['messages', 'gemini', 'ollama'],
  anthropic: ['chat', 'gemini', 'responses'],
  google: ['chat', 'messages', 'responses'],
}

suite('ai', () => {
  const house = houseOfSuite()
  let all: Doors | null = null
  before(async () => {
    all = await doors()
  })
  const get = (): Doors => {
    assert.ok(all)
    return all
  }
  for (const [name, targets] of Object.entries(SUBJECTS))
    describe(name, () => {
      scenariosOf(aiClient(name, get, house), house, targets)
    })
})
