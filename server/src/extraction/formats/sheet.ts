import { localName } from './markup.ts'
import { type Handler, parse } from './parser.ts'
import type { Cell, Row } from './rows.ts'

/** What SpreadsheetML keeps apart from the sheets: strings by number, and how numbers are shown. */
export interface Workbook {
  strings: readonly string[]
  /** Numbers of strings that a sheet showed. */
  readonly shown: Set<number>
  formats: readonly Format[]
}

/** How a cell's number is shown: as a day, in digits with signs between them, or plainly. */
export type Format = 'plain' | 'day' | { readonly mask: string }

type Attributes = Readonly<Record<string, string>>

/** The strings of `sharedStrings.xml`, each with its runs joined. */
export const stringsOf = (xml: string): readonly string[] => {
  const strings: string[] = []
  let current = ''
  let inText = false
  const handler: Handler = {
    open: (name) => {
      const local = localName(name)
      if (local === 'si') current = ''
      inText = local === 't'
    },
    text: (text) => {
      if (inText) current += text
    },
    close: (name) => {
      if (localName(name) === 'si') strings.push(current)
      inText = false
    },
  }
  parse(xml, handler, 'xml')
  return strings
}

/** Numbers of built-in formats that show days: ECMA-376 part 1, 18.8.30, with those of East Asian languages. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

const formatOf = (id: number, code: string | undefined): Format => {
  if (code === undefined) return isBuiltInDay(id) ? 'day' : 'plain'
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  if (/[yd]/i.test(bare) && !/[0#]/.test(bare)) return 'day'
  const mask = (code.split(';')[0] ?? '').replaceAll(/["\\]/g, '')
  const isMask =
    /^[0#\-\s()/.]+$/.test(mask) && !/0\.0*$/.test(mask) && (mask.match(/[0#]/g)?.length ?? 0) >= 4
  return isMask ? { mask } : 'plain'
}

/** How the cells of each style of `styles.xml` are shown. */
export const formatsOf = (xml: string): readonly Format[] => {
  const codes = new Map<number, string>()
  const formats: Format[] = []
  let inCells = false
  const handler: Handler = {
    open: (name, attributes) => {
      const local = localName(name)
      if (local === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (local === 'cellXfs') inCells = true
      else if (local === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        formats.push(formatOf(id, codes.get(id)))
      }
    },
    text: () => {},
    close: (name) => {
      if (localName(name) === 'cellXfs') inCells = false
    },
  }
  parse(xml, handler, 'xml')
  return formats
}

const DAY = 86_400_000
/** Day 0 of the calendar that spreadsheets count in. */
const EPOCH = Date.UTC(1899, 11, 30)
const LAST_DAY = 2_958_465

const masked = (digits: string, mask: string): string => {
  let rest = digits
  let result = ''
  for (let i = mask.length - 1; i >= 0; i -= 1) {
    const unit = mask.charAt(i)
    if (unit !== '0' && unit !== '#') result = unit + result
    else if (rest !== '') {
      result = rest.slice(-1) + result
      rest = rest.slice(0, -1)
    } else if (unit === '0') result = `0${result}`
  }
  return rest + result
}

/** A number as its reader sees it, near enough: days as `1980-05-17`, masks filled, no exponents. */
const shownNumber = (value: string, format: Format): string => {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (format === 'day' && number >= 1 && number <= LAST_DAY) {
    return new Date(EPOCH + Math.floor(number) * DAY).toISOString().slice(0, 10)
  }
  if (!Number.isInteger(number)) return value
  const digits = /e/i.test(value) && Math.abs(number) < 1e21 ? BigInt(number).toString() : value
  return typeof format === 'object' && /^\d+$/.test(digits) ? masked(digits, format.mask) : digits
}

/** `BC12` → 54. */
const columnOf = (reference: string | undefined): number | null => {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Text in a sheet that is in no cell: what its validation says, its head and foot, tips of links. */
const ASIDE = new Set(['display', 'tooltip', 'prompt', 'promptTitle', 'error', 'errorTitle', 'location'])

/** Reads `sheetN.xml`: the rows with their filled cells, and the texts beside them. */
class Sheet {
  readonly rows: Row[] = []
  readonly aside: string[] = []
  readonly #book: Workbook
  #row: Cell[] = []
  #cell: Attributes | null = null
  #value = ''
  #formula = ''
  #within = ''

  constructor(book: Workbook) {
    this.#book = book
  }

  open(qualified: string, attributes: Attributes): void {
    const name = localName(qualified)
    this.#within = name
    if (name === 'row') this.#row = []
    else if (name === 'c') {
      this.#cell = attributes
      this.#value = ''
      this.#formula = ''
    }
    for (const [key, value] of Object.entries(attributes)) if (ASIDE.has(key)) this.aside.push(value)
  }

  text(text: string): void {
    if (this.#cell === null) {
      if (text.trim() !== '') this.aside.push(text)
    } else if (this.#within === 'f') this.#formula += text
    else if (this.#within === 'v' || this.#within === 't') this.#value += text
  }

  remark(text: string): void {
    this.aside.push(text)
  }

  close(qualified: string): void {
    const name = localName(qualified)
    this.#within = ''
    if (name === 'row' && this.#row.length > 0) this.rows.push(this.#row)
    if (name !== 'c' || this.#cell === null) return
    const text = this.#shown(this.#cell)
    const column = columnOf(this.#cell['r']) ?? (this.#row.at(-1)?.column ?? -1) + 1
    if (text !== '') this.#row.push({ column, text })
    for (const found of this.#formula.matchAll(/"([^"]{2,})"/g)) this.aside.push(found[1] ?? '')
    this.#cell = null
  }

  #shown(cell: Attributes): string {
    switch (cell['t']) {
      case 's': {
        const number = Number(this.#value)
        this.#book.shown.add(number)
        return this.#book.strings[number]?.trim() ?? ''
      }
      case undefined:
      case 'n':
        return shownNumber(this.#value, this.#book.formats[Number(cell['s'] ?? 0)] ?? 'plain')
      default:
        return this.#value.trim()
    }
  }
}

/** The rows of a sheet, and what it says beside them. */
export const sheetOf = (
  xml: string,
  book: Workbook,
): { readonly rows: readonly Row[]; readonly aside: readonly string[] } => {
  const sheet = new Sheet(book)
  parse(xml, sheet, 'xml')
  return { rows: sheet.rows, aside: sheet.aside }
}
