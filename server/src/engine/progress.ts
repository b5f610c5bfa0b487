import { gigabytes } from './fit.ts'

/** What is being done: the sizes are said in `plan`, before anything is fetched. */
export type EnginePhase = 'plan' | 'waiting' | 'runtime' | 'weights' | 'verify' | 'load' | 'ready' | 'failed'

/** One step of setting the engine up. Counts are bytes, or packages where `unit` says so. */
export interface EngineProgress {
  readonly phase: EnginePhase
  readonly unit: 'bytes' | 'packages'
  readonly done: number
  /** Null: not known. In `plan` the bytes that are still to be fetched, 0 when everything is at hand. */
  readonly total: number | null
  /** Per second, over the last seconds; null before there is one. */
  readonly rate: number | null
  readonly etaSeconds: number | null
  /** One line for a person, complete without the other fields. */
  readonly message: string
}

export type OnProgress = (progress: EngineProgress) => void

const WINDOW_MILLISECONDS = 5000

/** A progress line without counts. */
export const note = (phase: EnginePhase, message: string, total: number | null = null): EngineProgress => ({
  phase,
  unit: 'bytes',
  done: 0,
  total,
  rate: null,
  etaSeconds: null,
  message,
})

/** Turns a running count into progress with rate and time left. `ticks` gives monotonic milliseconds. */
export const meter = (
  phase: EnginePhase,
  what: string,
  total: number,
  ticks: () => number,
): ((done: number) => EngineProgress) => {
  const samples: { at: number; done: number }[] = []
  return (done) => {
    const at = ticks()
    samples.push({ at, done })
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > WINDOW_MILLISECONDS) samples.shift()
    const first = samples[0] ?? { at, done }
    const seconds = (at - first.at) / 1000
    const rate = seconds > 0 && done > first.done ? (done - first.done) / seconds : null
    const etaSeconds = rate === null ? null : Math.max(0, Math.ceil((total - done) / rate))
    const speed = rate === null ? '' : `, ${gigabytes(rate)}/s, ${duration(etaSeconds ?? 0)} left`
    const message = `${what}: ${gigabytes(done)} of ${gigabytes(total)}${speed}`
    return { phase, unit: 'bytes', done, total, rate, etaSeconds, message }
  }
}

/** Seconds as a person reads them. */
export const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
