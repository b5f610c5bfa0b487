import { COMMA, DASH, DOT, HASH, NUMBER, SLASH, UPPER, WORD } from './lexer.ts'
import type { View } from './view.ts'
import { hasRoadEnding, ROLE } from './words.ts'

/** The road of an address with its number: tokens from `first` up to `next`. */
export interface Core {
  readonly first: number
  readonly next: number
  /** 3 a road with its number, 2 something that may be one, 1 a name and a number. */
  readonly strength: number
}

const ORDINAL = /^\d{1,3}(?:st|nd|rd|th|e|er|ème|eme)$/i
const ROMAN = /^(?:I{1,3}|IV|VI{0,3}|bis|ter|quater)$/
const QUARTER = /^(?:[NSEW]|NE|NW|SE|SW|North|South|East|West)$/
/** Words for a road that stand in small letters behind their name. */
const NORDIC = /^(?:gate|vei|veg|plass|gata|väg|gade|vej|plads|torg)$/
/** What German names of roads without a word for one begin with: "Am Anger", "Auf der Höhe". */
/** Small words that begin Dutch names. */
const ARTICLE = /^(?:de|den|der|van|het|ten|ter)$/
const PLACED = /^(?:am|an|im|in|auf|zum|zur|unter|vor|hinter|bei|beim)$/i

/** A year or a span of years: seldom a house's number. */
const YEARS = /^(?:19|20)\d\d(?:-(?:\d\d){1,2})?$/

/** "12 Elm Street", "12 rue de Paris", "3962 N East Street". */
const roadBehind = (view: View, number: number): Core | null => {
  let at = number + 1
  const comma = view.isComma(at)
  if (comma) at += 1
  if (
    view.start(at) - view.end(number) > (comma ? 2 : 1) ||
    (comma && view.touches(at - 1) && view.start(at) === view.end(at - 1))
  )
    return null
  if (view.sort(at) === WORD && ROMAN.test(view.word(at))) {
    const after = view.isComma(at + 1) ? at + 2 : at + 1
    if (view.has(after, ROLE.before)) at = after
  }
  const name = nameOfRoad(view, at)
  if (name > at) {
    const next = behindLeading(view, name)
    if (next > name) return { first: number, next, strength: YEARS.test(view.word(number)) ? 2 : 3 }
  }
  const road = roadAfter(view, at)
  if (road === null || (comma && (road.vague || /^(?:19|20)\d\d$/.test(view.word(number))))) return null
  return {
    first: number,
    next: overRoads(view, road.at + 1),
    strength: YEARS.test(view.word(number)) ? (road.vague ? 1 : 2) : road.vague ? 2.5 : 3,
  }
}

/** The word for a road at the end of the name that begins at `at`. */
const roadAfter = (view: View, at: number): { at: number; vague: boolean } | null => {
  let road = -1
  let names = 0
  let next = at
  for (let words = 0; words < 7; words += 1) {
    const name = view.isName(next)
    if (view.isRoad(next) && names > 0) road = next
    else if (view.isRoad(next) && view.isCapital(next - 1) && view.has(next - 1, ROLE.link)) road = next
    else if (road !== -1) break
    if (name || (view.sort(next) === NUMBER && ORDINAL.test(view.word(next)))) names += 1
    else if (!view.has(next, ROLE.link) && road !== next) break
    next = view.overDot(next + 1)
    if (!view.touches(next - 1)) break
  }
  return road === -1 ? null : { at: road, vague: view.has(road, ROLE.vague) && names < 3 }
}

/** Behind the word for a road: its full stop, "West", another road that is named with it. */
export const overRoads = (view: View, i: number): number => {
  let next = view.overDot(i)
  while (next - i < 4 && view.isRoad(next) && view.isCapital(next) && view.touches(next - 1))
    next = view.overDot(next + 1)
  if (view.sort(next) === WORD && QUARTER.test(view.word(next)) && view.touches(next - 1)) return next + 1
  if (view.isName(next) && view.touches(next - 1) && !view.isDotOf(next - 1)) {
    const second = roadAfter(view, next)
    if (second !== null) return view.overDot(second.at + 1)
  }
  return next
}

/** Where the name begins behind a word that leads it ("rue", "ul."), or `i` where none does. */
const nameOfRoad = (view: View, i: number): number => {
  if (!view.has(i, ROLE.before)) return i
  if (view.sort(i + 1) === SLASH && view.start(i + 1) === view.end(i)) return i + 2
  // "r", "c": only with their sign.
  if (view.size(i) === 1 && (!view.isDotOf(i + 1) || view.start(i + 2) === view.end(i + 1))) return i
  const next = view.overDot(i + 1)
  return view.sort(next) === WORD || view.sort(next) === NUMBER ? next : i
}

