import type { Cost, Price, Usage } from '../domain/index.ts'
import { ratesFor } from './prices.ts'

const UNKNOWN: Cost = Object.freeze({ nanos: null, estimated: false })

/** Micro-dollars per million tokens are pico-dollars per token: an integer for every price in use. */
const PICOS_PER_UNIT = 1e6
const PICOS_PER_NANO = 1000n
const NANOS_PER_DOLLAR = 1_000_000_000n

const isCount = (tokens: number | null): tokens is number =>
  tokens !== null && Number.isSafeInteger(tokens) && tokens >= 0

const isRate = (rate: number | null): rate is number => rate !== null && Number.isFinite(rate) && rate >= 0

const picos = (tokens: number, rate: number): bigint =>
  BigInt(tokens) * BigInt(Math.round(rate * PICOS_PER_UNIT))

/**
 * What an answer cost, in integer nano-dollars, rounded half up once. Unknown where price, input or output is.
 * Estimated where the tokens are, and where cached tokens have no rate of their own and are charged as input.
 */
export const costOf = (usage: Usage, price: Price | null): Cost => {
  if (price === null || !isCount(usage.input)) return UNKNOWN
  const rates = ratesFor(price, usage.input)
  // An embedding has no output to report.
  const output = usage.output ?? (rates.output === 0 ? 0 : null)
  if (!isCount(output) || !isRate(rates.input) || !isRate(rates.output)) return UNKNOWN
  const read = usage.cacheRead ?? 0
  const written = usage.cacheWrite ?? 0
  const plain = usage.input - read - written
  if (!isCount(read) || !isCount(written) || !isCount(plain)) return UNKNOWN
  const readRate = isRate(rates.cacheRead) ? rates.cacheRead : rates.input
  const writeRate = isRate(rates.cacheWrite) ? rates.cacheWrite : rates.input
  const isGuess =
    (read > 0 && !isRate(rates.cacheRead) && rates.input > 0) ||
    (written > 0 && !isRate(rates.cacheWrite) && rates.input > 0)
  const sum =
    picos(plain, rates.input) +
    picos(read, readRate) +
    picos(written, writeRate) +
    picos(output, rates.output)
  const nanos = Number((sum + PICOS_PER_NANO / 2n) / PICOS_PER_NANO)
  return Number.isSafeInteger(nanos) ? { nanos, estimated: usage.estimated || isGuess } : UNKNOWN
}

/** US dollars to the last nano, as `x-causeway-cost` has it: `0.0012`, `~0.0012` where estimated, or `unknown`. */
export const formatCost = (cost: Cost): string => {
  if (cost.nanos === null) return 'unknown'
  const nanos = BigInt(cost.nanos)
  const fraction = (nanos % NANOS_PER_DOLLAR).toString().padStart(9, '0').replace(/0+$/, '')
  const whole = (nanos / NANOS_PER_DOLLAR).toString()
  return `${cost.estimated ? '~' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
