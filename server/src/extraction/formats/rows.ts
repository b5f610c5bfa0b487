/** A filled cell and its column, counted from 0. */
export interface Cell {
  readonly column: number
  readonly text: string
}
export type Row = readonly Cell[]

const DELIMITERS = [',', ';', '\t', '|'] as const
/** Rows looked at to find the delimiter, and the names of the columns. */
const LOOK = 10
const LONGEST_NAME = 60

const fieldsOf = (text: string, delimiter: string, most: number): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const end = (): void => {
    row.push(field.trim())
    field = ''
  }
  for (let i = 0; i < text.length && rows.length < most; i += 1) {
    const unit = text.charAt(i)
    if (quoted) {
      if (unit !== '"') field += unit
      else if (text.charAt(i + 1) === '"') {
        field += '"'
        i += 1
      } else quoted = false
    } else if (unit === '"' && field.trim() === '') quoted = true
    else if (unit === delimiter) end()
    else if (unit === '\n') {
      end()
      rows.push(row)
      row = []
    } else field += unit
  }
  if (field !== '' || row.length > 0) {
    end()
    rows.push(row)
  }
  return rows
}

/** Rows of delimited text (RFC 4180, and with other delimiters), or null where text is none. */
export const rowsOf = (text: string): readonly Row[] | null => {
  for (const delimiter of DELIMITERS) {
    const head = fieldsOf(text.slice(0, 16_384), delimiter, LOOK)
    const width = head[0]?.length ?? 0
    if (head.length < 2 || width < 2) continue
    // The last row may be cut by the look, and lines at the end may say something else.
    if (head.slice(1, -1).some((row) => row.length !== width && row.join('') !== '')) continue
    if (head.length === 2 && head[1]?.length !== width) continue
    return fieldsOf(text, delimiter, Number.POSITIVE_INFINITY).map(cellsOf)
  }
  return null
}

/** The filled fields of a row, with their columns. */
export const cellsOf = (fields: readonly string[]): Row =>
  fields.map((field, column) => ({ column, text: field })).filter((cell) => cell.text !== '')

const isName = ({ text }: Cell): boolean => text.length <= LONGEST_NAME && !/\d{3}|@/.test(text)

/** Where the names of the columns stand, or -1. */
const headerOf = (rows: readonly Row[]): number =>
  rows.slice(0, LOOK).findIndex((row) => row.length >= 2 && row.every(isName))

/**
 * Rows as text, one a line, each value behind its column's name, so that a value is read with what it is:
 * `Name: Ada; IBAN: …`. Without names the values stand side by side.
 */
export const namedRows = (rows: readonly Row[]): string => {
  const header = headerOf(rows)
  const names = new Map(rows[header]?.map((cell) => [cell.column, cell.text]))
  const lines = rows.map((row, index) =>
    index <= header
      ? row.map((cell) => cell.text).join('; ')
      : row
          .map(({ column, text }) => {
            const name = names.get(column)
            return name === undefined ? text : `${name}: ${text}`
          })
          .join('; '),
  )
  return lines.join('\n')
}

/** Rows as text, one a line; a pair as `label: value`. */
export const plainRows = (rows: readonly Row[]): string =>
  rows.map((row) => row.map((cell) => cell.text).join(row.length === 2 ? ': ' : '\t')).join('\n')
