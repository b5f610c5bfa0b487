import { isAmongDigits, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import {
  type Candidate,
  codedAt,
  easternAt,
  Grammar,
  hasRoadEnding,
  isRoadWord,
  isSentenceWord,
  lex,
  NUMBER,
  type Tokens,
} from '../places/index.ts'
import type { Reading } from '../reading.ts'
import { isOrdinary } from '../tagger/index.ts'

/** How much of the text around an anchor is read, in units. */
const BEFORE = 100
const BEHIND = 260
/** How far behind a word for an address it may begin. */
const CUE = 30

const hitOf = (start: number, end: number, confidence: number, reason: string, country?: string): Hit => {
  const hit = { kind: 'contact', type: 'ADDRESS', start, end, confidence, reason } as const
  return country === undefined ? hit : { ...hit, country }
}

const isLetterUnit = (unit: number): boolean =>
  (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0xc0 && unit < 0x2000)

const isLarge = (letter: string): boolean => letter !== letter.toLowerCase()

/** 1 for capitals of the scripts that have most of them. */
const CAPITALS = Uint8Array.from({ length: 0x600 }, (_, unit) => Number(isLarge(String.fromCharCode(unit))))

const isCapitalAt = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  // Elsewhere in the Basic Multilingual Plane all Chinese, Japanese, Korean and most other letters have one case.
  return unit < 0x600
    ? CAPITALS[unit] === 1
    : !(unit >= 0x2e80 && unit < 0xa000) && isLarge(text.charAt(index))
}

/** The word that ends just before `index`, over at most three signs and blanks between them. */
const wordBefore = (text: string, index: number): [number, number] => {
  let end = index
  while (end > 0 && index - end < 4 && !isLetterUnit(text.charCodeAt(end - 1)) && sortAt(text, end - 1) !== 1)
    end -= 1
  let start = end
  while (start > 0 && end - start < 40 && isLetterUnit(text.charCodeAt(start - 1))) start -= 1
  return [start, end]
}

/** "A 1", "1 A": a letter, a blank and a number or nothing is no road. */
const isLetterAlone = (text: string, index: number): boolean => {
  const next = text.charAt(index + 1)
  const after = text.charCodeAt(index + 2)
  return next === '' || ((next === ' ' || next === ',') && !isLetterUnit(after))
}

/** What may stand between a house's number and a word. */
const BETWEEN = new Uint8Array(0x80)
for (const sign of ' ,.-/') BETWEEN[sign.charCodeAt(0)] = 1

/** Whether a number may be a house's: a capital or a road's word on either side of it. */
const isAnchor = (text: string, start: number, end: number): boolean => {
  let next = end
  while (next - end < 3 && BETWEEN[text.charCodeAt(next)] === 1) next += 1
  if (isCapitalAt(text, next) && !isLetterAlone(text, next)) return true
  const [from, to] = wordBefore(text, start)
  if (from < to) {
    const word = text.slice(from, to).toLowerCase()
    if (isRoadWord(word)) return true
    if (isCapitalAt(text, from) && !isLetterAlone(text, from) && !isSentenceWord(word)) return true
  }
  let last = next
  while (last < text.length && last - next < 12 && isLetterUnit(text.charCodeAt(last))) last += 1
  return last > next && isRoadWord(text.slice(next, last).toLowerCase())
}

const wordAt = (text: string, start: number): string => {
  let end = start
  while (end < text.length && end - start < 40 && isLetterUnit(text.charCodeAt(end))) end += 1
  return text.slice(start, end)
}

/** Places [start, end) that an address may stand around. */
type Anchors = [start: number, end: number][]

/** The stretches of text around anchors, in order and apart. They begin between words, so that none is cut. */
const regionsOf = (text: string, anchors: Anchors): Anchors => {
  const regions: Anchors = []
  for (const [start, end] of anchors.sort((a, b) => a[0] - b[0])) {
    const to = Math.min(text.length, end + BEHIND)
    let from = Math.max(0, start - BEFORE)
    const last = regions.at(-1)
    if (last !== undefined && from <= last[1]) {
      last[1] = Math.max(last[1], to)
      continue
    }
    while (from > 0 && from < start && text.charCodeAt(from - 1) > 0x20) from += 1
    regions.push([from, to])
  }
  return regions
}

const confidenceOf = (candidate: Candidate): number =>
  candidate.score >= 6 ? 0.9 : candidate.score >= 4.5 ? 0.8 : candidate.score >= 3 ? 0.65 : 0.55

