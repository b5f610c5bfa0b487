import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { CausewayError } from '../domain/index.ts'
import { checkConfig } from './check.ts'
import { compileSnapshot } from './compile.ts'
import {
  keyDigest,
  principalsByDigest,
  readableByOthers,
  resolveCredential,
  targetCredentials,
  targetSecrets,
  weaknessOf,
} from './credentials.ts'
import { parseConfig } from './parse.ts'

const folder = mkdtempSync(join(tmpdir(), 'causeway-credentials-'))
after(() => rmSync(folder, { recursive: true }))
const SECRET = 'cw-Zx8Qm2Vt7Lp4Rk9Wd3Hs6'

const refused = (act: () => unknown): string => {
  try {
    act()
  } catch (thrown) {
    if (!(thrown instanceof CausewayError)) throw thrown
    assert.equal(thrown.fault.code, 'config_invalid')
    assert.ok(!thrown.message.includes(SECRET.slice(3, 12)), 'the secret is not told')
    return thrown.message
  }
  return assert.fail('nothing was refused')
}

describe('a reference', () => {
  it('to the environment', () => {
    assert.equal(resolveCredential('env:KEY', { KEY: ` ${SECRET}\n` }, folder), SECRET)
    assert.equal(resolveCredential('env:KEY', {}, folder), null)
    assert.equal(resolveCredential('env:KEY', { KEY: '  ' }, folder), null)
  })

  it('to a file, relative to the folder or absolute', () => {
    writeFileSync(join(folder, 'key'), `${SECRET}\r\n`)
    assert.equal(resolveCredential('file:key', {}, folder), SECRET)
    assert.equal(resolveCredential('file:./key', {}, folder), SECRET)
    assert.equal(resolveCredential(`file:${join(folder, 'key')}`, {}, '/'), SECRET)
    assert.equal(resolveCredential('file:nowhere/key', {}, folder), null)
    writeFileSync(join(folder, 'empty'), '')
    assert.equal(resolveCredential('file:empty', {}, folder), null)
  })

  it('that leads to something else is refused by its name', () => {
    assert.match(
      refused(() => resolveCredential('file:.', {}, folder)),
      /^file:\. cannot be read \(EISDIR\)/,
    )
    writeFileSync(join(folder, 'long'), 'x'.repeat(70_000))
    assert.match(
      refused(() => resolveCredential('file:long', {}, folder)),
      /^file:long is longer/,
    )
    assert.match(
      refused(() => resolveCredential('env:KEY', { KEY: `${SECRET}\nx` }, folder)),
      /^env:KEY holds a line break/,
    )
    assert.match(
      refused(() => resolveCredential('env:KEY', { KEY: `${SECRET}é` }, folder)),
      /^env:KEY holds/,
    )
  })

  it('that is none never comes back in a message', () => {
    assert.doesNotMatch(
      refused(() => resolveCredential(SECRET, {}, folder)),
      /cw-/,
    )
  })

  it('to a file that others may read is noticed', { skip: process.platform === 'win32' }, () => {
    const path = join(folder, 'mode')
    writeFileSync(path, SECRET)
    chmodSync(path, 0o600)
    assert.equal(readableByOthers('file:mode', folder), false)
    chmodSync(path, 0o640)
    assert.equal(readableByOthers('file:mode', folder), true)
    assert.equal(readableByOthers('file:nowhere', folder), false)
    assert.equal(readableByOthers('env:KEY', folder), false)
  })
})

it('a digest is SHA-256 in hex', () => {
  assert.equal(keyDigest('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

describe('a weak key', () => {
  for (const key of [
    'sk-1234',
    'SK-1234',
    'changeme',
    'password',
    'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
    '0000000000000000000',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'sk-1234567890',
    'abcdefghijklmnopqrstuvwxyz',
  ]) {
    it(`${key} is known to everyone`, () => assert.match(weaknessOf(key) ?? '', /well-known sample/))
  }
  it('is one that is short', () => assert.match(weaknessOf('Zx8Qm2Vt7Lp4Rk9') ?? '', /shorter than 16/))
  it('is not a good one', () => assert.equal(weaknessOf(SECRET), null))
})

describe('the keys of a snapshot', () => {
  const config = checkConfig(
    parseConfig(
      `targets: [{ name: home, provider: engine, model: m }, { name: far, provider: groq, model: m, credential: env:GROQ }, { name: gone, provider: groq, model: m, credential: env:GONE }]
keys: [{ name: one, secret: env:ONE }, { name: two, secret: env:TWO }]`,
      'x.yaml',
    ),
  ).config
  assert.ok(config !== null)
  const snapshot = compileSnapshot(config, { rules: [], lookupPrice: () => null })

  it('are found by digest, and what is missing is told', () => {
    const { byDigest, missing } = principalsByDigest(snapshot, { ONE: SECRET }, folder)
    assert.equal(byDigest.get(keyDigest(SECRET)), snapshot.principals[0])
    assert.equal(byDigest.size, 1)
    assert.deepEqual(missing, [{ key: 'two', reference: 'env:TWO' }])
  })

  it('are refused where two are the same or one is weak', () => {
    const same = refused(() => principalsByDigest(snapshot, { ONE: SECRET, TWO: ` ${SECRET}` }, folder))
    assert.match(same, /^The key "two" \(env:TWO\) is the same secret as the key "one"/)
    assert.match(
      refused(() => principalsByDigest(snapshot, { ONE: 'sk-1234' }, folder)),
      /^The key "one" \(env:ONE\) is a well-known sample/,
    )
  })

  it('are apart from the credentials of targets', () => {
    assert.deepEqual(
      [...targetCredentials(snapshot, { GROQ: 'gsk_x' }, folder)],
      [
        ['far', 'gsk_x'],
        ['gone', null],
      ],
    )
  })

  it('of targets are read again when their file is written anew, and kept while it is away', () => {
    const clock = { time: 0, now: () => clock.time, ticks: () => clock.time }
    const path = join(folder, 'token')
    writeFileSync(path, 'token-one')
    const { config: filed } = checkConfig(
      parseConfig(
        'targets: [{ name: far, provider: groq, model: m, credential: "file:token" }]\nkeys: [{ name: one, secret: env:ONE }]',
        'x.yaml',
      ),
    )
    assert.ok(filed !== null)
    const secretOf = targetSecrets(
      compileSnapshot(filed, { rules: [], lookupPrice: () => null }),
      {},
      folder,
      clock,
    )
    assert.equal(secretOf('file:token'), 'token-one')
    writeFileSync(path, 'token-two')
    assert.equal(secretOf('file:token'), 'token-one', 'not looked at for every request')
    clock.time = 10_000
    assert.equal(secretOf('file:token'), 'token-two')
    rmSync(path)
    clock.time = 20_000
    assert.equal(secretOf('file:token'), 'token-two')
    writeFileSync(path, 'half a\ntoken')
    clock.time = 30_000
    assert.equal(secretOf('file:token'), 'token-two')
    assert.throws(() => secretOf('file:other'), /is not there/)
  })
})
