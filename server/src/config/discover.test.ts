import assert from 'node:assert/strict'
import http, { createServer, type RequestListener, type Server } from 'node:http'
import { after, describe, it } from 'node:test'
import { PROVIDERS } from '../providers/index.ts'
import { discover } from './discover.ts'

const servers: Server[] = []
after(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

const listen = (listener: RequestListener): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
    servers.push(server)
  })

/** Serves JSON by path and notes what was asked. */
const serve = async (replies: Readonly<Record<string, unknown>>) => {
  const asked: string[] = []
  const port = await listen((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const reply = replies[request.url ?? '']
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(reply ?? { error: 'no such path' }))
  })
  return { port, asked }
}

/** A port where nobody listens: taken once and given back. */
const deadPort = async (): Promise<number> => {
  const port = await listen(() => undefined)
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

const everyPort = async (some: Readonly<Record<string, number>>): Promise<Record<string, number>> => {
  const dead = await deadPort()
  return { ...Object.fromEntries([...PROVIDERS.keys()].map((name) => [name, dead])), ...some }
}

const look = async (some: Readonly<Record<string, number>>, timeout = 2000) =>
  discover(PROVIDERS.values(), { timeout, ports: await everyPort(some) })

const OLLAMA = {
  '/api/version': { version: '0.20.0' },
  '/api/tags': { models: [{ name: 'qwen3:8b' }, { name: 'gpt-oss:120b-cloud' }] },
  '/api/ps': { models: [] },
}
const VLLM = {
  '/version': { version: '0.32.0' },
  '/v1/models': { data: [{ id: 'm', owned_by: 'vllm', max_model_len: 4096 }] },
}

describe('discovery', () => {
  it('finds nothing where nothing is', async () => {
    assert.deepEqual(await look({}), [])
  })

  it('knows servers by what they say, on whatever port', async () => {
    const one = await serve(OLLAMA)
    const two = await serve(VLLM)
    const found = await look({ ollama: one.port, vllm: two.port })
    assert.deepEqual(
      found.map(({ provider, url, version }) => ({ provider, url, version })),
      [
        { provider: 'ollama', url: `http://127.0.0.1:${one.port}/v1`, version: '0.20.0' },
        { provider: 'vllm', url: `http://127.0.0.1:${two.port}/v1`, version: '0.32.0' },
      ],
    )
    assert.deepEqual(
      found[0]?.models.map(({ id, side }) => [id, side]),
      [
        ['qwen3:8b', 'own'],
        ['gpt-oss:120b-cloud', 'rented'],
      ],
    )
    assert.deepEqual(one.asked.sort(), ['GET /api/ps', 'GET /api/tags', 'GET /api/version'])
  })

  it('does not trust a port: a stranger is listed and has no models', async () => {
    const stranger = await serve({ '/v1/models': { data: [{ id: 'm', owned_by: 'somebody' }] } })
    const found = await look({ vllm: stranger.port, llamacpp: stranger.port })
    assert.deepEqual(found, [
      {
        provider: null,
        title: 'unknown server',
        port: stranger.port,
        url: `http://127.0.0.1:${stranger.port}/v1`,
        version: null,
        models: [],
      },
    ])
  })

  it('lists a server once where several are looked for on its port', async () => {
    const { port } = await serve(VLLM)
    assert.deepEqual(
      (await look({ vllm: port, llamacpp: port, lmstudio: port })).map(({ provider }) => provider),
      ['vllm'],
    )
  })

  it('follows no redirect', async () => {
    const real = await serve(VLLM)
    const port = await listen((request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${real.port}${request.url}` }).end()
    })
    const found = await look({ vllm: port })
    assert.deepEqual(
      found.map(({ provider }) => provider),
      [null],
    )
    assert.deepEqual(real.asked, [])
  })

  it('gives up on a server that says nothing, or never stops', async () => {
    const silent = await listen(() => undefined)
    const dripping = await listen((_request, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(timer))
    })
    assert.deepEqual(await look({ ollama: silent, vllm: dripping }, 50), [])
  })

  it('reads no more than 256 KB of an answer', async () => {
    let sent = 0
    const port = await listen((_request, response) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed) {
          sent += 65_536
          if (!response.write(' '.repeat(65_536))) break
        }
      }
      response.on('drain', more)
      more()
    })
    assert.deepEqual(
      (await look({ vllm: port })).map(({ provider }) => provider),
      [null],
    )
    assert.ok(sent < 64 * 1024 * 1024, 'the connection was cut')
  })

  it('survives what is no HTTP and no JSON', async () => {
    const port = await listen((request) => {
      request.socket.end('SSH-2.0-x\r\n')
    })
    const html = await listen((_request, response) => {
      response.end('<html>')
    })
    assert.deepEqual(
      (await look({ ollama: port, vllm: html })).map((server) => [server.provider, server.port]),
      [[null, html]],
    )
  })

  it('uses no proxy, whatever the environment did to the global agent', async () => {
    const { port } = await serve(VLLM)
    const before = http.globalAgent
    http.globalAgent = new http.Agent({ proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${await deadPort()}` } })
    try {
      assert.equal((await look({ vllm: port }))[0]?.provider, 'vllm')
    } finally {
      http.globalAgent = before
    }
  })
})
