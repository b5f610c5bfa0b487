import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { CausewayError, type StoredResponse } from '../../domain/index.ts'
import { openResponses, type ResponseStore } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'responses-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const key = new Uint8Array(32).fill(3)
const clock = { time: 1000, now: () => clock.time, ticks: () => clock.time }
let files = 0
const fresh = (): string => {
  files += 1
  return join(folder, `${files}.sqlite`)
}
const opened = (file = fresh(), sealingKey = key): Promise<ResponseStore> =>
  openResponses(file, sealingKey, clock)

const stored = (id: string, word = 'Zanzibar'): StoredResponse => ({
  id,
  created: 1000,
  response: { id, output: [{ type: 'message', content: [{ type: 'output_text', text: word }] }] },
  input: [{ type: 'message', role: 'user', content: 'hello' }],
})

test('an answer is there for the key it was given to, and for no other', async () => {
  const store = await opened()
  store.responses.put('dev', stored('resp_1'), 5000)
  assert.deepEqual(store.responses.get('dev', 'resp_1'), stored('resp_1'))
  assert.equal(store.responses.get('ops', 'resp_1'), null)
  assert.equal(store.responses.get('dev', 'resp_2'), null)
  assert.equal(store.responses.remove('ops', 'resp_1'), false)
  assert.equal(store.responses.remove('dev', 'resp_1'), true)
  assert.equal(store.responses.remove('dev', 'resp_1'), false)
  assert.equal(store.responses.get('dev', 'resp_1'), null)
  store.close()
})

test('it expires', async () => {
  const store = await opened()
  store.responses.put('dev', stored('resp_1'), 5000)
  clock.time = 5000
  assert.equal(store.responses.get('dev', 'resp_1'), null)
  assert.equal(store.responses.remove('dev', 'resp_1'), false)
  clock.time = 1000
  store.close()
})

test('nothing can be read in the file, nor with another key; it survives a restart', async () => {
  const file = fresh()
  const store = await opened(file)
  store.responses.put('dev', stored('resp_secret', 'Zanzibar'), 5000)
  store.issued.remember(
    'dev',
    { issuer: 'vendor-one', dialect: 'gemini', parts: [{ thoughtSignature: 'Quagga' }] },
    ['Quagga'],
    ['call_1'],
    5000,
  )
  store.close()
  const bytes = readFileSync(file).toString('latin1')
  for (const word of ['Zanzibar', 'Quagga', 'vendor-one', 'resp_secret', 'call_1', 'hello'])
    assert.ok(!bytes.includes(word), word)
  const again = await opened(file)
  assert.deepEqual(again.responses.get('dev', 'resp_secret'), stored('resp_secret', 'Zanzibar'))
  assert.equal(again.issued.issuer('dev', 'Quagga'), 'vendor-one')
  again.close()
  const other = await opened(file, new Uint8Array(32).fill(4))
  assert.equal(other.responses.get('dev', 'resp_secret'), null)
  assert.equal(other.issued.issuer('dev', 'Quagga'), null)
  other.close()
})

test('who issued what is known at once, and to the key alone that it was issued to', async () => {
  const store = await opened()
  const state = { issuer: 'one', dialect: 'anthropic-messages' as const, parts: [{ type: 'thinking' }] }
  store.issued.remember('dev', state, ['sig'], ['call_1', 'call_2'], 5000)
  assert.equal(store.issued.issuer('dev', 'sig'), 'one')
  assert.equal(store.issued.issuer('ops', 'sig'), null)
  assert.equal(store.issued.issuer('dev', 'gis'), null)
  assert.deepEqual(store.issued.before('dev', 'call_2'), state)
  assert.equal(store.issued.before('ops', 'call_2'), null)
  store.close()
})

test('a file that cannot be used is said so', async () => {
  const file = fresh()
  writeFileSync(file, 'this is no database, but text that is long enough to be looked at'.repeat(20))
  await assert.rejects(opened(file), (thrown) => {
    assert.ok(thrown instanceof CausewayError)
    return thrown.fault.code === 'data_folder'
  })
  const store = await opened()
  assert.equal(store.trouble(), null)
  store.close()
  assert.throws(
    () => store.responses.get('dev', 'resp_1'),
    (thrown) => thrown instanceof CausewayError && thrown.fault.code === 'responses_unavailable',
  )
  assert.match(store.trouble() ?? '', /cannot be read or written/)
  assert.equal(store.issued.issuer('dev', 'sig'), null)
})
