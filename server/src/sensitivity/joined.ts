import type { Json } from '../domain/index.ts'

/** What is kept of each end of a part: longer than any number that could be cut over two. */
const WINDOW = 64

/** The text of a content part, or null. */
const partText = (part: Json): string | null => {
  if (typeof part !== 'object' || part === null || !('type' in part && 'text' in part)) return null
  const { type, text } = part
  return typeof type === 'string' && type.endsWith('text') && typeof text === 'string' ? text : null
}

/** The end of a text from a blank on, so that no number is cut. */
const ending = (text: string): string => {
  const end = text.slice(-WINDOW)
  const blank = end.search(/\s/)
  return blank < 0 ? end : end.slice(blank)
}

const beginning = (text: string): string => {
  const start = text.slice(0, WINDOW)
  const blank = start.lastIndexOf(' ')
  return blank < 0 ? start : start.slice(0, blank)
}

/**
 * Text parts that stand in a row, as a model may read them: one right after another, and with a blank between.
 * Of a long part only its ends, since its inside is read by itself. Empty for a list without two such parts in a row.
 */
export const joinedParts = (list: readonly Json[]): readonly string[] => {
  let tight = ''
  let spaced = ''
  let row = 0
  let most = 0
  for (const member of list) {
    const text = partText(member)
    row = text === null ? 0 : row + 1
    most = Math.max(most, row)
    const kept =
      text === null ? '\n\n' : text.length <= 2 * WINDOW ? text : `${beginning(text)}\n\n${ending(text)}`
    tight += kept
    spaced += ` ${kept}`
  }
  return most < 2 ? [] : [tight, spaced]
}
