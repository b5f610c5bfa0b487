import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipOf } from '../../test/fixture/attachments/archive.ts'
import {
  docxOf,
  openDocumentOf,
  paragraph,
  pptxOf,
  stylesPart,
  wordPart,
  xlsxOf,
} from '../../test/fixture/attachments/office.ts'
import type { Outcome } from './outcome.ts'
import { joined, readHere } from './reading.fixture.ts'

const holds = (outcome: Outcome, ...wanted: readonly string[]): void => {
  const text = joined(outcome)
  for (const one of wanted) assert.ok(text.includes(one), `${one}\nin\n${text}`)
}

test('a document is read through: runs joined, tables, notes, comments, heads, properties, links', async () => {
  const outcome = await readHere(
    docxOf(
      `${paragraph('Patient J', 'ane', ' Roe')}
       <w:p><w:r><w:t>Tel.</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>030</w:t></w:r><w:r><w:br/><w:t>next</w:t></w:r></w:p>
       <w:p><w:del><w:r><w:delText>struck out</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden words</w:t></w:r></w:p>
       <w:tbl><w:tr><w:tc>${paragraph('Konto')}</w:tc><w:tc>${paragraph('998877')}</w:tc></w:tr></w:tbl>
       <w:p><w:r><w:instrText>HYPERLINK "mailto:a@example.org"</w:instrText></w:r></w:p>`,
      [
        wordPart(
          'comments',
          'comments',
          `<w:comment w:author="Olive Reviewer">${paragraph('check this')}</w:comment>`,
        ),
        wordPart('footnotes', 'footnotes', paragraph('a foot note')),
        wordPart('header1', 'hdr', paragraph('Strictly confidential')),
        {
          name: 'docProps/core.xml',
          data: '<cp:coreProperties><dc:creator>Ada Author</dc:creator></cp:coreProperties>',
        },
        {
          name: 'docProps/custom.xml',
          data: '<Properties><property name="Case"><vt:lpwstr>K-77</vt:lpwstr></property></Properties>',
        },
        { name: 'customXml/item1.xml', data: '<form><ssn>078-05-1120</ssn></form>' },
        {
          name: 'word/_rels/document.xml.rels',
          data: '<Relationships><Relationship Target="https://files.example.org/jane?x=1&amp;y=2" TargetMode="External"/></Relationships>',
        },
      ],
    ),
  )
  assert.equal(outcome.state, 'read')
  assert.equal(outcome.state === 'read' && outcome.partial, false)
  holds(
    outcome,
    'Patient Jane Roe\n',
    'Tel.\t030\nnext',
    'struck out',
    'hidden words',
    'Konto \t998877',
    'mailto:a@example.org',
    'Olive Reviewer',
    'check this',
    'a foot note',
    'Strictly confidential',
    'creator: Ada Author',
    'K-77',
    'ssn: 078-05-1120',
    'https://files.example.org/jane?x=1&y=2',
  )
})

