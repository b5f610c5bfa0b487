import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { lines, pagesOf, pdfOf, stream } from '../../test/fixture/attachments/pdf.ts'
import type { Outcome } from './outcome.ts'
import { joined, readHere } from './reading.fixture.ts'

const holds = (outcome: Outcome, ...wanted: readonly string[]): void => {
  const text = joined(outcome)
  for (const one of wanted) assert.ok(text.includes(one), `${one}\nin ${outcome.state}\n${text}`)
}
const isPartial = (outcome: Outcome): boolean => outcome.state === 'read' && outcome.partial

test('every page is read, line by line', async () => {
  const outcome = await readHere(
    pagesOf([['Patient Jane Roe', 'IBAN DE12 3456'], ['second page (with) words']]),
  )
  assert.equal(outcome.state, 'read')
  assert.equal(isPartial(outcome), false)
  holds(outcome, 'Patient Jane Roe\nIBAN DE12 3456', 'second page (with) words')
})

test('notes, form fields, links, properties, outline, scripts and attached files are read', async () => {
  const file = 'Name,Konto\nMax,998877\n'
  const outcome = await readHere(
    pagesOf([['words']], {
      catalogue:
        '/AcroForm<</Fields[5 0 R]>>/Outlines 7 0 R/OpenAction<</S/JavaScript/JS(app.alert\\("hello Olive"\\))>>' +
        '/Names<</EmbeddedFiles<</Names[(list.csv) 9 0 R]>>>>/Metadata 11 0 R',
      page: '/Annots[4 0 R 5 0 R 6 0 R]',
      trailer: '/Info 12 0 R',
      objects: [
        '<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(ask Eva first)/T(Olive Reviewer)>>',
        '<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/T(ssn)/V(078-05-1120)/TU(your number)>>',
        '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://files.example.org/jane)>>>>',
        '<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>',
        '<</Title(Chapter about Carl)/Parent 7 0 R>>',
        '<</Type/Filespec/F(list.csv)/UF(list.csv)/EF<</F 10 0 R>>>>',
        stream(file, '/Type/EmbeddedFile'),
        stream(
          '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Xmp Xaver</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>',
          '/Type/Metadata/Subtype/XML',
        ),
        '<</Title(Secret report)/Author(Ada Author)/Custom(K-77)>>',
      ],
    }),
  )
  assert.equal(outcome.state, 'read', JSON.stringify(outcome))
  holds(
    outcome,
    'ask Eva first',
    'Olive Reviewer',
    'ssn: 078-05-1120',
    'https://files.example.org/jane',
    'Chapter about Carl',
    'hello Olive',
    'list.csv',
    'Name: Max; Konto: 998877',
    'Title: Secret report',
    'Author: Ada Author',
    'K-77',
    'Xmp Xaver',
  )
})

test('pictures and pages without text make it partial', async () => {
  const picture = stream(
    '\xff',
    '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8',
  )
  assert.equal(isPartial(await readHere(pagesOf([['words']], { objects: [picture] }))), true)
  assert.equal(isPartial(await readHere(pagesOf([['words'], []]))), true)
})

test('text beside the page is read', async () => {
  const outcome = await readHere(pagesOf([['Patient Jane Roe']], { page: '/CropBox[0 0 20 20]' }))
  holds(outcome, 'Patient Jane Roe')
})

test('text in a stamp is read', async () => {
  const outcome = await readHere(
    pagesOf([['words']], {
      page: '/Annots[4 0 R]',
      objects: [
        '<</Type/Annot/Subtype/Stamp/Rect[0 0 90 90]/AP<</N 5 0 R>>>>',
        stream(
          'BT /F1 9 Tf 1 1 Td (stamped words) Tj ET',
          '/Type/XObject/Subtype/Form/BBox[0 0 90 90]/Resources<</Font<</F1 3 0 R>>>>',
        ),
      ],
    }),
  )
  holds(outcome, 'stamped words')
})

test('packed pages are read', async () => {
  const packed = deflateSync(lines(['packed words'])).toString('latin1')
  const outcome = await readHere(
    pdfOf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Count 1/Kids[3 0 R]>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>',
      stream(packed, '/Filter/FlateDecode'),
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ]),
  )
  holds(outcome, 'packed words')
})

