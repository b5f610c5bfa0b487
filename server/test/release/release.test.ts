import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'causeway-release-'))
const installed = join(folder, 'node_modules', 'causeway')
after(() => rmSync(folder, { recursive: true, force: true }))

const run = (command: string, given: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(command, [...given], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CAUSEWAY_SKIP_CONSOLE: '1', npm_config_loglevel: 'error' },
  })
  return { status, stdout, stderr }
}

/** Packs the release and lays it into a node_modules of its own, with the checkout's packages beside it. */
before(() => {
  const built = run(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), `--out=${join(folder, 'built')}`])
  assert.equal(built.status, 0, built.stderr)
  const packed = run('npm', ['pack', '--ignore-scripts', join(folder, 'built')])
  assert.equal(packed.status, 0, packed.stderr)
  mkdirSync(installed, { recursive: true })
  const tarball = packed.stdout.trim().split('\n').at(-1) ?? ''
  const unpacked = run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed])
  assert.equal(unpacked.status, 0, unpacked.stderr)
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.') && name !== '@causeway')
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  }
})

const causeway = (...given: readonly string[]) =>
  run(process.execPath, [join(installed, 'server', 'bin', 'causeway.mjs'), ...given])

test('the packed product runs from node_modules: --version is the checkout’s', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  assert.ok(typeof manifest === 'object' && manifest !== null && 'version' in manifest)
  const answer = causeway('--version')
  assert.equal(answer.status, 0, answer.stderr)
  assert.ok(answer.stdout.includes(String(manifest.version)), answer.stdout)
})

test('--help lists the commands', () => {
  const answer = causeway('--help')
  assert.equal(answer.status, 0, answer.stderr)
  for (const command of ['up', 'check', 'explain', 'label', 'requests', 'audit', 'engine'])
    assert.match(answer.stdout, new RegExp(`\\b${command}\\b`))
})

test('an unknown command is one sentence and no stack', () => {
  const answer = causeway('gone')
  assert.notEqual(answer.status, 0)
  assert.match(answer.stderr, /gone/)
  assert.doesNotMatch(answer.stdout + answer.stderr, /\n\s+at /)
})

test('nothing but the product is in the package: no source in TypeScript, no test', () => {
  const files = readdirSync(installed, { recursive: true }).map(String)
  assert.ok(files.length > 100, `${files.length} files`)
  assert.deepEqual(
    files.filter((file) => /\.tsx?$|\.test\.|fixture/.test(file)),
    [],
  )
  assert.ok(existsSync(join(installed, 'LICENSE')))
})
