import type { Block, Json, JsonObject, Turn, WriteOptions } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import type { Signals } from '../body/signals.ts'
import { untranslatable } from '../body/untranslatable.ts'

interface Input {
  readonly instructions: string | null
  readonly input: readonly JsonObject[]
}

/** Turns as items. A single leading text of the system's is what the dialect calls instructions; all others stay in place. */
export const inputItems = (turns: readonly Turn[], options: WriteOptions, signals: Signals): Input => {
  const lead = leadingText(turns, signals)
  const customs = customCalls(turns)
  const items = turns
    .slice(lead === null ? 0 : 1)
    .flatMap((turn) => turnItems(turn, options, customs, signals))
  return { instructions: lead, input: items }
}

const leadingText = (turns: readonly Turn[], signals: Signals): string | null => {
  const [first, second] = turns
  const block = first?.blocks[0]
  if (first?.role !== 'system' || first.blocks.length !== 1 || block?.type !== 'text') return null
  if (second === undefined || block.text === '') return null
  if (block.cache !== undefined) signals.add(`${first.at}.cache_control`)
  return block.text
}

const customCalls = (turns: readonly Turn[]): ReadonlySet<string> =>
  new Set(
    turns.flatMap((turn) =>
      turn.blocks.flatMap((block) => (block.type === 'tool-call' && block.custom === true ? [block.id] : [])),
    ),
  )

const turnItems = (
  turn: Turn,
  options: WriteOptions,
  customs: ReadonlySet<string>,
  signals: Signals,
): readonly JsonObject[] => {
  switch (turn.role) {
    case 'system':
      return message('system', parts(turn.blocks, turn.at, signals))
    case 'user':
      return userItems(turn, customs, signals)
    case 'assistant':
      return assistantItems(turn, options, signals)
  }
}

const message = (role: string, content: readonly JsonObject[]): readonly JsonObject[] =>
  content.length === 0 ? [] : [{ type: 'message', role, content }]

const parts = (blocks: readonly Block[], at: string, signals: Signals): readonly JsonObject[] =>
  blocks.flatMap((block) => {
    const part = partOf(block, at)
    if (part !== null && block.cache !== undefined) signals.add(`${at}.cache_control`)
    return part === null ? [] : [part]
  })

const partOf = (block: Block, at: string): JsonObject | null => {
  switch (block.type) {
    case 'text':
    case 'refusal':
      // The dialect is said to refuse empty texts no less than others do.
      return block.text === '' ? null : { type: 'input_text', text: block.text }
    case 'media':
      return mediaPart(block, at)
    case 'opaque':
      throw untranslatable(at, 'openai-responses', `it holds ${block.label}`)
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      throw untranslatable(at, 'openai-responses', 'a block stands where its role does not allow it')
  }
}

const mediaPart = (block: Extract<Block, { type: 'media' }>, at: string): JsonObject => {
  const { media, mime, data, url, name } = block
  const detail = block.detail ?? null
  switch (media) {
    case 'image':
      return {
        type: 'input_image',
        image_url: data === null ? url : `data:${mime ?? 'image/png'};base64,${data}`,
        detail: detail ?? 'auto',
      }
    case 'file':
      return data === null
        ? { type: 'input_file', file_url: url, ...(name === null ? {} : { filename: name }) }
        : {
            type: 'input_file',
            filename: name ?? (mime === 'application/pdf' ? 'document.pdf' : 'document'),
            file_data: `data:${mime ?? 'application/octet-stream'};base64,${data}`,
            ...(detail === null ? {} : { detail }),
          }
    case 'audio':
      throw untranslatable(at, 'openai-responses', 'the dialect takes no sound')
  }
}

/** The mark before a failed result, for the dialect has no field that says so. */
const FAILED = '[The tool failed] '

const outputOf = (block: Extract<Block, { type: 'tool-result' }>, at: string, signals: Signals): Json => {
  const content = parts(block.content, at, signals)
  if (block.failed) signals.add(`${at}.is_error`)
  if (content.every((part) => part['type'] === 'input_text') && content.length <= 1) {
    const said = content[0]?.['text']
    return `${block.failed ? FAILED : ''}${typeof said === 'string' ? said : ''}`
  }
  return block.failed ? [{ type: 'input_text', text: FAILED.trim() }, ...content] : content
}

