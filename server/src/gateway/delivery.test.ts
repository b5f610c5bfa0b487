import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Delivery } from './delivery.ts'

const opened = (flows = true) => {
  const told: (string | Uint8Array)[] = []
  const client = {
    begun: false,
    write(chunk: string | Uint8Array) {
      told.push(chunk)
      return flows
    },
  }
  let paused = 0
  const delivery = new Delivery({
    client,
    keepAlive: ': still here\n',
    begin() {
      client.begun = true
      told.push('head')
    },
    pause() {
      paused += 1
    },
  })
  return { delivery, told, paused: () => paused }
}

describe('a stream on its way to the client', () => {
  test('is held until it is an answer, then written as it comes', () => {
    const { delivery, told } = opened()
    delivery.push(['role'], false)
    assert.deepEqual(told, [])
    delivery.push(['word'], true)
    assert.deepEqual(told, ['head', 'role', 'word'])
    delivery.push(['', 'more'], false)
    assert.deepEqual(told, ['head', 'role', 'word', 'more'])
  })

  test('stops its upstream where the client reads slower', () => {
    const { delivery, paused } = opened(false)
    delivery.push(['word'], true)
    assert.equal(paused(), 1)
    delivery.push([], true)
    assert.equal(paused(), 1)
  })

  test('begins at the first sign of life, with what was held, and gives one in every silent span', (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const { delivery, told } = opened()
    delivery.keepOpen()
    delivery.push(['role'], false)
    t.mock.timers.tick(15_000)
    assert.deepEqual(told, ['head', 'role'])
    t.mock.timers.tick(15_000)
    assert.deepEqual(told.slice(2), [': still here\n'])
    delivery.push(['word'], true)
    t.mock.timers.tick(15_000)
    assert.deepEqual(told.slice(3), ['word'])
    t.mock.timers.tick(15_000)
    assert.deepEqual(told.slice(4), [': still here\n'])
    delivery.stop()
    t.mock.timers.tick(60_000)
    assert.equal(told.length, 5)
  })
})
