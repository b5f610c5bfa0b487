import { hash } from 'node:crypto'
import { CausewayError, type Finding, type PlacedText } from '../domain/index.ts'
import { Lru, piecesOf } from '../lib/index.ts'

/** A finding in one piece of text, wherever that stands. Offsets are UTF-16 units of the piece. */
export type Hit = Omit<Finding, 'path' | 'masked' | 'reason'>

/** The type of what is found and not named. */
export const UNTYPED = 'JUDGED'

/** What is said of one piece. */
export interface Heard {
  readonly hits: readonly Hit[]
  /** False where it was said of several pieces and it cannot be told of which: then it holds for this call only. */
  readonly lasting: boolean
}

/** How a value is shown: `mask` of the labeller. */
export type Mask = (value: string, type: string) => string

export interface ReadingOptions {
  readonly name: string
  /** Milliseconds for all of one call's texts. */
  readonly timeout: number
  /** UTF-16 units of one piece, and how many two of them share. */
  readonly piece: number
  readonly overlap: number
  /** Pieces in work at once. */
  readonly lanes: number
  readonly mask: Mask
  /** What findings say of where they come from. */
  readonly reason: (hit: Hit) => string
  /** Reads pieces that are asked together: as many as `batch` takes. What is said of each, in order. */
  readonly ask: (texts: readonly string[], signal: AbortSignal) => Promise<readonly Heard[]>
  /** UTF-16 units of pieces that are asked together; 0 asks one by one. */
  readonly batch: number
}

/** More than this of one call's text, in UTF-16 units, is not handed to a further reader: the reading has failed. */
const MOST_TEXT = 8 * 1024 * 1024
const MOST_FINDINGS = 10_000
/** Weight of the memory of verdicts, in bytes: a digest and bookkeeping for each piece, and its hits. */
const MOST_MEMORY = 8 * 1024 * 1024
const ENTRY_BYTES = 240
const HIT_BYTES = 200

/** Words of the protocols that every call holds many times. */
const PROTOCOL: ReadonlySet<string> = new Set(
  (
    'user assistant system developer tool text function object string number integer boolean array null auto ' +
    'none image_url input_text output_text tool_use tool_result json_object json_schema ephemeral base64'
  ).split(' '),
)

const LETTER = /[\p{L}\p{N}]/u

/** Not the name of the model: it is looked up among those of the configuration, and is no content. */
const isWorthAsking = ({ path, text }: PlacedText): boolean =>
  path !== 'model' && LETTER.test(text) && !PROTOCOL.has(text)

interface Asked {
  readonly key: string
  readonly text: string
}

/**
 * What all stages do alike: texts in pieces, equal pieces once, pieces seen before from memory, a few at a time,
 * one deadline for all. The memory holds digests and hits, no text. Whatever goes wrong rejects, and nothing of a
 * failure is remembered.
 */