const composite = (encoding: string, ordering: string): string =>
  `<</Type/Font/Subtype/Type0/BaseFont/Abc/Encoding/${encoding}/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Abc/CIDSystemInfo<</Registry(Adobe)/Ordering(${ordering})/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Abc/Flags 4>>>>]>>`

test('a font that does not say which characters it shows makes it partial', async () => {
  const fonts: readonly (readonly [string, string])[] = [
    ['\0\x2d\0\x44\0\x51\0\x48\0\x03\0\x35\0\x52\0\x48', composite('Identity-H', 'Identity')],
    ['\x4e\x2d\x56\xfd', composite('UniGB-UCS2-H', 'GB1')],
    ['\x10\x2d\x11\xfd', composite('Identity-H', 'GB1')],
  ]
  for (const [text, font] of fonts) {
    assert.equal(isPartial(await readHere(pagesOf([['words', text, text]], { font }))), true, font)
  }
  assert.equal(isPartial(await readHere(pagesOf([['plain words']]))), false)
})

test('bytes of a PDF may be wrong anywhere: an outcome all the same', async () => {
  const whole = pagesOf([['Patient Jane Roe']])
  for (let at = 0; at < whole.length; at += 5) {
    const broken = Buffer.from(whole)
    broken[at] = (broken[at] ?? 0) ^ 0x15
    assert.ok(['read', 'unread', 'failed'].includes((await readHere(broken)).state))
  }
})

const LOCK =
  '/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<0000000000000000000000000000000000000000000000000000000000000000>/U<1111111111111111111111111111111111111111111111111111111111111111>>>/ID[<00><00>]'

test('a PDF with a password is unread', async () => {
  assert.deepEqual(await readHere(pagesOf([['words']], { trailer: LOCK })), {
    state: 'unread',
    texts: [],
    why: 'it is locked with a password',
  })
})

test('a PDF that refers to itself without end ends', async () => {
  const loops = [
    ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 1/Kids[2 0 R]>>'],
    [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Count 99999/Kids[3 0 R]>>',
      '<</Type/Pages/Count 99999/Kids[2 0 R]/Parent 2 0 R>>',
    ],
    ['1 0 R', '2 0 R'],
  ]
  for (const objects of loops) {
    const outcome = await readHere(pdfOf(objects))
    assert.ok(outcome.state === 'failed' || isPartial(outcome), JSON.stringify(outcome))
  }
  const outline = await readHere(
    pagesOf([['words']], {
      catalogue: '/Outlines 4 0 R',
      objects: ['<</First 5 0 R>>', '<</Title(again)/Next 5 0 R/First 5 0 R/Parent 4 0 R>>'],
    }),
  )
  holds(outline, 'words')
})

test('a form that contains itself ends', async () => {
  const form = stream(
    'BT /F1 9 Tf (round) Tj ET /X Do',
    '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>/Font<</F1 3 0 R>>>>',
  )
  const page =
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 6 0 R>>'
  const outcome = await readHere(
    pdfOf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Count 1/Kids[5 0 R]>>',
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
      form,
      page,
      stream('/X Do'),
    ]),
  )
  assert.ok(['read', 'failed'].includes(outcome.state))
})

test('what is no PDF but begins like one has failed', async () => {
  for (const bytes of ['%PDF-1.7\n', '%PDF-1.7\nnothing of the kind', `%PDF-1.7\n${'\0'.repeat(2000)}`]) {
    assert.equal((await readHere(bytes)).state, 'failed')
  }
})

test('a PDF cut anywhere gives an outcome, and never one that passes for whole', async () => {
  const whole = pagesOf([['Patient Jane Roe'], ['second page']])
  for (let length = 10; length < whole.length - 100; length += 61) {
    const outcome = await readHere(whole.subarray(0, length))
    const text = joined(outcome)
    const isWhole = text.includes('Jane Roe') && text.includes('second page')
    assert.ok(
      outcome.state === 'failed' || isPartial(outcome) || isWhole,
      `${length} ${JSON.stringify(outcome)}`,
    )
  }
})

test('more pages than members are allowed have failed', async () => {
  const pages = Array.from({ length: 600 }, () => ['w'])
  assert.equal((await readHere(pagesOf(pages))).state, 'failed')
})
