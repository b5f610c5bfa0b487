import { isAmongDigits, isWordAt, sortAt } from '../characters.ts'

/** A date in a text. `whole` where day, month and year are all said. */
export interface DateSpan {
  readonly start: number
  readonly end: number
  readonly whole: boolean
  /** Whether it can hardly be anything else: a month's name, a four-digit year, a calendar's own signs. */
  readonly sure: boolean
}

/** Months' names by language, in the forms that stand in a date; case and a full stop don't matter. */
const MONTHS: ReadonlySet<string> = new Set(
  [
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
    'januar jänner februar feber märz maerz mai juni juli oktober dezember mär mrz okt dez',
    'janvier février mars avril juin juillet août aout septembre octobre novembre décembre janv févr avr juil déc',
    'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic',
    'gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre gen mag giu lug set ott',
    'januari februari maart mei augustus mrt',
    'janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out',
    'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień sty lut kwi cze lip sie wrz paź lis gru',
    'augusti desember des marts',
    'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık oca şub nis haz tem ağu eyl eki kas ara',
    'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu',
    'ledna února března dubna května června července srpna září října listopadu prosince leden únor březen duben květen červen červenec srpen říjen prosinec januára februára apríla mája júna júla augusta septembra októbra novembra decembra',
    'január február március április május június július augusztus szeptember október',
    'ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie',
    'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna studenoga prosinca avgust junij julij',
    'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου',
    'января февраля марта апреля мая июня июля августа сентября октября ноября декабря січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня януари февруари април юни юли август септември октомври ноември декември',
    'agustus maret',
  ]
    .join(' ')
    .split(' '),
)

/** Months' names that are other words as well: they need a capital or a year beside them. */
const AMBIGUOUS: ReadonlySet<string> = new Set(
  'may march mar mart mars set out mai maj dec jan apr abr ago dic ene gen mag giu lug ott fev oct nov des nis haz kas ara tem eki eyl oca lis lip sie gru paź cze kwi lut sty okt mrt'.split(
    ' ',
  ),
)

const THAI_MONTHS =
  'มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|ม\\.ค\\.|ก\\.พ\\.|มี\\.ค\\.|เม\\.ย\\.|พ\\.ค\\.|มิ\\.ย\\.|ก\\.ค\\.|ส\\.ค\\.|ก\\.ย\\.|ต\\.ค\\.|พ\\.ย\\.|ธ\\.ค\\.'

const YEAR_FIRST =
  /(\d{4})(?:([-/])(\d{1,2})\2(\d{1,2})|\. ?(\d{1,2})\. ?(\d{1,2})\.?)(?![\d\p{L}]|[-/.]\d)/uy
const DAY_FIRST = /(\d{1,2})(?:([-./])(\d{1,2})\2|(\. )(\d{1,2})\. )(\d{4}|\d{2})(?![\d\p{L}]|[-/]\d|\.\d)/uy
const WRITTEN =
  /(\d{1,2})(?:st|nd|rd|th|er|ère|º|ª|°|:e|-го|\.)?[ -]{1,2}(?:of (?:the )?|day of |de |d['’]|del |di )?(\p{L}{3,14})\.?(?:(?:,? (?:de |del |of )?|[-/ ])(?:พ\.ศ\. ?)?(\d{4}|['’]\d{2})(?!\d))?(?!\p{L})/uy
