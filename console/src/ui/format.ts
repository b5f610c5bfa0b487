const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, maximumFractionDigits: 9 })
const large = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })

export const count = (number: number): string => whole.format(number)

/** `1.2M`, for sums. */
export const short = (number: number): string => (number < 10_000 ? count(number) : compact.format(number))

/** `1 request`, `2 requests`. */
export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`

/** A share as a whole percentage that says 0 % and 100 % only where they are exact. */
export const share = (part: number, all: number): string => {
  if (all === 0) return '–'
  const percent = (part / all) * 100
  if (percent > 0 && percent < 1) return '<1%'
  if (percent < 100 && percent > 99) return '>99%'
  return `${Math.round(percent)}%`
}

/** Nano-dollars; null is `unknown` and never zero, an estimate starts with `~`. */
export const money = (nanos: number | null, estimated: boolean): string => {
  if (nanos === null) return 'unknown'
  const dollars = nanos / 1e9
  const text = dollars === 0 ? '$0' : `$${dollars < 0.1 ? small.format(dollars) : large.format(dollars)}`
  return estimated ? `~${text}` : text
}

/** Milliseconds: `3 ms`, `1.24 s`, `2 min 5 s`. */
export const duration = (milliseconds: number | null): string => {
  if (milliseconds === null) return '–'
  if (milliseconds < 9.95) return `${Number(milliseconds.toFixed(1))} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(milliseconds < 9995 ? 2 : 1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `1.4 GB`, decimal units as networks count. */
export const bytes = (number: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = number
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** Time of day; with the date where it is another day than `now` (milliseconds). */
export const timeOfDay = (iso: string, now: number): string => {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const today = new Date(now).toDateString() === date.toDateString()
  return today ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`
}

export const fullTime = (iso: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : moment.format(date)
}
