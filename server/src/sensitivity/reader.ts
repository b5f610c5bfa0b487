import { hash } from 'node:crypto'
import type { Call, PlacedText } from '../domain/index.ts'
import { deepFreeze, Lru, systemClock } from '../lib/index.ts'
import type { Detector } from './detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { type Sighting, sight, sightTurns } from './sight.ts'
import { isBrief, readersOfDefinitions, readersOfExamples, readersOfNames, standingOf } from './standing.ts'
import { type Leaf, walkCall } from './walk.ts'

const MOST_TIME = 3_000
const MOST_CACHE = 16 * 1024 * 1024
/** One short word in small letters, such as a role: no detector of ours has anything to say of it. */
const PLAIN = /^[a-z_]{0,16}$/
/** Rough bytes of a cached sighting, and of an entry without any. */
const SIGHTING_BYTES = 320
const ENTRY_BYTES = 260
/** Below it an organisation is as often none. */
const SOME_ORGANISATION = 0.55
const NOTHING: readonly Sighting[] = Object.freeze([])

export interface ReaderOptions {
  /** Bytes for verdicts on texts seen before; 16 MiB unless said. 0 keeps none. */
  readonly cacheBytes?: number
  /** Milliseconds for one call; 3,000 unless said. Beyond it the reading has failed, which restricts. */
  readonly budget?: number
  /** Texts, lists and objects of one call that are read; 200,000 unless said. A call with more has failed. */
  readonly values?: number
  /** Monotonic milliseconds. */
  readonly now?: () => number
  /** Detectors of the organisation's own, beside ours. */
  readonly own?: readonly Detector[]
  /** For tests: what looks in place of ours. */
  readonly detectors?: readonly Detector[]
}

/** Hears of each leaf of a call what was seen in it. `offset`: how much of what was read is the leaf's name. */
export type Hear = (leaf: Leaf, sightings: readonly Sighting[], offset: number) => void

/** Reads calls and remembers verdicts on texts. */
export interface Reader {
  /**
   * Never throws; `failed` where anything did, or the call's budget is spent. `more`: texts that came with the call
   * and do not stand in it as text.
   */
  read(
    call: Call,
    hear: Hear,
    more?: readonly PlacedText[],
  ): { readonly unread: boolean; readonly failed: boolean }
}

/** Reads a text with some detectors and remembers it; `manner` tells apart what is read by others. */
type Memory = (
  text: string,
  detectors: readonly Detector[],
  manner: string,
  check: () => void,
) => readonly Sighting[]

const createMemory = (cacheBytes: number): Memory => {
  const cache = new Lru<string, readonly Sighting[]>(cacheBytes)
  return (text, detectors, manner, check) => {
    // Two texts that share a key pass for each other, so no weak digest will do; and the text itself as the
    // key would keep what people wrote in memory. SHA-256 takes a third of the time of reading a short text.
    const key = manner + hash('sha256', text, 'base64')
    const known = cache.get(key)
    if (known !== undefined) return known
    const seen = sight(text, detectors, check)
    const fresh = seen.length === 0 ? NOTHING : deepFreeze(seen)
    cache.set(key, fresh, ENTRY_BYTES + fresh.length * SIGHTING_BYTES)
    return fresh
  }
}

export const createReader = (options: ReaderOptions): Reader => {
  const { now = systemClock.ticks, budget = MOST_TIME } = options
  const detectors = [...(options.detectors ?? DETECTORS), ...(options.own ?? [])]
  const ofNames = readersOfNames(detectors)
  const ofDefinitions = readersOfDefinitions(detectors, false)
  const ofExamples = readersOfExamples(detectors)
  const ofBriefs = readersOfDefinitions(detectors, true)
  const remember = createMemory(options.cacheBytes ?? MOST_CACHE)

  const sightings = (text: string, leaf: Leaf, check: () => void): readonly Sighting[] => {
    const standing = leaf.where === 'value' ? standingOf(leaf.path, leaf.text, leaf.named) : null
    if (standing === 'name') return remember(text, ofNames, 'n', check)
    if (standing === 'example') return remember(text, ofExamples, 'e', check)
    if (standing === 'definition') {
      const seen = isBrief(text) ? remember(text, ofBriefs, 'b', check) : null
      // Where somebody is named or a value stands, it may be a paper after all.
      if (
        seen?.every(
          ({ kind, type, confidence }) =>
            kind === null && (type !== 'ORGANIZATION' || confidence < SOME_ORGANISATION),
        )
      )
        return seen
      return remember(text, ofDefinitions, 'd', check)
    }
    return remember(text, detectors, '', check)
  }

  const isPlain = ({ name, text }: Leaf): boolean =>
    name === '' && (options.own ?? []).length === 0 && PLAIN.test(text)

  const readLeaf = (leaf: Leaf, hear: Hear, check: () => void): void => {
    if (isPlain(leaf)) {
      hear(leaf, NOTHING, 0)
      return
    }
    if (leaf.turns === true) {
      hear(leaf, sightTurns(leaf.text, detectors), 0)
      return
    }
    const lead = leaf.name === '' ? '' : `${leaf.name}: `
    hear(leaf, sightings(lead + leaf.text, leaf, check), lead.length)
  }

  return {
    read(call, hear, more = []) {
      let unread = false
      let failed = false
      const deadline = now() + budget
      const check = () => {
        if (now() > deadline) throw new RangeError('the budget for reading is spent')
      }
      const leaf = (each: Leaf): void => {
        check()
        try {
          readLeaf(each, hear, check)
        } catch {
          // One text that can't be read does not hide what is in the others.
          failed = true
        }
      }
      try {
        const unreadHere = () => {
          unread = true
        }
        walkCall(call, { leaf, unread: unreadHere, step: check }, options.values)
        for (const { path, text } of more) leaf({ path, text, name: '', where: 'bytes', again: false })
      } catch {
        failed = true
      }
      return { unread, failed }
    },
  }
}