const THAI = new RegExp(
  `(\\d{1,2}) ?(?:${THAI_MONTHS})(?: ?(?:พ\\.ศ\\.|ค\\.ศ\\.)? ?(\\d{4}|\\d{2})(?!\\d))?`,
  'uy',
)
const EASTERN =
  /(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?|(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]/uy
const VIETNAMESE = /(\d{1,2}) tháng (\d{1,2})(?:(?:,? năm |[,/ ])(\d{4}))?(?!\d)/uy
/** "2024. március 5.", "2024 m. kovo 5". */
const YEAR_WRITTEN = /(\d{4})\.? (\p{L}{3,14}) (\d{1,2})\.?(?![\d\p{L}])/uy
/** What follows a month's name: "March 3rd, 2021", "March 2021". */
const AFTER_MONTH = /(?:(\d{4})|(\d{1,2})(?:st|nd|rd|th)?(?:,? ?(\d{4})(?!\d))?)(?![\d\p{L}%:]|[.,]\d)/uy
const TIME =
  /(?:[ T]|, ?| um | at | à | a las | kl\.? )\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?: ?(?:[ap]\.?m\.?|Uhr))?(?:Z|[+-]\d{2}:?\d{2})?(?![\d\p{L}])/iuy

const isDay = (day: string | undefined): boolean => Number(day) >= 1 && Number(day) <= 31
const isMonth = (month: string | undefined): boolean => Number(month) >= 1 && Number(month) <= 12
/** Common era, or the Buddhist one, 543 years ahead. */
const isYear = (year: string): boolean =>
  year.length === 2 ||
  (Number(year) >= 1880 && Number(year) <= 2110) ||
  (Number(year) >= 2423 && Number(year) <= 2653)

const at = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index
  return pattern.exec(text)
}

const span = (start: number, length: number, whole: boolean, sure = true): DateSpan => ({
  start,
  end: start + length,
  whole,
  sure,
})

const numeric = (text: string, start: number, digits: number): DateSpan | null => {
  if (digits === 4) {
    const found = at(YEAR_FIRST, text, start)
    if (found === null || !isYear(found[1] ?? '')) return null
    const month = found[3] ?? found[5]
    const day = found[4] ?? found[6]
    return isMonth(month) && isDay(day) ? span(start, found[0].length, true) : null
  }
  const found = at(DAY_FIRST, text, start)
  const year = found?.[6] ?? ''
  if (found === null || !isYear(year)) return null
  const first = found[1]
  const second = found[3] ?? found[5]
  const slashed = found[2] === '/'
  const possible = (isDay(first) && isMonth(second)) || (found[2] !== '.' && isMonth(first) && isDay(second))
  if (!possible) return null
  return span(
    start,
    found[0].length,
    true,
    year.length === 4 || (slashed && !text.startsWith('/', start - 1)),
  )
}

const isMonthName = (name: string, marked: boolean): boolean => {
  const lower = name.toLowerCase()
  return MONTHS.has(lower) && (marked || !AMBIGUOUS.has(lower) || name.charAt(0) !== lower.charAt(0))
}

