import type { Block, Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { splitDataUrl, stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'

const native = (raw: Json): { readonly dialect: 'anthropic-messages'; readonly raw: Json } => ({
  dialect: 'anthropic-messages',
  raw,
})

/** A string or an array of blocks. What a block says beyond what ours hold goes to `rest` under its path. */
export const contentBlocks = (content: Json | undefined, path: string, rest: Rest): readonly Block[] => {
  if (typeof content === 'string') {
    return content === ''
      ? []
      : [{ type: 'text', text: content, native: native({ type: 'text', text: content }) }]
  }
  if (!isList(content)) return []
  return content.flatMap((block, index) => (isObject(block) ? blockOf(block, `${path}[${index}]`, rest) : []))
}

const opaque = (block: JsonObject, label: string): readonly Block[] => [
  { type: 'opaque', label, native: native(block) },
]

const blockOf = (block: JsonObject, path: string, rest: Rest): readonly Block[] => {
  switch (block['type']) {
    case 'text':
      rest.others(block, ['type', 'text'], path)
      return [{ type: 'text', text: stringAt(block, 'text') ?? '', native: native(block) }]
    case 'thinking':
      return [
        {
          type: 'reasoning',
          text: stringAt(block, 'thinking') ?? '',
          signature: stringAt(block, 'signature'),
          native: native(block),
        },
      ]
    case 'redacted_thinking':
      return [{ type: 'reasoning', text: '', signature: stringAt(block, 'data'), native: native(block) }]
    case 'tool_use':
      rest.others(block, ['type', 'id', 'name', 'input'], path)
      return [
        {
          type: 'tool-call',
          id: stringAt(block, 'id') ?? '',
          name: stringAt(block, 'name') ?? '',
          input: JSON.stringify(block['input'] ?? {}),
          native: native(block),
        },
      ]
    case 'tool_result':
      rest.others(block, ['type', 'tool_use_id', 'content', 'is_error'], path)
      return [
        {
          type: 'tool-result',
          id: stringAt(block, 'tool_use_id') ?? '',
          content: contentBlocks(block['content'], `${path}.content`, rest),
          failed: block['is_error'] === true,
          native: native(block),
        },
      ]
    case 'image':
      return sourceBlocks(block, 'image', path, rest)
    case 'document':
      return sourceBlocks(block, 'file', path, rest)
    default:
      return opaque(block, `a block of type ${String(block['type']).slice(0, 40)}`)
  }
}

const sourceBlocks = (
  block: JsonObject,
  media: 'image' | 'file',
  path: string,
  rest: Rest,
): readonly Block[] => {
  const source = isObject(block['source']) ? block['source'] : {}
  const named = media === 'file' ? ['type', 'source', 'title'] : ['type', 'source']
  const kind = stringAt(source, 'type')
  const title = stringAt(block, 'title')
  if (kind === 'text' || kind === 'content') {
    rest.others(block, ['type', 'source'], path)
    const content = kind === 'text' ? source['data'] : source['content']
    return contentBlocks(content, `${path}.source.content`, rest)
  }
  const url = kind === 'url' ? stringAt(source, 'url') : null
  const inline = url === null ? null : splitDataUrl(url)
  const data = kind === 'base64' ? stringAt(source, 'data') : (inline?.data ?? null)
  if (data === null && url === null) return opaque(block, 'a file that its vendor holds')
  rest.others(block, named, path)
  return [
    {
      type: 'media',
      media,
      mime: inline?.mime ?? stringAt(source, 'media_type') ?? null,
      data,
      url: data === null ? url : null,
      name: title,
      native: native(block),
    },
  ]
}
