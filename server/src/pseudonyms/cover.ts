import type { Call, Kind } from '../domain/index.ts'
import { type Edit, splice } from '../lib/index.ts'
import type { Covered, Site, SiteSpan, Way } from './contract.ts'
import { orderOf } from './dates.ts'
import { Finder } from './finder.ts'
import { styleOf, type Token, tokensOf } from './fold.ts'
import type { Region } from './guard.ts'
import { Initials } from './initials.ts'
import { isFree } from './is-stand-in.ts'
import { learn, relearn, SECRETS, type Setting, SIGNS } from './learn.ts'
import { type Place, placesOf, rawOffsets } from './leaves.ts'
import { Ledger, wordsOf } from './ledger.ts'
import { dataOf, type Mapping, mappingOf } from './mapping.ts'
import { Masks } from './masks.ts'
import { type Match, Matcher } from './matcher.ts'
import { languageOf } from './names/culture.ts'
import { allTerms } from './terms.ts'
import { sameShape } from './values/shape.ts'

type Ways = Readonly<Partial<Record<Kind, Way>>>

/** Rounds of drawing anew, until no stand-in is a text of the request. */
const MOST_ROUNDS = 12
const BEFORE = 32
/** The shortest value that a key or a protocol's string is searched for. */
const TELLING = 5

interface Found {
  readonly site: Site
  readonly place: Place
  readonly spans: readonly (SiteSpan & { readonly kind: Kind })[]
}

const flat = (places: readonly Place[]): readonly Place[] =>
  places.flatMap((place) => [place, ...flat(place.inner ?? [])])

