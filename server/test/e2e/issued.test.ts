import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse } from '../open-house.ts'
import {
  chatWhole,
  messageStream,
  messageWhole,
  type ScriptedModel,
  startScriptedModel,
} from '../simulated/scripted.ts'

const TOOL = {
  type: 'function',
  function: { name: 'look', parameters: { type: 'object', properties: {} } },
}
const THOUGHT = { type: 'thinking', thinking: 'I must look.', signature: 'c2lnbmVkLWJ5LXRoZS1pc3N1ZXI=' }
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const messagesIn = (body: string | undefined): readonly Record<string, unknown>[] => {
  const json: unknown = JSON.parse(body ?? '')
  assert.ok(isObject(json) && Array.isArray(json['messages']))
  return json['messages'].filter(isObject)
}

/*
 * What only its issuer can read, between an issuer (Messages), another account of the same dialect, and clients of
 * two dialects.
 */
describe('state goes home only', () => {
  let issuer: ScriptedModel
  let other: ScriptedModel
  let house: OpenHouse
  before(async () => {
    issuer = await startScriptedModel()
    other = await startScriptedModel()
    const target = (name: string, url: string): string =>
      `  - { name: ${name}, provider: anthropic, url: "${url}", model: simulated, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY }\n`
    house = await openHouse({
      config: `targets:\n${target('issuer', issuer.url)}${target('other', other.url)}routes:\n  - { name: both, targets: [other, issuer] }\n`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
    issuer.says(() => messageWhole([THOUGHT, CALL], { stop_reason: 'tool_use' }))
    other.says(() => messageWhole([{ type: 'text', text: 'Elsewhere.' }]))
  })
  after(async () => {
    await house.close()
    await issuer.close()
    await other.close()
  })

  test('T06 T12 a thought is put back before its call for a client that has no place for it', async () => {
    const first = await house.post('/v1/chat/completions', {
      model: 'issuer',
      messages: [{ role: 'user', content: 'Look.' }],
      tools: [TOOL],
    })
    assert.equal(first.status, 200, await first.clone().text())
    issuer.says(() => messageWhole([{ type: 'text', text: 'Seen.' }]))
    const call = { id: 'toolu_1', type: 'function', function: { name: 'look', arguments: '{}' } }
    const history = [
      { role: 'user', content: 'Look.' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'toolu_1', content: 'a cat' },
    ]
    const second = await house.post('/v1/chat/completions', {
      model: 'issuer',
      messages: history,
      tools: [TOOL],
    })
    assert.equal(second.status, 200, await second.clone().text())
    assert.deepEqual(messagesIn(issuer.seen.at(-1))[1]?.['content'], [THOUGHT, CALL])
    const elsewhere = await house.post('/v1/chat/completions', {
      model: 'other',
      messages: history,
      tools: [TOOL],
    })
    assert.equal(elsewhere.status, 200)
    assert.ok(!(other.seen.at(-1) ?? '').includes(THOUGHT.signature), 'another account gets none of it')
  })

  test('T13 T14 a signature that this gateway saw issued goes to its issuer first, and to nobody else', async () => {
    issuer.says(() =>
      messageStream([
        [
          'content_block_start',
          { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
        ],
        ['content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } }],
        [
          'content_block_delta',
          { index: 0, delta: { type: 'signature_delta', signature: 'c3RyZWFtZWQtc2lnbmF0dXJl' } },
        ],
        ['content_block_stop', { index: 0 }],
      ]),
    )
    const ask = (model: string, content: unknown) =>
      house.post('/v1/messages', {
        model,
        max_tokens: 100,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        messages: [
          { role: 'user', content: 'Think.' },
          ...(content === null
            ? []
            : [
                { role: 'assistant', content },
                { role: 'user', content: 'Go on.' },
              ]),
        ],
      })
    const streamed = await house.post('/v1/messages', {
      model: 'issuer',
      max_tokens: 100,
      stream: true,
      messages: [{ role: 'user', content: 'Think.' }],
    })
    await streamed.text()
    issuer.says(() => messageWhole([{ type: 'text', text: 'At home.' }]))
    const thought = { type: 'thinking', thinking: 'Hm.', signature: 'c3RyZWFtZWQtc2lnbmF0dXJl' }
    const said = [thought, { type: 'text', text: 'So.' }]
    const routed = await ask('both', said)
    assert.equal(
      routed.headers.get('x-causeway-target'),
      'issuer',
      'its issuer first, although second in the route',
    )
    assert.deepEqual(messagesIn(issuer.seen.at(-1))[1]?.['content'], said)
    const record = await house.record(routed)
    assert.deepEqual(record.ranking?.input.prefer, ['issuer'])
    const elsewhere = await ask('other', said)
    assert.equal(elsewhere.status, 200)
    assert.deepEqual(messagesIn(other.seen.at(-1))[1]?.['content'], [{ type: 'text', text: 'So.' }])
    assert.match(elsewhere.headers.get('x-causeway-dropped') ?? '', /messages\[1\]/)
    const unknown = { ...thought, signature: 'aXNzdWVkLWVsc2V3aGVyZQ==' }
    const foreign = await ask('other', [unknown, { type: 'text', text: 'So.' }])
    assert.equal(foreign.status, 200)
    assert.ok(
      (other.seen.at(-1) ?? '').includes(unknown.signature),
      'what nobody here issued is the client’s affair',
    )
  })

  test('a short signature that looks like a secret is none, where an upstream issued it and it stands in its place alone', async () => {
    const signature = 'q7Zt1mX9rL4vB8nK2pW6sD3hG5jF0aYcEuIoTxRzVbM='
    const words = 'The api key is'
    issuer.says(() =>
      messageWhole([
        { ...THOUGHT, signature },
        { type: 'text', text: 'So.' },
      ]),
    )
    const first = await house.post('/v1/messages', {
      model: 'issuer',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Think.' }],
    })
    assert.equal(first.status, 200)
    issuer.says(() => messageWhole([{ type: 'text', text: 'Yes.' }]))
    const go = (more: string) =>
      house.post('/v1/messages', {
        model: 'issuer',
        max_tokens: 100,
        messages: [
          { role: 'user', content: 'Think.' },
          {
            role: 'assistant',
            content: [
              { ...THOUGHT, signature },
              { type: 'text', text: 'So.' },
            ],
          },
          { role: 'user', content: `Go on.${more}` },
        ],
      })
    const second = await go('')
    assert.equal(second.status, 200, await second.clone().text())
    const told = await go(` ${words} ${signature}`)
    assert.equal(told.status, 403, 'the same words elsewhere are what they seem')
    const alone = await house.post('/v1/messages', {
      model: 'issuer',
      max_tokens: 100,
      messages: [{ role: 'user', content: signature }],
    })
    assert.equal(alone.status, 403, 'and so they are where they stand alone')
    const card = 'My card is 4111 1111 1111 1111'
    issuer.says(() => messageWhole([{ ...CALL, input: { signature: card } }], { stop_reason: 'tool_use' }))
    await house.post('/v1/messages', {
      model: 'issuer',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Call it.' }],
    })
    const smuggled = await house.post('/v1/messages', {
      model: 'other',
      max_tokens: 100,
      messages: [
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.', signature: card }] },
        { role: 'user', content: 'Go on.' },
      ],
    })
    assert.equal(smuggled.status, 403, 'what a model writes into a call is not issued')
  })

  test('nor in the wrapping that a client of another dialect brings back', async () => {
    const signature = 'q7Zt1mX9rL4vB8nK2pW6sD3hG5jF0aYcEuIoTxRzVbM='
    for (const stream of [false, true]) {
      issuer.says(() =>
        stream
          ? messageStream([
              [
                'content_block_start',
                { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
              ],
              ['content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } }],
              ['content_block_delta', { index: 0, delta: { type: 'signature_delta', signature } }],
              ['content_block_stop', { index: 0 }],
            ])
          : messageWhole([
              { type: 'thinking', thinking: 'Hm.', signature },
              { type: 'text', text: 'So.' },
            ]),
      )
      const first = await house.post('/v1/responses', {
        model: 'issuer',
        input: 'Think.',
        stream,
        store: false,
      })
      const text = await first.text()
      const sealed = /"encrypted_content":"(causeway-[^"]+)"/.exec(text)?.[1]
      assert.ok(sealed, text)
      issuer.says(() => messageWhole([{ type: 'text', text: 'Yes.' }]))
      const go = (value: string) =>
        house.post('/v1/responses', {
          model: 'issuer',
          store: false,
          input: [
            { role: 'user', content: 'Think.' },
            { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: value },
            { role: 'assistant', content: 'So.' },
            { role: 'user', content: 'Go on.' },
          ],
        })
      const second = await go(sealed)
      assert.equal(second.status, 200, await second.clone().text())
      assert.equal(second.headers.get('x-causeway-label'), 'public')
      assert.ok((issuer.seen.at(-1) ?? '').includes(signature), 'it goes home')
    }
  })

  test('a signature does not reach another dialect’s target as text', async () => {
    const chat = await openHouse({
      config: `targets:\n  - { name: open, provider: openai-compatible, url: "${other.url}", model: simulated, side: closed, simulated: true, addresses: [127.0.0.0/8] }\n`,
    })
    other.says(() => chatWhole({ content: 'Hello.' }))
    const response = await chat.post('/v1/messages', {
      model: 'open',
      max_tokens: 100,
      messages: [
        { role: 'user', content: 'Think.' },
        { role: 'assistant', content: [THOUGHT, { type: 'text', text: 'So.' }] },
        { role: 'user', content: 'Go on.' },
      ],
    })
    assert.equal(response.status, 200)
    assert.ok(!(other.seen.at(-1) ?? '').includes(THOUGHT.signature))
    await chat.close()
  })
})
