import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { CausewayError } from '../domain/index.ts'
import { loadConfig } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'causeway-load-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'causeway.yaml')
const TARGETS = 'targets: [{ name: a, provider: engine, model: m }]\n'
const options = { home: '/home/somebody', lookupPrice: () => null }

const told = (text: string | Uint8Array): string => {
  writeFileSync(file, text)
  try {
    loadConfig(file, options)
  } catch (thrown) {
    if (!(thrown instanceof CausewayError)) throw thrown
    assert.equal(thrown.fault.code, 'config_invalid')
    return thrown.message
  }
  return assert.fail('nothing was refused')
}

it('a file becomes a snapshot and its folders', () => {
  writeFileSync(file, `${TARGETS}data: ./here\n`)
  const { snapshot, folders } = loadConfig(file, options)
  assert.equal(snapshot.targets.size, 1)
  assert.deepEqual(folders, {
    data: join(folder, 'here'),
    cache: '/home/somebody/.cache/causeway',
    rules: null,
    credentials: folder,
  })
  assert.equal(loadConfig(file, { ...options, data: '/else/where' }).folders.data, '/else/where')
})

it('rules are read in the order of their names, other files left alone', () => {
  mkdirSync(join(folder, 'rules'))
  writeFileSync(join(folder, 'rules', 'b.cedar'), 'permit (principal, action, resource);')
  writeFileSync(join(folder, 'rules', 'README.md'), 'not a rule')
  writeFileSync(file, `${TARGETS}rules: ./rules\n`)
  assert.equal(loadConfig(file, options).snapshot.rules.size, 1)
})

it('a file that is not there, or no text, is told', () => {
  assert.throws(() => loadConfig(join(folder, 'nowhere.yaml'), options), /There is no .*nowhere\.yaml/)
  assert.match(told(new Uint8Array([0xff, 0xfe, 0x00])), /cannot be read as UTF-8/)
})

it('all mistakes come in one error, a line each', () => {
  const message = told('targets: [{ name: a, provider: engine, modle: m }]\nprofle: strict\n')
  assert.match(
    message,
    /has 3 mistakes:\n {2}targets\[0\]\.model: is missing .*\n {2}targets\[0\]\.modle: .*\n {2}profle: /,
  )
})

it('rules that are missing, or none, are a mistake', () => {
  assert.match(told(`${TARGETS}rules: ./nowhere\n`), /rules: .*nowhere cannot be read/)
  mkdirSync(join(folder, 'empty'))
  assert.match(told(`${TARGETS}rules: ./empty\n`), /no \.cedar file/)
})

it('a rule that does not compile is a mistake', () => {
  mkdirSync(join(folder, 'broken'))
  writeFileSync(join(folder, 'broken', 'a.cedar'), 'permit (principal')
  assert.match(told(`${TARGETS}rules: ./broken\n`), /a\.cedar/)
})
