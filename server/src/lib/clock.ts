/** The machine's own clock. Rooms take a clock as a value, so that tests can turn it by hand. */
export const systemClock = {
  /** Milliseconds since 1970. */
  now: (): number => Date.now(),
  /** Monotonic milliseconds. */
  ticks: (): number => performance.now(),
}
