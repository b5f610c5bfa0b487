import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { after, before, beforeEach, describe, mock, test } from 'node:test'
import { type OpenHouse, openHouse } from '../open-house.ts'
import {
  chatWhole,
  type Scripted,
  type ScriptedModel,
  startScriptedModel,
  whole,
} from '../simulated/scripted.ts'
import { MAIL, standIns, TEXT } from '../simulated/way-home.ts'

/*
 * What goes wrong, or is made to, on the ways that the newer dialects take: forms, stored answers, a target's own
 * words, and values that were taken out on the way there.
 */

const target = (name: string, provider: string, url: string, more = ''): string =>
  `  - { name: ${name}, provider: ${provider}, url: "${url}", model: theirs, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY${more} }\n`
const environment = { SIMULATED_KEY: 'simulated-credential-0123456789' }

const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('values come home in every dialect', () => {
  let model: ScriptedModel
  let house: OpenHouse
  before(async () => {
    model = await startScriptedModel()
    house = await openHouse({
      config: `targets:\n${target('gpt', 'openai', model.url)}${target('gemini', 'gemini', model.url)}${target('rented', 'ollama', model.url, ', side: rented')}`,
      environment,
    })
  })
  after(async () => {
    await house.close()
    await model.close()
  })

  const said = (body: string): string => {
    const { name, mail } = standIns(body)
    return `Dear ${name}, at ${mail}!`
  }
  const HOME = `Dear Anna Schneider, at ${MAIL}!`
  const pieces = (text: string): readonly string[] => text.match(/.{1,4}/gs) ?? []
  const input = (body: string): string => JSON.stringify({ to: standIns(body).mail })

  const resource = (body: string): object => ({
    id: `resp_${model.asked.length}`,
    object: 'response',
    created_at: 1,
    status: 'completed',
    model: 'theirs',
    output: [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: said(body), annotations: [] }],
      },
      {
        type: 'custom_tool_call',
        id: 'ct',
        call_id: 'call_1',
        name: 'g',
        input: said(body),
        status: 'completed',
      },
    ],
    usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
  })
  const event = (type: string, more: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
  const responsesStream = (body: string): Scripted => ({
    type: 'text/event-stream',
    pieces: [
      event('response.created', {
        response: { id: 'x', object: 'response', status: 'in_progress', output: [] },
      }),
      ...pieces(said(body)).map((delta) =>
        event('response.output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta }),
      ),
      event('response.output_text.done', {
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        text: said(body),
      }),
      event('response.completed', { response: resource(body) }),
    ],
  })

  const checked = async (response: Response): Promise<string> => {
    const text = await response.text()
    assert.equal(response.status, 200, text)
    assert.equal(response.headers.get('x-causeway-crossed'), 'contact=pseudonyms')
    const sent = model.seen.at(-1) ?? ''
    assert.doesNotMatch(sent, /Anna|Schneider|harbour-mail/)
    const { name, mail } = standIns(sent)
    assert.ok(!text.includes(name) && !text.includes(mail), text)
    return text
  }
  const stored = async (id: string): Promise<string> =>
    (
      await fetch(`${house.url}/v1/responses/${id}`, { headers: { authorization: `Bearer ${house.key}` } })
    ).text()

  for (const stream of [false, true]) {
    test(`Responses ${stream ? 'streamed' : 'whole'}, and what is kept of it`, async () => {
      model.says((body) => (stream ? responsesStream(body) : whole(resource(body))))
      const text = await checked(await house.post('/v1/responses', { model: 'gpt', input: TEXT, stream }))
      const done = stream ? text.slice(text.lastIndexOf('data: ') + 6) : text
      assert.equal(done.split(HOME).length - 1, 2, 'the text and the free text for a tool')
      const id = /"id":"(resp_\d+)"/.exec(done)?.[1] ?? ''
      const kept = await stored(id)
      assert.equal(kept.split(HOME).length - 1, 2)
      model.says((body) => whole(resource(body)))
      const again = await house.post('/v1/responses', {
        model: 'gpt',
        previous_response_id: id,
        input: 'And?',
      })
      await checked(again)
    })
  }

  const parts = (...content: readonly object[]): object => ({
    candidates: [{ content: { role: 'model', parts: content } }],
  })
  for (const [action, framed] of [
    ['generateContent', false],
    ['streamGenerateContent?alt=sse', true],
    ['streamGenerateContent', true],
  ] as const) {
    test(`Gemini, ${action}`, async () => {
      const call = (body: string): object => ({ functionCall: { name: 'f', args: JSON.parse(input(body)) } })
      model.says((body) =>
        framed
          ? {
              type: 'text/event-stream',
              pieces: [
                ...pieces(said(body)).map((text) => parts({ text })),
                { candidates: [{ content: { role: 'model', parts: [call(body)] }, finishReason: 'STOP' }] },
              ].map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`),
            }
          : whole({
              candidates: [
                {
                  content: { role: 'model', parts: [{ text: said(body) }, call(body)] },
                  finishReason: 'STOP',
                },
              ],
            }),
      )
      const contents = [{ role: 'user', parts: [{ text: TEXT }] }]
      const text = await checked(await house.post(`/v1beta/models/gemini:${action}`, { contents }))
      const all = [...text.matchAll(/"text":"([^"]*)"/g)].map(([, piece]) => piece).join('')
      assert.equal(all, HOME)
      assert.ok(text.includes(`"to":"${MAIL}"`))
      if (action === 'streamGenerateContent') assert.ok(Array.isArray(JSON.parse(text)))
    })
  }

  for (const [path, question, field] of [
    ['/api/chat', { messages: [{ role: 'user', content: TEXT }] }, 'content'],
    ['/api/generate', { prompt: TEXT }, 'response'],
  ] as const) {
    test(`Ollama, ${path}`, async () => {
      const line = (text: string, done: boolean): object => ({
        model: 'theirs',
        created_at: '2026-01-01T00:00:00Z',
        ...(field === 'content' ? { message: { role: 'assistant', content: text } } : { response: text }),
        done,
        ...(done ? { done_reason: 'stop', prompt_eval_count: 1, eval_count: 1 } : {}),
      })
      model.says((body) => ({
        type: 'application/x-ndjson',
        pieces: [...pieces(said(body)).map((text) => line(text, false)), line('', true)].map(
          (one) => `${JSON.stringify(one)}\n`,
        ),
      }))
      const text = await checked(await house.post(path, { model: 'rented', ...question }))
      const all = [...text.matchAll(new RegExp(`"${field}":"([^"]*)"`, 'g'))]
        .map(([, piece]) => piece)
        .join('')
      assert.equal(all, HOME)
    })
  }

  test('completions', async () => {
    model.says((body) => ({
      type: 'text/event-stream',
      pieces: [
        ...pieces(said(body)).map((text) => ({ choices: [{ index: 0, text, finish_reason: null }] })),
        { choices: [{ index: 0, text: '', finish_reason: 'stop' }] },
      ]
        .map((chunk) => `data: ${JSON.stringify({ id: 'c', object: 'text_completion', ...chunk })}\n\n`)
        .concat('data: [DONE]\n\n'),
    }))
    const text = await checked(
      await house.post('/v1/completions', { model: 'gpt', prompt: TEXT, stream: true }),
    )
    assert.equal([...text.matchAll(/"text":"([^"]*)"/g)].map(([, piece]) => piece).join(''), HOME)
  })

  test('what could not be put back is not replaced: speech and pictures stay', async () => {
    const before = model.asked.length
    for (const [path, body] of [
      ['/v1/audio/speech', { input: TEXT, voice: 'v' }],
      ['/v1/images/generations', { prompt: TEXT }],
    ] as const) {
      const response = await house.post(path, { model: 'gpt', ...body })
      assert.equal(response.status, 403)
    }
    assert.equal(model.asked.length, before)
  })
})

describe('forms that go wrong', () => {
  let house: OpenHouse
  let close: () => Promise<void>
  let seen = ''
  before(async () => {
    const server = createServer((request, response) => {
      request.on('error', () => undefined)
      request.on('data', (part: Buffer) => {
        seen += part.toString('latin1')
      })
      request.on('end', () => response.setHeader('content-type', 'application/json').end('{"text":"heard"}'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const url = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/v1`
    house = await openHouse({
      config: `targets:\n${target('gpt', 'openai', url)}limits: { receive: 300ms, total: 1500ms }\n`,
      environment,
    })
    close = async () => {
      await house.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  })
  beforeEach(() => {
    seen = ''
  })
  after(() => close())

  const START = `--BB\r\nContent-Disposition: form-data; name="model"\r\n\r\ngpt\r\n--BB\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n\u0001`
  const SOUND = Buffer.alloc(1_500_000, 1)
  const END = '\r\n--BB--\r\n'

  /** What came back; empty where the client left. */
  const send = (length: number, act: (socket: Socket) => Promise<void>): Promise<string> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(house.url)
      let all = ''
      const socket = connect({ host: hostname, port: Number(port) }, () => {
        socket.write(
          `POST /v1/audio/transcriptions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${house.key}\r\ncontent-type: multipart/form-data; boundary=BB\r\ncontent-length: ${length}\r\n\r\n${START}`,
        )
        void act(socket)
      })
      socket.on('data', (data) => {
        all += data.toString('latin1')
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(all))
    })
  const full = START.length + SOUND.length + END.length
  const whole = (): Promise<string> =>
    send(full, async (socket) => {
      socket.write(SOUND)
      socket.write(END)
    })
  /** The newest record, once it is there. */
  const newest = async (outcome: string): Promise<Awaited<ReturnType<OpenHouse['records']>>[number]> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const [record] = await house.records()
      if (record?.outcome === outcome) return record
      await later(20)
    }
    throw new Error(`no record with the outcome ${outcome}`)
  }

  test('a client that leaves in the middle, again and again, harms nobody else', async () => {
    for (let times = 0; times < 6; times += 1) {
      await send(full, async (socket) => {
        socket.write(SOUND)
        while (seen.length < 1_000_000) await later(5)
        seen = ''
        socket.destroy()
      })
    }
    assert.equal((await newest('client-closed')).code, 'client_closed')
    assert.match(await whole(), /^HTTP\/1.1 200.*heard/s)
    const record = await newest('answered')
    assert.equal(record.bytes.in, full, 'every byte is counted, those too that came after the decision')
  })

  test('a field of text behind the sound ends it, reaches nobody, and harms nobody else', async () => {
    const field = `\r\n--BB\r\nContent-Disposition: form-data; name="prompt"\r\n\r\n4111 1111 1111 1111${END}`
    for (let times = 0; times < 6; times += 1) {
      const text = await send(START.length + SOUND.length + field.length, async (socket) => {
        socket.write(SOUND)
        while (seen.length < 1_000_000) await later(5)
        socket.write(field)
      })
      assert.match(text, /^HTTP\/1.1 400.*x-causeway-code: invalid_request/s)
      assert.ok(!seen.includes('4111'))
    }
    assert.match(await whole(), /^HTTP\/1.1 200/)
  })

  test('one that never comes is given up, and its client told whose fault it is', async () => {
    assert.match(await send(full, async () => undefined), /^HTTP\/1.1 408.*request_timeout/s)
    assert.equal((await newest('refused')).code, 'request_timeout')
    for (let times = 0; times < 6; times += 1) {
      const text = await send(full, async (socket) => {
        socket.write(SOUND)
      })
      assert.match(text, /^HTTP\/1.1 408.*request_timeout/s, 'what was decided on and then never ended')
    }
    assert.match(await whole(), /^HTTP\/1.1 200/)
  })
})

describe('between bytes that are no frames', () => {
  test('no sign of life is written, however long the target is silent', async () => {
    let go: () => void = () => undefined
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      response.write('one')
      go = () => response.end('two')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const url = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/v1`
    mock.timers.enable({ apis: ['setInterval'] })
    const house = await openHouse({
      config: `targets:\n${target('gpt', 'openai', url, ', passthrough: true')}`,
      environment,
    })
    const response = await fetch(`${house.url}/passthrough/gpt/x`, {
      headers: { authorization: `Bearer ${house.key}` },
    })
    mock.timers.tick(15_000)
    mock.timers.tick(15_000)
    mock.timers.tick(15_000)
    go()
    assert.equal(await response.text(), 'onetwo')
    mock.timers.reset()
    await house.close()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
})

describe('what is kept is read again', () => {
  const CARD = '4111 1111 1111 1111'
  for (const sticky of [true, false]) {
    test(`at the end of a chain of five, with what conversations carried ${sticky ? 'kept' : 'not kept'}`, async () => {
      const model = await startScriptedModel()
      const house = await openHouse({
        config: `targets:\n  - { name: home, provider: openai-compatible, url: "${model.url}", model: theirs, side: own }\n${target('away', 'openai-compatible', model.url, ', side: closed')}conversations: { sticky: ${sticky} }\nlimits: { body: 4096 }\n`,
        environment,
      })
      const ask = async (
        name: string,
        input: unknown,
        previous: string | null,
        headers = {},
      ): Promise<Response> =>
        house.post(
          '/v1/responses',
          { model: name, input, ...(previous === null ? {} : { previous_response_id: previous }) },
          headers,
        )
      const idOf = (body: unknown): string =>
        typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : ''
      model.says(() => chatWhole({ content: 'Noted.' }))
      let id = idOf(await (await ask('home', `My card is ${CARD}.`, null)).json())
      for (let turn = 0; turn < 4; turn += 1) id = idOf(await (await ask('home', `Turn ${turn}.`, id)).json())
      const before = model.seen.length
      const away = await ask('away', 'And now?', id)
      assert.equal(away.status, 403)
      assert.equal(model.seen.length, before)
      assert.doesNotMatch(JSON.stringify(await house.record(away)), /4111 1111/)
      const large = await ask('home', 'x '.repeat(1800), id)
      assert.equal(large.headers.get('x-causeway-code'), 'body_too_large', 'with what is put in front of it')
      if (sticky) {
        const raised = await ask('home', 'Between us.', null, { 'x-causeway-label': 'restricted' })
        const on = await ask('away', 'Go on.', idOf(await raised.json()))
        assert.equal(on.status, 403, 'a text alone is remembered like the message that it becomes')
      }
      await house.close()
      await model.close()
    })
  }
})
