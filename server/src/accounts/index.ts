/**
 * What requests cost and how many a key may make.
 *
 * Promises: money is integer nano-dollars; it is exact, or marked as estimated, or unknown, and unknown is
 * never zero; a price is looked up under its provider's id only, because a local model may bear a vendor's
 * name; long requests are charged at the vendor's rate for long requests; a rate is checked through a port, so
 * that one process and many count alike.
 *
 * Pure but for a bounded cache of prices. Depends on the price data, domain and lib; config and the gateway
 * import it, the rooms beside it may not.
 */
export { costOf, formatCost } from './cost.ts'
export { lookupPrice } from './prices.ts'
export { checkRates } from './rates.ts'
