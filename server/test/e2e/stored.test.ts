import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import {
  chatStream,
  chatWhole,
  messageWhole,
  type Scripted,
  type ScriptedModel,
  startScriptedModel,
  whole,
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

  test('an answer that was gone on from can be deleted; what later ones consist of stays with them', async () => {
    const ids: string[] = []
    for (const word of ['one', 'two', 'three']) {
      model.says(() => chatWhole({ content: `answer ${word}` }))
      const previous = ids.at(-1)
      const answer = await house.post('/v1/responses', {
        model: 'chat',
        input: `question ${word}`,
        ...(previous === undefined ? {} : { previous_response_id: previous }),
      })
      ids.push(String((await json(answer))['id']))
    }
    const [, second, third] = ids
    assert.equal((await reach(`/v1/responses/${second}`, 'DELETE')).status, 200)
    assert.equal((await reach(`/v1/responses/${second}`)).status, 404)
    assert.equal((await reach(`/v1/responses/${second}/input_items`)).status, 404)
    const lost = await house.post('/v1/responses', {
      model: 'chat',
      input: 'x',
      previous_response_id: second,
    })
    assert.equal(lost.status, 404)
    const items = await json(await reach(`/v1/responses/${third}/input_items?order=asc`))
    const words = JSON.stringify(items['data']).match(/(?:question|answer) \w+/g)
    assert.deepEqual(words, ['question one', 'answer one', 'question two', 'answer two', 'question three'])
    const on = await house.post('/v1/responses', {
      model: 'chat',
      input: 'question four',
      previous_response_id: third,
    })
    assert.equal(on.status, 200)
    assert.match(model.seen.at(-1) ?? '', /question two.*answer two.*question three.*answer three.*four/)
  })

  test('a chain that has grown beyond what a request may hold is refused by its length', async (t) => {
    const short = await openHouse({
      config: `targets:\n${simulatedTarget('chat', model.url, 'closed')}limits: { messages: 4 }\n`,
    })
    t.after(() => short.close())
    model.says(() => chatWhole({ content: 'Yes.' }))
    let previous: unknown
    const statuses: number[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      const answer = await short.post('/v1/responses', {
        model: 'chat',
        input: 'And?',
        ...(previous === undefined ? {} : { previous_response_id: previous }),
      })
      statuses.push(answer.status)
      if (turn === 2) assert.equal(answer.headers.get('x-causeway-code'), 'too_many_messages')
      else previous = (await json(answer))['id']
    }
    assert.deepEqual(statuses, [200, 200, 400])
  })

  test('tokens are counted with what came before', async () => {
    const text = 'A text of some length, which a count of tokens is told from nothing by. '.repeat(20)
    const count = async (body: object): Promise<number> => {
      const response = await house.post('/v1/responses/input_tokens', { model: 'chat', ...body })
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('x-causeway-estimated'), 'input_tokens')
      const { object, input_tokens, ...more } = await json(response)
      assert.equal(object, 'response.input_tokens')
      assert.deepEqual(more, {})
      return Number(input_tokens)
    }
    const short = await count({ input: 'Hi' })
    const long = await count({ input: text })
    assert.ok(short > 0 && long - short > text.length / 6, `${short}, ${long}`)
    model.says(() => chatWhole({ content: 'Noted.' }))
    const first = await json(await house.post('/v1/responses', { model: 'chat', input: text }))
    const before = model.seen.length
    const on = await count({ input: 'Hi', previous_response_id: first['id'] })
    assert.ok(on > long, `${on}, ${long}`)
    assert.equal(model.seen.length, before, 'nothing was sent')
    const lost = await house.post('/v1/responses/input_tokens', {
      model: 'chat',
      input: 'x',
      previous_response_id: 'resp_made_up',
    })
    assert.equal(lost.status, 404)
    assert.equal((await house.post('/v1/responses/input_tokens', { input: 'x' })).status, 400)
    assert.equal((await reach('/v1/responses/input_tokens')).status, 405)
  })

  test('reading back counts against the key’s rate', async (t) => {
    const few = await openHouse({
      config: `targets:\n${simulatedTarget('chat', model.url, 'closed')}`,
      key: 'uses: [general], rates: [{ requests: 5, per: hour }]',
    })
    t.after(() => few.close())
    const ask = (method: string, path: string): Promise<Response> =>
      fetch(`${few.url}/v1/responses/${path}`, {
        method,
        headers: { authorization: `Bearer ${few.key}` },
      })
    model.says(() => chatWhole({ content: 'Yes.' }))
    const { id } = await json(await few.post('/v1/responses', { model: 'chat', input: 'Here?' }))
    const statuses: number[] = []
    for (const [method, path] of [
      ['GET', `${id}`],
      ['GET', `${id}/input_items`],
      ['GET', 'resp_made_up'],
      ['POST', `${id}/cancel`],
    ] as const) {
      statuses.push((await ask(method, path)).status)
    }
    assert.deepEqual(statuses, [200, 200, 404, 400])
    const call = await few.post('/v1/responses', { model: 'chat', input: 'Here?' })
    const said = await json(call)
    assert.equal(call.status, 429)
    for (const [method, path] of [
      ['GET', `${id}`],
      ['GET', `${id}/input_items`],
      ['DELETE', `${id}`],
    ] as const) {
      const refused = await ask(method, path)
      assert.equal(refused.status, 429)
      assert.deepEqual(await json(refused), said)
      assert.ok(Number(refused.headers.get('retry-after')) > 0)
      for (const name of ['x-causeway-code', 'x-causeway-rule', 'x-should-retry', 'content-type'])
        assert.equal(refused.headers.get(name), call.headers.get(name), name)
    }
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

describe('an upstream of the same dialect', () => {
  let model: ScriptedModel
  let house: OpenHouse
  const reach = (path: string): Promise<Response> =>
    fetch(`${house.url}${path}`, { headers: { authorization: `Bearer ${house.key}` } })

  before(async () => {
    model = await startScriptedModel()
    house = await openHouse({
      config: `targets:\n  - { name: vendor, provider: openai, url: "${model.url}", model: simulated, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY }\n`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
  })
  after(async () => {
    await house.close()
    await model.close()
  })

  /** What a vendor says that was asked to keep nothing, and was sent a history instead of an id. */
  const response = (id: string, status = 'completed'): object => ({
    id,
    object: 'response',
    created_at: 1,
    status,
    model: 'simulated',
    output:
      status === 'completed'
        ? [
            {
              type: 'message',
              id: `msg_${id}`,
              role: 'assistant',
              status: 'completed',
              content: [{ type: 'output_text', text: `said by ${id}`, annotations: [] }],
            },
          ]
        : [],
    previous_response_id: null,
    store: false,
    usage: null,
  })
  const streamed = (id: string): Scripted => ({
    type: 'text/event-stream',
    pieces: ['created', 'in_progress', 'completed'].map(
      (type, sequence_number) =>
        `event: response.${type}\ndata: ${JSON.stringify({ type: `response.${type}`, sequence_number, response: response(id, type === 'completed' ? type : 'in_progress') })}\n\n`,
    ),
  })

  test('is told to keep nothing, and the client what is true for it', async () => {
    model.says(() => whole(response('resp_first')))
    const first = await json(await house.post('/v1/responses', { model: 'vendor', input: 'one' }))
    assert.deepEqual(first, { ...response('resp_first'), store: true })
    assert.deepEqual(await json(await reach('/v1/responses/resp_first')), first)
    model.says(() => streamed('resp_second'))
    const answer = await house.post('/v1/responses', {
      model: 'vendor',
      input: 'two',
      previous_response_id: 'resp_first',
      stream: true,
    })
    const text = await answer.text()
    assert.equal(text.match(/"store":true/g)?.length, 3)
    assert.equal(text.match(/"previous_response_id":"resp_first"/g)?.length, 3)
    assert.doesNotMatch(text, /"store":false|"previous_response_id":null/)
    const sent: unknown = JSON.parse(model.seen.at(-1) ?? '')
    assert.ok(isObject(sent))
    assert.equal(sent['store'], false)
    assert.equal(sent['previous_response_id'], undefined)
    assert.match(JSON.stringify(sent['input']), /one.*said by resp_first.*two/)
    const kept = await json(await reach('/v1/responses/resp_second'))
    assert.deepEqual(kept, {
      ...response('resp_second'),
      store: true,
      previous_response_id: 'resp_first',
    })
  })

  test('answers what is not to be kept as it came', async () => {
    model.says(() => whole(response('resp_third')))
    const asked = await house.post('/v1/responses', { model: 'vendor', input: 'one', store: false })
    assert.equal(await asked.text(), JSON.stringify(response('resp_third')))
    assert.equal((await reach('/v1/responses/resp_third')).status, 404)
  })
})

for (const sticky of [true, false]) {
  describe(`what was declared for an answer holds for what goes on from it, sticky ${sticky}`, () => {
    let model: ScriptedModel
    let house: OpenHouse

    before(async () => {
      model = await startScriptedModel()
      house = await openHouse({
        config: `targets:\n${simulatedTarget('home', model.url, 'own')}${simulatedTarget('away', model.url, 'closed')}uses:\n  - { name: notes, owner: test, carries: [health] }\n  - { name: staff, owner: test, carries: [contact] }\nconversations: { sticky: ${sticky} }\n`,
        key: 'uses: [general, notes, staff]',
      })
    })
    after(async () => {
      await house.close()
      await model.close()
    })

    const ask = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
      house.post('/v1/responses', { input: 'And the other one?', ...body }, headers)

    test('in another use and another session it stays home, however far it goes', async () => {
      model.says(() => chatWhole({ content: 'The first is larger.' }))
      const headers = { 'x-causeway-use': 'notes', 'x-causeway-session': 'one' }
      let { id } = await json(await ask({ model: 'home' }, headers))
      for (let turn = 0; turn < 3; turn += 1) {
        const before = model.seen.length
        const session = { 'x-causeway-session': `other-${turn}` }
        const away = await ask({ model: 'away', previous_response_id: id }, session)
        assert.equal(away.status, 403, `turn ${turn}`)
        assert.equal(away.headers.get('x-causeway-code'), 'policy_denied')
        assert.match(away.headers.get('x-causeway-label') ?? '', /restricted; health/)
        assert.equal(model.seen.length, before, 'nothing was sent')
        const home = await ask({ model: 'home', previous_response_id: id }, session)
        assert.equal(home.status, 200)
        id = (await json(home))['id']
      }
      assert.equal((await ask({ model: 'away' })).status, 200, 'the words alone may go')
    })

    test('a level that was raised stays raised', async () => {
      const raised = { 'x-causeway-label': 'restricted' }
      const { id } = await json(await ask({ model: 'home', input: 'Raised.' }, raised))
      const away = await ask({ model: 'away', previous_response_id: id })
      assert.equal(away.status, 403)
      assert.equal(away.headers.get('x-causeway-label'), 'restricted')
    })

    for (const [word, headers] of [
      ['a kind that was declared', { 'x-causeway-use': 'staff' }],
      ['a level that was raised', { 'x-causeway-label': 'confidential' }],
    ] as const) {
      test(`${word} is not answered for by values that can be taken out`, async () => {
        const one = 'The tall one limps. Ask anna.schneider@harbour-mail.net.'
        const { id } = await json(await ask({ model: 'home', input: one }, headers))
        const more = { previous_response_id: id, input: 'And bo.quill@harbour-mail.net?' }
        const before = model.seen.length
        const away = await ask({ model: 'away', ...more })
        assert.equal(away.status, 403)
        assert.equal(model.seen.length, before, 'nothing was sent')
        const home = await json(await ask({ model: 'home', ...more }))
        const later = await ask({ model: 'away', previous_response_id: home['id'] })
        assert.equal(later.status, 403, 'nor later')
        const words = await json(await ask({ model: 'away', input: one }))
        const on = await ask({ model: 'away', ...more, previous_response_id: words['id'] })
        assert.equal(on.status, 200, 'what was only seen may go without its values')
        assert.doesNotMatch(model.seen.at(-1) ?? '', /harbour-mail/)
      })
    }

    test('nothing is added where nothing was carried', async () => {
      const { id } = await json(await ask({ model: 'away', input: 'Plain.' }))
      const away = await ask({ model: 'away', previous_response_id: id })
      assert.equal(away.status, 200)
      assert.equal(away.headers.get('x-causeway-label'), 'public')
    })
  })
}
