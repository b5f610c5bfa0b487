import { readImage } from './formats/image.ts'
import { readOle } from './formats/opaque.ts'
import { readGzip, readTar } from './formats/packed.ts'
import { readText } from './formats/text.ts'
import type { File, Reader } from './sink.ts'

const at = (bytes: Uint8Array, offset: number, signature: string): boolean => {
  if (bytes.length < offset + signature.length) return false
  for (let i = 0; i < signature.length; i += 1) {
    if (bytes[offset + i] !== signature.charCodeAt(i)) return false
  }
  return true
}

/** Other readers tolerate rubbish in front of a PDF, so this many bytes are searched for its beginning. */
const PDF_LEAD = 1024
/** The record that ends an archive stands at most so far from the end (its comment is 64 KiB at most). */
const ZIP_TAIL = 65_557

const holds = (bytes: Uint8Array, signature: string, start: number, end: number): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .subarray(start, end)
    .includes(signature, 0, 'latin1')

const isImage = (bytes: Uint8Array): boolean =>
  at(bytes, 0, '\x89PNG') ||
  at(bytes, 0, '\xff\xd8\xff') ||
  at(bytes, 0, 'GIF8') ||
  at(bytes, 0, 'II*\0') ||
  at(bytes, 0, 'MM\0*') ||
  (at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP'))

const isZip = (bytes: Uint8Array): boolean =>
  holds(bytes, 'PK\x05\x06', Math.max(0, bytes.length - ZIP_TAIL), bytes.length)

/** The reader that a file's first bytes ask for, or null. */
const beginning = async (bytes: Uint8Array): Promise<Reader | null> => {
  if (at(bytes, 0, '%PDF-')) return (await import('./formats/pdf.ts')).readPdf
  if (at(bytes, 0, 'PK\x03\x04')) return (await import('./formats/zip.ts')).readZip
  if (at(bytes, 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return readOle
  if (at(bytes, 0, '\x1f\x8b')) return readGzip
  if (isImage(bytes)) return readImage
  return at(bytes, 257, 'ustar') ? readTar : null
}

/**
 * The readers for a file, by its bytes: more than one where it may be several things to several people, as a PDF
 * behind a page's text, or an archive behind a picture. Libraries are loaded with the first file that needs them.
 */
export const readersOf = async ({ bytes }: File): Promise<readonly Reader[]> => {
  const first = await beginning(bytes)
  const readers = [first ?? readText]
  // An archive may hold a PDF as it is, right at its beginning.
  if (first === null && holds(bytes, '%PDF-', 0, PDF_LEAD))
    readers.unshift((await import('./formats/pdf.ts')).readPdf)
  if (!at(bytes, 0, 'PK\x03\x04') && isZip(bytes)) readers.push((await import('./formats/zip.ts')).readZip)
  return readers
}
