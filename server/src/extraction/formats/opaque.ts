import type { Reader, Sink } from '../sink.ts'

/** Runs shorter than this are met by chance in compressed bytes. */
const SHORTEST_IN_UNKNOWN = 12
const SHORTEST_IN_OLE = 6
const LONGEST = 4_194_304

/** Latin, Greek, Cyrillic, Hebrew and Arabic letters in UTF-16: all that a chance run of bytes seldom makes. */
const isWide = (low: number, high: number): boolean =>
  (high === 0 && isNarrow(low)) || (high >= 1 && high <= 6) || (high === 0x20 && low >= 0x10 && low <= 0x44)

const isNarrow = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte >= 0xa0

const runsOf = (bytes: Uint8Array, step: 1 | 2, offset: number, shortest: number, sink: Sink): void => {
  const decoder = new TextDecoder(step === 1 ? 'windows-1252' : 'utf-16le')
  const found: string[] = []
  let length = 0
  let start = -1
  for (let i = offset; i <= bytes.length; i += step) {
    const byte = bytes[i] ?? 0
    const isText = step === 1 ? isNarrow(byte) : i + 1 < bytes.length && isWide(byte, bytes[i + 1] ?? 0)
    if (isText && start < 0) start = i
    if (isText || start < 0) continue
    if (i - start >= shortest * step) {
      found.push(decoder.decode(bytes.subarray(start, i)))
      length += i - start
      if (length > LONGEST) break
    }
    start = -1
  }
  sink.add(found.join('\n'))
}

const lettersOf = (bytes: Uint8Array, shortest: number, sink: Sink): void => {
  runsOf(bytes, 1, 0, shortest, sink)
  runsOf(bytes, 2, 0, Math.max(4, shortest / 2), sink)
  runsOf(bytes, 2, 1, Math.max(4, shortest / 2), sink)
}

const nameIn = (bytes: Uint8Array, name: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from(name, 'utf16le'))

/** The old binary documents and messages of an office: runs of letters, in whatever order they lie. */
export const readOle: Reader = ({ bytes }, sink) => {
  if (nameIn(bytes, 'EncryptedPackage')) return LOCKED
  lettersOf(bytes, SHORTEST_IN_OLE, sink)
  return 'its format is an old binary one, of which only runs of letters are read'
}

/** Anything else: runs of letters that are too long for chance. */
export const readOpaque: Reader = ({ bytes }, sink) => {
  lettersOf(bytes, SHORTEST_IN_UNKNOWN, sink)
  return 'its format is unknown here'
}

export const LOCKED = 'it is locked with a password'
