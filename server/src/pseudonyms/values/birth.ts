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

/** April, May, June, August: what stands for a date is not to say a name that stands for nobody. */
const NAMES_TOO: ReadonlySet<number> = new Set([4, 5, 6, 8])

const moved = (day: Day, sameYear: boolean, draw: Draw): Day => {
  for (;;) {
    const one = shifted(day, draw.number(2 * BOUND + 1) - BOUND)
    // A day beyond the 12th can't be read as a month, and a month of one digit shows whether zeros are written.
    if (one.day <= 12 || one.month > 9 || NAMES_TOO.has(one.month)) continue
    if (sameYear && one.year !== day.year) continue
    return one
  }
}

/**
 * A date up to two years from the original in its way of writing. Where the request tells an age beside it the
 * year stays, so that the two still agree. The day is always beyond the 12th, the month before October and none that is a given name.
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
