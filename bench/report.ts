import { median, type Reading } from './measure.ts'
import type { Scenario } from './plan.ts'

/** Beside the figures: without these they say nothing. */
export interface Surroundings {
  readonly machine: string
  /** What was measured: the short revision, and whether files differ from it. */
  readonly revision: string
  readonly cores: number
  readonly node: string
  readonly loadBefore: readonly number[]
  readonly loadAfter: readonly number[]
  readonly minutes: number
  readonly rounds: number
  readonly skipped: readonly string[]
  readonly sizes: Readonly<Record<string, string>>
}

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  const [head, ...rest] = rows.map(line)
  return [head, '─'.repeat(head?.length ?? 0), ...rest].map((text) => `  ${text?.trimEnd()}`).join('\n')
}

const names = (readings: readonly Reading[]): readonly string[] => [
  ...new Set(readings.map(({ candidate }) => candidate)),
]

const of = (readings: readonly Reading[], name: string): readonly Reading[] =>
  readings.filter(({ candidate }) => candidate === name)

const digits = (value: number, places: number): string =>
  Number.isFinite(value) ? value.toFixed(places) : '–'

const spread = (values: readonly number[], places = 0): string =>
  values.length === 0 ? '–' : `${digits(median(values), places)} (${digits(Math.min(...values), places)})`

const cpuOf = (readings: readonly Reading[], name: string, scenario: string): readonly number[] =>
  of(readings, name).flatMap(({ cpu }) => cpu[scenario] ?? [])

const cpuTable = (readings: readonly Reading[], scenarios: readonly Scenario[]): string =>
  table([
    ['CPU µs per request', ...names(readings)],
    ...scenarios.flatMap(({ name, body }) => {
      const row = [name, ...names(readings).map((one) => spread(cpuOf(readings, one, name)))]
      if (!body.stream) return [row]
      const chunk = names(readings).map((one) =>
        spread(cpuOf(readings, one, name).map((value) => value / 101)),
      )
      return [row, ['  per chunk', ...chunk]]
    }),
  ])

/** The same candidate against another in the same rounds: the median of the rounds' own ratios. */
const ratio = (readings: readonly Reading[], one: string, other: string, scenario: string): number => {
  const ratios = of(readings, one).flatMap((mine) => {
    const theirs = of(readings, other).find(({ round }) => round === mine.round)
    const above = mine.cpu[scenario]
    const below = theirs?.cpu[scenario]
    return above === undefined || below === undefined ? [] : [above / below]
  })
  return median(ratios)
}

const ratioTable = (readings: readonly Reading[], scenarios: readonly Scenario[], ours: string): string => {
  const others = names(readings).filter((name) => name !== ours && !name.includes('relaxed'))
  if (others.length === 0 || !names(readings).includes(ours))
    return '  (no ratios: they need causeway and another)'
  const shown = (value: number): string => {
    if (!Number.isFinite(value)) return '–'
    return value < 0.8 ? `1/${digits(1 / value, 1)}` : `${digits(value, 1)}x`
  }
  return table([
    [`CPU of ${ours} against`, ...others],
    ...scenarios.map(({ name }) => [
      name,
      ...others.map((other) => shown(ratio(readings, ours, other, name))),
    ]),
  ])
}

const restTable = (readings: readonly Reading[]): string => {
  const row = (title: string, value: (reading: Reading) => number, places: number): string[] => [
    title,
    ...names(readings).map((name) => spread(of(readings, name).map(value), places)),
  ]
  const leaving = names(readings).map((name) => {
    const each = of(readings, name).map((reading) => reading.leaving)
    if (each.includes(null)) return 'never'
    const all = each.flatMap((times) => times ?? [])
    return all.length === 0 ? '–' : `${digits(median(all), 1)} (max ${digits(Math.max(...all), 1)})`
  })
  return table([
    ['Otherwise', ...names(readings)],
    row('ms added at concurrency 1, p50', ({ added }) => added, 2),
    ['ms from client leaving to upstream told', ...leaving],
    row('MB resident after the load', ({ residentLoaded }) => residentLoaded, 0),
    row('MB resident after the start', ({ residentIdle }) => residentIdle, 0),
    row('s to start', ({ startSeconds }) => startSeconds, 2),
  ])
}

const load = (averages: readonly number[]): string => averages.map((value) => value.toFixed(1)).join(' ')

/** All of it as text that a person reads within a minute. */
export const report = (
  readings: readonly Reading[],
  scenarios: readonly Scenario[],
  about: ReadonlyMap<string, string>,
  around: Surroundings,
): string => {
  const failures = readings.flatMap(({ candidate, round, failures: found }) =>
    found.map((failure) => `  ! ${candidate}, round ${round}: ${failure}`),
  )
  const direct = digits(median(readings.map((reading) => reading.direct)), 2)
  return [
    `Medians of ${around.rounds} interleaved rounds, the smallest in brackets. ${around.minutes.toFixed(1)} minutes.`,
    `  ${around.machine}, ${around.cores} cores, Node ${around.node}, revision ${around.revision}`,
    `  load average before ${load(around.loadBefore)}, after ${load(around.loadAfter)} (1, 5, 15 minutes)`,
    ...names(readings).map((name) => `  ${name}: ${about.get(name)}`),
    ...around.skipped.map((text) => `  ! ${text}`),
    '',
    cpuTable(readings, scenarios),
    '',
    ratioTable(readings, scenarios, 'causeway'),
    '',
    restTable(readings),
    `  (straight to the simulated upstream: ${direct} ms)`,
    '',
    'Installed size',
    ...Object.entries(around.sizes).map(([what, size]) => `  ${what}: ${size}`),
    ...(failures.length === 0 ? [] : ['', 'Failures: the figures beside them do not count', ...failures]),
  ].join('\n')
}