test('pictures and objects in a document make it partial, documents in it are read', async () => {
  const inner = xlsxOf(
    ['Name', 'Embedded Eva'],
    ['<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'],
  )
  const read = await readHere(docxOf(paragraph('x'), [{ name: 'word/embeddings/a.xlsx', data: inner }]))
  assert.deepEqual([read.state, read.state === 'read' && read.partial], ['read', false])
  holds(read, 'Embedded Eva')
  const picture = { name: 'word/media/image1.gif', data: Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1') }
  const partial = await readHere(docxOf(paragraph('x'), [picture]))
  assert.equal(partial.state === 'read' && partial.partial, true)
})

const cell = (ref: string, value: string, more = ''): string => `<c r="${ref}"${more}><v>${value}</v></c>`

test('a row of a sheet is read as line with the names of its columns, whatever is hidden', async () => {
  const rows = `<row>${cell('A1', '0', ' t="s"')}${cell('B1', '1', ' t="s"')}${cell('C1', '2', ' t="s"')}${cell('D1', '3', ' t="s"')}</row>
    <row hidden="1">${cell('A2', '4', ' t="s"')}${cell('B2', '29358', ' s="2"')}${cell('C2', '78051120', ' s="1"')}${cell('D2', '4.111111111111111E15')}</row>
    <row><c r="A3" t="inlineStr"><is><r><t>Max </t></r><r><t>Moe</t></r></is></c>${cell('D3', 'told', ' t="str"')}</row>`
  const outcome = await readHere(
    xlsxOf(
      ['Name', 'Born', 'SSN', 'Card', 'Jane Roe', 'left over words'],
      [rows],
      [stylesPart(['000\\-00\\-0000'])],
    ),
  )
  assert.equal(outcome.state, 'read')
  holds(
    outcome,
    'Name: Jane Roe; Born: 1980-05-17; SSN: 078-05-1120; Card: 4111111111111111',
    'Name: Max Moe; Card: told',
    'Jane Roe\t1980-05-17',
    'left over words',
    'Staff',
  )
})

test('a form of labels and values keeps them together', async () => {
  const rows = `<row>${cell('A1', '0', ' t="s"')}${cell('B1', '1', ' t="s"')}</row><row>${cell('A2', '2', ' t="s"')}${cell('B2', '5551234')}</row>`
  holds(await readHere(xlsxOf(['Name', 'Jane Roe', 'Phone'], [rows])), 'Name: Jane Roe\nPhone: 5551234')
})

test('a cell at the end of the widest row costs no more than itself', async () => {
  const rows = Array.from(
    { length: 2_000 },
    (_, i) => `<row>${cell('A1', String(i))}${cell('XFD1', '7')}</row>`,
  )
  const outcome = await readHere(xlsxOf([], [rows.join('')]))
  assert.equal(outcome.state, 'read')
  assert.ok(joined(outcome).length < 100_000)
})

test('what lies in formulas, links, validations, connections, caches and tables of a workbook is read', async () => {
  const outcome = await readHere(
    xlsxOf(
      [],
      [
        '<row><c r="A1"><f>CONCATENATE("Secret ","Name")</f><v>1</v></c></row></sheetData><oddHeader>page head</oddHeader><hyperlink display="Max\'s file"/><sheetData>',
      ],
      [
        {
          name: 'xl/connections.xml',
          data: '<connections><connection><dbPr connection="Server=a;Pwd=hunter2"/></connection></connections>',
        },
        {
          name: 'xl/pivotCache/pivotCacheRecords1.xml',
          data: '<pivotCacheRecords><r><s v="Cached Carl"/></r></pivotCacheRecords>',
        },
        {
          name: 'xl/comments1.xml',
          data: '<comments><authors><author>Olive</author></authors><text><r><t>a remark</t></r></text></comments>',
        },
      ],
    ),
  )
  holds(outcome, 'Secret ', 'page head', "Max's file", 'Pwd=hunter2', 'Cached Carl', 'a remark', 'Olive')
})

test('slides are read in their order, with notes and descriptions', async () => {
  const outcome = await readHere(
    pptxOf(
      [...Array.from({ length: 11 }, (_, i) => `slide number ${i + 1}`)],
      [
        {
          name: 'ppt/notesSlides/notesSlide1.xml',
          data: '<p:notes xmlns:a="a"><a:p><a:r><a:t>say it slowly</a:t></a:r></a:p></p:notes>',
        },
      ],
    ),
  )
  holds(outcome, 'say it slowly', 'A chart')
  const text = joined(outcome)
  assert.ok(text.indexOf('slide number 2') < text.indexOf('slide number 10'))
})

test('OpenDocument is read: text, sheets with names of columns, properties', async () => {
  const text = await readHere(
    openDocumentOf(
      'text',
      '<text:p>Patient J<text:span>an</text:span>e<text:s/>Roe<text:tab/>x</text:p><office:annotation><dc:creator>Olive</dc:creator><text:p>a remark</text:p></office:annotation>',
    ),
  )
  holds(text, 'Patient Jane Roe\tx', 'a remark', 'Olive', 'initial-creator: Olive Meta')
  const tableCell = (value: string): string =>
    `<table:table-cell table:number-columns-repeated="16000"><text:p>${value}</text:p></table:table-cell>`
  const row = (...values: readonly string[]): string =>
    `<table:table-row>${values.map(tableCell).join('')}</table:table-row>`
  const sheet = await readHere(
    openDocumentOf(
      'spreadsheet',
      `<table:table table:name="Staff">${row('Name', 'City', 'IBAN')}${row('Max', 'Bonn', 'DE12')}</table:table>`,
    ),
  )
  holds(sheet, 'Name: Max; City: Bonn; IBAN: DE12', 'Staff')
})

test('a locked OpenDocument file is unread', async () => {
  const locked = openDocumentOf(
    'text',
    'gibberish',
    '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>',
  )
  assert.deepEqual(await readHere(locked), {
    state: 'unread',
    texts: [],
    why: 'it is locked with a password',
  })
})

test('an e-book is read as the pages that it is made of', async () => {
  const book = zipOf([
    { name: 'mimetype', data: 'application/epub+zip' },
    { name: 'META-INF/container.xml', data: '<container/>' },
    {
      name: 'OEBPS/c1.xhtml',
      data: '<?xml version="1.0"?><html><body><p>Chapter about <b>Max</b> Moe</p></body></html>',
    },
  ])
  holds(await readHere(book), 'Chapter about Max Moe')
})

test('a part that is broken fails the document, and the rest is read', async () => {
  const whole = docxOf(paragraph('good words'), [
    wordPart('footnotes', 'footnotes', paragraph('x'.repeat(500))),
  ])
  const at = whole.indexOf('word/footnotes.xml') + 'word/footnotes.xml'.length
  const broken = Buffer.from(whole)
  broken.fill(0xff, at, at + 20)
  const outcome = await readHere(broken)
  assert.equal(outcome.state, 'failed')
  holds(outcome, 'good words')
})
