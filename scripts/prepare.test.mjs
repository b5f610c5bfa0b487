import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { consoleHash, findNode, installHash, isInstalled, nodeAdvice, runningServers } from './checkout.mjs'
import { installAdvice, worthShowing } from './npm-words.mjs'

const scripts = dirname(fileURLToPath(import.meta.url))
const folders = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text))
}

const LOCK = {
  lockfileVersion: 3,
  packages: {
    '': { name: 'x' },
    server: { name: '@x/server' },
    'node_modules/@x/server': { resolved: 'server', link: true },
    'node_modules/one': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/other-system': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
}

/** A checkout with the scripts in it, two manifests, a lock file, and a program in npm's place that does as `npm` says. */
const checkout = (npm = 'install') => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-prepare-'))
  folders.push(folder)
  cpSync(scripts, join(folder, 'scripts'), { recursive: true })
  write(join(folder, 'package.json'), { name: 'x', workspaces: ['server'], dependencies: { one: '1.0.0' } })
  write(join(folder, 'server', 'package.json'), { name: '@x/server' })
  write(join(folder, 'package-lock.json'), LOCK)
  write(join(folder, 'npm.js'), NPM[npm])
  return folder
}

const NPM = {
  install: `
    const fs = require('node:fs')
    fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n')
    console.error('npm warn EBADENGINE Unsupported engine {')
    fs.rmSync('node_modules', { recursive: true, force: true })
    fs.mkdirSync('node_modules/one', { recursive: true })
    fs.writeFileSync('node_modules/one/package.json', '{}')`,
  offline: `
    console.error('npm warn EBADENGINE Unsupported engine {')
    console.error('npm error code ENOTFOUND')
    console.error('npm error network request to a registry failed')
    process.exitCode = 1`,
  hangs: `
    require('node:fs').appendFileSync('npm-calls', 'started\\n')
    setTimeout(() => {}, 60_000)`,
}

const prepare = (folder, { node = process.execPath, event = 'check', ...more } = {}) =>
  spawnSync(node, [join(folder, 'scripts', 'prepare.mjs')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_execpath: join(folder, 'npm.js'),
      npm_node_execpath: process.execPath,
      npm_lifecycle_event: event,
      ...more,
    },
  })
const npmCalls = (folder) =>
  existsSync(join(folder, 'npm-calls'))
    ? readFileSync(join(folder, 'npm-calls'), 'utf8').trim().split('\n')
    : []

test('a fresh checkout is installed once, by npm ci without scripts, and not again', () => {
  const folder = checkout()
  const first = prepare(folder)
  assert.equal(first.status, 0, first.stderr)
  assert.match(first.stderr, /Installing packages[\s\S]*Packages are installed/)
  assert.equal(first.stderr.includes('EBADENGINE'), false)
  assert.deepEqual(npmCalls(folder), ['ci --no-audit --no-fund --ignore-scripts'])
  const second = prepare(folder)
  assert.equal(second.status, 0)
  assert.equal(second.stderr, '')
  assert.equal(npmCalls(folder).length, 1)
})

test('a change of the lock file or of a dependency installs again, a change of a script does not', () => {
  const folder = checkout()
  prepare(folder)
  write(join(folder, 'package.json'), {
    name: 'x',
    workspaces: ['server'],
    dependencies: { one: '1.0.0' },
    scripts: { new: 'x' },
    version: '2.0.0',
  })
  prepare(folder)
  assert.equal(npmCalls(folder).length, 1)
  const changed = structuredClone(LOCK)
  changed.packages['node_modules/one'].version = '1.0.1'
  write(join(folder, 'package-lock.json'), changed)
  assert.match(prepare(folder).stderr, /Updating packages/)
  assert.equal(npmCalls(folder).length, 2)
  write(join(folder, 'server', 'package.json'), { name: '@x/server', dependencies: { two: '1.0.0' } })
  prepare(folder)
  assert.equal(npmCalls(folder).length, 3)
})

