import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Command, Help } from 'commander'
import { registerAudit } from './audit.ts'
import { registerCheck } from './check.ts'
import { COMMANDS } from './commands.ts'
import { registerConversations } from './conversations.ts'
import { registerEngine } from './engine.ts'
import { registerExplain } from './explain.ts'
import { registerKeys } from './keys.ts'
import { registerLabel } from './label.ts'
import { registerRequests } from './requests.ts'
import { registerUp } from './up.ts'

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'causeway.mjs')

const folder = mkdtempSync(join(tmpdir(), 'causeway-commands-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Writes every module's address to standard error as it is loaded. */
const WATCH = join(folder, 'watch.mjs')
writeFileSync(
  WATCH,
  `import { registerHooks } from 'node:module'
import { writeSync } from 'node:fs'
registerHooks({ load(url, context, next) { writeSync(2, '#LOADED ' + url + '\\n'); return next(url, context) } })`,
)

const run = (...given: readonly string[]) => {
  const ran = spawnSync(process.execPath, ['--import', pathToFileURL(WATCH).href, BIN, ...given], {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
  })
  const loaded = [...ran.stderr.matchAll(/^#LOADED (.*)$/gm)].map(([, url = '']) => url)
  const rooms = new Set(loaded.flatMap((url) => /\/server\/src\/([a-z]+)\//.exec(url)?.[1] ?? []))
  assert.ok(rooms.has('cli'), ran.stderr)
  return { code: ran.status, out: ran.stdout, err: ran.stderr, rooms }
}

test('the list names every command as the command names itself, in its order', () => {
  const program = new Command('causeway')
  registerUp(program, '1')
  for (const register of [
    registerCheck,
    registerExplain,
    registerLabel,
    registerRequests,
    registerConversations,
    registerKeys,
    registerAudit,
    registerEngine,
  ])
    register(program)
  const themselves = program.commands.map((command) => [
    command.name(),
    { term: new Help().subcommandTerm(command), about: command.description() },
  ])
  assert.deepEqual(themselves, Object.entries(COMMANDS))
})

describe('a command loads what it needs', () => {
  for (const given of [['--help'], ['help'], ['--version']]) {
    test(`causeway ${given.join(' ')} loads no command`, () => {
      const { code, out, rooms } = run(...given)
      assert.equal(code, 0)
      assert.ok(out.length > 0)
      assert.deepEqual([...rooms].sort(), ['cli', 'domain', 'lib'])
    })
  }

  test('the list shows each command with its arguments', () => {
    const { out } = run('--help')
    for (const { term } of Object.values(COMMANDS)) assert.ok(out.includes(`\n  ${term} `), `${term}\n${out}`)
  })

  test('help about one command shows all of it, and nobody else is loaded', () => {
    for (const given of [
      ['help', 'label'],
      ['label', '--help'],
    ]) {
      const { code, out, rooms } = run(...given)
      assert.equal(code, 0)
      assert.match(out, /^Usage: causeway label \[options\] \[text\]/)
      assert.match(out, /--jsonl/)
      assert.ok(!rooms.has('gateway') && !rooms.has('engine') && !rooms.has('recorder'), [...rooms].join(' '))
    }
  })

  test('an option of the default command comes first', () => {
    const { code, err } = run('--no-engin')
    assert.equal(code, 1)
    assert.match(err, /Did you mean --no-engine\?/)
  })

  test('the parts of a command are told as they are', () => {
    const { out } = run('keys', '--help')
    assert.match(out, /\n {2}list \[options\]/)
    assert.match(out, /\n {2}make \[options\] <name>/)
  })

  test('an auditor proves a log without the gateway, the detectors or a configuration', () => {
    const { code, rooms } = run('audit', 'verify', '--data', folder)
    assert.equal(code, 2)
    for (const room of ['gateway', 'sensitivity', 'config', 'wire', 'providers', 'engine'])
      assert.ok(!rooms.has(room), room)
  })

  test('label loads no gateway', () => {
    const { code, out, rooms } = run('label', 'nothing at all')
    assert.equal(code, 0)
    assert.equal(out, 'public: nothing found\n')
    assert.ok(rooms.has('sensitivity'))
    for (const room of ['gateway', 'config', 'providers', 'recorder', 'store', 'engine', 'control'])
      assert.ok(!rooms.has(room), room)
  })
})
