import type { Finding } from '../../contract.ts'

/** Where the text of a tried message stands. */
const TEXT_PATH = 'messages[0].content'

/** A run of the text under the same findings; `by` is the number of the narrowest one, or null. */
export interface Piece {
  readonly start: number
  readonly text: string
  readonly by: number | null
  /** Numbers of the findings that begin here. */
  readonly begins: readonly number[]
  /** Characters that are left out in its place; 0 where it is all there. */
  readonly omitted: number
}

/** From this length on, stretches without a finding are cut. */
const LONG = 8000
/** Characters that stay on either side of a cut. */
const AROUND = 300

/** The whole text in pieces, or of a long one the surroundings of its findings. Numbers are places in `findings`. */
export const piecesOf = (text: string, findings: readonly Finding[]): readonly Piece[] => {
  const placed = findings.flatMap(({ path, start, end }, number) =>
    path === TEXT_PATH && start < end && end <= text.length ? [{ number, start, end }] : [],
  )
  const edges = new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])
  const sorted = [...edges].sort((a, b) => a - b)
  const pieces: Piece[] = []
  for (const [index, start] of sorted.entries()) {
    const end = sorted[index + 1]
    if (end === undefined) break
    const over = placed.filter((one) => one.start <= start && one.end >= end)
    const narrowest = over.reduce<(typeof over)[number] | null>(
      (best, one) => (best === null || one.end - one.start < best.end - best.start ? one : best),
      null,
    )
    pieces.push({
      start,
      text: text.slice(start, end),
      by: narrowest?.number ?? null,
      begins: over.filter((one) => one.start === start).map(({ number }) => number),
      omitted: 0,
    })
  }
  return text.length > LONG ? pieces.flatMap((piece) => shortened(piece, text.length)) : pieces
}

const shortened = (piece: Piece, length: number): readonly Piece[] => {
  const before = piece.start === 0 ? 0 : AROUND
  const after = piece.start + piece.text.length === length ? 0 : AROUND
  const head = before === 0 && after === 0 ? LONG : before === 0 ? AROUND : before
  if (piece.by !== null || piece.text.length <= head + after + AROUND) return [piece]
  const cut = piece.text.length - head - after
  const rest = { by: null, begins: [] }
  const tail = { ...rest, start: piece.start + head + cut, text: piece.text.slice(head + cut), omitted: 0 }
  return [
    { ...piece, text: piece.text.slice(0, head) },
    { ...rest, start: piece.start + head, text: '', omitted: cut },
    ...(after === 0 ? [] : [tail]),
  ]
}
