import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject, ReplyEvent } from '../../domain/index.ts'
import { answering, faultOfAct, joined, readReply } from '../testing.ts'
import { at, parsed } from './bodies.fixture.ts'
import { ollama } from './index.ts'
import { ollamaShow, ollamaTags, ollamaVersion } from './models.ts'

const write = (events: readonly ReplyEvent[], more: JsonObject = {}): string => {
  const writer = ollama.streamWriter(answering('ollama', true, more))
  return events.map((event) => writer.write(event)).join('')
}

const ANSWER: readonly ReplyEvent[] = [
  { type: 'start', id: 'x', model: 'y' },
  { type: 'reasoning', delta: 'Hm' },
  { type: 'text', delta: 'Hi' },
  { type: 'tool', index: 0, id: 'a', name: 'f', delta: '{"n":' },
  { type: 'tool', index: 1, id: 'b', name: 'g', delta: '' },
  { type: 'tool', index: 0, id: null, name: null, delta: '12345678901234567890}' },
  {
    type: 'usage',
    usage: { input: 1, output: 2, cacheRead: null, cacheWrite: null, reasoning: null, estimated: false },
  },
  { type: 'end', reason: 'tool', native: 'tool_calls', stopSequence: null },
]

describe('answering a client of Ollama', () => {
  it('T18 writes lines, and calls whole though their pieces came mixed', () => {
    const stream = write(ANSWER)
    const told = parsed(stream)
    assert.match(stream, /"arguments":\{"n":12345678901234567890\}/)
    assert.deepEqual(
      told.map((one) => [one['model'], one['created_at'], one['done']]),
      [
        ...Array.from({ length: 4 }, () => ['asked', '1970-01-01T00:00:01.000Z', false]),
        ['asked', '1970-01-01T00:00:01.000Z', true],
      ],
    )
    assert.deepEqual(told.map((one) => one['message']).slice(0, 2), [
      { role: 'assistant', content: '', thinking: 'Hm' },
      { role: 'assistant', content: 'Hi' },
    ])
    assert.deepEqual(Object(told[3]?.['message']).tool_calls, [
      { id: 'b', function: { index: 1, name: 'g', arguments: {} } },
    ])
    const { model: _, created_at: __, message, ...end } = told[4] ?? {}
    assert.deepEqual(message, { role: 'assistant', content: '' })
    assert.deepEqual(end, {
      done: true,
      done_reason: 'stop',
      total_duration: 0,
      load_duration: 0,
      prompt_eval_duration: 0,
      eval_duration: 0,
      prompt_eval_count: 1,
      eval_count: 2,
    })
  })

  it('is read again as it was written', () => {
    const again = joined(readReply('ollama', [write(ANSWER)]))
    const tools = again.flatMap((event) =>
      event.type === 'tool' ? [[event.index, event.id, event.name]] : [],
    )
    assert.deepEqual(tools, [
      [0, 'a', 'f'],
      [1, 'b', 'g'],
    ])
    assert.deepEqual(again.at(-1), { type: 'end', reason: 'tool', native: 'stop', stopSequence: null })
  })

  it('says nothing after its end, and no usage that is not known', () => {
    const [, end] = ANSWER.slice(-2)
    assert.ok(end !== undefined)
    const stream = write([
      end,
      end,
      { type: 'text', delta: 'late' },
      { type: 'error', message: 'late', status: null, native: null },
    ])
    assert.deepEqual(
      parsed(stream).map((one) => [one['done'], one['eval_count']]),
      [[true, undefined]],
    )
    assert.equal(
      write([{ type: 'error', message: 'bad', status: 500, native: null }, end]),
      '{"error":"bad"}\n',
    )
  })

  it('T42 tells what done_reason cannot', () => {
    const ended = (reason: 'length' | 'filter' | 'context' | 'stop', native: string) =>
      parsed(write([{ type: 'end', reason, native, stopSequence: null }]))[0]
    assert.equal(ended('length', 'max_tokens')?.['done_reason'], 'length')
    assert.equal(ended('context', 'full')?.['done_reason'], 'length')
    assert.equal(ended('filter', 'content_filter')?.['native_finish_reason'], 'content_filter')
    assert.equal(ended('stop', 'end_turn')?.['native_finish_reason'], undefined)
    const malformed = { type: 'end', reason: 'malformed', native: 'x', stopSequence: null } as const
    assert.match(write([malformed]), /^\{"error":/)
    assert.equal(faultOfAct(() => ollama.wholeBody([malformed], answering('ollama'))).code, 'upstream_error')
  })

  it('does not make a call of one that was cut', () => {
    const cut: ReplyEvent = { type: 'tool', index: 0, id: 'a', name: 'f', delta: '{"n":' }
    const end: ReplyEvent = { type: 'end', reason: 'length', native: null, stopSequence: null }
    assert.match(write([cut, end]), /"arguments":\{"unparsed_arguments":"\{\\"n\\":"\}/)
  })

  it('writes one body, of a chat and of a generation', () => {
    const body = Object(ollama.wholeBody(ANSWER, answering('ollama')))
    assert.deepEqual(body.message, {
      role: 'assistant',
      content: 'Hi',
      thinking: 'Hm',
      tool_calls: [
        {
          id: 'a',
          function: { index: 0, name: 'f', arguments: body.message.tool_calls[0].function.arguments },
        },
        { id: 'b', function: { index: 1, name: 'g', arguments: {} } },
      ],
    })
    assert.deepEqual([body.done, body.done_reason, body.eval_count], [true, 'stop', 2])
    const call = at('generate', { model: 'm', prompt: 'a' })
    const options = { ...answering('ollama'), call }
    const generated = Object(
      ollama.wholeBody(
        ANSWER.filter((event) => event.type !== 'tool'),
        options,
      ),
    )
    assert.deepEqual([generated.response, generated.thinking, generated.message], ['Hi', 'Hm', undefined])
    const writer = ollama.streamWriter(options)
    const told = parsed(ANSWER.map((event) => writer.write(event)).join(''))
    assert.deepEqual(
      told.map((one) => one['response']),
      ['', 'Hi', ''],
    )
    assert.deepEqual(writer.dropped?.(), ['tool_calls'])
    assert.equal(faultOfAct(() => ollama.wholeBody([], options)).code, 'upstream_error')
  })

  it('writes probabilities and images, and names what has no place', () => {
    const writer = ollama.streamWriter(answering('ollama'))
    const tokens = [{ token: 'a', logprob: -1, bytes: null, top: [{ token: 'b', logprob: -2, bytes: [98] }] }]
    const out = [
      writer.write({ type: 'logprobs', tokens }),
      writer.write({ type: 'media', mime: 'image/png', data: 'QUJD' }),
      writer.write({ type: 'media', mime: 'audio/wav', data: 'QUJD' }),
      writer.write({ type: 'refusal', delta: 'No.' }),
      writer.write({
        type: 'signature',
        value: 's',
        redacted: false,
        dialect: 'gemini',
        tool: null,
        raw: {},
      }),
    ]
    assert.deepEqual(Object(parsed(out[0] ?? '')[0]).logprobs, [
      { token: 'a', logprob: -1, top_logprobs: [{ token: 'b', logprob: -2, bytes: [98] }] },
    ])
    assert.deepEqual(Object(parsed(out[1] ?? '')[0]).message.images, ['QUJD'])
    assert.deepEqual([out[2], out[4]], ['', ''])
    assert.equal(Object(parsed(out[3] ?? '')[0]).message.content, 'No.')
    assert.deepEqual(writer.dropped?.(), ['media', 'refusal', 'signature'])
  })

  it('writes errors as the dialect has them, a line of its own and none that is empty', () => {
    const { fault } = { fault: faultOfAct(() => at('chat', {})) }
    assert.deepEqual(Object.keys(Object(ollama.errorBody(fault, 'r'))), ['error'])
    assert.match(ollama.errorEvent(fault, 'r'), /^\{"error":"[^\n]+"\}\n$/)
    assert.equal(ollama.keepAlive, '')
  })

  it('lists models', () => {
    const listed = Object(ollamaTags([{ id: 'a:1', created: 1 }])).models[0]
    assert.deepEqual(
      [listed.name, listed.model, listed.modified_at, listed.size],
      ['a:1', 'a:1', '1970-01-01T00:00:01.000Z', 0],
    )
    assert.match(listed.digest, /^[0-9a-f]{64}$/)
    const shown = Object(ollamaShow('a', { context: 9, tools: true, images: true, embeds: false }))
    assert.deepEqual(shown.capabilities, ['completion', 'tools', 'vision'])
    assert.equal(shown.model_info[`${shown.model_info['general.architecture']}.context_length`], 9)
    assert.match(String(ollamaVersion['version']), /^\d+\.\d+\.\d+$/)
  })
})
