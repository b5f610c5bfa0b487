import { type RefObject, useEffect, useState } from 'react'
import type { RequestSummary } from '../../contract.ts'

/**
 * Holds new rows back while the reader has paused the list or scrolled into it, so that nothing moves under
 * the eye. `waiting` counts what is held; `release` shows it.
 */
export const useHeld = (
  rows: readonly RequestSummary[],
  paused: boolean,
  section: RefObject<HTMLElement | null>,
) => {
  const scrolled = useScrolledInto(section)
  const holding = paused || scrolled
  const newest = rows[0]?.row ?? 0
  const [mark, setMark] = useState<number | null>(null)
  useEffect(() => {
    if (!holding) setMark(null)
    else setMark((old) => old ?? newest)
  }, [holding, newest])
  const shown = holding && mark !== null ? rows.filter((row) => row.row <= mark) : rows
  // A narrower list may hold nothing from before the mark; then there is nothing to keep still.
  const still = shown.length === 0 ? rows : shown
  return {
    rows: still,
    waiting: rows.length - still.length,
    release: () => setMark(newest),
  }
}

const useScrolledInto = (section: RefObject<HTMLElement | null>): boolean => {
  const [scrolled, setScrolled] = useState(false)
  useEffect(() => {
    const look = (): void => setScrolled((section.current?.getBoundingClientRect().top ?? 0) < -120)
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [section])
  return scrolled
}
