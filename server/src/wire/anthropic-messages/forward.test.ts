import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Forward, JsonObject } from '../../domain/index.ts'
import { carry } from '../body/sealed.ts'
import { FORWARD, messages, readJson, readText } from '../testing.ts'
import { anthropicMessages } from './index.ts'

const forward = (json: JsonObject, more: Partial<Forward> = {}) => {
  const written = anthropicMessages.forward(readJson('anthropic-messages', json), { ...FORWARD, ...more })
  return { body: JSON.parse(written.body), text: written.body, dropped: written.dropped }
}
const thinking = (signature: string, text = 'hm'): JsonObject => ({
  type: 'thinking',
  thinking: text,
  signature,
})
const foreign = carry({ value: 'v', redacted: false, dialect: 'openai-responses', tool: null, raw: null })
const call = { type: 'tool_use', id: 'a', name: 'f', input: {} }
const turns = (...content: readonly JsonObject[]): JsonObject =>
  messages({
    messages: [
      { role: 'user', content: 'x' },
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'r' }] },
    ],
  })

describe('a request forwarded in its own dialect', () => {
  it('T01 T03 T04 T06 T07 T08 T09 leaves every character but the model’s name', () => {
    const source = `{"model" : "m","max_tokens":9, "cache_control":{"type":"ephemeral","ttl":"1h"},
      "container":"c", "future":1e2, "messages":[{"role":"user","content":[{"text":"x","type":"text","cache_control":{"type":"ephemeral"}}]},
      {"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"s"},{"type":"redacted_thinking","data":"b"},
      {"type":"server_tool_use","id":"s","name":"web_search","input":{}},{"type":"tool_use","id":"a","name":"f","input":{"n":9007199254740993}}]}]}`
    const written = anthropicMessages.forward(readText('anthropic-messages', source), FORWARD)
    const named = source.replace('"model" : "m"', `"model" : ${JSON.stringify(FORWARD.model)}`)
    assert.deepEqual(written, { body: named, dropped: [] })
  })

  it('T10 T12 T13 leaves out what another issuer made or nobody signed, and keeps the turn', () => {
    const content = [
      thinking('causeway-unsigned'),
      thinking(foreign),
      thinking('elsewhere'),
      { type: 'redacted_thinking', data: 'other' },
      thinking('own'),
      call,
    ]
    const { body, dropped } = forward(turns(...content), { foreign: new Set(['elsewhere', 'other']) })
    assert.deepEqual(body.messages[1].content, [thinking('own'), call])
    assert.deepEqual(
      dropped,
      [0, 1, 2, 3].map((place) => `messages[1].content[${place}]`),
    )
    assert.deepEqual(forward(turns(...content.slice(4)), { foreign: new Set(['elsewhere']) }).dropped, [])
  })

  it('leaves out a message that has nothing else', () => {
    const { body, dropped } = forward(
      messages({
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: [thinking('causeway-unsigned')] },
          { role: 'user', content: 'y' },
        ],
      }),
    )
    assert.deepEqual([body.messages.length, dropped], [2, ['messages[1]']])
  })

  it('turns thinking off where the call of a tool has lost the thought before it', () => {
    const enabled = { thinking: { type: 'enabled', budget_tokens: 1024 } }
    const lost = forward({ ...turns(thinking('causeway-unsigned'), call), ...enabled })
    assert.deepEqual(lost.body.thinking, { type: 'disabled' })
    assert.deepEqual(lost.dropped, ['messages[1].content[0]', 'thinking'])
    const kept = forward({ ...turns(thinking('own'), thinking('causeway-unsigned'), call), ...enabled })
    assert.deepEqual([kept.body.thinking, kept.dropped], [enabled.thinking, ['messages[1].content[1]']])
    const edits = [{ type: 'clear_thinking_20251015', keep: 'all' }, { type: 'clear_tool_uses_20250919' }]
    const edited = forward({
      ...turns(thinking('causeway-unsigned'), call),
      ...enabled,
      context_management: { edits },
    })
    assert.deepEqual(edited.body.context_management, { edits: edits.slice(1) })
    assert.deepEqual(edited.dropped, ['messages[1].content[0]', 'thinking', 'context_management'])
    const adaptive = forward({
      ...turns(thinking('causeway-unsigned'), call),
      thinking: { type: 'adaptive' },
    })
    assert.deepEqual(adaptive.body.thinking, { type: 'adaptive' })
  })

  it('T59 takes citations that we wrote out of the history, and leaves the vendor’s own', () => {
    const cited = (encrypted_index: string): JsonObject => ({
      type: 'text',
      text: 'causeway-unindexed',
      citations: [{ type: 'web_search_result_location', url: 'https://example.com', encrypted_index }],
    })
    const history = [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: [cited('own'), cited('causeway-unindexed')] },
    ]
    const { body, text, dropped } = forward({ ...messages({ messages: history }), model: 'named last' })
    assert.deepEqual(body.messages[1].content, [cited('own'), { type: 'text', text: 'causeway-unindexed' }])
    assert.deepEqual(dropped, ['messages[1].content[1].citations'])
    assert.equal(body.model, FORWARD.model)
    assert.doesNotMatch(text, /named last/)
  })
})
