import { inflateRawSync } from 'node:zlib'
import { WEIGHTS } from './data/weights.ts'
import { LABELS, type Model } from './decode.ts'

const bytes = new Int8Array(inflateRawSync(Buffer.from(WEIGHTS, 'base64')))

/** What was learned: first the moves between labels, then a row for each feature. */
export const MODEL: Model = {
  move: bytes.subarray(0, LABELS * LABELS),
  emit: bytes.subarray(LABELS * LABELS),
}
