/**
 * Leaves: small tools without a word of the domain in them. Each is one file with one job and its own test.
 *
 * Imports nothing of ours. Everyone may import it. What only one room needs lives in that room instead.
 */
export { canonicalJson, sha256Hex } from './canonical.ts'
export { systemClock } from './clock.ts'
export { deepFreeze } from './freeze.ts'
export { timeId } from './ids.ts'
export { Lru } from './lru.ts'
