import type { Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'

/** Members whose strings only their issuer can read, in whichever dialect. */
const SEALED: ReadonlySet<string> = new Set([
  'signature',
  'encrypted_content',
  'thoughtSignature',
  'thought_signature',
])

/** What a model writes into the call of a tool is its own words, whatever their members are called. */
const SPOKEN: ReadonlySet<string> = new Set(['input', 'args', 'arguments'])

/** Types of objects whose `data` is such a string. */
const HOLDERS: ReadonlySet<string> = new Set(['redacted_thinking', 'reasoning.encrypted'])

/** Every opaque string of a reply or one event of it; empty ones left out. However deep it nests: its upstream wrote it. */
export const sealedValues = (value: Json | undefined): readonly string[] => {
  const found: string[] = []
  const waiting: (Json | undefined)[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (isList(next)) for (let index = next.length - 1; index >= 0; index -= 1) waiting.push(next[index])
    else if (isObject(next)) visit(next, found, waiting)
  }
  return found
}

const visit = (object: JsonObject, found: string[], waiting: (Json | undefined)[]): void => {
  const type = object['type']
  const holds = typeof type === 'string' && HOLDERS.has(type)
  const inner: Json[] = []
  for (const [name, member] of Object.entries(object)) {
    if (SPOKEN.has(name)) continue
    if (typeof member === 'object' && member !== null) inner.push(member)
    else if (typeof member === 'string' && member !== '' && (SEALED.has(name) || (holds && name === 'data')))
      found.push(member)
  }
  for (const member of inner.reverse()) waiting.push(member)
}
