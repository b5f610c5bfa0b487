import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chat, faultOfAct, messages } from '../testing.ts'
import { fromChat, fromMessages, HELLO } from './bodies.fixture.ts'

describe('writing Ollama', () => {
  it('writes a whole conversation', () => {
    const { body, dropped } = fromChat({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,QU\nJD' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'Hm',
          tool_calls: [
            { id: 'c', type: 'function', function: { name: 'w', arguments: '{"n":12345678901234567890}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c', content: 'sun' },
        { role: 'system', content: 'Now in French.' },
      ],
      tools: [
        { type: 'function', function: { name: 'w', description: 'W', parameters: { type: 'object' } } },
      ],
      max_completion_tokens: 10,
      temperature: 0.5,
      seed: 4,
      stop: 'END',
      logprobs: true,
      top_logprobs: 2,
      stream: true,
    })
    assert.deepEqual(dropped, [])
    assert.deepEqual(body, {
      model: 'qwen3:8b',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What?', images: ['QUJD'] },
        {
          role: 'assistant',
          content: '',
          thinking: 'Hm',
          tool_calls: [{ function: { name: 'w', arguments: JSON.parse('{"n":12345678901234567890}') } }],
        },
        { role: 'tool', tool_name: 'w', content: 'sun' },
        { role: 'system', content: 'Now in French.' },
      ],
      tools: [
        { type: 'function', function: { name: 'w', description: 'W', parameters: { type: 'object' } } },
      ],
      logprobs: true,
      top_logprobs: 2,
      options: { num_predict: 10, temperature: 0.5, seed: 4, stop: ['END'] },
      stream: true,
    })
    assert.match(fromChat(chat({ messages: [HELLO] })).text, /"stream":false/)
  })

  it('T35 refuses files, sound and addresses rather than leave them out', () => {
    for (const part of [
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,QUJD' } },
      { type: 'input_audio', input_audio: { data: 'QUJD', format: 'wav' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ]) {
      const fault = faultOfAct(() => fromChat(chat({ messages: [{ role: 'user', content: [part] }] })))
      assert.equal(fault.code, 'cannot_translate')
    }
  })

  it('T36 sends images of tool results after them', () => {
    const { body } = fromMessages(
      messages({
        tools: [{ name: 'w', input_schema: { type: 'object' } }],
        messages: [
          HELLO,
          { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'w', input: {} }] },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 't',
                is_error: true,
                content: [
                  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'QUJD' } },
                ],
              },
            ],
          },
        ],
      }),
    )
    assert.deepEqual(Object(body['messages']).slice(2), [
      { role: 'tool', tool_name: 'w', content: '[The tool failed] See the attachment that follows.' },
      { role: 'user', content: 'Attachment of the result of w:', images: ['QUJD'] },
    ])
  })

  it('T40 writes the schema of the answer, and JSON', () => {
    const schema = { type: 'object', properties: {} }
    const format = { type: 'json_schema', json_schema: { name: 'a', schema } }
    assert.deepEqual(fromChat(chat({ response_format: format })).body['format'], schema)
    assert.equal(fromChat(chat({ response_format: { type: 'json_object' } })).body['format'], 'json')
  })

  it('T09 leaves out thought that only another vendor can read, and keeps the turn', () => {
    const { body, dropped, text } = fromMessages(
      messages({
        messages: [
          HELLO,
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Hm', signature: 'SIGNED' },
              { type: 'redacted_thinking', data: 'SEALED' },
              { type: 'text', text: 'Yes' },
            ],
          },
          { role: 'user', content: 'Go on' },
        ],
      }),
    )
    assert.deepEqual(Object(body['messages'])[1], { role: 'assistant', content: 'Yes' })
    assert.doesNotMatch(text, /SIGNED|SEALED/)
    assert.ok(dropped.length > 0)
  })

  it('leaves tools out for the choice "none" and signals the other choices', () => {
    const tools = [{ type: 'function', function: { name: 'w' } }]
    assert.equal(fromChat(chat({ tools, tool_choice: 'none' })).body['tools'], undefined)
    assert.deepEqual(fromChat(chat({ tools, tool_choice: 'auto' })).dropped, [])
    assert.deepEqual(fromChat(chat({ tools, tool_choice: 'required' })).dropped, ['tool_choice'])
    assert.deepEqual(fromChat(chat({ tools, parallel_tool_calls: false })).dropped, ['parallel_tool_calls'])
  })

  it('asks to think by a level where the model has levels', () => {
    const asked = (effort: string, model?: string) => {
      const { body, dropped } = fromChat(chat({ reasoning_effort: effort }), model)
      return [body['think'], dropped]
    }
    assert.deepEqual(asked('none'), [false, []])
    assert.deepEqual(asked('medium'), [true, []])
    assert.deepEqual(asked('high'), [true, ['reasoning_effort']])
    assert.deepEqual(asked('high', 'gpt-oss:20b'), ['high', []])
    assert.deepEqual(asked('minimal', 'gpt-oss:20b'), ['low', ['reasoning_effort']])
    assert.equal(fromChat(chat({})).body['think'], undefined)
  })

  it('says the context where it is known', () => {
    assert.deepEqual(fromChat(chat({}), 'm', 8192).body['options'], { num_ctx: 8192 })
  })

  it('refuses several answers and signals what there is no place for', () => {
    assert.equal(faultOfAct(() => fromChat(chat({ n: 2 }))).code, 'cannot_translate')
    assert.deepEqual(fromChat(chat({ logit_bias: { 5: 1 }, user: 'u' })).dropped, ['logit_bias', 'user'])
  })
})
