import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel, Reviser } from '../../domain/index.ts'
import { wireOf } from '../index.ts'

/** Holds back everything that may be the beginning of a word in capitals, and turns such a word round. */
const turning = (): Reviser & { readonly heard: Map<string, string>; readonly ended: string[] } => {
  const held = new Map<string, string>()
  const heard = new Map<string, string>()
  const ended: string[] = []
  const turn = (text: string): string => text.replace(/[A-Z]+/g, (word) => [...word].reverse().join(''))
  return {
    heard,
    ended,
    push({ key }: Channel, delta: string): string {
      heard.set(key, (heard.get(key) ?? '') + delta)
      const text = (held.get(key) ?? '') + delta
      const tail = /[A-Z]*$/.exec(text)?.[0].length ?? 0
      held.set(key, text.slice(text.length - tail))
      return turn(text.slice(0, text.length - tail))
    },
    end({ key }: Channel): string {
      ended.push(key)
      const rest = turn(held.get(key) ?? '')
      held.delete(key)
      return rest
    },
  }
}

const run = (dialect: 'openai-chat' | 'anthropic-messages', source: string, cut: number): string => {
  const revision = wireOf(dialect).revise({ stream: true }, turning())
  const bytes = Buffer.from(source)
  const out: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += cut) out.push(...revision.push(bytes.subarray(at, at + cut)))
  return Buffer.concat([...out, ...revision.end()]).toString('utf8')
}

const events = (text: string): unknown[] =>
  text
    .split('\n\n')
    .filter((frame) => frame.includes('data: {'))
    .map((frame) => JSON.parse(frame.slice(frame.indexOf('data: ') + 6)))

const chat = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c', seed: 1, choices: [{ index: 0, delta, ...more }] })}\n\n`

const CHAT = [
  ': hello\n\n',
  chat({ role: 'assistant', content: '' }),
  chat({ content: 'see AB' }),
  chat({ content: 'CD' }),
  chat({
    tool_calls: [{ index: 0, id: 't', type: 'function', function: { name: 'x', arguments: '{"a":"XY' } }],
  }),
  chat({ tool_calls: [{ index: 0, function: { arguments: 'Z"}' } }] }),
  chat({ content: 'end QR' }),
  chat({}, { finish_reason: 'stop' }),
  'data: [DONE]\n\n',
].join('')

const textOf = (list: unknown[], path: (event: never) => unknown): string =>
  list.map((event) => path(event as never) ?? '').join('')

test('chat texts are revised whatever the chunks, and what was held comes before the finish', () => {
  for (const cut of [1, 7, 50, 10_000]) {
    const out = run('openai-chat', CHAT, cut)
    const list = events(out)
    const content = textOf(
      list,
      (event: { choices: { delta: { content?: string } }[] }) => event.choices[0]?.delta.content,
    )
    assert.equal(content, 'see DCBAend RQ', String(cut))
    const tool = textOf(
      list,
      (event: { choices: { delta: { tool_calls?: { function: { arguments: string } }[] } }[] }) =>
        event.choices[0]?.delta.tool_calls?.[0]?.function.arguments,
    )
    assert.equal(tool, '{"a":"ZYX"}')
    assert.ok(out.startsWith(': hello\n\n'))
    assert.ok(out.endsWith('data: [DONE]\n\n'))
    assert.ok(out.indexOf('RQ') < out.indexOf('finish_reason":"stop"'))
    assert.ok(list.every((event) => JSON.stringify(event).includes('"seed":1')))
  }
})

