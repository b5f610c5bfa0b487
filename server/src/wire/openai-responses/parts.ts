import type { Block, CacheMark, Json, JsonObject, Native } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { mimeOfName, splitDataUrl, stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'

export const native = (raw: Json): Native => ({ dialect: 'openai-responses', raw })

/** A string or an array of parts. What a part says beyond what a block holds goes to `rest` under its path. */
export const partBlocks = (content: Json | undefined, path: string, rest: Rest): readonly Block[] => {
  if (typeof content === 'string') {
    return content === ''
      ? []
      : [{ type: 'text', text: content, native: native({ type: 'input_text', text: content }) }]
  }
  if (!isList(content)) return []
  return content.flatMap((part, index) => (isObject(part) ? partBlock(part, `${path}[${index}]`, rest) : []))
}

const MARK = 'prompt_cache_breakpoint'

const markOf = (part: JsonObject, path: string): { readonly cache?: CacheMark } =>
  isObject(part[MARK]) ? { cache: { ttl: null, at: `${path}.${MARK}` } } : {}

const partBlock = (part: JsonObject, path: string, rest: Rest): readonly Block[] => {
  const type = stringAt(part, 'type') ?? ''
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text':
    case 'summary_text': {
      rest.others(part, ['type', 'text', 'logprobs', MARK], path)
      const text = stringAt(part, 'text') ?? ''
      return text === '' ? [] : [{ type: 'text', text, ...markOf(part, path), native: native(part) }]
    }
    case 'refusal':
      rest.others(part, ['type', 'refusal'], path)
      return [{ type: 'refusal', text: stringAt(part, 'refusal') ?? '', native: native(part) }]
    case 'input_image':
      return [imageBlock(part, path, rest)]
    case 'input_file':
      return [fileBlock(part, path, rest)]
    case 'input_audio':
      return [audioBlock(part, path, rest)]
    default:
      return [opaque(part, `a part of type ${type.slice(0, 40)}`)]
  }
}

const opaque = (part: JsonObject, label: string): Block => ({ type: 'opaque', label, native: native(part) })

const imageBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const holder = isObject(part['image_url']) ? part['image_url'] : {}
  const url = stringAt(part, 'image_url') ?? stringAt(holder, 'url')
  if (url === null || url === '') return opaque(part, 'an image that its vendor holds')
  rest.others(part, ['type', 'image_url', 'detail', 'file_id', MARK], path)
  rest.add(`${path}.file_id`, part['file_id'])
  // Told by its place where the other dialect has no such wish; carried with the block where it has.
  rest.add(`${path}.detail`, part['detail'])
  const inline = splitDataUrl(url)
  return {
    type: 'media',
    media: 'image',
    mime: inline?.mime ?? null,
    data: inline?.data ?? null,
    url: inline === null ? url : null,
    name: null,
    detail: stringAt(part, 'detail') ?? stringAt(holder, 'detail'),
    ...markOf(part, path),
    native: native(part),
  }
}

const audioBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const audio = isObject(part['input_audio']) ? part['input_audio'] : {}
  rest.others(part, ['type', 'input_audio'], path)
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

const fileBlock = (part: JsonObject, path: string, rest: Rest): Block => {
  const said = stringAt(part, 'file_data')
  const url = stringAt(part, 'file_url')
  if (said === null && url === null) return opaque(part, 'a file that its vendor holds')
  rest.others(part, ['type', 'file_data', 'file_url', 'filename', 'detail', MARK], path)
  if (said !== null) rest.add(`${path}.file_url`, url)
  rest.add(`${path}.input_file.detail`, part['detail'])
  const name = stringAt(part, 'filename')
  const inline = splitDataUrl(said ?? url ?? '')
  const data = inline?.data ?? said
  return {
    type: 'media',
    media: 'file',
    mime: inline?.mime ?? mimeOfName(name ?? url),
    data,
    url: data === null ? url : null,
    name,
    ...markOf(part, path),
    native: native(part),
  }
}
