import type { CatalogueEntry } from './catalogue.ts'
import { EngineError } from './errors.ts'

/** What the choice of a model depends on. */
export interface Machine {
  /** Bytes a new process may take, cgroup limits included. */
  readonly freeMemory: number
  readonly processors: number
}

/** Working memory of the runtime beside weights and cache: measured 200 to 290 MB for a batch of 512 tokens. */
const WORKING_BYTES = 300_000_000
/** Bytes of weights one processor reads per second while generating: 41 tokens/s of 98 MB on two shared ones. */
const BYTES_PER_PROCESSOR_SECOND = 2_000_000_000
/** Slower than this nobody waits for. */
const ENOUGH_TOKENS_PER_SECOND = 5
/** For a model outside the catalogue: the largest cache per token in it. */
const UNKNOWN_CACHE_PER_TOKEN = 24 * 32 * 64 * 4

export const CONTEXTS = [8192, 4096, 2048] as const

/** What of a model its memory depends on. */
export interface Weight {
  readonly bytes: number
  readonly cachePerToken: number | null
  readonly trainedContext: number | null
}

/** Bytes a model takes at a context of so many tokens; an upper estimate. */
export const memoryFor = (model: Weight, context: number): number =>
  model.bytes + context * (model.cachePerToken ?? UNKNOWN_CACHE_PER_TOKEN) + WORKING_BYTES

/** A rough guess of generated tokens per second: small models are bound by reading their weights. */
export const estimatedSpeed = (bytes: number, machine: Machine): number =>
  (machine.processors * BYTES_PER_PROCESSOR_SECOND) / bytes

/** Whether a model fits this machine at its full context and answers quickly enough; else the reason. */
export const fits = (
  entry: CatalogueEntry,
  machine: Machine,
): { readonly fit: true } | { readonly fit: false; readonly reason: string } => {
  const needed = memoryFor(entry, CONTEXTS[0])
  if (needed > machine.freeMemory) {
    return {
      fit: false,
      reason: `needs ${gigabytes(needed)} of memory, ${gigabytes(machine.freeMemory)} are free`,
    }
  }
  const speed = estimatedSpeed(entry.bytes, machine)
  // The smallest is what remains when nothing else is quick enough, so only models for work can be too slow.
  if (entry.forWork && speed < ENOUGH_TOKENS_PER_SECOND) {
    return {
      fit: false,
      reason: `would give about ${speed.toFixed(1)} tokens/s on ${machine.processors} processors`,
    }
  }
  return { fit: true }
}

/**
 * The context to open: the one asked for, or the largest of 8192, 4096 and 2048 that the model knows and memory holds.
 * Throws `memory_short` with the sizes.
 */
export const chooseContext = (model: Weight, freeMemory: number, asked: number | null): number => {
  const limit = model.trainedContext ?? Number.POSITIVE_INFINITY
  const wanted = asked === null ? CONTEXTS.filter((size) => size <= limit) : [Math.min(asked, limit)]
  const context = wanted.find((size) => memoryFor(model, size) <= freeMemory)
  if (context !== undefined) return context
  const least = wanted.at(-1) ?? CONTEXTS[CONTEXTS.length - 1] ?? 2048
  throw new EngineError(
    'memory_short',
    `The model needs about ${gigabytes(memoryFor(model, least))} of memory with a context of ${least} tokens ` +
      `(${gigabytes(model.bytes)} are weights), and ${gigabytes(freeMemory)} are free.`,
  )
}

/** Bytes as a person reads them, decimal. */
export const gigabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(0, Math.round(bytes / 1e6))} MB`
