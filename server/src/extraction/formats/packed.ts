import { gunzipSync } from 'node:zlib'
import { limit, type Reader } from '../sink.ts'

/** Bytes of an own buffer, so that they can be handed on. */
export const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

export const readGzip: Reader = async ({ bytes }, sink) => {
  const room = Math.max(1, sink.room)
  let inner: Buffer
  try {
    inner = gunzipSync(bytes, { maxOutputLength: room })
  } catch (thrown) {
    if (thrown instanceof RangeError) throw limit(`it unpacks to more than ${room} bytes`)
    throw thrown
  }
  sink.unpacked(inner.length)
  sink.member()
  return await sink.inside(own(inner))
}

const BLOCK = 512

const textAt = (bytes: Uint8Array, start: number, length: number): string => {
  const field = bytes.subarray(start, start + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

/** POSIX ustar: 512-byte headers with the size in octal, each in front of its member padded to 512 bytes. */
export const readTar: Reader = async ({ bytes }, sink) => {
  const names: string[] = []
  for (let offset = 0; offset + BLOCK <= bytes.length; ) {
    const name = textAt(bytes, offset, 100)
    if (name === '') break
    const size = Number.parseInt(textAt(bytes, offset + 124, 12).trim() || '0', 8)
    if (!(size >= 0) || offset + BLOCK + size > bytes.length)
      throw new RangeError('a member reaches past the end')
    sink.member()
    names.push(name, textAt(bytes, offset + 157, 100), textAt(bytes, offset + 265, 32))
    if (size > 0) await sink.inside(bytes.slice(offset + BLOCK, offset + BLOCK + size))
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  sink.add(names.filter((name) => name !== '').join('\n'))
  return null
}
