import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type OpenAI from 'openai'
import { type ClientsHouse, houseOfSuite, suite } from './house.ts'
import { SCHEMA, TOOLS } from './kit.ts'
import { scenariosOf } from './scenarios.ts'
import type { Client, Opening, Part, Reply, Talk } from './talk.ts'

type Message = OpenAI.Chat.ChatCompletionMessageParam
type Completion = OpenAI.Chat.ChatCompletion

const partOf = (part: Part): OpenAI.Chat.ChatCompletionContentPart => {
  if (typeof part === 'string') return { type: 'text', text: part }
  if ('image' in part)
    return { type: 'image_url', image_url: { url: `data:image/png;base64,${part.image.toString('base64')}` } }
  const file_data = `data:application/pdf;base64,${part.pdf.toString('base64')}`
  return { type: 'file', file: { filename: 'a.pdf', file_data } }
}

const tools: OpenAI.Chat.ChatCompletionTool[] = TOOLS.map(({ name, description, schema }) => ({
  type: 'function',
  function: { name, description, parameters: { ...schema } },
}))

const bodyOf = ({ model, system, tools: offered, think, schema }: Opening, messages: readonly Message[]) => ({
  model,
  messages: [...(system === undefined ? [] : [{ role: 'system' as const, content: system }]), ...messages],
  ...(offered ? { tools } : {}),
  ...(think ? { reasoning_effort: 'medium' as const } : {}),
  ...(schema
    ? {
        response_format: {
          type: 'json_schema' as const,
          json_schema: { name: 'thing', strict: true, schema: { ...SCHEMA } },
        },
      }
    : {}),
})

const FINISH = { stop: 'stop', tool_calls: 'tool', length: 'length' } as const

/** The thought is no part of the SDK's own types. */
const thoughtOf = (message: object): string | null =>
  'reasoning_content' in message && typeof message.reasoning_content === 'string'
    ? message.reasoning_content
    : null

const replyOf = ({ choices, usage }: Completion): Reply => {
  const [choice] = choices
  assert.ok(choice)
  const { message, finish_reason: finish } = choice
  return {
    text: message.content ?? '',
    thought: thoughtOf(message),
    calls: (message.tool_calls ?? []).map((call) => {
      assert.ok(call.type === 'function')
      return { id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) }
    }),
    input: usage?.prompt_tokens ?? null,
    output: usage?.completion_tokens ?? null,
    cached: usage?.prompt_tokens_details?.cached_tokens ?? null,
    finish: finish === 'stop' || finish === 'tool_calls' || finish === 'length' ? FINISH[finish] : 'other',
  }
}

/** Sends back what the SDK's own types keep of an answer: nothing that a vendor added. */
const kept = ({ content, tool_calls }: OpenAI.Chat.ChatCompletionMessage): Message => ({
  role: 'assistant',
  content,
  ...(tool_calls === undefined ? {} : { tool_calls }),
})

const openaiChat = (sdk: () => typeof OpenAI, house: () => ClientsHouse): Client => {
  const client = () => new (sdk())({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })
  return {
    name: 'openai chat',
    lacks: [],
    open(opening): Talk {
      const history: Message[] = []
      const { signal, stream, onText } = opening
      const ask = async (): Promise<Reply> => {
        const body = bodyOf(opening, history)
        const options = signal === undefined ? {} : { signal }
        if (!stream) {
          const whole = await client().chat.completions.create(body, options)
          history.push(...whole.choices.map(({ message }) => kept(message)))
          return replyOf(whole)
        }
        const runner = client().chat.completions.stream(
          { ...body, stream_options: { include_usage: true } },
          options,
        )
        let thought = ''
        for await (const chunk of runner) {
          const delta = chunk.choices[0]?.delta
          if (delta?.content) onText?.(delta.content)
          thought += delta === undefined ? '' : (thoughtOf(delta) ?? '')
        }
        const final = await runner.finalChatCompletion()
        history.push(...final.choices.map(({ message }) => kept(message)))
        return { ...replyOf(final), thought: thought === '' ? null : thought }
      }
      return {
        user(...parts) {
          const [only] = parts
          const content = parts.length === 1 && typeof only === 'string' ? only : parts.map(partOf)
          history.push({ role: 'user', content })
          return ask()
        },
        results(results) {
          for (const { call, text } of results)
            history.push({ role: 'tool', tool_call_id: call.id, content: text })
          return ask()
        },
      }
    },
    problem(error) {
      assert.ok(error instanceof sdk().APIError, String(error))
      return {
        status: error.status ?? null,
        retryAfter: error.headers?.get('retry-after') ?? null,
        message: error.message,
      }
    },
  }
}

suite('openai: Chat Completions', () => {
  const house = houseOfSuite()
  let sdk: typeof OpenAI
  before(async () => {
    sdk = (await import('openai')).default
  })
  scenariosOf(
    openaiChat(() => sdk, house),
    house,
  )

  test('embeddings, models and the id of a request', async () => {
    const client = new sdk({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })
    for (const encoding_format of ['float', 'base64'] as const) {
      const { data } = await client.embeddings.create({ model: 'embedder', input: 'hello', encoding_format })
      assert.ok(data[0]?.embedding)
    }
    const names = (await client.models.list()).data.map(({ id }) => id)
    for (const name of ['chat', 'messages', 'gemini', 'two-accounts']) assert.ok(names.includes(name), name)
    const { response, request_id } = await client.chat.completions
      .create({ model: 'messages', messages: [{ role: 'user', content: 'Hi' }] })
      .withResponse()
    assert.ok(request_id)
    assert.equal(response.headers.get('x-causeway-target'), 'messages')
  })
})