/** Behind "rue": its name, and a number that belongs to the name ("8 Mai 1945"). */
const behindLeading = (view: View, i: number): number => {
  let next = i
  for (let words = 0; words < 7; words += 1) {
    if (view.isName(next)) next = view.overDot(next + 1, 5)
    else if (view.has(next, ROLE.link) && view.sort(next + 1) === WORD) next += 1
    // "rue des fleurs": behind an article a name may be small.
    else if (
      next > i &&
      view.sort(next) === WORD &&
      view.has(next - 1, ROLE.link) &&
      view.size(next) > 3 &&
      !view.has(next, ROLE.stop)
    )
      next += 1
    else if (view.sort(next) === NUMBER && words < 2 && view.isName(next + 1) && view.touches(next)) next += 1
    else break
    if (!view.touches(next - 1)) break
  }
  while (next > i && view.has(next - 1, ROLE.link) && !view.isCapital(next - 1)) next -= 1
  if (next > i && view.sort(next - 1) === DOT && view.size(next - 2) > 3) next -= 1
  return next
}

/** The last word of the road that a number behind it belongs to: over "no.", "#", a comma and full stops. */
const wordOfRoad = (view: View, number: number): number => {
  let at = number - 1
  if (view.sort(at) === HASH) at -= 1
  const dotted = view.isDotOf(at)
  if (dotted && view.has(at - 1, ROLE.number) && !view.isRoad(at - 1)) at -= 2
  else if (view.has(at, ROLE.number) && !view.isRoad(at) && view.size(at) <= 7) at -= 1
  else if (view.text.charAt(view.start(at)) === ':' && view.has(at - 1, ROLE.number)) at -= 2
  if (view.sort(at) === COMMA || (view.sort(at) === DASH && view.start(at) > view.end(at - 1))) at -= 1
  if (view.has(at, ROLE.unit) && view.isComma(at - 1)) at -= 2
  if (
    view.isDotOf(at) &&
    (view.has(at - 1, ROLE.after | ROLE.before) || hasRoadEnding(view.word(at - 1).toLowerCase()))
  )
    at -= 1
  return view.sort(at) === WORD && view.start(number) - view.end(at) <= 9 ? at : -1
}

/** Where a word that leads a road's name stands before its last word, or -1; the farthest of them. */
const leadingBefore = (view: View, at: number): number => {
  let found = -1
  let names = 0
  for (let i = at; i >= 0 && at - i < 9; i -= 1) {
    const sort = view.sort(i)
    if (names > 0 && nameOfRoad(view, i) > i) found = i
    const small =
      sort === WORD && i === at && view.has(i - 1, ROLE.link) && view.size(i) > 3 && !view.has(i, ROLE.stop)
    if (sort === WORD && (view.isName(i) || view.has(i, ROLE.link) || small)) names += 1
    else if (sort === WORD && found === i) return found
    else if (sort === SLASH && view.size(i - 1) <= 2 && view.start(i) === view.end(i - 1)) continue
    else if (!(sort === DOT && view.size(i - 1) <= 9) && !(sort === NUMBER && names > 0)) break
    if (i > 0 && !view.touches(i - 1)) break
  }
  return found
}

/** "Hauptstraße 5", "Calle Mayor, 4", "Görans Gata 9", "Via Roma n. 3". */
const roadBefore = (view: View, number: number): Core | null => {
  const at = wordOfRoad(view, number)
  if (at === -1) return null
  const next = behindHouse(view, number)
  if (!view.isLarge(at) && !view.has(at, ROLE.after)) {
    const leading = leadingBefore(view, at)
    return leading === -1 ? null : { first: leading, next, strength: 3 }
  }
  const leading = leadingBefore(view, at)
  if (leading !== -1) return { first: leading, next, strength: 3 }
  if (hasRoadEnding(view.word(at).toLowerCase()) && view.isLarge(at))
    return { first: overPrefixes(view, at), next, strength: 3 }
  const called = view.isRoad(at) || NORDIC.test(view.word(at))
  if (called && !(view.isComma(at + 1) && view.has(at, ROLE.vague) && !view.has(at, ROLE.behind))) {
    const first = view.nameStart(at, 4)
    if (first < at)
      return { first, next, strength: view.has(at, ROLE.behind) ? 3 : view.has(at, ROLE.vague) ? 1 : 2 }
  }
  // "Via 5", "Calle 12": the number is the name.
  return nameOfRoad(view, at) === number && view.size(at) > 2
    ? { first: at, next: behindLeading(view, number), strength: 2 }
    : null
}

const overPrefixes = (view: View, at: number): number => {
  let first = at
  while (
    first > 0 &&
    at - first < 4 &&
    view.touches(first - 1) &&
    ((view.has(first - 1, ROLE.prefix) && (view.isLarge(first - 1) || ARTICLE.test(view.word(first - 1)))) ||
      isGenitive(view, first - 1))
  )
    first -= 1
  // "Dirk de Derdelaan": small words hang on a name before them.
  if (
    first < at &&
    !view.isCapital(first) &&
    !view.small &&
    view.touches(first - 1) &&
    view.isName(first - 1)
  )
    first -= 1
  while (first < at && !view.isLarge(first) && !view.has(first, ROLE.link)) first += 1
  return first
}

/** "Münsters Gäßchen", "Rigaer Straße": a town's or a person's name made into part of the road's. */
const isGenitive = (view: View, i: number): boolean =>
  view.isName(i) && /\p{L}{3}(?:er|s|scher)$/u.test(view.word(i))

