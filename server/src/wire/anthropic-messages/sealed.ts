import type { Json } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { MARK } from '../body/sealed.ts'

/*
 * What stands in a signature's place for thought that this dialect's issuers did not sign. The client sends it
 * back with its history; an issuer that checks signatures would refuse it, so `forward` takes it out again
 * before it leaves, and `conversation` gives it back its issuer.
 */

/** Of a model that signs nothing. */
export const UNSIGNED = `${MARK}unsigned`

/** A citation of another dialect, where an issuer's own would carry its index. */
export const UNINDEXED = `${MARK}unindexed`

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
