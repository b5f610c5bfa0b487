import { availableParallelism } from 'node:os'
import { systemClock } from '../lib/index.ts'
import type { ReadyEngine } from './ensure.ts'
import { chooseContext } from './fit.ts'
import { loadGenerator } from './llama.ts'
import { type Listening, serveEngine } from './server.ts'

export interface RunOptions {
  readonly engine: ReadyEngine
  /** 0 takes any free one. */
  readonly port: number
  /** Tokens; absent: the largest of 8192, 4096 and 2048 that memory holds. */
  readonly context?: number | null | undefined
  readonly threads?: number | null | undefined
  readonly signal?: AbortSignal | undefined
}

/** Says that the engine answers. One JSON line on standard output, or one message to the parent process. */
export interface Readiness {
  readonly ready: true
  readonly url: string
  readonly port: number
  readonly model: string
  readonly context: number
  readonly threads: number
  readonly forWork: boolean
}

const MOST_THREADS = 8

/**
 * Loads the model into this process and serves it on 127.0.0.1. Memory is checked before anything is loaded. Throws
 * `memory_short`, `load_failed` or `port_in_use`.
 */
export const runEngine = async (
  options: RunOptions,
): Promise<{ readiness: Readiness; listening: Listening }> => {
  const { model, runtimeFolder } = options.engine
  const context = chooseContext(model, process.availableMemory(), options.context ?? null)
  const threads = options.threads ?? Math.min(availableParallelism(), MOST_THREADS)
  const generator = await loadGenerator({ model, runtimeFolder, context, threads, signal: options.signal })
  try {
    const server = await serveEngine({ generator, now: systemClock.now }, options.port)
    const { port } = server
    const listening: Listening = {
      port,
      close: async () => {
        await server.close()
        await generator.close()
      },
    }
    const url = `http://127.0.0.1:${port}`
    const told = { model: generator.model, context: generator.context, threads, forWork: generator.forWork }
    return { readiness: { ready: true, url, port, ...told }, listening }
  } catch (thrown) {
    await generator.close()
    throw thrown
  }
}
