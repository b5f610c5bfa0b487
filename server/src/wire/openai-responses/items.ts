import {
  type Block,
  CausewayError,
  type Json,
  type JsonObject,
  type Native,
  type Turn,
} from '../../domain/index.ts'
import { isList, isObject, objects, text } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { isMarked, uncarry } from '../body/sealed.ts'
import { withoutHidden } from '../body/shown.ts'
import { native, partBlocks } from './parts.ts'
import { type ClientTool, flatName } from './toolNames.ts'

type Role = Turn['role']

interface Said {
  readonly role: Role
  readonly at: string
  readonly blocks: readonly Block[]
  /** Items of one answer, or results of its calls, make one turn. */
  readonly joins: 'answer' | 'results' | null
  /** The signature of a call that stands before it. */
  readonly signs?: { readonly call: string; readonly signature: string }
}

/** The turns of a request. A text alone is the user's. */
export const turnsOf = (json: JsonObject, tools: readonly ClientTool[], rest: Rest): readonly Turn[] => {
  const instructions = text(json, 'instructions')
  const system: Turn[] =
    instructions === null || instructions === ''
      ? []
      : [{ role: 'system', at: 'instructions', blocks: [textBlock(instructions, 'input_text')] }]
  const input = json['input']
  if (typeof input === 'string') {
    return [...system, { role: 'user', at: 'input', blocks: [textBlock(input, 'input_text')] }]
  }
  const said = objects(json, 'input').map((item, index) => itemOf(item, `input[${index}]`, tools, rest))
  return [...system, ...joined(said, rest)]
}

const textBlock = (said: string, type: 'input_text' | 'output_text'): Block => ({
  type: 'text',
  text: said,
  native: native({ type, text: said }),
})

/** Neighbours that belong together in one turn, with signatures of calls put where they belong. */
const joined = (said: readonly Said[], rest: Rest): readonly Turn[] => {
  const turns: { role: Role; from: string; to: string; blocks: Block[]; joins: Said['joins'] }[] = []
  for (const { role, at, blocks, joins, signs } of said) {
    const last = turns.at(-1)
    const open = last !== undefined && joins !== null && last.joins === joins ? last : null
    if (signs !== undefined && !sign(open?.blocks ?? [], signs)) {
      rest.add(`${at}.encrypted_content`, signs.signature)
    }
    if (open === null) turns.push({ role, from: at, to: at, blocks: [...blocks], joins })
    else {
      open.blocks.push(...blocks)
      open.to = at
    }
  }
  return turns.flatMap(({ role, from, to, blocks }) =>
    blocks.length === 0 ? [] : [{ role, at: rangeOf(from, to), blocks }],
  )
}

/** `input[3..5]` for items that stand in one turn. */
const rangeOf = (from: string, to: string): string =>
  from === to ? from : `${from.slice(0, -1)}..${to.slice(to.indexOf('[') + 1)}`

/** Gemini signs calls; what was carried for a call as an item behind it goes back to that call. */
const sign = (blocks: Block[], { call, signature }: NonNullable<Said['signs']>): boolean => {
  const at = blocks.findLastIndex((block) => block.type === 'tool-call' && block.id === call)
  const block = blocks[at]
  if (block?.type !== 'tool-call') return false
  blocks[at] = { ...block, signature }
  return true
}

const refusal = (field: string, why: string): CausewayError =>
  new CausewayError('cannot_translate', `${field} cannot be carried over to another dialect: ${why}.`, {
    field,
  })

const itemOf = (item: JsonObject, at: string, tools: readonly ClientTool[], rest: Rest): Said => {
  const type = stringAt(item, 'type') ?? (item['role'] === undefined ? 'item_reference' : 'message')
  switch (type) {
    case 'message':
      return messageOf(item, at, rest)
    case 'reasoning':
      return reasoningOf(item, at, rest)
    case 'function_call':
    case 'custom_tool_call':
      return { role: 'assistant', at, joins: 'answer', blocks: [callOf(item, at, tools, rest)] }
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { role: 'user', at, joins: 'results', blocks: [resultOf(item, at, rest)] }
    case 'item_reference':
      throw refusal(at, 'it refers to an item that only its vendor holds')
    default:
      return {
        role: 'assistant',
        at,
        joins: 'answer',
        blocks: [{ type: 'opaque', label: `an item of type ${type.slice(0, 40)}`, native: native(item) }],
      }
  }
}

