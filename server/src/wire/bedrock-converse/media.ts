import type { Block, JsonObject } from '../../domain/index.ts'
import { plainBase64 } from '../body/media.ts'
import { untranslatable } from '../body/untranslatable.ts'

type MediaBlock = Extract<Block, { type: 'media' }>

/** The dialect's word for each mime type. Source: the service's API reference, ImageBlock, DocumentBlock, AudioBlock, VideoBlock. */
const IMAGES: ReadonlyMap<string, string> = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpeg'],
  ['image/jpg', 'jpeg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
])
const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['text/csv', 'csv'],
  ['application/csv', 'csv'],
  ['application/msword', 'doc'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['text/html', 'html'],
  ['text/markdown', 'md'],
  ['text/x-markdown', 'md'],
])
const AUDIO: ReadonlyMap<string, string> = new Map([
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/flac', 'flac'],
  ['audio/x-flac', 'flac'],
  ['audio/aac', 'aac'],
  ['audio/x-aac', 'x-aac'],
  ['audio/ogg', 'ogg'],
  ['audio/opus', 'opus'],
  ['audio/mp4', 'mp4'],
  ['audio/m4a', 'm4a'],
  ['audio/x-m4a', 'm4a'],
  ['audio/webm', 'webm'],
  ['audio/pcm', 'pcm'],
  ['audio/l16', 'pcm'],
])
const VIDEOS: ReadonlyMap<string, string> = new Map([
  ['video/mp4', 'mp4'],
  ['video/quicktime', 'mov'],
  ['video/x-matroska', 'mkv'],
  ['video/webm', 'webm'],
  ['video/x-flv', 'flv'],
  ['video/mpeg', 'mpeg'],
  ['video/x-ms-wmv', 'wmv'],
  ['video/3gpp', 'three_gp'],
])
const DOCUMENT_ENDINGS = new Set(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'])

const documentFormat = (mime: string, name: string | null): string | null => {
  const known = DOCUMENTS.get(mime)
  if (known !== undefined) return known
  const ending = name?.split('.').at(-1)?.toLowerCase() ?? ''
  if (DOCUMENT_ENDINGS.has(ending) && (mime === '' || mime.startsWith('text/'))) return ending
  return mime.startsWith('text/') || mime === 'application/json' ? 'txt' : null
}

const LONGEST_NAME = 200

/** Names of documents: letters, digits, single spaces, hyphens, parentheses and brackets, each once in a request. */
export class DocumentNames {
  readonly #taken = new Set<string>()

  next(name: string | null): string {
    const plain =
      (name ?? '')
        .replace(/\.[A-Za-z0-9]{1,5}$/, '')
        .normalize('NFKD')
        .replace(/[^A-Za-z0-9()[\]-]+/g, ' ')
        .trim()
        .slice(0, LONGEST_NAME - 8)
        .trim() || 'document'
    let made = plain
    for (let count = 2; this.#taken.has(made); count += 1) made = `${plain} (${count})`
    this.#taken.add(made)
    return made
  }
}

/** Media as a block of the dialect. Throws CausewayError `cannot_translate` for what it cannot hold: addresses, and formats it has no word for. */
export const mediaBlock = (block: MediaBlock, at: string, names: DocumentNames): JsonObject => {
  if (block.data === null) {
    throw untranslatable(at, 'bedrock-converse', 'media by address is not fetched by it; send the bytes')
  }
  const mime = (block.mime ?? '').toLowerCase().split(';')[0]?.trim() ?? ''
  const source = { bytes: plainBase64(block.data) }
  const unknown = (): never => {
    const type = mime === '' ? 'of unknown type' : `of type ${mime.slice(0, 60)}`
    throw untranslatable(at, 'bedrock-converse', `it has no format for media ${type}`)
  }
  if (block.media === 'image') {
    return { image: { format: IMAGES.get(mime === '' ? 'image/png' : mime) ?? unknown(), source } }
  }
  if (block.media === 'audio') return { audio: { format: AUDIO.get(mime) ?? unknown(), source } }
  const video = VIDEOS.get(mime)
  if (video !== undefined) return { video: { format: video, source } }
  const format = documentFormat(mime, block.name) ?? unknown()
  return { document: { format, name: names.next(block.name), source } }
}
