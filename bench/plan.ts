import type { BodyKind } from './bodies.ts'

/** One way of loading a candidate. */
export interface Scenario {
  readonly name: string
  readonly body: BodyKind
  /** Requests (or streams) measured, and sent before that. */
  readonly count: number
  readonly warm: number
  /** Also for candidates that take part briefly. */
  readonly brief: boolean
}

const whole = (bytes: number, messages: number, fresh: BodyKind['fresh']): BodyKind => ({
  bytes,
  messages,
  fresh,
  stream: false,
})

const CHAT: readonly Scenario[] = [
  { name: '2 KB', body: whole(2176, 5, 'last'), count: 20_000, warm: 4000, brief: true },
  { name: '2 KB, all text new', body: whole(2176, 5, 'all'), count: 4000, warm: 1000, brief: false },
  { name: '20 KB, same history', body: whole(20_649, 37, 'last'), count: 4000, warm: 1000, brief: false },
  { name: '20 KB, all text new', body: whole(20_649, 37, 'all'), count: 4000, warm: 1000, brief: false },
]

const STREAM: Scenario = {
  name: 'stream of 100 chunks',
  body: { ...whole(2176, 5, 'last'), stream: true },
  count: 640,
  warm: 64,
  brief: false,
}

export interface Plan {
  readonly rounds: number
  readonly concurrency: number
  readonly scenarios: readonly Scenario[]
  /** Requests one after the other, for the latency added. */
  readonly latencies: number
  /** Streams that the client leaves. */
  readonly leavings: number
  /** No single measurement takes longer than this. */
  readonly secondsEach: number
  /** After this, no further round begins. */
  readonly secondsAll: number
  readonly secondsToInstall: number
}

const scaled = (scenario: Scenario, by: number, least: number): Scenario => ({
  ...scenario,
  count: Math.max(least, Math.round(scenario.count * by)),
  warm: Math.max(least, Math.round(scenario.warm * by)),
})

/** The whole measurement, under 12 minutes on two cores, or a twentieth of it, under 90 seconds. */
export const planOf = (quick: boolean, rounds: number): Plan => ({
  rounds,
  concurrency: 32,
  scenarios: [...CHAT, STREAM].map((scenario) =>
    quick ? scaled(scenario, 1 / 20, scenario.body.stream ? 32 : 50) : scenario,
  ),
  latencies: quick ? 30 : 500,
  leavings: quick ? 3 : 17,
  secondsEach: quick ? 3 : 20,
  secondsAll: quick ? 60 : 480,
  secondsToInstall: quick ? 40 : 120,
})

/** What of a scenario a candidate gets. */
export const shareOf = (scenario: Scenario, share: number): Scenario =>
  scenario.body.stream ? scaled(scenario, Math.max(share, 1 / 4), 32) : scaled(scenario, share, 50)
