import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import type { CausewayError } from '../../src/domain/index.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { resultsFor, sendJson, startSimulatedPresidio } from '../simulated/presidio.ts'
import { chatting, type ScriptedModel, startScriptedModel } from '../simulated/scripted.ts'

/*
 * Further readers in a whole gateway: what they find counts, and one that fails restricts.
 */

const SOFT = 'The heron project is about Mirelle, as we said on the meadow.'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const model = async (): Promise<ScriptedModel> => {
  const started = await startScriptedModel()
  closers.push(() => started.close())
  return started
}

const open = async (targets: string, stages: string, more = ''): Promise<OpenHouse> => {
  const house = await openHouse({
    config: `targets:\n${targets}sensitivity: { stages: [${stages}] }\n${more}`,
  })
  closers.push(() => house.close())
  return house
}

const ask = (house: OpenHouse, content: string, to = 'away'): Promise<Response> =>
  house.post('/v1/chat/completions', { model: to, messages: [{ role: 'user', content }] })

const presidio = async (words: Record<string, string>) => {
  const analyser = await startSimulatedPresidio(words)
  closers.push(() => analyser.close())
  return analyser
}

const stage = (name: string, url: string, timeout = '2s'): string =>
  `{ type: presidio, name: ${name}, url: "${url}", timeout: ${timeout} }`

describe('an analyser as a further reader', () => {
  test('what it finds counts, and the history is not asked again', async () => {
    const away = await model()
    const analyser = await presidio({ heron: 'SECRET' })
    const house = await open(simulatedTarget('away', away.url, 'closed'), stage('neighbour', analyser.url))
    const denied = await ask(house, SOFT)
    assert.equal(denied.status, 403)
    assert.equal(denied.headers.get('x-causeway-label'), 'restricted; secret')
    assert.equal(away.seen.length, 0)
    const record = await house.record(denied)
    const found = record.findings.find(({ type }) => type === 'SECRET')
    assert.match(found?.reason ?? '', /neighbour/)
    assert.equal(found?.path, 'messages[0].content')
    assert.doesNotMatch(JSON.stringify(record), /heron/)
    const asked = analyser.seen.length
    await ask(house, SOFT)
    assert.equal(analyser.seen.length, asked)
  })

  test('where it finds nothing the request goes on', async () => {
    const away = await model()
    const analyser = await presidio({})
    const house = await open(simulatedTarget('away', away.url, 'closed'), stage('neighbour', analyser.url))
    assert.equal((await ask(house, SOFT)).status, 200)
    assert.ok(analyser.seen.some(({ text }) => text === SOFT))
  })

  test('one of two that fails restricts, and what the other found stays', async () => {
    const away = await model()
    const home = await model()
    const good = await presidio({ Mirelle: 'PERSON' })
    const bad = await presidio({})
    bad.does((_, response) => response.writeHead(503).end())
    const house = await open(
      simulatedTarget('away', away.url, 'closed') + simulatedTarget('home', home.url, 'own'),
      `${stage('good', good.url)}, ${stage('bad', bad.url)}`,
    )
    const denied = await ask(house, SOFT)
    assert.equal(denied.status, 403)
    assert.equal(denied.headers.get('x-causeway-label'), 'restricted; contact,failed')
    assert.equal(away.seen.length, 0)
    const kept = await ask(house, SOFT, 'home')
    assert.equal(kept.status, 200)
    assert.deepEqual((await house.record(kept)).conditions, ['failed'])
    bad.does((body, response) => sendJson(response, resultsFor(body.text, {})))
    assert.equal((await ask(house, SOFT)).headers.get('x-causeway-label')?.includes('failed'), false)
  })

  for (const [name, act] of [
    ['is slow', () => undefined],
    [
      'answers rubbish',
      (_: unknown, response: { end(text: string): unknown }) => void response.end('Mirelle'),
    ],
  ] as const) {
    test(`one that ${name} restricts`, async () => {
      const away = await model()
      const analyser = await presidio({})
      analyser.does(act)
      const house = await open(
        simulatedTarget('away', away.url, 'closed'),
        stage('neighbour', analyser.url, '200ms'),
      )
      const denied = await ask(house, SOFT)
      assert.equal(denied.status, 403)
      assert.match(denied.headers.get('x-causeway-label') ?? '', /^restricted; failed$/)
      assert.equal(away.seen.length, 0)
    })
  }
})

