import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { zipOf } from '../../test/fixture/attachments/archive.ts'
import { callWith } from '../../test/fixture/attachments/call.ts'
import { docxOf, paragraph } from '../../test/fixture/attachments/office.ts'
import { pagesOf } from '../../test/fixture/attachments/pdf.ts'
import type { Media } from '../domain/index.ts'
import type { Extracted, Extractor, ExtractorOptions } from './extracted.ts'
import { startExtractor } from './extractor.ts'
import { createExtractor } from './index.ts'

const MIB = 1_048_576
const OBEDIENT = new URL('./worker.fixture.ts', import.meta.url)

const closing = (t: TestContext, extractor: Extractor): Extractor => {
  t.after(() => extractor.close())
  return extractor
}
const real = (t: TestContext, options: ExtractorOptions = {}): Extractor =>
  closing(t, createExtractor({ timeout: 60_000, attachmentTimeout: 60_000, ...options }))
/** Threads that do what the file says. */
const obedient = (t: TestContext, options: ExtractorOptions = {}): Extractor =>
  closing(t, startExtractor({ timeout: 60_000, attachmentTimeout: 60_000, cache: 0, ...options }, OBEDIENT))

const told = (...texts: readonly string[]) => callWith(...texts.map((text) => ({ bytes: Buffer.from(text) })))
const states = (all: readonly Extracted[]): readonly string[] => all.map((one) => one.state)
const why = (one: Extracted | undefined): string => (one === undefined || one.state === 'read' ? '' : one.why)

test('a call without attachments starts nothing', async (t) => {
  const extractor = closing(t, startExtractor({}, new URL('./there-is-none.ts', import.meta.url)))
  assert.deepEqual(await extractor.extract({ json: { messages: [] }, media: [] }), [])
})

test('attachments of every form are read in a thread, in their order, by their paths', async (t) => {
  const all = await real(t).extract(
    callWith(
      { bytes: pagesOf([['page words']]), mime: 'application/pdf' },
      { bytes: docxOf(paragraph('letter words')), mime: 'application/pdf' },
      { bytes: Buffer.from('plain words'), mime: 'image/png' },
    ),
  )
  assert.deepEqual(
    all.map(({ path, state, texts }) => [path, state, texts[0]?.trim()]),
    [
      ['messages[0].content[0].file.file_data', 'read', 'page words'],
      ['messages[0].content[1].file.file_data', 'read', 'letter words'],
      ['messages[0].content[2].file.file_data', 'read', 'plain words'],
    ],
  )
})

test('documents in the blocks of the messages dialect are read, in results of tools too', async (t) => {
  const source = (text: string) => ({
    type: 'base64',
    media_type: 'text/plain',
    data: Buffer.from(text).toString('base64'),
  })
  const media = (path: string): Media => ({ path, type: 'file', mime: 'text/plain', remote: false })
  const all = await real(t).extract({
    json: {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'document', source: source('outer words') },
            { type: 'tool_result', content: [{ type: 'document', source: source('tool words') }] },
          ],
        },
      ],
    },
    media: [
      media('messages[0].content[1].content[0].source.data'),
      media('messages[0].content[0].source.data'),
    ],
  })
  assert.deepEqual(
    all.map(({ texts }) => texts),
    [['tool words'], ['outer words']],
  )
})

test('files outside the places for media are found', async (t) => {
  const zip = zipOf([{ name: 'a.txt', data: 'words in an archive' }]).toString('base64')
  const all = await real(t).extract({
    json: {
      tools: [
        {
          note: `data:text/csv;base64,${Buffer.from('Name,Konto\nMax,998877\nEva,112233\n').toString('base64')}`,
        },
      ],
      'odd key!': [zip],
      text: 'just words, and data: in them',
    },
    media: [],
  })
  assert.deepEqual(
    all.map(({ path, state }) => [path, state]),
    [
      ['tools[0].note', 'read'],
      ['[key 1][0]', 'read'],
    ],
  )
  assert.match(all[1]?.texts.join() ?? '', /words in an archive/)
})

test('what is held elsewhere is unread, what is no base64 has failed, a written-out data URL is read', async (t) => {
  const json = {
    a: 'https://example.org/a.png',
    b: 'no base64 at all!',
    c: 'data:text/plain,Jane%20Roe',
    d: 'data:,%zz',
  }
  const media = (path: string, remote = false): Media => ({ path, type: 'file', remote })
  const all = await real(t).extract({
    json,
    media: [media('a', true), media('b'), media('c'), media('d'), media('e'), media('f', true)],
  })
  assert.deepEqual(states(all), ['unread', 'failed', 'read', 'failed', 'unread', 'unread'])
  assert.deepEqual(all[2]?.texts, ['Jane Roe'])
})

test('base64 in lines, without padding and in the alphabet for URLs is read', async (t) => {
  const bytes = Buffer.from('<p>Jane Roe</p>~~~???>>>')
  const forms = [
    bytes.toString('base64url'),
    bytes.toString('base64').replaceAll(/.{5}/g, '$&\r\n'),
    `DATA:;BASE64,${bytes.toString('base64')}`,
  ]
  const all = await real(t).extract({
    json: { forms },
    media: forms.map((_, index) => ({ path: `forms[${index}]`, type: 'file', remote: false })),
  })
  for (const one of all) assert.match(one.texts.join('\n'), /Jane Roe/)
})

