import { crc32 } from 'node:zlib'
import type { JsonObject } from '../../domain/index.ts'

/*
 * The binary framing `application/vnd.amazon.eventstream`. A frame is: total length, length of the headers and a
 * CRC of these two (four bytes each, big-endian), the headers, the payload, a CRC of everything before it.
 * Source: https://smithy.io/2.0/aws/amazon-eventstream.html
 */

export type HeaderValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'byte' | 'short' | 'integer'; readonly value: number }
  | { readonly type: 'long'; readonly value: bigint }
  | { readonly type: 'binary'; readonly value: Uint8Array }
  | { readonly type: 'string'; readonly value: string }
  /** Milliseconds since 1970. */
  | { readonly type: 'timestamp'; readonly value: bigint }
  /** 32 hexadecimal digits in their five groups. */
  | { readonly type: 'uuid'; readonly value: string }

export interface EventFrame {
  readonly headers: ReadonlyMap<string, HeaderValue>
  readonly payload: Buffer
}

const PRELUDE = 12
const TRAILER = 4
/** The protocol's own limits, in bytes: of a frame's headers and of a frame. */
const MOST_HEADERS = 128 * 1024
const MOST_FRAME = 24 * 1024 * 1024 + MOST_HEADERS + PRELUDE + TRAILER

/** What a header's bytes may lack or say wrong; told by the decoder, never thrown out of it. */
class Malformed extends Error {}

class HeaderReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  all(): ReadonlyMap<string, HeaderValue> {
    const headers = new Map<string, HeaderValue>()
    while (this.#at < this.#bytes.length) {
      const name = this.#take(this.#take(1).readUInt8()).toString('utf8')
      if (name === '' || headers.has(name)) throw new Malformed('a header has no name or comes twice')
      headers.set(name, this.#value(this.#take(1).readUInt8()))
    }
    return headers
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new Malformed('a header goes beyond its frame')
    const piece = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return piece
  }

