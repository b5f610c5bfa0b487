import type { Json, JsonObject, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { type RevisedDialect, type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'
import { everyText, jsonText } from '../stream/texts.ts'

/** Deltas that are text: the member that holds it, and the channel it belongs to. */
const DELTAS: Readonly<Record<string, readonly [member: string, channel: string]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['thinking', 'reasoning'],
  input_json_delta: ['partial_json', 'tool'],
}

const indexOf = (json: JsonObject): number => (typeof json['index'] === 'number' ? json['index'] : 0)

/** Members that are the protocol's own or an issuer's opaque state, wherever they stand in a block. */
const KEPT: ReadonlySet<string> = new Set(
  'type id tool_use_id signature data encrypted_content encrypted_index file_id media_type'.split(' '),
)

/** A block with all it says said. What a model made for a tool is JSON: no member in it is the protocol's. */
const block = (value: Json, place: number | string, say: Say): Json => {
  if (!isObject(value)) return value
  const out: Record<string, Json | undefined> = {}
  for (const [name, member] of Object.entries(value)) {
    const key = `block:${place}.${name}`
    if (KEPT.has(name) || name === 'name' || member === undefined) out[name] = member
    else if (name === 'input' && typeof member === 'object' && member !== null)
      out[name] = jsonText(member, key, say)
    else out[name] = everyText(member, key, KEPT, say)
  }
  return out
}

const delta = (json: JsonObject, say: Say): JsonObject => {
  const inner = json['delta']
  if (!isObject(inner) || typeof inner['type'] !== 'string') return json
  const index = indexOf(json)
  const known = DELTAS[inner['type']]
  // Deltas nobody knows are said piece by piece.
  if (known === undefined) return { ...json, delta: block(inner, index, say) }
  const [member, channel] = known
  const text = inner[member]
  if (typeof text !== 'string') return json
  const said = say({ key: `${channel}:${index}`, form: channel === 'tool' ? 'json' : 'text' }, text)
  return { ...json, delta: { ...inner, [member]: said } }
}

/** The client's own stop sequence, as it asked for it. */
const stopped = (holder: JsonObject, say: Say): JsonObject =>
  typeof holder['stop_sequence'] === 'string'
    ? { ...holder, stop_sequence: say({ key: 'block:stop', form: 'text' }, holder['stop_sequence']) }
    : holder

const message = (json: JsonObject, say: Say): JsonObject => {
  const { content } = json
  const said = isList(content) ? { ...json, content: content.map((item, at) => block(item, at, say)) } : json
  return stopped(said, say)
}

const event = (json: JsonObject, say: Say): JsonObject => {
  const { content_block: start, message: begun, delta: change, error } = json
  switch (json['type']) {
    case 'content_block_delta':
      return delta(json, say)
    case 'content_block_start':
      // An empty beginning is filled by deltas; what stands in it already is said at once.
      return isObject(start) ? { ...json, content_block: block(start, indexOf(json), say) } : json
    case 'message_start':
      return isObject(begun) ? { ...json, message: message(begun, say) } : json
    case 'message_delta':
      return isObject(change) ? { ...json, delta: stopped(change, say) } : json
    case 'error':
      return isObject(error) ? { ...json, error: block(error, 'error', say) } : json
    default:
      return json
  }
}

/** The channel of the thought that a signature seals: nothing of it may be said behind its seal. */
const sealedBy = (json: JsonObject): string | null => {
  const { delta: inner } = json
  return isObject(inner) && inner['type'] === 'signature_delta' ? `reasoning:${indexOf(json)}` : null
}

const DIALECT: RevisedDialect = {
  event,
  over: (json, channel) => {
    switch (json['type']) {
      case 'content_block_stop':
        return channel.endsWith(`:${indexOf(json)}`) || channel.startsWith('block:')
      case 'content_block_delta':
        return channel.startsWith('block:') || channel === sealedBy(json)
      case 'content_block_start':
        return channel.startsWith('block:')
      case 'ping':
        return false
      default:
        return true
    }
  },
  piece: ({ key }, _like, text) => {
    const [sort = 'text', index = '0'] = key.split(':')
    const [type, [member]] =
      Object.entries(DELTAS).find(([, [, channel]]) => channel === sort) ??
      (['text_delta', ['text']] as const)
    return { type: 'content_block_delta', index: Number(index), delta: { type, [member]: text } }
  },
  whole: (json, say) => {
    const said = message(json, say)
    return isObject(json['error']) ? { ...said, error: block(json['error'], 'error', say) } : said
  },
}

/** Passes text, thinking, tool input and what else a reply's blocks say through a reviser. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision =>
  revisionOf(DIALECT, options, reviser)
