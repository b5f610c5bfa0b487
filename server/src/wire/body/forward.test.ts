import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Dialect, Forward, JsonObject } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chat, FORWARD, faultOfAct, messages, readJson, readText, WRITE } from '../testing.ts'

const PLAIN: Forward = FORWARD

const forwarded = (dialect: Dialect, source: string, options: Partial<Forward> = {}) =>
  wireOf(dialect).forward(readText(dialect, source), { ...PLAIN, ...options })

describe('forward in the same dialect', () => {
  it('T41 replaces the model and touches no other character', () => {
    const source =
      '{ "vendor": {"__proto__": 1.0, "a":1e2}, "messages" :[{"role":"user","content":"caf\\u00e9 \\ud83d"}],\n"model" : "m" , "top_k":40}'
    const { body, dropped } = forwarded('openai-chat', source)
    assert.equal(body, source.replace('"m" ,', '"target \\"x\\"" ,'))
    assert.deepEqual(dropped, [])
  })

  it('asks for usage only in a stream whose client did not', () => {
    const ask = (json: JsonObject) =>
      JSON.parse(
        wireOf('openai-chat').forward(readJson('openai-chat', json), { ...PLAIN, askUsage: true }).body,
      )['stream_options']
    assert.deepEqual(ask(chat({ stream: true })), { include_usage: true })
    assert.deepEqual(ask(chat({ stream: true, stream_options: null })), { include_usage: true })
    assert.deepEqual(ask(chat({ stream: true, stream_options: { include_usage: false, x: 1 } })), {
      include_usage: true,
      x: 1,
    })
    assert.equal(ask(chat({})), undefined)
  })

  it('renames the limit of the answer, and names the one that had to go', () => {
    const one = forwarded('openai-chat', JSON.stringify(chat({ max_completion_tokens: 7, z: 1 })))
    assert.equal(one.body, JSON.stringify(chat({ max_tokens: 7, z: 1 })).replace('"m"', '"target \\"x\\""'))
    assert.deepEqual(one.dropped, [])
    const two = forwarded('openai-chat', JSON.stringify(chat({ max_tokens: 5, max_completion_tokens: 7 })))
    assert.equal(JSON.parse(two.body)['max_tokens'], 7)
    assert.deepEqual(two.dropped, ['max_tokens'])
    const without = forwarded('openai-chat', JSON.stringify(chat({})))
    assert.equal('max_tokens' in JSON.parse(without.body), false)
  })

  it('takes out thinking that no issuer signed, and nothing else', () => {
    const unsigned = { type: 'thinking', thinking: 'hm', signature: 'causeway-unsigned' }
    const signed = { type: 'thinking', thinking: 'so', signature: 'AbC=' }
    const source = JSON.stringify(
      messages({
        messages: [
          { role: 'user', content: 'causeway-unsigned' },
          { role: 'assistant', content: [unsigned, { type: 'text', text: 'a' }] },
          { role: 'user', content: 'b' },
          { role: 'assistant', content: [unsigned] },
          { role: 'user', content: 'c' },
          { role: 'assistant', content: [signed, unsigned, { type: 'text', text: 'd' }] },
          { role: 'user', content: 'e' },
        ],
      }),
    )
    const { body, dropped } = forwarded('anthropic-messages', source)
    assert.deepEqual(JSON.parse(body)['messages'], [
      { role: 'user', content: 'causeway-unsigned' },
      { role: 'assistant', content: [{ type: 'text', text: 'a' }] },
      { role: 'user', content: 'b' },
      { role: 'user', content: 'c' },
      { role: 'assistant', content: [signed, { type: 'text', text: 'd' }] },
      { role: 'user', content: 'e' },
    ])
    assert.deepEqual(dropped, ['messages[1].content[0]', 'messages[3]', 'messages[5].content[1]'])
  })
})

const long = (words: number): string => 'word '.repeat(words)

/** A system turn, four rounds with a tool call in the second, and a last question. */
const history = (dialect: Dialect): JsonObject => {
  const filler = long(160)
  const common = [
    { role: 'user', content: `one ${filler}` },
    { role: 'assistant', content: `first ${filler}` },
    { role: 'user', content: `two ${filler}` },
  ]
  const end = [
    { role: 'assistant', content: 'second' },
    { role: 'user', content: 'three' },
  ]
  if (dialect === 'openai-chat') {
    return chat({
      messages: [
        { role: 'system', content: 'Be brief.' },
        ...common,
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'result' },
        ...end,
      ],
    })
  }
  return messages({
    max_tokens: 100,
    system: 'Be brief.',
    messages: [
      ...common,
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'f', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'result' }] },
      ...end,
    ],
  })
}

describe('fit', () => {
  const fitted = (dialect: Dialect, fit: number) =>
    wireOf(dialect).forward(readJson(dialect, history(dialect)), { ...PLAIN, fit })
  const rolesOf = (body: string): readonly string[] =>
    JSON.parse(body)['messages'].map((message: { role: string }) => message.role)

  it('leaves a history alone that fits', () => {
    const { body, dropped } = fitted('openai-chat', 100_000)
    assert.equal(body, JSON.stringify(history('openai-chat')).replace('"m"', '"target \\"x\\""'))
    assert.deepEqual(dropped, [])
  })

  it('leaves out the oldest turns, never the system’s, and says which', () => {
    const { body, dropped } = fitted('openai-chat', 800)
    assert.deepEqual(dropped, ['messages[1..2]'])
    assert.deepEqual(rolesOf(body), ['system', 'user', 'assistant', 'tool', 'assistant', 'user'])
  })

  it('T31 never begins between a tool call and its result', () => {
    for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
      const { body, dropped } = fitted(dialect, 220)
      const offset = dialect === 'openai-chat' ? 1 : 0
      assert.deepEqual(dropped.slice(0, 1), [`messages[${offset}..${offset + 5}]`])
      assert.deepEqual(rolesOf(body), dialect === 'openai-chat' ? ['system', 'user'] : ['user'])
    }
  })

  it('refuses where even the last turn is too long', () => {
    const fault = faultOfAct(() => fitted('openai-chat', 20))
    assert.equal(fault.code, 'context_too_long')
    assert.match(fault.message, /too long/)
  })

  it('lowers the answer’s limit to what is left, with a signal', () => {
    const json = chat({ max_tokens: 5000 })
    const { body, dropped } = wireOf('openai-chat').forward(readJson('openai-chat', json), {
      ...PLAIN,
      fit: 1000,
    })
    assert.ok(JSON.parse(body)['max_tokens'] < 1000)
    assert.deepEqual(dropped, ['max_tokens'])
  })

  it('works on the way into the other dialect, with the client’s own positions', () => {
    for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
      const to = dialect === 'openai-chat' ? 'anthropic-messages' : 'openai-chat'
      const { body, dropped } = wireOf(to).write(
        wireOf(dialect).conversation(readJson(dialect, history(dialect))),
        { model: 't', fit: 650, askUsage: false, maxTokens: 100, quirks: WRITE.quirks },
      )
      const offset = dialect === 'openai-chat' ? 1 : 0
      assert.deepEqual(dropped, [`messages[${offset}..${offset + 1}]`])
      assert.doesNotMatch(body, /one word/)
      assert.match(body, /Be brief/)
    }
  })

  it('does not touch a token count', () => {
    const source = '{"model":"m","messages":[{"role":"user","content":"x"}]}'
    const call = readText('anthropic-messages', source, 'count')
    assert.deepEqual(
      wireOf('anthropic-messages').forward(call, { ...PLAIN, model: 'm', fit: 1 }).body,
      source,
    )
  })
})
