import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type Anthropic from '@anthropic-ai/sdk'
import { type ClientsHouse, houseOfSuite, suite } from './house.ts'
import { PNG, SCHEMA, TOOLS } from './kit.ts'
import { scenariosOf } from './scenarios.ts'
import type { Client, Opening, Part, Reply, Talk } from './talk.ts'

const imageOf = (bytes: Buffer): Anthropic.ImageBlockParam => ({
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data: bytes.toString('base64') },
})

const partOf = (part: Part): Anthropic.ContentBlockParam => {
  if (typeof part === 'string') return { type: 'text', text: part }
  if ('image' in part) return imageOf(part.image)
  return {
    type: 'document',
    source: { type: 'base64', media_type: 'application/pdf', data: part.pdf.toString('base64') },
  }
}

const tools: Anthropic.Tool[] = TOOLS.map(({ name, description, schema }) => ({
  name,
  description,
  input_schema: { ...schema, required: [...schema.required] },
}))

const bodyOf = (
  { model, system, tools: offered, think, schema }: Opening,
  messages: Anthropic.MessageParam[],
): Anthropic.MessageCreateParamsNonStreaming => ({
  model,
  max_tokens: 8000,
  messages,
  ...(system === undefined ? {} : { system }),
  ...(offered ? { tools } : {}),
  ...(think ? { thinking: { type: 'enabled', budget_tokens: 2048 } } : {}),
  ...(schema ? { output_config: { format: { type: 'json_schema', schema: { ...SCHEMA } } } } : {}),
})

const FINISH = { end_turn: 'stop', tool_use: 'tool', max_tokens: 'length' } as const

const replyOf = ({ content, usage, stop_reason: reason }: Anthropic.Message): Reply => {
  const thoughts = content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : []))
  const cached = usage.cache_read_input_tokens ?? 0
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    thought: thoughts.length === 0 ? null : thoughts.join(''),
    calls: content.flatMap((block) =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
    ),
    input: usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0),
    output: usage.output_tokens,
    cached,
    finish:
      reason === 'end_turn' || reason === 'tool_use' || reason === 'max_tokens' ? FINISH[reason] : 'other',
  }
}

const anthropicClient = (sdk: () => typeof Anthropic, house: () => ClientsHouse): Client => {
  const client = () =>
    new (sdk())({ baseURL: house().url, apiKey: house().key, authToken: null, maxRetries: 0 })
  return {
    name: '@anthropic-ai/sdk',
    lacks: [],
    open(opening): Talk {
      const history: Anthropic.MessageParam[] = []
      const { signal, stream, onText } = opening
      const options = signal === undefined ? {} : { signal }
      const ask = async (): Promise<Reply> => {
        const body = bodyOf(opening, history)
        const answer = stream
          ? await client()
              .messages.stream(body, options)
              .on('text', (text) => onText?.(text))
              .finalMessage()
          : await client().messages.create(body, options)
        history.push({ role: 'assistant', content: answer.content })
        return replyOf(answer)
      }
      return {
        user(...parts) {
          const [only] = parts
          history.push({
            role: 'user',
            content: parts.length === 1 && typeof only === 'string' ? only : parts.map(partOf),
          })
          return ask()
        },
        results(results) {
          history.push({
            role: 'user',
            content: results.map(({ call, text }) => ({
              type: 'tool_result',
              tool_use_id: call.id,
              content: text,
            })),
          })
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

suite('@anthropic-ai/sdk', () => {
  const house = houseOfSuite()
  let sdk: typeof Anthropic
  before(async () => {
    sdk = (await import('@anthropic-ai/sdk')).default
  })
  scenariosOf(
    anthropicClient(() => sdk, house),
    house,
  )

  test('T36 a picture among the results of a tool arrives', async () => {
    const client = new sdk({ baseURL: house().url, apiKey: house().key, authToken: null, maxRetries: 0 })
    for (const model of ['chat', 'responses', 'messages', 'gemini', 'converse', 'ollama']) {
      house().model.plays((heard) => ({ text: heard.turns.length > 0 ? 'Seen.' : '' }))
      const { data, response } = await client.messages
        .create({
          model,
          max_tokens: 500,
          tools,
          messages: [
            { role: 'user', content: 'Look.' },
            {
              role: 'assistant',
              content: [{ type: 'tool_use', id: 'toolu_1', name: 'find_file', input: { pattern: 'a.png' } }],
            },
            {
              role: 'user',
              content: [
                {
                  type: 'tool_result',
                  tool_use_id: 'toolu_1',
                  content: [{ type: 'text', text: 'a.png' }, imageOf(PNG)],
                },
              ],
            },
          ],
        })
        .withResponse()
      assert.equal(data.content[0]?.type, 'text', model)
      const { heard, refusal } = house().model.visits.at(-1) ?? { heard: null, refusal: 'none' }
      assert.equal(refusal, null, model)
      const media = heard?.turns.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.type === 'media' ? [part] : part.type === 'result' ? part.media : [])),
      )
      assert.deepEqual(
        media?.map(({ bytes }) => bytes.equals(PNG)),
        [true],
        `${model} saw the picture`,
      )
      assert.doesNotMatch(response.headers.get('x-causeway-dropped') ?? '', /image/)
    }
  })

  test('T31 a call without its result, and a result without its call, are refused by name', async () => {
    const client = new sdk({ baseURL: house().url, apiKey: house().key, authToken: null, maxRetries: 0 })
    const use = { type: 'tool_use' as const, id: 'toolu_1', name: 'find_file', input: { pattern: 'x' } }
    const result = { type: 'tool_result' as const, tool_use_id: 'toolu_2', content: 'y' }
    for (const model of ['chat', 'responses', 'gemini', 'converse', 'ollama']) {
      for (const messages of [
        [
          { role: 'user' as const, content: 'Look.' },
          { role: 'assistant' as const, content: [use] },
          { role: 'user' as const, content: 'Never mind.' },
        ],
        [
          { role: 'user' as const, content: 'Look.' },
          { role: 'assistant' as const, content: 'No.' },
          { role: 'user' as const, content: [result] },
        ],
      ]) {
        const error = await client.messages.create({ model, max_tokens: 500, tools, messages }).then(
          () => null,
          (thrown: unknown) => thrown,
        )
        assert.ok(error instanceof sdk.BadRequestError, `${model}: ${String(error)}`)
        assert.match(error.message, /toolu_/)
      }
    }
    assert.equal(house().model.visits.length, 0)
  })

  test('tokens are counted, there and here', async () => {
    const client = new sdk({ baseURL: house().url, apiKey: house().key, authToken: null, maxRetries: 0 })
    const count = (model: string) =>
      client.messages.countTokens({ model, messages: [{ role: 'user', content: 'Hello' }] })
    assert.equal((await count('messages')).input_tokens, 33)
    assert.ok((await count('gemini')).input_tokens > 0)
  })
})
