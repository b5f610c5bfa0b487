import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type EventFrame,
  EventStreamDecoder,
  encodeEvent,
  encodeFrame,
  type HeaderValue,
} from './eventStream.ts'

const decode = (
  chunks: readonly Uint8Array[],
): { readonly frames: EventFrame[]; readonly problem: string | null; readonly broken: boolean } => {
  const frames: EventFrame[] = []
  const decoder = new EventStreamDecoder((frame) => frames.push(frame))
  let problem: string | null = null
  for (const chunk of chunks) problem = decoder.push(chunk)
  return { frames, problem, broken: decoder.broken }
}

const HEADERS: Readonly<Record<string, HeaderValue>> = {
  true: { type: 'boolean', value: true },
  false: { type: 'boolean', value: false },
  byte: { type: 'byte', value: -7 },
  short: { type: 'short', value: -300 },
  integer: { type: 'integer', value: -70_000 },
  long: { type: 'long', value: -5_000_000_000n },
  binary: { type: 'binary', value: Buffer.from([0, 255]) },
  näme: { type: 'string', value: 'wört' },
  timestamp: { type: 'timestamp', value: 1_700_000_000_000n },
  uuid: { type: 'uuid', value: '01020304-0506-0708-090a-0b0c0d0e0f10' },
}

describe('the binary event stream', () => {
  it('encodes the empty message of the protocol’s own description', () => {
    assert.equal(encodeFrame({}, Buffer.alloc(0)).toString('hex'), '000000100000000005c248eb7d98c8ff')
  })

  it('reads headers of every type', () => {
    const { frames, problem } = decode([encodeFrame(HEADERS, Buffer.from('pay'))])
    assert.equal(problem, null)
    assert.deepEqual(Object.fromEntries(frames[0]?.headers ?? []), HEADERS)
    assert.equal(frames[0]?.payload.toString(), 'pay')
  })

  it('gives the same frames split at every byte', () => {
    const bytes = Buffer.concat([
      encodeEvent('a', { text: 'grüße 🎈' }),
      encodeFrame(HEADERS, Buffer.alloc(0)),
      encodeEvent('throttlingException', { message: 'slow' }, 'exception'),
    ])
    const whole = decode([bytes])
    assert.equal(whole.frames.length, 3)
    for (let at = 0; at <= bytes.length; at += 1)
      assert.deepEqual(decode([bytes.subarray(0, at), bytes.subarray(at)]), whole, `split at ${at}`)
    assert.deepEqual(decode([...bytes].map((byte) => Buffer.from([byte]))), whole)
  })

  it('tells a frame that did not end', () => {
    const bytes = encodeEvent('a', {})
    assert.deepEqual(decode([bytes.subarray(0, -1)]), { frames: [], problem: null, broken: true })
    assert.equal(decode([bytes]).broken, false)
  })

  it('finds every single garbled byte', () => {
    const good = encodeEvent('messageStop', { stopReason: 'end_turn' })
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good)
      bad.writeUInt8((bad.readUInt8(at) ^ 0x55) & 0xff, at)
      const { frames, problem } = decode([bad])
      assert.deepEqual([frames.length, problem === null], [0, false], `byte ${at}`)
    }
  })

  it('keeps what came before a garbled frame, and nothing after it', () => {
    const good = encodeEvent('a', {})
    const bad = Buffer.from(good)
    bad.writeUInt8(0, bad.length - 1)
    const { frames, problem } = decode([good, bad, good])
    assert.deepEqual([frames.length, problem], [1, 'the checksum of a frame is wrong'])
  })

  it('refuses frames beyond the protocol’s limits before it holds them', () => {
    for (const [total, headers] of [
      [0x7000_0000, 0],
      [1_000_000, 900_000],
      [15, 0],
      [40, 30],
    ] as const) {
      const prelude = Buffer.alloc(12)
      prelude.writeUInt32BE(total, 0)
      prelude.writeUInt32BE(headers, 4)
      prelude.writeUInt32BE(crc(prelude.subarray(0, 8)), 8)
      assert.match(decode([prelude]).problem ?? '', /too large|shorter/, `${total} ${headers}`)
    }
  })

  for (const [what, head] of [
    ['of no known type', Buffer.from([1, 0x61, 10])],
    ['beyond its frame', Buffer.from([1, 0x61, 7, 0, 9])],
    ['without a name', Buffer.from([0, 0])],
    ['that comes twice', Buffer.from([1, 0x61, 0, 1, 0x61, 0])],
  ] as const) {
    it(`refuses a header ${what}`, () => {
      const payload = encodeFrame({}, head)
      // The same bytes with what was the payload told as headers: lengths and checksums made anew.
      assert.notEqual(decode([withHeaders(payload, head.length)]).problem, null)
    })
  }
})

const withHeaders = (frame: Buffer, length: number): Buffer => {
  const rebuilt = Buffer.from(frame)
  rebuilt.writeUInt32BE(length, 4)
  rebuilt.writeUInt32BE(crc(rebuilt.subarray(0, 8)), 8)
  rebuilt.writeUInt32BE(crc(rebuilt.subarray(0, -4)), rebuilt.length - 4)
  return rebuilt
}

/** Bit by bit, so that the test does not share the code it checks. */
const crc = (bytes: Uint8Array): number => {
  let value = 0xffff_ffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1
  }
  return (value ^ 0xffff_ffff) >>> 0
}
