import { CONVERSATIONAL, type Dialect, type Json, type Sealed } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { parseObject } from '../stream/json.ts'

/*
 * What stands in a signature's place for thought that this dialect's issuers did not sign. The client sends it
 * back with its history; an issuer that checks signatures would refuse it, so `forward` takes it out again
 * before it leaves, and `conversation` gives it back its issuer.
 */

const PREFIX = 'causeway-'

/** Of a model that signs nothing. */
export const UNSIGNED = `${PREFIX}unsigned`

/** A citation of another dialect, where an issuer's own would carry its index. */
export const UNINDEXED = `${PREFIX}unindexed`

/** A value in a signature's place that no issuer of this dialect made. */
export const isOurs = (value: Json | undefined): boolean =>
  typeof value === 'string' && value.startsWith(PREFIX)

/** State of another dialect's issuer, and the call of a tool that it belongs to, by its id. */
export interface Foreign {
  readonly dialect: Dialect
  readonly value: string
  readonly tool: string | null
  readonly raw: Json
}

/** `causeway-<dialect>:` and base64url of `{value, tool, raw}` as JSON. */
export const wrapped = ({ dialect, value, raw }: Sealed, tool: string | null): string =>
  `${PREFIX}${dialect}:${Buffer.from(JSON.stringify({ value, tool, raw })).toString('base64url')}`

/** What `wrapped` put in, or null where the text is nothing of the kind. */
export const unwrapped = (text: string | null): Foreign | null => {
  if (text?.startsWith(PREFIX) !== true) return null
  const colon = text.indexOf(':')
  const name = text.slice(PREFIX.length, colon)
  const dialect = CONVERSATIONAL.find((one) => one === name)
  if (colon === -1 || dialect === undefined || dialect === 'anthropic-messages') return null
  const json = parseObject(Buffer.from(text.slice(colon + 1), 'base64url').toString('utf8'))
  const value = json === null ? null : stringAt(json, 'value')
  if (json === null || value === null) return null
  return { dialect, value, tool: stringAt(json, 'tool'), raw: json['raw'] ?? null }
}

/** The member of a block that only the issuer can read, or null where the block has none. */
export const opaqueOf = (block: Json): string | null => {
  if (!isObject(block)) return null
  switch (block['type']) {
    case 'thinking':
      return stringAt(block, 'signature')
    case 'redacted_thinking':
      return stringAt(block, 'data')
    case 'compaction':
      return stringAt(block, 'signature') ?? stringAt(block, 'encrypted_content')
    default:
      return null
  }
}
