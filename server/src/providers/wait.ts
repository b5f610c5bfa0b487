/*
 * How long an upstream wants to be left alone. Every vendor says it in a form of its own; what cannot be told is
 * null, never a guess.
 */
type Headers = Readonly<Record<string, string | undefined>>

const LONGEST_WAIT = 86_400_000

const bounded = (milliseconds: number): number =>
  Math.min(Math.max(0, Math.round(milliseconds)), LONGEST_WAIT)

const DURATION =
  /^(?:(\d{1,6})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,12}(?:\.\d{1,9})?)s)?(?:(\d{1,15}(?:\.\d{1,9})?)ms)?$/
const UNITS = [86_400_000, 3_600_000, 60_000, 1_000, 1]

/** Milliseconds in `6m0s`, `1.5s`, `20ms`, `2h`; null for anything else, a bare number included. */
export const durationIn = (text: string): number | null => {
  const found = DURATION.exec(text.trim().toLowerCase())
  const parts = (found ?? []).slice(1)
  if (parts.every((part) => part === undefined)) return null
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (UNITS[index] ?? 0), 0)
}

const numberIn = (text: string | undefined): number | null =>
  text !== undefined && /^\s*\d{1,15}(?:\.\d{1,9})?\s*$/.test(text) ? Number(text) : null

/** The reply's own clock, in milliseconds since 1970. */
export const clockOf = (headers: Headers): number | null => {
  const time = Date.parse(headers['date'] ?? '')
  return Number.isNaN(time) ? null : time
}

/**
 * Milliseconds until a moment that is told as a duration, as seconds from now, as seconds or milliseconds since
 * 1970, or as a date; the last three need the reply's own clock.
 */
export const untilReset = (text: string, clock: number | null): number | null => {
  const number = numberIn(text)
  if (number !== null && number < 1e9) return number * 1000
  if (number === null) {
    const duration = durationIn(text)
    if (duration !== null) return duration
  }
  if (clock === null) return null
  const moment =
    number === null ? (/^\s*\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN) : epoch(number)
  return Number.isNaN(moment) ? null : Math.max(0, moment - clock)
}

const epoch = (number: number): number => (number < 1e12 ? number * 1000 : number)

/** Milliseconds from `retry-after-ms`, or `retry-after` in seconds or as a date (measured against the reply's own `date`). */
const retryAfter = (headers: Headers): number | null => {
  const exact = numberIn(headers['retry-after-ms'])
  if (exact !== null) return exact
  const said = headers['retry-after']
  if (said === undefined) return null
  const seconds = numberIn(said)
  if (seconds !== null) return seconds * 1000
  const duration = durationIn(said)
  if (duration !== null) return duration
  const until = Date.parse(said)
  const clock = clockOf(headers)
  return Number.isNaN(until) || clock === null ? null : Math.max(0, until - clock)
}

const AGAIN =
  /(?:try again|retry)\s(?:in|after)\s+(\d{1,9}(?:\.\d{1,9})?)\s*(milliseconds?|seconds?|minutes?|hours?)\b|(?:try again|retry)\s(?:in|after)\s+((?:\d{1,9}(?:\.\d{1,9})?(?:ms|[dhms])){1,5})/i
const WORDS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
}

/** Milliseconds in "try again in 7m12s", "retry after 20 seconds". */
const waitInWords = (message: string): number | null => {
  const [, amount, word, duration] = AGAIN.exec(message) ?? []
  if (duration !== undefined) return durationIn(duration)
  if (amount === undefined || word === undefined) return null
  return Number(amount) * (WORDS[word.toLowerCase().replace(/s$/, '')] ?? 0)
}

/** Headers that say how much is left and when it is full again, in the order in which they are believed. */
const WINDOWS: readonly (readonly [left: string, reset: string])[] = [
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset'],
  ['anthropic-ratelimit-tokens-remaining', 'anthropic-ratelimit-tokens-reset'],
  ['anthropic-ratelimit-input-tokens-remaining', 'anthropic-ratelimit-input-tokens-reset'],
  ['anthropic-ratelimit-output-tokens-remaining', 'anthropic-ratelimit-output-tokens-reset'],
  ['x-ratelimit-remaining', 'x-ratelimit-reset'],
  ['ratelimit-remaining', 'ratelimit-reset'],
]

/**
 * The time until the window that ran empty is full again, the latest where several did. Where none says that it is
 * empty the soonest is taken: too early costs one more refusal, too late a target for hours.
 */
const waitByWindows = (headers: Headers): number | null => {
  const clock = clockOf(headers)
  const known = WINDOWS.flatMap(([left, reset]) => {
    const wait = untilReset(headers[reset] ?? '', clock)
    return wait === null ? [] : [{ empty: numberIn(headers[left]) === 0, wait }]
  })
  const empty = known.filter((window) => window.empty).map(({ wait }) => wait)
  if (empty.length > 0) return Math.max(...empty)
  return known.length === 0 ? null : Math.min(...known.map(({ wait }) => wait))
}

/** What is known of a refusal beside its headers. */
export interface Refused {
  /** Milliseconds that the body tells to wait, or null. */
  readonly after: number | null
  readonly message: string
  /** Whether it is one that time heals: words and windows are asked only then. */
  readonly limited: boolean
}

/** Milliseconds to wait, at most a day: what is said for this very refusal before what is said in general. */
export const waitFor = (headers: Headers, { after, message, limited }: Refused): number | null => {
  const said =
    retryAfter(headers) ??
    after ??
    (limited ? (waitInWords(message.slice(0, 2_000)) ?? waitByWindows(headers)) : null)
  return said === null || !Number.isFinite(said) ? null : bounded(said)
}
