import { COMMA, DASH, DOT, HASH, LINE, MIXED, NUMBER, SLASH, UPPER, WORD } from './lexer.ts'
import { postcodeAt } from './postcode.ts'
import type { View } from './view.ts'
import { isCountry, isRegion, mayLeadName, ROLE } from './words.ts'

const MOST_PARTS = 14
const MOST_TOWNS = 4

/** What has been read behind a road. */
export class Tail {
  next: number
  count = 0
  weight = 0
  towns = 0
  coded = false
  placed = false
  /** Just behind a postcode, where a town needs no comma. */
  afterCode = false
  /** Just behind a flat's number, the same. */
  afterUnit = false
  /** A country has been named: a code may follow, no town. */
  closed = false
  /** Something that hardly anything but an address has. */
  firm = false
  country: string | undefined

  constructor(next: number) {
    this.next = next
  }

  take(next: number, weight: number, sort: 'unit' | 'code' | 'name' = 'name'): boolean {
    this.afterCode = sort === 'code'
    this.afterUnit = sort === 'unit'
    this.next = next
    this.weight += weight
    this.count += 1
    if (weight >= 2 && (sort !== 'name' || this.towns > 0)) this.firm = true
    return true
  }
}

interface Gap {
  readonly at: number
  readonly commas: number
  readonly lines: number
}

/** Over commas, dashes, slashes and at most two ends of lines to where the next part may begin. */
const gapBehind = (view: View, next: number): Gap | null => {
  let at = next
  let commas = 0
  let lines = 0
  for (; at - next < 5; at += 1) {
    const sort = view.sort(at)
    if (sort === LINE) lines += 1
    else if (
      sort === COMMA ||
      (sort === DASH && view.start(at) > view.end(at - 1)) ||
      (sort === SLASH && commas === 0)
    )
      commas += 1
    else if (sort !== DOT || at > next || !continuesBehindDot(view, at)) break
  }
  if (at >= view.length || lines > 2) return null
  return commas === 0 && lines === 0 && view.start(at) - view.end(at - 1) > 3 ? null : { at, commas, lines }
}

const continuesBehindDot = (view: View, dot: number): boolean => {
  const sort = view.sort(dot + 1)
  return sort === COMMA || sort === LINE || sort === NUMBER || view.isUnit(dot + 1)
}

/** Reads parts behind a road until one doesn't fit. */
export const readTail = (view: View, next: number): Tail => {
  const tail = new Tail(next)
  while (tail.count < MOST_PARTS) {
    const gap = gapBehind(view, tail.next)
    if (gap === null) break
    if (
      !(
        unitAt(view, tail, gap.at) ||
        countryAt(view, tail, gap.at) ||
        codeAt(view, tail, gap) ||
        townAt(view, tail, gap)
      )
    )
      break
  }
  return tail
}

/** "Apt. 12", "Suite 5B", "#4", "4. OG", "2 étage", "5º Dcha.", "No:12", "D:5". */
const unitAt = (view: View, tail: Tail, at: number): boolean => {
  if (view.sort(at) === NUMBER) return floorAt(view, tail, at)
  if (view.size(at) >= 4 && GROUND.test(view.word(at))) return tail.take(at + 1, 1, 'unit')
  if (view.sort(at) === HASH && view.sort(at + 1) === NUMBER) return tail.take(at + 2, 2, 'unit')
  if (!view.has(at, ROLE.unit | ROLE.number | ROLE.box)) return false
  let next = view.overDot(at + 1)
  if (view.has(next, ROLE.number) && view.sort(view.overDot(next + 1)) === NUMBER)
    next = view.overDot(next + 1)
  if (
    view.sort(next) === HASH ||
    (view.text.charAt(view.start(next)) === ':' && view.sort(next + 1) === NUMBER)
  )
    next += 1
  if (view.start(next) - view.end(next - 1) > 1) return false
  if (view.sort(next) === NUMBER && view.size(next) <= 8) return tail.take(next + 1, 2, 'unit')
  const letter =
    view.sort(next) === WORD && view.size(next) <= 2 && view.isCapital(next) && view.has(at, ROLE.unit)
  return letter ? tail.take(next + 1, 2, 'unit') : false
}

/** Floors that have a name and no number. */
const GROUND =
  /^(?:bajo|ático|entresuelo|rez-de-chaussée|erdgeschoss|parterre|begane grond|földszint|parter)$/i

