import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