export class StageReading {
  readonly #options: ReadingOptions
  readonly #known = new Lru<string, readonly Hit[]>(MOST_MEMORY)

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  async read(texts: readonly PlacedText[], client: AbortSignal): Promise<readonly Finding[]> {
    const { name, timeout } = this.#options
    const worth = texts.filter(isWorthAsking)
    if (worth.length === 0) return []
    if (worth.reduce((sum, { text }) => sum + text.length, 0) > MOST_TEXT)
      throw new CausewayError(
        'detection_failed',
        `Stage ${name} is not handed more than ${MOST_TEXT} characters.`,
      )
    const placed = worth.map((place) => ({ place, pieces: this.#split(place.text) }))
    const wanted = new Map(placed.flatMap(({ pieces }) => pieces.map(({ asked }) => [asked.key, asked.text])))
    const heard = await this.#within(timeout, client, (signal) => this.#hear(wanted, signal))
    return findingsOf(placed, heard, this.#options)
  }

  #split(text: string): readonly { readonly start: number; readonly asked: Asked }[] {
    const { piece, overlap } = this.#options
    return piecesOf(text, piece, overlap).map((one) => ({
      start: one.start,
      asked: { key: hash('sha256', one.text, 'base64'), text: one.text },
    }))
  }

  /** What is not known yet is asked; the call's own verdicts are kept apart, so that a small memory loses none of them. */
  async #hear(
    wanted: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Hit[]>> {
    const heard = new Map<string, readonly Hit[]>()
    const fresh: Asked[] = []
    for (const [key, text] of wanted) {
      const known = this.#known.get(key)
      if (known === undefined) fresh.push({ key, text })
      else heard.set(key, known)
    }
    const batches = batchesOf(fresh, this.#options.batch)
    let next = 0
    const lane = async (): Promise<void> => {
      for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) {
        signal.throwIfAborted()
        const answers = await this.#options.ask(
          batch.map(({ text }) => text),
          signal,
        )
        batch.forEach(({ key, text }, index) => {
          const { hits, lasting } = checked(answers[index], text, this.#options.name)
          heard.set(key, hits)
          if (lasting) this.#known.set(key, hits, ENTRY_BYTES + hits.length * HIT_BYTES)
        })
      }
    }
    await Promise.all(Array.from({ length: this.#options.lanes }, lane))
    return heard
  }

  async #within<T>(
    timeout: number,
    client: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const own = new AbortController()
    const late = (): void =>
      own.abort(
        new CausewayError('detection_failed', `Stage ${this.#options.name} took longer than ${timeout} ms.`),
      )
    const left = (): void =>
      own.abort(new CausewayError('client_closed', 'The client left before its request was read.'))
    const timer = setTimeout(late, timeout)
    if (client.aborted) left()
    else client.addEventListener('abort', left, { once: true })
    // Whoever does not listen to the signal is not waited for either.
    const over = new Promise<never>((_, reject) => {
      const tell = (): void => reject(own.signal.reason)
      if (own.signal.aborted) tell()
      else own.signal.addEventListener('abort', tell, { once: true })
    })
    try {
      return await Promise.race([work(own.signal), over])
    } catch (thrown) {
      // One lane's failure ends the others.
      own.abort(thrown)
      throw thrown
    } finally {
      over.catch(() => undefined)
      clearTimeout(timer)
      client.removeEventListener('abort', left)
    }
  }
}

/** Pieces in order, as many together as `most` takes, at least one. */
const batchesOf = (asked: readonly Asked[], most: number): readonly (readonly Asked[])[] => {
  const batches: Asked[][] = []
  let size = 0
  for (const one of asked) {
    const last = batches.at(-1)
    if (last !== undefined && size + one.text.length <= most) {
      last.push(one)
      size += one.text.length
    } else {
      batches.push([one])
      size = one.text.length
    }
  }
  return batches
}

const checked = (heard: Heard | undefined, text: string, name: string): Heard => {
  const isWrong =
    heard === undefined ||
    heard.hits.length > MOST_FINDINGS ||
    heard.hits.some(
      ({ start, end, confidence }) =>
        !(
          Number.isInteger(start) &&
          Number.isInteger(end) &&
          start >= 0 &&
          end > start &&
          end <= text.length
        ) || !(confidence >= 0 && confidence <= 1),
    )
  if (isWrong)
    throw new CausewayError(
      'detection_failed',
      `Stage ${name} answered with findings that do not fit the text.`,
    )
  return heard
}

interface PlacedPieces {
  readonly place: PlacedText
  readonly pieces: readonly { readonly start: number; readonly asked: Asked }[]
}

/** Findings at their places; what two pieces both saw in the stretch they share is one. */
const findingsOf = (
  placed: readonly PlacedPieces[],
  heard: ReadonlyMap<string, readonly Hit[]>,
  { name, mask, reason }: ReadingOptions,
): readonly Finding[] => {
  const findings: Finding[] = []
  for (const { place, pieces } of placed) {
    const seen = new Set<string>()
    for (const { start: offset, asked } of pieces) {
      const hits = heard.get(asked.key)
      if (hits === undefined)
        throw new CausewayError('detection_failed', `Stage ${name} has not read every text.`)
      for (const hit of hits) {
        const start = hit.start + offset
        const end = hit.end + offset
        const key = `${hit.kind} ${hit.type} ${start} ${end}`
        if (seen.has(key)) continue
        seen.add(key)
        // Of a value that has no type it cannot be told how much of it may be shown.
        const masked = hit.type === UNTYPED ? '••••' : mask(place.text.slice(start, end), hit.type)
        findings.push({ ...hit, path: place.path, start, end, reason: reason(hit), masked })
      }
    }
  }
  return findings
}
