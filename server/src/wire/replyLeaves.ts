import type { Dialect, Json, JsonObject } from '../domain/index.ts'
import { isList, isObject } from './body/fields.ts'

/*
 * Every value of a recorded reply with the names under which its dialect's table may have it: a table names places as
 * they are in a whole reply, and some by the type of what holds them; events say the same in pieces.
 */

export interface Leaf {
  readonly value: Json
  /** Positions as `[]`. */
  readonly paths: readonly string[]
}

type See = (value: Json, ...paths: readonly string[]) => void

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === 0 || value === false

const each = (value: Json | undefined, path: string, see: (path: string, value: Json) => void): void => {
  if (isList(value)) {
    for (const item of value) each(item, `${path}[]`, see)
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      each(member, path === '' ? name : `${path}.${name}`, see)
    }
  } else if (!isEmpty(value)) see(path, value ?? null)
}

const MESSAGES_DELTAS: Readonly<Record<string, string>> = {
  text_delta: 'content.text',
  thinking_delta: 'content.thinking',
  signature_delta: 'content.thinking',
  input_json_delta: 'content.tool_use',
  citations_delta: 'content.text.citations',
}

/** Messages: parts by their type, events by theirs. */
const messages = (unit: JsonObject, see: See): void => {
  const block = (json: Json | undefined): void => {
    if (!isObject(json)) return
    const { type, ...members } = json
    each(members, `content.${String(type)}`, (path, value) => see(value, path))
  }
  const message = ({ content, ...members }: JsonObject): void => {
    if (isList(content)) content.forEach(block)
    each(members, '', (path, value) => see(value, path, `message.${path}`))
  }
  const { type, message: inner, content_block: opened, delta, usage, index: _, ...members } = unit
  if (type === 'message') {
    message(unit)
    return
  }
  if (isObject(inner)) message(inner)
  block(opened)
  if (isObject(delta)) {
    const { type: kind, ...rest } = delta
    const named = MESSAGES_DELTAS[String(kind)]
    each(rest, '', (path, value) =>
      named === undefined ? see(value, path, `message.${path}`) : see(value, named),
    )
  }
  each(usage, 'usage', (path, value) => see(value, path))
  each(members, '', (path, value) => see(value, path, `event.${String(type)}.${path}`))
}

/** Where a piece belongs to, and nothing of what it says. */
const FRAME = new Set(
  'type event_id sequence_number item_id output_index content_index summary_index annotation_index'.split(
    ' ',
  ),
)

const RESPONSES_PIECES: readonly (readonly [RegExp, string])[] = [
  [/annotation/, 'message.content.annotations'],
  [/^response\.output_text\./, 'message.content.output_text'],
  [/^response\.refusal\./, 'message.content.refusal'],
  [/^response\.reasoning/, 'output.reasoning'],
]

/** Items are named in their events: `response.shell_call_command.delta`. Other events are of the response itself. */
const pieceOf = (type: string, name: string): string => {
  const known = RESPONSES_PIECES.find(([pattern]) => pattern.test(type))?.[1]
  const item = /^response\.(mcp_list_tools|[a-z_]+?_call(?:_output)?)/.exec(type)?.[1]
  return known ?? (item === undefined ? `response.${name}` : `output.${item}`)
}

/** Responses: the members of a response, items by their type, parts of a message by theirs. */
const responses = (unit: JsonObject, see: See): void => {
  const part = (json: Json | undefined): void => {
    if (!isObject(json)) return
    const { type, annotations, logprobs, ...members } = json
    each(annotations, 'message.content.annotations', (path, value) => see(value, path))
    each(logprobs, 'message.content.logprobs', (path, value) => see(value, path))
    each(members, `message.content.${String(type)}`, (path, value) => see(value, path, 'output.reasoning'))
  }
  const item = (json: Json | undefined): void => {
    if (!isObject(json)) return
    const { type, id: _, status: __, content, ...members } = json
    if (type === 'message' && isList(content)) content.forEach(part)
    else each(content, `output.${String(type)}.content`, (path, value) => see(value, path))
    each(members, '', (path, value) =>
      see(value, `${String(type)}.${path}`, `output.${String(type)}.${path}`),
    )
  }
  const body = ({ output, object: _, ...members }: JsonObject): void => {
    if (isList(output)) output.forEach(item)
    each(members, 'response', (path, value) => see(value, path))
  }
  if (unit['object'] === 'response') {
    body(unit)
    return
  }
  const type = String(unit['type'])
  for (const [name, value] of Object.entries(unit)) {
    if (FRAME.has(name)) continue
    if (name === 'response' && isObject(value)) body(value)
    else if (name === 'item') item(value)
    else if (name === 'part') part(value)
    else if (name === 'logprobs') each(value, 'message.content.logprobs', (path, leaf) => see(leaf, path))
    else if (name === 'obfuscation') see(value ?? null, `event.${name}`, 'response.id')
    else each(value, pieceOf(type, name), (path, leaf) => see(leaf, path))
  }
}

/** Converse: the member of the whole reply that an event makes up. */
const CONVERSE: readonly (readonly [RegExp, string])[] = [
  [/^[A-Za-z]+\.p$/, 'p'],
  [/^messageStart\.role/, 'output.message.role'],
  [/^messageStop\./, ''],
  [/^metadata\./, ''],
  [/^contentBlockStart\.start\./, 'output.message.content[].'],
  [
    /^contentBlockDelta\.delta\.reasoningContent\.(text|signature)/,
    'output.message.content[].reasoningContent.reasoningText.$1',
  ],
  [/^contentBlockDelta\.delta\.citation/, 'output.message.content[].citationsContent.citations'],
  [/^contentBlockDelta\.delta\./, 'output.message.content[].'],
  [/^(?:exception|[a-zA-Z]+Exception)\./, ''],
]

const converse = (unit: JsonObject, see: See): void => {
  each(unit, '', (path, value) => {
    if (path.endsWith('.contentBlockIndex')) return
    const found = CONVERSE.find(([pattern]) => pattern.test(path))
    see(value, found === undefined ? path : path.replace(found[0], found[1]))
  })
}

/** The values of one event, or of a whole reply. */
export const leavesOf = (dialect: Dialect, unit: JsonObject): readonly Leaf[] => {
  const leaves: Leaf[] = []
  const see: See = (value, ...paths) => {
    leaves.push({ value, paths })
  }
  if (dialect === 'anthropic-messages') messages(unit, see)
  else if (dialect === 'openai-responses') responses(unit, see)
  else if (dialect === 'bedrock-converse') converse(unit, see)
  else each(unit, '', (path, value) => see(value, path))
  return leaves
}
