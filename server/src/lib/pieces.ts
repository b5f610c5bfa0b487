/** A part of a text with the offset at which it begins, in UTF-16 units. */
export interface Piece {
  readonly start: number
  readonly text: string
}

const BLANK = /\s/

const isInsidePair = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

/** The place nearest to `at` and not before `least` where a text is cut with the least harm: after a blank, else between two characters. */
const cutBefore = (text: string, at: number, least: number): number => {
  for (let cut = at; cut > least; cut -= 1) if (BLANK.test(text.charAt(cut - 1))) return cut
  return isInsidePair(text, at) ? at - 1 : at
}

/**
 * A text in pieces of at most `most` units, each but the first beginning `overlap` units before the end of the one
 * before, so that what stands across a cut stands whole in one of them if it is no longer than that. Cut after
 * blanks where there are any, never inside a character. `overlap` must be less than half of `most`.
 */
export const piecesOf = (text: string, most: number, overlap: number): readonly Piece[] => {
  if (most < 4 || overlap * 2 >= most) throw new RangeError('pieces must be more than twice their overlap')
  const pieces: Piece[] = []
  let start = 0
  while (text.length - start > most) {
    const end = cutBefore(text, start + most, start + Math.ceil(most / 2))
    pieces.push({ start, text: text.slice(start, end) })
    const next = end - overlap
    start = isInsidePair(text, next) ? next + 1 : next
  }
  pieces.push({ start, text: text.slice(start) })
  return pieces
}
