import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type BodyKind, bodyMaker } from './bodies.ts'
import { carryOut, type Order, type Outcome } from './load.ts'
import { heard, residentMegabytes, type Started, start } from './process-tree.ts'
import { CHUNKS } from './upstream.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const PATH = '/v1/chat/completions'
const SMALL: BodyKind = { bytes: 2176, messages: 5, fresh: 'last', stream: false }

let upstream: Started
let relay: Started
let direct = ''
let through = ''

before(async () => {
  upstream = start(process.execPath, [here('upstream.ts')])
  direct = await heard(upstream, /(http:\S+)\n/, 20)
  relay = start(process.execPath, [here('relay.ts'), direct])
  through = await heard(relay, /(http:\S+)\n/, 20)
})

after(async () => {
  await relay.end()
  await upstream.end()
})

const order = (type: Order['type'], body: BodyKind, count: number, url = through): Promise<Outcome> =>
  carryOut({
    type,
    to: { url: url + PATH, headers: {}, model: 'bench' },
    direct: direct + PATH,
    body,
    count,
    concurrency: type === 'load' ? 4 : 1,
    seconds: 20,
  })

test('whole answers are counted', async () => {
  const { done, failed, firstFailure } = await order('load', SMALL, 40)
  assert.deepEqual({ done, failed, firstFailure }, { done: 40, failed: 0, firstFailure: null })
})

test('streams are counted when they came to their end', async () => {
  const { done, failed } = await order('load', { ...SMALL, stream: true }, 8)
  assert.deepEqual({ done, failed }, { done: 8, failed: 0 })
})

test('an answer of another status is a failure, with its first lines', async () => {
  const refusing = createServer((_request, response) => response.writeHead(503).end('not today'))
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve))
  const address = refusing.address()
  assert.ok(typeof address === 'object' && address !== null)
  const { done, failed, firstFailure } = await order('load', SMALL, 3, `http://127.0.0.1:${address.port}`)
  refusing.close()
  assert.deepEqual(
    { done, failed, firstFailure },
    { done: 0, failed: 3, firstFailure: 'status 503: not today' },
  )
})

test('one by one: a time through the candidate and one without it for each request', async () => {
  const { times, direct: straight } = await order('latency', SMALL, 10)
  assert.equal(times.length, 10)
  assert.equal(straight.length, 10)
})

test('a client that leaves is noticed by the upstream, each time', async () => {
  const { done, failed, times } = await order('leave', { ...SMALL, stream: true }, 5)
  assert.deepEqual({ done, failed }, { done: 5, failed: 0 })
  assert.equal(times.length, 5)
})

test('the simulated upstream sends a hundred pieces, usage and the end, and says what it is', async () => {
  const answer = await fetch(direct + PATH, { method: 'POST', body: '{"stream":true}' })
  const events = (await answer.text()).trim().split('\n\n')
  assert.equal(events.filter((event) => event.includes('"content":')).length, CHUNKS)
  assert.match(events.at(-2) ?? '', /"total_tokens":612/)
  assert.equal(events.at(-1), 'data: [DONE]')
  assert.ok(events.slice(0, -1).every((event) => event.includes('"model":"simulated-')))
})

test('bodies are as long as said and new where said', () => {
  for (const [bytes, messages] of [
    [2176, 5],
    [20_649, 37],
  ] as const) {
    for (const fresh of ['last', 'all'] as const) {
      const next = bodyMaker({ bytes, messages, fresh, stream: false }, 'bench')
      const [one, other] = [next(), next()].map((body) => {
        assert.ok(Math.abs(body.length - bytes) < bytes * 0.1, `${body.length} for ${bytes}, ${fresh}`)
        const parsed: unknown = JSON.parse(body)
        assert.ok(typeof parsed === 'object' && parsed !== null && 'messages' in parsed)
        assert.ok(Array.isArray(parsed.messages) && parsed.messages.length === messages)
        return parsed.messages.map((message) => JSON.stringify(message))
      })
      const same = one?.filter((message, index) => message === other?.[index]).length
      assert.equal(same, fresh === 'last' ? messages - 1 : 0)
    }
  }
})

test('memory of a process is read, and a process that is gone has none', () => {
  assert.ok(residentMegabytes(relay.id) > 10)
  assert.equal(residentMegabytes(2 ** 30), 0)
})
