import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type Behaviour, type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

const chat = (model: string, stream: boolean) => ({
  model,
  stream,
  messages: [{ role: 'user', content: 'Why do tides rise?' }],
})
const message = (model: string, stream: boolean) => ({
  model,
  stream,
  max_tokens: 50,
  messages: [{ role: 'user', content: 'Why do tides rise?' }],
})

interface Expected {
  readonly status: number
  readonly code: string
}

/** What a client gets when the only target of its route misbehaves before anything was said. */
const BEFORE: readonly (readonly [Behaviour, Expected])[] = [
  ['refuse-400', { status: 400, code: 'upstream_rejected' }],
  ['refuse-401', { status: 502, code: 'upstream_auth' }],
  ['limit-429', { status: 429, code: 'upstream_rate_limited' }],
  ['fail-500', { status: 502, code: 'upstream_error' }],
  ['overload-503', { status: 503, code: 'upstream_overloaded' }],
  ['html', { status: 502, code: 'upstream_error' }],
  ['rubbish', { status: 502, code: 'upstream_garbled' }],
  ['cut-before', { status: 502, code: 'upstream_cut' }],
  ['error-event', { status: 502, code: 'upstream_error' }],
  ['hang', { status: 504, code: 'upstream_timeout' }],
]

describe('an upstream that misbehaves', () => {
  let first: SimulatedVendor
  let second: SimulatedVendor
  let house: OpenHouse

  before(async () => {
    first = await startSimulatedVendor()
    second = await startSimulatedVendor()
    const impatient = 'timeouts: { connect: 500, firstByte: 700, idle: 700 }'
    const alone = BEFORE.flatMap(([behaviour]) =>
      ['chat', 'messages', 'chat-stream', 'messages-stream'].map((kind) =>
        simulatedTarget(`${behaviour}-${kind}`, first.url, 'closed', impatient),
      ),
    )
    house = await openHouse({
      config: `targets:\n${alone.join('')}${['shaky', 'steady', 'unreachable'].map((name) => simulatedTarget(name, name === 'shaky' ? first.url : name === 'steady' ? second.url : 'http://127.0.0.1:9/v1', 'closed', impatient)).join('')}${['m1', 'm2', 'm3', 'm4', 'm5', 'm6'].map((name) => simulatedTarget(name, first.url, 'closed', impatient)).join('')}routes:\n  - { name: pair, targets: [shaky, steady], objective: ordered }\n`,
    })
  })
  after(async () => {
    await house.close()
    await first.close()
    await second.close()
  })

  for (const [behaviour, expected] of BEFORE) {
    for (const stream of [false, true]) {
      for (const dialect of ['chat', 'messages'] as const) {
        test(`${behaviour}, ${dialect}${stream ? ', streaming' : ''}: ${expected.status} ${expected.code}, typed and recorded`, async () => {
          first.behave(behaviour)
          const name = `${behaviour}-${dialect}${stream ? '-stream' : ''}`
          const response = await house.post(
            dialect === 'chat' ? '/v1/chat/completions' : '/v1/messages',
            dialect === 'chat' ? chat(name, stream) : message(name, stream),
          )
          const body = await response.text()
          const garbledStream = behaviour === 'rubbish' && stream
          assert.equal(response.status, expected.status, body)
          if (!garbledStream) assert.equal(response.headers.get('x-causeway-code'), expected.code, body)
          const json: unknown = JSON.parse(body)
          assert.ok(
            typeof json === 'object' && json !== null && 'error' in json,
            'an error in the dialect’s shape',
          )
          if (dialect === 'messages') assert.ok('type' in json && json.type === 'error')
          assert.ok(!body.includes('sk-simulated-000000000000'), 'no secret that an upstream repeated')
          assert.ok(!body.includes('    at '), 'no stack trace')
          const record = await house.record(response)
          assert.equal(record.outcome, expected.code === 'upstream_rejected' ? 'refused' : 'failed')
          assert.equal(record.attempts.length, 1)
          assert.equal(record.status, expected.status)
        })
      }
    }
  }

  test('a rate-limited upstream’s retry-after reaches the client', async () => {
    first.behave('limit-429')
    const response = await house.post('/v1/chat/completions', chat('m1', false))
    assert.equal(response.status, 429)
    assert.equal(response.headers.get('retry-after'), '7')
  })

  for (const behaviour of [
    'fail-500',
    'cut-before',
    'error-event',
    'limit-429',
    'overload-503',
    'hang',
  ] as const) {
    test(`${behaviour} before the first byte: the next permitted target answers`, async () => {
      first.behave(behaviour)
      const response = await house.post('/v1/chat/completions', chat('pair', true))
      const body = await response.text()
      assert.equal(response.status, 200, body)
      assert.equal(response.headers.get('x-causeway-target'), 'steady')
      assert.ok(body.includes('[simulated vendor]') && body.trimEnd().endsWith('data: [DONE]'))
      const record = await house.record(response)
      assert.equal(record.target, 'steady')
      assert.equal(record.outcome, 'answered')
    })
  }

  for (const behaviour of ['cut-middle', 'no-end', 'silent'] as const) {
    for (const dialect of ['chat', 'messages'] as const) {
      test(`${behaviour}, ${dialect}: an error event ends the stream, nothing is made up, tokens are booked as estimated`, async () => {
        first.behave(behaviour)
        const name = `m${2 + ['cut-middle', 'no-end', 'silent'].indexOf(behaviour)}`
        const response = await house.post(
          dialect === 'chat' ? '/v1/chat/completions' : '/v1/messages',
          dialect === 'chat' ? chat(name, true) : message(name, true),
        )
        const body = await response.text()
        assert.equal(response.status, 200)
        assert.ok(body.includes('"error"'), body)
        assert.ok(!body.includes('[DONE]') && !body.includes('message_stop'), 'no made-up end')
        const record = await house.record(response)
        assert.equal(record.outcome, 'failed')
        if (behaviour !== 'no-end') assert.equal(record.usage.estimated, true)
        assert.equal(record.attempts.length, 1)
      })
    }
  }

  for (const dialect of ['chat', 'messages'] as const) {
    test(`T58 an upstream that stays connected behind its last event, ${dialect}: a whole answer, recorded as one`, async () => {
      first.behave('linger')
      const response = await house.post(
        dialect === 'chat' ? '/v1/chat/completions' : '/v1/messages',
        dialect === 'chat' ? chat('m6', true) : message('m6', true),
      )
      const body = await response.text()
      assert.ok(body.includes(dialect === 'chat' ? '[DONE]' : 'message_stop'), body)
      const record = await house.record(response)
      assert.equal(record.outcome, 'answered')
      assert.equal(record.code, null)
    })
  }

  test('a target that cannot be reached: 502, said by name, and nothing counted as sent', async () => {
    const response = await house.post('/v1/chat/completions', chat('unreachable', false))
    assert.equal(response.status, 502)
    assert.equal(response.headers.get('x-causeway-code'), 'upstream_unreachable')
    const record = await house.record(response)
    assert.equal(record.attempts[0]?.sent, false)
    assert.equal(record.cost.nanos, 0)
  })
})

