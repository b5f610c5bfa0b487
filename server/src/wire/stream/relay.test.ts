import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Dialect, JsonObject } from '../../domain/index.ts'
import { wireOf } from '../index.ts'
import { chatStream, delta, messagesStream, relayed } from '../testing.ts'

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 5,
  total_tokens: 17,
  prompt_tokens_details: { cached_tokens: 4 },
}
const usageChunk: JsonObject = { id: 'chatcmpl-1', model: 'up', choices: [], usage: USAGE }

const CHAT = chatStream([
  delta({ role: 'assistant', content: '' }),
  delta({ content: 'Grüße ' }),
  delta({ content: '"usage": {"x"} [DONE] 🌉' }),
  delta({}, 'stop'),
  usageChunk,
])
const usageFrame = `data: ${JSON.stringify(usageChunk)}\n\n`

const MESSAGES = messagesStream([
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      role: 'assistant',
      content: [],
      usage: { input_tokens: 10, cache_read_input_tokens: 3, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  {
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: 'Grüße "usage": "message_stop" 🌉' },
  },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
  { type: 'message_stop' },
])

const STREAMS: readonly (readonly [
  name: string,
  dialect: Dialect,
  hide: boolean,
  source: string,
  expected: string,
])[] = [
  ['Chat Completions', 'openai-chat', false, CHAT, CHAT],
  ['Chat Completions with usage hidden', 'openai-chat', true, CHAT, CHAT.replace(usageFrame, '')],
  [
    'Chat Completions in CRLF',
    'openai-chat',
    true,
    CHAT.replaceAll('\n', '\r\n'),
    CHAT.replace(usageFrame, '').replaceAll('\n', '\r\n'),
  ],
  ['Messages', 'anthropic-messages', true, MESSAGES, MESSAGES],
]

