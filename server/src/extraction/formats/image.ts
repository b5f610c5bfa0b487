import { inflateSync } from 'node:zlib'
import type { Reader, Sink } from '../sink.ts'

const LONGEST = 1_048_576
const latin = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

const startsWith = (bytes: Uint8Array, signature: string): boolean =>
  latin(bytes.subarray(0, signature.length)) === signature

/** An XMP packet without its tags: values of elements, and of attributes. */
const packetText = (xml: string): string =>
  [...xml.matchAll(/"([^"<>]*)"|>([^<>]*)</g)]
    .map((found) => found[1] ?? found[2] ?? '')
    .filter(
      (value) => value.trim() !== '' && !/^https?:\/\/(?:ns\.adobe\.com|www\.w3\.org|purl\.org)/.test(value),
    )
    .join('\n')

/** Tags of Exif that hold text in UTF-16: title, comment, author, keywords, subject of Windows. */
const isWideTag = (tag: number): boolean => tag >= 0x9c9b && tag <= 0x9c9f
const SUB_DIRECTORIES = new Set([0x8769, 0x8825, 0xa005])
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 }
const MOST_ENTRIES = 1_000

/** The texts, and the place, in a TIFF structure (Exif 2.32, 4.6). */
class Exif {
  readonly texts: string[] = []
  readonly #view: DataView
  readonly #bytes: Uint8Array
  readonly #little: boolean
  #entries = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = viewOf(bytes)
    this.#little = startsWith(bytes, 'II')
  }

  read(): void {
    const seen = new Set<number>()
    const waiting = [this.#view.getUint32(4, this.#little)]
    for (let offset = waiting.pop(); offset !== undefined; offset = waiting.pop()) {
      if (offset === 0 || seen.has(offset) || offset + 2 > this.#bytes.length) continue
      seen.add(offset)
      waiting.push(...this.#directory(offset))
    }
  }

  #directory(offset: number): readonly number[] {
    const count = this.#view.getUint16(offset, this.#little)
    const next: number[] = []
    let at = offset + 2
    for (let i = 0; i < count && at + 12 <= this.#bytes.length; i += 1, at += 12) {
      this.#entries += 1
      if (this.#entries > MOST_ENTRIES) return []
      next.push(...this.#entry(at))
    }
    if (at + 4 <= this.#bytes.length) next.push(this.#view.getUint32(at, this.#little))
    return next
  }

  #entry(at: number): readonly number[] {
    const tag = this.#view.getUint16(at, this.#little)
    const type = this.#view.getUint16(at + 2, this.#little)
    const count = this.#view.getUint32(at + 4, this.#little)
    const size = count * (SIZES[type] ?? 1)
    const start = size <= 4 ? at + 8 : this.#view.getUint32(at + 8, this.#little)
    if (SUB_DIRECTORIES.has(tag)) return [this.#view.getUint32(at + 8, this.#little)]
    const value = this.#bytes.subarray(start, Math.min(this.#bytes.length, start + Math.min(size, LONGEST)))
    if (isWideTag(tag)) this.texts.push(new TextDecoder('utf-16le').decode(value))
    else if (tag === 700) this.texts.push(packetText(utf8(value)))
    else if (tag === 33723) this.texts.push(...recordTexts(value))
    else if (tag === 0x9286) this.texts.push(utf8(value.subarray(8)))
    else if (type === 2) this.texts.push(utf8(value))
    else if ((tag === 2 || tag === 4) && type === 5 && count === 3) this.texts.push(this.#degrees(start))
    return []
  }

  #degrees(start: number): string {
    const part = (i: number): number =>
      this.#view.getUint32(start + i * 8, this.#little) /
      this.#view.getUint32(start + i * 8 + 4, this.#little)
    return `GPS ${(part(0) + part(1) / 60 + part(2) / 3600).toFixed(5)}`
  }
}

const exifTexts = (bytes: Uint8Array): readonly string[] => {
  const exif = new Exif(bytes)
  try {
    exif.read()
  } catch {
    // A camera's broken directory hides no more than itself; the picture is unread in any case.
  }
  return exif.texts
}

/** IPTC datasets: 1c, record, number, length in two bytes, value. */
const recordTexts = (bytes: Uint8Array): readonly string[] => {
  const texts: string[] = []
  for (let i = bytes.indexOf(0x1c); i >= 0 && i + 5 <= bytes.length; i = bytes.indexOf(0x1c, i)) {
    const length = ((bytes[i + 3] ?? 0) << 8) | (bytes[i + 4] ?? 0)
    if (bytes[i + 1] === 2 && length < 0x8000) {
      texts.push(utf8(bytes.subarray(i + 5, i + 5 + length)))
      i += 5 + length
    } else i += 1
  }
  return texts
}

const jpegTexts = (bytes: Uint8Array): readonly string[] => {
  const texts: string[] = []
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xda || marker === 0xd9) break
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const segment = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xfe) texts.push(utf8(segment))
    else if (marker === 0xe1 && startsWith(segment, 'Exif\0\0')) texts.push(...exifTexts(segment.subarray(6)))
    else if (marker === 0xe1) texts.push(packetText(utf8(segment)))
    else if (marker === 0xed) texts.push(...recordTexts(segment))
    at += 2 + Math.max(2, length)
  }
  return texts
}

const inflated = (bytes: Uint8Array): Uint8Array => {
  try {
    return inflateSync(bytes, { maxOutputLength: LONGEST })
  } catch {
    return new Uint8Array()
  }
}

const pngText = (type: string, data: Uint8Array): readonly string[] => {
  const name = data.indexOf(0)
  switch (type) {
    case 'tEXt':
      return [`${latin(data.subarray(0, name))}: ${latin(data.subarray(name + 1))}`]
    case 'zTXt':
      return [`${latin(data.subarray(0, name))}: ${latin(inflated(data.subarray(name + 2)))}`]
    case 'iTXt': {
      const language = data.indexOf(0, name + 3)
      const text = data.subarray(data.indexOf(0, language + 1) + 1)
      const value = utf8(data[name + 1] === 1 ? inflated(text) : text)
      return [`${latin(data.subarray(0, name))}: ${value.includes('<x:xmpmeta') ? packetText(value) : value}`]
    }
    case 'eXIf':
      return exifTexts(data)
    default:
      return []
  }
}

const pngTexts = (bytes: Uint8Array): readonly string[] => {
  const view = viewOf(bytes)
  const texts: string[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const data = bytes.subarray(at + 8, at + 8 + length)
    texts.push(...pngText(latin(bytes.subarray(at + 4, at + 8)), data))
    at += 12 + length
  }
  return texts
}

const webpTexts = (bytes: Uint8Array): readonly string[] => {
  const view = viewOf(bytes)
  const texts: string[] = []
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = latin(bytes.subarray(at, at + 4))
    const length = view.getUint32(at + 4, true)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'EXIF') texts.push(...exifTexts(startsWith(data, 'Exif\0\0') ? data.subarray(6) : data))
    else if (type === 'XMP ') texts.push(packetText(utf8(data)))
    at += 8 + length + (length & 1)
  }
  return texts
}