const floorAt = (view: View, tail: Tail, at: number): boolean => {
  let sign = at + 1
  if (view.sort(sign) === DOT) sign += 1
  // "5º Dcha.": the sign of order is a letter of its own.
  if (view.sort(sign) === WORD && /^[ºª°]$/.test(view.word(sign))) {
    sign += 1
    if (view.sort(sign) === WORD && view.size(sign) === 1 && view.isCapital(sign))
      return tail.take(sign + 1, 2, 'unit')
  }
  if (!view.has(sign, ROLE.floor) || view.start(sign) - view.end(sign - 1) > 1) return false
  const next = view.overDot(sign + 1)
  return tail.take(
    /^(?:achter|voor|links|rechts|left|right)$/.test(view.word(next)) ? next + 1 : next,
    2,
    'unit',
  )
}

/** A country's or a region's name, of up to five words. */
const countryAt = (view: View, tail: Tail, at: number): boolean => {
  if (view.sort(at) !== WORD || !view.isLarge(at)) return false
  if (!mayLeadName(view.word(at).toLowerCase())) return false
  let name = ''
  let found = -1
  let country = false
  for (let i = at; i < at + 7 && (view.sort(i) === WORD || view.isDotOf(i)); i += 1) {
    if (view.sort(i) === DOT) continue
    name += (name === '' ? '' : ' ') + view.word(i).toLowerCase()
    if (isCountry(name) || isRegion(name)) {
      found = i + 1
      country = isCountry(name)
    }
  }
  if (found === -1) return false
  // "Georgia Smith", "Washington Heights": the name goes on, so it is none of theirs.
  if (view.isName(found) && view.touches(found - 1) && !country && !view.isMarked(found, UPPER)) return false
  if (view.text.charAt(view.end(found - 1)) === ':') return false
  tail.placed = true
  tail.closed = country
  return tail.take(behindBrackets(view, found), country ? 2 : 1)
}

const isState = (view: View, at: number): boolean => {
  if (view.sort(at) !== WORD || view.size(at) > 3 || view.size(at) < 2) return false
  if (view.isMarked(at, UPPER)) return true
  // "brooklyn, ny 11201": small letters only right before a code.
  return view.sort(at + 1) === NUMBER && view.size(at + 1) >= 4 && view.start(at + 1) - view.end(at) <= 1
    ? true
    : view.sort(at + 1) === LINE && view.sort(at + 2) === NUMBER && view.size(at + 2) === 5
}

const codeAt = (view: View, tail: Tail, { at, lines }: Gap): boolean => {
  if (
    lines > 2 ||
    (view.has(at, ROLE.district) && (view.isDotOf(at + 1) || view.isName(at + 1))) ||
    (view.sort(at) !== NUMBER && view.sort(at) !== WORD)
  )
    return false
  const found = tail.coded ? null : postcodeAt(view.text, view.start(at))
  if (found === null || !/\d/.test(view.text.slice(view.start(at), found.end))) {
    return tail.placed && isState(view, at) && tail.take(at + 1, 1, 'code')
  }
  let next = at
  while (next < view.length && view.start(next) < found.end) next += 1
  const named = view.isName(next) && view.start(next) - found.end <= 1
  const weight = found.weight > 1 ? found.weight : named ? 2 : tail.placed ? 1 : 0
  if (weight === 0 && tail.count === 0) return false
  const value = view.text.slice(view.start(at), found.end)
  // A year on a line of its own begins something else.
  const stated = /^(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)$/.test(view.word(at - 1))
  if (/^(?:19|20)\d\d$/.test(value) && !stated && (!named || lines > 0)) return false
  if (/^(?::| ?[%€$£]|-\d| \d{2,4}\b)/.test(view.text.slice(found.end, found.end + 6))) return false
  tail.coded = true
  if (found.country !== undefined) tail.country = found.country
  return tail.take(next, weight, 'code')
}

/** A town, a quarter, a region: capital words behind a comma, a line's end, a flat's number or a postcode. */
const townAt = (view: View, tail: Tail, { at, commas, lines }: Gap): boolean => {
  if (tail.closed || lines > 1) return false
  if (commas === 0 && lines === 0 && !tail.afterCode && !tail.afterUnit) return false
  if (view.has(at, ROLE.district) && (view.isLarge(at) || view.isDotOf(at + 1)))
    return districtAt(view, tail, at)
  const next = view.nameEnd(at)
  if (next === at || tail.towns >= MOST_TOWNS) return false
  // "Phone:", "John's": a field or a sentence begins here.
  const follows = view.text.charAt(view.end(next - 1))
  if (":@('=".includes(follows) && follows !== '') return false
  const closed = closes(view, next)
  if (lines > 0 && !tail.afterCode && !closed) return false
  const open = tail.afterCode || tail.afterUnit || goesOn(view, next)
  if (!closed && !open && (tail.weight === 0 || view.small)) return false
  tail.towns += 1
  tail.placed = true
  return tail.take(behindTown(view, next), tail.towns === 1 ? 1 : 0)
}

