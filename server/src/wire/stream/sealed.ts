import type { Json } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'

/** Members whose strings only their issuer can read, in whichever dialect. */
const SEALED: ReadonlySet<string> = new Set([
  'signature',
  'encrypted_content',
  'thoughtSignature',
  'thought_signature',
])

/** Types of objects whose `data` is such a string. */
const HOLDERS: ReadonlySet<string> = new Set(['redacted_thinking', 'reasoning.encrypted'])

/** Every opaque string of a reply or one event of it; empty ones left out. */
export const sealedValues = (value: Json | undefined): readonly string[] => {
  if (isList(value)) return value.flatMap((item) => sealedValues(item))
  if (!isObject(value)) return []
  const type = value['type']
  const holds = typeof type === 'string' && HOLDERS.has(type)
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member !== 'string') return sealedValues(member)
    return member !== '' && (SEALED.has(name) || (holds && name === 'data')) ? [member] : []
  })
}