describe('a relayed stream', () => {
  for (const [name, dialect, hideUsage, source, expected] of STREAMS) {
    it(`T47 T51 of ${name} comes out the same however it is split`, () => {
      const bytes = Buffer.from(source)
      for (let at = 0; at <= bytes.length; at += 1) {
        const relay = wireOf(dialect).relay({ stream: true, hideUsage, operation: 'chat' })
        const { during, rest, complete } = relayed(relay, [bytes.subarray(0, at), bytes.subarray(at)])
        assert.equal(during + rest, expected, `split at ${at}`)
        assert.equal(complete, true)
        assert.equal(relay.started(), true)
        assert.equal(relay.fault(), null)
        assert.ok(relay.textLength() >= 20, String(relay.textLength()))
        const usage = relay.usage()
        if (dialect === 'openai-chat')
          assert.deepEqual([usage?.input, usage?.output, usage?.cacheRead], [12, 5, 4])
        else assert.deepEqual([usage?.input, usage?.output, usage?.cacheRead], [13, 7, 3])
      }
    })

    it(`of ${name} comes out the same byte by byte`, () => {
      const relay = wireOf(dialect).relay({ stream: true, hideUsage, operation: 'chat' })
      const { during, rest } = relayed(
        relay,
        [...Buffer.from(source)].map((byte) => Buffer.from([byte])),
      )
      assert.equal(during + rest, expected)
    })

    it(`T28 of ${name} is not complete when cut anywhere, and no half event goes out`, () => {
      const bytes = Buffer.from(source)
      const marker =
        dialect === 'openai-chat'
          ? source.lastIndexOf('[DONE]') + 6
          : source.lastIndexOf('"message_stop"}') + 15
      const enough = Buffer.byteLength(source.slice(0, marker))
      for (let at = 0; at < enough; at += 1) {
        const { during, rest, complete } = relayed(
          wireOf(dialect).relay({ stream: true, hideUsage, operation: 'chat' }),
          [bytes.subarray(0, at)],
        )
        assert.equal(complete, false, `cut at ${at}`)
        for (const frame of (during + rest).split(/\r?\n\r?\n/)) {
          const data = frame.split('data: ')[1]?.trim()
          if (data !== undefined && data !== '[DONE]') assert.doesNotThrow(() => JSON.parse(data))
        }
      }
    })
  }

  it('hands on the very chunk where it ends with an event and holds nothing of note', () => {
    for (const [dialect, source] of [
      ['openai-chat', `data: ${JSON.stringify(delta({ content: 'x' }))}\n\n`],
      ['openai-chat', `data: ${JSON.stringify({ ...delta({ content: 'x' }), usage: null })}\n\n`],
      [
        'anthropic-messages',
        messagesStream([{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x' } }]),
      ],
    ] as const) {
      const chunk = new Uint8Array(Buffer.from(source))
      assert.equal(
        wireOf(dialect).relay({ stream: true, hideUsage: true, operation: 'chat' }).push(chunk),
        chunk,
      )
    }
  })

  it('loses nothing where what was held and what came are together as long as a chunk', () => {
    const frame = (text: string): string => `data: ${JSON.stringify(delta({ content: text }))}\n\n`
    const source = `${frame('a')}${frame('b')}${frame('c')}data: [DONE]\n\n`
    const length = Buffer.byteLength(frame('a'))
    for (let first = 1; first < length; first += 1) {
      const bytes = Buffer.from(source)
      const relay = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
      const pieces = [0, 1, 2].map((part) =>
        bytes.subarray(first + part * length, first + (part + 1) * length),
      )
      const { during, rest } = relayed(relay, [
        bytes.subarray(0, first),
        ...pieces,
        bytes.subarray(first + 3 * length),
      ])
      assert.equal(during + rest, source, `cut from ${first}`)
    }
  })

  it('holds the last event back until the end', () => {
    const { during, rest } = relayed(
      wireOf('openai-chat').relay({ stream: true, hideUsage: false, operation: 'chat' }),
      [Buffer.from(CHAT)],
    )
    assert.equal(rest, 'data: [DONE]\n\n')
    assert.ok(during.endsWith(usageFrame))
    const told = relayed(
      wireOf('anthropic-messages').relay({ stream: true, hideUsage: true, operation: 'chat' }),
      [Buffer.from(MESSAGES)],
    )
    assert.match(told.rest, /^event: message_stop/)
  })

  it('knows when it has heard the last event, and holds little of what comes after it', () => {
    for (const [dialect, source] of [
      ['openai-chat', CHAT],
      ['anthropic-messages', MESSAGES],
      ['openai-chat', `data: ${JSON.stringify({ error: { message: 'no more' } })}\n\n`],
    ] as const) {
      const relay = wireOf(dialect).relay({ stream: true, hideUsage: false, operation: 'chat' })
      relay.push(Buffer.from(': hello\n\n'))
      assert.equal(relay.finished(), false)
      relay.push(Buffer.from(source))
      assert.equal(relay.finished(), true)
      for (let i = 0; i < 200; i += 1) relay.push(Buffer.from(`data: ${'x'.repeat(9_000)}\n\n`))
      const rest = relay.end().rest.reduce((sum, piece) => sum + piece.length, 0)
      assert.ok(rest < 80 * 1024, `${rest} bytes held`)
    }
    assert.equal(
      wireOf('openai-chat').relay({ stream: false, hideUsage: false, operation: 'chat' }).finished(),
      false,
    )
  })

  it('T46 keeps a last chunk that carries usage beside its finish reason', () => {
    const source = chatStream([delta({ content: 'x' }), { ...delta({}, 'stop'), usage: USAGE }])
    const relay = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
    const { during, rest } = relayed(relay, [Buffer.from(source)])
    assert.equal(during + rest, source)
    assert.equal(relay.usage()?.output, 5)
  })

  it('T46 hides a usage chunk without choices', () => {
    const source = `data: ${JSON.stringify({ id: 'a', usage: USAGE })}\n\ndata: [DONE]\n\n`
    const { during, rest } = relayed(
      wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' }),
      [Buffer.from(source)],
    )
    assert.equal(during + rest, 'data: [DONE]\n\n')
  })

  it('T60 keeps a first chunk without choices that is no usage', () => {
    const first = `data: ${JSON.stringify({ id: '', choices: [], prompt_filter_results: [] })}\n\n`
    const { during } = relayed(
      wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' }),
      [Buffer.from(first + CHAT)],
    )
    assert.ok(during.startsWith(first))
  })

  it('T53 T54 finds an error event and an error without a frame', () => {
    const framed = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
    const text = `data: ${JSON.stringify({ error: { message: 'too busy', code: 529 } })}\n\n`
    const one = relayed(framed, [Buffer.from(text)])
    assert.deepEqual(
      [framed.fault(), one.complete, framed.started()],
      [{ message: 'too busy', status: 529 }, false, false],
    )
    assert.equal(one.during + one.rest, text)

    const bare = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
    const two = relayed(bare, [Buffer.from('{"error":{"mess'), Buffer.from('age":"no such model"}}')])
    assert.equal(bare.fault()?.message, 'no such model')
    assert.equal(two.rest, 'data: {"error":{"message":"no such model"}}\n\n')

    const overloaded = wireOf('anthropic-messages').relay({
      stream: true,
      hideUsage: true,
      operation: 'chat',
    })
    const event = messagesStream([
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    ])
    const three = relayed(overloaded, [Buffer.from(event)])
    assert.deepEqual([overloaded.fault(), three.complete], [{ message: 'Overloaded', status: 529 }, false])
  })

  it('does not take a text that says "error" for one', () => {
    const source = chatStream([
      delta({ content: 'error' }),
      delta({ content: '{"error":{"message":"no"}}' }),
      delta({}, 'stop'),
    ])
    const relay = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
    const { during, rest, complete } = relayed(relay, [Buffer.from(source)])
    assert.deepEqual([during + rest, complete, relay.fault()], [source, true, null])
  })

  it('T49 passes comments and keep-alives on and counts neither as an answer', () => {
    const relay = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
    const comments = ': OPENROUTER PROCESSING\n\ndata: : keepalive\n\n'
    assert.equal(relayed(relay, [Buffer.from(comments)]).during, comments)
    assert.equal(relay.started(), false)
  })

  it('lets an oversized event through rather than hold it without end', () => {
    const big = `data: ${JSON.stringify(delta({ content: 'x'.repeat(1024 * 1024) }))}\n\n`
    const relay = wireOf('openai-chat').relay({ stream: true, hideUsage: true, operation: 'chat' })
    const bytes = Buffer.from(big + CHAT)
    const chunks: Buffer[] = []
    for (let from = 0; from < bytes.length; from += 50_000) chunks.push(bytes.subarray(from, from + 50_000))
    const { during, rest, complete } = relayed(relay, chunks)
    assert.equal(during + rest, (big + CHAT).replace(usageFrame, ''))
    assert.equal(complete, true)
  })
})

describe('a relayed body', () => {
  const completion = {
    id: 'x',
    choices: [{ message: { content: 'hello', tool_calls: [{ function: { arguments: '{"a":1}' } }] } }],
    usage: USAGE,
  }

  it('goes through chunk by chunk and is looked at once', () => {
    const relay = wireOf('openai-chat').relay({ stream: false, hideUsage: true, operation: 'chat' })
    const bytes = Buffer.from(JSON.stringify(completion))
    const chunk = bytes.subarray(0, 10)
    assert.equal(relay.push(chunk), chunk)
    relay.push(bytes.subarray(10))
    assert.deepEqual(relay.end(), { rest: [], complete: true })
    assert.equal(relay.usage()?.input, 12)
    assert.equal(relay.textLength(), 12)
  })

  it('is not complete when cut, empty or an error', () => {
    for (const body of [
      '',
      '{"id":"x","choices":[',
      '<html>',
      '{"error":"out of memory"}',
      '{"object":"error","message":"m"}',
    ]) {
      const relay = wireOf('openai-chat').relay({ stream: false, hideUsage: true, operation: 'chat' })
      assert.equal(relayed(relay, [Buffer.from(body)]).complete, false, body)
      assert.equal(relay.fault() !== null, body.startsWith('{"e') || body.startsWith('{"o'))
    }
  })

  it('of embeddings gives its usage even where it is too large to parse', () => {
    for (const numbers of [3, 200_000]) {
      const body = {
        object: 'list',
        data: [{ embedding: new Array(numbers).fill(0.123456) }],
        usage: { prompt_tokens: 9, total_tokens: 9 },
      }
      const relay = wireOf('openai-embeddings').relay({ stream: false, hideUsage: true, operation: 'embed' })
      assert.equal(relayed(relay, [Buffer.from(JSON.stringify(body))]).complete, true)
      assert.equal(relay.usage()?.input, 9)
    }
  })

  it('of Messages counts the cache into the input', () => {
    const relay = wireOf('anthropic-messages').relay({ stream: false, hideUsage: true, operation: 'chat' })
    const body = {
      type: 'message',
      content: [{ type: 'text', text: 'abc' }],
      usage: {
        input_tokens: 1,
        cache_creation_input_tokens: 2,
        cache_read_input_tokens: 3,
        output_tokens: 4,
      },
    }
    relayed(relay, [Buffer.from(JSON.stringify(body))])
    assert.deepEqual([relay.usage()?.input, relay.usage()?.cacheWrite, relay.usage()?.cacheRead], [6, 2, 3])
    assert.equal(relay.textLength(), 3)
  })
})