/** Where a street alone, without a number, is meant as a place and not as a thing: "on Elm Street". */
const LOCATED =
  /(?:^|[\s(])(?:on|at|in|to|of|off|along|from|near|and|via|into|onto|enter|down|up|behind)\s(?:the\s)?$/u
/** Where it stands by itself: at the beginning of a line, in quotes, behind a colon. */
const ALONE = /(?:^|\n|["“:])[ \t]*$/u
/** Roads that everybody knows and nobody in particular lives in. */
const FAMOUS =
  /^(?:wall|fleet|downing|sesame|main|high|bourbon|oxford|regent|baker|savile|harley|lombard|bond|carnaby|madison|fifth|park|pennsylvania|abbey|hollywood|sunset|times|trafalgar|leicester|red|tiananmen|tahrir|union|washington|elm|silk|easy|memory|picket|royal|grub|coronation|penny|1[0-9]|10) (?:street|st|avenue|ave|road|lane|boulevard|blvd|square|mile)\b/iu
/** Where the text of a licence can be had: thousands of source files say so. */
const LICENCE = /^(?:51 Franklin St|59 Temple Pl|675 Mass)[\s\S]*(?:Boston|Cambridge)/
/** Houses that everybody knows. */
const LANDMARK =
  /^(?:1[01] downing|221b? baker|1600 pennsylvania|4 privet|742 evergreen|12 grimmauld|42 wallaby|1313 mockingbird|124 conch|1 infinite loop$)/iu

class Collector {
  readonly hits: Hit[] = []
  readonly #reading: Reading
  #behind = 0

  constructor(reading: Reading) {
    this.#reading = reading
  }

  number(grammar: Grammar, tokens: Tokens, index: number): void {
    const start = tokens.starts[index] ?? 0
    if (start < this.#behind || !grammar.mayBeHouse(index)) return
    const found = grammar.around(index, (from) => this.#reading.near('place', from, from, CUE))
    if (found === null || found.end <= this.#behind || this.#isFamous(found)) return
    this.#add(found, confidenceOf(found), 'a road and a house number, or what stands with them')
  }

  /** "10 Downing Street" with nothing behind it. */
  #isFamous({ start, end, score }: Candidate): boolean {
    return score < 4.6 && LANDMARK.test(this.#reading.text.slice(start, end))
  }

  road(grammar: Grammar, index: number): void {
    const start = grammar.roadStart(index)
    if (start === -1 || start < this.#behind) return
    const { text } = this.#reading
    const ahead = text.slice(Math.max(0, start - 12), start)
    const located = LOCATED.test(ahead)
    if (!located && isOrdinary(wordAt(text, start))) return
    const found = grammar.unnumbered(index)
    if (found === null || FAMOUS.test(text.slice(found.start, found.end))) return
    // The number beside it is looked at by itself.
    if (!located && (/\d,? ?$/.test(ahead) || /^,? ?\d/.test(text.slice(found.end, found.end + 3)))) return
    if (
      !located &&
      !ALONE.test(ahead) &&
      isLetterUnit(text.charCodeAt(found.end + 1)) &&
      isCapitalAt(text, found.end + 1)
    )
      return
    this.#add(found, located ? 0.55 : 0.52, 'a road by its name')
  }

  #add(found: Candidate, confidence: number, reason: string): void {
    this.hits.push(hitOf(found.start, found.end, confidence, reason, found.country))
    this.#behind = found.end
  }
}

const readRegion = (
  reading: Reading,
  [from, to]: Anchors[number],
  collector: Collector,
  roads: ReadonlySet<number>,
): void => {
  const tokens = lex(reading.text, from, to)
  const grammar = new Grammar(tokens)
  for (let i = 0; i < tokens.sorts.length; i += 1) {
    if (tokens.sorts[i] === NUMBER) collector.number(grammar, tokens, i)
    else if (roads.has(tokens.starts[i] ?? 0)) collector.road(grammar, i)
  }
}

/** Military and diplomatic mail of the United States: boxes and ships. */
const BOX =
  /(?:(?:PSC|Unit|CMR)[ #]{1,2}\d{1,5},? Box \d{1,6}|(?:USS|USNS|USCGC|USNV) [\p{L}' .-]{2,30}?)[,\s]{1,3}(?:APO|DPO|FPO),? A[AEP],? \d{5}(?:-\d{4})?/giu
const BOX_MARKS = ['PO A', 'PO, A', 'po a', 'po, a']

const inBoxes = (text: string): Hit[] =>
  BOX_MARKS.some((mark) => text.includes(mark))
    ? Array.from(text.matchAll(BOX), (match) =>
        hitOf(match.index, match.index + match[0].length, 0.75, 'a military post box'),
      )
    : []

const CORNER =
  /((?:the )?(?:corner|intersection|junction) (?:of|between) (?:[\p{Lu}\d][\p{L}\d.'’/-]{0,24} ?|(?:de|la|del|du|des|str|utca|út|u\.|st|ul\.) ){1,7}(?:and|&|with|und|et|y) (?:(?:\p{Lu}[\p{L}.'’-]{0,24}|\d{1,5}|de|la|ten|van|der) ?){1,5})/gu

const inCorners = (text: string): Hit[] =>
  text.includes('orner of') || text.includes('tersection of')
    ? Array.from(text.matchAll(CORNER), (match) => {
        const value = (match[1] ?? '').replace(/[ .]+$/, '')
        const start = match.index + match[0].indexOf(value)
        return hitOf(start, start + value.length, 0.65, 'a corner of two roads')
      })
    : []

/** A flat's or an office's number on a line or between commas of its own. */
const FLAT = /(?:^|\n|,)[ \t]*(?:Apt\.?|Apartment|Suite|Ste\.?|apt\.|suite) #?$/u
const FLAT_END = /^[A-Z]?(?=[ \t]*(?:$|\n|,))/u

/** What the words for a flat end in. */
const FLAT_LETTERS = 'te.'

const flatAt = (text: string, start: number, end: number): Hit | null => {
  const blank = text.charAt(start - 1) === '#' ? start - 2 : start - 1
  if (text.charAt(blank) !== ' ' || !FLAT_LETTERS.includes(text.charAt(blank - 1))) return null
  const found = FLAT.exec(text.slice(Math.max(0, start - 16), start))
  if (found === null || !FLAT_END.test(text.slice(end, end + 8))) return null
  const from = start - found[0].trimStart().replace(/^,\s*/, '').length
  return hitOf(from, end, 0.55, 'the number of a flat or an office')
}

/** "tekniikantie 8", "19 folkestone road" in a text that has capitals elsewhere. */
const smallRoadAt = (text: string, start: number, end: number): Hit | null => {
  const size = end - start
  if (text.charAt(start - 1) !== ' ' || size > 5 || !isLetterUnit(text.charCodeAt(start - 2))) return null
  const [from, to] = wordBefore(text, start)
  if (to !== start - 1 || to - from < 7 || isCapitalAt(text, from)) return null
  const word = text.slice(from, to)
  if (!hasRoadEnding(word) || isOrdinary(word) || /[\w:%]/.test(text.charAt(end))) return null
  return hitOf(from, end, 0.6, 'a road and a house number, in small letters')
}

const SURE_ROAD = /^(?:street|road|avenue|boulevard|lane|drive|terrace|crescent|highway)$/
const SMALL_NAME = /(?:^|[\s("':])(\d{1,5}[a-z]? ([\p{Ll}'’.-]{4,20}) (?:[\p{Ll}'’.-]{1,20} )?)$/u

const smallNamed = (text: string, start: number, end: number): Hit | null => {
  if (!SURE_ROAD.test(text.slice(start, end))) return null
  const found = SMALL_NAME.exec(text.slice(Math.max(0, start - 48), start))
  if (found === null || isOrdinary(found[2] ?? '')) return null
  return hitOf(start - (found[1] ?? '').length, end, 0.6, 'a road and a house number, in small letters')
}

/** "Calle Mayor s/n": a house without a number. */
const addNumberless = (text: string, anchors: Anchors): void => {
  for (let i = text.indexOf('/n'); i !== -1; i = text.indexOf('/n', i + 2)) {
    const alone = !isLetterUnit(text.charCodeAt(i + 2)) && !isLetterUnit(text.charCodeAt(i - 2))
    if (alone && (text.charCodeAt(i - 1) | 0x20) === 0x73) anchors.push([i - 1, i + 2])
  }
}

/** A number a few words before a road in small letters: "14 oakfield ". */
const SMALL = /\d[a-z]? (?:[\p{L}'’.-]{1,20} ){1,3}$/u

/** Words for roads that may be one without a number, by where they begin. */
const addRoads = (reading: Reading, anchors: Anchors, loose: Hit[]): ReadonlySet<number> => {
  const { text } = reading
  const roads = new Set<number>()
  for (const { start, end } of reading.words('street')) {
    if (!isCapitalAt(text, start)) {
      if (!SMALL.test(text.slice(Math.max(0, start - 36), start))) continue
      anchors.push([start, end])
      const named = smallNamed(text, start, end)
      if (named !== null) loose.push(named)
    } else if (text.charAt(start - 1) === ' ' && isCapitalAt(text, wordBefore(text, start)[0])) {
      roads.add(start)
      anchors.push([start, end])
    }
  }
  return roads
}

/** The length of the only postcodes whose last part begins with a letter: those of Ireland. */
const LETTERED = 4

/** Addresses in scripts of their own; numbers that a road may stand beside go to the anchors. */
const easternOrAnchors = (reading: Reading, anchors: Anchors, coded: Hit[], loose: Hit[]): Hit[] => {
  const { text, tokens } = reading
  const hits: Hit[] = []
  let behind = 0
  for (let i = 0; i < tokens.length; i += 2) {
    const start = tokens[i] ?? 0
    const end = tokens[i + 1] ?? 0
    if (start < behind) continue
    if (sortAt(text, start) !== 1 && end - start !== LETTERED) continue
    const place = codedAt(text, start, end, coded.at(-1)?.end ?? 0)
    if (place !== null)
      coded.push(hitOf(place.start, place.end, place.confidence, 'a place with its postcode', place.country))
    if (sortAt(text, start) !== 1) continue
    const found = reading.wide ? easternAt(text, start, end) : null
    if (found !== null) {
      hits.push(
        hitOf(found.start, found.end, found.confidence, 'parts of a place in their order', found.country),
      )
      behind = found.end
      continue
    }
    if (isAmongDigits(text, start, end)) continue
    if (isAnchor(text, start, end)) anchors.push([start, end])
    const other = flatAt(text, start, end) ?? smallRoadAt(text, start, end)
    if (other !== null) loose.push(other)
  }
  return hits
}

/** Leaves out of `hits` what overlaps with one of `others`, which are few. Both in order of place. */
const beside = (hits: readonly Hit[], others: readonly Hit[]): readonly Hit[] => {
  if (others.length === 0) return hits
  let at = 0
  return hits.filter((hit) => {
    while ((others[at]?.end ?? Number.POSITIVE_INFINITY) <= hit.start) at += 1
    return (others[at]?.start ?? Number.POSITIVE_INFINITY) >= hit.end
  })
}

/** Both lists in order, made one: where two overlap, the whole of both is the address, as sure as the surer. */
const joined = (hits: readonly Hit[], others: readonly Hit[]): readonly Hit[] => {
  if (others.length === 0) return hits
  const out: Hit[] = []
  for (const hit of [...hits, ...others].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1)
    if (last === undefined || hit.start >= last.end) out.push(hit)
    else {
      const surer = last.confidence >= hit.confidence ? last : hit
      out[out.length - 1] = { ...surer, start: last.start, end: Math.max(last.end, hit.end) }
    }
  }
  return out
}

/**
 * Postal addresses of many countries: a road with its number and what stands around them, a name with a number
 * where a flat, a postcode or a word for an address makes it one, a post box, a corner of two roads, and the
 * written forms of Thailand, China, Japan and Korea. What is read is a bounded stretch around numbers and
 * words for roads; a text without either costs next to nothing.
 */
export const address: Detector = {
  name: 'address',
  detect: (reading) => {
    const { text } = reading
    const anchors: Anchors = []
    const coded: Hit[] = []
    const loose: Hit[] = []
    const eastern = easternOrAnchors(reading, anchors, coded, loose)
    const roads = addRoads(reading, anchors, loose)
    if (text.includes('/n') || text.includes('/N')) addNumberless(text, anchors)
    const collector = new Collector(reading)
    for (const region of regionsOf(text, anchors)) readRegion(reading, region, collector, roads)
    const special = [...inBoxes(text), ...inCorners(text)].sort((a, b) => a.start - b.start)
    const all = joined(joined(collector.hits, coded), loose)
    const found = beside(all, special).filter(({ start, end }) => !LICENCE.test(text.slice(start, end)))
    return [...eastern, ...found, ...special]
  },
}
