import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonObject, Operation } from '../../domain/index.ts'
import { faultOfAct, LIMITS } from '../testing.ts'
import { gemini } from './index.ts'

const read = (
  json: Json,
  action = 'generateContent',
  query = '',
  operation: Operation = 'chat',
  model: string | null = 'gemini-2.5-flash',
) =>
  gemini.read(
    Buffer.from(JSON.stringify(json)),
    { id: 'cw_test', operation, headers: {}, path: { model, action, query } },
    LIMITS,
  )

const said = (...parts: JsonObject[]): JsonObject => ({ contents: [{ role: 'user', parts }] })
const HELLO = said({ text: 'Hello' })

describe('reading a request', () => {
  it('takes model, stream and framing from the path', () => {
    const whole = read(HELLO)
    assert.deepEqual([whole.model, whole.stream, whole.modelSpan], ['gemini-2.5-flash', false, null])
    assert.equal(read(HELLO, 'streamGenerateContent').framing, 'array')
    const events = read(HELLO, 'streamGenerateContent', 'key=x&alt=sse')
    assert.deepEqual([events.stream, events.framing, events.wantsUsage], [true, 'sse', true])
  })

  it('finds media in either spelling at the place where they stand', () => {
    const { media, needs } = read(
      said(
        { inline_data: { mime_type: 'image/png', data: 'AAAA' } },
        { fileData: { mimeType: 'application/pdf', fileUri: 'https://example.com/a.pdf' } },
        { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } },
      ),
    )
    assert.deepEqual(media, [
      { path: 'contents[0].parts[0].inline_data.data', type: 'image', mime: 'image/png', remote: false },
      { path: 'contents[0].parts[1].fileData.fileUri', type: 'file', remote: true },
      { path: 'contents[0].parts[2].inlineData.data', type: 'audio', mime: 'audio/wav', remote: false },
    ])
    assert.deepEqual([needs.images, needs.files, needs.audio], [true, true, true])
  })

  it('finds media inside the answer of a function and in a count', () => {
    const answer = { name: 'f', response: {}, parts: [{ inlineData: { mimeType: 'image/png', data: 'AA' } }] }
    const { media } = read(said({ functionResponse: answer }))
    assert.equal(media[0]?.path, 'contents[0].parts[0].functionResponse.parts[0].inlineData.data')
    const inner = said({ inlineData: { mimeType: 'image/png', data: 'AA' } })
    const counted = read(
      { generateContentRequest: { model: 'models/m', ...inner } },
      'countTokens',
      '',
      'count',
    )
    assert.equal(counted.media[0]?.path, 'generateContentRequest.contents[0].parts[0].inlineData.data')
  })

  it('knows what a target must be able to do', () => {
    const { needs } = read({
      ...HELLO,
      tools: [{ function_declarations: [{ name: 'f' }] }],
      generation_config: { max_output_tokens: 12, response_mime_type: 'application/json' },
    })
    assert.deepEqual([needs.tools, needs.structured, needs.outputTokens], [true, true, 12])
  })

  const wrong: readonly (readonly [string, Json, string])[] = [
    ['no contents', {}, 'contents'],
    ['empty contents', { contents: [] }, 'contents'],
    ['contents that are text', { contents: 'Hello' }, 'contents'],
    ['a content that is text', { contents: ['Hello'] }, 'contents[0]'],
    ['text that is none', said({ text: 1 }), 'contents[0].parts[0].text'],
    ['two kinds of data', said({ text: 'a', functionCall: { name: 'f' } }), 'contents[0].parts[0]'],
    ['both spellings', said({ inlineData: {}, inline_data: {} }), 'contents[0].parts[0].inlineData'],
    ['data without bytes', said({ inlineData: { mimeType: 'a/b' } }), 'contents[0].parts[0].inlineData.data'],
    ['a file without address', said({ fileData: {} }), 'contents[0].parts[0].fileData.fileUri'],
    ['a call without name', said({ functionCall: { args: {} } }), 'contents[0].parts[0].functionCall.name'],
    [
      'arguments that are a list',
      said({ functionCall: { name: 'f', args: [] } }),
      'contents[0].parts[0].functionCall.args',
    ],
    [
      'an answer without name',
      said({ functionResponse: { response: {} } }),
      'contents[0].parts[0].functionResponse.name',
    ],
    ['a system text', { ...HELLO, systemInstruction: 'x' }, 'systemInstruction'],
    ['tools that are text', { ...HELLO, tools: 'x' }, 'tools'],
    [
      'a function without name',
      { ...HELLO, tools: [{ functionDeclarations: [{}] }] },
      'tools[0].functionDeclarations[0].name',
    ],
    [
      'a limit of zero',
      { ...HELLO, generationConfig: { maxOutputTokens: 0 } },
      'generationConfig.maxOutputTokens',
    ],
    ['a config that is a list', { ...HELLO, generationConfig: [] }, 'generationConfig'],
    [
      'a budget in words',
      { ...HELLO, generationConfig: { thinkingConfig: { thinkingBudget: 'many' } } },
      'generationConfig.thinkingConfig.thinkingBudget',
    ],
  ]
  for (const [what, json, field] of wrong) {
    it(`refuses ${what} by name`, () => {
      const fault = faultOfAct(() => read(json))
      assert.deepEqual([fault.code, fault.field], ['invalid_request', field])
    })
  }

  it('refuses a path without a model, too many contents and embeddings without content', () => {
    assert.equal(faultOfAct(() => read(HELLO, 'generateContent', '', 'chat', null)).field, 'model')
    const many = { contents: Array.from({ length: 51 }, () => ({ parts: [{ text: 'a' }] })) }
    assert.equal(faultOfAct(() => read(many)).code, 'too_many_messages')
    assert.equal(faultOfAct(() => read({}, 'embedContent', '', 'embed')).field, 'content')
    assert.equal(
      faultOfAct(() => read({ requests: [] }, 'batchEmbedContents', '', 'embed')).field,
      'requests',
    )
    assert.equal(
      faultOfAct(() => read({ requests: [{}] }, 'batchEmbedContents', '', 'embed')).field,
      'requests[0].content',
    )
  })

  it('takes no field from a key that stands for a prototype', () => {
    const source = '{"__proto__":{"contents":[{"parts":[{"text":"a"}]}]},"safety_settings":[]}'
    const act = () =>
      gemini.read(
        Buffer.from(source),
        {
          id: 'x',
          operation: 'chat',
          headers: {},
          path: { model: 'm', action: 'generateContent', query: '' },
        },
        LIMITS,
      )
    assert.equal(faultOfAct(act).field, 'contents')
  })

  it('gives each operation its path, the model encoded', () => {
    const at = (operation: Operation, stream: boolean, source = '{}') =>
      gemini.path({ operation, stream, source, verbatim: null }, 'a/b c')
    assert.equal(at('chat', false), '/models/a%2Fb%20c:generateContent')
    assert.equal(at('chat', true), '/models/a%2Fb%20c:streamGenerateContent?alt=sse')
    assert.equal(at('count', false), '/models/a%2Fb%20c:countTokens')
    assert.equal(at('embed', false, '{"content":{}}'), '/models/a%2Fb%20c:embedContent')
    assert.equal(at('embed', false, '{"requests":[]}'), '/models/a%2Fb%20c:batchEmbedContents')
    assert.equal(faultOfAct(() => at('image', false)).code, 'cannot_translate')
  })
})
