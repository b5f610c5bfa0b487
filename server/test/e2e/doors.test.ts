import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { addressAllowed } from '../../src/gateway/index.ts'
import { type Seen, unlisted } from '../doors-watch.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type Place, runCommand, startUp } from '../run-command.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/* What the architecture test reads in the sources, watched in the running product: who opens a connection. */

const isSeen = (value: unknown): value is Seen =>
  typeof value === 'object' && value !== null && 'via' in value && 'to' in value && 'files' in value

/** What a watched process wrote down. */
const seenIn = (file: string): readonly Seen[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line)
      return isSeen(value) ? value : assert.fail(line)
    })

/** Loaded into the product like a dependency that phones home: connects to where the environment says. */
const PLANTED = `import { connect } from 'node:net'
import { isMainThread } from 'node:worker_threads'
if (isMainThread) {
  const socket = connect(Number(process.env.PLANTED_PORT), '127.0.0.1')
  socket.on('error', () => {})
  socket.unref()
}
`

describe('a process of the product', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'causeway-doors-'))
  const key = `cw-${randomBytes(32).toString('base64url')}`
  const vendors: SimulatedVendor[] = []
  let listener: Server
  let planted = 0
  before(async () => {
    vendors.push(await startSimulatedVendor(), await startSimulatedVendor())
    listener = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await new Promise((resolve) => listener.once('listening', resolve))
    planted = portOf(listener)
    writeFileSync(join(cwd, 'planted.mjs'), PLANTED)
    writeFileSync(join(cwd, 'key'), `${key}\n`, { mode: 0o600 })
  })
  after(async () => {
    listener.close()
    for (const vendor of vendors) await vendor.close()
    rmSync(cwd, { recursive: true, force: true })
  })

  /** Where the process runs, watched from its first line on, with the planted connection made after that. */
  const watched = (file: string): Place => ({
    cwd,
    environment: {
      PATH: '/nonexistent',
      HOME: cwd,
      CAUSEWAY_CACHE: join(cwd, 'cache'),
      CAUSEWAY_DOORS_FILE: join(cwd, file),
      // Where the model hub would be: nobody listens there, and no test leaves this machine.
      HF_ENDPOINT: 'http://127.0.0.1:9',
      PLANTED_PORT: String(planted),
    },
    node: [
      '--import',
      pathToFileURL(join(import.meta.dirname, '..', 'doors-preload.ts')).href,
      '--import',
      pathToFileURL(join(cwd, 'planted.mjs')).href,
    ],
  })
  const assertOnlyPlanted = (sockets: readonly Seen[]): void => {
    assert.deepEqual(
      unlisted(sockets, 'every').map(({ to }) => to),
      [`127.0.0.1:${planted}`],
      'connections that no listed door opened, besides the planted one',
    )
  }

  test('at first start it opens connections by its door for discovery only', async () => {
    // The usual port is taken, so that the start ends by itself once it has looked around.
    const taken = createServer().on('error', () => undefined)
    await new Promise<void>((resolve) => {
      taken.once('error', () => resolve())
      taken.listen(4141, '127.0.0.1', () => resolve())
    })
    const ran = await runCommand(['up', '--no-engine', '--config', 'first.yaml'], watched('first.jsonl'))
    taken.close()
    assert.match(ran.out, /Wrote first\.yaml/, ran.err)
    assert.equal(ran.code, 1)
    const sockets = seenIn(join(cwd, 'first.jsonl'))
    assertOnlyPlanted(sockets)
    const discovery = sockets.filter(({ files }) => files.includes('server/src/config/discover.ts'))
    assert.ok(discovery.length >= 4, `${discovery.length} connections by discovery`)
    for (const { to } of discovery) assert.match(to, /^127\.0\.0\.1:(11434|1234|8000|8080|30000)$/)
  })

  test('who declines the engine is not asked about at the model hub either', () => {
    const asked = seenIn(join(cwd, 'first.jsonl')).filter(({ files }) =>
      files.includes('server/src/engine/fetch.ts'),
    )
    assert.deepEqual(
      asked.map(({ to }) => to),
      [],
    )
  })

  test('while it serves it connects to its targets by the connector, and a planted connection is noticed', async () => {
    const [closed, own] = vendors
    assert.ok(closed !== undefined && own !== undefined)
    writeFileSync(
      join(cwd, 'causeway.yaml'),
      `listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }\ndata: ./data\ntargets:\n${simulatedTarget('closed', closed.url, 'closed')}${simulatedTarget('home', own.url, 'own')}routes:\n  - { name: auto, targets: [closed, home], objective: ordered }\nkeys:\n  - { name: dev, secret: "file:./key", uses: [general] }\n`,
    )
    const up = await startUp(['--no-engine'], watched('serving.jsonl'))
    const texts = ['Why do tides rise?', 'Refund to DE89 3704 0044 0532 0130 00 please.']
    for (const stream of [false, true]) {
      for (const text of texts) {
        const messages = [{ role: 'user', content: text }]
        const chat = await up.post('/v1/chat/completions', key, { model: 'auto', stream, messages })
        assert.equal(chat.status, 200, await chat.text())
        const body = { model: 'auto', stream, max_tokens: 20, messages }
        const message = await up.post('/v1/messages', key, body)
        assert.equal(message.status, 200, await message.text())
      }
    }
    const refused = await up.post('/v1/chat/completions', key, {
      model: 'closed',
      messages: [{ role: 'user', content: texts[1] }],
      base_url: `http://127.0.0.1:${planted}/v1`,
    })
    assert.equal(refused.status, 403, await refused.text())
    assert.equal((await up.control('/api/overview')).status, 200)
    assert.equal(await up.stop(), 0, up.err())
    const sockets = seenIn(join(cwd, 'serving.jsonl'))
    assertOnlyPlanted(sockets)
    const out = sockets.filter(({ files }) => files.includes('server/src/gateway/connector.ts'))
    assert.equal(out.length, sockets.length - 1, 'every other one was the connector’s')
    assert.deepEqual(
      [...new Set(out.map(({ to }) => to))].sort(),
      [closed, own].map(({ port }) => `127.0.0.1:${port}`).sort(),
    )
    assert.ok(closed.seen.length > 0 && own.seen.length > 0)
  })
})

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' && address !== null ? address.port : assert.fail()
}

