import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { z } from 'zod'
import { EngineError } from './errors.ts'
import type { Generator, Piece, Prompt, Sampling, Turn } from './generator.ts'
import { type Listening, serveEngine } from './server.ts'

/** A model that says its words; a word `HOLD` waits until it is let go or aborted, `FAIL` throws. */
class Parrot implements Generator {
  readonly model = 'parrot'
  readonly title = 'Parrot'
  readonly forWork = false
  readonly context = 64
  readonly threads = 1
  readonly defaults = { temperature: 0, topP: 1 }
  words: string[] = ['Hello', ' there', '!']
  aborted = 0
  running = 0
  most = 0
  lastSampling: Sampling | null = null
  letGo: () => void = () => undefined

  prepare(turns: readonly Turn[]): Prompt {
    const size = turns.reduce((sum, turn) => sum + turn.text.split(' ').length, 0)
    return { size, reused: () => 1, generate: (sampling, signal) => this.#speak(sampling, signal) }
  }

  async *#speak(sampling: Sampling, signal: AbortSignal): AsyncGenerator<Piece, { readonly ended: boolean }> {
    this.lastSampling = sampling
    this.running += 1
    this.most = Math.max(this.most, this.running)
    try {
      let said = 0
      for (const word of this.words) {
        if (word === 'FAIL') throw new Error('secret inside')
        if (word === 'HOLD') await this.#hold(signal)
        await tick()
        yield { text: word }
        said += 1
        if (said >= sampling.maxTokens) return { ended: false }
      }
      return { ended: true }
    } finally {
      this.running -= 1
    }
  }

  #hold(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.letGo = resolve
      const leave = (): void => {
        this.aborted += 1
        reject(signal.reason)
      }
      if (signal.aborted) leave()
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

const parrot = new Parrot()
let engine: Listening
let url = ''

before(async () => {
  engine = await serveEngine(
    { generator: parrot, waiting: 1, bodyLimit: 2000, now: () => 1_700_000_000_000 },
    0,
  )
  url = `http://127.0.0.1:${engine.port}`
})
after(() => engine.close())

const ask = (body: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })

const hello = { messages: [{ role: 'user', content: 'say hello to me' }] }
const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), param: z.string().nullable() }),
})
const failure = async (answer: Response) => errorBody.parse(await answer.json()).error

const chatBody = z.object({
  object: z.string(),
  created: z.number(),
  choices: z.tuple([z.object({ message: z.object({ content: z.string() }), finish_reason: z.string() })]),
  usage: z.object({
    prompt_tokens: z.number(),
    completion_tokens: z.number(),
    total_tokens: z.number(),
    prompt_tokens_details: z.object({ cached_tokens: z.number() }),
  }),
})
const chatOf = async (answer: Response) => chatBody.parse(await answer.json())

const health = async () =>
  z.object({ status: z.string(), queue: z.number() }).parse(await (await fetch(`${url}/health`)).json())

const events = (text: string): Record<string, unknown>[] =>
  text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: {'))
    .map((frame) => JSON.parse(frame.slice(6)))

describe('answers', () => {
  test('whole, with real counts', async () => {
    parrot.words = ['Hello', ' there', '!']
    const answer = await chatOf(await ask({ ...hello, model: 'parrot' }))
    assert.equal(answer.object, 'chat.completion')
    assert.equal(answer.created, 1_700_000_000)
    assert.equal(answer.choices[0].message.content, 'Hello there!')
    assert.equal(answer.choices[0].finish_reason, 'stop')
    const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details } = answer.usage
    assert.deepEqual([prompt_tokens, completion_tokens, total_tokens], [4, 3, 7])
    assert.equal(prompt_tokens_details.cached_tokens, 1)
  })

  test('streamed, with usage only when asked for', async () => {
    const plain = await (await ask({ ...hello, stream: true })).text()
    assert.ok(plain.endsWith('data: [DONE]\n\n'))
    assert.ok(events(plain).every((event) => !('usage' in event)))
    const response = await ask({ ...hello, stream: true, stream_options: { include_usage: true } })
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const seen = events(await response.text())
    assert.equal(seen.length, 6)
    assert.deepEqual(
      seen.slice(0, 5).map((event) => event.usage),
      [null, null, null, null, null],
    )
    assert.deepEqual(seen[5]?.choices, [])
    assert.ok(JSON.stringify(seen[5]?.usage).includes('"total_tokens":7'))
    assert.ok(JSON.stringify(seen[4]).includes('"finish_reason":"stop"'))
    assert.ok(JSON.stringify(seen[0]).includes('"role":"assistant"'))
  })

  test('max_tokens ends with length, a stop sequence with stop', async () => {
    const short = await chatOf(await ask({ ...hello, max_tokens: 2 }))
    assert.equal(short.choices[0].finish_reason, 'length')
    assert.equal(short.choices[0].message.content, 'Hello there')
    const stopped = await chatOf(await ask({ ...hello, stop: ['o th'] }))
    assert.equal(stopped.choices[0].finish_reason, 'stop')
    assert.equal(stopped.choices[0].message.content, 'Hell')
  })

  test('fields that change nothing are named, the alias is understood', async () => {
    const response = await ask({ ...hello, model: 'engine', user: 'u', store: true })
    assert.equal(response.headers.get('x-causeway-engine-ignored'), 'user, store')
    await response.text()
  })
})

