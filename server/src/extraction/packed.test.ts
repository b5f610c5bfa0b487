import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { tarOf, zipOf } from '../../test/fixture/attachments/archive.ts'
import { docxOf, paragraph } from '../../test/fixture/attachments/office.ts'
import { pagesOf } from '../../test/fixture/attachments/pdf.ts'
import { joined, readHere } from './reading.fixture.ts'

test('archives are read: names, members, documents in them, archives in archives', async () => {
  const inner = zipOf([{ name: 'deep/jane-roe.txt', data: 'deep words' }])
  const outcome = await readHere(
    zipOf([
      { name: 'inner.zip', data: inner },
      { name: 'letter.docx', data: docxOf(paragraph('a letter')) },
      { name: '../../etc/passwd', data: 'odd name' },
      { name: 'all.tar.gz', data: gzipSync(tarOf([{ name: 'max.txt', data: 'tar words' }])) },
      { name: 'folder/', data: '' },
    ]),
  )
  assert.equal(outcome.state, 'read')
  for (const wanted of [
    'jane-roe.txt',
    'deep words',
    'a letter',
    '../../etc/passwd',
    'odd name',
    'max.txt',
    'tar words',
  ])
    assert.ok(joined(outcome).includes(wanted), wanted)
})

test('locked members are passed over, an archive of nothing else is unread', async () => {
  const all = await readHere(zipOf([{ name: 'jane.txt', data: 'x', locked: true }]))
  assert.deepEqual(all, { state: 'unread', texts: ['jane.txt'], why: 'it is locked with a password' })
  const one = await readHere(
    zipOf([
      { name: 'jane.txt', data: 'x', locked: true },
      { name: 'open.txt', data: 'open words' },
    ]),
  )
  assert.equal(one.state === 'read' && one.partial, true)
  const odd = await readHere(zipOf([{ name: 'a', data: 'x', method: 93 }]))
  assert.equal(odd.state === 'read' && odd.partial, true)
})

test('a file that is two things at once is read as both', async () => {
  const page = Buffer.from('<html><p>page words</p></html>')
  const zip = (lead: number): Buffer => zipOf([{ name: 'a.txt', data: 'archive words' }], lead)
  const pictured = Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')
  const pdf = pagesOf([['paper words']])
  const cases: readonly (readonly [Buffer, readonly RegExp[]])[] = [
    [Buffer.concat([page, zip(page.length)]), [/page words/, /archive words/]],
    [Buffer.concat([pictured, zip(pictured.length)]), [/archive words/]],
    [Buffer.concat([pdf, zip(pdf.length)]), [/paper words/, /archive words/]],
    [Buffer.concat([page, pdf]), [/page words/, /paper words/]],
  ]
  for (const [bytes, wanted] of cases) {
    const outcome = await readHere(bytes)
    assert.equal(outcome.state === 'read' && outcome.partial, true, JSON.stringify(outcome))
    for (const one of wanted) assert.match(joined(outcome), one)
  }
})

test('a text that speaks of a PDF is a text, an archive that begins with one an archive', async () => {
  const text = await readHere('Every file begins with %PDF-1.7 and some words')
  assert.equal(text.state, 'read')
  assert.match(joined(text), /and some words/)
  const stored = await readHere(zipOf([{ name: 'a.pdf', data: pagesOf([['inner page']]) }]))
  assert.match(joined(stored), /inner page/)
})

test('a truncated archive has failed, at whatever byte it ends', async () => {
  const zip = zipOf([{ name: 'a.txt', data: 'some words'.repeat(50) }])
  for (let length = 4; length < zip.length; length += 7) {
    assert.equal((await readHere(zip.subarray(0, length))).state, 'failed', String(length))
  }
})

test('any byte of an archive may be wrong: an outcome all the same', async () => {
  const zip = zipOf([
    { name: 'a.txt', data: 'some words'.repeat(5) },
    { name: 'b.txt', data: 'more' },
  ])
  for (let at = 0; at < zip.length; at += 1) {
    const broken = Buffer.from(zip)
    broken[at] = (broken[at] ?? 0) ^ 0xff
    assert.ok(['read', 'unread', 'failed'].includes((await readHere(broken)).state))
  }
})

test('one huge member is a bomb', async () => {
  const outcome = await readHere(zipOf([{ name: 'zeros', data: Buffer.alloc(40_000_000) }]))
  assert.equal(outcome.state, 'failed')
  assert.match(outcome.state === 'failed' ? outcome.why : '', /unpacks to more/)
})

test('many members that make much together are a bomb', async () => {
  const data = Buffer.alloc(2_000_000, 'word ')
  const entries = Array.from({ length: 20 }, (_, i) => ({ name: `${i}.txt`, data }))
  assert.equal((await readHere(zipOf(entries))).state, 'failed')
})

test('archives nested without end, and many times over, are a bomb', async () => {
  let bomb = zipOf([{ name: 'x', data: Buffer.alloc(1_000_000) }])
  for (let depth = 0; depth < 6; depth += 1) {
    const data = bomb
    bomb = zipOf(Array.from({ length: 16 }, (_, i) => ({ name: `${i}.zip`, data })))
  }
  assert.equal((await readHere(bomb)).state, 'failed')
})

test('too many members are a bomb', async () => {
  const entries = Array.from({ length: 501 }, (_, i) => ({ name: String(i), data: '' }))
  assert.equal((await readHere(zipOf(entries))).state, 'failed')
})

test('gzip: read, a bomb, a truncated one', async () => {
  assert.match(joined(await readHere(gzipSync('packed words'))), /packed words/)
  assert.equal((await readHere(gzipSync(Buffer.alloc(30_000_000)))).state, 'failed')
  assert.equal((await readHere(gzipSync('packed words').subarray(0, 20))).state, 'failed')
})

test('a tar that says more than it has has failed', async () => {
  const tar = tarOf([{ name: 'a.txt', data: 'words' }])
  tar.write('77777777777', 124)
  assert.equal((await readHere(tar)).state, 'failed')
})
