import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Address } from './load.ts'
import { PORTKEY_START } from './portkey.ts'
import { heard, type Started, start } from './process-tree.ts'

/** What can be put between the client and the upstream. A fresh process is started for every round. */
export interface Candidate {
  readonly name: string
  /** One sentence for the reader of the table. */
  readonly about: string
  /** What part of the count it gets: 1, or less where it is slow. */
  readonly share: number
  /** Takes part only in the scenarios of 2 KB; the others do not depend on what tells it apart. */
  readonly brief: boolean
  /** Whether its answers carry the label, which has to be `public`. */
  readonly labels: boolean
  start(upstream: string): Promise<Running>
}

export interface Running {
  readonly program: Started
  readonly address: Address
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
export const CHECKOUT = here('..')
const PATH = '/v1/chat/completions'
const SECONDS_TO_START = 30

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Waits until something accepts connections there. */
const answering = async (url: string, program: Started): Promise<void> => {
  for (const deadline = performance.now() + SECONDS_TO_START * 1000; performance.now() < deadline; ) {
    const answer = await fetch(url).catch(() => null)
    await answer?.body?.cancel()
    if (answer !== null) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`nothing answers at ${url}: ${program.said().slice(-600)}`)
}

const bearer = (key: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${key}` })

export const relay: Candidate = {
  name: 'relay',
  about: '(a) node:http + undici, body parsed, model and key replaced, nothing else',
  share: 1,
  brief: false,
  labels: false,
  async start(upstream) {
    const program = start(process.execPath, [here('relay.ts'), upstream])
    const url = await heard(program, /(http:\S+)\n/, SECONDS_TO_START)
    return { program, address: { url: url + PATH, headers: bearer('of-the-client'), model: 'bench' } }
  },
}

const CONFIGURATION = (upstream: string, outcome: string): string => `
listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }
data: ./data
targets:
  - name: simulated-upstream
    provider: openai-compatible
    url: ${upstream}/v1
    model: simulated-upstream-of-the-benchmark
    side: closed
    simulated: true
    addresses: [127.0.0.0/8]
routes:
  - { name: bench, targets: [simulated-upstream], objective: ordered }
audit: { intent: labelled, outcome: ${outcome} }
keys:
  - { name: bench, secret: env:CAUSEWAY_BENCH_KEY, uses: [general] }
`

/** Causeway from a checkout, everything on: labels, permits, ledger, audit. */
export const causeway = (
  name: string,
  about: string,
  checkout: string,
  outcome: 'durable' | 'relaxed',
  temporary: string,
): Candidate => ({
  name,
  about,
  share: 1,
  brief: outcome === 'relaxed',
  labels: true,
  async start(upstream) {
    const folder = mkdtempSync(join(temporary, 'causeway-'))
    writeFileSync(join(folder, 'causeway.yaml'), CONFIGURATION(upstream, outcome))
    const key = `cw-${randomBytes(32).toString('base64url')}`
    const program = start(
      process.execPath,
      [
        join(checkout, 'server/bin/causeway.mjs'),
        'up',
        '--no-engine',
        '--config',
        join(folder, 'causeway.yaml'),
      ],
      { CAUSEWAY_BENCH_KEY: key, CAUSEWAY_CACHE: join(folder, 'cache') },
    )
    const url = await heard(program, /curl (http:\/\/[^/]+)\/v1/, SECONDS_TO_START)
    await answering(`${url}/readyz`, program)
    return { program, address: { url: url + PATH, headers: bearer(key), model: 'bench' } }
  },
})

/** The peer, installed in `folder`. */
export const portkey = (folder: string, version: string): Candidate => ({
  name: 'portkey',
  about: `(b) @portkey-ai/gateway ${version}, pinned so that its streaming works`,
  share: 1 / 8,
  brief: false,
  labels: false,
  async start(upstream) {
    const port = await freePort()
    const program = start(
      process.execPath,
      ['--import', here('loopback.mjs'), join(folder, PORTKEY_START), '--headless', `--port=${port}`],
      { NODE_ENV: 'production' },
    )
    await answering(`http://127.0.0.1:${port}/`, program)
    const headers = {
      ...bearer('of-the-client'),
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `${upstream}/v1`,
    }
    return { program, address: { url: `http://127.0.0.1:${port}${PATH}`, headers, model: 'bench' } }
  },
})

const NGINX_CONFIGURATION = (port: number, upstream: string): string => `
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off;
  client_max_body_size 32m;
  client_body_buffer_size 1m;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  keepalive_requests 1000000000;
  upstream simulated { server ${new URL(upstream).host}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://simulated;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer of-the-upstream";
    }
  }
}
`

const NGINX_PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx', '/usr/local/bin/nginx']

/** Where nginx is installed, or null. */
export const nginxHere = (): string | null => NGINX_PLACES.find((path) => existsSync(path)) ?? null

/** The limit: relays bytes, reads no body. */
export const nginx = (program: string, version: string, temporary: string): Candidate => ({
  name: 'nginx',
  about: `${version}, the limit: relays without reading the body`,
  share: 1,
  brief: false,
  labels: false,
  async start(upstream) {
    const folder = mkdtempSync(join(temporary, 'nginx-'))
    mkdirSync(join(folder, 'logs'))
    const port = await freePort()
    writeFileSync(join(folder, 'nginx.conf'), NGINX_CONFIGURATION(port, upstream))
    const started = start(program, ['-p', `${folder}/`, '-c', join(folder, 'nginx.conf')])
    await answering(`http://127.0.0.1:${port}/left`, started)
    return {
      program: started,
      address: { url: `http://127.0.0.1:${port}${PATH}`, headers: bearer('of-the-client'), model: 'bench' },
    }
  },
})
