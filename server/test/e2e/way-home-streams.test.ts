import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import { chatStream, messageStream, type ScriptedModel } from '../simulated/scripted.ts'
import { MAIL, openWayHome, standIns, TEXT, user, type WayHome } from '../simulated/way-home.ts'

/*
 * Streams under pseudonyms, read by the real SDKs' own helpers.
 */

let way: WayHome
let model: ScriptedModel
let openai: OpenAI
let anthropic: Anthropic

before(async () => {
  way = await openWayHome()
  ;({ model, openai, anthropic } = way)
})

after(() => way.close())

describe('streams under pseudonyms, through the helpers of the real SDKs', () => {
  const pieces = (text: string): readonly string[] => text.match(/[\s\S]{1,3}/gu) ?? []

  test('openai: text, then two tools', async () => {
    model.says((body) => {
      const { text, mail } = standIns(body)
      const tool = (index: number): object[] => [
        {
          tool_calls: [
            { index, id: `c${index}`, type: 'function', function: { name: 'note', arguments: '' } },
          ],
        },
        ...pieces(JSON.stringify({ mail, index })).map((piece) => ({
          tool_calls: [{ index, function: { arguments: piece } }],
        })),
      ]
      return chatStream([
        { role: 'assistant', content: '' },
        ...pieces(text).map((content) => ({ content })),
        ...tool(0),
        ...tool(1),
      ])
    })
    const answer = await openai.chat.completions
      .stream({
        model: 'away',
        messages: user,
        tools: [{ type: 'function', function: { name: 'note', parameters: { type: 'object' } } }],
      })
      .finalChatCompletion()
    const message = answer.choices[0]?.message
    assert.equal(message?.content, TEXT)
    assert.deepEqual(
      message?.tool_calls?.map((call) =>
        call.type === 'function' ? JSON.parse(call.function.arguments) : null,
      ),
      [0, 1].map((index) => ({ mail: MAIL, index })),
    )
  })

  test('anthropic: thinking, text, a tool', async () => {
    model.says((body) => {
      const { text, mail, name } = standIns(body)
      const deltas = (index: number, type: string, member: string, said: string) =>
        pieces(said).map(
          (piece) => ['content_block_delta', { index, delta: { type, [member]: piece } }] as const,
        )
      return messageStream([
        [
          'content_block_start',
          { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
        ],
        ...deltas(0, 'thinking_delta', 'thinking', text),
        ['content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmVk' } }],
        ['content_block_stop', { index: 0 }],
        ['content_block_start', { index: 1, content_block: { type: 'text', text: '' } }],
        ...deltas(1, 'text_delta', 'text', text),
        ['content_block_stop', { index: 1 }],
        [
          'content_block_start',
          { index: 2, content_block: { type: 'tool_use', id: 't', name: 'note', input: {} } },
        ],
        ...deltas(2, 'input_json_delta', 'partial_json', JSON.stringify({ name, id: mail })),
        ['content_block_stop', { index: 2 }],
      ])
    })
    const answer = await anthropic.messages
      .stream({ model: 'claude', max_tokens: 99, messages: user })
      .finalMessage()
    const [thinking, text, tool] = answer.content
    assert.ok(thinking?.type === 'thinking' && text?.type === 'text' && tool?.type === 'tool_use')
    assert.equal(thinking.thinking, TEXT)
    assert.equal(thinking.signature, 'c2lnbmVk')
    assert.equal(text.text, TEXT)
    assert.deepEqual(tool.input, { name: 'Anna Schneider', id: MAIL })
  })
})