  #value(type: number): HeaderValue {
    switch (type) {
      case 0:
      case 1:
        return { type: 'boolean', value: type === 0 }
      case 2:
        return { type: 'byte', value: this.#take(1).readInt8() }
      case 3:
        return { type: 'short', value: this.#take(2).readInt16BE() }
      case 4:
        return { type: 'integer', value: this.#take(4).readInt32BE() }
      case 5:
        return { type: 'long', value: this.#take(8).readBigInt64BE() }
      case 6:
        return { type: 'binary', value: this.#take(this.#take(2).readUInt16BE()) }
      case 7:
        return { type: 'string', value: this.#take(this.#take(2).readUInt16BE()).toString('utf8') }
      case 8:
        return { type: 'timestamp', value: this.#take(8).readBigInt64BE() }
      case 9:
        return { type: 'uuid', value: uuidOf(this.#take(16)) }
      default:
        throw new Malformed('a header is of no known type')
    }
  }
}

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Length of the frame that begins here, once its prelude is known to be whole and right. */
const frameLength = (bytes: Buffer): number => {
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8))
    throw new Malformed('the checksum of a frame’s head is wrong')
  const total = bytes.readUInt32BE(0)
  const headers = bytes.readUInt32BE(4)
  if (total > MOST_FRAME || headers > MOST_HEADERS) throw new Malformed('a frame is too large')
  if (total < PRELUDE + headers + TRAILER) throw new Malformed('a frame is shorter than its headers')
  return total
}

const frameOf = (bytes: Buffer): EventFrame => {
  const end = bytes.length - TRAILER
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end))
    throw new Malformed('the checksum of a frame is wrong')
  const split = PRELUDE + bytes.readUInt32BE(4)
  return {
    headers: new HeaderReader(bytes.subarray(PRELUDE, split)).all(),
    payload: bytes.subarray(split, end),
  }
}

/** Cuts bytes into frames, however they are split. After the first wrong frame nothing more is read. */
export class EventStreamDecoder {
  readonly #onFrame: (frame: EventFrame) => void
  #held: Buffer[] = []
  #bytes = 0
  /** Bytes needed for the next step: of a prelude, or of the frame that it announced. */
  #wanted = PRELUDE
  #problem: string | null = null

  constructor(onFrame: (frame: EventFrame) => void) {
    this.#onFrame = onFrame
  }

  /** What is wrong with the stream, or null. */
  push(chunk: Uint8Array): string | null {
    if (this.#problem !== null) return this.#problem
    this.#held.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    this.#bytes += chunk.byteLength
    try {
      this.#read()
    } catch (thrown) {
      if (!(thrown instanceof Malformed)) throw thrown
      this.#problem = thrown.message
      this.#held = []
    }
    return this.#problem
  }

  /** True where a frame had begun and did not end. */
  get broken(): boolean {
    return this.#bytes > 0
  }

  #read(): void {
    if (this.#bytes < this.#wanted) return
    let bytes = this.#held.length === 1 ? (this.#held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#held)
    while (bytes.length >= this.#wanted) {
      if (this.#wanted === PRELUDE) {
        this.#wanted = frameLength(bytes)
        continue
      }
      const frame = frameOf(bytes.subarray(0, this.#wanted))
      bytes = bytes.subarray(this.#wanted)
      this.#wanted = PRELUDE
      this.#onFrame(frame)
    }
    // A copy, so that the beginning of a frame does not keep a whole chunk alive.
    this.#held = bytes.length === 0 ? [] : [Buffer.from(bytes)]
    this.#bytes = bytes.length
  }
}

const sized = (type: number, value: Uint8Array): Buffer => {
  const head = Buffer.alloc(3)
  head.writeUInt8(type)
  head.writeUInt16BE(value.byteLength, 1)
  return Buffer.concat([head, value])
}

const wide = (type: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt8(type)
  bytes.writeBigInt64BE(value, 1)
  return bytes
}

const integer = (type: number, size: 1 | 2 | 4, value: number): Buffer => {
  const bytes = Buffer.alloc(1 + size)
  bytes.writeUInt8(type)
  bytes.writeIntBE(value, 1, size)
  return bytes
}

const headerBytes = (header: HeaderValue): Buffer => {
  switch (header.type) {
    case 'boolean':
      return Buffer.from([header.value ? 0 : 1])
    case 'byte':
      return integer(2, 1, header.value)
    case 'short':
      return integer(3, 2, header.value)
    case 'integer':
      return integer(4, 4, header.value)
    case 'long':
      return wide(5, header.value)
    case 'binary':
      return sized(6, header.value)
    case 'string':
      return sized(7, Buffer.from(header.value))
    case 'timestamp':
      return wide(8, header.value)
    case 'uuid':
      return Buffer.concat([Buffer.from([9]), Buffer.from(header.value.replaceAll('-', ''), 'hex')])
  }
}

const unsigned = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** One frame of any headers and payload. */
export const encodeFrame = (headers: Readonly<Record<string, HeaderValue>>, payload: Uint8Array): Buffer => {
  const head = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => {
      const bytes = Buffer.from(name)
      return [Buffer.from([bytes.length]), bytes, headerBytes(value)]
    }),
  )
  const lengths = Buffer.concat([
    unsigned(PRELUDE + head.length + payload.byteLength + TRAILER),
    unsigned(head.length),
  ])
  const body = Buffer.concat([lengths, unsigned(crc32(lengths)), head, payload])
  return Buffer.concat([body, unsigned(crc32(body))])
}

const word = (value: string): HeaderValue => ({ type: 'string', value })

/** An event as the upstream frames it, for simulators and tests: `encodeEvent('messageStart', {role: 'assistant'})`. */
export const encodeEvent = (
  name: string,
  payload: JsonObject,
  kind: 'event' | 'exception' = 'event',
): Buffer =>
  encodeFrame(
    {
      [kind === 'event' ? ':event-type' : ':exception-type']: word(name),
      ':content-type': word('application/json'),
      ':message-type': word(kind),
    },
    Buffer.from(JSON.stringify(payload)),
  )
