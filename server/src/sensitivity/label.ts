import {
  type Call,
  type Condition,
  type Finding,
  join,
  KINDS,
  type Kind,
  type Label,
  type Level,
  levelOfKind,
  type PlacedText,
} from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import { DETECTORS } from './detectors/index.ts'
import { isWorded } from './merge.ts'
import { createReader, type ReaderOptions } from './reader.ts'
import { type Sighting, sight } from './sight.ts'
import type { Leaf, Where } from './walk.ts'

/** Findings kept on a label; `omitted` counts the rest. Kinds are counted before anything is left out. */
const MOST_FINDINGS = 50

export type LabellerOptions = ReaderOptions

/** What is known of a call before it is read. */
export interface LabelUse {
  /** Kinds that count as found whatever is seen. */
  readonly carries: readonly Kind[]
  /**
   * From which confidence a kind counts, 0 to 1. Findings below stay on the list and do not put their kind on
   * the label. A kind without a number counts from the first finding.
   */
  readonly confidence?: Readonly<Partial<Record<Kind, number>>>
  /** Texts taken out of attachments, read like the rest. */
  readonly texts?: readonly PlacedText[]
  /** What further readers found; counts like what was seen here. */
  readonly found?: readonly Finding[]
  /** True where a further reader or the reading of an attachment failed. */
  readonly failed?: boolean
  /** Paths of media that were read to the last byte, and so are not unread. */
  readonly read?: ReadonlySet<string>
  /** Kinds that the conversation carried before. */
  readonly sticky?: readonly Kind[]
  /** True for a value, as it stands in the text, that is nobody's: a stand-in of our own. Such are no findings. */
  readonly except?: (value: string, type: string) => boolean
  /** True for a whole text, at its path, that an upstream issued and that only it can read. What it looks like is chance. */
  readonly issued?: (text: string, path: string) => boolean
}

/** A finding's place in a text, without what stands there. */
export interface SiteSpan {
  /** UTF-16 offsets into the site's text; end exclusive. */
  readonly start: number
  readonly end: number
  readonly type: string
  readonly sub?: string
  readonly country?: string
  readonly kind: Kind | null
  readonly confidence: number
  /** True where the span is an encoded run and the value stands inside. */
  readonly encoded: boolean
}

/** One text of a call and all that was seen in it. */
export interface Site {
  /** As in findings: `messages[2].content`, with `{}` where JSON inside a string begins. */
  readonly path: string
  readonly text: string
  /** Whether it stands in JSON inside a string. */
  readonly nested: boolean
  /** What it is; only a `value` is a string of the request, as it stands, at `path`. */
  readonly where: Where
  readonly spans: readonly SiteSpan[]
}

export interface Labeller {
  /**
   * Reads every text of a call. Never throws: where any part of the reading fails, the label says so
   * (`failed`) and is restricted, whatever else was found. Declared kinds count as found; `raised` raises.
   */
  label(call: Call, use: LabelUse, raised: Level | null): Label
  /**
   * Every string value of a call with all that was seen in it, in order; and with findings only, keys, headers,
   * long numbers, text in bytes, and parts or turns read together. Null where any part of the reading fails.
   * A call that was labelled a moment ago costs little.
   */
  /** What is sensitive in one text by itself. Nothing is remembered of it. Throws what a detector throws. */
  find(text: string): readonly Omit<Finding, 'path'>[]
  locate(call: Call, more?: readonly PlacedText[]): readonly Site[] | null
}

/** What a leaf's sightings are that count: not those in its name alone, nor again those in its pieces. */
class Sieve {
  /** Where each value was seen, by type and masked form. */
  readonly #seen = new Map<string, string[]>()

  /** The sightings with offsets of the leaf's own text. */
  pass(leaf: Leaf, sightings: readonly Sighting[], offset: number): readonly Sighting[] {
    if (sightings.length === 0) return sightings
    const found = leaf.again === true ? this.#unseen(leaf, sightings) : sightings
    const passed: Sighting[] = []
    for (const sighting of found) {
      // What stands in the name alone was read for the value's sake.
      if (sighting.end <= offset) continue
      const start = Math.max(0, sighting.start - offset)
      passed.push(offset === 0 ? sighting : { ...sighting, start, end: sighting.end - offset })
    }
    for (const sighting of passed) this.#note(leaf.path, sighting)
    return passed
  }

  #note(path: string, { type, masked }: Sighting): void {
    const value = `${type} ${masked}`
    const paths = this.#seen.get(value)
    if (paths === undefined) this.#seen.set(value, [path])
    else paths.push(path)
  }

  /**
   * What several values show together and none of them alone: a value seen as often in the pieces is no news,
   * nor is a name, as two texts put together make ones that neither says.
   */
  #unseen(leaf: Leaf, sightings: readonly Sighting[]): readonly Sighting[] {
    const pieces = leaf.path.slice(0, -ALL.length)
    const left = new Map<string, number>()
    return sightings.filter(({ type, masked }) => {
      if (isWorded(type)) return false
      const value = `${type} ${masked}`
      const paths = this.#seen.get(value) ?? []
      const count = left.get(value) ?? paths.filter((path) => path.startsWith(pieces)).length
      left.set(value, count - 1)
      return count <= 0
    })
  }
}

