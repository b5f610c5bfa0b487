import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { joined, readReply, terminals } from '../testing.ts'
import { CALL, END, line, lines, STREAM } from './bodies.fixture.ts'

describe('reading a reply of Ollama', () => {
  const events = readReply('ollama', [STREAM])

  it('reads thought, text, several calls over lines and usage', () => {
    assert.deepEqual(joined(events), [
      { type: 'start', id: null, model: 'up' },
      { type: 'reasoning', delta: 'Hm, über' },
      { type: 'text', delta: 'Grüße 🎈' },
      { type: 'tool', index: 0, id: idOf(0), name: 'look', delta: '{"at":"Köln","n":[1,2]}' },
      { type: 'tool', index: 1, id: 'own', name: 'go', delta: '' },
      { type: 'tool', index: 2, id: idOf(2), name: 'look', delta: '{"at":"Köln","n":[1,2]}' },
      {
        type: 'usage',
        usage: { input: 11, output: 7, cacheRead: null, cacheWrite: null, reasoning: null, estimated: false },
      },
      { type: 'end', reason: 'tool', native: 'stop', stopSequence: null },
    ])
  })

  const idOf = (index: number): string | null => {
    const found = events.find((event) => event.type === 'tool' && event.index === index)
    return found?.type === 'tool' ? found.id : null
  }

  it('T30 makes ids that are unlike and the same for the same bytes', () => {
    assert.match(idOf(0) ?? '', /^call_[0-9a-f]{24}$/)
    assert.notEqual(idOf(0), idOf(2))
    assert.deepEqual(readReply('ollama', [STREAM]), events)
  })

  it('T51 gives the same events split at every byte, with carriage returns, blank lines and a mark of byte order', () => {
    for (const text of [
      STREAM,
      `\ufeff${STREAM.replaceAll('\n', '\r\n')}`,
      STREAM.replaceAll('\n', '\n\n \r\n'),
      STREAM.trimEnd(),
    ]) {
      const bytes = Buffer.from(text)
      for (let at = 0; at <= bytes.length; at += 1)
        assert.deepEqual(
          readReply('ollama', [bytes.subarray(0, at), bytes.subarray(at)]),
          events,
          `split at ${at}`,
        )
    }
  })

  it('T28 tells an answer without its last line as cut', () => {
    const all = STREAM.split('\n')
    for (let count = 0; count < all.length - 1; count += 1) {
      const cut = readReply('ollama', [
        all
          .slice(0, count)
          .map((one) => `${one}\n`)
          .join(''),
      ])
      assert.deepEqual(
        terminals(cut).map((end) => [end.type, end.type === 'error' && end.native]),
        [['error', null]],
      )
    }
    const half = readReply('ollama', [STREAM.slice(0, -9)])
    assert.equal(terminals(half)[0]?.type, 'error')
  })

  it('T53 tells an error line as the error, and nothing after it', () => {
    const failed = readReply('ollama', [
      lines(line({ content: 'a' }), { error: 'the model ran out of memory' }, line({}, END)),
    ])
    assert.deepEqual(failed.at(-1), {
      type: 'error',
      message: 'the model ran out of memory',
      status: null,
      native: '{"error":"the model ran out of memory"}',
    })
    assert.equal(terminals(readReply('ollama', ['<html>\n', STREAM]))[0]?.type, 'error')
    const whole = readReply('ollama', ['{"error":"gone"}'], false)
    assert.equal(whole[0]?.type === 'error' && whole[0].message, 'gone')
  })

  it('T42 T25 tells every reason apart', () => {
    const reason = (more: JsonObject, message: JsonObject = {}) => {
      const [end] = terminals(
        readReply('ollama', [JSON.stringify(line(message, { ...more, done: true }))], false),
      )
      return end?.type === 'end' ? [end.reason, end.native] : end
    }
    assert.deepEqual(reason({ done_reason: 'stop' }), ['stop', 'stop'])
    assert.deepEqual(reason({ done_reason: 'stop' }, { tool_calls: [CALL] }), ['tool', 'stop'])
    assert.deepEqual(reason({ done_reason: 'length' }, { tool_calls: [CALL] }), ['length', 'length'])
    assert.deepEqual(reason({ done_reason: 'load' }), ['other', 'load'])
    assert.deepEqual(reason({ done_reason: 'unload' }), ['other', 'unload'])
    assert.deepEqual(reason({}), ['other', null])
  })

  it('reads probabilities and images, and names what it does not know', () => {
    const token = { token: 'a', logprob: -0.5, bytes: [97], top_logprobs: [{ token: 'b', logprob: -1 }] }
    const found = readReply('ollama', [
      lines(
        line({ content: 'a', images: ['QUJD'], mood: 'glad' }, { logprobs: [token], extra: 1 }),
        line({}, END),
      ),
    ])
    assert.deepEqual(
      found.filter(
        (event) => event.type === 'logprobs' || event.type === 'media' || event.type === 'unmapped',
      ),
      [
        { type: 'unmapped', field: 'extra' },
        { type: 'unmapped', field: 'message.mood' },
        { type: 'media', mime: 'image/png', data: 'QUJD' },
        {
          type: 'logprobs',
          tokens: [
            { token: 'a', logprob: -0.5, bytes: [97], top: [{ token: 'b', logprob: -1, bytes: null }] },
          ],
        },
      ],
    )
  })

  it('reads generations and embeddings', () => {
    const generated = readReply('ollama', [
      lines(
        { model: 'up', response: 'Hi', done: false },
        { model: 'up', response: '', context: [1], ...END },
      ),
    ])
    assert.deepEqual(
      generated.map((event) => event.type),
      ['start', 'text', 'unmapped', 'usage', 'end'],
    )
    const vectors = readReply('ollama', ['{"model":"up","embeddings":[[0.1]],"prompt_eval_count":2}'], false)
    assert.deepEqual(
      vectors.map((event) => event.type),
      ['start', 'unmapped', 'usage', 'end'],
    )
  })

  it('fails on a line that never ends', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'a')
    const flood = readReply(
      'ollama',
      Array.from({ length: 20 }, () => chunk),
    )
    assert.deepEqual(
      flood.map((event) => event.type === 'error' && event.native),
      ['oversized event'],
    )
  })
})
