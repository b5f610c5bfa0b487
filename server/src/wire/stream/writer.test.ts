import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CausewayError, type Dialect, type ReplyEvent } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import {
  answering,
  chatStream,
  delta,
  frames,
  joined,
  messagesStream,
  readReply,
  retell,
  sealed,
} from '../testing.ts'

const USAGE = { input: 20, output: 9, cacheRead: 5, cacheWrite: 3, reasoning: 2, estimated: false }
const END: ReplyEvent = { type: 'end', reason: 'tool', native: 'x', stopSequence: null }
const ANSWER: readonly ReplyEvent[] = [
  { type: 'start', id: 'up', model: 'up' },
  { type: 'reasoning', delta: 'hm ' },
  { type: 'reasoning', delta: 'so' },
  sealed('sig'),
  { type: 'text', delta: 'Grü' },
  { type: 'text', delta: 'ße' },
  { type: 'tool', index: 0, id: 'a', name: 'f', delta: '{"x":' },
  { type: 'tool', index: 0, id: null, name: null, delta: '1}' },
  { type: 'tool', index: 1, id: 'b', name: 'g', delta: '' },
  { type: 'usage', usage: USAGE },
  END,
]

const written = (dialect: Dialect, events: readonly ReplyEvent[], wantsUsage = true): string => {
  const writer = wireOf(dialect).streamWriter(answering(dialect, wantsUsage))
  return events.map((event) => writer.write(event)).join('')
}

/** The answer as its own dialect's reader hears it again. */
const heard = (dialect: Dialect, events: readonly ReplyEvent[]): ReplyEvent[] =>
  joined(readReply(dialect, [written(dialect, events)])).filter((event) => event.type !== 'start')

