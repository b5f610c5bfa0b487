import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookupPrice } from '../src/accounts/index.ts'
import { loadConfig } from '../src/config/index.ts'
import type { RequestRecord } from '../src/domain/index.ts'
import { type Causeway, startCauseway } from '../src/main.ts'

/** A running Causeway for a test: real recorder, real sockets, free ports, no engine. */
export interface OpenHouse {
  readonly causeway: Causeway
  readonly url: string
  readonly key: string
  readonly folder: string
  readonly dataFolder: string
  /** POSTs JSON (or text as it is) with the key. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** The record of an answer, by its `x-causeway-request`. */
  record(response: Response | string): Promise<RequestRecord>
  /** All records, newest first. */
  records(): Promise<readonly RequestRecord[]>
  close(): Promise<void>
}

export interface HouseOptions {
  /** Everything of causeway.yaml but listen, data and keys. */
  readonly config: string
  /** Attributes of the key besides name and secret; `uses: [general]` where not said. */
  readonly key?: string
  readonly environment?: Record<string, string>
}

const isRows = (value: unknown): value is { readonly rows: readonly { readonly id: string }[] } =>
  typeof value === 'object' && value !== null && 'rows' in value
const isView = (value: unknown): value is { readonly record: RequestRecord } =>
  typeof value === 'object' && value !== null && 'record' in value

/** Opens a house in a temporary folder that `close` removes. */
export const openHouse = async (options: HouseOptions): Promise<OpenHouse> => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-test-'))
  const key = `cw-${randomBytes(32).toString('base64url')}`
  writeFileSync(join(folder, 'key'), `${key}\n`, { mode: 0o600 })
  const text = `listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }\ndata: ./data\n${options.config}\nkeys:\n  - { name: test, secret: "file:./key", ${options.key ?? 'uses: [general]'} }\n`
  writeFileSync(join(folder, 'causeway.yaml'), text)
  const loaded = loadConfig(join(folder, 'causeway.yaml'), { home: folder, lookupPrice })
  const causeway = await startCauseway({
    snapshot: loaded.snapshot,
    folder: loaded.folders.credentials,
    dataFolder: loaded.folders.data,
    cacheFolder: join(folder, 'cache'),
    environment: options.environment ?? {},
    plane: 'both',
    engine: false,
    version: 'test',
    onEngine: () => undefined,
  })
  const control = async (path: string): Promise<unknown> => {
    const response = await fetch(`${causeway.controlUrl}${path}`, {
      headers: { authorization: `Bearer ${causeway.token}` },
    })
    return response.json()
  }
  const record = async (of: Response | string): Promise<RequestRecord> => {
    const id = typeof of === 'string' ? of : (of.headers.get('x-causeway-request') ?? '')
    const view = await control(`/api/requests/${id}`)
    if (!isView(view)) throw new Error(`there is no record of ${id}: ${JSON.stringify(view)}`)
    return view.record
  }
  return {
    causeway,
    url: causeway.gatewayUrl ?? '',
    key,
    folder,
    dataFolder: loaded.folders.data,
    post: (path, body, headers = {}) =>
      fetch(`${causeway.gatewayUrl ?? ''}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    record,
    async records() {
      const page = await control('/api/requests?limit=100')
      return isRows(page) ? Promise.all(page.rows.map(({ id }) => record(id))) : []
    },
    async close() {
      await causeway.close(1000)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A target's entry for a simulated vendor on loopback. */
export const simulatedTarget = (
  name: string,
  url: string,
  side: 'own' | 'rented' | 'closed',
  more = '',
): string =>
  `  - { name: ${name}, provider: openai-compatible, url: "${url}", model: simulated-vendor-model, side: ${side}, simulated: true, addresses: [127.0.0.0/8]${more === '' ? '' : `, ${more}`} }\n`
