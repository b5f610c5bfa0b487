import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { CATALOGUE } from './catalogue.ts'
import { EngineError } from './errors.ts'
import { note } from './progress.ts'
import { manifestOf } from './shelf.ts'
import type { RunningEngine, StartOptions } from './start.ts'
import { type EngineState, superviseEngine } from './supervise.ts'

const entry = CATALOGUE.at(-1)
assert.ok(entry !== undefined)
const model = { ...manifestOf(entry, 'pip'), pulledAt: 0, checkedAt: 0, path: '/x' }

const engineWith = (stop: () => void): RunningEngine => ({
  url: 'http://127.0.0.1:1',
  port: 1,
  model,
  context: 8192,
  pid: 1,
  stop: () => {
    stop()
    return Promise.resolve()
  },
})

const supervise = (start: (options: StartOptions) => Promise<RunningEngine>, port = 0) => {
  const states: EngineState[] = []
  const onView = (state: EngineState): void => {
    states.push(state)
  }
  const supervisor = superviseEngine({
    declined: false,
    cache: '/c',
    environment: {},
    port,
    onView,
    start,
    patience: 0,
  })
  const until = async (phase: string): Promise<EngineState> => {
    while (supervisor.view().phase !== phase) await tick()
    return supervisor.view()
  }
  return { supervisor, states, until }
}

describe('superviseEngine', () => {
  test('passes progress on as states and ends the process when stopped', async () => {
    let stopped = 0
    const { supervisor, states, until } = supervise((options) => {
      options.onProgress?.(note('plan', 'needs 5 MB', 5_000_000))
      options.onProgress?.({ ...note('weights', 'w'), done: 3, total: 5, rate: 2 })
      return Promise.resolve(engineWith(() => (stopped += 1)))
    })
    const ready = await until('ready')
    assert.equal(ready.model, 'smollm2-135m-instruct')
    assert.match(ready.message, /too small for work/)
    assert.deepEqual(
      states.map((state) => [state.phase, state.bytes, state.total]),
      [
        ['choosing', null, 5_000_000],
        ['weights', 3, 5],
        ['ready', null, null],
      ],
    )
    await supervisor.stop()
    assert.equal(stopped, 1)
  })

  test('a failure is a state with the way out, not a throw', async () => {
    const { until, supervisor } = supervise(() =>
      Promise.reject(new EngineError('weights_unavailable', 'Nothing there.')),
    )
    assert.match((await until('failed')).message, /Nothing there\. Run causeway engine pull --from/)
    await supervisor.stop()
  })

  test('a crash is followed by a restart, and after five it gives up', async () => {
    let starts = 0
    const { until } = supervise((options) => {
      starts += 1
      setImmediate(() => options.onExit?.({ code: null, signal: 'SIGKILL', lastWords: 'oom' }))
      return Promise.resolve(engineWith(() => undefined))
    })
    assert.match((await until('failed')).message, /SIGKILL.*oom.*restarted 5 times/)
    assert.equal(starts, 6)
  })

  test('stopping during the set-up cancels it', async () => {
    const { supervisor } = supervise(
      (options) =>
        new Promise((_resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(new EngineError('cancelled', 'x')), {
            once: true,
          })
        }),
    )
    await tick()
    await supervisor.stop()
    assert.equal(supervisor.view().phase, 'choosing')
  })

  test('declined, nothing is started', async () => {
    const start = (): Promise<RunningEngine> => assert.fail('started')
    const states: EngineState[] = []
    const onView = (state: EngineState): void => {
      states.push(state)
    }
    const supervisor = superviseEngine({
      declined: true,
      cache: '/c',
      environment: {},
      port: 0,
      onView,
      start,
    })
    await supervisor.stop()
    assert.equal(supervisor.view().phase, 'declined')
    assert.equal(states.length, 1)
  })

  for (const [what, body, phase] of [
    ['an engine of another installation is shared', '{"server":"causeway-engine","model":"m"}', 'ready'],
    ['a strange server on the port is not', '{"model":"m"}', 'failed'],
    ['nor one that talks rubbish', '<html>', 'failed'],
  ] as const) {
    test(what, async () => {
      const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      assert.ok(typeof address === 'object' && address !== null)
      const taken = () => Promise.reject(new EngineError('port_in_use', 'Taken.'))
      const { until, supervisor } = supervise(taken, address.port)
      await until(phase)
      await supervisor.stop()
      server.close()
    })
  }
})
