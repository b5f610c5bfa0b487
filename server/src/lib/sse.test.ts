import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type SseEvent, SseParser } from './sse.ts'

const parse = (chunks: readonly Uint8Array[]): SseEvent[] => {
  const events: SseEvent[] = []
  const parser = new SseParser((event) => events.push(event))
  for (const chunk of chunks) parser.push(chunk)
  parser.end()
  return events
}

const STREAM = [
  ': a comment\n',
  'event: greeting\ndata: héllo 日本 🌉\n\n',
  'data:no space\ndata:  two spaces\ndata\n\n',
  'id: 7\r\ndata: {"a":1}\r\n\r\n',
  'unknown: x\nretry: 5\ndata: a\rdata: b\r\r',
  'event: nothing\n\n',
  'data: : keepalive\n\n',
  'data: last without its blank line',
].join('')

const EXPECTED: SseEvent[] = [
  { event: 'greeting', data: 'héllo 日本 🌉', id: null },
  { event: 'message', data: 'no space\n two spaces\n', id: null },
  { event: 'message', data: '{"a":1}', id: '7' },
  { event: 'message', data: 'a\nb', id: '7' },
  { event: 'message', data: ': keepalive', id: '7' },
  { event: 'message', data: 'last without its blank line', id: '7' },
]

describe('SseParser', () => {
  it('reads the format, with and without a byte order mark', () => {
    assert.deepEqual(parse([Buffer.from(STREAM)]), EXPECTED)
    assert.deepEqual(parse([Buffer.from(`\ufeff${STREAM}`)]), EXPECTED)
  })

  it('T51 reads the same when split at every byte', () => {
    const bytes = Buffer.from(`\ufeff${STREAM}`)
    for (let at = 0; at <= bytes.length; at += 1) {
      assert.deepEqual(parse([bytes.subarray(0, at), bytes.subarray(at)]), EXPECTED, `split at ${at}`)
    }
  })

  it('reads the same in pieces of any size', () => {
    const bytes = Buffer.from(STREAM)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const chunks: Buffer[] = []
        for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
          const size = Math.max(sizes[turn % sizes.length] ?? 1, turn % 7 === 0 ? 1 : 0)
          chunks.push(bytes.subarray(from, from + size))
          from += size
        }
        assert.deepEqual(parse(chunks), EXPECTED)
      }),
    )
  })

  it('does not read a chunk again that its owner overwrites', () => {
    const events: SseEvent[] = []
    const parser = new SseParser((event) => events.push(event))
    const chunk = Buffer.from('data: kept')
    parser.push(chunk)
    chunk.fill(0)
    parser.push(Buffer.from('\n\n'))
    assert.equal(events[0]?.data, 'kept')
  })

  it('refuses a line and an event beyond the limit', () => {
    const ignore = (): void => {}
    const long = new SseParser(ignore, 100)
    assert.throws(() => {
      for (let i = 0; i < 20; i += 1) long.push(Buffer.from('data: aaaa'))
    }, RangeError)
    const many = new SseParser(ignore, 100)
    assert.throws(() => {
      for (let i = 0; i < 40; i += 1) many.push(Buffer.from('data: aaaa\n'))
    }, RangeError)
    const whole = new SseParser(ignore, 100)
    assert.throws(() => whole.push(Buffer.from(`data: ${'a'.repeat(200)}\n\n`)), RangeError)
  })
})