/** Comment extensions: 21 fe, then blocks behind their length until one of none. */
const gifTexts = (bytes: Uint8Array): readonly string[] => {
  const texts: string[] = []
  for (let i = bytes.indexOf(0x21); i >= 0; i = bytes.indexOf(0x21, i + 1)) {
    if (bytes[i + 1] !== 0xfe) continue
    let text = ''
    let at = i + 2
    for (let length = bytes[at] ?? 0; length > 0 && at + length < bytes.length; length = bytes[at] ?? 0) {
      text += utf8(bytes.subarray(at + 1, at + 1 + length))
      at += 1 + length
    }
    texts.push(text)
    i = Math.max(i, at - 1)
  }
  return texts
}

const textsOf = (bytes: Uint8Array): readonly string[] => {
  if (bytes[0] === 0x89) return pngTexts(bytes)
  if (bytes[0] === 0xff) return jpegTexts(bytes)
  if (startsWith(bytes, 'GIF')) return gifTexts(bytes)
  return startsWith(bytes, 'RIFF') ? webpTexts(bytes) : exifTexts(bytes)
}

const addTexts = (bytes: Uint8Array, sink: Sink): void => {
  const texts = textsOf(bytes).map((text) => text.replaceAll('\0', '').trim())
  sink.add(texts.filter((text) => text !== '').join('\n'))
}

/** A picture: what is written in it beside its pixels, which nobody here looks at. */
export const readImage: Reader = ({ bytes }, sink) => {
  addTexts(bytes, sink)
  return 'it is a picture'
}