const messageOf = (item: JsonObject, at: string, rest: Rest): Said => {
  const role = item['role']
  const blocks = partBlocks(item['content'], `${at}.content`, rest)
  switch (role) {
    case 'system':
    case 'developer':
      rest.others(item, ['type', 'id', 'role', 'content', 'status'], at)
      return { role: 'system', at, joins: null, blocks }
    case 'user':
      rest.others(item, ['type', 'id', 'role', 'content', 'status'], at)
      return { role: 'user', at, joins: null, blocks }
    case 'assistant':
      rest.others(item, ['type', 'id', 'role', 'content', 'status'], at)
      return { role: 'assistant', at, joins: 'answer', blocks }
    default:
      throw refusal(`${at}.role`, 'the role is not one of system, developer, user and assistant')
  }
}

const textsIn = (parts: Json | undefined): string =>
  (isList(parts) ? parts : [])
    .flatMap((part) => (isObject(part) ? [stringAt(part, 'text') ?? ''] : []))
    .filter((said) => said !== '')
    .join('\n\n')

const unsignedOf = (thought: string): Native =>
  native({ type: 'reasoning', summary: [{ type: 'summary_text', text: thought }] })

/** Thought that was only said, thought that its issuer alone can read, or another dialect's on its way back. */
const reasoningOf = (item: JsonObject, at: string, rest: Rest): Said => {
  rest.others(item, ['type', 'id', 'status', 'summary', 'content', 'encrypted_content'], at)
  const thought = [textsIn(item['summary']), textsIn(item['content'])]
    .filter((part) => part !== '')
    .join('\n\n')
  const encrypted = stringAt(item, 'encrypted_content') ?? ''
  const turn = { role: 'assistant', at, joins: 'answer' } as const
  const plain: readonly Block[] =
    thought === '' ? [] : [{ type: 'reasoning', text: thought, signature: null, native: native(item) }]
  if (encrypted === '') return { ...turn, blocks: plain }
  if (!isMarked(encrypted)) {
    const block: Block = { type: 'reasoning', text: thought, signature: encrypted, native: native(item) }
    return { ...turn, blocks: [block] }
  }
  const carried = uncarry(encrypted, 'openai-responses')
  if (carried === null) {
    rest.add(`${at}.encrypted_content`, encrypted)
    return { ...turn, blocks: plain }
  }
  const { dialect, value: signature, redacted, raw, call } = carried
  if (call !== null) return { ...turn, blocks: [], signs: { call, signature } }
  const more = redacted ? { redacted } : {}
  const block: Block = { type: 'reasoning', text: thought, signature, ...more, native: { dialect, raw } }
  return { ...turn, blocks: withoutHidden([block], unsignedOf, `${at}.encrypted_content`, rest) }
}

const callOf = (item: JsonObject, at: string, tools: readonly ClientTool[], rest: Rest): Block => {
  const custom = item['type'] === 'custom_tool_call'
  const input = custom ? 'input' : 'arguments'
  rest.others(item, ['type', 'id', 'status', 'call_id', 'name', 'namespace', input], at)
  return {
    type: 'tool-call',
    id: stringAt(item, 'call_id') ?? '',
    name: flatName(tools, stringAt(item, 'namespace'), stringAt(item, 'name') ?? ''),
    input: stringAt(item, input) ?? '',
    ...(custom ? { custom } : {}),
    native: native(item),
  }
}

const resultOf = (item: JsonObject, at: string, rest: Rest): Block => {
  rest.others(item, ['type', 'id', 'status', 'call_id', 'output', 'name', 'namespace'], at)
  const name = stringAt(item, 'name')
  return {
    type: 'tool-result',
    id: stringAt(item, 'call_id') ?? '',
    ...(name === null ? {} : { name }),
    content: partBlocks(item['output'], `${at}.output`, rest),
    // An item that was cut short by its client is no failure of the tool.
    failed: false,
    native: native(item),
  }
}