describe('events written as a stream', () => {
  for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
    it(`are heard again from ${dialect}`, () => {
      const again = heard(dialect, ANSWER)
      assert.deepEqual(
        again.filter((event) => event.type === 'text'),
        [{ type: 'text', delta: 'Grüße' }],
      )
      assert.deepEqual(
        again.filter((event) => event.type === 'reasoning'),
        [{ type: 'reasoning', delta: 'hm so' }],
      )
      assert.deepEqual(
        again.filter((event) => event.type === 'signature'),
        [sealed('sig')],
      )
      assert.deepEqual(again.filter((event) => event.type === 'tool').slice(0, 2), [
        { type: 'tool', index: 0, id: 'a', name: 'f', delta: '{"x":1}' },
        { type: 'tool', index: 1, id: 'b', name: 'g', delta: '{}' },
      ])
      const usage = again.find((event) => event.type === 'usage')
      assert.deepEqual(usage?.type === 'usage' && usage.usage, USAGE)
      assert.equal(again.at(-1)?.type === 'end' && again.at(-1)?.type, 'end')
    })

    it(`and as a whole body say the same in ${dialect}`, () => {
      const body = JSON.stringify(wireOf(dialect).wholeBody(ANSWER, answering(dialect)))
      const pieces = (events: readonly ReplyEvent[]) =>
        events.filter(
          (event) => event.type === 'text' || event.type === 'reasoning' || event.type === 'usage',
        )
      assert.deepEqual(pieces(joined(readReply(dialect, [body], false))), pieces(heard(dialect, ANSWER)))
      const calls = readReply(dialect, [body], false).filter(
        (event) => event.type === 'tool' && event.id !== null,
      )
      assert.deepEqual(
        calls.map((event) => event.type === 'tool' && event.id),
        ['a', 'b'],
      )
    })

    it(`are refused as a whole body of ${dialect} where they do not end well`, () => {
      const error: ReplyEvent = { type: 'error', message: 'x', status: null, native: null }
      for (const events of [[], ANSWER.slice(0, -1), [...ANSWER.slice(0, 3), error]]) {
        assert.throws(() => wireOf(dialect).wholeBody(events, answering(dialect)), CausewayError)
      }
    })

    it(`end ${dialect} once, whatever comes after`, () => {
      const source = written(dialect, [...ANSWER, { type: 'text', delta: 'late' }, END])
      assert.equal(source.split(dialect === 'openai-chat' ? '[DONE]' : 'event: message_stop').length, 2)
      assert.doesNotMatch(source, /late/)
    })
  }

  it('T47 show usage in Chat Completions only where the client asked', () => {
    assert.match(
      written('openai-chat', ANSWER),
      /"choices":\[\],"usage":\{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29/,
    )
    assert.doesNotMatch(written('openai-chat', ANSWER, false), /usage/)
  })

  it('T48 tell Messages an input without what the cache read and wrote', () => {
    const last = frames(written('anthropic-messages', ANSWER)).find(
      (frame) => frame['type'] === 'message_delta',
    )
    assert.deepEqual(last?.['usage'], {
      input_tokens: 12,
      cache_creation_input_tokens: 3,
      cache_read_input_tokens: 5,
      output_tokens: 9,
      output_tokens_details: { thinking_tokens: 2 },
    })
  })

  it('T22 give a call without arguments an empty object exactly once', () => {
    const source = chatStream([
      delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '' } }] }),
      delta({}, 'tool_calls'),
    ])
    const blocks = frames(retell('openai-chat', source)).filter(
      (frame) => frame['type'] === 'content_block_delta',
    )
    assert.deepEqual(blocks, [])
    const none = messagesStream([
      { type: 'message_start', message: { id: 'm', content: [], usage: {} } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 'a', name: 'f', input: {} },
      },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 1 } },
      { type: 'message_stop' },
    ])
    assert.equal(
      retell('anthropic-messages', none).split('{}').length - 1,
      2,
      'one {} in the arguments, one as the last delta',
    )
    assert.equal([...retell('anthropic-messages', none).matchAll(/"arguments":"\{\}"/g)].length, 1)
  })

  it('T18 write mixed tool pieces of Chat Completions as one Messages block after another', () => {
    const source = chatStream([
      delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }] }),
      delta({ tool_calls: [{ index: 1, id: 'b', function: { name: 'g', arguments: '{"y"' } }] }),
      delta({ tool_calls: [{ index: 2, id: 'c', function: { name: 'h', arguments: '' } }] }),
      delta({ tool_calls: [{ index: 1, function: { arguments: ':2}' } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
      delta({ content: 'done' }),
      delta({}, 'tool_calls'),
    ])
    const seen = frames(retell('openai-chat', source)).filter((frame) =>
      String(frame['type']).startsWith('content_block'),
    )
    let open = -1
    const input = new Map<number, string>()
    for (const frame of seen) {
      const index = Number(frame['index'])
      if (frame['type'] === 'content_block_start') {
        assert.equal(open, -1, 'one block is open at a time')
        assert.equal(index, input.size)
        open = index
        input.set(index, '')
      } else if (frame['type'] === 'content_block_stop') {
        assert.equal(index, open)
        open = -1
      } else {
        assert.equal(index, open)
        const change: Record<string, unknown> = { ...Object(frame['delta']) }
        input.set(index, (input.get(index) ?? '') + String(change['partial_json'] ?? change['text']))
      }
    }
    assert.deepEqual([...input.values()], ['{"x":1}', '{"y":2}', '', 'done'])
  })

  it('stream the first call’s pieces as they come', () => {
    const writer = wireOf('anthropic-messages').streamWriter(answering('anthropic-messages'))
    writer.write({ type: 'tool', index: 0, id: 'a', name: 'f', delta: '' })
    assert.match(writer.write({ type: 'tool', index: 0, id: null, name: null, delta: '{"x"' }), /\{\\"x\\"/)
  })

  it('T42 map every finish reason, keeping the upstream’s own word', () => {
    const finish = (
      dialect: Dialect,
      reason: Extract<ReplyEvent, { type: 'end' }>['reason'],
      native: string | null = null,
    ) => {
      const all = frames(written(dialect, [{ type: 'end', reason, native, stopSequence: null }]))
      if (dialect === 'openai-chat') {
        const choices = all
          .map((frame) => frame['choices'])
          .flatMap((value) => (Array.isArray(value) ? value : []))
        return choices.at(-1)
      }
      return Object(all.find((frame) => frame['type'] === 'message_delta')?.['delta']).stop_reason
    }
    assert.deepEqual(
      (['stop', 'length', 'tool', 'filter', 'refusal', 'stop-sequence', 'pause', 'other'] as const).map(
        (reason) => finish('openai-chat', reason).finish_reason,
      ),
      ['stop', 'length', 'tool_calls', 'content_filter', 'content_filter', 'stop', 'stop', 'stop'],
    )
    assert.equal(finish('openai-chat', 'pause', 'pause_turn').native_finish_reason, 'pause_turn')
    assert.deepEqual(
      (['stop', 'length', 'tool', 'filter', 'refusal', 'stop-sequence', 'pause', 'other'] as const).map(
        (reason) => finish('anthropic-messages', reason),
      ),
      ['end_turn', 'max_tokens', 'tool_use', 'refusal', 'refusal', 'stop_sequence', 'pause_turn', 'end_turn'],
    )
  })

  it('T17 never show reasoning as text, and mark what no issuer signed', () => {
    const source = chatStream([
      delta({ reasoning: 'secret thought' }),
      delta({ content: 'x' }),
      delta({}, 'stop'),
    ])
    const told = frames(retell('openai-chat', source))
    const texts = told.filter((frame) => Object(frame['delta']).type === 'text_delta')
    assert.deepEqual(
      texts.map((frame) => Object(frame['delta']).text),
      ['x'],
    )
    const signature = told.find((frame) => Object(frame['delta']).type === 'signature_delta')
    assert.equal(Object(signature?.['delta']).signature, 'causeway-unsigned')
  })

  it('carry signed thinking through Chat Completions and home again', () => {
    const stream = frames(written('openai-chat', ANSWER))
    const details = stream.flatMap((frame) => {
      const choices = frame['choices']
      const change = Array.isArray(choices) ? Object(Object(choices[0]).delta) : {}
      return Array.isArray(change.reasoning_details) ? change.reasoning_details : []
    })
    assert.deepEqual(details, [
      { type: 'reasoning.text', text: 'hm so', signature: 'sig', format: 'anthropic-claude-v1', index: 0 },
    ])
  })

  it('T52 T53 put an error into its own frame', () => {
    const fault = new CausewayError('upstream_cut', 'Target x ended its answer early.').fault
    for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
      assert.match(wireOf(dialect).errorEvent(fault, 'cw_1'), /^\n\n(event: error\n)?data: \{.*\}\n\n$/)
      const events = readReply(dialect, ['data: {"half', wireOf(dialect).errorEvent(fault, 'cw_1')])
      assert.equal(events.at(-1)?.type, 'error')
      const clean = readReply(dialect, [wireOf(dialect).errorEvent(fault, 'cw_1')])
      assert.match(clean[0]?.type === 'error' ? clean[0].message : '', /ended its answer early/)
    }
  })
})

