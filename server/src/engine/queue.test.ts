import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { EngineError } from './errors.ts'
import { Queue } from './queue.ts'
import { StopGate } from './stops.ts'

const calm = new AbortController().signal

describe('Queue', () => {
  test('one at a time, in order', async () => {
    const queue = new Queue(5)
    const order: number[] = []
    const leaveFirst = await queue.enter(calm)
    const rest = [1, 2, 3].map(async (number) => {
      const leave = await queue.enter(calm)
      order.push(number)
      leave()
    })
    assert.equal(queue.depth, 4)
    assert.deepEqual(order, [])
    leaveFirst()
    leaveFirst()
    await Promise.all(rest)
    assert.deepEqual(order, [1, 2, 3])
    assert.equal(queue.depth, 0)
  })

  test('ending a turn twice gives one turn only', async () => {
    const queue = new Queue(5)
    const leave = await queue.enter(calm)
    let turns = 0
    const waiting = [1, 2].map(() =>
      queue.enter(calm).then((next) => {
        turns += 1
        return next
      }),
    )
    leave()
    leave()
    const next = await waiting[0]
    await tick()
    assert.equal(turns, 1)
    next?.()
    await Promise.all(waiting)
    assert.equal(turns, 2)
  })

  test('beyond its limit it refuses, and goes on', async () => {
    const queue = new Queue(1)
    const leave = await queue.enter(calm)
    const second = queue.enter(calm)
    await assert.rejects(
      queue.enter(calm),
      (thrown) => thrown instanceof EngineError && thrown.code === 'overloaded',
    )
    leave()
    ;(await second)()
    assert.equal(queue.depth, 0)
  })

  test('a waiter that leaves gives its place up and does not get a turn', async () => {
    const queue = new Queue(1)
    const leave = await queue.enter(calm)
    const gone = new AbortController()
    const waiting = queue.enter(gone.signal)
    gone.abort(new Error('left'))
    await assert.rejects(waiting, /left/)
    assert.equal(queue.depth, 1)
    const next = queue.enter(calm)
    leave()
    ;(await next)()
    assert.equal(queue.depth, 0)
    await assert.rejects(queue.enter(gone.signal), /left/)
  })
})

describe('StopGate', () => {
  const through = (stops: string[], pieces: string[]): [string, boolean] => {
    const gate = new StopGate(stops)
    let sent = ''
    for (const piece of pieces) sent += gate.push(piece)
    return [sent + gate.end(), gate.stopped]
  }

  test('cuts at the first stop, also when it comes in pieces', () => {
    assert.deepEqual(through(['END'], ['a E', 'N', 'D b']), ['a ', true])
    assert.deepEqual(through(['END', 'a'], ['xaEND']), ['x', true])
    assert.deepEqual(through(['\n\n'], ['one\n', 'two\n', '\nthree']), ['one\ntwo', true])
  })

  test('holds back only what may become a stop, and gives it back', () => {
    const gate = new StopGate(['END'])
    assert.equal(gate.push('the E'), 'the ')
    assert.equal(gate.push('N'), '')
    assert.equal(gate.push('ough'), 'ENough')
    assert.deepEqual(through(['END'], ['finE']), ['finE', false])
    assert.deepEqual(through([], ['a', 'b']), ['ab', false])
    assert.deepEqual(through(['aab'], ['aaab']), ['a', true])
  })
})