/** Behind a house number: "12 bis", "522 III". */
const behindHouse = (view: View, number: number): number => {
  const next = number + 1
  const added =
    view.sort(next) === WORD &&
    view.touches(number) &&
    ROMAN.test(view.word(next)) &&
    !view.has(next + 1, ROLE.before)
  if (added) return next + 1
  // "20 A 5", "5 a": a staircase's letter.
  const letter =
    view.sort(next) === WORD &&
    view.size(next) === 1 &&
    view.touches(number) &&
    /[a-z]/i.test(view.word(next))
  if (!letter) return next
  if (view.sort(next + 1) === NUMBER && view.size(next + 1) <= 3 && view.touches(next)) return next + 2
  const after = view.text.charAt(view.end(next))
  return view.sort(next + 1) === WORD || after === ':' || after === '.' ? next : next + 1
}

/** A name and a number, no word for a road: "Hochfeistritz 89c", "18 Baan Ping". */
const nameOnly = (view: View, number: number): Core | null => {
  // "2008 Kim Berg", "Expo 2000": a year beside a name.
  if (YEARS.test(view.word(number))) return null
  const at = view.isComma(number - 1) ? number - 2 : number - 1
  if (
    view.isName(at) &&
    !view.has(at, ROLE.unit | ROLE.district | ROLE.box) &&
    view.start(number) - view.end(at) <= 2
  ) {
    const first = view.nameStart(at + 1, 4)
    // "RFC 3394", "ISO 9001": letters for something, with its number.
    if (first === at && view.isMarked(at, UPPER) && view.size(at) <= 4) return null
    const next = behindHouse(view, number)
    const doubled = view.isHouse(first - 1) && view.touches(first - 1) && at === number - 1
    // "Grössgstötten 50 street": what the text itself calls a road.
    const called =
      view.has(next, ROLE.after) &&
      !view.has(next, ROLE.vague) &&
      view.touches(next - 1) &&
      !view.isCapital(next)
    const strength = called ? 3 : doubled || (first < at && PLACED.test(view.word(first))) ? 2 : 1
    return { first, next, strength }
  }
  const end = view.touches(number) ? view.nameEnd(number + 1) : number + 1
  if (end === number + 1) return null
  if (view.isHouse(end) && view.touches(end - 1)) return { first: number, next: end + 1, strength: 2 }
  return { first: number, next: end, strength: 1 }
}

/** "RR 2 ", "HC 64, ", "Rural Route 5, ", "Star Route ": where the route begins that a box stands on; `box` where none does. */
const routeBefore = (view: View, box: number): number => {
  const at = view.isComma(box - 1) ? box - 2 : box - 1
  const name = view.sort(at) === NUMBER ? (view.sort(at - 1) === HASH ? at - 2 : at - 1) : at
  if (/^(?:RR|HC|HCR|RFD|SR|RMB|RSD|LMB|Unit|PSC|CMR)$/.test(view.word(name)) && name < at) return name
  return /^route$/i.test(view.word(name)) && /^(?:rural|star|contract)$/i.test(view.word(name - 1))
    ? name - 1
    : box
}

/** "P.O. Box 15", "Postfach 71", "Apartado de Correos 12". */
const boxAt = (view: View, number: number): Core | null => {
  let at = number - 1
  if (view.sort(at) === HASH || view.isDotOf(at)) at -= 1
  if (view.has(at, ROLE.number)) at -= 1
  for (let i = at; i > at - 4 && i >= 0; i -= 1) {
    if (!view.has(i, ROLE.box)) {
      if (view.has(i, ROLE.link) || /^(?:correos?|postale?|postal)$/i.test(view.word(i))) continue
      return null
    }
    const single = /^(?:box|bag|casilla|apartado|bp|cs|boks)$/i.test(view.word(i))
    const post = /(?:p\.? ?o\.? ?|gpo |private |post office |postal )$/i.exec(
      view.text.slice(Math.max(0, view.start(i) - 12), view.start(i)),
    )
    let first = i
    if (post === null && /^(?:box|bag)$/i.test(view.word(i))) {
      first = routeBefore(view, i)
      if (first === i) return null
      return { first, next: number + 1, strength: 3 }
    }
    while (post !== null && first > 0 && view.start(first - 1) >= view.start(i) - post[0].length) first -= 1
    let next = number + 1
    while (view.sort(next) === NUMBER && view.size(next) <= 3 && view.touches(next - 1)) next += 1
    return { first, next, strength: single && post === null ? 2 : 3 }
  }
  return null
}

/** The road or box that a number belongs to, the surest reading of it; null where there is none. */
export const coreAt = (view: View, number: number): Core | null => {
  const box = boxAt(view, number)
  if (box !== null) return box
  const behind = roadBehind(view, number)
  const before = roadBefore(view, number)
  if (behind === null || before === null) return behind ?? before ?? nameOnly(view, number)
  // "Hauptstraße 25 Linden Court": both, and the number between them.
  if (behind.strength >= 2.5 && before.strength === 3) return { ...behind, first: before.first }
  return behind.strength >= before.strength ? behind : before
}
