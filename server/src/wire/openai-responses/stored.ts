import type { Call, Json, JsonObject } from '../../domain/index.ts'
import { memberEdits, parseExact, SseParser, scanJson, splice } from '../../lib/index.ts'
import { invalid, isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'
import { isTerminal } from './relay.ts'

/*
 * What a store of answers needs of the dialect. The store itself is the gateway's: it expands a request by what
 * was said before, before the request is read, and keeps what was answered.
 */

const NO_LIMIT = { depth: Number.POSITIVE_INFINITY }

/** A text alone is the user's. */
const asItems = (input: Json | undefined): readonly Json[] => {
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }]
  return isList(input) ? input : []
}

/**
 * The id of the answer that a request goes on from, before the request is checked; null where it names none. A body
 * that nests deeper than `depth`, or is no JSON object, names none: its reader will refuse it.
 */
export const previousResponse = (source: string, depth: number): string | null => {
  const scan = scanJson(source, { depth })
  if (scan.depth > depth || scan.close === -1) return null
  const member = scan.members.findLast(({ key }) => key === 'previous_response_id')
  if (member === undefined) return null
  const alone = parseObject(`{${source.slice(member.start, member.valueEnd)}}`)
  return alone === null ? null : stringAt(alone, 'previous_response_id')
}

/**
 * A request's text with the items of earlier answers before its own, and without the id that stood for them. No
 * other character changes. A text that is no JSON object stays as it is.
 */
export const expandInput = (source: string, earlier: readonly Json[]): string => {
  const json = parseObject(source)
  if (json === null) return source
  const scan = scanJson(source, NO_LIMIT)
  const at = scan.members.findIndex((member) => member.key === 'input')
  const previous = scan.members.findIndex((member) => member.key === 'previous_response_id')
  const member = scan.members[at]
  const own =
    member === undefined ? '' : ownText(source.slice(member.valueStart, member.valueEnd), json['input'])
  const parts = [...earlier.map((item) => JSON.stringify(item)), ...(own === '' ? [] : [own])]
  const input = `[${parts.join(',')}]`
  const edits = memberEdits(scan, {
    remove: new Set(previous === -1 ? [] : [previous]),
    ...(at === -1 ? { add: [{ key: 'input', json: input }] } : { replace: new Map([[at, input]]) }),
  })
  return splice(source, edits)
}

/** The items within the text of an `input`, as they are spelled there. */
const ownText = (text: string, input: Json | undefined): string => {
  if (typeof input === 'string') return `{"type":"message","role":"user","content":${text}}`
  return isList(input) ? text.slice(text.indexOf('[') + 1, text.lastIndexOf(']')).trim() : ''
}

/**
 * The request's input as items, those before `from` left out. Whole numbers keep all their digits when they are
 * written again.
 */
export const ownItems = (call: Call, from = 0): readonly Json[] => {
  const { source, json } = call
  const { input } = json
  if (!isList(input)) return asItems(input).slice(from)
  const member = scanJson(source, NO_LIMIT).members.find(({ key }) => key === 'input')
  if (member === undefined) return input.slice(from)
  // Parsing with every digit is slow, and what earlier answers brought is long.
  const text = source.slice(member.valueStart, member.valueEnd)
  const first = from === 0 ? undefined : scanJson(text, NO_LIMIT).members[from]
  if (from > 0 && first === undefined) return []
  const exact = parseExact(first === undefined ? text : `[${text.slice(first.start)}`)
  return isList(exact) ? exact : input.slice(from)
}

/** The response resource in the last pieces of an answer: a whole body, or the terminal event of a stream. Null where there is none. */
export const responseIn = (pieces: readonly (string | Uint8Array)[], stream: boolean): JsonObject | null => {
  const bytes = Buffer.concat(
    pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece))),
  )
  if (!stream) {
    const json = parseObject(bytes.toString('utf8'))
    return json !== null && json['object'] === 'response' ? json : null
  }
  let found: JsonObject | null = null
  const parser = new SseParser(({ data }) => {
    const json = data.includes('"response.') ? parseObject(data) : null
    const response = json?.['response']
    if (isTerminal(json?.['type']) && isObject(response)) found = response
  })
  try {
    parser.push(bytes)
    parser.end()
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
  }
  return found
}

/** Whether a model may say it: an answer that speaks for the system, the user or a tool is not repeated as theirs. */
const isModels = (item: JsonObject): boolean =>
  (item['role'] ?? 'assistant') === 'assistant' &&
  !/^(?:function|custom_tool)_call_output$/.test(stringAt(item, 'type') ?? '')

/** A response's output as items that can be sent as input again. A thought that nothing follows is refused by its issuer. */
export const outputItems = (response: JsonObject): readonly Json[] => {
  const output = response['output']
  const items = (isList(output) ? output : []).filter(isObject).filter(isModels)
  const end = items.findLastIndex((item) => item['type'] !== 'reasoning')
  return items.slice(0, end + 1)
}

const LARGEST_PAGE = 100
const USUAL_PAGE = 20

/** An item of the input as the list of them shows it: with an id and a status, a message's text as a part. */
const shown = (item: Json, index: number): Json => {
  if (!isObject(item)) return item
  const type = stringAt(item, 'type') ?? (item['role'] === undefined ? 'item_reference' : 'message')
  const id = stringAt(item, 'id') ?? `item_${index}`
  if (type !== 'message') return { ...item, type, id }
  const content = item['content']
  const part =
    item['role'] === 'assistant' ? { type: 'output_text', annotations: [] } : { type: 'input_text' }
  return {
    status: 'completed',
    ...item,
    type,
    id,
    content: typeof content === 'string' ? [{ ...part, text: content }] : (content ?? []),
  }
}

const limitIn = (query: URLSearchParams): number => {
  const said = query.get('limit')
  if (said === null) return USUAL_PAGE
  const limit = Number(said)
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw invalid('limit', `must be a whole number from 1 to ${LARGEST_PAGE}`)
  }
  return limit
}

/**
 * A page of a stored answer's input, for `GET /responses/{id}/input_items`. `query` without its question mark:
 * `limit` (1–100, 20 where not said), `order` (`asc`, or `desc` where not said), `after` (an item's id). Throws
 * CausewayError `invalid_request`.
 */
export const itemsPage = (items: readonly Json[], query: string): JsonObject => {
  const asked = new URLSearchParams(query)
  const order = asked.get('order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') throw invalid('order', 'must be asc or desc')
  const limit = limitIn(asked)
  const all = items.map(shown)
  if (order === 'desc') all.reverse()
  const idOf = (item: Json | undefined): string | null => (isObject(item) ? stringAt(item, 'id') : null)
  const after = asked.get('after')
  const from = after === null ? 0 : all.findIndex((item) => idOf(item) === after) + 1
  if (after !== null && from === 0) throw invalid('after', 'names no item of this list')
  const data = all.slice(from, from + limit)
  return {
    object: 'list',
    data,
    first_id: idOf(data[0]) ?? '',
    last_id: idOf(data.at(-1)) ?? '',
    has_more: from + limit < all.length,
  }
}
