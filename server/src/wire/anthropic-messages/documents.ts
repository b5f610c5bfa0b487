import type { Block, CacheMark, Json, JsonObject } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { splitDataUrl, stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'

type Native = Block['native']

export const native = (raw: Json): Native => ({ dialect: 'anthropic-messages', raw })

const TTLS = ['5m', '1h']

/** The mark `cache_control` of a block, a tool or the whole request. What no mark of ours can hold goes to `rest`. */
export const cacheOf = (json: JsonObject, path: string, rest: Rest): { readonly cache?: CacheMark } => {
  const mark = json['cache_control']
  const at = path === '' ? 'cache_control' : `${path}.cache_control`
  if (mark === undefined || mark === null) return {}
  if (!isObject(mark) || mark['type'] !== 'ephemeral') {
    rest.add(at, mark)
    return {}
  }
  rest.others(mark, ['type', 'ttl'], at)
  const ttl = stringAt(mark, 'ttl')
  if (ttl !== null && !TTLS.includes(ttl)) rest.add(`${at}.ttl`, ttl)
  return { cache: { ttl: ttl !== null && TTLS.includes(ttl) ? ttl : null } }
}

const say = (text: string | null): readonly Block[] =>
  text === null || text === '' ? [] : [{ type: 'text', text, native: native({ type: 'text', text }) }]

/** The mark stands behind the last block that the marked one became. */
const marked = (blocks: readonly Block[], cache: { readonly cache?: CacheMark }): readonly Block[] =>
  blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, ...cache } : block))

type ReadContent = (content: Json | undefined, path: string) => readonly Block[]

/** Images and documents with any source: bytes, an address, text, further blocks; null where the vendor holds the file. */
export const sourceBlocks = (
  block: JsonObject,
  media: 'image' | 'file',
  path: string,
  rest: Rest,
  read: ReadContent,
): readonly Block[] | null => {
  const source = isObject(block['source']) ? block['source'] : {}
  const kind = stringAt(source, 'type')
  const title = media === 'file' ? stringAt(block, 'title') : null
  const context = media === 'file' ? stringAt(block, 'context') : null
  const cache = cacheOf(block, path, rest)
  const url = kind === 'url' ? stringAt(source, 'url') : null
  const inline = url === null ? null : splitDataUrl(url)
  const data = kind === 'base64' ? stringAt(source, 'data') : (inline?.data ?? null)
  const written = kind === 'text' || kind === 'content'
  if (!written && data === null && url === null) return null
  const named =
    media === 'file'
      ? ['type', 'source', 'title', 'context', 'cache_control']
      : ['type', 'source', 'cache_control']
  rest.others(block, named, path)
  if (written) {
    rest.others(source, ['type', kind === 'text' ? 'data' : 'content', 'media_type'], `${path}.source`)
    const content = read(kind === 'text' ? source['data'] : source['content'], `${path}.source.content`)
    return marked([...say(title), ...say(context), ...content], cache)
  }
  rest.others(source, ['type', 'data', 'media_type', 'url'], `${path}.source`)
  const file: Block = {
    type: 'media',
    media,
    mime: inline?.mime ?? stringAt(source, 'media_type') ?? null,
    data,
    url: data === null ? url : null,
    name: title,
    native: native(block),
  }
  return marked([...say(context), file], cache)
}

/** What a search found, as the text that it is: title, source, then the words. */
export const searchResult = (
  block: JsonObject,
  path: string,
  rest: Rest,
  read: ReadContent,
): readonly Block[] => {
  rest.others(block, ['type', 'title', 'source', 'content', 'cache_control'], path)
  const head = [...say(stringAt(block, 'title')), ...say(stringAt(block, 'source'))]
  return marked([...head, ...read(block['content'], `${path}.content`)], cacheOf(block, path, rest))
}
