import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CATALOGUE } from './catalogue.ts'
import { EngineError } from './errors.ts'
import { chooseContext, fits, memoryFor } from './fit.ts'
import { duration, meter } from './progress.ts'

const fitting = (gigabytes: number, processors: number): string[] =>
  CATALOGUE.filter((entry) => fits(entry, { freeMemory: gigabytes * 1e9, processors }).fit).map(
    (entry) => entry.name,
  )

describe('the choice of a model', () => {
  test('the better the machine, the larger the model', () => {
    assert.equal(fitting(16, 8)[0], 'qwen2.5-1.5b-instruct')
    assert.equal(fitting(16, 2)[0], 'qwen2.5-0.5b-instruct')
    assert.equal(fitting(1, 8)[0], 'qwen2.5-0.5b-instruct')
    assert.deepEqual(fitting(0.7, 1), ['smollm2-135m-instruct'])
    assert.deepEqual(fitting(0.3, 8), [])
  })

  test('every entry is pinned, has a source, and says whether it is for work', () => {
    for (const entry of CATALOGUE) {
      assert.match(entry.sha256, /^[0-9a-f]{64}$/)
      assert.ok(entry.bytes > 50_000_000 && entry.bytes < 2e9)
      assert.ok(entry.hub !== null || entry.wheel !== null)
      if (entry.hub !== null) assert.match(entry.hub.revision, /^[0-9a-f]{40}$/)
    }
    assert.equal(new Set(CATALOGUE.map((entry) => entry.name)).size, CATALOGUE.length)
    assert.deepEqual(
      CATALOGUE.filter((entry) => !entry.forWork).map((entry) => entry.name),
      ['smollm2-135m-instruct'],
    )
  })
})

describe('the context', () => {
  const model = { bytes: 1e8, cachePerToken: 20_000, trainedContext: 8192 }

  test('is the largest that memory holds', () => {
    assert.equal(chooseContext(model, memoryFor(model, 8192), null), 8192)
    assert.equal(chooseContext(model, memoryFor(model, 8192) - 1, null), 4096)
    assert.equal(chooseContext(model, memoryFor(model, 2048), null), 2048)
    assert.equal(chooseContext({ ...model, trainedContext: 4096 }, 1e12, null), 4096)
    assert.equal(chooseContext(model, 1e12, 3000), 3000)
    assert.equal(chooseContext(model, 1e12, 100_000), 8192)
  })

  test('too little memory is said with the sizes, before anything is loaded', () => {
    for (const asked of [null, 8192]) {
      assert.throws(
        () => chooseContext(model, 2e8, asked),
        (thrown) =>
          thrown instanceof EngineError && thrown.code === 'memory_short' && /MB/.test(thrown.message),
      )
    }
  })
})

describe('progress', () => {
  test('rate and time left come from the last seconds', () => {
    let now = 0
    const report = meter('weights', 'file', 100_000_000, () => now)
    assert.deepEqual([report(0).rate, report(0).etaSeconds], [null, null])
    now = 1000
    const early = report(10_000_000)
    assert.deepEqual([early.rate, early.etaSeconds], [10_000_000, 9])
    now = 20_000
    report(20_000_000)
    now = 21_000
    const late = report(60_000_000)
    assert.equal(late.rate, 40_000_000)
    assert.equal(late.etaSeconds, 1)
    assert.equal(late.message, 'file: 60 MB of 100 MB, 40 MB/s, 1 s left')
  })

  test('a resumed download does not count what was there as speed', () => {
    let now = 0
    const report = meter('weights', 'file', 100, () => now)
    report(90)
    now = 1000
    assert.equal(report(95).rate, 5)
  })

  test('durations', () => {
    assert.equal(duration(59), '59 s')
    assert.equal(duration(61), '1 min 1 s')
  })
})
