import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { zipOf } from '../fixture/attachments/archive.ts'
import { docxOf, paragraph, xlsxOf } from '../fixture/attachments/office.ts'
import { pagesOf } from '../fixture/attachments/pdf.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/*
 * Attachments through the whole gateway: what is in them decides, and what cannot be read as it should is treated
 * as restricted. Nothing leaves, and the record says why.
 */

const CARD = 'The card is 4111 1111 1111 1111.'

let vendor: SimulatedVendor
let house: OpenHouse
let hurried: OpenHouse

before(async () => {
  vendor = await startSimulatedVendor()
  const targets = `targets:\n${simulatedTarget('away', vendor.url, 'closed', 'capabilities: { files: true, images: true }')}`
  house = await openHouse({ config: targets })
  hurried = await openHouse({ config: `${targets}sensitivity: { attachments: { timeout: 1ms } }` })
})

after(async () => {
  await house.close()
  await hurried.close()
  await vendor.close()
})

const chat = (bytes: Uint8Array, mime = 'application/octet-stream'): object => ({
  model: 'away',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What does it say?' },
        {
          type: 'file',
          file: {
            filename: 'a.bin',
            file_data: `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`,
          },
        },
      ],
    },
  ],
})

const refused = async (of: OpenHouse, body: object, path = '/v1/chat/completions') => {
  const before = vendor.seen.length
  const response = await of.post(path, body)
  assert.equal(response.status, 403, await response.clone().text())
  await response.text()
  assert.equal(vendor.seen.length, before, 'nothing left')
  return of.record(response)
}

describe('what stands in an attachment counts', () => {
  const HOLDING: readonly (readonly [string, () => Uint8Array])[] = [
    ['a PDF', () => pagesOf([['Dear all,', CARD]])],
    ['a Word document', () => docxOf(paragraph('The card is 4111 1111', ' 1111 1111.'))],
    [
      'a sheet',
      () =>
        xlsxOf(
          ['Name', 'Card', 'Bo', '4111 1111 1111 1111'],
          [
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>',
          ],
        ),
    ],
    ['a member of an archive', () => zipOf([{ name: 'a/note.txt', data: Buffer.from(CARD) }])],
    ['a text in another encoding', () => Buffer.from(`\ufeff${CARD}`, 'utf16le')],
  ]
  for (const [what, bytes] of HOLDING) {
    test(what, async () => {
      const record = await refused(house, chat(bytes()))
      assert.ok(record.kinds.includes('payment'), record.kinds.join())
      assert.equal(record.level, 'restricted')
      assert.ok(record.findings.some(({ path }) => path.startsWith('messages[0].content[1]')))
      assert.doesNotMatch(JSON.stringify(record), /4111 1111/)
    })
  }

  test('a document in Anthropic’s dialect', async () => {
    const data = pagesOf([[CARD]]).toString('base64')
    const record = await refused(
      house,
      {
        model: 'away',
        max_tokens: 9,
        messages: [
          {
            role: 'user',
            content: [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data } }],
          },
        ],
      },
      '/v1/messages',
    )
    assert.ok(record.kinds.includes('payment'))
  })

  test('contact data in one cannot be taken out, so it stays at home', async () => {
    const record = await refused(house, chat(docxOf(paragraph('Write to anna.berger@harbour-mail.net.'))))
    assert.deepEqual(record.kinds, ['contact'])
    assert.ok((record.crossing?.left.length ?? 0) > 0)
  })

  test('a harmless one crosses, read and so not unread', async () => {
    const response = await house.post(
      '/v1/chat/completions',
      chat(docxOf(paragraph('The tide rises twice a day.'))),
    )
    await response.text()
    assert.equal(response.status, 200)
    const record = await house.record(response)
    assert.deepEqual(record.conditions, [])
    assert.equal(record.level, 'public')
  })
})

describe('what cannot be read as it should is restricted', () => {
  const BROKEN: readonly (readonly [string, () => Uint8Array])[] = [
    ['a broken PDF', () => pagesOf([[CARD]]).subarray(0, 300)],
    ['a zip bomb', () => zipOf([{ name: 'zeros', data: Buffer.alloc(90 * 1024 * 1024) }])],
    [
      'a truncated archive',
      () => zipOf([{ name: 'a.txt', data: Buffer.from(CARD.repeat(50)) }]).subarray(0, 60),
    ],
  ]
  for (const [what, bytes] of BROKEN) {
    test(what, async () => {
      const record = await refused(house, chat(bytes()))
      assert.ok(record.conditions.includes('failed'), record.conditions.join())
      assert.equal(record.level, 'restricted')
    })
  }

  test('one that takes too long', async () => {
    const record = await refused(hurried, chat(docxOf(paragraph('The tide rises twice a day.'))))
    assert.ok(record.conditions.includes('failed'))
  })

  test('and the next request is served as if nothing had been', async () => {
    const response = await house.post(
      '/v1/chat/completions',
      chat(docxOf(paragraph('The tide falls twice a day.'))),
    )
    assert.equal(response.status, 200, await response.text())
  })
})

test('a picture is unread, and the profile says what that means', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200, 7)])
  const body = {
    model: 'away',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `data:image/png;base64,${png.toString('base64')}` } },
        ],
      },
    ],
  }
  const response = await house.post('/v1/chat/completions', body)
  await response.text()
  const record = await house.record(response)
  assert.ok(record.conditions.includes('unread'))
})
