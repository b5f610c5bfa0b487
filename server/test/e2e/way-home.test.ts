import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import type { OpenHouse } from '../open-house.ts'
import {
  chatStream,
  chatWhole,
  messageStream,
  messageWhole,
  type ScriptedModel,
  whole,
} from '../simulated/scripted.ts'
import { MAIL, openWayHome, standIns, TEXT, user, type WayHome } from '../simulated/way-home.ts'

/*
 * What an answer may hold beside its text, where values were taken out of the request: every part of it comes home
 * with the originals, or is left out and said so.
 */

let way: WayHome
let model: ScriptedModel
let house: OpenHouse
let openai: OpenAI
let anthropic: Anthropic

before(async () => {
  way = await openWayHome()
  ;({ model, house, openai, anthropic } = way)
})

after(() => way.close())

describe('with pseudonyms in force', () => {
  test('every member of a tool’s input comes home, whatever it is called, whole and streaming', async () => {
    const input = ({ name, mail }: { name: string; mail: string }): Record<string, unknown> => ({
      name,
      id: mail,
      type: name,
      data: { signature: mail, media_type: name },
      [name]: 1,
    })
    const expected = input({ name: 'Anna Schneider', mail: MAIL })
    model.says((body) =>
      messageWhole([{ type: 'tool_use', id: 'tool_1', name: 'note', input: input(standIns(body)) }]),
    )
    const answer = await anthropic.messages.create({ model: 'claude', max_tokens: 9, messages: user })
    const block = answer.content[0]
    assert.ok(block?.type === 'tool_use')
    assert.equal(block.id, 'tool_1')
    assert.deepEqual(block.input, expected)
    model.says((body) =>
      messageStream([
        [
          'content_block_start',
          {
            index: 0,
            content_block: { type: 'tool_use', id: 'tool_1', name: 'note', input: input(standIns(body)) },
          },
        ],
        ['content_block_stop', { index: 0 }],
      ]),
    )
    const text = await (
      await house.post('/v1/messages', { model: 'claude', max_tokens: 9, stream: true, messages: user })
    ).text()
    const start = text.split('\n\n').find((frame) => frame.includes('content_block_start')) ?? ''
    assert.deepEqual(JSON.parse(start.slice(start.indexOf('data: ') + 6)).content_block.input, expected)
  })

  test('free-form tool input, transcripts, annotations and members nobody knows come home', async () => {
    model.says((body) => {
      const { name, mail, text } = standIns(body)
      return chatWhole(
        {
          content: text,
          tool_calls: [{ id: 'c1', type: 'custom', custom: { name: 'run', input: `mail ${mail}` } }],
          audio: { id: 'a', data: 'AAAA', expires_at: 1, transcript: text },
          annotations: [
            {
              type: 'url_citation',
              url_citation: { title: name, url: 'https://docs.example/', start_index: 0 },
            },
          ],
          reasoning_details: [{ type: 'reasoning.text', text, index: 0 }],
        },
        {},
        { search_results: [{ title: name }] },
      )
    })
    const answer = await (await house.post('/v1/chat/completions', { model: 'away', messages: user })).text()
    const json = JSON.parse(answer)
    const { message } = json.choices[0]
    assert.equal(message.content, TEXT)
    assert.equal(message.tool_calls[0].custom.input, `mail ${MAIL}`)
    assert.equal(message.audio.transcript, TEXT)
    assert.equal(message.annotations[0].url_citation.title, 'Anna Schneider')
    assert.equal(message.reasoning_details[0].text, TEXT)
    assert.equal(json.search_results[0].title, 'Anna Schneider')
  })

  test('members nobody knows come home in a stream, cut anywhere', async () => {
    model.says((body) => {
      const { text } = standIns(body)
      return chatStream(
        (text.match(/[\s\S]{1,3}/gu) ?? []).map((piece) => ({
          reasoning_details: [{ type: 'reasoning.text', text: piece, index: 0 }],
        })),
      )
    })
    const answer = await (
      await house.post('/v1/chat/completions', { model: 'away', stream: true, messages: user })
    ).text()
    const said = answer
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map((frame) => JSON.parse(frame.slice(6)).choices[0]?.delta.reasoning_details?.[0]?.text ?? '')
    assert.equal(said.join(''), TEXT)
  })

  test('probabilities of the words that were said are left out, and the answer says so', async () => {
    const logprobs = (name: string) => ({ content: [{ token: name, logprob: -0.1, top_logprobs: [] }] })
    model.says((body) => chatWhole({ content: 'x' }, { logprobs: logprobs(standIns(body).name) }))
    const ask = { model: 'away', logprobs: true, messages: user }
    const response = await house.post('/v1/chat/completions', ask)
    const json = JSON.parse(await response.text())
    assert.equal(json.choices[0].logprobs, null)
    assert.match(response.headers.get('x-causeway-dropped') ?? '', /reply\.logprobs/)
    model.says((body) => chatStream([{ content: 'x' }], { logprobs: logprobs(standIns(body).name) }))
    const streamed = await house.post('/v1/chat/completions', { ...ask, stream: true })
    assert.doesNotMatch(await streamed.text(), /"token"/)
    assert.match(streamed.headers.get('x-causeway-dropped') ?? '', /reply\.logprobs/)
    const seen = model.seen.length
    const strict = await house.post('/v1/chat/completions', ask, { 'x-causeway-strict': 'true' })
    assert.equal(strict.status, 400, await strict.text())
    assert.equal(model.seen.length, seen)
    // Where nothing was taken out and nothing is masked they stay.
    model.says(() => chatWhole({ content: 'x' }, { logprobs: logprobs('x') }))
    const plain = await house.post('/v1/chat/completions', {
      ...ask,
      messages: [{ role: 'user', content: 'Hello' }],
    })
    assert.equal(JSON.parse(await plain.text()).choices[0].logprobs.content[0].token, 'x')
  })

  test('a stop sequence comes home as it was asked for', async () => {
    model.says((body) =>
      messageWhole([{ type: 'text', text: 'x' }], {
        stop_reason: 'stop_sequence',
        stop_sequence: JSON.parse(body).stop_sequences[0],
      }),
    )
    const answer = await anthropic.messages.create({
      model: 'claude',
      max_tokens: 9,
      messages: user,
      stop_sequences: ['Anna Schneider'],
    })
    assert.equal(answer.stop_sequence, 'Anna Schneider')
  })

  test('deltas and blocks nobody knows come home', async () => {
    model.says((body) => {
      const { text, name } = standIns(body)
      return messageStream([
        ['content_block_start', { index: 0, content_block: { type: 'novel', content: '' } }],
        ['content_block_delta', { index: 0, delta: { type: 'novel_delta', content: text } }],
        ['content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: name } }],
        ['content_block_stop', { index: 0 }],
      ])
    })
    const answer = await (
      await house.post('/v1/messages', { model: 'claude', max_tokens: 9, stream: true, messages: user })
    ).text()
    assert.ok(answer.includes(TEXT))
    assert.doesNotMatch(answer, /"signature":"Anna/)
  })

  test('an upstream’s refusal that repeats the request names the client’s own values, the record none', async () => {
    for (const [path, name, body] of [
      ['/v1/chat/completions', 'away', {}],
      ['/v1/messages', 'claude', { max_tokens: 9 }],
      ['/v1/messages', 'away', { max_tokens: 9 }],
    ] as const) {
      model.says((sent) =>
        whole({ error: { type: 'invalid_request_error', message: standIns(sent).text } }, 400),
      )
      const response = await house.post(path, { model: name, messages: user, ...body })
      assert.equal(response.status, 400)
      assert.ok((await response.text()).includes(TEXT), `${path} ${name}`)
      assert.doesNotMatch(JSON.stringify(await house.record(response)), /Schneider|harbour-mail/)
    }
  })

  test('an error in a stream names the client’s own values', async () => {
    model.says((body) => ({
      type: 'text/event-stream',
      pieces: [
        ...chatStream([{ content: 'x' }]).pieces.slice(0, 1),
        `data: ${JSON.stringify({ error: { message: standIns(body).text, code: 500 } })}\n\n`,
      ],
    }))
    const response = await house.post('/v1/chat/completions', { model: 'away', stream: true, messages: user })
    assert.ok((await response.text()).includes(TEXT))
    assert.doesNotMatch(JSON.stringify(await house.record(response)), /Schneider|harbour-mail/)
  })

  test('what reads like an event and is none ends the answer', async () => {
    model.says((body) => ({
      type: 'text/event-stream',
      pieces: [...chatStream([{ content: 'x' }]).pieces.slice(0, 1), `data: ${standIns(body).text}\n\n`],
    }))
    const response = await house.post('/v1/chat/completions', { model: 'away', stream: true, messages: user })
    assert.match(await response.text(), /upstream_garbled|cannot be read/)
  })

  test('a vector of stand-ins is worth nothing: embeddings stay home', async () => {
    model.says(() => whole({ object: 'list', data: [{ object: 'embedding', index: 0, embedding: [1] }] }))
    const seen = model.seen.length
    const response = await house.post('/v1/embeddings', { model: 'embedder', input: TEXT })
    assert.equal(response.status, 403, await response.text())
    assert.equal(model.seen.length, seen)
  })

  test('several choices, parallel tools and usage, through the real SDKs', async () => {
    model.says((body) => {
      const { text, mail } = standIns(body)
      const choice = (index: number) => ({
        index,
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          content: `${index}: ${text}`,
          tool_calls: [0, 1].map((tool) => ({
            id: `c${tool}`,
            type: 'function',
            function: { name: 'note', arguments: JSON.stringify({ mail, tool }) },
          })),
        },
      })
      return whole({
        id: 'simulated',
        object: 'chat.completion',
        created: 1,
        model: 'simulated',
        choices: [choice(0), choice(1)],
        usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
      })
    })
    const answer = await openai.chat.completions.create({ model: 'away', n: 2, messages: user })
    answer.choices.forEach((choice, index) => {
      assert.equal(choice.message.content, `${index}: ${TEXT}`)
      choice.message.tool_calls?.forEach((call, tool) => {
        assert.ok(call.type === 'function')
        assert.deepEqual(JSON.parse(call.function.arguments), { mail: MAIL, tool })
      })
    })
  })
})
