/**
 * The engine: a real open model on this machine with no server installed. Three jobs: bring weights and runtime into the
 * cache (`ensureEngine`), serve them in a process of its own in OpenAI's dialect (`runEngine`, started by
 * `startEngine`), and say what there is (`listModels`). To the rest of Causeway it is one more upstream on side `own`,
 * reached over HTTP on the loopback address; nothing but the command line and the composition root imports it.
 *
 * What it promises:
 * - Nothing is used that is not the pinned thing. Weights that are fetched have their SHA-256 in `catalogue.ts`, every
 *   package of the runtime has its integrity in `runtime-lock.json`; other bytes are deleted and named. Only a file
 *   that the user brings by path may be unknown, and it is listed as not pinned.
 * - One door: connections out are opened in `fetch.ts` alone, to the hub and the package indexes of the machine's pip
 *   settings, and by `npm` and `pip`, which obey their own settings. A redirect is followed to https only, at most five
 *   times. Credentials of an index go to that index's host only and are never printed.
 * - The sizes are said before the first byte is fetched. A cut download goes on where it stopped. When everything is at
 *   hand no network is touched.
 * - The server listens on 127.0.0.1 only, answers one request at a time and 32 more wait; a client that leaves frees its
 *   place at once. What a model can't do (tools, images, several answers) is refused by name, never left out silently.
 * - Memory is checked before a model is loaded, with the sizes in the message.
 *
 * It imports only lib. It reads no environment: the caller hands it in.
 */
export type { EnsureOptions, ReadyEngine, WeightsPlace } from './ensure.ts'
export { ensureEngine, plannedModel } from './ensure.ts'
export type { EngineErrorCode } from './errors.ts'
export { ENGINE_CODES, EngineError } from './errors.ts'
export type { ListedModel } from './list.ts'
export { listModels } from './list.ts'
export type { EnginePhase, EngineProgress, OnProgress } from './progress.ts'
export type { Readiness, RunOptions } from './run.ts'
export { runEngine } from './run.ts'
export type { PulledModel } from './shelf.ts'
export type { EngineExit, RunningEngine, StartOptions } from './start.ts'
export { startEngine } from './start.ts'
export { stopOnSignals } from './stopping.ts'
export type { EngineState, EngineSupervisor, SuperviseOptions } from './supervise.ts'
export { superviseEngine } from './supervise.ts'
