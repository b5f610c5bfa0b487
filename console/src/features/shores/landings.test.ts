import { expect, test } from 'vitest'
import type { TargetView } from '../../contract.ts'
import { groupsOf, heightOf, landingsOf, ROW } from './landings.ts'

const target = (name: string, side: TargetView['side']): TargetView => ({
  name,
  provider: 'openai-compatible',
  model: name,
  side,
  simulated: false,
  region: null,
  jurisdiction: null,
  openness: null,
  license: null,
  agreements: [],
  context: null,
  price: null,
  health: null,
})

test('a bank shows its sides in order, idle targets too, and no side that has nothing', () => {
  const groups = groupsOf(
    'home',
    [target('home', 'own'), target('spare', 'own'), target('x', 'closed')],
    [{ target: 'home', side: 'own', requests: 5 }],
  )
  expect(groups.map((group) => [group.side, group.rows.map((row) => [row.name, row.requests])])).toEqual([
    [
      'own',
      [
        ['home', 5],
        ['spare', 0],
      ],
    ],
  ])
})

test('a target that has left the configuration still shows what it answered', () => {
  const [group] = groupsOf('far', [], [{ target: 'old', side: 'rented', requests: 3 }])
  expect(group?.rows).toEqual([{ key: 'rented old', target: null, name: 'old', requests: 3 }])
})

test('many targets become the busiest three and the rest, and no request is lost', () => {
  const targets = Array.from({ length: 9 }, (_, i) => target(`t${i}`, 'closed'))
  const sums = targets.map(({ name, side }, i) => ({ target: name, side, requests: i }))
  const [group] = groupsOf('far', targets, sums)
  expect(group?.rows.map((row) => row.name)).toEqual(['t8', 't7', 't6', '6 more'])
  expect(group?.rows.reduce((sum, row) => sum + row.requests, 0)).toBe(36)
  expect(group?.requests).toBe(36)
})

test('landings stand in the middle of their rows', () => {
  const groups = groupsOf('far', [target('a', 'rented'), target('b', 'rented'), target('c', 'closed')], [])
  const height = heightOf(groups)
  const ys = landingsOf('far', groups, height).map((landing) => landing.y)
  expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBe(ROW)
  expect(ys.at(-1)).toBe(height - 12 - ROW / 2)
  expect(landingsOf('far', groups, height + 40)[0]?.y).toBe((ys[0] ?? 0) + 20)
})
