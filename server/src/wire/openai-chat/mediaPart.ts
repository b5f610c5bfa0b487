import type { Block, JsonObject } from '../../domain/index.ts'
import { untranslatable } from '../body/untranslatable.ts'

/** Mime types of sound by the dialect's names for them; others go by what stands behind the slash. */
const SOUNDS: ReadonlyMap<string, string> = new Map([
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/vnd.wave', 'wav'],
])

/** An image, a sound or a file as a part. Throws `cannot_translate` for what the dialect has no place for. */
export const mediaPart = (block: Extract<Block, { type: 'media' }>, at: string): JsonObject => {
  const { mime, data, url, name } = block
  if (block.media === 'image') {
    const address = data === null ? (url ?? '') : `data:${mime ?? 'image/png'};base64,${data}`
    const detail = block.detail ?? null
    return { type: 'image_url', image_url: { url: address, ...(detail === null ? {} : { detail }) } }
  }
  if (block.media === 'audio') {
    if (data === null) throw untranslatable(at, 'openai-chat', 'a sound is given by its address only')
    const type = (mime ?? 'audio/wav').split(';')[0] ?? ''
    const format = SOUNDS.get(type) ?? type.replace('audio/', '')
    return { type: 'input_audio', input_audio: { data, format } }
  }
  if (data === null) throw untranslatable(at, 'openai-chat', 'a file is given by its URL only')
  return {
    type: 'file',
    file: {
      filename: name ?? (mime === 'application/pdf' ? 'document.pdf' : 'document'),
      file_data: `data:${mime ?? 'application/octet-stream'};base64,${data}`,
    },
  }
}

/** An image that the model made, as an entry of `images`, the place some servers give it; null for what is no image. */
export const answeredImage = (mime: string, data: string): JsonObject | null =>
  mime.startsWith('image/') ? { type: 'image_url', image_url: { url: `data:${mime};base64,${data}` } } : null
