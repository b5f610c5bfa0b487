import { fold } from './fold.ts'

/** A day of the proleptic Gregorian calendar. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/*
 * Months by language: the names, one group per line of twelve. Source: the Unicode locale data's month names,
 * formatted and stand-alone, as everybody knows them.
 */
const NAMES: readonly (readonly string[])[] = [
  'January February March April May June July August September October November December',
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  'Jänner Feber März April Mai Juni Juli August September Oktober November Dezember',
  'Jan Feb Mrz Apr Mai Jun Jul Aug Sept Okt Nov Dez',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts april maj juni juli august september oktober november december',
  'januar februar mars april mai juni juli august september oktober november desember',
  'Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม',
  'ledna února března dubna května června července srpna září října listopadu prosince',
].map((line) => line.split(' '))

const FIRST_GERMAN = 2
const LAST_GERMAN = 4

/** Folded name → the lists it is in, with its month. */
const MONTHS: ReadonlyMap<string, readonly { readonly list: number; readonly month: number }[]> = (() => {
  const months = new Map<string, { readonly list: number; readonly month: number }[]>()
  NAMES.forEach((names, list) => {
    names.forEach((name, index) => {
      const key = fold(name)
      months.set(key, [...(months.get(key) ?? []), { list, month: index + 1 }])
    })
  })
  return months
})()

/** How a date was written: pieces in order, with what stands between them kept. */
interface Piece {
  readonly part: 'day' | 'month' | 'year' | 'name' | 'text'
  readonly text: string
  /** Digits for a number that is filled up with zeros, else 0. */
  readonly width: number
  readonly list: number
}

/** A date in a text with every day it may mean. */
export interface DateSighting {
  readonly start: number
  readonly end: number
  readonly readings: readonly { readonly day: Day; readonly pieces: readonly Piece[] }[]
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isDay = ({ year, month, day }: Day): boolean =>
  year >= 1850 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0)

export const dayKey = ({ year, month, day }: Day): string => `${year}-${month}-${day}`

/** The key of a date's entry; it tells the day that was meant and whether that is certain. */
export const dateKey = (day: Day, sure: boolean): string => `DATE${sure ? '' : '?'} ${dayKey(day)}`

/** The day out of such a key. */
export const dayOfKey = (key: string): { readonly day: Day; readonly sure: boolean } => {
  const [year = 0, month = 0, day = 0] = (key.split(' ')[1] ?? '').split('-').map(Number)
  return { day: { year, month, day }, sure: !key.startsWith('DATE?') }
}

const MONTH_WORD = '[\\p{L}\\p{M}]{3,12}'
const PATTERN = new RegExp(
  [
    '(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])(?<y1>\\d{4})(?<s1> ?[-./] ?|年 ?)(?<m1>\\d{1,2})(?<s2> ?[-./] ?|月 ?)(?<d1>\\d{1,2})(?<e1>日?)(?![\\p{N}])',
    '(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])(?<a2>\\d{1,2})(?<s3>\\.? ?[-./] ?)(?<b2>\\d{1,2})(?<s4>\\.? ?[-./] ?)(?<y2>\\d{4}|\\d{2})(?![\\p{L}\\p{N}])',
    `(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])(?<d3>\\d{1,2})(?<s5>(?:st|nd|rd|th|er|º|ª|\\.)?[ \\u00a0\\n-]{1,2}(?:of |de |d')?)(?<n3>${MONTH_WORD})(?<s6>\\.?,?[ \\u00a0\\n-]{1,2}(?:of |de |del )?)(?<y3>\\d{4})(?![\\p{L}\\p{N}])`,
    `(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])(?<n4>${MONTH_WORD})(?<s7>\\.?[ \\u00a0\\n]{1,2})(?<d4>\\d{1,2})(?<s8>(?:st|nd|rd|th)?,?[ \\u00a0\\n]{1,2})(?<y4>\\d{4})(?![\\p{L}\\p{N}])`,
    '(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])(?<y5>19\\d{2}|20\\d{2})(?<m5>\\d{2})(?<d5>\\d{2})(?![\\p{L}\\p{N}])',
  ].join('|'),
  'gu',
)

const number = (part: Piece['part'], text: string): Piece => ({
  part,
  text,
  width:
    text.startsWith('0') || part === 'year' ? text.length : part === 'text' ? 0 : text.length > 1 ? 1 : 1,
  list: -1,
})
const between = (text: string): Piece => ({ part: 'text', text, width: 0, list: -1 })

const years = (text: string): readonly number[] =>
  text.length === 4 ? [Number(text)] : [1900 + Number(text), 2000 + Number(text)]

