import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type OpenAI from 'openai'
import { type ClientsHouse, houseOfSuite, suite } from './house.ts'
import { SCHEMA, TOOLS } from './kit.ts'
import { scenariosOf } from './scenarios.ts'
import type { Client, Opening, Part, Reply, Talk } from './talk.ts'

type Item = OpenAI.Responses.ResponseInputItem
type Response = OpenAI.Responses.Response

const partOf = (part: Part): OpenAI.Responses.ResponseInputContent => {
  if (typeof part === 'string') return { type: 'input_text', text: part }
  if ('image' in part)
    return {
      type: 'input_image',
      detail: 'auto',
      image_url: `data:image/png;base64,${part.image.toString('base64')}`,
    }
  const file_data = `data:application/pdf;base64,${part.pdf.toString('base64')}`
  return { type: 'input_file', filename: 'a.pdf', file_data }
}

const tools: OpenAI.Responses.FunctionTool[] = TOOLS.map(({ name, description, schema }) => ({
  type: 'function',
  name,
  description,
  strict: true,
  parameters: { ...schema },
}))

const bodyOf = ({ model, system, tools: offered, think, schema }: Opening, input: Item[]) => ({
  model,
  input,
  store: false,
  ...(system === undefined ? {} : { instructions: system }),
  ...(offered ? { tools } : {}),
  ...(think
    ? {
        reasoning: { effort: 'medium' as const, summary: 'auto' as const },
        include: ['reasoning.encrypted_content' as const],
      }
    : {}),
  ...(schema
    ? {
        text: {
          format: { type: 'json_schema' as const, name: 'thing', strict: true, schema: { ...SCHEMA } },
        },
      }
    : {}),
})

const thoughtOf = (item: OpenAI.Responses.ResponseReasoningItem): string =>
  [...item.summary, ...(item.content ?? [])].map(({ text }) => text).join('')

/** What a client without tools of its vendor's sends back of an answer. */
const isSentBack = (
  item: OpenAI.Responses.ResponseOutputItem,
): item is
  | OpenAI.Responses.ResponseOutputMessage
  | OpenAI.Responses.ResponseReasoningItem
  | OpenAI.Responses.ResponseFunctionToolCall =>
  item.type === 'message' || item.type === 'reasoning' || item.type === 'function_call'

const replyOf = ({ output, usage, status }: Response): Reply => {
  const calls = output.flatMap((item) =>
    item.type === 'function_call'
      ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }]
      : [],
  )
  const texts = output.flatMap((item) =>
    item.type === 'message'
      ? item.content.map((part) => (part.type === 'output_text' ? part.text : part.refusal))
      : [],
  )
  const thoughts = output.flatMap((item) => (item.type === 'reasoning' ? [thoughtOf(item)] : []))
  return {
    text: texts.join(''),
    thought: thoughts.length === 0 ? null : thoughts.join(''),
    calls,
    input: usage?.input_tokens ?? null,
    output: usage?.output_tokens ?? null,
    cached: usage?.input_tokens_details.cached_tokens ?? null,
    finish: calls.length > 0 ? 'tool' : status === 'completed' ? 'stop' : 'other',
  }
}

const openaiResponses = (sdk: () => typeof OpenAI, house: () => ClientsHouse): Client => {
  const client = () => new (sdk())({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })
  return {
    name: 'openai responses',
    lacks: [],
    open(opening): Talk {
      const history: Item[] = []
      const { signal, stream, onText } = opening
      const options = signal === undefined ? {} : { signal }
      const ask = async (): Promise<Reply> => {
        const body = bodyOf(opening, history)
        const answer = stream ? await streamed(body) : await client().responses.create(body, options)
        if (answer.status === 'failed') throw new Error(answer.error?.message ?? 'failed')
        history.push(...answer.output.filter(isSentBack))
        return replyOf(answer)
      }
      const streamed = async (body: ReturnType<typeof bodyOf>): Promise<Response> => {
        let final: Response | null = null
        for await (const event of await client().responses.create({ ...body, stream: true }, options)) {
          if (event.type === 'response.output_text.delta') onText?.(event.delta)
          if (event.type === 'response.failed')
            throw new Error(event.response.error?.message ?? 'failed without a word')
          if (event.type === 'response.completed' || event.type === 'response.incomplete')
            final = event.response
        }
        if (final === null) throw new Error('the stream ended without its last event')
        return final
      }
      return {
        user(...parts) {
          const [only] = parts
          const content = parts.length === 1 && typeof only === 'string' ? only : parts.map(partOf)
          history.push({ type: 'message', role: 'user', content })
          return ask()
        },
        results(results) {
          for (const { call, text } of results)
            history.push({ type: 'function_call_output', call_id: call.id, output: text })
          return ask()
        },
      }
    },
    problem(error) {
      if (!(error instanceof sdk().APIError)) {
        assert.ok(error instanceof Error)
        return { status: null, retryAfter: null, message: error.message }
      }
      return {
        status: error.status ?? null,
        retryAfter: error.headers?.get('retry-after') ?? null,
        message: error.message,
      }
    },
  }
}

suite('openai: Responses', () => {
  const house = houseOfSuite()
  let sdk: typeof OpenAI
  before(async () => {
    sdk = (await import('openai')).default
  })
  scenariosOf(
    openaiResponses(() => sdk, house),
    house,
  )

  test('the SDK’s own stream of a response, on a model of another dialect', async () => {
    const client = new sdk({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })
    house().model.plays(() => ({
      think: 'Hm.',
      text: 'Streamed.',
      calls: [{ name: 'weather', input: { place: 'x' } }],
    }))
    const final = await client.responses
      .stream({ model: 'converse', input: 'Go.', tools, reasoning: { effort: 'medium' } })
      .finalResponse()
    assert.equal(final.output_text, 'Streamed.')
    assert.deepEqual(
      final.output.map(({ type }) => type),
      ['reasoning', 'message', 'function_call'],
    )
  })

  test('a conversation goes on by the id of its last answer, on a model that keeps nothing', async () => {
    const client = new sdk({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })
    house().model.plays((heard) => ({ text: `turn ${heard.turns.length}` }))
    const first = await client.responses.create({ model: 'gemini', input: 'One.' })
    const second = await client.responses.create({
      model: 'messages',
      input: 'Two.',
      previous_response_id: first.id,
    })
    assert.equal(second.output_text, 'turn 3')
    assert.equal((await client.responses.retrieve(first.id)).output_text, 'turn 1')
    await client.responses.delete(first.id)
    await assert.rejects(client.responses.retrieve(first.id), sdk.NotFoundError)
  })
})
