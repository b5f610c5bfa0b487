import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EngineProgress } from '../engine/index.ts'
import { progressBar } from './engine-progress.ts'

const step = (phase: EngineProgress['phase'], done: number, total: number | null): EngineProgress => ({
  phase,
  unit: 'bytes',
  done,
  total,
  rate: null,
  etaSeconds: null,
  message: `${phase} ${done}`,
})

const drawn = (isTTY: boolean, steps: readonly (readonly [number, EngineProgress])[]): string[] => {
  const out: string[] = []
  let now = 0
  const bar = progressBar({ isTTY, columns: 60, write: (text: string) => out.push(text) }, () => now)
  for (const [at, each] of steps) {
    now = at
    bar(each)
  }
  return out
}

const run = [
  [10_000, step('plan', 0, 100)],
  [10_001, step('weights', 0, 100)],
  [10_002, step('weights', 1, 100)],
  [10_200, step('weights', 50, 100)],
  [16_000, step('weights', 75, 100)],
  [16_001, step('weights', 100, 100)],
  [16_002, step('ready', 0, 0)],
] as const

test('without a terminal: plain lines, one a phase, one every five seconds, and the last', () => {
  assert.deepEqual(drawn(false, run), [
    'plan 0\n',
    'weights 0\n',
    'weights 75\n',
    'weights 100\n',
    'ready 0\n',
  ])
})

test('on a terminal: one line redrawn, cut to its width, ended before the next phase', () => {
  const out = drawn(true, run)
  assert.equal(out.length, 7)
  assert.ok(out[2]?.startsWith('\r\u001B[2K[████████████············] weights 50'))
  assert.equal(out[5], '\n')
  assert.equal(out[6], 'ready 0\n')
  const narrow: string[] = []
  progressBar(
    { isTTY: true, columns: 20, write: (text: string) => narrow.push(text) },
    () => 1e6,
  )(step('weights', 1, 2))
  assert.ok((narrow[0] ?? '').length <= 20 + '\r\u001B[2K'.length)
})
