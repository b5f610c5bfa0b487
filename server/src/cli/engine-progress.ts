import type { EngineProgress, OnProgress } from '../engine/index.ts'

/** The part of a terminal stream that the bar needs. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const BAR_CELLS = 24
const REDRAW_MILLISECONDS = 100
const LINE_MILLISECONDS = 5000

/**
 * Shows progress as one bar that is redrawn on a terminal, and elsewhere as a plain line at each new phase and every
 * five seconds. `ticks` gives monotonic milliseconds.
 */
export const progressBar = (screen: Screen, ticks: () => number): OnProgress => {
  const live = screen.isTTY === true
  let phase = ''
  let shownAt = 0
  let open = false
  return (step) => {
    const now = ticks()
    const counts = step.total !== null && step.total > 0 && step.phase !== 'plan'
    const due = now - shownAt >= (live ? REDRAW_MILLISECONDS : LINE_MILLISECONDS)
    const last = counts && step.done === step.total
    if (step.phase === phase && counts && !due && !last) return
    if (open && step.phase !== phase) screen.write('\n')
    phase = step.phase
    shownAt = now
    open = live && counts
    screen.write(open ? `\r\u001B[2K${cut(bar(step), screen.columns ?? 80)}` : `${step.message}\n`)
  }
}

const bar = (step: EngineProgress): string => {
  const cells = Math.round((BAR_CELLS * step.done) / (step.total ?? 1))
  return `[${'█'.repeat(cells)}${'·'.repeat(Math.max(0, BAR_CELLS - cells))}] ${step.message}`
}

const cut = (text: string, columns: number): string =>
  text.length < columns ? text : `${text.slice(0, columns - 2)}…`
