import type { Citation, Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  isList(value) ? value.filter(isObject) : []

const numberIn = (json: JsonObject, name: string): number | null => {
  const value = json[name]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** The dialect counts bytes of UTF-8; we count UTF-16 units. */
class Places {
  readonly #text: string
  readonly #bytes: Buffer

  constructor(text: string) {
    this.#text = text
    this.#bytes = Buffer.from(text)
  }

  /** Where a piece of the answer stands; the words it quotes, where told, decide. */
  span(start: number, end: number | null, quoted: string | null): Citation['span'] {
    if (end !== null && end >= start && end <= this.#bytes.length) {
      const from = this.#bytes.subarray(0, start).toString('utf8').length
      const to = from + this.#bytes.subarray(start, end).toString('utf8').length
      if (quoted === null || this.#text.slice(from, to) === quoted) return [from, to]
    }
    const at = quoted === null || quoted === '' ? -1 : this.#text.indexOf(quoted)
    return at === -1 || quoted === null ? null : [at, at + quoted.length]
  }
}

const sourceOf = (chunk: JsonObject): Pick<Citation, 'url' | 'title' | 'cited'> => {
  const found = chunk['web'] ?? chunk['retrievedContext'] ?? chunk['maps'] ?? chunk['image']
  const source = isObject(found) ? found : {}
  return {
    url: stringAt(source, 'uri') ?? stringAt(source, 'sourceUri'),
    title: stringAt(source, 'title') ?? stringAt(source, 'domain'),
    cited: stringAt(source, 'text'),
  }
}

/** Each statement with each source that supports it, then the sources that no statement names. */
const grounded = (metadata: JsonObject, places: Places): readonly Citation[] => {
  const chunks = objectsIn(metadata['groundingChunks'])
  const named = new Set<number>()
  const cited = objectsIn(metadata['groundingSupports']).flatMap((support) => {
    const segment = isObject(support['segment']) ? support['segment'] : {}
    const span = places.span(
      numberIn(segment, 'startIndex') ?? 0,
      numberIn(segment, 'endIndex'),
      stringAt(segment, 'text'),
    )
    const indices = support['groundingChunkIndices']
    return (isList(indices) ? indices : []).flatMap((index): readonly Citation[] => {
      const chunk = typeof index === 'number' ? chunks[index] : undefined
      if (typeof index !== 'number' || chunk === undefined) return []
      named.add(index)
      const raw = { groundingChunk: chunk, groundingSupport: support }
      return [{ ...sourceOf(chunk), span, native: { dialect: 'gemini', raw } }]
    })
  })
  const others = chunks.flatMap((chunk, index): readonly Citation[] =>
    named.has(index)
      ? []
      : [{ ...sourceOf(chunk), span: null, native: { dialect: 'gemini', raw: { groundingChunk: chunk } } }],
  )
  return [...cited, ...others]
}

const recited = (metadata: JsonObject, places: Places): readonly Citation[] =>
  objectsIn(metadata['citations'] ?? metadata['citationSources']).map((source) => ({
    url: stringAt(source, 'uri'),
    title: stringAt(source, 'title'),
    cited: null,
    span: places.span(numberIn(source, 'startIndex') ?? 0, numberIn(source, 'endIndex'), null),
    native: { dialect: 'gemini', raw: source },
  }))

/** What an answer's metadata say of its sources, over the answer's whole text. */
export const citationsIn = (
  grounding: JsonObject,
  citation: JsonObject,
  text: string,
): readonly Citation[] => {
  const places = new Places(text)
  return [...grounded(grounding, places), ...recited(citation, places)]
}

const byteLength = (text: string, end: number): number => Buffer.byteLength(text.slice(0, end))

/** Citations as `groundingMetadata` of the text they belong to; null where none has an address. */
export const groundingOf = (citations: readonly Citation[], text: string): JsonObject | null => {
  const chunks = new Map<string, { index: number; chunk: JsonObject }>()
  const supports: JsonObject[] = []
  for (const { url, title, span } of citations) {
    if (url === null) continue
    const known = chunks.get(url) ?? {
      index: chunks.size,
      chunk: { web: { uri: url, ...(title === null ? {} : { title }) } },
    }
    chunks.set(url, known)
    if (span === null) continue
    const [start, end] = span
    supports.push({
      segment: {
        startIndex: byteLength(text, start),
        endIndex: byteLength(text, end),
        text: text.slice(start, end),
      },
      groundingChunkIndices: [known.index],
    })
  }
  if (chunks.size === 0) return null
  return {
    groundingChunks: [...chunks.values()].map(({ chunk }) => chunk),
    ...(supports.length === 0 ? {} : { groundingSupports: supports }),
  }
}
