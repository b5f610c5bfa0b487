import { z } from 'zod'
import { findPresent } from './ensure.ts'
import { EngineError } from './errors.ts'
import { runEngine } from './run.ts'
import { stopOnSignals } from './stopping.ts'

/** What `startEngine` hands to the process it starts, as its one parameter. */
const order = z.strictObject({
  cache: z.string(),
  model: z.string(),
  port: z.int(),
  context: z.int().nullable(),
  threads: z.int().nullable(),
})

const tell = (message: unknown): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(message, () => resolve())
  })

// Until it answers there is nothing to end cleanly, and a parent that is gone then would never be noticed later.
const orphaned = (): never => process.exit(1)
process.once('disconnect', orphaned)

try {
  const { cache, model, port, context, threads } = order.parse(JSON.parse(process.argv[2] ?? 'null'))
  const engine = await findPresent({ cache, model })
  if (engine === null)
    throw new EngineError('weights_unavailable', `${model} or its runtime is gone from ${cache}.`)
  const { readiness, listening } = await runEngine({ engine, port, context, threads })
  stopOnSignals(listening)
  process.off('disconnect', orphaned)
  await tell(readiness)
} catch (thrown) {
  const error = thrown instanceof EngineError ? thrown : new EngineError('load_failed', String(thrown))
  await tell({ ready: false, code: error.code, message: error.message })
  process.exit(1)
}