test('a file that hangs has failed after its time, and the next is read', async (t) => {
  const extractor = obedient(t, { attachmentTimeout: 2_000 })
  const all = await extractor.extract(told('hang', 'next words'))
  assert.deepEqual(states(all), ['failed', 'read'])
  assert.match(why(all[0]), /too long/)
  assert.deepEqual(states(await extractor.extract(told('again'))), ['read'])
})

test('a call has failed after its time, with all that still waits, and is remembered as nothing', async (t) => {
  const extractor = obedient(t, { timeout: 2_000, cache: MIB })
  const all = await extractor.extract(told('hang', 'waits', 'waits too'))
  assert.deepEqual(states(all), ['failed', 'failed', 'failed'])
  assert.deepEqual(states(await extractor.extract(told('waits'))), ['read'])
})

for (const [what, text, options] of [
  ['leaves', 'exit', {}],
  ['throws', 'throw with words of the file', {}],
  ['takes all of its heap', 'heap', { memory: 48 * MIB }],
  ['takes buffers without end', 'buffers', { memory: 128 * MIB }],
] as const) {
  test(`a thread that ${what} fails its file and no other`, async (t) => {
    const extractor = obedient(t, options)
    const all = await extractor.extract(told('before', text, 'after'))
    assert.deepEqual(states(all), ['read', 'failed', 'read'])
    assert.doesNotMatch(why(all[1]), /words of the file/)
    assert.deepEqual(states(await extractor.extract(told('next call'))), ['read'])
  })
}

test('a program that cannot be started fails every file', async (t) => {
  const extractor = closing(t, startExtractor({}, new URL('./there-is-none.ts', import.meta.url)))
  assert.deepEqual(states(await extractor.extract(told('one', 'two'))), ['failed', 'failed'])
})

test('a hundred attachments at once are all read, by one thread or by three', async (t) => {
  for (const workers of [1, 3]) {
    const extractor = real(t, { workers })
    const calls = Array.from({ length: 20 }, (_, call) =>
      extractor.extract(told(...Array.from({ length: 5 }, (__, i) => `words of ${call} ${i}`))),
    )
    const all = (await Promise.all(calls)).flat()
    assert.equal(all.length, 100)
    all.forEach((one, index) => {
      assert.deepEqual(one.texts, [`words of ${Math.floor(index / 5)} ${index % 5}`])
    })
  }
})

test('more than may wait has failed, and what waits is read', async (t) => {
  const extractor = real(t, { queue: 10 })
  const all = await extractor.extract(told(...Array.from({ length: 30 }, (_, i) => `words ${i}`)))
  assert.equal(all.filter((one) => one.state === 'read').length, 11)
  for (const one of all) if (one.state === 'failed') assert.match(one.why, /too many/)
})

test('an attachment that is too large has failed and goes nowhere near a thread', async (t) => {
  const extractor = closing(
    t,
    startExtractor({ maxInput: 50 }, new URL('./there-is-none.ts', import.meta.url)),
  )
  const all = await extractor.extract(told('x'.repeat(60)))
  assert.match(why(all[0]), /too large/)
})

test('what was read is known when it comes again', async (t) => {
  const extractor = obedient(t, { cache: MIB })
  assert.deepEqual(states(await extractor.extract(told('words'))), ['read'])
  // With the only thread busy for good, what is known needs none.
  const hanging = extractor.extract(told('hang'))
  assert.deepEqual((await extractor.extract(told('words')))[0]?.texts, ['words'])
  await extractor.close()
  assert.deepEqual(states(await hanging), ['failed'])
})

test('the same file twice in a call is read once', async (t) => {
  const extractor = real(t, { queue: 1 })
  assert.deepEqual(states(await extractor.extract(told(...Array.from({ length: 20 }, () => 'same')))), [
    ...Array.from({ length: 20 }, () => 'read'),
  ])
})

test('what a parser prints is kept in', async (t) => {
  const printed: string[] = []
  t.mock.method(process.stdout, 'write', (text: string) => printed.push(text))
  await obedient(t).extract(told('noise of Jane Roe'))
  t.mock.restoreAll()
  assert.deepEqual(
    printed.filter((text) => text.includes('Jane Roe')),
    [],
  )
})

test('once closed, everything has failed, what was under way too', async () => {
  const extractor = startExtractor({ timeout: 60_000 }, OBEDIENT)
  const under = extractor.extract(told('hang', 'waits'))
  await extractor.close()
  assert.deepEqual(states(await under), ['failed', 'failed'])
  assert.deepEqual(states(await extractor.extract(told('later'))), ['failed'])
  await extractor.close()
})

test('a real bomb in a real thread ends at the limits, and the next file is read', async (t) => {
  const extractor = real(t)
  const all = await extractor.extract(
    callWith(
      { bytes: zipOf([{ name: 'zeros', data: Buffer.alloc(80 * MIB) }]) },
      { bytes: Buffer.from('%PDF-1.7\nbroken') },
      { bytes: Buffer.from('plain words') },
    ),
  )
  assert.deepEqual(states(all), ['failed', 'failed', 'read'])
})