describe('refusals', () => {
  const cases: readonly (readonly [string, unknown, number, string])[] = [
    ['no JSON', '{', 400, 'invalid_json'],
    ['a wrong type', { messages: 3 }, 400, 'invalid_request'],
    ['tools', { ...hello, tools: [{}] }, 400, 'unsupported'],
    ['another model', { ...hello, model: 'gpt-x' }, 404, 'unknown_model'],
    ['too long', { messages: [{ role: 'user', content: 'w '.repeat(70) }] }, 400, 'context_length_exceeded'],
    ['a huge body', { messages: [{ role: 'user', content: 'w'.repeat(3000) }] }, 413, 'body_too_large'],
  ]
  for (const [name, body, status, code] of cases) {
    test(name, async () => {
      const response = await ask(body)
      assert.equal(response.status, status)
      assert.equal((await failure(response)).code, code)
    })
  }

  test('bytes that are no UTF-8', async () => {
    const response = await ask('', { body: new Uint8Array([0x22, 0xff, 0x22]) })
    assert.equal((await failure(response)).code, 'invalid_json')
  })

  test('a context error names both sizes', async () => {
    const { message, param } = await failure(
      await ask({ messages: [{ role: 'user', content: 'w '.repeat(70) }] }),
    )
    assert.match(message, /71 tokens.*64/)
    assert.equal(param, 'messages')
  })

  test('other paths and methods', async () => {
    assert.equal((await fetch(`${url}/v1/embeddings`, { method: 'POST' })).status, 404)
    const wrong = await fetch(`${url}/v1/chat/completions`)
    assert.equal(wrong.status, 405)
    assert.equal(wrong.headers.get('allow'), 'POST')
    await wrong.text()
  })

  test('a page of another origin, and another Host', async () => {
    assert.equal((await ask(hello, { headers: { origin: 'https://evil.example' } })).status, 403)
    assert.equal((await ask(hello, { headers: { origin: 'null' } })).status, 403)
    assert.equal((await ask(hello, { headers: { origin: 'http://localhost:3000' } })).status, 200)
    const request = http.get(`${url}/props`, { headers: { host: 'evil.example' } })
    const [response] = await once(request, 'response')
    response.resume()
    assert.equal(response.statusCode, 403)
  })

  test('a failure inside says nothing of its inside', async () => {
    parrot.words = ['FAIL']
    const whole = await ask(hello)
    assert.equal(whole.status, 500)
    assert.ok(!(await whole.text()).includes('secret'))
    parrot.words = ['a', 'FAIL']
    const cut = await (await ask({ ...hello, stream: true })).text()
    assert.ok(cut.includes('"generation_failed"') && !cut.includes('secret') && !cut.includes('[DONE]'))
    parrot.words = ['a']
    assert.equal((await ask(hello)).status, 200)
  })
})

describe('the queue behind it', () => {
  test('one at a time, one waits, the next is told to come again', async () => {
    parrot.words = ['HOLD']
    parrot.most = 0
    const first = ask(hello)
    while (parrot.running === 0) await tick()
    const second = ask(hello)
    while ((await health()).queue < 2) await tick()
    const third = await ask(hello)
    assert.equal(third.status, 503)
    assert.equal(third.headers.get('retry-after'), '5')
    await third.text()
    parrot.letGo()
    await (await first).text()
    while (parrot.running === 0) await tick()
    parrot.letGo()
    assert.equal((await second).status, 200)
    assert.equal(parrot.most, 1)
  })

  for (const stream of [false, true]) {
    test(`a client that leaves (${stream ? 'streaming' : 'whole'}) aborts the generation and frees the engine`, async () => {
      parrot.words = ['a', 'HOLD']
      const before = parrot.aborted
      const leave = new AbortController()
      const gone = ask({ ...hello, stream }, { signal: leave.signal }).then((response) => response.text())
      while (parrot.running === 0) await tick()
      leave.abort()
      await assert.rejects(gone)
      while (parrot.aborted === before) await tick()
      parrot.words = ['b']
      assert.equal((await chatOf(await ask(hello))).choices[0].message.content, 'b')
    })
  }
})

test('models, properties and health tell what this is', async () => {
  const entry = z.object({ id: z.string(), context_window: z.number() })
  const models = z.object({ data: z.tuple([entry]) }).parse(await (await fetch(`${url}/v1/models`)).json())
  assert.deepEqual(models.data[0], { id: 'parrot', context_window: 64 })
  const shape = z.object({ server: z.string(), context: z.number(), for_work: z.boolean() })
  const properties = shape.parse(await (await fetch(`${url}/props`)).json())
  assert.deepEqual(properties, { server: 'causeway-engine', context: 64, for_work: false })
  assert.equal((await health()).status, 'ok')
})

test('closing aborts what runs; a taken port is named', async () => {
  const own = new Parrot()
  own.words = ['HOLD']
  const other = await serveEngine({ generator: own, now: Date.now }, 0)
  await assert.rejects(
    serveEngine({ generator: own, now: Date.now }, other.port),
    (thrown) =>
      thrown instanceof EngineError &&
      thrown.code === 'port_in_use' &&
      thrown.message.includes(String(other.port)),
  )
  const asked = fetch(`http://127.0.0.1:${other.port}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(hello),
  })
  while (own.running === 0) await tick()
  await other.close()
  assert.equal(own.aborted, 1)
  assert.equal((await asked).status, 503)
})
