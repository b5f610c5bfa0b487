import type { Clock, Health } from '../domain/index.ts'

/** How an attempt went wrong, as far as health asks. */
export interface Failure {
  /** False for a fault of the client's or ours: says nothing about the target and never counts. */
  readonly retry: boolean
  /** Milliseconds that the upstream asked to be left alone, or null. */
  readonly after: number | null
  /** True where no connection came about at all. */
  readonly connect?: boolean
}

/** Milliseconds and counts; the defaults suit interactive use. */
export interface HealthOptions {
  /** Failures in a row that take a target out. */
  readonly failures?: number
  /** The same for failures to connect. */
  readonly connectFailures?: number
  /** How long the first time; multiplied by the number of recent ejections. */
  readonly base?: number
  readonly longest?: number
  /** Each such span of time since the last ejection forgets one. */
  readonly decay?: number
  /** The longest `after` that is honoured. */
  readonly longestAfter?: number
  /** A trial request that has said nothing for so long counts as lost, and another may try. */
  readonly trial?: number
}

/** What is known of how the targets are doing. Every attempt calls `begin` and `ended`, and at most one of `answered` and `failed`. */
export interface HealthBook {
  of(target: string): Health
  /** Every target that was ever begun or failed, by name. */
  all(): Readonly<Record<string, Health>>
  begin(target: string): void
  /** An attempt that got an answer; milliseconds to its first byte. */
  answered(target: string, firstByte: number): void
  failed(target: string, failure: Failure): void
  ended(target: string): void
}

interface State {
  inFlight: number
  firstByte: number | null
  failures: number
  connectFailures: number
  ejections: number
  ejectedAt: number
  /** Clock ticks; 0 where not out. */
  outUntil: number
  /** True from an ejection until the next answer. */
  suspect: boolean
  trialSince: number | null
  /** Clock ticks until which the upstream asked to be left alone. */
  quietUntil: number
}

const DEFAULTS = {
  failures: 5,
  connectFailures: 3,
  base: 5_000,
  longest: 30_000,
  decay: 60_000,
  longestAfter: 600_000,
  trial: 20_000,
} satisfies Required<HealthOptions>

/** Share of a new measurement in the smoothed time to the first byte. */
const SMOOTHING = 0.2

/**
 * A book that takes a failing target out for a while, then lets one request at a time try it. It orders and holds
 * back only what is permitted already; it has no way to add a target.
 */
export const createHealth = (clock: Clock, options: HealthOptions = {}): HealthBook => {
  const limits = { ...DEFAULTS, ...options }
  const states = new Map<string, State>()
  const stateOf = (target: string): State => {
    const known = states.get(target)
    if (known !== undefined) return known
    const fresh: State = {
      inFlight: 0,
      firstByte: null,
      failures: 0,
      connectFailures: 0,
      ejections: 0,
      ejectedAt: 0,
      outUntil: 0,
      suspect: false,
      trialSince: null,
      quietUntil: 0,
    }
    states.set(target, fresh)
    return fresh
  }
  const of = (target: string): Health => {
    const state = states.get(target)
    return state === undefined ? UNHEARD : view(state, clock.ticks(), limits)
  }
  return {
    of,
    all: () => Object.fromEntries([...states.keys()].map((target) => [target, of(target)])),
    begin(target) {
      const state = stateOf(target)
      if (view(state, clock.ticks(), limits).state === 'probing') state.trialSince = clock.ticks()
      state.inFlight += 1
    },
    answered(target, firstByte) {
      const state = stateOf(target)
      if (Number.isFinite(firstByte)) {
        state.firstByte =
          state.firstByte === null ? firstByte : state.firstByte + SMOOTHING * (firstByte - state.firstByte)
      }
      state.failures = 0
      state.connectFailures = 0
      // A request from before the ejection may still be answered; the pause then stands to its end.
      if (state.suspect && clock.ticks() >= state.outUntil) {
        state.suspect = false
        state.trialSince = null
      }
    },
    failed: (target, failure) => {
      if (failure.retry) count(stateOf(target), failure, clock.ticks(), limits)
    },
    ended(target) {
      const state = states.get(target)
      if (state === undefined) return
      state.inFlight = Math.max(0, state.inFlight - 1)
      if (state.inFlight === 0) state.trialSince = null
    },
  }
}

const UNHEARD: Health = Object.freeze({ state: 'up', why: null, firstByte: null, inFlight: 0 })

const count = (state: State, failure: Failure, now: number, limits: Required<HealthOptions>): void => {
  if (failure.after !== null && failure.after > 0) {
    state.quietUntil = Math.max(state.quietUntil, now + Math.min(failure.after, limits.longestAfter))
    state.trialSince = null
    return
  }
  state.failures += 1
  state.connectFailures = failure.connect === true ? state.connectFailures + 1 : 0
  if (state.suspect && now < state.outUntil) return
  const enough =
    state.suspect || state.failures >= limits.failures || state.connectFailures >= limits.connectFailures
  if (!enough) return
  const forgotten = Math.floor((now - state.ejectedAt) / limits.decay)
  state.ejections = Math.max(0, state.ejections - forgotten) + 1
  state.ejectedAt = now
  state.outUntil = now + Math.min(limits.base * state.ejections, limits.longest)
  state.suspect = true
  state.trialSince = null
}

const view = (state: State, now: number, limits: Required<HealthOptions>): Health => {
  const { firstByte, inFlight } = state
  if (now < state.quietUntil) {
    const why = `asked to be left alone, for another ${seconds(state.quietUntil - now)}`
    return { state: 'down', why, firstByte, inFlight }
  }
  if (!state.suspect) return { state: 'up', why: null, firstByte, inFlight }
  const row = `${state.failures} ${state.failures === 1 ? 'failure' : 'failures'} in a row`
  if (now < state.outUntil) {
    return { state: 'down', why: `${row}, next try in ${seconds(state.outUntil - now)}`, firstByte, inFlight }
  }
  const trying = state.trialSince !== null && now - state.trialSince < limits.trial
  return trying
    ? { state: 'down', why: `${row}, one request is trying it now`, firstByte, inFlight }
    : { state: 'probing', why: `${row}, the next request tries it`, firstByte, inFlight }
}

const seconds = (milliseconds: number): string => `${Math.max(1, Math.ceil(milliseconds / 1000))} s`
