import type { Block, Json, JsonObject } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { mimeOfName, splitDataUrl, stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { readMark } from './cache.ts'

type Native = { readonly dialect: 'openai-chat'; readonly raw: Json }

export const native = (raw: Json): Native => ({ dialect: 'openai-chat', raw })

/** One content part as a block. What the part says beyond what a block holds goes to `rest` under its path. */
export const partBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const block = bareBlock(part, path, rest)
  const cache = readMark(part, path, rest)
  return cache === null ? block : { ...block, cache }
}

const bareBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const more = (...known: readonly string[]): void =>
    rest.others(part, ['type', 'cache_control', ...known], path)
  switch (part['type']) {
    case 'text':
      more('text')
      return { type: 'text', text: stringAt(part, 'text') ?? '', native: native(part) }
    case 'refusal':
      more('refusal')
      return { type: 'refusal', text: stringAt(part, 'refusal') ?? '', native: native(part) }
    case 'image_url':
      more('image_url')
      return imageBlock(part, path, rest)
    case 'audio_url':
      more('audio_url')
      return soundBlock(part, path, rest)
    case 'input_audio': {
      more('input_audio')
      const audio = isObject(part['input_audio']) ? part['input_audio'] : {}
      rest.others(audio, ['data', 'format'], `${path}.input_audio`)
      const format = stringAt(audio, 'format')
      return {
        type: 'media',
        media: 'audio',
        mime: format === null ? null : `audio/${format}`,
        data: stringAt(audio, 'data'),
        url: null,
        name: null,
        native: native(part),
      }
    }
    case 'file':
      more('file')
      return fileBlock(part, path, rest)
    default:
      return {
        type: 'opaque',
        label: `a part of type ${String(part['type']).slice(0, 40)}`,
        native: native(part),
      }
  }
}

const urlIn = (part: JsonObject, name: string): string => {
  const holder = part[name]
  return stringAt(part, name) ?? (isObject(holder) ? stringAt(holder, 'url') : null) ?? ''
}

const imageBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const holder = isObject(part['image_url']) ? part['image_url'] : {}
  rest.others(holder, ['url'], `${path}.image_url`)
  const url = urlIn(part, 'image_url')
  const inline = splitDataUrl(url)
  return {
    type: 'media',
    media: 'image',
    mime: inline?.mime ?? null,
    data: inline?.data ?? null,
    url: inline === null ? url : null,
    name: null,
    detail: stringAt(holder, 'detail'),
    native: native(part),
  }
}

/** A sound by its address, as some servers of open models take it. */
const soundBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const holder = isObject(part['audio_url']) ? part['audio_url'] : {}
  rest.others(holder, ['url'], `${path}.audio_url`)
  const url = urlIn(part, 'audio_url')
  const inline = splitDataUrl(url)
  return {
    type: 'media',
    media: 'audio',
    mime: inline?.mime ?? null,
    data: inline?.data ?? null,
    url: inline === null ? url : null,
    name: null,
    native: native(part),
  }
}

const fileBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const file = isObject(part['file']) ? part['file'] : {}
  const data = stringAt(file, 'file_data')
  if (data === null) return { type: 'opaque', label: 'a file that its vendor holds', native: native(part) }
  rest.others(file, ['file_data', 'filename'], `${path}.file`)
  const name = stringAt(file, 'filename')
  const inline = splitDataUrl(data)
  return {
    type: 'media',
    media: 'file',
    mime: inline?.mime ?? mimeOfName(name),
    data: inline?.data ?? data,
    url: null,
    name,
    native: native(part),
  }
}