/** Whether a sentence goes on as it does behind a place: "in Austin at 8", "to Howth last month". */
const goesOn = (view: View, next: number): boolean =>
  !view.isCapital(next) &&
  (view.has(next, ROLE.stop | ROLE.link) ||
    /^(?:last|next|within|asap|every|again|soon)$/.test(view.word(next)))

/** "Dublin 4", "Praha 2": a quarter's number, where nothing else follows. */
const behindTown = (view: View, next: number): number => {
  const after = view.sort(next + 1)
  const numbered = view.sort(next) === NUMBER && view.size(next) <= 2 && view.touches(next - 1)
  if (numbered && after !== NUMBER && !view.isName(next + 1)) return next + 1
  return behindBrackets(view, next)
}

/** "Gronau (Westf.)", "Cyprus (Greek)": what belongs to the name. */
const behindBrackets = (view: View, next: number): number => {
  if (view.text.charAt(view.start(next)) !== '(' || view.start(next) - view.end(next - 1) > 1) return next
  for (let i = next + 1; i < next + 5; i += 1) {
    if (view.text.charAt(view.start(i)) === ')') return i + 1
  }
  return next
}

/** Whether a part ends where `next` is: at a sign, a number, a line's or the text's end, a state's letters. */
const closes = (view: View, next: number): boolean =>
  view.sort(next) !== WORD ||
  view.isUnit(next) ||
  view.isMarked(next, MIXED) ||
  (view.isMarked(next, UPPER) && view.size(next) <= 3)

/** "Quận 3", "Mah.", "Sector 12", "Co. Dublin". */
const districtAt = (view: View, tail: Tail, at: number): boolean => {
  let next = view.overDot(at + 1)
  if (view.sort(next) === NUMBER && view.size(next) <= 6) next += 1
  else next = Math.max(next, view.nameEnd(next))
  tail.placed = true
  return next > at + 1 && tail.take(next, 1)
}

/** Last words of houses that have a name: "The Old Mill, ", "Kingsway Mansion, ". */
const BUILDING =
  /^(?:House|Mansions?|Apartments?|Building|Court|Towers?|Cent(?:re|er)|Plaza|Mill|Cottage|Lodge|Residenc(?:y|es?)|Heights|Villas?|Hall|Farm|Barn|Chambers|Enclave|Complex|Society|Flats?)$/

/** "1051 Budapest, ", "101000, г. Москва, ": a code and a town that stand before the road. */
export const townBefore = (view: View, first: number): number => {
  let start = first
  for (let rounds = 0; rounds < 3 && view.isComma(start - 1); rounds += 1) {
    const at = start - 2
    if (view.sort(at) === NUMBER && view.size(at) >= 4 && view.size(at) <= 6 && rounds > 0) return at
    let name = view.nameStart(at + 1, 4)
    if (name > at) break
    if (view.isDotOf(name - 1) && view.has(name - 2, ROLE.district)) name -= 2
    else if (view.has(name - 1, ROLE.district)) name -= 1
    if (view.sort(name - 1) === NUMBER && view.size(name - 1) >= 4 && view.size(name - 1) <= 6)
      return name - 1
    start = name
  }
  return first
}

/** The first token of what stands before a road: "Flat 3, ", "Apt 4B, ", "Suite 200 - ", "3rd Floor, ". */
export const unitsBefore = (view: View, first: number): number => {
  let start = first
  // "Unit 12/45 Creek Road", "Blk 123 Hill Street": nothing between.
  if (view.has(first - 1, ROLE.unit) && view.isCapital(first - 1) && view.touches(first - 1)) start -= 1
  for (let rounds = 0; rounds < 4; rounds += 1) {
    let at = start - 1
    const sort = view.sort(at)
    if (sort === COMMA || sort === LINE || sort === DASH || sort === SLASH) at -= 1
    else return start
    if (view.sort(at) === WORD && BUILDING.test(view.word(at)) && view.nameStart(at + 1, 4) < at) {
      start = view.nameStart(at + 1, 4)
      continue
    }
    if (view.sort(at) === NUMBER && /^\d{1,3}\/F$/.test(view.word(at))) {
      start = at
      continue
    }
    const code = view.sort(at) === NUMBER || (view.sort(at) === WORD && view.size(at) <= 2)
    const word = view.isDotOf(at - 1) || view.sort(at - 1) === HASH ? at - 2 : at - 1
    if (code && view.has(word, ROLE.unit | ROLE.district) && view.isLarge(word)) start = word
    else if (view.has(at, ROLE.unit | ROLE.floor) && view.sort(at - 1) === NUMBER) start = at - 1
    else return start
  }
  return start
}
