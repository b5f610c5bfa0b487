import type { Listening } from './server.ts'

const PATIENCE_MILLISECONDS = 5000

/** Ends this process cleanly on SIGTERM, on SIGINT, and when the parent that it was started by is gone. */
export const stopOnSignals = (listening: Listening): void => {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), PATIENCE_MILLISECONDS).unref()
    listening.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.once('disconnect', stop)
}
