import { z } from 'zod'

const BYTES: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  month: 2_592_000,
}

const amountIn =
  (units: Readonly<Record<string, number>>) =>
  (value: unknown): number | null => {
    if (typeof value === 'number') return value
    if (typeof value !== 'string') return null
    const match = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]{0,2})\s*$/i.exec(value)
    if (match === null) return null
    const unit = match[2] ?? ''
    const factor = unit === '' ? 1 : units[unit.toLowerCase()]
    return factor === undefined ? null : Number(match[1]) * factor
  }

const whole = (read: (value: unknown) => number | null, expected: string) =>
  z.unknown().transform((value, context): number => {
    const amount = read(value)
    if (amount !== null && Number.isSafeInteger(Math.round(amount)) && amount >= 1) return Math.round(amount)
    context.addIssue({ code: 'custom', message: `must be ${expected}` })
    return z.NEVER
  })

/** Bytes, as a number or with a unit: `512KB`, `32MB`. One KB is 1,024 bytes. */
export const size = () => whole(amountIn(BYTES), 'a size above zero: a number of bytes, or text such as 32MB')

/** Milliseconds, as a number or with a unit: `300ms`, `30s`, `10m`, `1h`. */
export const duration = () =>
  whole(amountIn(MILLISECONDS), 'a duration above zero: a number of milliseconds, or text such as 30s')

/** Seconds, by the word for a period or as a number. A month counts as 30 days. */
export const period = () =>
  whole(
    (value) =>
      typeof value === 'string' ? (SECONDS[value] ?? null) : typeof value === 'number' ? value : null,
    `one of ${Object.keys(SECONDS).join(', ')}, or a number of seconds`,
  )