type Groups = Readonly<Record<string, string | undefined>>
type Reading = DateSighting['readings'][number]

const numeric = (year: string, month: string, day: string, pieces: readonly Piece[]): readonly Reading[] =>
  years(year).map((one) => ({ day: { year: one, month: Number(month), day: Number(day) }, pieces }))

/** Names that several languages share are taken for the one whose way of writing it is. */
const likeliest = (name: string, dotted: boolean, list: number): number => {
  const lower = name === name.toLowerCase()
  const listed = NAMES[list]?.[0] ?? ''
  const fits = lower === (listed === listed.toLowerCase()) ? 0 : 2
  return fits + (dotted === (list >= FIRST_GERMAN && list <= LAST_GERMAN) ? 0 : 1)
}

const named = (
  name: string,
  year: string,
  day: string,
  dotted: boolean,
  pieces: (list: number) => readonly Piece[],
): readonly Reading[] =>
  [...(MONTHS.get(fold(name)) ?? [])]
    .sort((a, b) => likeliest(name, dotted, a.list) - likeliest(name, dotted, b.list))
    .map(({ list, month }) => ({
      day: { year: Number(year), month, day: Number(day) },
      pieces: pieces(list),
    }))

const readingsOf = (groups: Groups): readonly Reading[] => {
  const g = (name: string): string => groups[name] ?? ''
  if (g('y1') !== '') {
    const pieces = [number('year', g('y1')), between(g('s1')), number('month', g('m1')), between(g('s2'))]
    return numeric(g('y1'), g('m1'), g('d1'), [...pieces, number('day', g('d1')), between(g('e1'))])
  }
  if (g('y2') !== '') {
    const rest = [between(g('s4')), number('year', g('y2'))]
    const european = [number('day', g('a2')), between(g('s3')), number('month', g('b2')), ...rest]
    const american = [number('month', g('a2')), between(g('s3')), number('day', g('b2')), ...rest]
    return [...numeric(g('y2'), g('b2'), g('a2'), european), ...numeric(g('y2'), g('a2'), g('b2'), american)]
  }
  const name = (text: string, list: number): Piece => ({ part: 'name', text, width: 0, list })
  if (g('y3') !== '') {
    return named(g('n3'), g('y3'), g('d3'), g('s5').startsWith('.'), (list) => [
      number('day', g('d3')),
      between(g('s5')),
      name(g('n3'), list),
      between(g('s6')),
      number('year', g('y3')),
    ])
  }
  if (g('y4') !== '') {
    return named(g('n4'), g('y4'), g('d4'), false, (list) => [
      name(g('n4'), list),
      between(g('s7')),
      number('day', g('d4')),
      between(g('s8')),
      number('year', g('y4')),
    ])
  }
  const pieces = [number('year', g('y5')), number('month', g('m5')), number('day', g('d5'))]
  return numeric(
    g('y5'),
    g('m5'),
    g('d5'),
    pieces.map((one) => ({ ...one, width: one.text.length })),
  )
}

/** Which of day and month comes first in a date of numbers, `unknown` where only the country would tell. */
export type Order = 'day' | 'month' | 'unknown'

/** The day that a date means under an order of numbers, and whether that is certain. */
export const meantBy = (
  sighting: DateSighting | undefined,
  order: Order,
): { readonly reading: Reading; readonly sure: boolean } | null => {
  const [first, ...others] = sighting?.readings ?? []
  if (first === undefined) return null
  const american = others.find(({ day }) => day.year === first.day.year)
  // Nobody writes the month first and dots.
  const dotted = first.pieces.some(({ part, text }) => part === 'text' && text.includes('.'))
  if (american === undefined || dotted || order === 'day') return { reading: first, sure: true }
  return { reading: american, sure: order === 'month' || dayKey(american.day) === dayKey(first.day) }
}

