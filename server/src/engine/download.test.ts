import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { download, sizeOf } from './download.ts'
import { EngineError } from './errors.ts'
import { authorizationFor, openDoor } from './fetch.ts'

const folder = mkdtempSync(join(tmpdir(), 'engine-download-'))
const servers: Server[] = []
after(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const serve = async (handler: Handler): Promise<URL> => {
  const server = createServer(handler).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return new URL(`http://127.0.0.1:${address.port}/weights.gguf`)
}

const content = randomBytes(300_000)
const pinned = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
const to = join(folder, 'weights.gguf')

const fetchTo = (
  url: URL,
  more: { pinned?: typeof pinned; signal?: AbortSignal; onBytes?: (n: number) => void } = {},
) => {
  const door = openDoor({ peers: [url], environment: {} })
  const { signal, onBytes = () => undefined } = more
  return download({ door, url, to, pinned: more.pinned ?? pinned, onBytes, signal }).finally(() =>
    door.close(),
  )
}

const partWritten = async (): Promise<void> => {
  while ((await sizeOf(`${to}.part`)) === 0) await tick()
}

const hasCode = (code: string) => (thrown: unknown) => thrown instanceof EngineError && thrown.code === code

describe('download', () => {
  beforeEach(() => {
    rmSync(to, { force: true })
    rmSync(`${to}.part`, { force: true })
  })

  test('a cut transfer goes on where it stopped', async () => {
    const asked: (string | undefined)[] = []
    const url = await serve((request, response) => {
      asked.push(request.headers.range)
      if (asked.length === 1) {
        response.writeHead(200, { 'content-length': content.length })
        response.write(content.subarray(0, 100_000))
        void partWritten().then(() => response.destroy())
        return
      }
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1])
      response.writeHead(206, { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` })
      response.end(content.subarray(from))
    })
    await fetchTo(url)
    assert.deepEqual(readFileSync(to), content)
    assert.equal(asked.length, 2)
    assert.equal(asked[0], undefined)
    assert.match(asked[1] ?? '', /^bytes=[1-9]\d*-$/)
    assert.ok(!existsSync(`${to}.part`))
  })

  test('a part of an earlier run is gone on with', async () => {
    writeFileSync(`${to}.part`, content.subarray(0, 250_000))
    let sent = 0
    const url = await serve((_request, response) => {
      sent = content.length - 250_000
      response.writeHead(206, { 'content-range': `bytes 250000-299999/300000` })
      response.end(content.subarray(250_000))
    })
    await fetchTo(url)
    assert.equal(sent, 50_000)
    assert.deepEqual(readFileSync(to), content)
  })

  test('a server that ignores the range starts the file anew', async () => {
    writeFileSync(`${to}.part`, randomBytes(1000))
    const url = await serve((_request, response) => response.end(content))
    await fetchTo(url)
    assert.deepEqual(readFileSync(to), content)
  })

  test('other content is deleted and named with both hashes', async () => {
    const other = randomBytes(content.length)
    const url = await serve((_request, response) => response.end(other))
    const found = createHash('sha256').update(other).digest('hex')
    await assert.rejects(fetchTo(url), (thrown) => {
      assert.ok(hasCode('hash_mismatch')(thrown) && thrown instanceof EngineError)
      assert.ok(thrown.message.includes('weights.gguf') && thrown.message.includes(pinned.sha256))
      assert.ok(thrown.message.includes(found))
      return true
    })
    assert.ok(!existsSync(to) && !existsSync(`${to}.part`))
  })

  test('a server that does not stop sending is cut off and its bytes deleted', async () => {
    let sent = 0
    const url = await serve((_request, response) => {
      const more = (): void => {
        if (response.destroyed) return
        sent += content.length
        if (sent > 100_000_000) response.end()
        else response.write(content, () => setImmediate(more))
      }
      more()
    })
    await assert.rejects(fetchTo(url), hasCode('hash_mismatch'))
    assert.ok(sent < 100_000_000, 'it was left before its end')
    assert.ok(!existsSync(to) && !existsSync(`${to}.part`))
  })

  test('a server that never sends a byte is given up after three tries', async () => {
    let tries = 0
    const url = await serve((_request, response) => {
      tries += 1
      response.writeHead(503).end()
    })
    await assert.rejects(fetchTo(url), hasCode('weights_unavailable'))
    assert.equal(tries, 3)
  })

  test('an abort keeps the part for later', async () => {
    const controller = new AbortController()
    const url = await serve((_request, response) => {
      response.writeHead(200)
      response.write(content.subarray(0, 100_000))
    })
    const onBytes = (): void => controller.abort()
    await assert.rejects(fetchTo(url, { signal: controller.signal, onBytes }))
    assert.ok(!existsSync(to) && existsSync(`${to}.part`))
  })

  test('a file that no disk holds is refused before it is asked for', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.end()
    })
    await assert.rejects(fetchTo(url, { pinned: { ...pinned, bytes: 1e18 } }), hasCode('disk_short'))
    assert.equal(asked, 0)
  })
})

describe('the door', () => {
  const ask = async (url: URL, peers: URL[]): Promise<string> => {
    const door = openDoor({ peers, environment: {} })
    return (await door.text(url).finally(() => door.close())).text
  }

  test('a stranger is not asked, not even by https without a peer that names it', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.end()
    })
    await assert.rejects(ask(url, []), hasCode('peer_forbidden'))
    await assert.rejects(ask(new URL('https://127.0.0.1:1/x'), [url]), hasCode('peer_forbidden'))
    assert.equal(asked, 0)
  })

  test('a redirect to plain http elsewhere is not followed', async () => {
    let reached = 0
    const elsewhere = await serve((_request, response) => {
      reached += 1
      response.end('secret')
    })
    const url = await serve((_request, response) =>
      response.writeHead(302, { location: elsewhere.href }).end(),
    )
    await assert.rejects(ask(url, [url]), hasCode('peer_forbidden'))
    assert.equal(reached, 0)
  })

  test('redirects on the same host are followed five times and no more', async () => {
    let left = 5
    const url = await serve((_request, response) => {
      if (left === 0) response.end('there')
      else {
        left -= 1
        response.writeHead(302, { location: '/next' }).end()
      }
    })
    assert.equal(await ask(url, [url]), 'there')
    left = 6
    await assert.rejects(ask(url, [url]), hasCode('peer_forbidden'))
  })

  test('user and password become a header, stay on their host, and are not shown in errors', async () => {
    let header: string | undefined
    const url = await serve((request, response) => {
      header = request.headers.authorization
      response.writeHead(404).end()
    })
    url.username = 'reader'
    url.password = 'p%40ss'
    await assert.rejects(ask(url, [url]), (thrown) => {
      assert.ok(
        thrown instanceof EngineError &&
          !thrown.message.includes('p%40ss') &&
          !thrown.message.includes('reader'),
      )
      return true
    })
    assert.equal(header, `Basic ${Buffer.from('reader:p@ss').toString('base64')}`)
  })

  test('a configured proxy is used instead of the host itself', async () => {
    const asked: (string | undefined)[] = []
    const proxy = await serve((request, response) => {
      asked.push(request.url)
      response.end('by proxy')
    })
    const url = new URL('http://weights.example/page')
    const door = openDoor({ peers: [url], environment: {}, proxy: proxy.origin })
    assert.equal((await door.text(url).finally(() => door.close())).text, 'by proxy')
    assert.deepEqual(asked, ['http://weights.example/page'])
  })

  test('a host that keeps silent is given up', async () => {
    const url = await serve(() => undefined)
    const door = openDoor({ peers: [url], environment: {}, idleTimeout: 50 })
    await assert.rejects(
      door.ask(url).finally(() => door.close()),
      hasCode('weights_unavailable'),
    )
  })

  test('no other host sees them, not even by redirect', () => {
    const first = new URL('https://ada:s3cret@packages.example/simple')
    assert.equal(authorizationFor(new URL('https://files.example/x'), first), null)
    assert.equal(authorizationFor(new URL('https://packages.example:444/x'), first), null)
    assert.equal(authorizationFor(new URL('http://packages.example/x'), first), null)
    assert.ok(authorizationFor(new URL('https://packages.example/x'), first) !== null)
  })

  test('a page larger than its limit is refused', async () => {
    const url = await serve((_request, response) => response.end(Buffer.alloc(2000)))
    const door = openDoor({ peers: [url], environment: {} })
    await assert.rejects(
      door.text(url, {}, 1000).finally(() => door.close()),
      hasCode('weights_unavailable'),
    )
  })
})
