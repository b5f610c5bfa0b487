import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Pool } from 'undici'
import { type Seen, unlisted, watchDoors } from './doors-watch.ts'

let server: Server
let port = 0
before(async () => {
  server = createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const origin = (): string => `http://127.0.0.1:${port}`
/** Every way out of the process that the platform has, each waited for. */
const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  'net.connect': () =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy()))
    }),
  'http.get': () => new Promise((resolve) => get(origin(), (answer) => resolve(answer.resume()))),
  fetch: async () => (await fetch(origin())).text(),
  undici: async () => {
    const pool = new Pool(origin())
    const { body } = await pool.request({ path: '/', method: 'GET' })
    await body.text()
    await pool.close()
  },
  WebSocket: () =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`)
      socket.onerror = resolve
    }),
}

for (const [name, way] of Object.entries(ways)) {
  test(`${name} is seen, with where it goes`, async () => {
    const watch = watchDoors()
    try {
      await way()
    } finally {
      watch.stop()
    }
    const to = watch.sockets.map((seen) => seen.to)
    assert.ok(to.includes(`127.0.0.1:${port}`) || to.includes(origin()), JSON.stringify(to))
  })
}

test('a datagram socket is seen', () => {
  const watch = watchDoors()
  createSocket('udp4').close()
  watch.stop()
  assert.deepEqual(
    watch.sockets.map(({ via }) => via),
    ['udp'],
  )
})

test('after stop nothing is seen', async () => {
  const watch = watchDoors()
  watch.stop()
  await ways['net.connect']?.()
  assert.deepEqual(watch.sockets, [])
})

const seen = (files: readonly string[]): Seen => ({ via: 'tcp', to: '', files, stack: '' })

test('a connection belongs to the listed door on its stack, else to nobody', () => {
  const door = seen(['server/src/gateway/connector.ts', 'server/src/gateway/pipeline.ts'])
  const other = seen(['server/src/policy/decide.ts'])
  const none = seen([])
  assert.deepEqual(unlisted([door, other, none], 'every'), [other, none])
  assert.deepEqual(unlisted([door, other, none], 'with-our-files'), [other])
})

test('a process of its own writes down what it opened, and its files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-doors-'))
  try {
    const file = join(folder, 'seen.jsonl')
    const program = join(folder, 'program.mjs')
    writeFileSync(
      program,
      `import { connect } from 'node:net'\nconst s = connect(1, '127.0.0.1')\ns.on('error', () => {})`,
    )
    const preload = pathToFileURL(join(import.meta.dirname, 'doors-preload.ts')).href
    const run = spawnSync(process.execPath, ['--import', preload, program], {
      encoding: 'utf8',
      env: { ...process.env, CAUSEWAY_DOORS_FILE: file },
    })
    assert.equal(run.status, 0, run.stderr)
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /"to":"127\.0\.0\.1:1"/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
