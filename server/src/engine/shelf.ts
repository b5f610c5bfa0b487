import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CatalogueEntry } from './catalogue.ts'
import { hashOf } from './download.ts'
import { EngineError } from './errors.ts'

/** Where the weights of a pulled model came from. */
export type WeightsSource = 'path' | 'hub' | 'pip'

const manifest = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  title: z.string(),
  file: z.string().regex(/^[^/\\]+$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Whether the hash is one that the project pins; false for a file the user brought. */
  pinned: z.boolean(),
  source: z.enum(['path', 'hub', 'pip']),
  licence: z.string().nullable(),
  parameters: z.number().nullable(),
  trainedContext: z.int().nullable(),
  cachePerToken: z.int().nullable(),
  forWork: z.boolean(),
  temperature: z.number(),
  topP: z.number(),
  /** Milliseconds since 1970. */
  pulledAt: z.number(),
  /** The file's time of change when its hash was last found right, in milliseconds. */
  checkedAt: z.number(),
})

type Manifest = z.infer<typeof manifest>

/** A model whose weights lie in the cache. */
export interface PulledModel extends Readonly<Manifest> {
  /** Absolute. */
  readonly path: string
}

/** The folder of a model's weights. */
export const modelFolder = (cache: string, name: string): string => join(cache, 'models', name)

/** What is pulled, the latest first. A folder without a sound manifest or its file is not listed. */
export const readShelf = async (cache: string): Promise<PulledModel[]> => {
  const names = await readdir(join(cache, 'models')).catch(() => [])
  const models: PulledModel[] = []
  for (const name of names) {
    const folder = modelFolder(cache, name)
    const parsed = manifest.safeParse(await readManifest(join(folder, 'model.json')))
    if (!parsed.success || parsed.data.name !== name) continue
    const path = join(folder, parsed.data.file)
    const found = await stat(path).catch(() => null)
    if (found?.size === parsed.data.bytes) models.push({ ...parsed.data, path })
  }
  return models.sort((a, b) => b.pulledAt - a.pulledAt)
}

/** Puts a model whose file is complete and checked on the shelf. */
export const shelve = async (
  cache: string,
  model: Omit<Manifest, 'pulledAt' | 'checkedAt'>,
  now: number,
): Promise<PulledModel> => {
  const folder = modelFolder(cache, model.name)
  const path = join(folder, model.file)
  const checkedAt = (await stat(path)).mtimeMs
  return { ...(await writeManifest(folder, { ...model, pulledAt: now, checkedAt })), path }
}

/** The manifest of a catalogue entry. */
export const manifestOf = (
  entry: CatalogueEntry,
  source: WeightsSource,
): Omit<Manifest, 'pulledAt' | 'checkedAt'> => ({
  name: entry.name,
  title: entry.title,
  file: entry.file,
  bytes: entry.bytes,
  sha256: entry.sha256,
  pinned: true,
  source,
  licence: entry.licence,
  parameters: entry.parameters,
  trainedContext: entry.trainedContext,
  cachePerToken: entry.cachePerToken,
  forWork: entry.forWork,
  temperature: entry.sampling.temperature,
  topP: entry.sampling.topP,
})

/** Hashes the weights again where the file changed since they were last found right. Throws `hash_mismatch`. */
export const recheck = async (cache: string, model: PulledModel): Promise<void> => {
  const changed = (await stat(model.path)).mtimeMs
  if (changed === model.checkedAt) return
  const found = await hashOf(model.path)
  if (found !== model.sha256) {
    const message = `${model.path} is no longer the file that was pulled (SHA-256 ${model.sha256}): got ${found}. Delete it.`
    throw new EngineError('hash_mismatch', message)
  }
  const { path: _path, ...kept } = model
  await writeManifest(modelFolder(cache, model.name), { ...kept, checkedAt: changed })
}

// Written beside and renamed, so that a reader never sees half of it.
const writeManifest = async (folder: string, value: Manifest): Promise<Manifest> => {
  const beside = join(folder, `model.json.${process.pid}`)
  await writeFile(beside, `${JSON.stringify(value, null, 2)}\n`)
  await rename(beside, join(folder, 'model.json'))
  return value
}

const readManifest = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}
