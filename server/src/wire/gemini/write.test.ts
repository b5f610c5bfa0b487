import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonObject } from '../../domain/index.ts'
import { asking, faultOfAct, translate } from '../testing.ts'

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value : assert.fail('no list')

const fromChat = (json: JsonObject, model = 'gemini-2.5-flash') =>
  translate('openai-chat', asking('openai-chat', json), { model }, 'gemini')
const fromMessages = (json: JsonObject, model = 'gemini-2.5-flash') =>
  translate('anthropic-messages', asking('anthropic-messages', json), { model }, 'gemini')

const callOf = (id: string, name: string, args = '{}'): JsonObject => ({
  id,
  type: 'function',
  function: { name, arguments: args },
})
const TOOL_TURNS: readonly JsonObject[] = [
  { role: 'user', content: 'Go' },
  { role: 'assistant', content: '', tool_calls: [callOf('a', 'weather', '{"at":"A"}'), callOf('b', 'time')] },
  { role: 'tool', tool_call_id: 'b', content: '12' },
  { role: 'tool', tool_call_id: 'a', content: 'sun' },
]

describe('from another dialect into this one', () => {
  it('T33 names the function of each answer, all of a turn in one content, in the order of the calls', () => {
    const { body } = fromChat({ messages: TOOL_TURNS })
    assert.deepEqual(body['contents'], [
      { role: 'user', parts: [{ text: 'Go' }] },
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'a', name: 'weather', args: { at: 'A' } } },
          { functionCall: { id: 'b', name: 'time', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'weather', response: { output: 'sun' } } },
          { functionResponse: { id: 'b', name: 'time', response: { output: '12' } } },
        ],
      },
    ])
  })

  it('T11 says of calls that another model made that they carry no signature, only where one is demanded', () => {
    const unsigned = fromChat({ messages: TOOL_TURNS }, 'gemini-3-pro-preview')
    const parts = listOf(listOf(unsigned.body['contents'])[1]?.['parts'])
    assert.deepEqual(
      parts.map((part) => part['thoughtSignature']),
      ['skip_thought_signature_validator', undefined],
    )
    assert.doesNotMatch(fromChat({ messages: TOOL_TURNS }, 'gemini-2.5-pro').text, /thoughtSignature/)
    const [go, turn, ...results] = TOOL_TURNS
    const calls = listOf(turn?.['tool_calls'])
    const signed = { ...calls[0], extra_content: { google: { thought_signature: 'U0lH' } } }
    const history = [go ?? {}, { ...turn, tool_calls: [signed, calls[1] ?? {}] }, ...results]
    const kept = fromChat({ messages: history }, 'gemini-3-pro-preview')
    const again = listOf(listOf(kept.body['contents'])[1]?.['parts'])
    assert.deepEqual(
      again.map((part) => part['thoughtSignature']),
      ['U0lH', undefined],
    )
  })

  it('T38 leaves schemas as they are', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { n: { type: 'integer', exclusiveMinimum: 0 }, p: { $ref: '#/$defs/P' } },
      $defs: { P: { type: 'string' } },
    }
    const { body, dropped } = fromChat({
      tools: [{ type: 'function', function: { name: 'f', parameters: schema } }],
    })
    assert.deepEqual(body['tools'], [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: schema }] }])
    assert.deepEqual(dropped, [])
  })

  it('T39 leaves stream_options and whatever else it does not know out of generationConfig', () => {
    const { body, text, dropped } = fromChat({
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 5,
      vendor_extra: 1,
    })
    assert.deepEqual(body['generationConfig'], { maxOutputTokens: 5 })
    assert.doesNotMatch(text, /stream|vendor/)
    assert.deepEqual(dropped, ['vendor_extra'])
  })

  it('T40 asks for JSON and for a schema in its own fields', () => {
    const format = (value: JsonObject) => fromChat({ response_format: value }).body['generationConfig']
    assert.deepEqual(format({ type: 'json_object' }), { responseMimeType: 'application/json' })
    const schema = { type: 'object', properties: { a: { const: 1 } } }
    assert.deepEqual(format({ type: 'json_schema', json_schema: { name: 'x', schema } }), {
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
    })
  })

  it('T34 T35 sends no empty text, and files with clean base64', () => {
    const { body, dropped } = fromChat({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: '' },
            { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBE\nRi0=' } },
            { type: 'image_url', image_url: { url: 'data:image/jpg;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png?x=1' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
          ],
        },
      ],
    })
    assert.deepEqual(listOf(body['contents'])[0]?.['parts'], [
      { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } },
      { inlineData: { mimeType: 'image/jpeg', data: 'AAAA' } },
      { fileData: { mimeType: 'image/png', fileUri: 'https://example.com/a.png?x=1' } },
      { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } },
    ])
    assert.deepEqual(dropped, [])
  })

  it('T36 delivers an image inside a result, within it where the model takes it there', () => {
    const history = {
      messages: [
        { role: 'user', content: 'Go' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'shot', input: {} }] },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 't',
              is_error: true,
              content: [
                { type: 'text', text: 'oops' },
                { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
              ],
            },
          ],
        },
      ],
    }
    const image = { inlineData: { mimeType: 'image/png', data: 'AAAA' } }
    const answer = { id: 't', name: 'shot', response: { error: 'oops' } }
    const third = listOf(fromMessages(history, 'gemini-3-flash').body['contents'])
    assert.deepEqual(third[2]?.['parts'], [{ functionResponse: { ...answer, parts: [image] } }])
    const second = listOf(fromMessages(history).body['contents'])
    assert.deepEqual(second[2]?.['parts'], [{ functionResponse: answer }])
    assert.deepEqual(second[3]?.['parts'], [{ text: 'Attachment of the tool result t:' }, image])
  })

  it('asks for thinking as each generation is asked', () => {
    const thinking = (model: string, effort: string) => {
      const config = fromChat({ reasoning_effort: effort }, model).body['generationConfig']
      return typeof config === 'object' && config !== null && 'thinkingConfig' in config
        ? config['thinkingConfig']
        : null
    }
    assert.deepEqual(thinking('gemini-3-pro', 'low'), { thinkingLevel: 'LOW', includeThoughts: true })
    assert.deepEqual(thinking('gemini-flash-latest', 'none'), { thinkingLevel: 'MINIMAL' })
    assert.deepEqual(thinking('gemini-2.5-pro', 'none'), { thinkingBudget: 0 })
    assert.deepEqual(thinking('gemini-2.5-pro', 'medium'), { thinkingBudget: 4096, includeThoughts: true })
    assert.deepEqual(fromChat({ reasoning_effort: 'max' }, 'gemini-3-pro').dropped, ['reasoning_effort'])
    const budget = fromMessages({ thinking: { type: 'enabled', budget_tokens: 2000 } }).body[
      'generationConfig'
    ]
    assert.deepEqual(budget, {
      maxOutputTokens: 2000,
      thinkingConfig: { thinkingBudget: 2000, includeThoughts: true },
    })
  })

  it('keeps system turns in their place, and leaves the thoughts of others out, both with a signal', () => {
    const { body, dropped } = fromMessages({
      system: 'S',
      messages: [
        { role: 'user', content: 'a' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'secret thought', signature: 'sig' },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'user', content: 'c' },
      ],
    })
    assert.deepEqual(body['systemInstruction'], { parts: [{ text: 'S' }] })
    assert.doesNotMatch(JSON.stringify(body), /secret thought|sig"/)
    assert.deepEqual(dropped, ['messages[1].reasoning'])
    const mid = fromChat({
      messages: [
        { role: 'user', content: 'a' },
        { role: 'system', content: 'b' },
      ],
    })
    assert.deepEqual(listOf(mid.body['contents'])[1], {
      role: 'user',
      parts: [{ text: '<system>\nb\n</system>' }],
    })
    assert.deepEqual(mid.dropped, ['messages[1].role'])
  })

  it('refuses what cannot be said', () => {
    const broken = [
      { role: 'user', content: 'Go' },
      { role: 'assistant', tool_calls: [callOf('a', 'f', '{"x":')] },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
    ]
    assert.equal(faultOfAct(() => fromChat({ messages: broken })).code, 'cannot_translate')
    assert.equal(
      faultOfAct(() => fromChat({ messages: [{ role: 'system', content: 'x' }] })).code,
      'cannot_translate',
    )
    assert.equal(faultOfAct(() => fromChat({ n: 2 })).field, 'n')
    assert.deepEqual(fromChat({ n: 1, parallel_tool_calls: true }).dropped, [])
    assert.deepEqual(fromChat({ parallel_tool_calls: false }).dropped, ['parallel_tool_calls'])
  })

  it('keeps every digit of arguments', () => {
    const history = [
      { role: 'user', content: 'Go' },
      { role: 'assistant', tool_calls: [callOf('a', 'f', '{"id":12345678901234567890}')] },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
    ]
    assert.match(fromChat({ messages: history }).text, /"id":12345678901234567890/)
  })
})
