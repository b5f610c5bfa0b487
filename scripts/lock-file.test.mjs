import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './checkout.mjs'
import { completed, missingFrom } from './lock-file.mjs'

const lock = (packages) => ({ lockfileVersion: 3, packages })

test('a build for another system gets an entry beside its sibling, with what its name says', () => {
  const before = lock({
    '': {},
    'node_modules/tool': {
      version: '1.2.3',
      dev: true,
      optionalDependencies: {
        '@t/linux-x64': '1.2.3',
        '@t/linux-arm64-musl': '1.2.3',
        '@t/darwin-arm64': '1.2.3',
      },
    },
    'node_modules/@t/linux-x64': {
      version: '1.2.3',
      license: 'MIT',
      engines: { node: '>=20' },
      optional: true,
    },
  })
  const { lock: after, added } = completed(before)
  assert.deepEqual(added, ['node_modules/@t/linux-arm64-musl', 'node_modules/@t/darwin-arm64'])
  assert.deepEqual(after.packages['node_modules/@t/linux-arm64-musl'], {
    version: '1.2.3',
    cpu: ['arm64'],
    dev: true,
    libc: ['musl'],
    license: 'MIT',
    optional: true,
    os: ['linux'],
    engines: { node: '>=20' },
  })
  assert.deepEqual(after.packages['node_modules/@t/darwin-arm64'].os, ['darwin'])
  assert.deepEqual(missingFrom(after), [])
  assert.deepEqual(completed(after).added, [])
  assert.equal(Object.keys(before.packages).length, 3)
})

test('another version at the place is left alone, and the entry goes under its owner', () => {
  const { lock: after, added } = completed(
    lock({
      'node_modules/tool': {
        version: '2.0.0',
        optionalDependencies: { '@t/win32-x64': '2.0.0', '@t/linux-x64': '2.0.0' },
      },
      'node_modules/@t/linux-x64': { version: '2.0.0' },
      'node_modules/@t/win32-x64': { version: '1.0.0', integrity: 'sha512-x' },
    }),
  )
  assert.deepEqual(added, ['node_modules/tool/node_modules/@t/win32-x64'])
  assert.equal(after.packages['node_modules/@t/win32-x64'].version, '1.0.0')
})

test('a range is npm’s to resolve, not ours', () => {
  assert.deepEqual(
    missingFrom(lock({ 'node_modules/a': { optionalDependencies: { fsevents: '~2.3.3' } } })),
    [],
  )
})

test('this checkout’s lock file lacks nothing, so npm ci accepts it', () => {
  const own = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  assert.ok(Object.keys(own.packages).length > 50)
  assert.deepEqual(missingFrom(own), [], 'node scripts/complete-lock.mjs adds what is missing')
})
