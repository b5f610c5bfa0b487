import type { Block, Json } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import type { Rest } from '../body/rest.ts'

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
 * Scanners read what a request shows, and a wrapped part is not readable to them. So it may hold, beside the
 * sealed value, only words that its message shows as well; one that holds more is let go, its thought stays.
 */
export const withoutHidden = (blocks: readonly Block[], path: string, rest: Rest): readonly Block[] => {
  if (!blocks.some(isForeign)) return blocks
  const shown = blocks.map(textOf).join('\n')
  return blocks.flatMap((block) => {
    if (block.type !== 'reasoning' || !isForeign(block)) return [block]
    if (isShown(block.native.raw, block.signature ?? '', shown)) return [block]
    rest.add(`${path}.signature`, block.signature)
    const raw = { type: 'thinking', thinking: block.text }
    const native = { dialect: 'anthropic-messages', raw } as const
    return block.text === '' ? [] : [{ ...block, signature: null, redacted: false, native }]
  })
}

const isForeign = (block: Block): boolean => block.native.dialect !== 'anthropic-messages'