const named = (type: string, more: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`

const MESSAGES = [
  named('message_start', { message: { id: 'm', content: [] } }),
  named('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } }),
  named('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'hm AB' } }),
  named('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'SIG' } }),
  named('content_block_stop', { index: 0 }),
  named('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
  named('content_block_delta', { index: 1, delta: { type: 'text_delta', text: 'so CD' } }),
  named('ping', {}),
  named('content_block_delta', { index: 1, delta: { type: 'text_delta', text: 'E' } }),
  named('content_block_stop', { index: 1 }),
  named('content_block_start', {
    index: 2,
    content_block: { type: 'tool_use', id: 'T', name: 'FN', input: {} },
  }),
  named('content_block_delta', { index: 2, delta: { type: 'input_json_delta', partial_json: '{"k":"FG' } }),
  named('content_block_delta', { index: 2, delta: { type: 'input_json_delta', partial_json: 'H"}' } }),
  named('content_block_stop', { index: 2 }),
  named('message_delta', { delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 1 } }),
  named('message_stop', {}),
].join('')

test('message blocks are revised whatever the chunks; what was held comes before the block stops', () => {
  for (const cut of [1, 13, 10_000]) {
    const out = run('anthropic-messages', MESSAGES, cut)
    const deltas = events(out) as { index?: number; type: string; delta?: Record<string, string> }[]
    const joined = (index: number, member: string): string =>
      deltas.map((event) => (event.index === index ? (event.delta?.[member] ?? '') : '')).join('')
    assert.equal(joined(0, 'thinking'), 'hm BA')
    assert.equal(joined(0, 'signature'), 'SIG')
    assert.equal(joined(1, 'text'), 'so EDC')
    assert.equal(joined(2, 'partial_json'), '{"k":"HGF"}')
    const thoughts = deltas.filter(({ index, delta }) => index === 0 && delta !== undefined)
    assert.equal(thoughts.at(-1)?.delta?.['signature'], 'SIG', 'a seal comes behind all that it seals')
    const stops = deltas.map(({ type, index }) => `${type}:${index}`)
    const last = (index: number): number =>
      deltas.findLastIndex((event) => event.type === 'content_block_delta' && event.index === index)
    for (const index of [0, 1, 2]) assert.ok(last(index) < stops.indexOf(`content_block_stop:${index}`))
    assert.match(out, /"name":"FN"/)
    assert.equal(deltas.filter(({ type }) => type === 'message_stop').length, 1)
  }
})

test('whole bodies keep every field, and numbers that no double holds', () => {
  const revise = (dialect: 'openai-chat' | 'anthropic-messages', body: string): string => {
    const revision = wireOf(dialect).revise({ stream: false }, turning())
    assert.deepEqual(revision.push(Buffer.from(body)), [])
    return Buffer.concat([...revision.end()]).toString('utf8')
  }
  assert.equal(
    revise(
      'openai-chat',
      '{"id":"X","n":12345678901234567890,"choices":[{"index":0,"message":{"role":"assistant","content":"AB c","tool_calls":[{"id":"K","function":{"name":"F","arguments":"{\\"a\\":\\"XY\\"}"}}]},"logprobs":null}]}',
    ),
    '{"id":"X","n":12345678901234567890,"choices":[{"index":0,"message":{"role":"assistant","content":"BA c","tool_calls":[{"id":"K","function":{"name":"F","arguments":"{\\"a\\":\\"YX\\"}"}}]},"logprobs":null}]}',
  )
  assert.equal(
    revise(
      'anthropic-messages',
      '{"id":"X","content":[{"type":"thinking","thinking":"AB","signature":"CD"},{"type":"text","text":"EF","citations":[{"type":"x","cited_text":"GH"}]},{"type":"tool_use","id":"T","name":"N","input":{"a":["IJ",1]}}],"usage":{"input_tokens":1}}',
    ),
    '{"id":"X","content":[{"type":"thinking","thinking":"BA","signature":"CD"},{"type":"text","text":"FE","citations":[{"type":"x","cited_text":"HG"}]},{"type":"tool_use","id":"T","name":"N","input":{"a":["JI",1]}}],"usage":{"input_tokens":1}}',
  )
})

test('a body that cannot be read is not sent on unseen', () => {
  const revision = wireOf('openai-chat').revise({ stream: false }, turning())
  revision.push(Buffer.from('{"choices": [oops'))
  assert.throws(() => revision.end(), /cannot be read/)
})

test('a stream that is cut gives what was held', () => {
  const out = run('openai-chat', chat({ content: 'see AB' }), 9)
  const list = events(out) as { choices: { delta: { content: string } }[] }[]
  assert.equal(list.map(({ choices }) => choices[0]?.delta.content).join(''), 'see BA')
})

test('what a reviser throws ends the answer', () => {
  const stop: Reviser = {
    push: () => {
      throw new RangeError('enough')
    },
    end: () => '',
  }
  const revision = wireOf('openai-chat').revise({ stream: true }, stop)
  assert.throws(() => revision.push(Buffer.from(chat({ content: 'x' }))), /enough/)
})