describe('errors in the client’s shape', () => {
  const body = (dialect: Dialect, code: ConstructorParameters<typeof CausewayError>[0], details = {}) =>
    JSON.parse(
      JSON.stringify(wireOf(dialect).errorBody(new CausewayError(code, 'It is so', details).fault, 'cw_1')),
    )

  it('of Chat Completions has message, type, param and our code', () => {
    const invalid = body('openai-chat', 'invalid_request', { field: 'n' })
    assert.deepEqual(invalid, {
      error: {
        message: 'It is so. Correct the field that the message names.',
        type: 'invalid_request_error',
        param: 'n',
        code: 'invalid_request',
      },
    })
    assert.deepEqual(
      [body('openai-chat', 'policy_denied').error.type, body('openai-chat', 'policy_denied').error.code],
      ['permission_error', 'policy_denied'],
    )
    assert.equal(body('openai-embeddings', 'rate_limited').error.type, 'rate_limit_error')
    assert.equal(body('openai-chat', 'upstream_timeout').error.type, 'server_error')
  })

  it('of Messages has its type names and the request id', () => {
    assert.deepEqual(body('anthropic-messages', 'policy_denied'), {
      type: 'error',
      error: { type: 'permission_error', message: 'It is so. See what would make it pass in the message.' },
      request_id: 'cw_1',
    })
    for (const [code, type] of [
      ['invalid_json', 'invalid_request_error'],
      ['unauthenticated', 'authentication_error'],
      ['unknown_model', 'not_found_error'],
      ['body_too_large', 'request_too_large'],
      ['rate_limited', 'rate_limit_error'],
      ['overloaded', 'overloaded_error'],
      ['upstream_timeout', 'timeout_error'],
      ['upstream_error', 'api_error'],
      ['cannot_translate', 'invalid_request_error'],
    ] as const) {
      assert.equal(body('anthropic-messages', code).error.type, type)
    }
  })
})

describe('keep-alives', () => {
  it('T50 are lines that no reader takes for an event', () => {
    for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
      const { keepAlive } = wireOf(dialect)
      assert.doesNotMatch(keepAlive, /^id:/m)
      const events = readReply(dialect, [keepAlive, keepAlive])
      assert.deepEqual(
        events.map((event) => event.type),
        ['error'],
      )
    }
    assert.equal(wireOf('openai-chat').keepAlive.includes('\n\n'), false)
  })
})
