import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { setTimeout as later } from 'node:timers/promises'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { FLOOD, FLOOD_STREAM } from '../simulated/extremes.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

const CHAT = '/v1/chat/completions'
const ask = (stream: boolean) => ({
  model: 'vendor',
  stream,
  messages: [{ role: 'user', content: 'Why do tides rise?' }],
})

const assertTyped = async (
  house: OpenHouse,
  response: Response,
  code: string,
  dialect: 'openai' | 'anthropic' = 'openai',
): Promise<void> => {
  const text = await response.text()
  assert.equal(response.status, 503, text)
  assert.equal(response.headers.get('x-causeway-code'), code)
  assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  assert.ok(Number(response.headers.get('retry-after-ms')) > 0)
  assert.equal(response.headers.get('x-should-retry'), null, 'a client may try again')
  const body: unknown = JSON.parse(text)
  assert.ok(typeof body === 'object' && body !== null && 'error' in body)
  if (dialect === 'anthropic') assert.ok('type' in body && body.type === 'error')
  const record = await house.record(response)
  assert.equal(record.code, code)
  assert.equal(record.status, 503)
  assert.equal(record.outcome, 'failed')
  assert.deepEqual(record.attempts, [])
}

describe('more requests than limits.inFlight', () => {
  let vendor: SimulatedVendor
  let house: OpenHouse
  before(async () => {
    vendor = await startSimulatedVendor()
    house = await openHouse({
      config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}limits: { inFlight: 2 }\n`,
    })
  })
  after(async () => {
    vendor.release()
    await house.close()
    await vendor.close()
  })

  /** Requests that stay in work, one after another, until one is refused. */
  const fill = async (): Promise<{ readonly working: readonly Response[]; readonly refused: Response }> => {
    vendor.behave('held')
    const working: Response[] = []
    for (;;) {
      const response = await house.post(CHAT, ask(true))
      if (response.status !== 200) return { working, refused: response }
      working.push(response)
      assert.ok(working.length <= 2, 'more were let in than the limit says')
    }
  }
  const finish = async (working: readonly Response[]): Promise<void> => {
    vendor.release()
    for (const response of working) assert.match(await response.text(), /data: \[DONE\]\s*$/)
    await untilServed()
  }
  const untilServed = async (): Promise<void> => {
    vendor.behave('answer')
    for (let tries = 0; tries < 200; tries += 1) {
      const response = await house.post(CHAT, ask(false))
      await response.text()
      if (response.status === 200) return
      await later(20)
    }
    assert.fail('the places never became free')
  }

  test('the next one is refused, typed and recorded; health stays open, those in work finish', async () => {
    const { working, refused } = await fill()
    try {
      const seen = vendor.seen.length
      assert.equal(seen, working.length, 'the refused one never left the gateway')
      await assertTyped(house, refused, 'overloaded')
      const other = await house.post('/v1/messages', { ...ask(true), max_tokens: 5 })
      await assertTyped(house, other, 'overloaded', 'anthropic')
      assert.equal(vendor.seen.length, seen)
      for (const path of ['/healthz', '/readyz', '/metrics'])
        assert.equal((await fetch(`${house.url}${path}`)).status, 200, path)
    } finally {
      await finish(working)
    }
  })

  test('callers without a good key, and answers that nobody reads, take no room', async () => {
    vendor.behave('answer')
    const { hostname, port } = new URL(house.url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.pause()
    const stranger = `POST ${CHAT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer cw-nobody\r\ncontent-length: 0\r\n\r\n`
    socket.write(`${stranger}GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(40))
    for (let tries = 0; tries < 5; tries += 1) {
      const response = await house.post(CHAT, ask(false))
      assert.equal(response.status, 200, await response.text())
    }
    socket.destroy()
  })

  test('as many are served as the limit says', async () => {
    const { working, refused } = await fill()
    await refused.text()
    await finish(working)
    assert.equal(working.length, 2)
  })

  test('places are free again after answers, refusals and clients that left', async () => {
    vendor.behave('answer')
    for (let round = 0; round < 6; round += 1) {
      const leave = new AbortController()
      vendor.behave(round % 3 === 0 ? 'held' : 'answer')
      const response = await fetch(`${house.url}${CHAT}`, {
        method: 'POST',
        signal: leave.signal,
        headers: { authorization: `Bearer ${house.key}` },
        body: round % 3 === 1 ? 'no JSON' : JSON.stringify(ask(true)),
      })
      if (round % 3 === 0) {
        leave.abort()
        await vendor.aborted(vendor.seen.length - 1)
      } else await response.text()
    }
    await untilServed()
  })
})

test('while draining new requests are refused, typed and recorded, and readiness says so', async () => {
  const vendor = await startSimulatedVendor()
  const house = await openHouse({ config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}` })
  vendor.behave('held')
  const working = await house.post(CHAT, ask(true))
  const closing = house.causeway.close(30_000)
  await assertTyped(house, await house.post(CHAT, ask(false)), 'draining')
  const ready = await fetch(`${house.url}/readyz`)
  assert.equal(ready.status, 503)
  assert.match(await ready.text(), /shutting down/)
  vendor.release()
  assert.match(await working.text(), /data: \[DONE\]\s*$/)
  await closing
  await vendor.close()
})

/** A client that has sent its request and reads nothing until told. */
const deafClient = (house: OpenHouse): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sending = request(
      `${house.url}${CHAT}`,
      { method: 'POST', agent: false, headers: { authorization: `Bearer ${house.key}` } },
      resolve,
    )
    sending.on('error', reject)
    sending.end(JSON.stringify(ask(true)))
  })

test('a client that reads nothing stops the upstream, and gets every byte once it reads', async () => {
  const vendor = await startSimulatedVendor()
  // Idle is shorter than the client's silence: a paused upstream is not a silent one.
  const house = await openHouse({
    config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed', 'timeouts: { connect: 1000, firstByte: 5000, idle: 1000 }')}`,
  })
  try {
    vendor.behave('flood')
    const response = await deafClient(house)
    assert.equal(response.statusCode, 200)
    const stalledAt = await untilStalled(vendor)
    assert.ok(stalledAt < FLOOD / 2, `${stalledAt} of ${FLOOD} bytes were taken from the upstream`)
    let bytes = 0
    for await (const chunk of response) bytes += Buffer.from(chunk).length
    assert.equal(bytes, FLOOD_STREAM)
    assert.ok(response.complete)
    const record = await house.record(String(response.headers['x-causeway-request']))
    assert.equal(record.outcome, 'answered')
    assert.equal(record.bytes.out, FLOOD_STREAM)
  } finally {
    await house.close()
    await vendor.close()
  }
})

for (const stream of [false, true]) {
  test(`the record counts the bytes that the client got${stream ? ', of a stream too' : ''}`, async () => {
    const vendor = await startSimulatedVendor()
    const house = await openHouse({ config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}` })
    try {
      const response = await house.post(CHAT, ask(stream))
      const body = await response.text()
      assert.equal((await house.record(response)).bytes.out, Buffer.byteLength(body))
    } finally {
      await house.close()
      await vendor.close()
    }
  })
}

/** Waits until the vendor has handed over no more for two seconds; answers how much it was by then. */
const untilStalled = async (vendor: SimulatedVendor): Promise<number> => {
  let last = -1
  for (let quiet = 0; quiet < 20; ) {
    const now = vendor.flooded()
    quiet = now === last && now > 0 ? quiet + 1 : 0
    last = now
    await later(100)
  }
  return last
}