/** A value in the source of JSON inside a string, as it is once decoded. */
const decoded = (text: string, inJson: boolean): string => {
  if (!inJson || !text.includes('\\')) return text
  try {
    const value: unknown = JSON.parse(`"${text}"`)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}

const isAsked = (span: SiteSpan, ways: Ways): span is SiteSpan & { readonly kind: Kind } =>
  span.kind !== null && ways[span.kind] !== undefined

/** What stand-ins are drawn from. */
interface Source {
  readonly secret: Uint8Array
  /** Asked once per conversation. */
  readonly newSalt: () => string
}

/** One request being covered. */
class Covering {
  readonly #call: Call
  readonly #sites: readonly Site[]
  readonly #ways: Ways
  readonly #secret: Uint8Array
  readonly #left = new Set<string>()
  readonly #replaced: Partial<Record<Kind, number>> = {}
  readonly #masks = new Masks()
  readonly #places: readonly Place[]
  readonly #all: readonly Place[]
  readonly #ledger: Ledger
  #found = new Map<Place, Found>()
  #matcher: Matcher

  constructor(call: Call, sites: readonly Site[], ways: Ways, mapping: Mapping, { secret, newSalt }: Source) {
    this.#call = call
    this.#sites = sites
    this.#ways = ways
    this.#secret = secret
    this.#places = placesOf(call)
    this.#all = flat(this.#places)
    const data = dataOf(mapping)
    const salt = data.salt === '' ? newSalt() : data.salt
    this.#ledger = new Ledger(data, salt, secret, wordsOf(this.#all.map((place) => place.text)))
    this.#matcher = new Matcher(data, 'cover')
  }

  run(): Covered {
    this.#meet()
    const setting = this.#setting()
    this.#learn(setting)
    this.#learnInitials()
    this.#drawAnew(setting)
    this.#matcher = new Matcher(this.#ledger.data(), 'cover', this.#masks.terms, setting.language)
    const edits = this.#places.flatMap((place) => moved(this.#call.source, place, this.#editsOf(place)))
    const source = splice(this.#call.source, edits)
    return {
      source,
      mapping: mappingOf(this.#ledger.data()),
      replaced: Object.freeze({ ...this.#replaced }),
      left: Object.freeze([...new Set([...this.#left].map((path) => this.#quiet(path)))]),
    }
  }

  /** Members' names stand in a path, and one may be a value. */
  #quiet(path: string): string {
    const edits = this.#matcher.matches(path).map(({ start, end }) => ({ start, end, text: '…' }))
    return splice(path, edits)
  }

  /** Which place each site speaks of. */
  #meet(): void {
    const byPath = new Map<string, Place[]>()
    for (const place of this.#all) {
      if (place.standing === 'key') continue
      const list = byPath.get(place.path)
      if (list === undefined) byPath.set(place.path, [place])
      else list.push(place)
    }
    for (const site of this.#sites) {
      const spans = site.spans.filter((span) => isAsked(span, this.#ways))
      if (spans.length === 0) continue
      const place = byPath.get(site.path)?.find((one) => sameText(one, site.text)) ?? this.#number(site)
      if (place === undefined || !isOpen(place)) this.#left.add(site.path)
      else
        this.#found.set(place, { site, place, spans: [...(this.#found.get(place)?.spans ?? []), ...spans] })
    }
  }

  #number(site: Site): Place | undefined {
    return this.#all.find((place) => place.standing === 'number' && place.text === site.text)
  }

  #learn(setting: Setting): void {
    const values = [...this.#found.values()].flatMap(({ site, place, spans }) =>
      outermost(spans).map((span) => ({ site, place, span })),
    )
    // Names first: addresses and user names are made from their stand-ins.
    const rank = (type: string): number =>
      type === 'PERSON' ? 0 : type === 'EMAIL' || type === 'USERNAME' ? 2 : 1
    for (const { site, place, span } of values.sort((a, b) => rank(a.span.type) - rank(b.span.type))) {
      const text = decoded(site.text.slice(span.start, span.end), place.inner !== null)
      if (SIGNS.has(span.type) || span.encoded) this.#left.add(site.path)
      else if (this.#ways[span.kind] === 'masked' || SECRETS.has(span.type)) {
        this.#masks.add(span.type, span.kind, text)
      } else {
        const before = site.text.slice(Math.max(0, span.start - BEFORE), span.start)
        const value = { type: span.type, sub: span.sub, kind: span.kind, text, before, origin: place.origin }
        if (!learn(value, setting)) this.#left.add(site.path)
      }
    }
  }

  #setting(): Setting {
    const content = this.#all.filter((place) => place.standing === 'content' && place.inner === null)
    let sample = ''
    for (const place of content) {
      if (sample.length > 6_000) break
      if (place.origin === 'user' || place.origin === 'other') sample += ` ${place.text.slice(0, 2_000)}`
    }
    const aged = this.#sites.some((site) => site.spans.some((span) => span.type === 'AGE'))
    const language = languageOf(sample)
    const order = orderOf(sample, language === 'en')
    return { ledger: this.#ledger, secret: this.#secret, language, order, aged }
  }

  #learnInitials(): void {
    const data = this.#ledger.data()
    const known = new Set(data.initials.map((one) => one.family))
    const families = data.entries.filter(({ role, key }) => role === 'family' || known.has(key))
    if (families.length === 0) return
    const finder = new Finder(allTerms({ ...data, entries: families, pairs: [] }, 'cover'))
    const initials = new Initials(data, 'cover')
    for (const place of this.#all) {
      if (!isOpen(place) || place.inner !== null) continue
      const sightings = finder.find(place.text, tokensOf(place.text))
      for (const { family, letter } of initials.unknownIn(place.text, sightings)) {
        const entry = this.#ledger.get(family)
        if (entry !== undefined) this.#ledger.initial(entry, letter, null)
      }
    }
  }

  /** Stand-ins that are texts of the request mean nothing any more: their originals draw others. */
  #drawAnew(setting: Setting): void {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const matcher = new Matcher(this.#ledger.data(), 'restore')
      if (matcher.isEmpty) return
      const met = new Set<string>()
      for (const place of this.#all) {
        if (place.inner === null) for (const key of matcher.keysIn(place.text)) met.add(key)
      }
      if (met.size === 0) return
      for (const key of met) {
        const entry = this.#ledger.get(key)
        if (entry !== undefined) relearn(entry, setting)
        const fresh =
          entry === undefined ? null : this.#ledger.redraw(entry, (draw) => sameShape(entry.standIn, draw))
        if (fresh === null) this.#left.add('*')
      }
    }
    this.#left.add('*')
  }

  /** Edits in a place's own text. */
  #editsOf(place: Place): readonly Edit[] {
    if (!isOpen(place)) {
      this.#look(place)
      return []
    }
    if (place.inner !== null) {
      const edits = place.inner.flatMap((inner) => moved(place.text, inner, this.#editsOf(inner)))
      const found = this.#found.get(place)
      if (
        found?.spans.some((span) => !edits.some((edit) => edit.start < span.end && edit.end > span.start)) ===
        true
      ) {
        this.#left.add(place.path)
      }
      return edits
    }
    const edits = this.#matchesIn(place).flatMap((match) => this.#edit(place, match))
    return edits
  }

  #edit(place: Place, match: Match): readonly Edit[] {
    if (match.text === null) {
      this.#left.add(place.path)
      return []
    }
    if (place.standing === 'number') {
      const digits = place.text.slice(0, match.start) + match.text + place.text.slice(match.end)
      if (!/^-?[1-9]\d*$/.test(digits) || !/^-?\d+$/.test(place.text)) {
        this.#left.add(place.path)
        return []
      }
    }
    if (place.standing === 'name' && !/^[A-Za-z0-9_-]*$/.test(match.text)) {
      this.#left.add(place.path)
      return []
    }
    this.#replaced[match.kind] = (this.#replaced[match.kind] ?? 0) + 1
    return [{ start: match.start, end: match.end, text: match.text }]
  }

  #matchesIn(place: Place): readonly Match[] {
    const { text } = place
    const found = this.#found.get(place)
    if (found === undefined) return this.#matcher.matches(text)
    const spans = outermost(found.spans)
    const regions: readonly Region[] = spans.filter(
      (span) => span.type === 'PERSON' || span.type === 'ADDRESS' || span.type === 'LOCATION',
    )
    const matches = this.#matcher.matches(text, regions)
    const added: Match[] = []
    const gone = new Set<Match>()
    let at = 0
    for (const span of spans) {
      while ((matches[at]?.end ?? Infinity) <= span.start) at += 1
      const inside: Match[] = []
      for (let next = at; (matches[next]?.start ?? Infinity) < span.end; next += 1) {
        const match = matches[next]
        if (match !== undefined) inside.push(match)
      }
      if (this.#isCovered(text, span, inside)) continue
      const whole = this.#wholeOf(text, span)
      if (whole === null || inside.some((match) => match.start < span.start || match.end > span.end)) {
        this.#left.add(place.path)
        continue
      }
      for (const match of inside) gone.add(match)
      added.push(whole)
    }
    return [...matches.filter((match) => !gone.has(match)), ...added].sort((a, b) => a.start - b.start)
  }

  #isCovered(text: string, span: SiteSpan, inside: readonly Match[]): boolean {
    const tokens = tokensOf(text.slice(span.start, span.end))
    if (tokens.length === 0) return false
    if (span.type === 'ADDRESS' || span.type === 'LOCATION') return inside.length > 0
    const isIn = (token: Token): boolean =>
      inside.some((match) => match.start <= span.start + token.start && match.end >= span.start + token.end)
    if (span.type !== 'PERSON') return tokens.every(isIn)
    return inside.length > 0 && tokens.every((token) => isIn(token) || isNoName(text, span.start, token))
  }

  /** A span in a spelling that the finder does not know: replaced as one, which is one way. */
  #wholeOf(text: string, span: SiteSpan & { readonly kind: Kind }): Match | null {
    if (SIGNS.has(span.type) || span.encoded || span.start >= span.end) return null
    const value = text.slice(span.start, span.end)
    const key = `${span.type} whole`
    const mask = this.#masks.add(span.type, span.kind, value)
    return { start: span.start, end: span.end, type: span.type, kind: span.kind, key, text: mask }
  }

  /** Keys and the protocol's strings can't be changed; a value standing in one is told. */
  #look(place: Place): void {
    if (place.standing === 'media') return
    let words = 0
    for (const match of this.#matcher.matches(place.text)) {
      // Words of addresses are words of the language; short names are, unless two of them stand there.
      if (match.key.startsWith('ADDRESS')) continue
      if (match.key.startsWith('PERSON')) words += 1
      if (match.end - match.start >= TELLING || words > 1) this.#left.add(place.path)
    }
  }
}

const isOpen = (place: Place): boolean =>
  place.standing === 'content' || place.standing === 'name' || place.standing === 'number'

/** A word of what was found as a name that is none: a title, a particle, a word in small letters. */
const isNoName = (text: string, from: number, { start, end, sort }: Token): boolean => {
  const word = text.slice(from + start, from + end)
  return sort === 'digits' || styleOf(word) === 'lower' || [...word].length <= 2 || isFree(word)
}

const sameText = (place: Place, text: string): boolean => place.text === text

/** Spans without those inside others; those that overlap in part are made one. */
const outermost = <S extends SiteSpan>(spans: readonly S[]): readonly S[] => {
  const kept: S[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1)
    if (last === undefined || span.start >= last.end) kept.push(span)
    else if (span.end > last.end) kept.splice(-1, 1, { ...last, end: span.end })
  }
  return kept
}

/** Edits of a place's text as edits of the text that holds it. */
const moved = (holder: string, place: Place, edits: readonly Edit[]): readonly Edit[] => {
  if (edits.length === 0) return edits
  const number = place.standing === 'number'
  const offset = rawOffsets(number ? '' : holder.slice(place.start, place.end))
  return edits.map(({ start, end, text }) => ({
    start: place.start + offset(start),
    end: place.start + offset(end),
    text: number ? text : JSON.stringify(text).slice(1, -1),
  }))
}

/** See Pseudonyms.cover. */
export const coverCall = (
  call: Call,
  sites: readonly Site[],
  ways: Ways,
  mapping: Mapping,
  from: Source,
): Covered => {
  try {
    return new Covering(call, sites, ways, mapping, from).run()
  } catch {
    return { source: call.source, mapping, replaced: {}, left: ['*'] }
  }
}