test('what somebody installed by hand is recognised by npm’s own list', () => {
  const folder = checkout()
  const list = structuredClone(LOCK)
  delete list.packages['']
  delete list.packages['node_modules/other-system']
  write(join(folder, 'node_modules', '.package-lock.json'), list)
  assert.equal(isInstalled(folder), true)
  assert.equal(prepare(folder).status, 0)
  assert.deepEqual(npmCalls(folder), [])
  list.packages['node_modules/one'].integrity = 'sha512-other'
  write(join(folder, 'node_modules', '.package-lock.json'), list)
  assert.equal(isInstalled(folder), false)
  delete list.packages['node_modules/one']
  write(join(folder, 'node_modules', '.package-lock.json'), list)
  assert.equal(isInstalled(folder), false)
})

test('an installation that failed shows what npm said, says what to do, and leaves no mark', () => {
  const folder = checkout('offline')
  const run = prepare(folder)
  assert.equal(run.status, 1)
  assert.match(run.stderr, /npm error code ENOTFOUND/)
  assert.match(run.stderr, /registry cannot be reached/)
  assert.equal(run.stderr.includes('EBADENGINE'), false)
  assert.equal(isInstalled(folder), false)
})

test('nothing is replaced under a running server', async () => {
  const folder = checkout()
  const server = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
  try {
    write(join(folder, 'node_modules', '.causeway-running', String(server.pid)), { what: 'causeway up' })
    const run = prepare(folder)
    assert.equal(run.status, 1)
    assert.ok(run.stderr.includes(`causeway up (process ${server.pid})`), run.stderr)
    assert.match(run.stderr, /Stop it and run the command again/)
    assert.deepEqual(npmCalls(folder), [])
  } finally {
    server.kill('SIGKILL')
    await new Promise((resolve) => server.once('exit', resolve))
  }
  assert.equal(prepare(folder).status, 0)
  assert.equal(npmCalls(folder).length, 1)
})

test('a mark of a process that is gone, or that is no Node, does not count', () => {
  const folder = checkout()
  const marks = join(folder, 'node_modules', '.causeway-running')
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  write(join(marks, String(gone)), { what: 'causeway up' })
  write(join(marks, 'not-a-number'), '')
  write(join(marks, '-1'), '')
  assert.deepEqual(runningServers(folder), [])
  assert.equal(existsSync(join(marks, String(gone))), false)
  write(join(marks, String(process.pid)), 'no JSON')
  assert.deepEqual(runningServers(folder), [{ pid: process.pid, what: 'causeway' }])
})

test('two commands at once install once', async () => {
  const folder = checkout()
  const runs = [0, 1, 2].map(
    () =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [join(folder, 'scripts', 'prepare.mjs')], {
          env: {
            ...process.env,
            npm_execpath: join(folder, 'npm.js'),
            npm_node_execpath: process.execPath,
            npm_lifecycle_event: 'check',
          },
        })
        child.on('exit', resolve)
      }),
  )
  assert.deepEqual(await Promise.all(runs), [0, 0, 0])
  assert.equal(npmCalls(folder).length, 1)
})

