import { hash } from 'node:crypto'
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
} from '../domain/index.ts'
import { deepFreeze, Lru, systemClock } from '../lib/index.ts'
import type { Detector } from './detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { type Sighting, sight } from './sight.ts'
import { type Leaf, walkCall } from './walk.ts'

/** Findings kept on a label; `omitted` counts the rest. Kinds are counted before anything is left out. */
const MOST_FINDINGS = 50
const MOST_TIME = 3_000
const MOST_CACHE = 16 * 1024 * 1024
/** One short word in small letters, such as a role: no detector has anything to say of it. */
const PLAIN = /^[a-z_]{0,16}$/
/** Rough bytes of a cached sighting, and of an entry without any. */
const SIGHTING_BYTES = 320
const ENTRY_BYTES = 260
const NOTHING: readonly Sighting[] = Object.freeze([])

export interface LabellerOptions {
  /** Bytes for verdicts on texts seen before; 16 MiB unless said. 0 keeps none. */
  readonly cacheBytes?: number
  /** Milliseconds for one call; 3,000 unless said. Beyond it the reading has failed, which restricts. */
  readonly budget?: number
  /** Monotonic milliseconds. */
  readonly now?: () => number
  /** For tests: what looks. */
  readonly detectors?: readonly Detector[]
}

export interface Labeller {
  /**
   * Reads every text of a call. Never throws: where any part of the reading fails, the label says so
   * (`failed`) and is restricted, whatever else was found. Declared kinds count as found; `raised` raises.
   */
  label(call: Call, use: { readonly carries: readonly Kind[] }, raised: Level | null): Label
}

class Collection {
  readonly findings: Finding[] = []
  readonly kinds = new Set<Kind>()
  omitted = 0
  failed = false
  unread = false
  readonly #shown = new Set<string>()
  readonly #seen = new Set<string>()

  add(leaf: Leaf, sightings: readonly Sighting[], offset: number): void {
    for (const sighting of sightings) {
      // What stands in the name alone was read for the value's sake.
      if (sighting.end <= offset) continue
      const value = `${sighting.type} ${sighting.masked}`
      if (leaf.again === true && this.#seen.has(value)) continue
      this.#seen.add(value)
      if (sighting.kind !== null) this.kinds.add(sighting.kind)
      if (this.#isRepeated(leaf, sighting)) continue
      if (this.findings.length >= MOST_FINDINGS) {
        this.omitted += 1
        continue
      }
      const start = Math.max(0, sighting.start - offset)
      this.findings.push({ ...sighting, path: leaf.path, start, end: sighting.end - offset })
    }
  }

  /** JSON inside a string is read as text and member by member; what both see is shown once. */
  #isRepeated(leaf: Leaf, { type, masked }: Sighting): boolean {
    const [root = '', inner] = leaf.path.split('{}', 2)
    const key = `${root} ${type} ${masked}`
    if (inner !== undefined) return this.#shown.has(key)
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
  declared: readonly Kind[],
  raised: Level | null,
): Label => {
  const present = new Set([...found.kinds, ...declared])
  return deepFreeze({
    level: levelOf(present, found.failed, raised),
    kinds: KINDS.filter((kind) => present.has(kind)),
    conditions,
    declared: KINDS.filter((kind) => declared.includes(kind)),
    raised,
    findings: found.findings,
    omitted: found.omitted,
  })
}

/** Makes a labeller with a cache of its own. The cache holds digests and masked findings, no text. */
export const createLabeller = (options: LabellerOptions = {}): Labeller => {
  const detectors = options.detectors ?? DETECTORS
  const cache = new Lru<string, readonly Sighting[]>(options.cacheBytes ?? MOST_CACHE)

  const budget = options.budget ?? MOST_TIME
  const now = options.now ?? systemClock.ticks

  const sightings = (text: string, check: () => void): readonly Sighting[] => {
    // Two texts that share a key pass for each other, so no weak digest will do; and the text itself as the
    // key would keep what people wrote in memory. SHA-256 takes a third of the time of reading a short text.
    const key = hash('sha256', text, 'base64')
    const known = cache.get(key)
    if (known !== undefined) return known
    const seen = sight(text, detectors, check)
    const fresh = seen.length === 0 ? NOTHING : deepFreeze(seen)
    cache.set(key, fresh, ENTRY_BYTES + fresh.length * SIGHTING_BYTES)
    return fresh
  }

  const readLeaf = (leaf: Leaf, found: Collection, check: () => void): void => {
    check()
    try {
      if (leaf.name === '' && PLAIN.test(leaf.text)) return
      const lead = leaf.name === '' ? '' : `${leaf.name}: `
      found.add(leaf, sightings(lead + leaf.text, check), lead.length)
    } catch {
      found.failed = true
    }
  }

  return {
    label(call, use, raised) {
      const found = new Collection()
      try {
        const deadline = now() + budget
        const check = () => {
          if (now() > deadline) throw new RangeError('the budget for reading is spent')
        }
        walkCall(call, {
          leaf: (leaf) => readLeaf(leaf, found, check),
          unread: () => {
            found.unread = true
          },
          step: check,
        })
      } catch {
        found.failed = true
      }
      const conditions: Condition[] = []
      if (call.media.length > 0 || found.unread) conditions.push('unread')
      if (found.failed) conditions.push('failed')
      return labelOf(found, conditions, use.carries, raised)
    },
  }
}
