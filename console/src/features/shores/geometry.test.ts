import { expect, test } from 'vitest'
import { draw, type Landing, type Scene } from './geometry.ts'

const landing = (key: string, bank: Landing['bank'], requests: number, y: number): Landing => ({
  key,
  bank,
  requests,
  y,
})

const scene = (landings: readonly Landing[], refused = 0): Scene => ({
  width: 480,
  height: 320,
  landings,
  refused,
})

test('bands are as wide as their share and the widest has the full width', () => {
  const { bands } = draw(
    scene([landing('a', 'home', 100, 60), landing('b', 'far', 50, 60), landing('c', 'far', 25, 160)]),
  )
  expect(bands.map((band) => [band.key, band.thickness])).toEqual([
    ['a', 42],
    ['b', 21],
    ['c', 10.5],
  ])
})

test('a single request among many can still be seen, and none draws nothing', () => {
  const { bands } = draw(
    scene([landing('a', 'home', 100_000, 60), landing('b', 'far', 1, 60), landing('c', 'far', 0, 160)]),
  )
  expect(bands.map((band) => band.key)).toEqual(['a', 'b'])
  expect(bands[1]?.thickness).toBe(2)
})

test('nothing at all is a gateway without bands', () => {
  const picture = draw(scene([landing('a', 'home', 0, 60)]))
  expect(picture.bands).toEqual([])
  expect(picture.hook).toBeNull()
  expect(picture.gateway.height).toBeGreaterThan(50)
})

test('bands of a bank leave the gateway in the order of their landings and do not overlap there', () => {
  const { bands, gateway } = draw(
    scene([
      landing('low', 'far', 30, 200),
      landing('high', 'far', 60, 40),
      landing('middle', 'far', 10, 120),
    ]),
  )
  expect(bands.map((band) => band.key)).toEqual(['high', 'middle', 'low'])
  const starts = bands.map((band) => Number(/^M[\d.]+ ([\d.]+)C/.exec(band.path)?.[1]))
  bands.forEach((band, i) => {
    const edge = (starts[i] ?? 0) + band.thickness / 2
    const next = bands[i + 1]
    if (next !== undefined) expect((starts[i + 1] ?? 0) - next.thickness / 2).toBeGreaterThan(edge)
    expect(edge).toBeLessThanOrEqual(gateway.y + gateway.height)
  })
})

test('home bands end at the left edge, far ones at the right, each at the height of its row', () => {
  const { bands } = draw(scene([landing('a', 'home', 5, 61), landing('b', 'far', 5, 143)]))
  expect(bands[0]?.path.endsWith(' 0 61')).toBe(true)
  expect(bands[1]?.path.endsWith(' 480 143')).toBe(true)
})

test('the refused come back to the gateway and never reach the bank', () => {
  const { hook, gateway } = draw(scene([landing('a', 'far', 90, 60)], 40))
  expect(hook?.tip[0]).toBeLessThan(gateway.x + gateway.width + 5)
  const xs = [...(hook?.path.matchAll(/[MH]([\d.]+)/g) ?? [])].map((match) => Number(match[1]))
  expect(Math.max(...xs)).toBeLessThan(400)
  const y = hook?.tip[1] ?? 0
  expect(y).toBeLessThan(gateway.y + gateway.height)
})

test('everything stays inside the picture however many targets and however small the room', () => {
  const many = Array.from({ length: 8 }, (_, i) =>
    landing(`t${i}`, i % 2 === 0 ? 'home' : 'far', 100, 30 + i * 40),
  )
  for (const width of [70, 200, 480]) {
    const { gateway, bands } = draw({ width, height: 320, landings: many, refused: 100 })
    expect(gateway.y).toBeGreaterThanOrEqual(0)
    expect(gateway.y + gateway.height).toBeLessThanOrEqual(320)
    for (const band of bands) expect(band.path).not.toMatch(/NaN|-\d/)
  }
})
