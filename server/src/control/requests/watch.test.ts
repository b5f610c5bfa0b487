import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { bearer, type FixtureControl, startFixtureControl } from '../../../test/fixture/control.ts'
import { FixtureLedger } from '../../../test/fixture/ledger.ts'
import { fixtureTraffic } from '../../../test/fixture/traffic.ts'
import type { RequestRow } from '../../domain/index.ts'
import type { RuntimeView } from '../contract.ts'

const records = fixtureTraffic(30, 1_800_000_000_000)
const first = (): (typeof records)[number] => {
  const [record] = records
  assert.ok(record)
  return record
}

interface Heard {
  readonly event: string
  readonly id: string | null
  readonly data: string
}

/** Follows the stream and answers the next event as it comes. */
const follow = async (control: FixtureControl, headers: Readonly<Record<string, string>> = {}) => {
  const request = get(`${control.url}/api/requests/watch`, { headers: { ...bearer, ...headers } })
  const [response]: IncomingMessage[] = await once(request, 'response')
  assert.ok(response)
  const heard: Heard[] = []
  const waiting: ((event: Heard) => void)[] = []
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end))
      text = text.slice(end + 2)
      const next = waiting.shift()
      if (next === undefined) heard.push(event)
      else next(event)
    }
  })
  const next = (): Promise<Heard> =>
    new Promise((resolve) => {
      const event = heard.shift()
      if (event === undefined) waiting.push(resolve)
      else resolve(event)
    })
  return { response, next, leave: () => request.destroy() }
}

const parse = (frame: string): Heard => {
  const field = (name: string): string | null =>
    frame
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? null
  return { event: field('event') ?? '', id: field('id'), data: field('data') ?? '' }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('the stream tells the status at once and each request as it settles', async () => {
  const control = await startFixtureControl()
  const stream = await follow(control)
  assert.equal(stream.response.headers['content-type'], 'text/event-stream; charset=utf-8')
  const status = await stream.next()
  assert.equal(status.event, 'status')
  assert.equal(JSON.parse(status.data).profile, 'balanced')
  control.ledger.add(first())
  const row = await stream.next()
  assert.deepEqual([row.event, row.id, JSON.parse(row.data).id], ['row', '1', first().id])
  stream.leave()
  await until(() => control.ledger.watching === 0)
  await control.close()
})

test('a changed status is told, an unchanged one is not', async () => {
  let trouble: string | null = null
  const runtime = (): RuntimeView => ({
    engine: { phase: 'absent', model: null, bytes: null, total: null, rate: null, message: 'none' },
    trouble,
    gatewayUrl: 'http://127.0.0.1:4141',
    example: null,
  })
  const control = await startFixtureControl({ status: runtime })
  const stream = await follow(control)
  assert.equal(JSON.parse((await stream.next()).data).trouble, null)
  trouble = 'The disk is full.'
  const changed = await stream.next()
  assert.deepEqual([changed.event, JSON.parse(changed.data).trouble], ['status', 'The disk is full.'])
  stream.leave()
  await control.close()
})

test('who comes back is told what was missed, once and in order, while more arrives', async () => {
  const ledger = new SlowLedger(fixtureTraffic(60, 1_800_000_000_000).slice(0, 50))
  const control = await startFixtureControl({ ledger, live: ledger })
  const stream = await follow(control, { 'last-event-id': '44' })
  await until(() => ledger.asked)
  for (const record of records.slice(0, 3)) ledger.add({ ...record, id: `${record.id}late` })
  ledger.release()
  const ids: number[] = []
  while (ids.at(-1) !== 53) {
    const event = await stream.next()
    if (event.event === 'row') ids.push(Number(event.id))
  }
  const from = ids[0] ?? 0
  assert.ok(from > 1 && from <= 45, `starts at ${from}`)
  assert.deepEqual(
    ids,
    Array.from({ length: 54 - from }, (_, i) => from + i),
  )
  stream.leave()
  await control.close()
})

test('a row that is told after its next is not lost', async () => {
  const receivers: ((row: RequestRow) => void)[] = []
  const control = await startFixtureControl({
    live: {
      subscribe(receive) {
        receivers.push(receive)
        return () => undefined
      },
    },
  })
  const stream = await follow(control)
  await stream.next()
  for (const row of [7, 6, 6, 8]) receivers[0]?.({ row, record: first() })
  const ids = [await stream.next(), await stream.next(), await stream.next()].map((event) => event.id)
  assert.deepEqual(ids, ['7', '6', '8'])
  stream.leave()
  await control.close()
})

/** Answers `list` with what it held when asked, and only when told to. */
class SlowLedger extends FixtureLedger {
  asked = false
  release: () => void = () => {}
  override async list(filter: Parameters<FixtureLedger['list']>[0]): ReturnType<FixtureLedger['list']> {
    const rows = await super.list(filter)
    this.asked = true
    await new Promise<void>((resolve) => {
      this.release = resolve
    })
    return rows
  }
}

test('a watcher that does not read is cut off', async () => {
  const control = await startFixtureControl()
  const stream = await follow(control)
  stream.response.pause()
  await until(() => control.ledger.watching === 1)
  const long = { ...first(), message: 'x'.repeat(200_000), outcome: 'failed' as const }
  for (let i = 0; i < 400 && control.ledger.watching > 0; i += 1) {
    control.ledger.add(long)
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.equal(control.ledger.watching, 0)
  stream.response.on('error', () => {}).resume()
  await control.close()
})

test('closing the server ends the streams', async () => {
  const control = await startFixtureControl()
  const stream = await follow(control)
  stream.response.on('error', () => {})
  const closed = new Promise((resolve) => stream.response.on('close', resolve))
  await control.close()
  await closed
})

test('text from a request cannot end its frame or become markup', async () => {
  const control = await startFixtureControl()
  const stream = await follow(control)
  await stream.next()
  const nasty = '</script><img src=x onerror=alert(1)>\n\nevent: row\ndata: {}\r\u2028'
  control.ledger.add({ ...first(), model: nasty, use: nasty })
  control.ledger.add(first())
  assert.equal(JSON.parse((await stream.next()).data).model, nasty)
  assert.equal((await stream.next()).id, '2')
  stream.leave()
  await control.close()
})