/** Ways to write this machine's own address. */
const LOOPBACK = [
  'localhost',
  '127.0.0.1',
  '[::ffff:127.0.0.1]',
  '0x7f.1',
  '2130706433',
  '127.1',
  '0177.0.0.1',
  '0.0.0.0',
]

describe('a closed target whose address is this machine', () => {
  let house: OpenHouse
  let server: Server
  let connections = 0
  let bytes = 0
  before(async () => {
    server = createServer((socket) => {
      connections += 1
      socket.on('data', (chunk) => {
        bytes += chunk.length
      })
      socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const target = (name: string, url: string): string =>
      `  - { name: ${name}, provider: openai-compatible, url: "${url}", model: m, side: closed, credential: env:SECRET, timeouts: { connect: 2000, firstByte: 2000 } }\n`
    const port = portOf(server)
    const targets = LOOPBACK.flatMap((host, index) => [
      target(`plain-${index}`, `http://${host}:${port}/v1`),
      target(`tls-${index}`, `https://${host}:${port}/v1`),
    ])
    house = await openHouse({
      config: `targets:\n${targets.join('')}`,
      environment: { SECRET: 'a-credential-that-must-not-arrive-0' },
    })
  })
  after(async () => {
    await house.close()
    server.close()
  })

  for (const [index, host] of LOOPBACK.entries()) {
    test(`${host}: refused on the connected socket, before one byte was written`, async () => {
      for (const name of [`plain-${index}`, `tls-${index}`]) {
        const before = connections
        const response = await house.post('/v1/chat/completions', {
          model: name,
          messages: [{ role: 'user', content: 'Why do tides rise?' }],
        })
        const text = await response.text()
        assert.equal(response.status, 502, text)
        assert.equal(response.headers.get('x-causeway-code'), 'address_forbidden', text)
        assert.equal(response.headers.get('x-causeway-rule'), 'address')
        const record = await house.record(response)
        assert.equal(record.attempts.length, 1)
        assert.equal(record.attempts[0]?.sent, false)
        assert.equal(record.cost.nanos, 0)
        assert.ok(connections > before, 'the socket was connected, or nothing was tested')
      }
      assert.equal(bytes, 0)
    })
  }
})

describe('addresses by side', () => {
  const own = { side: 'own', addresses: [] } as const
  const closed = { side: 'closed', addresses: [] } as const
  const listed = { side: 'closed', addresses: ['10.1.0.0/16', 'fd00:1::/32'] } as const

  for (const address of ['8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8', '100.200.1.1', '172.32.0.1'])
    test(`${address} is no address of side own, and one of the others`, () => {
      assert.equal(addressAllowed(own, address), false)
      for (const side of ['attested', 'rented', 'closed'] as const)
        assert.equal(addressAllowed({ side, addresses: [] }, address), true)
    })

  for (const address of [
    '127.0.0.1',
    '127.255.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    'fd00::1',
    'fe80::1',
  ])
    test(`${address} is an address of side own, and none of the others`, () => {
      assert.equal(addressAllowed(own, address), true)
      for (const side of ['attested', 'rented', 'closed'] as const)
        assert.equal(addressAllowed({ side, addresses: [] }, address), false)
    })

  test('what is no host’s address, or no address at all, is nobody’s', () => {
    const none = [
      '',
      'localhost',
      '0.0.0.0',
      '::',
      '224.0.0.1',
      '255.255.255.255',
      'ff02::1',
      '64:ff9b::7f00:1',
    ]
    for (const address of none) {
      assert.equal(addressAllowed(own, address), false, address)
      assert.equal(addressAllowed(closed, address), false, address)
    }
  })

  test('a listed range adds exactly itself', () => {
    assert.equal(addressAllowed(listed, '10.1.2.3'), true)
    assert.equal(addressAllowed(listed, '::ffff:10.1.2.3'), true)
    assert.equal(addressAllowed(listed, '10.2.0.1'), false)
    assert.equal(addressAllowed(listed, 'fd00:1::9'), true)
    assert.equal(addressAllowed(listed, 'fd00:2::9'), false)
    assert.equal(addressAllowed(listed, '127.0.0.1'), false)
    assert.equal(addressAllowed(listed, '8.8.8.8'), true)
  })
})
