import type { Block, Json, JsonObject, Native } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { type Carried, isMarked, uncarry } from '../body/sealed.ts'
import { withoutHidden } from '../body/shown.ts'
import { cacheOf, native, searchResult, sourceBlocks } from './documents.ts'
import { labelOf } from './labels.ts'
import { UNSIGNED } from './sealed.ts'

/** A string or an array of blocks. What a block says beyond what ours hold goes to `rest` under its path. */
export const contentBlocks = (content: Json | undefined, path: string, rest: Rest): readonly Block[] => {
  if (typeof content === 'string') {
    return content === ''
      ? []
      : [{ type: 'text', text: content, native: native({ type: 'text', text: content }) }]
  }
  if (!isList(content)) return []
  const blocks = content.flatMap((block, index) =>
    isObject(block) ? blockOf(block, `${path}[${index}]`, rest) : [],
  )
  return withSignatures(withoutHidden(blocks, unsignedOf, `${path}.signature`, rest), content, path, rest)
}

const opaque = (block: JsonObject): readonly Block[] => [
  { type: 'opaque', label: labelOf(block['type']), native: native(block) },
]

const blockOf = (block: JsonObject, path: string, rest: Rest): readonly Block[] => {
  const read = (content: Json | undefined, at: string): readonly Block[] => contentBlocks(content, at, rest)
  switch (block['type']) {
    case 'text':
      rest.others(block, ['type', 'text', 'cache_control'], path)
      return [
        {
          type: 'text',
          text: stringAt(block, 'text') ?? '',
          native: native(block),
          ...cacheOf(block, path, rest),
        },
      ]
    case 'thinking':
      rest.others(block, ['type', 'thinking', 'signature'], path)
      return reasoning(block, stringAt(block, 'thinking') ?? '', stringAt(block, 'signature'), path, rest)
    case 'redacted_thinking':
      rest.others(block, ['type', 'data'], path)
      return reasoning(block, '', stringAt(block, 'data'), path, rest)
    case 'tool_use':
      return [toolCall(block, path, rest)]
    case 'tool_result':
      rest.others(block, ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'], path)
      return [
        {
          type: 'tool-result',
          id: stringAt(block, 'tool_use_id') ?? '',
          content: read(block['content'], `${path}.content`),
          failed: block['is_error'] === true,
          native: native(block),
          ...cacheOf(block, path, rest),
        },
      ]
    case 'image':
      return sourceBlocks(block, 'image', path, rest, read) ?? stored(block)
    case 'document':
      return sourceBlocks(block, 'file', path, rest, read) ?? stored(block)
    case 'search_result':
      return searchResult(block, path, rest, read)
    // Elsewhere all tools are there from the start, so the name is all that it takes.
    case 'tool_reference':
      rest.others(block, ['type', 'tool_name', 'cache_control'], path)
      return [
        {
          type: 'text',
          text: stringAt(block, 'tool_name') ?? '',
          native: native(block),
          ...cacheOf(block, path, rest),
        },
      ]
    // Says only which models took part.
    case 'fallback':
      rest.add(path, block)
      return []
    default:
      return opaque(block)
  }
}

const stored = (block: JsonObject): readonly Block[] => [
  { type: 'opaque', label: 'a file that its vendor holds', native: native(block) },
]

const toolCall = (block: JsonObject, path: string, rest: Rest): Block => {
  rest.others(block, ['type', 'id', 'name', 'input', 'cache_control', 'caller'], path)
  const { caller } = block
  if (!isObject(caller) || caller['type'] !== 'direct') rest.add(`${path}.caller`, caller)
  return {
    type: 'tool-call',
    id: stringAt(block, 'id') ?? '',
    name: stringAt(block, 'name') ?? '',
    input: JSON.stringify(block['input'] ?? {}),
    native: native(block),
    ...cacheOf(block, path, rest),
  }
}

const unsignedOf = (thought: string): Native => native({ type: 'thinking', thinking: thought })

/** Thought that nobody signed. */
const unsigned = (text: string): readonly Block[] =>
  text === ''
    ? []
    : [
        {
          type: 'reasoning',
          text,
          signature: null,
          redacted: false,
          native: unsignedOf(text),
        },
      ]

/** Thought with the state of whoever issued it: this dialect's own, another's that came through here, or nobody's. */
const reasoning = (
  block: JsonObject,
  text: string,
  signature: string | null,
  path: string,
  rest: Rest,
): readonly Block[] => {
  const redacted = block['type'] === 'redacted_thinking'
  if (signature === null || !isMarked(signature)) {
    return [{ type: 'reasoning', text, signature, redacted, native: native(block) }]
  }
  const foreign = uncarry(signature, 'anthropic-messages')
  if (foreign === null) {
    if (signature !== UNSIGNED) rest.add(`${path}.signature`, signature)
    return unsigned(text)
  }
  if (isOfCall(foreign)) return unsigned(text)
  const { dialect, value, raw } = foreign
  return [{ type: 'reasoning', text, signature: value, redacted, native: { dialect, raw } }]
}

const isOfCall = (foreign: Carried | null): boolean => foreign?.dialect === 'gemini' && foreign.call !== null

/** Signatures that were issued with a call of a tool return to the call of that id in the same message. */
const withSignatures = (
  blocks: readonly Block[],
  content: readonly Json[],
  path: string,
  rest: Rest,
): readonly Block[] => {
  const signatures = new Map<string, { readonly value: string; readonly at: string }>()
  content.forEach((block, index) => {
    if (!isObject(block) || (block['type'] !== 'thinking' && block['type'] !== 'redacted_thinking')) return
    const foreign = uncarry(block['signature'] ?? block['data'], 'anthropic-messages')
    if (foreign === null || foreign.call === null || !isOfCall(foreign)) return
    signatures.set(foreign.call, { value: foreign.value, at: `${path}[${index}].signature` })
  })
  if (signatures.size === 0) return blocks
  const out = blocks.map((block) => {
    const signature = block.type === 'tool-call' ? signatures.get(block.id) : undefined
    if (block.type !== 'tool-call' || signature === undefined) return block
    signatures.delete(block.id)
    return { ...block, signature: signature.value }
  })
  for (const { value, at } of signatures.values()) rest.add(at, value)
  return out
}