test('a killed installation does not block the next', async () => {
  const folder = checkout('hangs')
  const child = spawn(process.execPath, [join(folder, 'scripts', 'prepare.mjs')], {
    detached: true,
    env: {
      ...process.env,
      npm_execpath: join(folder, 'npm.js'),
      npm_node_execpath: process.execPath,
      npm_lifecycle_event: 'check',
    },
  })
  while (npmCalls(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  process.kill(-child.pid, 'SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  writeFileSync(join(folder, 'npm.js'), NPM.install)
  assert.equal(prepare(folder).status, 0)
})

test('an old Node goes on with the bundled one, and without it says what to do', () => {
  const folder = checkout()
  const old = { version: 'v20.20.2', path: '/usr/bin/node' }
  const missing = findNode(folder, old)
  assert.equal(missing.path, null)
  assert.match(
    nodeAdvice(missing, 'linux', '2.36'),
    /needs Node 24 or newer; this is v20\.20\.2.*not downloaded/,
  )
  const bin = join(folder, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(process.execPath, join(bin, 'node'))
  assert.equal(findNode(folder, old).path, join(bin, 'node'))
})

test('a bundled Node that does not start, or is old itself, is not taken', () => {
  const folder = checkout()
  const bundled = join(folder, 'node_modules', '.bin', 'node')
  for (const program of ['#!/nowhere/ld-musl\n', '#!/bin/sh\nexit 127\n', '#!/bin/sh\necho v20.1.0\n']) {
    write(bundled, program)
    chmodSync(bundled, 0o755)
    const found = findNode(folder, { version: 'v20.20.2', path: '/usr/bin/node' })
    assert.equal(found.path, null)
    assert.equal(found.present, true)
  }
})

test('advice for each kind of machine names the remedy', () => {
  const found = { version: 'v20.20.2', present: true }
  assert.match(nodeAdvice(found, 'darwin', null), /macOS.*Install Node 24 yourself/)
  assert.match(nodeAdvice(found, 'linux', null), /musl.*apk add nodejs-current/)
  assert.match(nodeAdvice(found, 'linux', '2.17'), /glibc 2\.28 or newer, and this system has 2\.17/)
  assert.match(nodeAdvice(found, 'linux', '2.36'), /does not start here/)
  assert.match(nodeAdvice({ ...found, present: false }, 'win32', null), /was not downloaded/)
})

test('what npm’s failures mean', () => {
  const meaning = {
    'npm error code EAI_AGAIN': /cannot be reached/,
    'npm error code E401': /refuses/,
    'npm error code ETARGET': /lacks a package/,
    'npm error code EUSAGE': /disagree/,
    'npm error code EINTEGRITY': /not the one that the lock file pins/,
    'npm error nospc ENOSPC: no space left on device': /disk is full/,
    'npm error code EACCES': /may not write/,
    'npm could not be started: spawn npm ENOENT': /npm was not found/,
    'something else': /See what npm says/,
  }
  for (const [output, expected] of Object.entries(meaning)) assert.match(installAdvice(output), expected)
})

test('of npm’s output the errors are shown, and no more than 15 lines', () => {
  const noise =
    'npm warn EBADENGINE x\nnpm warn deprecated y\nnpm error A complete log of this run can be found in: z\n'
  assert.deepEqual(worthShowing(`${noise}npm error code X\n\n`), ['npm error code X'])
  assert.equal(worthShowing('npm error line\n'.repeat(40)).length, 15)
  const withHelp =
    'npm error code EUSAGE\nnpm error Missing: x from lock file\nnpm error Clean install a project\nnpm error Usage:\n'
  assert.deepEqual(worthShowing(withHelp), ['npm error code EUSAGE', 'npm error Missing: x from lock file'])
})

test('the console is stale when a source, its manifest or the contract changes, not when a test does', () => {
  const folder = checkout()
  assert.equal(consoleHash(folder), null)
  write(join(folder, 'console', 'index.html'), '<html>')
  write(join(folder, 'console', 'src', 'app.tsx'), '1')
  const hashes = new Set([consoleHash(folder)])
  const changed = (path) => {
    write(join(folder, path), `${Math.random()}`)
    const before = hashes.size
    hashes.add(consoleHash(folder))
    return hashes.size > before
  }
  assert.ok(changed('console/src/app.tsx'))
  assert.ok(changed('console/package.json'))
  assert.ok(changed('server/src/control/contract.ts'))
  assert.ok(changed('console/src/new.ts'))
  assert.equal(changed('console/src/app.test.tsx'), false)
  assert.equal(changed('console/dist/index.html'), false)
  assert.equal(changed('console/node_modules/x.js'), false)
})

test('the hash of what is installed does not depend on where the checkout lies', () => {
  assert.equal(installHash(checkout()), installHash(checkout()))
})
