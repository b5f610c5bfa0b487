import { calcPrice, type ModelPrice, TieredPrices } from '@pydantic/genai-prices'
import type { Price, PriceLookup } from '../domain/index.ts'
import { deepFreeze, Lru } from '../lib/index.ts'

/** USD per million tokens, null where the data has no rate of its own. */
export interface Rates {
  readonly input: number
  readonly output: number
  readonly cacheRead: number | null
  readonly cacheWrite: number | null
}

/** Rates of a whole request whose input is longer than `above` tokens. */
export interface Tier extends Rates {
  readonly above: number
}

interface Entry {
  readonly price: Price
  /** From the lowest threshold up. */
  readonly tiers: readonly Tier[]
}

const SOURCE = 'genai-prices'
const SOURCE_PATTERN = /^genai-prices ([^/]+)\/(.+)$/
const KEPT = 1000

/** A rate at a length of input: whole requests change tier, see the price data's own calculation. */
const rateAt = (rate: ModelPrice[string], input: number): number | null => {
  if (typeof rate === 'number') return rate
  if (rate === undefined) return null
  let at = rate.base
  for (const tier of rate.tiers.toSorted((a, b) => a.start - b.start)) if (input > tier.start) at = tier.price
  return at
}

const ratesAt = (prices: ModelPrice, input: number, isEmbedding: boolean): Rates | null => {
  const inputRate = rateAt(prices['input_mtok'], input)
  const outputRate = rateAt(prices['output_mtok'], input) ?? (isEmbedding ? 0 : null)
  if (inputRate === null || outputRate === null) return null
  return {
    input: inputRate,
    output: outputRate,
    cacheRead: rateAt(prices['cache_read_mtok'], input),
    cacheWrite: rateAt(prices['cache_write_mtok'], input),
  }
}

const thresholds = (prices: ModelPrice): readonly number[] => {
  const starts = new Set<number>()
  for (const rate of Object.values(prices)) {
    if (rate instanceof TieredPrices || typeof rate === 'object')
      for (const tier of rate.tiers) starts.add(tier.start)
  }
  return [...starts].sort((a, b) => a - b)
}

const find = (provider: string, model: string): Entry | null => {
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: provider })
  if (found === null) return null
  const prices = found.model_price
  // A price per request has no place among prices per token; half a price would pass for a whole one.
  if (prices['requests_kcount'] !== undefined) return null
  const isEmbedding = /embed/i.test(found.model.id)
  const base = ratesAt(prices, 0, isEmbedding)
  if (base === null) return null
  const tiers = thresholds(prices).flatMap((above) => {
    const rates = ratesAt(prices, above + 1, isEmbedding)
    return rates === null ? [] : [{ ...rates, above }]
  })
  return deepFreeze({ price: { ...base, source: `${SOURCE} ${provider}/${model}` }, tiers })
}

const entries = new Lru<string, { readonly entry: Entry | null }>(KEPT)

const entryOf = (provider: string, model: string): Entry | null => {
  const key = `${provider}/${model}`
  const known = entries.get(key)
  if (known !== undefined) return known.entry
  let entry: Entry | null = null
  try {
    entry = find(provider, model)
  } catch {
    // The data throws on models whose rates it cannot put together. What cannot be told is unknown.
  }
  entries.set(key, { entry })
  return entry
}

/**
 * Price of a model at a provider, by the price data's provider id; null where it has none. About 100 µs the
 * first time. The rates are those of short requests; `ratesFor` knows the others.
 */
export const lookupPrice: PriceLookup = (provider, model) =>
  provider === '' || model === '' ? null : (entryOf(provider, model)?.price ?? null)

/** The rates in force for a request of that many input tokens. */
export const ratesFor = (price: Price, input: number): Rates => {
  const match = SOURCE_PATTERN.exec(price.source)
  const tiers = match === null ? [] : (entryOf(match[1] ?? '', match[2] ?? '')?.tiers ?? [])
  return tiers.findLast((tier) => input > tier.above) ?? price
}