describe('a client that leaves mid-stream', () => {
  test('T57 the upstream is aborted, nobody else is tried, and the request is settled as client-closed', async () => {
    const vendor = await startSimulatedVendor()
    const house = await openHouse({ config: `targets:\n${simulatedTarget('slow', vendor.url, 'closed')}` })
    try {
      vendor.behave('slow')
      const leave = new AbortController()
      const response = await fetch(`${house.url}/v1/chat/completions`, {
        method: 'POST',
        signal: leave.signal,
        headers: { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(chat('slow', true)),
      })
      const id = response.headers.get('x-causeway-request') ?? ''
      const reader = response.body?.getReader()
      await reader?.read()
      const order: string[] = []
      const aborted = vendor.aborted(0).then(() => order.push('upstream aborted'))
      leave.abort()
      order.push('client left')
      await aborted
      const record = await untilRecorded(house, id)
      assert.deepEqual(order, ['client left', 'upstream aborted'])
      assert.equal(record.outcome, 'client-closed')
      assert.equal(record.status, 499)
      assert.equal(record.usage.estimated, true)
      assert.equal(record.attempts.length, 1, 'no other target was tried after the client left')
    } finally {
      await house.close()
      await vendor.close()
    }
  })
})

const untilRecorded = async (house: OpenHouse, id: string) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const record = await house.record(id).catch(() => null)
    if (record !== null) return record
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the request was never recorded')
}
