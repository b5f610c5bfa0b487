/**
 * Values in disguise: spelled out, spaced out, said in words, turned around, told in parts. A finder says where
 * one may be and how to read it then; what it says is read once more, by the same detectors, in a short text of
 * its own that holds nothing but those places and what stands around them. Only what its form proves, or a
 * word announces, counts: numbers in prose, lists of digits and matrices are written in just the same way.
 */
import type { Detector, Hit } from '../detector.ts'
import { type Reading, read } from '../reading.ts'
import { Rewriter } from '../rewritten.ts'
import { accounts, alike, groups } from './groups.ts'
import type { Finder, Region } from './region.ts'
import { saidMail } from './said-mail.ts'
import { saidNumbers } from './said-numbers.ts'
import { spaced } from './spaced.ts'
import { toldInParts } from './told.ts'
import { backward, shifted } from './turned.ts'

const FINDERS: readonly Finder[] = [spaced, groups, accounts, alike, saidNumbers, saidMail, backward, shifted]

/** What is copied along from around a place, for the words that announce a value. */
const BEFORE = 64
const AFTER = 32

/** Types that a form or a word proves, and from which confidence they are believed. */
const BELIEVED: Readonly<Record<string, number>> = {
  EMAIL: 0.6,
  IBAN: 0.9,
  CREDIT_CARD: 0.95,
  NATIONAL_ID: 0.75,
  TAX_ID: 0.75,
  HEALTH_ID: 0.75,
  PASSPORT: 0.75,
  DRIVER_LICENSE: 0.75,
  BANK_ACCOUNT: 0.75,
  INTERNAL_ID: 0.65,
  PHONE: 0.7,
  SECRET: 0.8,
  CRYPTO_WALLET: 0.8,
}
/** Numbers without check digits, which no lists of digits should become. */
const LOOSE: ReadonlySet<string> = new Set([
  'PHONE',
  'BANK_ACCOUNT',
  'INTERNAL_ID',
  'PASSPORT',
  'DRIVER_LICENSE',
])
const EVEN_CARD = 0.8

const isBelieved = ({ type, confidence }: Hit, sort: Region['sort']): boolean => {
  const least = BELIEVED[type]
  if (least === undefined) return false
  if (sort === 'odd' && LOOSE.has(type)) return false
  return confidence >= (type === 'CREDIT_CARD' && sort === 'even' ? EVEN_CARD : least)
}

/** Where in the new text a region's reading stands. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly sort: Region['sort']
}

/** Writes each reading of each region between what stands around it. */
const write = (text: string, regions: readonly Region[]) => {
  const rewriter = new Rewriter(text)
  const stretches: Stretch[] = []
  let behind = 0
  for (const { start, end, readings, sort } of regions) {
    const before = Math.max(start - BEFORE, Math.min(behind, start), 0)
    const after = Math.min(end + AFTER, text.length)
    for (const pieces of readings) {
      rewriter.copy(before, start)
      const from = rewriter.length
      for (const [piece, at, past] of pieces) rewriter.put(piece, at, past)
      stretches.push({ from, to: rewriter.length, sort })
      rewriter.copy(end, after)
      rewriter.put('\n\n', after, after)
    }
    behind = end
  }
  return { rewritten: rewriter.done(), stretches }
}

const detect = (text: string, regions: readonly Region[], detectors: readonly Detector[]): Hit[] => {
  const { rewritten, stretches } = write(text, regions)
  const reading = read(rewritten.text)
  const hits: Hit[] = []
  for (const detector of detectors) {
    for (const hit of detector.detect(reading)) {
      const stretch = stretches[firstEndingBehind(stretches, hit.start)]
      if (stretch === undefined || hit.end <= stretch.from || !isBelieved(hit, stretch.sort)) continue
      const [start, end] = rewritten.origin(hit.start, hit.end)
      hits.push({ ...hit, start, end, reason: `${hit.reason}, in disguise` })
    }
  }
  return hits
}

const firstEndingBehind = (stretches: readonly Stretch[], index: number): number => {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.to ?? 0) <= index) low = middle + 1
    else high = middle
  }
  return low
}

/** One number for a span, as texts that are read in one go are shorter than 2^26. */
const keyOf = (start: number, end: number): number => start * 0x4000000 + end

/**
 * What stands in disguise in a text that was read, besides what was seen as it stands (`hits`). Linear: what is
 * written anew is at most a few times the text.
 */
export const unmask = (reading: Reading, hits: readonly Hit[], detectors: readonly Detector[]): Hit[] => {
  const regions: Region[] = []
  for (const finder of FINDERS) for (const region of finder(reading)) regions.push(region)
  const told = toldInParts(reading, detectors)
  if (regions.length === 0) return told
  const seen = new Set(hits.filter(isSure).map(({ start, end }) => keyOf(start, end)))
  const unseen = regions.filter(({ start, end }) => !seen.has(keyOf(start, end)))
  if (unseen.length === 0) return told
  unseen.sort((a, b) => a.start - b.start)
  return [...told, ...detect(reading.text, unseen, detectors)]
}

const isSure = ({ type, confidence }: Hit): boolean => confidence >= EVEN_CARD && BELIEVED[type] !== undefined

export { toldInParts }

/** The same for what a sign turns around, which is gone from the text made plain. */
export const unmaskTurned = (reading: Reading, detectors: readonly Detector[]): Hit[] => {
  const regions = reading.text.includes('\u202e') ? backward(reading) : []
  return regions.length === 0 ? [] : detect(reading.text, regions, detectors)
}
