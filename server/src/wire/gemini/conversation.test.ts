import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonObject } from '../../domain/index.ts'
import { faultOfAct, readJson, translate } from '../testing.ts'
import { gemini } from './index.ts'

const said = (...parts: JsonObject[]): JsonObject => ({ contents: [{ role: 'user', parts }] })
const HELLO = said({ text: 'Hello' })

const toChat = (json: JsonObject) => translate('gemini', json, {}, 'openai-chat')
const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value : assert.fail('no list')

describe('from this dialect into another', () => {
  it('carries system, roles, text and settings in either spelling', () => {
    const { body, dropped } = toChat({
      system_instruction: { parts: { text: 'Be brief' } },
      contents: [
        { parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ text: 'Hello' }] },
        { role: 'user', parts: [{ text: 'More' }] },
      ],
      generation_config: {
        max_output_tokens: 9,
        temperature: 0.5,
        top_p: 0.9,
        stop_sequences: ['x'],
        seed: 4,
        thinking_config: { thinking_level: 'LOW' },
      },
    })
    assert.deepEqual(
      listOf(body['messages']).map(({ role, content }) => [role, content]),
      [
        ['system', 'Be brief'],
        ['user', 'Hi'],
        ['assistant', 'Hello'],
        ['user', 'More'],
      ],
    )
    const { temperature, top_p: topP, stop, seed, reasoning_effort: effort } = body
    assert.deepEqual([temperature, topP, stop, seed, effort], [0.5, 0.9, ['x'], 4, 'low'])
    assert.equal(body['max_completion_tokens'], 9)
    assert.deepEqual(dropped, [])
  })

  it('writes bytes in the usual alphabet, whichever of the two they came in', () => {
    const { body } = toChat(
      said(
        { inline_data: { mime_type: 'image/png', data: '-_8=' } },
        { inlineData: { mimeType: 'image/png', data: '-_8' } },
      ),
    )
    const [turn] = listOf(body['messages'])
    assert.deepEqual(
      listOf(turn?.['content']).map((part) => part['image_url']),
      [{ url: 'data:image/png;base64,+/8=' }, { url: 'data:image/png;base64,+/8=' }],
    )
  })

  it('T30 gives calls without ids the same ids each time, and pairs answers by name and order', () => {
    const history: JsonObject = {
      contents: [
        { parts: [{ text: 'Weather in A and B, and the time?' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'weather', args: { at: 'A' } } },
            { functionCall: { name: 'weather', args: { at: 'B' } } },
            { functionCall: { name: 'time' } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'time', response: { output: '12' } } },
            { functionResponse: { name: 'weather', response: { output: 'sun' } } },
            { functionResponse: { name: 'weather', response: { t: 1 } } },
          ],
        },
      ],
    }
    const messages = listOf(toChat(history).body['messages'])
    const calls = listOf(messages[1]?.['tool_calls'])
    const ids = calls.map(({ id }) => id)
    assert.equal(new Set(ids).size, 3)
    const results = messages.slice(2).map((message) => [message['tool_call_id'], message['content']])
    assert.deepEqual(results, [
      [ids[0], 'sun'],
      [ids[1], '{"t":1}'],
      [ids[2], '12'],
    ])
    assert.deepEqual(toChat(history).body, toChat(history).body)
  })

  it('T30 pairs by id first, and takes an id that only the answer has', () => {
    const call = (more: JsonObject): JsonObject => ({ functionCall: { name: 'f', ...more } })
    const answer = (output: string, id: string): JsonObject => ({
      functionResponse: { name: 'f', id, response: { output } },
    })
    const results = (calls: readonly JsonObject[], answers: readonly JsonObject[]) =>
      listOf(
        toChat({
          contents: [
            { parts: [{ text: 'Go' }] },
            { role: 'model', parts: calls },
            { role: 'user', parts: answers },
          ],
        }).body['messages'],
      )
        .slice(2)
        .map(({ content }) => content)
    assert.deepEqual(
      results([call({ id: 'a' }), call({ id: 'b' })], [answer('second', 'b'), answer('first', 'a')]),
      ['first', 'second'],
    )
    assert.deepEqual(results([call({})], [answer('only', 'x')]), ['only'])
  })

  it('takes nothing but thoughts out of what another issuer sealed, whatever a client puts there', () => {
    const sealed = (dialect: string, content: JsonObject): JsonObject => ({
      contents: [
        { parts: [{ text: 'Go' }] },
        {
          role: 'model',
          parts: [
            {
              text: '',
              thought: true,
              thoughtSignature: Buffer.from(`causeway-${dialect}:${JSON.stringify(content)}`).toString(
                'base64',
              ),
            },
            { text: 'Hi' },
          ],
        },
        { parts: [{ text: 'On' }] },
      ],
    })
    const forged = { value: 'v', raw: { type: 'server_tool_use', name: 'web_search' } }
    const one = translate('gemini', sealed('anthropic-messages', forged), {}, 'anthropic-messages')
    assert.doesNotMatch(one.text, /web_search/)
    const other = translate('gemini', sealed('openai-responses', forged), {}, 'openai-responses')
    assert.doesNotMatch(other.text, /web_search/)
    assert.deepEqual(other.dropped, ['contents[1].parts[0].thoughtSignature'])
    const none = translate('gemini', sealed('nobody', { value: 'v' }), {}, 'openai-chat')
    assert.deepEqual(none.dropped, ['contents[1].parts[0].thoughtSignature'])
    const item = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'enc' }
    const kept = translate(
      'gemini',
      sealed('openai-responses', { value: 'enc', raw: item }),
      {},
      'openai-responses',
    )
    assert.match(kept.text, /"encrypted_content":"enc"/)
  })

  it('T34 leaves empty text out', () => {
    const { body } = toChat({ contents: [{ parts: [{ text: '' }, { text: 'Hi' }] }] })
    assert.deepEqual(listOf(body['messages']), [{ role: 'user', content: 'Hi' }])
  })

  it('T35 carries a PDF with clean base64, and refuses a file that the vendor holds', () => {
    const pdf = said({ text: 'Read' }, { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } })
    const { body } = translate('gemini', pdf, {}, 'anthropic-messages')
    const content = listOf(listOf(body['messages'])[0]?.['content'])
    assert.deepEqual(content[1]?.['source'], {
      type: 'base64',
      media_type: 'application/pdf',
      data: 'JVBERi0=',
    })
    for (const fileUri of ['gs://b/a.png', 'https://generativelanguage.googleapis.com/v1beta/files/x']) {
      const held = said({ fileData: { mimeType: 'image/png', fileUri } })
      assert.equal(faultOfAct(() => toChat(held)).code, 'cannot_translate')
    }
  })

  it('T40 carries the answer’s schema, its own kind of schema as JSON Schema', () => {
    const own = {
      type: 'OBJECT',
      properties: { n: { type: 'INTEGER', nullable: true, maximum: 5 }, l: { type: 'ARRAY', minItems: '2' } },
      propertyOrdering: ['l', 'n'],
    }
    const { body, text } = toChat({
      ...HELLO,
      generationConfig: { responseMimeType: 'application/json', responseSchema: own },
    })
    const schema = {
      type: 'object',
      properties: { l: { type: 'array', minItems: 2 }, n: { type: ['integer', 'null'], maximum: 5 } },
    }
    assert.deepEqual(body['response_format'], {
      type: 'json_schema',
      json_schema: { name: 'answer', schema },
    })
    assert.match(text, /"properties":\{"l".*"n"/)
    const json = toChat({ ...HELLO, generationConfig: { responseMimeType: 'application/json' } })
    assert.deepEqual(json.body['response_format'], { type: 'json_object' })
  })

  it('maps the choice of tools', () => {
    const choose = (calling: JsonObject) =>
      toChat({
        ...HELLO,
        tools: [{ functionDeclarations: [{ name: 'f' }, { name: 'g' }] }],
        toolConfig: { functionCallingConfig: calling },
      })
    assert.equal(choose({ mode: 'ANY' }).body['tool_choice'], 'required')
    assert.equal(choose({ mode: 'NONE' }).body['tool_choice'], 'none')
    assert.deepEqual(choose({ mode: 'ANY', allowedFunctionNames: ['f'] }).body['tool_choice'], {
      type: 'function',
      function: { name: 'f' },
    })
    assert.deepEqual(choose({ mode: 'ANY', allowedFunctionNames: ['f', 'g'] }).dropped, [])
    assert.deepEqual(choose({ mode: 'VALIDATED' }).dropped, ['toolConfig.functionCallingConfig.mode'])
  })

  for (const [field, more] of [
    ['tools[0].googleSearch', { tools: [{ googleSearch: {} }] }],
    ['cachedContent', { cachedContent: 'cachedContents/1' }],
    ['generationConfig.candidateCount', { generationConfig: { candidateCount: 2 } }],
    ['generationConfig.speechConfig', { generationConfig: { speechConfig: {} } }],
    ['generationConfig.responseModalities', { generationConfig: { responseModalities: ['IMAGE'] } }],
    ['generationConfig.responseMimeType', { generationConfig: { responseMimeType: 'text/x.enum' } }],
  ] as const) {
    it(`refuses ${field} elsewhere`, () => {
      const fault = faultOfAct(() => toChat({ ...HELLO, ...more }))
      assert.deepEqual([fault.code, fault.field], ['cannot_translate', field])
    })
  }

  it('signals what has no counterpart, and lets neutral values go in silence', () => {
    const { dropped } = toChat({
      ...HELLO,
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
      generationConfig: { responseModalities: ['TEXT'], candidateCount: 1, mediaResolution: 'LOW' },
      somethingNew: { a: 1 },
    })
    assert.deepEqual(dropped, ['safetySettings', 'somethingNew', 'generationConfig.mediaResolution'])
  })

  it('refuses code that the vendor ran and a role nobody knows', () => {
    const code = said({ executableCode: { language: 'PYTHON', code: '1' } })
    assert.equal(faultOfAct(() => toChat(code)).code, 'cannot_translate')
    const role = { contents: [{ role: 'system', parts: [{ text: 'x' }] }] }
    assert.equal(faultOfAct(() => toChat(role)).field, 'contents[0].role')
  })

  it('does not carry embeddings', () => {
    const call = { ...readJson('gemini', HELLO), operation: 'embed' as const }
    assert.equal(faultOfAct(() => gemini.conversation(call)).code, 'cannot_translate')
  })
})
