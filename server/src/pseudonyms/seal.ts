import { CausewayError } from '../domain/index.ts'
import { openText, sealText } from '../lib/index.ts'
import { dataOf, type Mapping, mappingOf, parseData } from './mapping.ts'

/** A mapping as it is kept: encrypted, and bound to its conversation. */
export const seal = (mapping: Mapping, key: Uint8Array, conversation: string): Uint8Array =>
  sealText(JSON.stringify(dataOf(mapping)), key, conversation)

const damaged = (): CausewayError =>
  new CausewayError('record_damaged', 'The stored pseudonyms of this conversation cannot be opened.')

/** The mapping again. Throws CausewayError `record_damaged`. */
export const open = (sealed: Uint8Array, key: Uint8Array, conversation: string): Mapping => {
  const text = openText(sealed, key, conversation)
  const data = text === null ? null : parseData(JSON.parse(text))
  if (data === null) throw damaged()
  return mappingOf(data)
}