/** How the path of values read together ends. */
const ALL = '*]'

class Collection {
  readonly findings: Finding[] = []
  readonly kinds = new Set<Kind>()
  omitted = 0
  readonly #use: LabelUse
  readonly #shown = new Set<string>()

  constructor(use: LabelUse) {
    this.#use = use
  }

  add(leaf: Leaf, sightings: readonly Sighting[]): void {
    const { except, confidence, issued } = this.#use
    if (sightings.length === 0 || issued?.(leaf.text, leaf.path) === true) return
    const [root = '', inner] = leaf.path.split('{}', 2)
    for (const sighting of sightings) {
      const { start, end, type, kind } = sighting
      if (except?.(leaf.text.slice(start, end), type) === true) continue
      if (kind !== null && sighting.confidence >= (confidence?.[kind] ?? 0)) this.kinds.add(kind)
      if (this.#isRepeated(root, inner !== undefined, sighting)) continue
      if (this.findings.length >= MOST_FINDINGS) {
        this.omitted += 1
        continue
      }
      const { encoded: _, ...seen } = sighting
      this.findings.push({ ...seen, path: leaf.path })
    }
  }

  /** What somebody else found. */
  take(finding: Finding): void {
    const { confidence } = this.#use
    if (finding.kind !== null && finding.confidence >= (confidence?.[finding.kind] ?? 0)) {
      this.kinds.add(finding.kind)
    }
    if (this.findings.length >= MOST_FINDINGS) this.omitted += 1
    else this.findings.push(finding)
  }

  /** JSON inside a string is read as text and member by member; what both see is shown once. */
  #isRepeated(root: string, inside: boolean, { type, masked }: Pick<Sighting, 'type' | 'masked'>): boolean {
    const key = `${root} ${type} ${masked}`
    if (inside) return this.#shown.has(key)
    this.#shown.add(key)
    return false
  }
}

const levelOf = (kinds: Iterable<Kind>, failed: boolean, raised: Level | null): Level => {
  let level: Level = failed ? 'restricted' : 'public'
  for (const kind of kinds) level = join(level, levelOfKind(kind))
  return raised === null ? level : join(level, raised)
}

const labelOf = (
  found: Collection,
  conditions: readonly Condition[],
  use: LabelUse,
  raised: Level | null,
): Label => {
  const { carries, sticky = [] } = use
  const present = new Set([...found.kinds, ...carries, ...sticky])
  return deepFreeze({
    level: levelOf(present, conditions.includes('failed'), raised),
    kinds: KINDS.filter((kind) => present.has(kind)),
    conditions,
    declared: KINDS.filter((kind) => carries.includes(kind)),
    raised,
    ...(sticky.length === 0 ? {} : { sticky: KINDS.filter((kind) => sticky.includes(kind)) }),
    findings: found.findings,
    omitted: found.omitted,
  })
}

const spanOf = ({ start, end, type, sub, country, kind, confidence, encoded }: Sighting): SiteSpan => ({
  start,
  end,
  type,
  ...(sub === undefined ? {} : { sub }),
  ...(country === undefined ? {} : { country }),
  kind,
  confidence,
  encoded: encoded === true,
})

/** Makes a labeller with a cache of its own. The cache holds digests and masked findings, no text. */
export const createLabeller = (options: LabellerOptions = {}): Labeller => {
  const reader = createReader(options)
  const detectors = [...(options.detectors ?? DETECTORS), ...(options.own ?? [])]
  return {
    label(call, use, raised) {
      const found = new Collection(use)
      const sieve = new Sieve()
      const { unread, failed } = reader.read(
        call,
        (leaf, sightings, offset) => {
          found.add(leaf, sieve.pass(leaf, sightings, offset))
        },
        use.texts,
      )
      for (const finding of use.found ?? []) found.take(finding)
      const conditions: Condition[] = []
      const all = call.media.every(({ path }) => use.read?.has(path) === true)
      if (!all || unread) conditions.push('unread')
      if (failed || use.failed === true) conditions.push('failed')
      return labelOf(found, conditions, use, raised)
    },
    find: (text) => sight(text, detectors).map(({ encoded: _, ...finding }) => finding),
    locate(call, more = []) {
      const sites: Site[] = []
      const sieve = new Sieve()
      const { failed } = reader.read(
        call,
        (leaf, sightings, offset) => {
          const spans = sieve.pass(leaf, sightings, offset).map(spanOf)
          if (leaf.where !== 'value' && spans.length === 0) return
          const { path, text, where } = leaf
          sites.push({ path, text, nested: path.includes('{}'), where, spans })
        },
        more,
      )
      return failed ? null : deepFreeze(sites)
    },
  }
}
