import type { Block, Json, Native } from '../../domain/index.ts'
import { isList, isObject } from './fields.ts'
import type { Rest } from './rest.ts'

/** Ids and the names of a protocol. */
const WORD = /^[A-Za-z_][\w-]{0,127}$/

const isShown = (raw: Json | undefined, value: string, shown: string): boolean => {
  if (typeof raw === 'string') return raw === value || WORD.test(raw) || shown.includes(raw)
  if (isList(raw)) return raw.every((item) => isShown(item, value, shown))
  if (!isObject(raw)) return true
  return Object.entries(raw).every(([name, member]) => WORD.test(name) && isShown(member, value, shown))
}

const textOf = (block: Block): string => {
  switch (block.type) {
    case 'text':
    case 'refusal':
    case 'reasoning':
      return block.text
    case 'tool-call':
      return block.input
    default:
      return ''
  }
}

/**
 * Scanners read what a request shows, and a carried part is not readable to them. So it may hold, beside the
 * sealed value, only words that its message shows as well; one that holds more is let go under `field`, its thought
 * stays as `own` spells one that nobody signed.
 */
export const withoutHidden = (
  blocks: readonly Block[],
  own: (thought: string) => Native,
  field: string,
  rest: Rest,
): readonly Block[] => {
  const { dialect } = own('')
  if (blocks.every((block) => block.native.dialect === dialect)) return blocks
  const shown = blocks.map(textOf).join('\n')
  return blocks.flatMap((block) => {
    if (block.type !== 'reasoning' || block.native.dialect === dialect) return [block]
    if (isShown(block.native.raw, block.signature ?? '', shown)) return [block]
    rest.add(field, block.signature)
    const { text } = block
    return text === '' ? [] : [{ type: 'reasoning', text, signature: null, native: own(text) }]
  })
}
