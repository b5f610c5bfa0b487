import { spawn } from 'node:child_process'
import { EngineError } from './errors.ts'

export interface CommandOptions {
  readonly cwd?: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Each line of either output, credentials in addresses already taken out. */
  readonly onLine?: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

export interface CommandResult {
  readonly code: number | null
  readonly output: string
  /** The last lines of both outputs, for a message. */
  readonly tail: string
}

const TAIL_LINES = 12

/** Takes user, password and token out of addresses and settings that another program printed. */
export const redacted = (text: string): string =>
  text
    .replace(/(https?:\/\/)[^/\s@]+@/gi, '$1***@')
    .replace(/((?:_auth\w*|token|password)\s*[=:]\s*)\S+/gi, '$1***')

/** Runs a program to its end, without a shell. Null where the program does not exist. An abort ends it and throws `cancelled`. */
export const runCommand = (
  program: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<CommandResult | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    const lines: string[] = []
    let output = ''
    const take = (stream: NodeJS.ReadableStream, keep: boolean): void => {
      let rest = ''
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        if (keep) output += text
        const parts = (rest + text).split('\n')
        rest = parts.pop() ?? ''
        for (const part of parts) {
          const line = redacted(part)
          lines.push(line)
          if (lines.length > TAIL_LINES) lines.shift()
          options.onLine?.(line)
        }
      })
    }
    take(child.stdout, true)
    take(child.stderr, false)
    child.once('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') resolve(null)
      else if (options.signal?.aborted === true)
        reject(new EngineError('cancelled', `${program} was stopped.`))
      else reject(thrown)
    })
    child.once('close', (code) => resolve({ code, output, tail: lines.join('\n').trim() }))
  })