describe('a judge', () => {
  const control = (body: string): string => /control word: ([0-9a-f]{16})/.exec(body)?.[1] ?? ''
  const judging = (kinds: readonly string[], spans: readonly object[]) =>
    chatting((body) => ({
      text: JSON.stringify({ kinds, spans: [...spans, { quote: control(body), type: 'CONTROL' }] }),
    }))

  const openJudged = async () => {
    const away = await model()
    const elder = await model()
    const targets = simulatedTarget('away', away.url, 'closed') + simulatedTarget('elder', elder.url, 'own')
    const house = await open(targets, '{ type: judge, name: elder-one, target: elder, timeout: 2s }')
    return { away, elder, house }
  }

  test('what it says counts; it is asked on side own, once, and leaves no record of its own', async () => {
    const { away, elder, house } = await openJudged()
    elder.says(judging(['health'], [{ quote: 'on the meadow', type: 'MEDICAL' }]))
    const denied = await ask(house, SOFT)
    assert.equal(denied.status, 403)
    assert.equal(denied.headers.get('x-causeway-label'), 'restricted; health')
    assert.equal(away.seen.length, 0)
    assert.equal(elder.seen.length, 1)
    const records = await house.records()
    assert.equal(records.length, 1)
    assert.deepEqual(records[0]?.attempts, [])
    assert.match(records[0]?.findings[0]?.reason ?? '', /elder-one \(elder\)/)
    await ask(house, SOFT)
    assert.equal(elder.seen.length, 1)
    const sent = JSON.parse(elder.seen[0] ?? '{}') as { temperature: number; stream?: boolean; model: string }
    assert.equal(sent.temperature, 0)
    assert.equal(sent.model, 'simulated-vendor-model')
  })

  test('a kind that stands nowhere cannot be taken out, so the request does not cross under pseudonyms', async () => {
    const { away, elder, house } = await openJudged()
    elder.says(judging(['contact'], []))
    const denied = await ask(house, SOFT)
    assert.equal(denied.status, 403)
    assert.deepEqual((await house.record(denied)).crossing?.left, ['messages[0].content'])
    assert.equal(away.seen.length, 0)
  })

  test('what it calls harmless goes on', async () => {
    const { away, elder, house } = await openJudged()
    elder.says(judging([], []))
    assert.equal((await ask(house, SOFT)).status, 200)
    assert.equal(away.seen.length, 1)
  })

  for (const [name, says] of [
    ['rubbish', () => ({ text: 'The documents look fine to me.' })],
    ['an empty answer that a text talked it into', () => ({ text: '{"kinds":[],"spans":[]}' })],
    ['nothing', () => ({ text: '' })],
    ['a tool call', () => ({ tool: { kinds: [], spans: [] } })],
  ] as const) {
    test(`${name} restricts`, async () => {
      const { away, elder, house } = await openJudged()
      elder.says(chatting(says))
      const denied = await ask(house, SOFT)
      assert.equal(denied.status, 403)
      assert.equal(denied.headers.get('x-causeway-label'), 'restricted; failed')
      assert.equal(away.seen.length, 0)
    })
  }

  test('a target that is down restricts', async () => {
    const { away, elder, house } = await openJudged()
    await elder.close()
    assert.equal((await ask(house, SOFT)).headers.get('x-causeway-label'), 'restricted; failed')
    assert.equal(away.seen.length, 0)
  })

  test('a target that a floor or rule keeps from anything keeps the judge from starting', async () => {
    const elder = await model()
    const starting = openHouse({
      config: `targets:\n${simulatedTarget('elder', elder.url, 'own', 'region: us')}sensitivity: { stages: [{ type: judge, name: elder-one, target: elder }] }\nfloors: { health: { regions: [eu] } }\n`,
    })
    await assert.rejects(starting, (error: CausewayError) => {
      assert.equal(error.fault.code, 'config_invalid')
      assert.equal(error.fault.field, 'sensitivity.stages[0].target')
      assert.match(error.message, /health/)
      return true
    })
  })
})

test('a token classifier whose library is not installed keeps the gateway from starting', async () => {
  const home = await model()
  const starting = openHouse({
    config: `targets:\n${simulatedTarget('home', home.url, 'own')}sensitivity: { stages: [{ type: tokens, name: names, model: ./model }] }\n`,
  })
  await assert.rejects(starting, (error: CausewayError) => {
    assert.equal(error.fault.code, 'config_invalid')
    assert.equal(error.fault.field, 'sensitivity.stages[0].model')
    return true
  })
})
