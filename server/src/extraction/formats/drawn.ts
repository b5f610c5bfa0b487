/** The numbers of the operations that concern text, as the library numbers them. */
interface Operations {
  readonly beginText: number
  readonly moveText: number
  readonly setLeadingMoveText: number
  readonly setTextMatrix: number
  readonly nextLine: number
  readonly showText: number
}

/** A gap in thousandths of the font's size from which on it parts words. */
const WORD_GAP = 180

const shown = (parts: unknown): string => {
  if (!Array.isArray(parts)) return ''
  let text = ''
  for (const part of parts) {
    if (typeof part === 'number') text += part < -WORD_GAP ? ' ' : ''
    else if (
      typeof part === 'object' &&
      part !== null &&
      'unicode' in part &&
      typeof part.unicode === 'string'
    )
      text += part.unicode
  }
  return text
}

/** The text that operations of a page show, in their order, wherever they show it. */
export const drawnText = (
  operations: readonly number[],
  operands: readonly unknown[],
  { beginText, moveText, setLeadingMoveText, setTextMatrix, nextLine, showText }: Operations,
): string => {
  let text = ''
  operations.forEach((operation, index) => {
    const given = operands[index]
    const [first, second]: readonly unknown[] = Array.isArray(given) ? given : []
    if (operation === showText) text += shown(first)
    else if (operation === moveText || operation === setLeadingMoveText) text += second === 0 ? ' ' : '\n'
    else if (operation === beginText || operation === setTextMatrix || operation === nextLine) text += '\n'
  })
  return text.replaceAll(/\s*\n\s*/g, '\n').trim()
}
