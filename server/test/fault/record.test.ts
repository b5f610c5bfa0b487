import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as later } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { dataFiles } from '../../src/recorder/index.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/* No record, no service: what a client gets, and what an upstream does not, while nothing can be written. */

const SECRETIVE = 'Write to anna.berger@harbour-mail.net about the visit.'
const HARMLESS = 'Why do tides rise?'

const chat = (text: string, stream = false) => ({
  model: 'home',
  stream,
  messages: [{ role: 'user', content: text }],
})
const message = (text: string) => ({ ...chat(text), max_tokens: 50 })

/** Sets the largest size a file of this process may have, which is how a full device looks from inside. */
const LIMITER = 'prlimit'
const limitFiles = (size: number | 'unlimited'): void => {
  execFileSync(LIMITER, [`--pid=${process.pid}`, `--fsize=${size}:unlimited`])
}
const cannotLimit = ((): string | false => {
  try {
    limitFiles('unlimited')
    return false
  } catch {
    return 'prlimit is not at hand: a full device cannot be made here'
  }
})()

const readiness = async (house: OpenHouse): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${house.url}/readyz`)
  return { status: response.status, text: await response.text() }
}

const untilReady = async (house: OpenHouse): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await readiness(house)).status === 200) return
    await later(20)
  }
  assert.fail((await readiness(house)).text)
}

const assertShape = async (response: Response, dialect: 'openai' | 'anthropic'): Promise<void> => {
  const text = await response.text()
  assert.equal(response.status, 503, text)
  assert.equal(response.headers.get('x-causeway-code'), 'record_unavailable')
  const body: unknown = JSON.parse(text)
  assert.ok(typeof body === 'object' && body !== null && 'error' in body)
  const { error } = body
  assert.ok(typeof error === 'object' && error !== null && 'message' in error && 'type' in error)
  if (dialect === 'anthropic') {
    assert.ok('type' in body && body.type === 'error')
    assert.ok('request_id' in body)
  } else assert.ok('code' in error && error.code === 'record_unavailable')
  assert.ok(!text.includes('anna.berger'))
}

describe('while the record cannot be written', () => {
  let vendor: SimulatedVendor
  let house: OpenHouse
  before(async () => {
    vendor = await startSimulatedVendor()
    house = await openHouse({ config: `targets:\n${simulatedTarget('home', vendor.url, 'own')}` })
    const first = await house.post('/v1/chat/completions', chat(SECRETIVE))
    assert.equal(first.status, 200, await first.text())
  })
  after(async () => {
    await house.close()
    await vendor.close()
  })

  /** Runs with no room for another entry in the log. */
  const whileFull = async (act: () => Promise<void>): Promise<void> => {
    limitFiles(statSync(dataFiles(house.dataFolder).entries).size)
    try {
      await act()
    } finally {
      limitFiles('unlimited')
    }
  }

  test('a labelled request is refused in its dialect’s shape, and nothing was sent', {
    skip: cannotLimit,
  }, async () => {
    const seen = vendor.seen.length
    await whileFull(async () => {
      await assertShape(await house.post('/v1/chat/completions', chat(SECRETIVE)), 'openai')
      await assertShape(await house.post('/v1/chat/completions', chat(SECRETIVE, true)), 'openai')
      await assertShape(await house.post('/v1/messages', message(SECRETIVE)), 'anthropic')
      const { status, text } = await readiness(house)
      assert.equal(status, 503)
      assert.match(text, /could not be written/)
    })
    assert.equal(vendor.seen.length, seen, 'an upstream was asked without a record')
  })

  test('an answer that was already on its way is withheld, or its stream ends with an error', {
    skip: cannotLimit,
  }, async () => {
    await whileFull(async () => {
      await assertShape(await house.post('/v1/chat/completions', chat(HARMLESS)), 'openai')
      const streaming = await house.post('/v1/chat/completions', chat(HARMLESS, true))
      const text = await streaming.text()
      assert.ok(!text.includes('[DONE]'), text)
      assert.match(text, /record_unavailable/)
    })
  })

  test('refusals need a record too: a wrong key gets 503 and not 401', { skip: cannotLimit }, async () => {
    await whileFull(async () => {
      const response = await house.post('/v1/chat/completions', chat(HARMLESS), {
        authorization: 'Bearer cw-wrong',
      })
      await assertShape(response, 'openai')
    })
  })

  test('once there is room it serves again, and the log tells of the time between', {
    skip: cannotLimit,
  }, async () => {
    // The first request tries again by itself; nobody has to wait for the recorder's own next attempt.
    const response = await house.post('/v1/chat/completions', chat(SECRETIVE))
    assert.equal(response.status, 200, await response.text())
    assert.equal((await readiness(house)).status, 200)
    assert.equal((await house.record(response)).outcome, 'answered')
    const log = readFileSync(dataFiles(house.dataFolder).entries, 'utf8')
    assert.match(log, /"repaired"/)
    assert.match(log, /recording was not possible/)
  })
})

test('the recorder’s thread dies: labelled requests are refused or recorded, never sent unrecorded; then it is back', async () => {
  const workers: Worker[] = []
  const note = (worker: Worker): void => {
    workers.push(worker)
  }
  process.on('worker', note)
  const vendor = await startSimulatedVendor()
  const house = await openHouse({ config: `targets:\n${simulatedTarget('home', vendor.url, 'own')}` })
  process.off('worker', note)
  try {
    await workers[0]?.terminate()
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const response = await house.post('/v1/chat/completions', chat(SECRETIVE))
        await response.text()
        return response.status
      }),
    )
    assert.ok(
      statuses.every((status) => status === 503 || status === 200),
      statuses.join(),
    )
    await untilReady(house)
    const after = await house.post('/v1/chat/completions', chat(SECRETIVE))
    assert.equal(after.status, 200, await after.text())
    const log = readFileSync(join(house.dataFolder, 'audit', 'entries.jsonl'), 'utf8')
    const intents = log.split('\n').filter((line) => line.includes('"intent"')).length
    assert.equal(intents, vendor.seen.length, 'as many intents as requests that an upstream saw')
    assert.match(log, /thread stopped/)
  } finally {
    await house.close()
    await vendor.close()
  }
})
