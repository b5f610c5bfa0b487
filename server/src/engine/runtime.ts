import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256Hex } from '../lib/index.ts'
import { type CommandResult, runCommand } from './command.ts'
import { needSpace } from './download.ts'
import { EngineError } from './errors.ts'
import { type EngineProgress, note, type OnProgress } from './progress.ts'

const locked = z.object({
  version: z.string(),
  integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/),
  license: z.string().optional(),
  bin: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean() })).optional(),
})

const runtimeLock = z.object({
  runtime: z.string(),
  version: z.string(),
  /** Bytes on disk once installed, measured on Linux x64. */
  installedBytes: z.number(),
  platforms: z.record(
    z.string(),
    z.object({ package: z.string(), version: z.string(), integrity: z.string().regex(/^sha512-/) }),
  ),
  packages: z.record(z.string(), locked),
})

const LOCK = runtimeLock.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'runtime-lock.json'), 'utf8')),
)

/** Bytes the runtime takes on disk. */
export const RUNTIME_BYTES = LOCK.installedBytes

/** The machine as the runtime's packages name it: `linux-x64-glibc`. */
export const machinePlatform = (): string => {
  const libc = process.platform === 'linux' ? `-${libcOf()}` : ''
  return `${process.platform}-${process.arch}${libc}`
}

const libcOf = (): 'glibc' | 'musl' => {
  const report = z.object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) })
  // Without this the report asks the name service about every open connection first.
  Object.assign(process.report, { excludeNetwork: true })
  const parsed = report.safeParse(process.report.getReport())
  return parsed.success && parsed.data.header.glibcVersionRuntime !== undefined ? 'glibc' : 'musl'
}

/** Throws `unsupported_machine` where no runtime is pinned for the platform. */
export const needPlatform = (platform: string): void => {
  if (LOCK.platforms[platform] !== undefined) return
  const known = Object.keys(LOCK.platforms).join(', ')
  throw new EngineError(
    'unsupported_machine',
    `The engine has no pinned runtime for ${platform}, only for ${known}.`,
  )
}

/** The folder of the runtime in a cache, whether it is there or not. */
export const runtimeFolder = (cache: string, platform: string): string =>
  join(cache, 'runtime', `${LOCK.runtime}-${LOCK.version}-${platform}`)

/** The module that the runtime's folder offers. */
export const runtimeModule = (folder: string): string =>
  join(folder, 'node_modules', LOCK.runtime, 'dist', 'index.js')

/** Whether the runtime lies there complete, installed from the very lock of this version. */
export const hasRuntime = async (folder: string): Promise<boolean> => {
  const mark = await readFile(join(folder, 'installed.json'), 'utf8').catch(() => '')
  return mark.trim() === lockMark()
}

const lockMark = (): string => JSON.stringify({ lock: sha256Hex(JSON.stringify(LOCK)) })

export interface RuntimeSettings {
  readonly cache: string
  readonly platform: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
}

/**
 * Installs the runtime for one platform with the machine's npm: exactly the packages of our lock, each checked against
 * its hash, no install script, no other platform's package. Returns the folder. Throws `runtime_unavailable` or
 * `runtime_rejected`.
 */
export const installRuntime = async (settings: RuntimeSettings): Promise<string> => {
  const { cache, platform } = settings
  needPlatform(platform)
  const folder = runtimeFolder(cache, platform)
  const staging = join(cache, 'runtime', `.installing-${process.pid}`)
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  try {
    await needSpace(staging, LOCK.installedBytes)
    await writeProject(staging, platform)
    judge(await runNpm(staging, settings), folder)
    await writeFile(join(staging, 'installed.json'), `${lockMark()}\n`)
    await rm(folder, { recursive: true, force: true })
    await rename(staging, folder)
    return folder
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

// npm ci wants a lock without packages of other platforms, which a registry may lack: so each platform has its own.
const writeProject = async (staging: string, platform: string): Promise<void> => {
  const own = LOCK.platforms[platform]
  if (own === undefined) return needPlatform(platform)
  const root = {
    name: 'causeway-engine-runtime',
    version: '1.0.0',
    private: true,
    dependencies: { [LOCK.runtime]: LOCK.version, [own.package]: own.version },
  }
  const native = { version: own.version, integrity: own.integrity }
  const packages = { '': root, ...LOCK.packages, [`node_modules/${own.package}`]: native }
  const lock = { name: root.name, version: root.version, lockfileVersion: 3, requires: true, packages }
  await writeFile(join(staging, 'package.json'), JSON.stringify(root, null, 2))
  await writeFile(join(staging, 'package-lock.json'), JSON.stringify(lock, null, 2))
}

const runNpm = (staging: string, settings: RuntimeSettings): Promise<CommandResult | null> => {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--global=false']
  const total = Object.keys(LOCK.packages).length + 1
  const fetched = new Set<string>()
  settings.onProgress(note('runtime', `Runtime: ${total} packages by npm`))
  const onLine = (line: string): void => {
    const tarball = /npm http (?:fetch|cache)\b.*?([^/\s]+\.tgz)/.exec(line)?.[1]
    if (tarball === undefined || fetched.has(tarball)) return
    fetched.add(tarball)
    settings.onProgress(packagesProgress(Math.min(fetched.size, total), total))
  }
  return runCommand('npm', ['ci', ...flags, '--loglevel=http', '--prefix', staging], {
    cwd: staging,
    environment: npmEnvironment(settings.environment),
    onLine,
    signal: settings.signal,
  })
}

const packagesProgress = (done: number, total: number): EngineProgress => ({
  phase: 'runtime',
  unit: 'packages',
  done,
  total,
  rate: null,
  etaSeconds: null,
  message: `Runtime: ${done} of ${total} packages`,
})

/** The environment without what an outer `npm run` left in it about another project; the user's own settings stay. */
export const npmEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> => {
  const foreign =
    /^npm_(?:package_|lifecycle_|command$|config_(?:local_prefix|prefix|global|workspaces?|include|omit|dry_run|package_lock|only|production)$)/i
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.test(name)))
}

const judge = (result: CommandResult | null, folder: string): void => {
  if (result === null) {
    const message = `npm is not on the PATH, and the engine's runtime is installed by it into ${folder}.`
    throw new EngineError('runtime_unavailable', message)
  }
  if (result.code === 0) return
  if (result.tail.includes('EINTEGRITY')) {
    throw new EngineError(
      'runtime_rejected',
      `npm got a package whose hash is not the pinned one: ${errorLines(result.tail)}`,
    )
  }
  const message = `npm can't install the engine's runtime into ${folder}: ${errorLines(result.tail)}`
  throw new EngineError('runtime_unavailable', message)
}

const errorLines = (tail: string): string =>
  tail
    .split('\n')
    .filter((line) => line.startsWith('npm error') && !line.includes('complete log'))
    .map((line) => line.replace(/^npm error ?/, ''))
    .join(' ')
    .trim()
