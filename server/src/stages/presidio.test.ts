import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import net from 'node:net'
import { after, afterEach, before, describe, test } from 'node:test'
import {
  resultsFor,
  type SimulatedPresidio,
  sendJson,
  startSimulatedPresidio,
} from '../../test/simulated/presidio.ts'
import type { CausewayError, Finding } from '../domain/index.ts'
import { openStages, type Stages } from './index.ts'

const WORDS = { Mirela: 'PERSON', 'Novi Sad': 'LOCATION', '4711': 'STAFF_BADGE', '123-45-6789': 'US_SSN' }
const NEVER = new AbortController().signal

let analyser: SimulatedPresidio
const opened: Stages[] = []

before(async () => {
  analyser = await startSimulatedPresidio(WORDS)
})
after(() => analyser.close())
afterEach(async () => {
  analyser.does(null)
  for (const stages of opened.splice(0)) await stages.close()
})

const open = async (
  more: Partial<{ url: string; addresses: string[]; threshold: number; timeout: number }> = {},
) => {
  const stages = await openStages({
    rules: [
      {
        type: 'presidio',
        name: 'neighbour',
        url: analyser.url,
        addresses: [],
        language: 'en',
        threshold: 0.5,
        timeout: 5_000,
        ...more,
      },
    ],
    folder: '/nowhere',
    libraryFolders: [],
    mask: () => '••••',
    judge: () => assert.fail('no judge is configured'),
  })
  opened.push(stages)
  const stage = stages.stages[0] ?? assert.fail('there is no stage')
  return (texts: readonly string[], signal = NEVER): Promise<readonly Finding[]> =>
    stage.read(
      texts.map((text, index) => ({ path: `messages[${index}].content`, text })),
      signal,
    )
}

const refuses = async (reading: Promise<unknown>, what: RegExp): Promise<void> => {
  await assert.rejects(reading, (error: CausewayError) => {
    assert.match(error.message, what)
    assert.doesNotMatch(error.message, /Mirela|4711/)
    return true
  })
}

