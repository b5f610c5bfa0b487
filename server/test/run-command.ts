import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/** The command itself, as users start it. */
const BIN = join(import.meta.dirname, '..', 'bin', 'causeway.mjs')
/** A command that hangs is ended after this many milliseconds, so that the test fails and not the run. */
const PATIENCE = 60_000

export interface Place {
  readonly cwd: string
  /** The whole environment: nothing of the tester's own gets in. */
  readonly environment: Readonly<Record<string, string>>
  /** Options of Node itself, before the program. */
  readonly node?: readonly string[]
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command under way. */
export interface Started {
  readonly process: ChildProcess
  /** Everything it wrote so far. */
  out(): string
  err(): string
  /** Waits until its output fits; fails when it ends first. */
  sees(pattern: RegExp): Promise<RegExpExecArray>
  /** Its exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>
}

/** Starts a program under the Node of this process; ends it after `patience` milliseconds. */
export const startProgram = (program: readonly string[], place: Place, patience = PATIENCE): Started => {
  const child = spawn(process.execPath, [...(place.node ?? []), ...program], {
    cwd: place.cwd,
    env: { ...place.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8')
  })
  const tooLong = setTimeout(() => child.kill('SIGKILL'), patience)
  let isOver = false
  const ended = once(child, 'close').then(() => {
    clearTimeout(tooLong)
    isOver = true
    return child.exitCode
  })
  const sees = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const over = isOver
      const found = pattern.exec(out)
      if (found !== null) return found
      if (over) {
        const how = child.signalCode ?? `code ${child.exitCode}`
        throw new Error(`it ended (${how}) without ${pattern}:\n${out}\n${err}`)
      }
      await Promise.race([later(20), ended])
    }
  }
  return { process: child, out: () => out, err: () => err, sees, ended }
}

/** Starts `causeway …`. */
const startCommand = (given: readonly string[], place: Place): Started => startProgram([BIN, ...given], place)

/** Runs `causeway …` to its end. */
export const runCommand = async (given: readonly string[], place: Place): Promise<Ran> => {
  const started = startCommand(given, place)
  const code = await started.ended
  return { code, out: started.out(), err: started.err() }
}

/**
 * Runs several command lines in one process, one after another, through the same entry as the command; each
 * start of a process costs a second.
 */
export const runSeveral = async (
  commands: readonly (readonly string[])[],
  place: Place,
): Promise<readonly Ran[]> => {
  const program = join(place.cwd, 'several.mjs')
  const entry = pathToFileURL(join(BIN, '..', '..', 'src', 'cli', 'index.ts')).href
  writeFileSync(
    program,
    [
      `import { run } from ${JSON.stringify(entry)}`,
      `for (const given of ${JSON.stringify(commands)}) {`,
      '  process.exitCode = undefined',
      '  const code = await run(given)',
      "  process.stdout.write('\\n#END ' + code + '\\n')",
      "  process.stderr.write('\\n#END ' + code + '\\n')",
      '}',
      'process.exitCode = 0',
    ].join('\n'),
  )
  const started = startProgram([program], place)
  if ((await started.ended) !== 0) throw new Error(`${started.out()}\n${started.err()}`)
  const outs = started.out().split(/\n#END (\d+)\n/)
  const errs = started.err().split(/\n#END \d+\n/)
  return commands.map((_, index) => ({
    code: Number(outs[2 * index + 1]),
    out: outs[2 * index] ?? '',
    err: errs[index] ?? '',
  }))
}

/** A Causeway that printed where it is. */
export interface Up extends Started {
  readonly gatewayUrl: string
  readonly controlUrl: string
  readonly token: string
  /** The line under "Try it". */
  readonly example: string
  post(path: string, key: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** A GET of the control port's API, with the token. */
  control(path: string): Promise<Response>
  stop(): Promise<number | null>
}

/** Runs `causeway up …` until it has said where it is. */
export const startUp = async (given: readonly string[], place: Place): Promise<Up> => {
  const started = startCommand(['up', ...given], place)
  const [, controlUrl = '', token = ''] = await started.sees(/Console\n\s+(http:\S+)\/\?token=(\S+)\n/)
  const [, example = '', gatewayUrl = ''] = await started.sees(/Try it\n\s+(curl (http:\/\/[^/]+)\/.*)\n/)
  return {
    ...started,
    gatewayUrl,
    controlUrl,
    token,
    example,
    post: (path, key, body, headers = {}) =>
      fetch(`${gatewayUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    control: (path) => fetch(`${controlUrl}${path}`, { headers: { authorization: `Bearer ${token}` } }),
    async stop() {
      started.process.kill('SIGTERM')
      return started.ended
    },
  }
}

/** A key's text from its file. */
export const keyIn = (file: string): string => readFileSync(file, 'utf8').trim()

/** No stack, no file of ours with a line number: what a person may be shown. */
export const isReadable = (text: string): boolean =>
  !/\n\s+at /.test(text) && !/node:internal/.test(text) && !/\.ts:\d+/.test(text)
