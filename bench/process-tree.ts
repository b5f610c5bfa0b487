import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

/*
 * Processes that the benchmark starts: what they have used, by /proc (Linux only), and that they end.
 */

/** Ticks of /proc's clock a second: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS = 100

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** The fields of /proc/PID/stat behind the command's name, which may hold spaces and brackets itself. */
const fieldsOf = (id: string): readonly string[] | null =>
  read(`/proc/${id}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ') ?? null

/** The process and all that descend from it. */
const family = (root: number): readonly string[] => {
  const children = new Map<string, string[]>()
  for (const id of readdirSync('/proc')) {
    const parent = /^\d+$/.test(id) ? fieldsOf(id)?.[1] : undefined
    if (parent === undefined) continue
    const siblings = children.get(parent) ?? []
    siblings.push(id)
    children.set(parent, siblings)
  }
  const found = [String(root)]
  for (const id of found) found.push(...(children.get(id) ?? []))
  return found
}

/** CPU seconds of the process, its threads and its children, user and system. */
export const cpuSeconds = (root: number): number => {
  let ticks = 0
  for (const id of family(root)) {
    const fields = fieldsOf(id)
    ticks += Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)
  }
  return ticks / TICKS
}

/** Resident memory of the process and its children, in megabytes (of 1024 kB). */
export const residentMegabytes = (root: number): number => {
  let kilobytes = 0
  for (const id of family(root))
    kilobytes += Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`) ?? '')?.[1] ?? 0)
  return kilobytes / 1024
}

/** A program that was started and says where it answers. */
export interface Started {
  readonly id: number
  /** What it has printed so far. */
  readonly said: () => string
  end(): Promise<void>
}

const alive = new Set<ChildProcess>()

/** The last resort, for `process.on('exit')`: nothing that was started stays. */
export const killAll = (): void => {
  for (const child of alive) child.kill('SIGKILL')
}

/** Takes part in `killAll` from now on, until it has ended. */
export const guard = (child: ChildProcess): void => {
  alive.add(child)
  child.on('exit', () => alive.delete(child))
}

/** Ends a process: politely, and after five seconds not. */
export const endOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(timer)
}

export const start = (
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Started => {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  guard(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      if (output.length < 20_000) output += chunk.toString()
    })
  child.on('error', (error) => {
    output += error.message
  })
  return { id: child.pid ?? -1, said: () => output, end: () => endOf(child) }
}

/** Waits until the program has printed what the pattern looks for; throws with its output where it does not. */
export const heard = async (program: Started, pattern: RegExp, seconds: number): Promise<string> => {
  for (const deadline = performance.now() + seconds * 1000; performance.now() < deadline; ) {
    const found = pattern.exec(program.said())?.[1]
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`it did not start within ${seconds} s: ${program.said().slice(-600)}`)
}