describe('an analyser that speaks the REST shape of Presidio', () => {
  test('its findings are ours, at UTF-16 offsets, whatever stands before them', async () => {
    const read = await open()
    const text = '😀😀 Mirela lives in Novi Sad, badge 4711, number 123-45-6789.'
    const found = await read([text])
    const said = found.map(({ kind, type, sub, start, end }) => [kind, type, sub, text.slice(start, end)])
    assert.deepEqual(said, [
      ['identity', 'STAFF_BADGE', undefined, '4711'],
      ['contact', 'PERSON', undefined, 'Mirela'],
      [null, 'LOCATION', undefined, 'Novi Sad'],
      ['identity', 'NATIONAL_ID', 'US_SSN', '123-45-6789'],
    ])
    assert.ok(found.every(({ path, masked }) => path === 'messages[0].content' && masked === '••••'))
    assert.ok(found.every(({ reason }) => reason.includes('neighbour') && !/Mirela|4711/.test(reason)))
    assert.equal(found[1]?.confidence, 0.85)
  })

  test('it is asked in its own words', async () => {
    const read = await open({ url: `${analyser.url}/behind/`, threshold: 0.4 })
    await read(['A fresh text about Mirela.'])
    assert.equal(analyser.paths.at(-1), '/behind/analyze')
    assert.deepEqual(analyser.seen.at(-1), {
      text: 'A fresh text about Mirela.',
      language: 'en',
      score_threshold: 0.4,
    })
  })

  test('history is not asked again, a failure is, and words of the protocol never', async () => {
    const read = await open()
    const before = analyser.seen.length
    analyser.does((_, response) => response.writeHead(500).end())
    await refuses(read(['Mirela, first']), /answered 500/)
    analyser.does(null)
    await read(['Mirela, first', 'user', '', '...'])
    await read(['Mirela, first', 'Mirela, second', 'Mirela, second', 'assistant'])
    const asked = analyser.seen.slice(before).map(({ text }) => text)
    assert.deepEqual(asked, ['Mirela, first', 'Mirela, first', 'Mirela, second'])
    assert.equal((await read(['Mirela, second'])).length, 1)
  })

  test('long texts are asked in pieces, a few at a time, and found across the cuts', async () => {
    const read = await open()
    const text = `${'word '.repeat(3_999)}Mirela ${'word '.repeat(60_000)}Mirela`
    const found = await read([text])
    assert.deepEqual(
      found.map(({ start, end }) => text.slice(start, end)),
      ['Mirela', 'Mirela'],
    )
    assert.equal(found[0]?.start, text.indexOf('Mirela'))
    assert.equal(found[1]?.end, text.length)
    assert.ok(analyser.seen.every((body) => body.text.length <= 20_000))
    assert.ok(analyser.most <= 4, `${analyser.most} at once`)
  })

  test('findings below the threshold are left out, also where the analyser says them', async () => {
    const read = await open({ threshold: 0.9 })
    assert.deepEqual(await read(['Mirela again']), [])
  })

  for (const [name, answer] of [
    ['no JSON', 'Mirela'],
    ['an object', '{"error":"Mirela"}'],
    ['a list of something else', '["Mirela"]'],
    ['no entity', '[{"start":0,"end":4,"score":0.9}]'],
    ['offsets as text', '[{"entity_type":"PERSON","start":"0","end":"4","score":0.9}]'],
    ['offsets outside the text', '[{"entity_type":"PERSON","start":0,"end":400,"score":0.9}]'],
    ['offsets below the text', '[{"entity_type":"PERSON","start":-1,"end":4,"score":0.9}]'],
    ['an end before its start', '[{"entity_type":"PERSON","start":4,"end":2,"score":0.9}]'],
    ['half offsets', '[{"entity_type":"PERSON","start":0.5,"end":2,"score":0.9}]'],
    ['a score beyond one', '[{"entity_type":"PERSON","start":0,"end":2,"score":7}]'],
    ['no score', '[{"entity_type":"PERSON","start":0,"end":2}]'],
    ['nothing', ''],
  ] as const) {
    test(`${name} is no answer`, async () => {
      const read = await open()
      analyser.does((_, response) => response.writeHead(200).end(answer))
      await refuses(read([`Mirela and ${name}`]), /no list of findings|do not fit/)
    })
  }

  test('an answer that does not end is cut off', async () => {
    const read = await open()
    analyser.does((_, response) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed && response.write('[{"entity_type":"PERSON"},'.repeat(4_000)));
      }
      response.on('drain', more)
      more()
    })
    await refuses(read(['Mirela, endlessly']), /more than \d+ bytes/)
  })

  test('a redirect is not followed', async () => {
    const elsewhere = await startSimulatedPresidio(WORDS)
    const read = await open()
    analyser.does((_, response) => response.writeHead(307, { location: `${elsewhere.url}/analyze` }).end())
    await refuses(read(['Mirela, elsewhere']), /answered 307/)
    assert.deepEqual(elsewhere.seen, [])
    await elsewhere.close()
  })

  test('one that is down, cuts its answer, or hangs fails, and the next text does not suffer', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const address = gone.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => gone.close(resolve))
    const down = await open({ url: `http://127.0.0.1:${port}` })
    await assert.rejects(down(['Mirela, nowhere']))

    const read = await open({ timeout: 150 })
    analyser.does((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('[')
      response.destroy()
    })
    await assert.rejects(read(['Mirela, cut']))
    analyser.does(() => undefined)
    await refuses(read(['Mirela, hanging']), /longer than 150 ms/)
    analyser.does((body, response) => sendJson(response, resultsFor(body.text, WORDS)))
    assert.equal((await read(['Mirela, hanging'])).length, 1)
  })

  test('many slow texts have one time together', async () => {
    const read = await open({ timeout: 200 })
    analyser.does((_, response) => void setTimeout(() => sendJson(response, []), 90))
    const texts = Array.from({ length: 40 }, (_, index) => `text number ${index}`)
    await refuses(read(texts), /longer than 200 ms/)
  })

  test('a client that has left ends the asking', async () => {
    const read = await open()
    analyser.does(() => undefined)
    const leaving = new AbortController()
    const reading = read(['Mirela, left'], leaving.signal)
    leaving.abort()
    await refuses(reading, /client left/)
    await refuses(read(['Mirela, left before'], AbortSignal.abort()), /client left/)
  })

  test('more text than is handed to anybody fails and is not sent', async () => {
    const read = await open()
    const before = analyser.seen.length
    await refuses(read(['word '.repeat(2_000_000)]), /not handed more than/)
    assert.equal(analyser.seen.length, before)
  })

  test('a connection that ended at a public address carries nothing, unless the rule lists it', async () => {
    // Nothing public can be connected to from a test, so the socket is made to say that it has been.
    const real: unknown = Reflect.get(net.Socket.prototype, '_getpeername')
    assert.ok(typeof real === 'function')
    Reflect.set(net.Socket.prototype, '_getpeername', () => ({ address: '9.9.9.9' }))
    try {
      const before = analyser.seen.length
      const read = await open()
      await refuses(read(['Mirela far away']), /resolved to 9\.9\.9\.9/)
      assert.equal(analyser.seen.length, before)
      const listed = await open({ addresses: ['9.9.9.0/24'] })
      assert.equal((await listed(['Mirela far away'])).length, 1)
    } finally {
      Reflect.set(net.Socket.prototype, '_getpeername', real)
    }
  })
})
