import { sortAt } from './characters.ts'
import { decodeCodes } from './codes.ts'
import { decodeEscaped, decodeQuotedSigns, decodeRuns } from './decode.ts'
import type { Detector, Hit } from './detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { toldInParts, unmask, unmaskTurned } from './disguise/index.ts'
import { maskOf } from './mask.ts'
import { merge } from './merge.ts'
import { normalise } from './normalise.ts'
import { type Reading, read } from './reading.ts'
import type { Rewritten } from './rewritten.ts'
import { detached } from './units.ts'

/** A hit with its masked value: all that is kept of a text. */
export interface Sighting extends Hit {
  readonly masked: string
}

/** Encodings are opened this many deep: base64 of percent-encoded text, not more. */
const DEPTH = 2

const detectAll = (reading: Reading, detectors: readonly Detector[]): Hit[] => {
  const hits: Hit[] = []
  for (const detector of detectors) {
    for (const hit of detector.detect(reading)) hits.push(hit)
  }
  return hits
}

const back = (hits: readonly Hit[], rewritten: Rewritten): Hit[] =>
  hits.map((hit) => {
    const [start, end] = rewritten.origin(hit.start, hit.end)
    return { ...hit, start, end }
  })

type Check = () => void

/** All hits in one text: as it stands, made plain, with its escapes and its encoded runs resolved, and unmasked. */
const look = (text: string, detectors: readonly Detector[], depth: number, check: Check): Hit[] => {
  const reading = read(text)
  const hits = detectAll(reading, detectors)
  const add = (more: readonly Hit[]): void => {
    for (const hit of more) hits.push(hit)
  }
  check()
  const plain = reading.notable ? normalise(text) : null
  if (plain === null) add(unmask(reading, hits, detectors))
  else {
    const again = read(plain.text)
    const found = detectAll(again, detectors)
    add(back(found, plain))
    add(back(unmask(again, found, detectors), plain))
    add(unmaskTurned(reading, detectors))
  }
  if (depth === 0) return hits
  check()
  for (const rewritten of [reading.escaped ? decodeEscaped(text) : null, decodeQuotedSigns(text)]) {
    if (rewritten !== null) add(back(look(rewritten.text, detectors, depth - 1, check), rewritten))
  }
  check()
  for (const run of [...decodeRuns(reading), ...decodeCodes(reading)]) {
    for (const hit of merge(look(run.text, detectors, depth - 1, check))) {
      const reason = `${hit.reason}, inside ${run.encoding}`
      hits.push({ ...hit, start: run.start, end: run.end, reason, encoded: true })
    }
  }
  return hits
}

/** Longer texts are read in pieces, so that a deadline can be kept and no window is larger than this. */
const PIECE = 131_072
/** How much two pieces share: what is longer than this may be seen in part only, but is seen. */
const SHARED = 2_048

/** Where the run without blanks that `index` stands in begins; `from` where it began before. */
const runStart = (text: string, index: number, from: number): number => {
  for (let i = index; i > from; i -= 1) {
    const unit = text.charCodeAt(i - 1)
    if (sortAt(text, i - 1) === 0 && unit !== 0x2b && unit !== 0x2f && unit !== 0x2d && unit !== 0x5f)
      return i
  }
  return from
}

/**
 * Where the next piece begins: at a blank where there is one, so that no number is cut, else a multiple of four
 * behind the run's own beginning, so that encoded bytes stay in step.
 */
const nextStart = (text: string, start: number, end: number): number => {
  const latest = end - SHARED
  for (let i = latest; i > latest - 256; i -= 1) {
    const unit = text.charCodeAt(i - 1)
    if (unit === 0x20 || unit === 0x0a) return i
  }
  return latest - ((latest - runStart(text, latest, start)) % 4)
}

const lookInPieces = (text: string, detectors: readonly Detector[], check: Check): Hit[] => {
  const hits: Hit[] = []
  for (let start = 0; ; ) {
    const end = Math.min(text.length, start + PIECE)
    check()
    for (const hit of look(detached(text.slice(start, end)), detectors, DEPTH, check)) {
      hits.push(start === 0 ? hit : { ...hit, start: hit.start + start, end: hit.end + start })
    }
    if (end === text.length) return hits
    start = nextStart(text, start, end)
  }
}

const sightings = (text: string, hits: readonly Hit[]): readonly Sighting[] =>
  merge(hits).map((hit) => ({ ...hit, masked: maskOf(text.slice(hit.start, hit.end), hit.type) }))

/**
 * All sightings in one text, merged, in order of place. Work is linear in the text's length; `check` is
 * called between the passes over each piece of 128 Ki units and may throw to stop. Throws what a detector throws: the caller
 * decides what a failure means.
 */
export const sight = (
  text: string,
  detectors: readonly Detector[] = DETECTORS,
  check: Check = () => {},
): readonly Sighting[] => {
  const hits =
    text.length <= PIECE ? look(text, detectors, DEPTH, check) : lookInPieces(text, detectors, check)
  return sightings(text, hits)
}

/** Only what is told in parts over the turns of a conversation that is written down. */
export const sightTurns = (text: string, detectors: readonly Detector[]): readonly Sighting[] =>
  sightings(text, toldInParts(read(text), detectors))