const MONTH_FIRST =
  /\b(?:0?[1-9]|1[0-2])\/(?:1[3-9]|2\d|3[01])\/(?:\d{4}|\d\d)\b|\+1[ (-]|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\b[A-Z]{2},? \d{5}\b/
const DAY_FIRST =
  /\b(?:1[3-9]|2\d|3[01])\/(?:0?[1-9]|1[0-2])\/(?:\d{4}|\d\d)\b|\+44|£|\b07\d{3} ?\d{6}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/

/** What an English text tells of its order; every other language that we know of has the day first. */
export const orderOf = (text: string, english: boolean): Order => {
  if (!english) return 'day'
  const [month, day] = [MONTH_FIRST.test(text), DAY_FIRST.test(text)]
  return month === day ? 'unknown' : month ? 'month' : 'day'
}

/** Dates with a year, in the usual ways of writing them. Linear. */
export const datesIn = (text: string): readonly DateSighting[] => {
  const found: DateSighting[] = []
  if (!/\d/.test(text)) return found
  PATTERN.lastIndex = 0
  for (let match = PATTERN.exec(text); match !== null; match = PATTERN.exec(text)) {
    const readings = readingsOf(match.groups ?? {}).filter((one) => isDay(one.day))
    if (readings.length === 0) {
      PATTERN.lastIndex = match.index + 1
      continue
    }
    found.push({ start: match.index, end: match.index + match[0].length, readings })
  }
  return found
}

const ordinal = (text: string, day: number): string =>
  text.replace(/^(?:st|nd|rd|th)/, () => {
    const tens = day % 100
    if (tens >= 11 && tens <= 13) return 'th'
    return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'
  })

const inCase = (name: string, like: string): string => {
  if (like === like.toUpperCase() && like !== like.toLowerCase()) return name.toUpperCase()
  return like === like.toLowerCase() ? name.toLowerCase() : name.slice(0, 1).toUpperCase() + name.slice(1)
}

const wide = (value: number, width: number): string => {
  const text = String(value)
  return width === 2 && text.length === 4 ? text.slice(2) : text.padStart(width, '0')
}

/** Another day, written as this one was. */
export const writtenLike = (pieces: readonly Piece[], day: Day): string => {
  const padded = pieces.some(
    (one) => (one.part === 'day' || one.part === 'month') && one.text.startsWith('0'),
  )
  return pieces
    .map((piece) => {
      switch (piece.part) {
        case 'day':
        case 'month':
          return wide(day[piece.part], Math.max(piece.width, padded ? 2 : 1))
        case 'year':
          return wide(day.year, piece.width)
        case 'name':
          return inCase(NAMES[piece.list]?.[day.month - 1] ?? piece.text, piece.text)
        case 'text':
          return ordinal(piece.text, day.day)
        default:
          return piece.part satisfies never
      }
    })
    .join('')
}

const WORD = '[\\p{L}\\p{M}]{1,12}'
const COULD_GO_ON: readonly RegExp[] = [
  `(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])\\d{1,4}(?:[-./年月 ]{1,3}\\d{0,4}){0,2}$`,
  `(?<![\\p{sc=Latn}\\p{sc=Cyrl}\\p{N}])\\d{1,2}(?:s|st|n|nd|r|rd|t|th|e|er|º|ª)?[-. \\n]{0,3}(?:(?:of?|de?l?|d')[ ]?)?(?:${WORD}[-., \\n]{0,3}(?:(?:of?|de?l?) ?)?\\d{0,4})?$`,
  `(?<![\\p{L}\\p{N}])${WORD}(?:\\.?[ \\n]{1,2}(?:\\d{1,2}(?:s|st|n|nd|r|rd|t|th)?,?[ \\n]{0,2}\\d{0,4})?)?$`,
].map((pattern) => new RegExp(pattern, 'gu'))
const REACH = 40

/** Whether what a date of ours begins with stands at the beginning of a text. */
const couldBeOurs = (open: string, numbers: ReadonlySet<number>, months: ReadonlySet<number>): boolean => {
  const first = /^\d+/.exec(open)?.[0]
  if (first !== undefined) {
    const bare = first.replace(/^0(?=\d)/, '')
    return first === '0' || [...numbers].some((one) => String(one).startsWith(bare))
  }
  const word = fold(/^[\p{L}\p{M}]+/u.exec(open)?.[0] ?? '')
  const whole = open.length > word.length
  for (const [name, meanings] of MONTHS) {
    if (!(whole ? name === word : name.startsWith(word))) continue
    if (meanings.some((one) => months.has(one.month))) return true
  }
  return false
}

/** Offset from which a date may still be growing at the end of a text, or its length. */
export const openDate = (text: string, numbers: ReadonlySet<number>, months: ReadonlySet<number>): number => {
  const from = Math.max(0, text.length - REACH)
  const tail = text.slice(from)
  let open = tail.length
  for (const pattern of COULD_GO_ON) {
    pattern.lastIndex = 0
    for (let found = pattern.exec(tail); found !== null; found = pattern.exec(tail)) {
      if (found.index >= open) break
      if (couldBeOurs(found[0], numbers, months)) open = found.index
      pattern.lastIndex = found.index + 1
    }
  }
  return from + open
}
