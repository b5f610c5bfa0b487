import { BUCKETS, CLASS_COUNT, DENSE_COUNT } from './features.ts'

/** Weights of the classifier: of a bucket for each class, and of a dense feature for each class. */
export interface Model {
  /** `buckets[bucket * CLASS_COUNT + class]`, to be multiplied with `scale`. */
  readonly buckets: Int8Array
  readonly scale: number
  /** `dense[feature * CLASS_COUNT + class]` */
  readonly dense: Float64Array
}

/** Reads the weights as the training script writes them. Throws where they are not of this shape. */
export const readModel = (source: {
  readonly scale: number
  readonly dense: readonly number[]
  readonly buckets: string
}): Model => {
  const bytes = Buffer.from(source.buckets, 'base64')
  if (bytes.length !== BUCKETS * CLASS_COUNT || source.dense.length !== DENSE_COUNT * CLASS_COUNT) {
    throw new RangeError('the weights are not of this shape')
  }
  return {
    buckets: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    scale: source.scale,
    dense: Float64Array.from(source.dense),
  }
}

/** The probability of each class, from sums over the words and the dense features. */
export const probabilities = (
  model: Model,
  sums: readonly number[],
  counted: number,
  dense: Float64Array,
): Float64Array => {
  const result = new Float64Array(CLASS_COUNT)
  const factor = counted === 0 ? 0 : model.scale / Math.sqrt(counted)
  for (let k = 0; k < CLASS_COUNT; k += 1) {
    let score = (sums[k] ?? 0) * factor
    for (let i = 0; i < DENSE_COUNT; i += 1) {
      score += (dense[i] ?? 0) * (model.dense[i * CLASS_COUNT + k] ?? 0)
    }
    result[k] = 1 / (1 + Math.exp(-score))
  }
  return result
}
