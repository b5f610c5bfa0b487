import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'causeway.mjs')
/** The Node that npm itself runs on: on many machines an older one than ours. */
const SYSTEM_NODE = process.env['npm_node_execpath'] ?? '/usr/bin/node'

const versionOf = (node: string): number => {
  const { stdout } = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  return Number.parseInt(stdout ?? '0', 10)
}
const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The command in a folder of its own, with a command line that does as `program` says, or none. */
const installation = (program: string | null): string => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-command-'))
  folders.push(folder)
  mkdirSync(join(folder, 'bin'))
  cpSync(BIN, join(folder, 'bin', 'causeway.mjs'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  if (program !== null) {
    mkdirSync(join(folder, 'src', 'cli'), { recursive: true })
    writeFileSync(join(folder, 'src', 'cli', 'index.js'), program)
  }
  return join(folder, 'bin', 'causeway.mjs')
}
const run = (node: string, bin: string, given: readonly string[] = []) =>
  spawnSync(node, [bin, ...given], { encoding: 'utf8' })

test('the arguments reach the command line, and its answer becomes the exit code', () => {
  const bin = installation(
    'export const run = async (argv) => { console.log(JSON.stringify(argv)); return 3 }',
  )
  const answer = run(process.execPath, bin, ['explain', '--json', 'a b'])
  assert.deepEqual(JSON.parse(answer.stdout), ['explain', '--json', 'a b'])
  assert.equal(answer.status, 3)
})

test('a fault in the program is one sentence, without a stack', () => {
  const bin = installation("export const run = async () => { throw new TypeError('x is not a function') }")
  const answer = run(process.execPath, bin)
  assert.equal(answer.status, 1)
  assert.match(answer.stderr, /^causeway: x is not a function\. This is a fault in the program/)
  assert.doesNotMatch(answer.stderr, /\n\s+at /)
})

test('a missing part of the program says how it is installed', () => {
  const answer = run(process.execPath, installation(null))
  assert.equal(answer.status, 1)
  assert.match(answer.stderr, /a part of the program is missing.*npm start/)
  assert.doesNotMatch(answer.stderr, /\n\s+at /)
})

/** A product with a folder of packages: its own, as in a checkout, or the one it lies in. */
const installed = (where: 'checkout' | 'package') => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-command-'))
  folders.push(folder)
  const packages = join(folder, 'node_modules')
  const server = where === 'checkout' ? join(folder, 'server') : join(packages, 'causeway', 'server')
  mkdirSync(packages)
  for (const part of ['bin', join('src', 'cli')]) mkdirSync(join(server, part), { recursive: true })
  const bin = join(server, 'bin', 'causeway.mjs')
  cpSync(BIN, bin)
  writeFileSync(join(server, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(server, 'src', 'cli', 'index.js'),
    `import { Worker } from 'node:worker_threads'
export const run = () => new Promise((done) => {
  const thread = "const { getCompileCacheDir } = require('node:module'); require('node:worker_threads').parentPort.postMessage(getCompileCacheDir() ?? null)"
  new Worker(thread, { eval: true }).once('message', (folder) => { console.log(JSON.stringify(folder)); done(0) })
})`,
  )
  return { bin, compiled: join(packages, '.causeway-compiled') }
}
const runIn = (bin: string, environment: Readonly<Record<string, string>>) => {
  const ran = spawnSync(process.execPath, [bin], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  })
  assert.equal(ran.status, 0, ran.stderr)
  assert.equal(ran.stderr, '')
  const threads: unknown = JSON.parse(ran.stdout)
  return threads
}

for (const where of ['checkout', 'package'] as const) {
  test(`what Node compiled is kept beside the packages, for threads too: ${where}`, () => {
    const { bin, compiled } = installed(where)
    const threads = runIn(bin, {})
    assert.ok(typeof threads === 'string' && threads.startsWith(compiled), String(threads))
    const kept = readdirSync(compiled, { recursive: true, withFileTypes: true })
    assert.ok(kept.some((entry) => entry.isFile()))
    // Once more, with what was kept.
    runIn(bin, {})
  })
}

test('nothing is kept where whoever starts it wants that, and nowhere but beside packages', () => {
  const { bin, compiled } = installed('checkout')
  assert.equal(runIn(bin, { NODE_DISABLE_COMPILE_CACHE: '1' }), null)
  assert.ok(!existsSync(compiled))
  const alone = installation('export const run = async () => 0')
  assert.equal(run(process.execPath, alone).status, 0)
  assert.ok(!existsSync(join(alone, '..', '..', '..', 'node_modules')))
})

test('where it cannot be kept the command runs all the same', () => {
  const { bin, compiled } = installed('checkout')
  writeFileSync(compiled, 'no folder')
  assert.equal(runIn(bin, {}), null)
})

const old = versionOf(SYSTEM_NODE) < 24 ? false : 'the Node of this machine is new enough for everything'

test('an old Node hands over to the one that came with the packages', { skip: old }, () => {
  const answer = run(SYSTEM_NODE, BIN, ['--version'])
  assert.equal(answer.status, 0, answer.stderr)
  assert.match(answer.stdout, /\d+\.\d+\.\d+/)
})

test('an old Node alone gets a sentence that says what to install', { skip: old }, () => {
  const answer = run(SYSTEM_NODE, installation('export const run = async () => 0'))
  assert.equal(answer.status, 1)
  assert.match(answer.stderr, /needs Node 24 or newer; this is v\d+.*install Node 24 yourself/)
})
