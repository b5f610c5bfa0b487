import { useMemo } from 'react'
import type { ExplainedFinding } from '../../contract.ts'
import { count } from '../../ui/format.ts'
import { Hidden } from '../../ui/index.ts'
import { type Piece, piecesOf } from './marks.ts'
import styles from './try.module.css'

/** The text as it was tried, each finding in the colour of its kind and with its number in the list below. */
export const MarkedText = ({
  text,
  findings,
}: {
  readonly text: string
  readonly findings: readonly ExplainedFinding[]
}) => {
  const pieces = useMemo(() => piecesOf(text, findings), [text, findings])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and the keyboard must reach it.
    <section className={styles['text']} dir="auto" tabIndex={0} aria-label="The text with its findings">
      {pieces.map((piece) => (
        <Marked key={`${piece.start} ${piece.omitted}`} piece={piece} findings={findings} />
      ))}
    </section>
  )
}

const Marked = ({
  piece: { text, by, begins, omitted },
  findings,
}: {
  readonly piece: Piece
  readonly findings: readonly ExplainedFinding[]
}) => {
  if (omitted > 0) return <span className={styles['cut']}> … {count(omitted)} characters … </span>
  const finding = by === null ? undefined : findings[by]
  if (finding === undefined) return text
  return (
    <mark
      className={finding.counts ? styles['counts'] : styles['idle']}
      data-kind={finding.kind ?? 'none'}
      title={`${finding.type}: ${finding.reason}`}
    >
      {begins.map((number) => (
        <span key={number} className={styles['number']}>
          <Hidden>finding </Hidden>
          {number + 1}
        </span>
      ))}
      {text}
    </mark>
  )
}
