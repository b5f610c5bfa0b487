import type { Sink, Verdict } from '../sink.ts'
import { decode } from './decode.ts'
import { dataText, proseText } from './markup.ts'
import { type Member, readMember, unpacked } from './member.ts'
import { LOCKED } from './opaque.ts'
import { cellsOf, namedRows, plainRows, type Row } from './rows.ts'
import { formatsOf, sheetOf, stringsOf, type Workbook } from './sheet.ts'

const CONTENT_TYPES = '[Content_Types].xml'

/** Whether an archive is an office document: Office Open XML or OpenDocument. */
export const isOffice = (members: readonly Member[]): boolean => {
  const names = new Set(members.map((member) => member.name))
  return names.has(CONTENT_TYPES) || (names.has('content.xml') && names.has('META-INF/manifest.xml'))
}

/** Parts whose attributes are data, and not how something looks. */
const DATA =
  /(?:^|\/)(?:docProps|customXml|externalLinks|pivotCache|queryTables|persons)\/|connections\.xml$|(?:^|\/)meta\.xml$/i
/** Parts that say how others are to be read. */
const FIRST = /(?:sharedStrings|styles|manifest)\.xml$/i

/** Reads every part, listed among the document's contents or not: hidden, deleted and left-over ones too. */
export const readOffice = async (members: readonly Member[], sink: Sink): Promise<Verdict> => {
  const order = new Intl.Collator('en', { numeric: true })
  const sorted = members.toSorted(
    (a, b) => Number(FIRST.test(b.name)) - Number(FIRST.test(a.name)) || order.compare(a.name, b.name),
  )
  const book: Workbook = { strings: [], shown: new Set(), formats: [] }
  for (const member of sorted) {
    if (member.name === CONTENT_TYPES || member.isFolder) continue
    if (!isXml(member.name) || member.closed !== null) await readMember(member, sink)
    else if ((await readPart(member, book, sink)) === LOCKED) return LOCKED
  }
  sink.add(book.strings.filter((_, index) => !book.shown.has(index)).join('\n'))
  return members.every((member) => member.isFolder || member.closed === LOCKED) ? LOCKED : null
}

const isXml = (name: string): boolean => /\.(?:xml|rels|vml|rdf)$/i.test(name)

const rootOf = (xml: string): string => /<(?![?!])(?:[\w.-]+:)?([\w.-]+)/.exec(xml.slice(0, 8192))?.[1] ?? ''

const readPart = async (member: Member, book: Workbook, sink: Sink): Promise<Verdict> => {
  const bytes = await unpacked(member, sink)
  if (bytes === null) return null
  const xml = decode(bytes, 'application/xml')?.[0] ?? ''
  switch (rootOf(xml)) {
    case 'Relationships':
      sink.add(outsideTargets(xml))
      return null
    case 'sst':
      book.strings = stringsOf(xml)
      return null
    case 'styleSheet':
      book.formats = formatsOf(xml)
      return null
    case 'worksheet':
    case 'macrosheet':
    case 'dialogsheet':
      addSheet(xml, book, sink)
      return null
    case 'manifest':
      return /:encryption-data[\s/>]/.test(xml) ? LOCKED : null
    default:
      sink.add(DATA.test(member.name) ? dataText(xml) : proseText(xml))
      if (/<office:spreadsheet[\s>]/.test(xml)) addRows(openRows(proseText(xml)), sink)
      return null
  }
}

/** Addresses that links lead to. */
const outsideTargets = (xml: string): string =>
  [...xml.matchAll(/Target="([^"]*[:@][^"]*)"/g)]
    .map((found) => found[1]?.replaceAll('&amp;', '&'))
    .join('\n')

const addSheet = (xml: string, book: Workbook, sink: Sink): void => {
  const { rows, aside } = sheetOf(xml, book)
  addRows(rows, sink)
  sink.add(aside.join('\n'))
}

/** Forms have few rows and their labels anywhere, so small sheets are read without column names as well. */
const MOST_FORM_ROWS = 200

const addRows = (rows: readonly Row[], sink: Sink): void => {
  const isWide = rows.some((row) => row.length > 2)
  if (!isWide || rows.length <= MOST_FORM_ROWS) sink.add(plainRows(rows))
  if (isWide) sink.add(namedRows(rows))
}

const openRows = (text: string): readonly Row[] =>
  text.split('\n').map((line) => cellsOf(line.split('\t').map((cell) => cell.trim())))
