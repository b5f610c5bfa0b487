import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { judge } from '../../src/policy/index.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { chatting, repeating, type ScriptedModel, startScriptedModel } from '../simulated/scripted.ts'

/*
 * Values that may cross only under pseudonyms or masked, through the whole gateway: what leaves, what comes
 * home, and what the record says.
 */

const MAIL = 'anna.schneider@harbour-mail.net'
const TEXT = `My name is Anna Schneider, write to ${MAIL} please.`

let model: ScriptedModel
let house: OpenHouse

before(async () => {
  model = await startScriptedModel()
  model.says(repeating)
  house = await openHouse({
    config: `targets:\n${simulatedTarget('away', model.url, 'closed')}guard: { watch: all, answers: { secret: mask } }`,
  })
})

after(async () => {
  await house.close()
  await model.close()
})

const ask = (content: unknown, more: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
  house.post(
    '/v1/chat/completions',
    { model: 'away', messages: [{ role: 'user', content }], ...more },
    headers,
  )

const contentOf = (text: string): string =>
  text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: {'))
    .map((frame) => JSON.parse(frame.slice(6)).choices[0]?.delta.content ?? '')
    .join('')

describe('contact data under the balanced profile', () => {
  test('leaves under pseudonyms, and the answer comes home with the originals', async () => {
    const response = await ask(TEXT)
    assert.equal(response.status, 200, await response.clone().text())
    const sent = model.seen.at(-1) ?? ''
    assert.doesNotMatch(sent, /Anna|Schneider|harbour-mail/i)
    const { choices } = (await response.json()) as { choices: { message: { content: string } }[] }
    assert.equal(choices[0]?.message.content, TEXT)
    assert.match(response.headers.get('x-causeway-crossed') ?? '', /contact=pseudonyms/)
    assert.match(response.headers.get('x-causeway-label') ?? '', /confidential; contact/)
    const record = await house.record(response)
    assert.deepEqual(record.kinds, ['contact'])
    assert.deepEqual(record.crossing?.input.label.replaced, { contact: 'pseudonyms' })
    assert.ok((record.crossing?.values.contact ?? 0) >= 2)
    assert.ok((record.crossing?.restored ?? 0) >= 2)
    assert.doesNotMatch(JSON.stringify(record), /Schneider|harbour-mail/)
    const loaded = house.causeway
    assert.ok(loaded.gatewayUrl !== null)
  })

  test('streams home as well, in pieces of three letters', async () => {
    const response = await ask(TEXT, { stream: true })
    const text = await response.text()
    assert.equal(contentOf(text), TEXT)
    assert.equal(text.match(/data: \[DONE\]/g)?.length, 1)
    assert.doesNotMatch(model.seen.at(-1) ?? '', /Anna|Schneider|harbour-mail/i)
  })

  test('comes home in tool arguments, streaming and whole', async () => {
    for (const stream of [false, true]) {
      model.says(chatting((body) => ({ tool: { note: JSON.parse(body).messages[0].content } })))
      const response = await ask(TEXT, {
        stream,
        tools: [{ type: 'function', function: { name: 'note', parameters: { type: 'object' } } }],
      })
      const text = await response.text()
      const source = stream
        ? text
            .split('\n\n')
            .filter((frame) => frame.startsWith('data: {'))
            .map(
              (frame) =>
                JSON.parse(frame.slice(6)).choices[0]?.delta.tool_calls?.[0]?.function.arguments ?? '',
            )
            .join('')
        : JSON.parse(text).choices[0].message.tool_calls[0].function.arguments
      assert.deepEqual(JSON.parse(source), { note: TEXT })
    }
    model.says(repeating)
  })

  test('stays the same person through the conversation, and in the other dialect', async () => {
    const messages = [
      { role: 'user', content: TEXT },
      { role: 'assistant', content: 'Gladly, Ms. Schneider.' },
      { role: 'user', content: 'What was my name again? Anna something?' },
    ]
    const first = await house.post('/v1/chat/completions', { model: 'away', messages: messages.slice(0, 1) })
    await first.text()
    const before = JSON.parse(model.seen.at(-1) ?? '{}').messages[0].content
    const second = await house.post('/v1/chat/completions', { model: 'away', messages })
    assert.match(await second.text(), /Anna something/)
    const sent = JSON.parse(model.seen.at(-1) ?? '{}').messages
    assert.equal(sent[0].content, before)
    assert.doesNotMatch(JSON.stringify(sent), /Anna|Schneider/)
    const third = await house.post('/v1/messages', { model: 'away', max_tokens: 50, messages })
    const { content } = (await third.json()) as { content: { text: string }[] }
    assert.equal(content[0]?.text, 'What was my name again? Anna something?')
    assert.doesNotMatch(model.seen.at(-1) ?? '', /Anna|Schneider/)
  })

  test('does not leave where a part of it cannot be changed', async () => {
    const count = model.seen.length
    const response = await ask('hello', { metadata: { [`mail of ${MAIL}`]: 'x' } })
    assert.equal(response.status, 403)
    assert.match(await response.text(), /Taking values out was tried and could not reach/)
    assert.equal(model.seen.length, count)
    const record = await house.record(response)
    assert.ok((record.crossing?.left.length ?? 0) > 0)
    assert.doesNotMatch(JSON.stringify(record), /harbour-mail/)
  })

  test('does not leave beside what may not cross at all, nor against the client’s own word', async () => {
    const count = model.seen.length
    assert.equal((await ask(`${TEXT} The card is 4111 1111 1111 1111.`)).status, 403)
    assert.equal((await ask(TEXT, {}, { 'x-causeway-label': 'confidential' })).status, 403)
    assert.equal((await ask(TEXT, {}, { 'x-causeway-side': 'own' })).status, 403)
    assert.equal(model.seen.length, count)
  })
})

test('the second decision can be made again from the record', async () => {
  const response = await ask(TEXT)
  await response.text()
  const record = await house.record(response)
  const { crossing } = record
  assert.ok(crossing != null)
  const { lookupPrice } = await import('../../src/accounts/index.ts')
  const { loadConfig } = await import('../../src/config/index.ts')
  const { snapshot } = loadConfig(`${house.folder}/causeway.yaml`, { home: house.folder, lookupPrice })
  assert.equal(snapshot.hash, record.snapshot)
  assert.deepEqual(judge(crossing.input, snapshot), crossing.verdict)
})

describe('secrets under the relaxed profile', () => {
  let relaxed: OpenHouse
  before(async () => {
    relaxed = await openHouse({
      config: `profile: relaxed\ntargets:\n${simulatedTarget('away', model.url, 'closed')}`,
    })
  })
  after(() => relaxed.close())

  test('leave masked, and no original comes back', async () => {
    const secret = 'hunter2-Xk93!mZq'
    const response = await relaxed.post('/v1/chat/completions', {
      model: 'away',
      messages: [{ role: 'user', content: `The password is ${secret} so log in.` }],
    })
    assert.equal(response.status, 200, await response.clone().text())
    assert.ok(!(model.seen.at(-1) ?? '').includes(secret))
    assert.ok(!(await response.text()).includes(secret))
    assert.match(response.headers.get('x-causeway-crossed') ?? '', /secret=masked/)
  })
})

describe('a mask', () => {
  const TOKEN = `ghp_${'a8Kq2LmZ9xWvB4nTcR7yU1oPd6EfGhJs35iX'}`
  let relaxed: OpenHouse
  let masking: OpenHouse
  before(async () => {
    const targets = `targets:\n${simulatedTarget('away', model.url, 'closed')}`
    relaxed = await openHouse({ config: `profile: relaxed\n${targets}` })
    masking = await openHouse({ config: `${targets}guard: { watch: all, answers: { secret: mask } }` })
  })
  after(async () => {
    await relaxed.close()
    await masking.close()
  })

  test('of a token is no handling mark: the request crosses', async () => {
    const response = await relaxed.post('/v1/chat/completions', {
      model: 'away',
      messages: [{ role: 'user', content: `The key is ${TOKEN}` }],
    })
    assert.equal(response.status, 200, await response.clone().text())
    await response.text()
    assert.match(model.seen.at(-1) ?? '', /The key is \[CREDENTIAL\]/)
  })

  test('that the guard put into an answer does not keep the conversation at home', async () => {
    model.says(chatting(() => ({ text: `It is ${TOKEN}, as you see.` })))
    const messages = [{ role: 'user', content: 'Why do tides rise twice a day?' }]
    const first = await masking.post('/v1/chat/completions', { model: 'away', messages })
    const { choices } = (await first.json()) as { choices: { message: { content: string } }[] }
    model.says(repeating)
    const said = choices[0]?.message.content ?? ''
    assert.match(said, /\[CREDENTIAL\]/)
    const grown = [...messages, { role: 'assistant', content: said }, { role: 'user', content: 'Go on.' }]
    const later = await masking.post('/v1/chat/completions', { model: 'away', messages: grown })
    assert.equal(later.status, 200, await later.text())
  })
})

describe('a conversation', () => {
  test('that carried something stays so by its session, also when the client sends its last turn only', async () => {
    const session = { 'x-causeway-session': 'stay' }
    const card = await ask('The card is 4111 1111 1111 1111.', {}, session)
    assert.equal(card.status, 403)
    const later = await ask('And what is the weather like?', {}, session)
    assert.equal(later.status, 403)
    assert.match(later.headers.get('x-causeway-label') ?? '', /restricted; payment/)
    const other = await ask('And what is the weather like?', {}, { 'x-causeway-session': 'another' })
    assert.equal(other.status, 200)
    await other.text()
  })

  test('of an agent is known by the session that it names itself; what cannot be one is passed over', async () => {
    for (const name of ['x-claude-code-session-id', 'session-id', 'x-session-id']) {
      const session = { [name]: `of-${name}` }
      const card = await ask('The card is 4111 1111 1111 1111.', {}, session)
      assert.equal(card.status, 403)
      const later = await ask(`And what is the weather like, ${name}?`, {}, session)
      assert.equal(later.status, 403, name)
      const record = await house.record(later)
      assert.equal(record.session, `of-${name}`)
      const ours = await ask('And what is the weather like?', {}, { ...session, 'x-causeway-session': name })
      assert.equal(ours.status, 200)
      await ours.text()
    }
    const long = await ask('And what is the weather like?', {}, { 'session-id': 'x'.repeat(201) })
    assert.equal(long.status, 200)
    assert.equal((await house.record(long)).session, null)
  })

  test('that a client raised stays raised by its history alone', async () => {
    const messages = [{ role: 'user', content: 'Quarterly plans, please keep to yourself.' }]
    const raised = await house.post(
      '/v1/chat/completions',
      { model: 'away', messages },
      { 'x-causeway-label': 'restricted' },
    )
    assert.equal(raised.status, 403)
    const grown = [...messages, { role: 'assistant', content: 'Sure.' }, { role: 'user', content: 'Go on.' }]
    const later = await house.post('/v1/chat/completions', { model: 'away', messages: grown })
    assert.equal(later.status, 403)
    assert.match(later.headers.get('x-causeway-label') ?? '', /^restricted/)
  })
})

describe('what a model says', () => {
  test('is masked on its way home where it holds a secret, streaming and whole', async () => {
    const secret = `ghp_${'a8Kq2LmZ9xWvB4nTcR7yU1oPd6EfGhJs35iX'}`
    const text = `It is in the file: ${secret}, as you see. ${'More words follow. '.repeat(20)}`
    model.says(chatting(() => ({ text })))
    for (const stream of [false, true]) {
      const response = await ask('Why do tides rise twice a day?', { stream })
      const text = await response.text()
      assert.ok(!text.includes(secret))
      assert.ok((stream ? contentOf(text) : text).includes('[CREDENTIAL]'))
      const record = await house.record(response)
      assert.equal(record.guarded?.action, 'masked')
      assert.ok(!JSON.stringify(record).includes(secret))
    }
  })
})

describe('where values may hide', () => {
  const HIDING: readonly (readonly [string, object])[] = [
    ['a key', { metadata: { anna_schneider: 'x' } }],
    ['a key inside JSON inside a string', { metadata: { inner: '{"AnnaSchneider":1}' } }],
    ['the name of a tool', { tools: [{ type: 'function', function: { name: 'ask_anna_schneider' } }] }],
    ['a cache key', { prompt_cache_key: MAIL }],
  ]
  for (const [what, more] of HIDING) {
    test(`${what} keeps the request at home`, async () => {
      const count = model.seen.length
      const response = await ask(TEXT, more)
      assert.equal(response.status, 403, await response.text())
      assert.equal(model.seen.length, count)
    })
  }

  const ELSEWHERE: readonly (readonly [string, object])[] = [
    ['user and metadata', { user: MAIL, metadata: { user_id: 'Anna Schneider' } }],
    ['stop and prediction', { stop: ['Anna Schneider'], prediction: { type: 'content', content: TEXT } }],
    [
      'values in a schema',
      {
        tools: [
          {
            type: 'function',
            function: {
              name: 'f',
              parameters: { type: 'object', properties: { a: { enum: [MAIL], default: 'Anna Schneider' } } },
            },
          },
        ],
      },
    ],
    ['members nobody knows', { novel: { deep: [{ text: `${TEXT}` }] } }],
    [
      'JSON with odd escapes',
      { metadata: { j: '{"n":"\\u0041nna Schn\\u0065ider","m":"anna.schneider\\u0040harbour-mail.net"}' } },
    ],
  ]
  for (const [what, more] of ELSEWHERE) {
    test(`${what} are replaced like the text`, async () => {
      const response = await ask(TEXT, more)
      assert.equal(response.status, 200, await response.text())
      const sent = JSON.stringify(JSON.parse(model.seen.at(-1) ?? ''))
      assert.doesNotMatch(sent, /Anna|Schneider|harbour-mail|u0041nna/i)
    })
  }

  test('more values than can be replaced in time stay home at once', async () => {
    const count = model.seen.length
    const letters = (n: number): string =>
      [...n.toString(9)].map((digit) => 'qwxyzkvjb'[Number(digit)]).join('')
    const many = Array.from({ length: 2_100 }, (_, index) => `u${letters(index)}@harbour-mail.net`).join(' ')
    const response = await ask(many)
    assert.equal(response.status, 403, await response.clone().text())
    assert.match(await response.text(), /more than 2000 values/)
    assert.equal(model.seen.length, count)
  })
})

test('what was declared or raised in a session is not answered for by values that can be taken out', async (t) => {
  const uses = 'uses:\n  - { name: staff, owner: test, carries: [contact] }\n'
  const own = await openHouse({
    config: `targets:\n${simulatedTarget('home', model.url, 'own')}${simulatedTarget('away', model.url, 'closed')}${uses}`,
    key: 'uses: [general, staff]',
  })
  t.after(() => own.close())
  model.says(repeating)
  const said = async (to: string, headers: Record<string, string>): Promise<number> => {
    const body = { model: to, messages: [{ role: 'user', content: TEXT }] }
    const response = await own.post('/v1/chat/completions', body, headers)
    await response.text()
    return response.status
  }
  for (const [session, first] of [
    ['declared', { 'x-causeway-use': 'staff' }],
    ['raised', { 'x-causeway-label': 'confidential' }],
    ['seen', {}],
  ] as const) {
    const named = { 'x-claude-code-session-id': session }
    assert.equal(await said('home', { ...first, ...named }), 200)
    assert.equal(await said('away', named), session === 'seen' ? 200 : 403, session)
  }
})
