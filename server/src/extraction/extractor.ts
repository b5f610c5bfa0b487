import { hash } from 'node:crypto'
import type { Call } from '../domain/index.ts'
import { Lru } from '../lib/index.ts'
import { type Attachment, attachmentsOf, bytesOf } from './attachments.ts'
import type { Extracted, Extractor, ExtractorOptions } from './extracted.ts'
import { failed, type Outcome, unread } from './outcome.ts'
import { Pool } from './pool.ts'

const MIB = 1_048_576
const DEFAULTS = {
  timeout: 5_000,
  attachmentTimeout: 4_000,
  maxInput: 32 * MIB,
  maxText: 16 * MIB,
  maxUnpacked: 64 * MIB,
  maxMembers: 5_000,
  workers: 1,
  queue: 200,
  memory: 256 * MIB,
  cache: 32 * MIB,
} as const satisfies Required<ExtractorOptions>

/** Reads the attachments of calls. Costs nothing before the first one comes. */
export const createExtractor = (options: ExtractorOptions = {}): Extractor => startExtractor(options)

/** The same, with threads that run another program: how tests make one hang or die. */
export const startExtractor = (options: ExtractorOptions, entry?: URL): Extractor => {
  const chosen = { ...DEFAULTS, ...options }
  const { maxText, maxUnpacked, maxMembers } = chosen
  const pool = new Pool({
    limits: { maxText, maxUnpacked, maxMembers },
    memory: chosen.memory,
    timeout: chosen.attachmentTimeout,
    workers: Math.max(1, chosen.workers),
    queue: chosen.queue,
    ...(entry === undefined ? {} : { entry }),
  })
  const known = new Lru<string, Outcome>(chosen.cache)
  const read = new Reading(pool, known, chosen.maxInput)
  return {
    extract: (call) => extractAll(call, read, chosen.timeout),
    close: () => pool.close(),
  }
}

const extractAll = async (
  call: Pick<Call, 'json' | 'media'>,
  reading: Reading,
  timeout: number,
): Promise<readonly Extracted[]> => {
  const attachments = attachmentsOf(call)
  if (attachments.length === 0) return []
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeout)
  const seen = new Map<string, Promise<Outcome>>()
  try {
    return await Promise.all(
      attachments.map(async (one) => ({ path: one.path, ...(await reading.of(one, seen, deadline.signal)) })),
    )
  } finally {
    clearTimeout(timer)
  }
}

class Reading {
  readonly #pool: Pool
  readonly #known: Lru<string, Outcome>
  readonly #maxInput: number

  constructor(pool: Pool, known: Lru<string, Outcome>, maxInput: number) {
    this.#pool = pool
    this.#known = known
    this.#maxInput = maxInput
  }

  /** What is known of the attachment, or what a thread finds out. `seen`: this call's, by digest. */
  of(one: Attachment, seen: Map<string, Promise<Outcome>>, signal: AbortSignal): Promise<Outcome> {
    const { data, mime, escaped } = one
    if (data === null) return Promise.resolve(unread('it is held elsewhere'))
    if (data.length * 0.75 > this.#maxInput) return Promise.resolve(failed('it is too large'))
    const key = `${hash('sha256', data)} ${escaped} ${mime}`
    const known = this.#known.get(key)
    if (known !== undefined) return Promise.resolve(known)
    const pending = seen.get(key) ?? this.#fresh(key, one, data, signal)
    seen.set(key, pending)
    return pending
  }

  async #fresh(
    key: string,
    { mime, escaped }: Attachment,
    data: string,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const file = () => {
      const bytes = bytesOf(data, escaped)
      return bytes === null ? null : { bytes, mime }
    }
    const outcome = await this.#pool.read(file, signal)
    // Failures may be the hour's and not the file's, so they are found out again.
    if (outcome.state !== 'failed') this.#known.set(key, outcome, weightOf(outcome))
    return outcome
  }
}

const weightOf = (outcome: Outcome): number => outcome.texts.reduce((sum, text) => sum + 2 * text.length, 256)
