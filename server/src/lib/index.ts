/**
 * Leaves: small tools without a word of the domain in them. Each is one file with one job and its own test.
 *
 * Invariants: no state that outlives a call but bounded caches, no clock or file of their own accord, nothing
 * that knows a request, a model or a policy. Imports nothing of ours. Everyone may import it. What only one
 * room needs lives in that room instead.
 */
export { inRanges, type Reach, reachOfAddress } from './addresses.ts'
export { canonicalJson, sha256Hex } from './canonical.ts'
export { systemClock } from './clock.ts'
export { type CodePoints, codePoints } from './code-points.ts'
export { deepFreeze } from './freeze.ts'
export { timeId } from './ids.ts'
export {
  afterString,
  type Edit,
  freezeJson,
  holdsInexact,
  type JsonCount,
  type JsonMember,
  type JsonScan,
  type MemberChanges,
  memberEdits,
  parseExact,
  repeatedKey,
  scanJson,
  splice,
} from './json.ts'
export { Lru } from './lru.ts'
export { nearest } from './nearest.ts'
export { type Piece, piecesOf } from './pieces.ts'
export { openText, sealText } from './seal.ts'
export { type SseEvent, SseParser } from './sse.ts'
