import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import {
  chatStream,
  chatWhole,
  messageStream,
  messageWhole,
  type ScriptedModel,
  startScriptedModel,
} from '../simulated/scripted.ts'

/* Answers that are watched: no part of one goes on unseen, and one that is stopped ends as an SDK expects. */

const SECRET = `ghp_${'a8Kq2LmZ9xWvB4nTcR7yU1oPd6EfGhJs35iX'}`

let model: ScriptedModel

const claude = (url: string): string =>
  `  - { name: claude, provider: anthropic, url: "${url}", model: simulated-vendor-model, side: closed, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY }\n`

before(async () => {
  model = await startScriptedModel()
})
after(() => model.close())

describe('with a guard in force', () => {
  let masking: OpenHouse
  let stopping: OpenHouse
  before(async () => {
    const targets = `targets:\n${simulatedTarget('away', model.url, 'closed')}${claude(model.url)}`
    const environment = { SIMULATED_KEY: 'simulated-credential-0123456789' }
    masking = await openHouse({
      config: `${targets}guard: { watch: all, answers: { secret: mask }, links: { action: mask } }\n`,
      environment,
    })
    stopping = await openHouse({
      config: `${targets}guard: { watch: all, answers: { secret: stop } }\n`,
      environment,
    })
  })
  after(async () => {
    await masking.close()
    await stopping.close()
  })

  const hello = [{ role: 'user', content: 'Hello' }]

  test('no part of an answer carries a secret out unseen', async () => {
    const calls = [
      { id: 'c1', type: 'custom', custom: { name: 'run', input: SECRET } },
      { id: 'c2', type: 'function', function: { name: 'f', arguments: JSON.stringify({ name: SECRET }) } },
    ]
    const parts: readonly object[] = [
      { content: SECRET },
      { content: null, tool_calls: calls },
      { content: null, audio: { id: 'a', data: 'AAAA', transcript: `the key is ${SECRET}` } },
      { content: 'x', reasoning_details: [{ type: 'reasoning.text', text: SECRET }] },
      { content: 'x', annotations: [{ type: 'file', note: SECRET }] },
      { content: [{ type: 'novel', body: { deep: SECRET } }] },
    ]
    for (const message of parts) {
      model.says(() => chatWhole(message))
      const answer = await masking.post('/v1/chat/completions', { model: 'away', messages: hello })
      assert.ok(!(await answer.text()).includes(SECRET), JSON.stringify(message))
    }
    for (const delta of parts.filter((part) => !('content' in part && Array.isArray(part.content)))) {
      model.says(() => chatStream([delta]))
      const answer = await masking.post('/v1/chat/completions', {
        model: 'away',
        stream: true,
        messages: hello,
      })
      assert.ok(!(await answer.text()).includes(SECRET), JSON.stringify(delta))
    }
    const blocks: readonly object[] = [
      { type: 'tool_use', id: 't', name: 'f', input: { name: SECRET, data: { id: SECRET } } },
      { type: 'server_tool_use', id: 't', name: 'f', input: { type: SECRET } },
      { type: 'novel', note: { name: 'x', text: SECRET } },
    ]
    for (const block of blocks) {
      model.says(() => messageWhole([block]))
      const answer = await masking.post('/v1/messages', { model: 'claude', max_tokens: 9, messages: hello })
      assert.ok(!(await answer.text()).includes(SECRET), JSON.stringify(block))
    }
  })

  test('a link in a list of sources is a link', async () => {
    model.says(() => chatWhole({ content: 'x' }, {}, { citations: ['https://evil.example/?d=1'] }))
    const answer = await masking.post('/v1/chat/completions', { model: 'away', messages: hello })
    assert.doesNotMatch(await answer.text(), /evil\.example/)
  })

  test('structured output with a secret in it stays JSON', async () => {
    const value = { password: SECRET, notes: [`token=${SECRET}`, 'plain "quoted" \\ text'], n: 12345678901 }
    for (const stream of [false, true]) {
      const source = JSON.stringify(value, null, 1)
      model.says(() =>
        stream
          ? chatStream((source.match(/[\s\S]{1,7}/gu) ?? []).map((content) => ({ content })))
          : chatWhole({ content: source }),
      )
      const answer = await (
        await masking.post('/v1/chat/completions', { model: 'away', stream, messages: hello })
      ).text()
      const text = stream
        ? answer
            .split('\n\n')
            .filter((frame) => frame.startsWith('data: {'))
            .map((frame) => JSON.parse(frame.slice(6)).choices[0]?.delta.content ?? '')
            .join('')
        : JSON.parse(answer).choices[0].message.content
      assert.ok(!text.includes(SECRET))
      assert.equal(JSON.parse(text).notes[1], value.notes[1])
    }
  })

  test('a stream that is stopped ends in an error both SDKs raise, and nobody’s health suffers', async () => {
    const filler = 'Words that mean nothing at all. '.repeat(30)
    const stopped = new OpenAI({ baseURL: `${stopping.url}/v1`, apiKey: stopping.key, maxRetries: 0 })
    for (let turn = 0; turn < 6; turn += 1) {
      model.says(() =>
        chatStream([{ content: filler }, { content: `it is ${SECRET} ` }, { content: filler }]),
      )
      let text = ''
      await assert.rejects(async () => {
        const stream = await stopped.chat.completions.create({
          model: 'away',
          stream: true,
          messages: [{ role: 'user', content: 'Hello' }],
        })
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
      }, /stopped/)
      assert.ok(text.startsWith('Words'))
      assert.ok(!text.includes(SECRET.slice(0, 8)))
      const [record] = await stopping.records()
      assert.equal(record?.code, 'answer_stopped')
      assert.equal(record?.guarded?.action, 'stopped')
      assert.ok(!JSON.stringify(record).includes(SECRET))
    }
    model.says(() =>
      messageStream([
        ['content_block_start', { index: 0, content_block: { type: 'text', text: '' } }],
        ['content_block_delta', { index: 0, delta: { type: 'text_delta', text: filler } }],
        [
          'content_block_delta',
          { index: 0, delta: { type: 'text_delta', text: `it is ${SECRET} ${filler}` } },
        ],
        ['content_block_stop', { index: 0 }],
      ]),
    )
    const claudeOf = new Anthropic({
      baseURL: stopping.url,
      apiKey: stopping.key,
      authToken: null,
      maxRetries: 0,
    })
    await assert.rejects(
      claudeOf.messages
        .stream({ model: 'claude', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] })
        .finalMessage(),
      /stopped/,
    )
    model.says(() => chatWhole({ content: 'Hello.' }))
    const after = await stopping.post('/v1/chat/completions', { model: 'away', messages: hello })
    assert.equal(after.status, 200, await after.text())
  })

  test('probabilities are left out where an answer may be masked', async () => {
    model.says(() =>
      chatWhole({ content: SECRET }, { logprobs: { content: [{ token: SECRET, logprob: -0.1 }] } }),
    )
    const answer = await masking.post('/v1/chat/completions', {
      model: 'away',
      logprobs: true,
      messages: hello,
    })
    assert.ok(!(await answer.text()).includes(SECRET))
    assert.match(answer.headers.get('x-causeway-dropped') ?? '', /reply\.logprobs/)
  })
})
