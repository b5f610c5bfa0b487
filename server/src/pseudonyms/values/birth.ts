import { type Day, datesIn, meantBy, type Order, writtenLike } from '../dates.ts'
import type { Draw } from '../draw.ts'
import { sameShape } from './shape.ts'

const DAY = 86_400_000
/** Two years either way, in days. */
const BOUND = 730

const shifted = (day: Day, by: number): Day => {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day) + by * DAY)
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

const moved = (day: Day, sameYear: boolean, draw: Draw): Day => {
  for (;;) {
    const one = shifted(day, draw.number(2 * BOUND + 1) - BOUND)
    // A day beyond the 12th can't be read as a month, and a month of one digit shows whether zeros are written.
    if (one.day <= 12 || one.month > 9) continue
    if (sameYear && one.year !== day.year) continue
    return one
  }
}

/**
 * A date up to two years from the original in its way of writing. Where the request tells an age beside it the
 * year stays, so that the two still agree. The day is always beyond the 12th, the month before October.
 */
export const birthLike = (original: string, order: Order, sameYear: boolean, draw: Draw): string => {
  const [date] = datesIn(original)
  const meant = meantBy(date, order)
  if (date === undefined || meant === null) return sameShape(original, draw)
  const { pieces, day } = meant.reading
  return (
    original.slice(0, date.start) + writtenLike(pieces, moved(day, sameYear, draw)) + original.slice(date.end)
  )
}
