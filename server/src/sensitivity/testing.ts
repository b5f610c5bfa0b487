import type { Call, JsonObject, Media } from '../domain/index.ts'

/** A call for tests: only what the labeller looks at is filled in. */
export const callOf = (json: JsonObject, media: readonly Media[] = []): Call => ({
  id: 'cw_test',
  operation: 'chat',
  dialect: 'openai-chat',
  source: JSON.stringify(json),
  json,
  model: 'auto',
  modelSpan: [0, 0],
  framing: 'sse',
  payload: null,
  verbatim: null,
  stream: false,
  wantsUsage: false,
  media,
  needs: {
    tools: false,
    images: false,
    audio: false,
    files: false,
    structured: false,
    inputTokens: 1,
    outputTokens: 0,
  },
  dialectHeaders: {},
})

/** A call with one user message. */
export const saying = (content: string): Call =>
  callOf({ model: 'auto', messages: [{ role: 'user', content }] })

/** Milliseconds that this thread worked: what the engine compiles and collects beside it is not the work's. */
const spent = (work: () => unknown): number => {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

const least = (work: () => unknown, times: number): number =>
  Math.min(...Array.from({ length: times }, () => spent(work)))

/** Below this the clock's own noise is measured; such work is fast whatever its shape. Milliseconds. */
const NOISE = 12

/** How many times as long `large` takes as `small`, measured once; null where it takes too little to tell. */
export const timesAsLong = (small: () => unknown, large: () => unknown): number | null => {
  const whole = spent(large)
  return whole < NOISE ? null : whole / Math.max(least(small, 3), NOISE / 4)
}

const TRIES = 4

/**
 * The same, measured again while it is more than `allowed`: what a busy machine adds is not there each time, what a
 * slow stage takes is.
 */
export const growth = (small: () => unknown, large: () => unknown, allowed: number): number | null => {
  let times = timesAsLong(small, large)
  for (let tried = 1; tried < TRIES && times !== null && times > allowed; tried += 1) {
    const again = timesAsLong(small, large)
    times = again === null ? null : Math.min(times, again)
  }
  return times
}
