import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type * as OllamaSdk from 'ollama'
import { type ClientsHouse, houseOfSuite, suite } from './house.ts'
import { SCHEMA, TOOLS } from './kit.ts'
import { scenariosOf } from './scenarios.ts'
import type { Client, Opening, Part, Reply, Talk } from './talk.ts'

type Sdk = typeof OllamaSdk
type Message = OllamaSdk.Message

const tools: OllamaSdk.Tool[] = TOOLS.map(({ name, description, schema }) => ({
  type: 'function',
  function: { name, description, parameters: { ...schema, required: [...schema.required] } },
}))

const userMessage = (parts: readonly Part[]): Message => {
  const images = parts.flatMap((part) =>
    typeof part !== 'string' && 'image' in part ? [part.image.toString('base64')] : [],
  )
  return {
    role: 'user',
    content: parts.filter((part) => typeof part === 'string').join('\n'),
    ...(images.length === 0 ? {} : { images }),
  }
}

const requestOf = ({ model, system, tools: offered, think, schema }: Opening, history: Message[]) => ({
  model,
  messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), ...history],
  ...(offered ? { tools } : {}),
  ...(think ? { think: true } : {}),
  ...(schema ? { format: SCHEMA } : {}),
})

const replyOf = (message: Message, last: OllamaSdk.ChatResponse | undefined): Reply => {
  const calls = (message.tool_calls ?? []).map(({ function: made }) => ({
    id: '',
    name: made.name,
    input: made.arguments,
  }))
  return {
    text: message.content,
    thought: message.thinking ?? null,
    calls,
    input: last?.prompt_eval_count ?? null,
    output: last?.eval_count ?? null,
    cached: null,
    finish: calls.length > 0 ? 'tool' : last?.done_reason === 'stop' ? 'stop' : 'other',
  }
}

const ollama = (sdk: () => Sdk, house: () => ClientsHouse): Client => {
  const client = () =>
    new (sdk().Ollama)({ host: house().url, headers: { authorization: `Bearer ${house().key}` } })
  return {
    name: 'ollama',
    lacks: ['pdf', 'retry-after', 'cached'],
    open(opening): Talk {
      const history: Message[] = []
      const { signal, stream, onText } = opening
      const ask = async (): Promise<Reply> => {
        const own = client()
        const request = requestOf(opening, history)
        signal?.addEventListener('abort', () => own.abort())
        let message: Message = { role: 'assistant', content: '' }
        let last: OllamaSdk.ChatResponse | undefined
        if (stream)
          for await (const piece of await own.chat({ ...request, stream: true })) {
            last = piece
            const { content, thinking, tool_calls } = piece.message
            message = {
              ...message,
              content: message.content + content,
              ...(thinking ? { thinking: (message.thinking ?? '') + thinking } : {}),
              ...(tool_calls ? { tool_calls: [...(message.tool_calls ?? []), ...tool_calls] } : {}),
            }
            if (content !== '') onText?.(content)
          }
        else {
          // Only a stream of this SDK can be given up.
          last = await (signal === undefined ? own.chat(request) : givenUp(signal, house(), request))
          message = last.message
        }
        history.push(message)
        return replyOf(message, last)
      }
      return {
        user(...parts) {
          history.push(userMessage(parts))
          return ask()
        },
        results(results) {
          for (const { call, text } of results)
            history.push({ role: 'tool', content: text, tool_name: call.name })
          return ask()
        },
      }
    },
    problem(error) {
      assert.ok(error instanceof Error)
      const status =
        'status_code' in error && typeof error.status_code === 'number' ? error.status_code : null
      return { status, retryAfter: null, message: error.message }
    },
  }
}

const givenUp = async (
  signal: AbortSignal,
  { url, key }: ClientsHouse,
  request: object,
): Promise<OllamaSdk.ChatResponse> => {
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    signal,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, stream: false }),
  })
  const body: OllamaSdk.ChatResponse = JSON.parse(await response.text())
  return body
}

suite('ollama', () => {
  const house = houseOfSuite()
  let sdk: Sdk
  before(async () => {
    sdk = await import('ollama')
  })
  scenariosOf(
    ollama(() => sdk, house),
    house,
  )

  test('what it asks besides: models, one model, the version, text to go on from', async () => {
    const client = new sdk.Ollama({ host: house().url, headers: { authorization: `Bearer ${house().key}` } })
    const { models } = await client.list()
    assert.ok(models.some(({ name }) => name === 'messages'))
    assert.ok(await client.show({ model: 'messages' }))
    const { response } = await client.generate({ model: 'gemini', prompt: 'Hi' })
    assert.match(response ?? '', /simulated model/)
  })
})