const written = (text: string, start: number, digits: number): DateSpan | null => {
  if (digits === 4) {
    const found = at(YEAR_WRITTEN, text, start)
    if (found === null || !isMonthName(found[2] ?? '', true) || !isYear(found[1] ?? '')) return null
    return isDay(found[3]) ? span(start, found[0].length, true) : null
  }
  const found = at(WRITTEN, text, start)
  if (found === null || !isDay(found[1])) return null
  const year = found[3]
  return isMonthName(found[2] ?? '', year !== undefined) &&
    (year === undefined || isYear(year.replace(/['’]/, '')))
    ? span(start, found[0].length, year !== undefined)
    : null
}

const asian = (text: string, start: number): DateSpan | null => {
  const thai = at(THAI, text, start)
  if (thai !== null) return isDay(thai[1]) ? span(start, thai[0].length, thai[2] !== undefined) : null
  const eastern = at(EASTERN, text, start)
  if (eastern !== null) {
    const good = isMonth(eastern[2] ?? eastern[4]) && (eastern[1] === undefined || isYear(eastern[1]))
    return good ? span(start, eastern[0].length, eastern[3] !== undefined) : null
  }
  const vietnamese = at(VIETNAMESE, text, start)
  if (vietnamese === null || !isMonth(vietnamese[2])) return null
  return span(start, vietnamese[0].length, vietnamese[3] !== undefined)
}

/** The word that ends just before a number: "March 3", "Sept. 3". */
const wordBefore = (text: string, start: number): [number, string] | null => {
  if (text.charAt(start - 1) !== ' ') return null
  const end = text.charAt(start - 2) === '.' ? start - 2 : start - 1
  let first = end
  while (first > 0 && end - first < 14 && isLetter(text.charCodeAt(first - 1))) first -= 1
  return end - first < 3 || end - first > 13 ? null : [first, text.slice(first, end)]
}

const isLetter = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0xc0 && unit < 0x530)

const afterMonth = (text: string, start: number): DateSpan | null => {
  const before = wordBefore(text, start)
  if (before === null) return null
  const [from, name] = before
  if (!MONTHS.has(name.toLowerCase())) return null
  const found = at(AFTER_MONTH, text, start)
  if (found === null) return null
  const year = found[1] ?? found[3]
  if (year !== undefined && !isYear(year)) return null
  if (found[2] !== undefined && !isDay(found[2])) return null
  const capital = name.charAt(0) !== name.charAt(0).toLowerCase()
  if (!capital && (year === undefined || (AMBIGUOUS.has(name.toLowerCase()) && found[3] === undefined)))
    return null
  const day = found[2] !== undefined
  return span(from, start - from + found[0].length, day && year !== undefined)
}

/** What a day's number may end in before its month's name, as in "3rd", "3." and "3:e", by its first sign. */
const ORDINAL = new Uint8Array(0x80)
for (const sign of 'snrteSNRTE:.') ORDINAL[sign.charCodeAt(0)] = 1

/** Whether a month's name may follow: not behind a blank or a dash and then no letter, nor behind most signs. */
const mayBeWritten = (text: string, end: number): boolean => {
  const first = text.charCodeAt(end)
  if (!isBlankOrDash(first)) return first >= 0x80 || ORDINAL[first] === 1
  const next = text.charCodeAt(end + 1)
  return !((isBlankOrDash(next) ? text.charCodeAt(end + 2) : next) < 0x41)
}

const isBlankOrDash = (unit: number): boolean => unit === 0x20 || unit === 0x2d

/** Characters that a number inside something longer hangs on: a version, a path, a decimal, a code. */
const HANGING = '.,-/:_+#$€£\\'

const hangs = (text: string, start: number): boolean => {
  if (start === 0) return false
  if (isWordAt(text, start - 1)) return true
  if (!HANGING.includes(text.charAt(start - 1))) return false
  // "Date:12.03.2024" and "(-12/03/2024" stand alone; "1.12.03.2024" and "v-12" don't.
  return text.charAt(start - 1) === ':' ? sortAt(text, start - 2) === 1 : isWordAt(text, start - 2)
}

/**
 * The date that a run of letters and digits at `start` belongs to, with a time of day behind it, or null. The
 * date begins at `start`, or before it where the month's name comes first. Bounded: looks 60 units around.
 */
export const dateAt = (text: string, start: number, end: number): DateSpan | null => {
  let digits = 0
  while (digits < 5 && sortAt(text, start + digits) === 1) digits += 1
  if (digits === 0 || digits === 3 || digits > 4) return null
  if ((start + digits === end && isAmongDigits(text, start, end)) || hangs(text, start)) return null
  const next = text.charCodeAt(start + digits)
  let found: DateSpan | null = null
  if (next === 0x2e || next === 0x2d || next === 0x2f) found = numeric(text, start, digits)
  if (found === null && (next >= 0x20 || Number.isNaN(next)))
    found =
      afterMonth(text, start) ?? (mayBeWritten(text, start + digits) ? written(text, start, digits) : null)
  if (found === null && (next > 0x7f || text.charCodeAt(end + 1) > 0x7f || text.charAt(end + 1) === 't')) {
    found = asian(text, start)
  }
  if (found === null && next < 0x20) found = afterMonth(text, start)
  if (found === null) return null
  const time = at(TIME, text, found.end)
  return time === null ? found : { ...found, end: found.end + time[0].length }
}
