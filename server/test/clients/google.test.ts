import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type * as GenAI from '@google/genai'
import { type ClientsHouse, houseOfSuite, suite } from './house.ts'
import { SCHEMA, TOOLS } from './kit.ts'
import { scenariosOf } from './scenarios.ts'
import type { Called, Client, Opening, Part, Reply, Talk } from './talk.ts'

type Sdk = typeof GenAI

const partOf = (part: Part): GenAI.Part => {
  if (typeof part === 'string') return { text: part }
  if ('image' in part) return { inlineData: { mimeType: 'image/png', data: part.image.toString('base64') } }
  return { inlineData: { mimeType: 'application/pdf', data: part.pdf.toString('base64') } }
}

const configOf = ({ system, tools, think, schema, signal }: Opening): GenAI.GenerateContentConfig => ({
  ...(system === undefined ? {} : { systemInstruction: system }),
  ...(tools
    ? {
        tools: [
          {
            functionDeclarations: TOOLS.map(({ name, description, schema: parametersJsonSchema }) => ({
              name,
              description,
              parametersJsonSchema,
            })),
          },
        ],
      }
    : {}),
  ...(think ? { thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 } } : {}),
  ...(schema ? { responseMimeType: 'application/json', responseJsonSchema: SCHEMA } : {}),
  ...(signal === undefined ? {} : { abortSignal: signal }),
})

const replyOf = (parts: readonly GenAI.Part[], last: GenAI.GenerateContentResponse | undefined): Reply => {
  const thoughts = parts.flatMap(({ text, thought }) => (thought && text !== undefined ? [text] : []))
  const calls = parts.flatMap(({ functionCall: call }): readonly Called[] =>
    call === undefined ? [] : [{ id: call.id ?? '', name: call.name ?? '', input: call.args }],
  )
  const reason = last?.candidates?.[0]?.finishReason
  const usage = last?.usageMetadata
  return {
    text: parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join(''),
    thought: thoughts.length === 0 ? null : thoughts.join(''),
    calls,
    input: usage?.promptTokenCount ?? null,
    output: usage === undefined ? null : (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
    cached: usage?.cachedContentTokenCount ?? null,
    finish: calls.length > 0 ? 'tool' : reason === 'STOP' ? 'stop' : 'other',
  }
}

const google = (sdk: () => Sdk, house: () => ClientsHouse): Client => {
  const client = () => new (sdk().GoogleGenAI)({ apiKey: house().key, httpOptions: { baseUrl: house().url } })
  return {
    name: '@google/genai',
    // The error of the SDK holds no headers.
    lacks: ['retry-after'],
    open(opening): Talk {
      const contents: GenAI.Content[] = []
      const { model, stream, onText } = opening
      const ask = async (): Promise<Reply> => {
        const request = { model, contents, config: configOf(opening) }
        const parts: GenAI.Part[] = []
        let last: GenAI.GenerateContentResponse | undefined
        if (stream)
          for await (const chunk of await client().models.generateContentStream(request)) {
            last = chunk
            parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []))
            const text = parts.at(-1)?.text
            if (text) onText?.(text)
          }
        else {
          last = await client().models.generateContent(request)
          parts.push(...(last.candidates?.[0]?.content?.parts ?? []))
        }
        // As the SDK's own chats keep it: every part, seals included.
        contents.push({
          role: 'model',
          parts: parts.filter(({ text, thoughtSignature }) => text !== '' || thoughtSignature !== undefined),
        })
        return replyOf(parts, last)
      }
      return {
        user(...parts) {
          contents.push({ role: 'user', parts: parts.map(partOf) })
          return ask()
        },
        results(results) {
          contents.push({
            role: 'user',
            parts: results.map(({ call, text }) => ({
              functionResponse: {
                name: call.name,
                response: { output: text },
                ...(call.id === '' ? {} : { id: call.id }),
              },
            })),
          })
          return ask()
        },
      }
    },
    problem(error) {
      assert.ok(error instanceof Error)
      const status = error instanceof sdk().ApiError ? error.status : null
      return { status, retryAfter: null, message: error.message }
    },
  }
}

suite('@google/genai', () => {
  const house = houseOfSuite()
  let sdk: Sdk
  before(async () => {
    sdk = await import('@google/genai')
  })
  scenariosOf(
    google(() => sdk, house),
    house,
  )

  test('tokens, models and embeddings', async () => {
    const client = new sdk.GoogleGenAI({ apiKey: house().key, httpOptions: { baseUrl: house().url } })
    const counted = await client.models.countTokens({ model: 'gemini', contents: 'Hello' })
    assert.equal(counted.totalTokens, 33)
    assert.ok(((await client.models.countTokens({ model: 'chat', contents: 'Hello' })).totalTokens ?? 0) > 0)
    const names: (string | undefined)[] = []
    for await (const model of await client.models.list()) names.push(model.name)
    assert.ok(names.includes('models/messages'), names.join())
  })

  test('its own chats go on over another dialect’s sealed thoughts', async () => {
    const client = new sdk.GoogleGenAI({ apiKey: house().key, httpOptions: { baseUrl: house().url } })
    house().model.plays((heard) => ({ think: 'Hm.', text: `turn ${heard.turns.length}` }))
    const chat = client.chats.create({
      model: 'messages',
      config: { thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 } },
    })
    await chat.sendMessage({ message: 'One' })
    assert.match((await chat.sendMessage({ message: 'Two' })).text ?? '', /turn 3/)
  })
})
