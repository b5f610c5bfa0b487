import { isUtf8 } from 'node:buffer'
import { CausewayError, type JsonObject, type ReadLimits } from '../../domain/index.ts'
import { freezeJson, type JsonScan, repeatedKey, scanJson } from '../../lib/index.ts'
import { isObject } from './fields.ts'

/** A body that was checked for everything that can be wrong before a field of it is looked at. */
export interface OpenBody {
  readonly source: string
  /** Deep-frozen. */
  readonly json: JsonObject
  readonly scan: JsonScan
  readonly bytes: number
}

const BYTE_ORDER_MARK = 0xfeff

const decode = (body: Uint8Array): string => {
  if (!isUtf8(body)) throw new CausewayError('invalid_json', 'The body is not valid UTF-8.')
  const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  return source.charCodeAt(0) === BYTE_ORDER_MARK ? source.slice(1) : source
}

/** The parser's own message would quote the body; only the position is told. */
const parse = (source: string): unknown => {
  try {
    return JSON.parse(source)
  } catch (thrown) {
    const position = thrown instanceof Error ? /at position (\d+)/.exec(thrown.message)?.[1] : undefined
    const where = position === undefined ? '' : ` Reading stopped at character ${position}.`
    throw new CausewayError('invalid_json', `The body is not valid JSON.${where}`)
  }
}

/** A key that reads like a field's name. Any other may be content (`{"anna@…": 1}`), and messages are recorded. */
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/

const repeated = (source: string): CausewayError => {
  const key = repeatedKey(source)
  if (key === null || !FIELD_NAME.test(key))
    return new CausewayError('duplicate_key', 'A key occurs twice in one object.')
  return new CausewayError('duplicate_key', `The key "${key}" occurs twice in one object.`, { field: key })
}

/**
 * Bytes to a deep-frozen object and the spans of its members. Refuses, in this order: too many bytes, what is
 * no UTF-8, nesting beyond the limit (before the parser sees it), what is no JSON object, a key that an object
 * repeats (two readers of such a body could see two different requests), a number beyond what a double holds.
 */
export const openBody = (body: Uint8Array, limits: ReadLimits): OpenBody => {
  if (body.byteLength > limits.bodyBytes) {
    throw new CausewayError(
      'body_too_large',
      `The body has ${body.byteLength} bytes; at most ${limits.bodyBytes} are taken.`,
    )
  }
  const source = decode(body)
  const scan = scanJson(source, { depth: limits.depth })
  if (scan.depth > limits.depth) {
    throw new CausewayError('too_deep', `The body nests more than ${limits.depth} levels deep.`)
  }
  const json = parse(source)
  if (!isObject(json)) throw new CausewayError('invalid_json', 'The body is not a JSON object.')
  const count = freezeJson(json)
  if (count.keys !== scan.keys) throw repeated(source)
  if (!count.finite) {
    throw new CausewayError('invalid_request', 'The body holds a number that is too large to be one.')
  }
  return { source, json, scan, bytes: body.byteLength }
}