/** Results first, each an item of its own, then what else the user said. */
const userItems = (turn: Turn, customs: ReadonlySet<string>, signals: Signals): readonly JsonObject[] => {
  const results: JsonObject[] = []
  const others: Block[] = []
  for (const block of turn.blocks) {
    if (block.type !== 'tool-result') {
      others.push(block)
      continue
    }
    if (block.cache !== undefined) signals.add(`${turn.at}.cache_control`)
    const type = customs.has(block.id) ? 'custom_tool_call_output' : 'function_call_output'
    results.push({ type, call_id: block.id, output: outputOf(block, turn.at, signals) })
  }
  return [...results, ...message('user', parts(others, turn.at, signals))]
}

/** An item of the answer, or a part of a message of it. */
type Piece =
  | { readonly type: 'part'; readonly part: JsonObject }
  | { readonly type: 'item'; readonly item: JsonObject; readonly thought: boolean }

const assistantItems = (turn: Turn, options: WriteOptions, signals: Signals): readonly JsonObject[] => {
  const pieces = turn.blocks.flatMap((block) => {
    const piece = pieceOf(block, turn.at, options, signals)
    if (piece !== null && block.cache !== undefined) signals.add(`${turn.at}.cache_control`)
    return piece === null ? [] : [piece]
  })
  // A thought with nothing behind it is refused by its issuer.
  const end = pieces.findLastIndex((piece) => piece.type === 'part' || !piece.thought)
  if (end < pieces.length - 1) signals.add(`${turn.at}.reasoning`)
  const items: JsonObject[] = []
  let content: JsonObject[] = []
  const settle = (): void => {
    items.push(...message('assistant', content))
    content = []
  }
  for (const piece of pieces.slice(0, end + 1)) {
    if (piece.type === 'part') {
      content.push(piece.part)
      continue
    }
    settle()
    items.push(piece.item)
  }
  settle()
  return items
}

const pieceOf = (block: Block, at: string, options: WriteOptions, signals: Signals): Piece | null => {
  switch (block.type) {
    case 'text':
      if (block.text === '') return null
      return { type: 'part', part: { type: 'output_text', text: block.text, annotations: [] } }
    case 'refusal':
      return block.text === '' ? null : { type: 'part', part: { type: 'refusal', refusal: block.text } }
    case 'reasoning':
      return thoughtOf(block, at, options, signals)
    case 'tool-call':
      if (block.signature !== undefined) signals.add(`${at}.signature`)
      return { type: 'item', thought: false, item: callItem(block) }
    case 'opaque': {
      const { dialect, raw } = block.native
      if (dialect === 'openai-responses' && isObject(raw)) return { type: 'item', thought: false, item: raw }
      throw untranslatable(at, 'openai-responses', `it holds ${block.label}`)
    }
    case 'media':
      throw untranslatable(at, 'openai-responses', `an assistant’s turn holds a part of type ${block.media}`)
    case 'tool-result':
      throw untranslatable(at, 'openai-responses', 'a block stands where its role does not allow it')
  }
}

const callItem = (block: Extract<Block, { type: 'tool-call' }>): JsonObject =>
  block.custom === true
    ? { type: 'custom_tool_call', call_id: block.id, name: block.name, input: block.input }
    : {
        type: 'function_call',
        call_id: block.id,
        name: block.name,
        arguments: block.input.trim() === '' ? '{}' : block.input,
      }

/**
 * A sealed thought of this dialect goes home as it came. What was thought in the open goes where the upstream does
 * not ask for its own seal; another issuer's is left out.
 */
const thoughtOf = (
  block: Extract<Block, { type: 'reasoning' }>,
  at: string,
  { quirks }: WriteOptions,
  signals: Signals,
): Piece | null => {
  const { dialect, raw } = block.native
  if (dialect === 'openai-responses' && block.signature !== null) {
    const whole = isObject(raw) && raw['type'] === 'reasoning'
    const made = { type: 'reasoning', summary: [], encrypted_content: block.signature }
    return { type: 'item', thought: true, item: whole ? raw : made }
  }
  if (block.signature !== null || quirks.encryptedReasoning || block.text === '') {
    signals.add(`${at}.${dialect === 'anthropic-messages' ? 'thinking' : 'reasoning'}`)
    return null
  }
  const content = [{ type: 'reasoning_text', text: block.text }]
  return { type: 'item', thought: true, item: { type: 'reasoning', summary: [], content } }
}
