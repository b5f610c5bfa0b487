import { request } from 'node:http'
import type { Discovery, Side } from '../domain/index.ts'
import type { Preset } from '../providers/index.ts'

/*
 * The door for discovery: GET requests to 127.0.0.1 and nowhere else, by address, without a proxy, following no
 * redirect, reading no more than it must. Listed with its peers in the architecture test.
 */
const HOST = '127.0.0.1'
const LARGEST = 256 * 1024

/** A local server that answered. */
export interface FoundServer {
  /** Name of the provider that recognised it; null for one that nobody knows: it is listed, never added. */
  readonly provider: string | null
  readonly title: string
  readonly port: number
  /** Base URL for targets, e.g. `http://127.0.0.1:11434/v1`. */
  readonly url: string
  readonly version: string | null
  readonly models: readonly {
    readonly id: string
    /** `rented` for a model that leaves the machine although its server is on it. */
    readonly side: Side
    readonly context: number | null
    readonly embeds: boolean
  }[]
}

export interface DiscoverOptions {
  /** Milliseconds per probe; 300 where not said. */
  readonly timeout?: number
  /** Port by provider name, instead of the usual one. */
  readonly ports?: Readonly<Record<string, number>>
}

type Answer = Parameters<Discovery['recognise']>[0][number]

/** Looks for model servers on this machine's usual ports, all at once, and fingerprints what answers. Never throws. */
export const discover = async (
  providers: Iterable<Preset>,
  options: DiscoverOptions = {},
): Promise<readonly FoundServer[]> => {
  const asked = [...providers].flatMap((provider) => {
    if (provider.discovery === null) return []
    const port = options.ports?.[provider.name] ?? provider.discovery.port
    return [ask(provider, provider.discovery, port, options.timeout ?? 300)]
  })
  const answered = (await Promise.all(asked)).filter((server) => server !== null)
  const known = answered.filter((server) => server.provider !== null)
  const taken = new Set(known.map((server) => server.port))
  const unknown = answered.filter((server) => !taken.has(server.port))
  return [...known, ...new Map(unknown.map((server) => [server.port, server])).values()]
}

const ask = async (
  provider: Preset,
  discovery: Discovery,
  port: number,
  timeout: number,
): Promise<FoundServer | null> => {
  const answers = await Promise.all(discovery.probes.map((path) => probe(port, path, timeout)))
  if (answers.every((answer) => answer.status === 0)) return null
  const seen = recognised(discovery, answers)
  return {
    provider: seen === null ? null : provider.name,
    title: seen === null ? 'unknown server' : provider.title,
    port,
    url: `http://${HOST}:${port}${provider.url === null ? '' : new URL(provider.url).pathname}`,
    version: seen?.version ?? null,
    models: seen?.models ?? [],
  }
}

const recognised = (discovery: Discovery, answers: readonly Answer[]): ReturnType<Discovery['recognise']> => {
  try {
    return discovery.recognise(answers)
  } catch {
    return null
  }
}

const SILENT: Answer = { status: 0, headers: {}, json: null }

/** One GET. Whatever goes wrong is silence; a body too long or no JSON is an answer without one. */
const probe = (port: number, path: string, timeout: number): Promise<Answer> =>
  new Promise((settle) => {
    // An agent of its own for each request: the global one may be told by the environment to use a proxy.
    const outgoing = request({
      host: HOST,
      port,
      path,
      agent: false,
      headers: { accept: 'application/json' },
    })
    const timer = setTimeout(() => outgoing.destroy(new Error('too slow')), timeout)
    const done = (answer: Answer): void => {
      clearTimeout(timer)
      settle(answer)
      outgoing.destroy()
    }
    outgoing.on('error', () => done(SILENT))
    outgoing.on('response', (response) => {
      const head = { status: response.statusCode ?? 0, headers: plainHeaders(response.headers) }
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > LARGEST) done({ ...head, json: null })
        else chunks.push(chunk)
      })
      response.on('end', () => done({ ...head, json: parsed(Buffer.concat(chunks).toString('utf8')) }))
      response.on('error', () => done({ ...head, json: null }))
    })
    outgoing.end()
  })

const plainHeaders = (headers: NodeJS.Dict<string | string[]>): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
