import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse } from '../open-house.ts'
import {
  chatStream,
  chatWhole,
  messageWhole,
  type ScriptedModel,
  startScriptedModel,
} from '../simulated/scripted.ts'

const CARD = '4111 1111 1111 1111'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const json = async (response: Response): Promise<Record<string, unknown>> => {
  const body: unknown = await response.json()
  assert.ok(isObject(body))
  return body
}

describe('answers of Responses are kept here', () => {
  let model: ScriptedModel
  let house: OpenHouse
  const reach = (path: string, method = 'GET'): Promise<Response> =>
    fetch(`${house.url}${path}`, { method, headers: { authorization: `Bearer ${house.key}` } })

  before(async () => {
    model = await startScriptedModel()
    const target = (name: string, provider: string, more = ''): string =>
      `  - { name: ${name}, provider: ${provider}, url: "${model.url}", model: simulated, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY${more} }\n`
    house = await openHouse({
      config: `targets:\n${target('chat', 'openai-compatible', ', side: closed')}${target('claude', 'anthropic')}`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
  })
  after(async () => {
    await house.close()
    await model.close()
  })

  test('a conversation goes on by id, over a target that keeps nothing, and may change the target', async () => {
    model.says(() => chatWhole({ content: 'Paris.' }))
    const first = await json(
      await house.post('/v1/responses', {
        model: 'chat',
        instructions: 'Be short.',
        input: 'Capital of France?',
      }),
    )
    model.says(() => messageWhole([{ type: 'text', text: 'About two million.' }]))
    const second = await json(
      await house.post('/v1/responses', {
        model: 'claude',
        previous_response_id: first['id'],
        input: 'How many live there?',
      }),
    )
    const sent: unknown = JSON.parse(model.seen.at(-1) ?? '')
    assert.ok(isObject(sent))
    assert.deepEqual(
      sent['messages'],
      [
        { role: 'user', content: [{ type: 'text', text: 'Capital of France?' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Paris.' }] },
        { role: 'user', content: [{ type: 'text', text: 'How many live there?' }] },
      ],
      'instructions are not carried over by id, the rest is',
    )
    assert.equal(sent['system'], undefined)
    assert.equal(second['previous_response_id'], first['id'])
    const again = await json(await reach(`/v1/responses/${String(second['id'])}`))
    assert.deepEqual(again, second)
    const items = await json(await reach(`/v1/responses/${String(second['id'])}/input_items`))
    assert.ok(Array.isArray(items['data']) && items['data'].length === 3)
  })

  test('a streamed answer is kept too', async () => {
    model.says(() => chatStream([{ role: 'assistant', content: 'Ro' }, { content: 'me.' }]))
    const response = await house.post('/v1/responses', {
      model: 'chat',
      stream: true,
      input: 'Capital of Italy?',
    })
    const text = await response.text()
    const id = /"id":"(resp_[^"]+)"/.exec(text)?.[1] ?? ''
    const stored = await json(await reach(`/v1/responses/${id}`))
    assert.match(JSON.stringify(stored['output']), /Rome\./)
    assert.equal(stored['status'], 'completed')
  })

  test('what came before is read with what comes: it may not leave by id either', async () => {
    const own = await openHouse({
      config: `targets:\n  - { name: home, provider: openai-compatible, url: "${model.url}", model: simulated, side: own }\n  - { name: away, provider: openai-compatible, url: "${model.url}", model: simulated, side: closed, simulated: true, addresses: [127.0.0.0/8] }\nconversations: { sticky: false }\n`,
    })
    model.says(() => chatWhole({ content: 'Noted.' }))
    const first = await json(await own.post('/v1/responses', { model: 'home', input: `My card is ${CARD}.` }))
    const before = model.seen.length
    const second = await own.post('/v1/responses', {
      model: 'away',
      previous_response_id: first['id'],
      input: 'Thanks!',
    })
    assert.equal(second.status, 403)
    assert.equal(model.seen.length, before)
    await own.close()
  })

  test('deleted, not kept, another key’s, unknown: none is there', async () => {
    model.says(() => chatWhole({ content: 'Yes.' }))
    const kept = await json(await house.post('/v1/responses', { model: 'chat', input: 'Here?' }))
    const id = String(kept['id'])
    assert.deepEqual(await json(await reach(`/v1/responses/${id}`, 'DELETE')), {
      id,
      object: 'response',
      deleted: true,
    })
    assert.equal((await reach(`/v1/responses/${id}`)).status, 404)
    const unkept = await json(
      await house.post('/v1/responses', { model: 'chat', input: 'Here?', store: false }),
    )
    assert.equal((await reach(`/v1/responses/${String(unkept['id'])}`)).status, 404)
    const lost = await house.post('/v1/responses', {
      model: 'chat',
      previous_response_id: 'resp_made_up',
      input: 'Go on.',
    })
    assert.equal(lost.status, 404)
    assert.equal(lost.headers.get('x-causeway-code'), 'unknown_response')
    assert.equal((await fetch(`${house.url}/v1/responses/${id}`)).status, 401)
    assert.equal((await reach(`/v1/responses/${id}`, 'PUT')).status, 405)
    assert.equal((await reach(`/v1/responses/${id}/cancel`, 'POST')).status, 404)
  })

  test('a broken answer is not kept', async () => {
    model.says(() => ({
      type: 'text/event-stream',
      pieces: ['data: {"id":"x","choices":[{"index":0,"delta":{"content":"Hal"}}]}\n\n'],
    }))
    const response = await house.post('/v1/responses', { model: 'chat', stream: true, input: 'Say half.' })
    const text = await response.text()
    assert.match(text, /response\.failed/)
    const id = /"id":"(resp_[^"]+)"/.exec(text)?.[1] ?? ''
    assert.equal((await reach(`/v1/responses/${id}`)).status, 404)
  })
})
