import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** The closed side of the demonstration: a real vendor where a key is in the environment, else the simulated one. */
export interface ClosedSide {
  readonly simulated: boolean
  readonly title: string
  /** Lines of the target's entry in causeway.yaml. */
  readonly lines: readonly string[]
}

export const closedSideOf = (environment: NodeJS.ProcessEnv, simulatedUrl: string): ClosedSide => {
  if ((environment['ANTHROPIC_API_KEY'] ?? '') !== '') {
    return {
      simulated: false,
      title: 'Anthropic, with the key from ANTHROPIC_API_KEY',
      lines: [
        'provider: anthropic',
        'model: claude-haiku-4-5',
        'side: closed',
        'credential: env:ANTHROPIC_API_KEY',
      ],
    }
  }
  if ((environment['OPENAI_API_KEY'] ?? '') !== '') {
    return {
      simulated: false,
      title: 'OpenAI, with the key from OPENAI_API_KEY',
      lines: ['provider: openai', 'model: gpt-4.1-mini', 'side: closed', 'credential: env:OPENAI_API_KEY'],
    }
  }
  return {
    simulated: true,
    title: 'a SIMULATED vendor on this machine (no ANTHROPIC_API_KEY or OPENAI_API_KEY in the environment)',
    lines: [
      'provider: openai-compatible',
      `url: ${simulatedUrl}`,
      'model: simulated-vendor-model',
      'side: closed',
      'addresses: [127.0.0.0/8]',
      'simulated: true',
      'price: { input: 2.5, output: 10 }',
    ],
  }
}

/** A port that nobody listens on now, so that two demonstrations, or one beside a running house, do not meet. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const configOf = (closed: ClosedSide, enginePort: number): string =>
  [
    '# Written by the demonstration.',
    'listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }',
    'data: ./data',
    'targets:',
    `  - name: ${closed.simulated ? 'simulated-vendor' : 'vendor'}`,
    ...closed.lines.map((line) => `    ${line}`),
    '  - name: home',
    '    provider: engine',
    `    url: http://127.0.0.1:${enginePort}/v1`,
    '    model: smollm2-135m-instruct',
    '    side: own',
    '    # Made small, so that a long conversation has to be fitted.',
    '    context: 420',
    '    fit: oldest-turns',
    'routes:',
    '  - name: auto',
    `    targets: [${closed.simulated ? 'simulated-vendor' : 'vendor'}, home]`,
    '    objective: ordered',
    'keys:',
    '  - { name: demo, secret: "file:./demo-key", uses: [general] }',
    '',
  ].join('\n')

export interface House {
  readonly folder: string
  readonly dataFolder: string
  readonly gatewayUrl: string
  readonly controlUrl: string
  readonly token: string
  readonly key: string
  status(): Promise<{ readonly phase: string; readonly message: string }>
  record(id: string): Promise<unknown>
  stop(): Promise<void>
}

const url = (text: string, after: string): string | null =>
  new RegExp(`${after}\\s*\\n?\\s*.*?(http://127\\.0\\.0\\.1:\\d+)`).exec(text)?.[1] ?? null

const addressesIn = async (
  child: ChildProcess,
  output: () => string,
): Promise<{ gateway: string; control: string }> => {
  for (;;) {
    const gateway = url(output(), 'Try it')
    const control = url(output(), 'Console')
    if (gateway !== null && control !== null) return { gateway, control }
    if (child.exitCode !== null) throw new Error(`causeway up ended at once:\n${output()}`)
    await later(50)
  }
}

/** Starts `causeway up` as a user would, in a folder of its own, on free ports. */
export const openHouse = async (
  folder: string,
  closed: ClosedSide,
  tell: (line: string) => void,
): Promise<House> => {
  mkdirSync(folder, { recursive: true })
  const key = `cw-${randomBytes(32).toString('base64url')}`
  writeFileSync(join(folder, 'demo-key'), `${key}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'causeway.yaml'), configOf(closed, await freePort()))
  const bin = fileURLToPath(new URL('../bin/causeway.mjs', import.meta.url))
  const child = spawn(process.execPath, [bin, 'up', '--config', join(folder, 'causeway.yaml')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let output = ''
  const take = (chunk: Buffer): void => {
    const text = chunk.toString('utf8')
    output += text
    for (const line of text.split('\n')) if (line.startsWith('  engine:')) tell(line.trim())
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const { gateway, control } = await addressesIn(child, () => output)
  const dataFolder = join(folder, 'data')
  const token = existsSync(join(dataFolder, 'console-token'))
    ? readFileSync(join(dataFolder, 'console-token'), 'utf8').trim()
    : ''
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${control}${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return response.json()
  }
  return {
    folder,
    dataFolder,
    gatewayUrl: gateway,
    controlUrl: control,
    token,
    key,
    async status() {
      const status: unknown = await get('/api/status')
      const engine =
        typeof status === 'object' && status !== null && 'engine' in status ? status.engine : null
      const fields = typeof engine === 'object' && engine !== null ? engine : {}
      return {
        phase: 'phase' in fields ? String(fields.phase) : 'unknown',
        message: 'message' in fields ? String(fields.message) : '',
      }
    },
    record: (id) => get(`/api/requests/${id}`),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await gone
    },
  }
}
