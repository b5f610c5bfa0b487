import { LABELS, type Model, SCALE, SPAN_TYPES } from '../../src/sensitivity/tagger/decode.ts'
import { FEATURES, features, ROWS } from '../../src/sensitivity/tagger/features.ts'
import { FLAG, KNOWN, NAME } from '../../src/sensitivity/tagger/flags.ts'
import { BREAK_BEFORE, SHAPE, settle, Tokens, tokenise } from '../../src/sensitivity/tagger/tokens.ts'
import { Corpus, type Sample } from './generate.ts'
import { Learner, type Stretch } from './learn.ts'
import { Random } from './random.ts'

const FORGOTTEN = NAME | FLAG.place | FLAG.country

/** The label of each token: of the span that holds at least half of it. */
const labelsOf = (tokens: Tokens, sample: Sample): Uint8Array => {
  const labels = new Uint8Array(tokens.count)
  let next = 0
  for (let i = 0; i < tokens.count; i += 1) {
    const start = tokens.starts[i] ?? 0
    const end = tokens.ends[i] ?? 0
    while (next < sample.spans.length && (sample.spans[next]?.end ?? 0) <= start) next += 1
    const span = sample.spans[next]
    if (span === undefined || start < span.start) continue
    if (end > span.end && (span.end - start) * 2 < end - start) continue
    labels[i] = 1 + 2 * SPAN_TYPES.indexOf(span.type) + (start === span.start ? 0 : 1)
  }
  return labels
}

/** Some names stand in no list, some words are unknown: what the tagger has to live with is practised. */
const forget = (tokens: Tokens, labels: Uint8Array, random: Random): void => {
  const forgetsNames = random.chance(0.35)
  const forgetsWords = random.chance(0.35)
  for (let i = 0; i < tokens.count; i += 1) {
    const flags = tokens.flags[i] ?? 0
    if ((tokens.shapes[i] ?? 0) >= SHAPE.number) continue
    let kept = flags
    if (forgetsNames && labels[i] !== 0 && random.chance(0.75)) kept &= ~FORGOTTEN
    if (random.chance(0.2)) kept &= ~(FLAG.famous | FLAG.brand)
    if (forgetsWords && (kept & KNOWN & ~FLAG.common) === 0 && random.chance(0.2)) kept &= ~FLAG.common
    tokens.flags[i] = kept
  }
  settle(tokens)
}

const stretchesOf = (tokens: Tokens, labels: Uint8Array): readonly Stretch[] => {
  const out: Stretch[] = []
  for (let i = 0; i < tokens.count; i += 1) {
    if (tokens.active[i] === 0) continue
    const first = i
    i += 1
    while (i < tokens.count && tokens.active[i] === 1 && tokens.before[i] !== BREAK_BEFORE) i += 1
    const rows = new Int32Array((i - first) * FEATURES)
    const gold = labels.slice(first, i)
    for (let k = first; k < i; k += 1) {
      features(tokens, k, rows, (k - first) * FEATURES)
      const before = k === first ? 0 : (gold[k - first - 1] ?? 0)
      const label = gold[k - first] ?? 0
      // A span whose beginning is not active begins where its active part does.
      if (label > 0 && label % 2 === 0 && before !== label && before !== label - 1)
        gold[k - first] = label - 1
    }
    out.push({ rows, gold })
    i -= 1
  }
  return out
}

const quantise = (weights: Float32Array): Int8Array =>
  Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight * SCALE))))

export interface Plan {
  readonly seed: number
  /** How many texts to learn from. */
  readonly samples: number
}

/** What the committed weights were learned with. */
export const PLAN: Plan = { seed: 20_261_122, samples: 300_000 }

/** Learns the weights: first those of moves, then those of rows. */
export const train = ({ seed, samples }: Plan): Uint8Array => {
  const learner = new Learner(0.12, 2e-4)
  const corpus = new Corpus(seed, false)
  const random = new Random(seed + 1)
  const tokens = new Tokens()
  const mean = new Mean(learner)
  for (let n = 0; n < samples; n += 1) {
    const sample = corpus.next()
    tokenise(tokens, sample.text)
    const labels = labelsOf(tokens, sample)
    forget(tokens, labels, random)
    for (const stretch of stretchesOf(tokens, labels)) learner.learn(stretch)
    if (n > samples / 2 && n % MEAN_EVERY === 0) mean.add()
  }
  mean.add()
  return bytesOf({ emit: quantise(mean.emit), move: quantise(mean.move) })
}

const MEAN_EVERY = 2_000

/** The mean of the weights over the second half of learning: less noise than the last ones have. */
class Mean {
  readonly emit: Float32Array
  readonly move: Float32Array
  readonly #learner: Learner
  #count = 0

  constructor(learner: Learner) {
    this.#learner = learner
    this.emit = new Float32Array(learner.emit.length)
    this.move = new Float32Array(learner.move.length)
  }

  add(): void {
    this.#count += 1
    this.#blend(this.emit, this.#learner.emit)
    this.#blend(this.move, this.#learner.move)
  }

  #blend(mean: Float32Array, last: Float32Array): void {
    const share = 1 / this.#count
    for (let i = 0; i < mean.length; i += 1)
      mean[i] = (mean[i] ?? 0) + ((last[i] ?? 0) - (mean[i] ?? 0)) * share
  }
}

const bytesOf = (model: Model): Uint8Array => {
  const bytes = new Uint8Array(LABELS * LABELS + ROWS * LABELS)
  bytes.set(new Uint8Array(model.move.buffer), 0)
  bytes.set(new Uint8Array(model.emit.buffer), LABELS * LABELS)
  return bytes
}
