import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, beforeEach, test } from 'node:test'
import {
  CausewayError,
  type Code,
  type Json,
  type NewResponse,
  type StoredChain,
  type StoredResponse,
} from '../../domain/index.ts'
import { sealText } from '../../lib/index.ts'
import { openDatabase } from '../sqlite/database.ts'
import { openResponses, type ResponseStore } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'responses-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const key = new Uint8Array(32).fill(3)
const clock = { time: 1000, now: () => clock.time, ticks: () => clock.time }
beforeEach(() => {
  clock.time = 1000
})
let files = 0
const fresh = (): string => {
  files += 1
  return join(folder, `${files}.sqlite`)
}
const opened = (file = fresh(), sealingKey = key): Promise<ResponseStore> =>
  openResponses(file, sealingKey, clock)

const shown = (id: string, word = 'Zanzibar'): StoredResponse => ({
  id,
  created: 1000,
  response: {
    id,
    output: [{ type: 'message', content: [{ type: 'output_text', text: word }] }],
    store: true,
  },
})

const question = (text: string) => ({ type: 'message', role: 'user', content: text })

/** An answer to `hello` that goes on from `after`, where it is given. */
const stored = (id: string, word = 'Zanzibar', after: StoredChain | null = null): NewResponse => ({
  ...shown(id, word),
  after: after?.end ?? null,
  input: (which) =>
    which === 'own' || after === null
      ? [question(`hello ${id}`)]
      : [...after.turns.flatMap(({ input, output }) => [...input, ...output]), question(`hello ${id}`)],
  carried: null,
})

const MOST = { turns: 100, bytes: 1_000_000 }
const DAY = 100_000

const chainOf = (store: ResponseStore, id: string): StoredChain => {
  const chain = store.responses.chain('dev', id, MOST)
  assert.ok(chain !== null, id)
  return chain
}

/** Answers `names`, each going on from the one before. */
const chained = (store: ResponseStore, names: readonly string[], until = DAY): void => {
  let after: StoredChain | null = null
  for (const name of names) {
    store.responses.put('dev', stored(name, `word of ${name}`, after), until)
    after = chainOf(store, name)
  }
}

/** What was said up to an answer, in order: `hello a`, `word of a`, … */
const said = (store: ResponseStore, id: string): string[] =>
  [...JSON.stringify(chainOf(store, id).turns).matchAll(/"(?:content|text)":"([^"]*)"/g)].map(
    ([, text = '']) => text,
  )

const codeOf = (act: () => unknown): Code => {
  try {
    act()
  } catch (thrown) {
    assert.ok(thrown instanceof CausewayError)
    return thrown.fault.code
  }
  throw new Error('nothing was thrown')
}

/** Rows of the file, and bytes of what is sealed in them. */
const size = (file: string): { readonly rows: number; readonly answers: number; readonly bytes: number } => {
  const database = new DatabaseSync(file, { readOnly: true })
  const row = database
    .prepare('SELECT count(*) AS rows, count(answer) AS answers, total(length(said)) AS bytes FROM turn')
    .get()
  database.close()
  return { rows: Number(row?.['rows']), answers: Number(row?.['answers']), bytes: Number(row?.['bytes']) }
}

test('an answer is there for the key it was given to, and for no other', async () => {
  const store = await opened()
  store.responses.put('dev', stored('resp_1'), 5000)
  assert.deepEqual(store.responses.get('dev', 'resp_1'), shown('resp_1'))
  assert.equal(store.responses.chain('ops', 'resp_1', MOST), null)
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
  assert.deepEqual(again.responses.get('dev', 'resp_secret'), shown('resp_secret', 'Zanzibar'))
  assert.equal(again.issued.issuer('dev', 'Quagga'), 'vendor-one')
  again.close()
  const other = await opened(file, new Uint8Array(32).fill(4))
  assert.equal(other.responses.get('dev', 'resp_secret'), null)
  assert.equal(other.responses.chain('dev', 'resp_secret', MOST), null)
  assert.equal(other.issued.issuer('dev', 'Quagga'), null)
  other.close()
})

test('each turn is kept once: a chain grows with what its turns add', async () => {
  const file = fresh()
  const store = await opened(file)
  const names = Array.from({ length: 60 }, (_, index) => `resp_${100 + index}`)
  chained(store, names)
  const all = names.flatMap((name) => [`hello ${name}`, `word of ${name}`])
  assert.deepEqual(said(store, 'resp_159'), all)
  assert.deepEqual(said(store, 'resp_101'), all.slice(0, 4), 'an earlier answer knows nothing of later ones')
  const { bytes, rows } = size(file)
  assert.equal(rows, 60)
  const first = fresh()
  const single = await opened(first)
  chained(single, ['resp_100'])
  assert.ok(bytes < 61 * size(first).bytes, `${bytes} bytes`)
  single.close()
  store.close()
})

test('two answers may go on from one', async () => {
  const store = await opened()
  chained(store, ['a', 'b'])
  const a = chainOf(store, 'a')
  store.responses.put('dev', stored('c', 'word of c', a), DAY)
  assert.deepEqual(said(store, 'b'), ['hello a', 'word of a', 'hello b', 'word of b'])
  assert.deepEqual(said(store, 'c'), ['hello a', 'word of a', 'hello c', 'word of c'])
  store.close()
})

test('a removed answer is unknown at once, and what later ones consist of stays as long as they do', async () => {
  const file = fresh()
  const store = await opened(file)
  chained(store, ['a', 'b', 'c'])
  const whole = said(store, 'c')
  assert.equal(store.responses.remove('dev', 'b'), true)
  assert.equal(store.responses.get('dev', 'b'), null)
  assert.equal(store.responses.chain('dev', 'b', MOST), null)
  assert.equal(store.responses.remove('dev', 'b'), false)
  assert.deepEqual(said(store, 'c'), whole)
  assert.deepEqual(size(file), { ...size(file), rows: 3, answers: 2 }, 'its answer is gone from the disk')
  assert.equal(store.responses.remove('dev', 'a'), true)
  assert.deepEqual(said(store, 'c'), whole)
  assert.equal(store.responses.remove('dev', 'c'), true)
  assert.equal(size(file).rows, 0, 'with the last of them all of it is gone')
  store.close()
})

test('removing the last answer leaves what still has an id', async () => {
  const file = fresh()
  const store = await opened(file)
  chained(store, ['a', 'b', 'c'])
  store.responses.remove('dev', 'b')
  store.responses.remove('dev', 'c')
  assert.deepEqual(said(store, 'a'), ['hello a', 'word of a'])
  assert.equal(size(file).rows, 1)
  store.close()
})

test('an answer outlives those it goes on from, whole; what nobody needs any more is swept', async () => {
  const file = fresh()
  const store = await opened(file)
  chained(store, ['a', 'b'], 200_000)
  store.responses.put('dev', stored('c', 'word of c', chainOf(store, 'b')), 300_000)
  store.responses.put('dev', stored('lone'), 200_000)
  const whole = said(store, 'c')
  clock.time = 250_000
  assert.equal(store.responses.get('dev', 'a'), null)
  assert.equal(store.responses.chain('dev', 'b', MOST), null)
  store.responses.put('dev', stored('other'), 900_000)
  assert.deepEqual(said(store, 'c'), whole)
  assert.deepEqual(size(file), { ...size(file), rows: 4, answers: 2 })
  clock.time = 350_000
  store.responses.put('dev', stored('another'), 900_000)
  assert.equal(size(file).rows, 2)
  store.close()
})

test('of very much that has expired no request waits for all of it, and in the end all is gone', async () => {
  const file = fresh()
  const store = await opened(file)
  for (let n = 0; n < 1100; n += 1) store.responses.put('dev', stored(`alone ${n}`), DAY)
  let after: StoredChain | null = null
  for (let n = 0; n < 1100; n += 1) {
    store.responses.put('dev', stored(`turn ${n}`, 'x', after), DAY)
    after = { end: 1101 + n, turns: [], carried: null }
  }
  clock.time = DAY + 1
  const rows: number[] = []
  for (let n = 0; n < 4; n += 1) {
    store.responses.put('dev', stored('now'), 2 * DAY)
    rows.push(size(file).rows)
  }
  assert.deepEqual(rows, [1201, 201, 1, 1])
  store.close()
})

test('an answer whose ground was removed while it was made stands for itself', async () => {
  const store = await opened()
  chained(store, ['a', 'b'])
  const before = chainOf(store, 'b')
  const answer = stored('c', 'word of c', before)
  store.responses.remove('dev', 'b')
  store.responses.remove('dev', 'a')
  store.responses.put('dev', answer, DAY)
  assert.deepEqual(said(store, 'c'), ['hello a', 'word of a', 'hello b', 'word of b', 'hello c', 'word of c'])
  store.close()
})

test('an id that comes again takes the place of the first, and nothing goes on from itself', async () => {
  const store = await opened()
  store.responses.put('dev', stored('same', 'one'), DAY)
  const first = chainOf(store, 'same')
  store.responses.put('dev', stored('same', 'two', first), DAY)
  store.responses.put('dev', stored('next', 'three', first), DAY)
  assert.deepEqual(said(store, 'same'), ['hello same', 'one', 'hello same', 'two'])
  assert.deepEqual(said(store, 'next'), ['hello same', 'one', 'hello next', 'three'])
  assert.match(JSON.stringify(store.responses.get('dev', 'same')), /two/)
  store.close()
})

test('a chain that is too long is refused before all of it is read, and one with a gap is said to be lost', async () => {
  const file = fresh()
  const store = await opened(file)
  chained(store, ['a', 'b', 'c'])
  const most = (turns: number, bytes: number) => () => store.responses.chain('dev', 'c', { turns, bytes })
  assert.equal(most(3, 10_000)()?.turns.length, 3)
  assert.equal(codeOf(most(2, 10_000)), 'too_many_messages')
  assert.equal(codeOf(most(3, 300)), 'body_too_large')
  const database = new DatabaseSync(file)
  database.exec("UPDATE turn SET said = x'01' WHERE number = 2")
  assert.equal(codeOf(most(3, 10_000)), 'unknown_response')
  database.exec('DELETE FROM turn WHERE number = 2')
  assert.equal(codeOf(most(3, 10_000)), 'unknown_response')
  database.close()
  assert.equal(store.trouble(), null)
  assert.ok(store.responses.get('dev', 'c') !== null, 'the answer itself can still be read')
  store.close()
})

test('what a conversation carried is kept with its answers, and every digit of a number', async () => {
  const file = fresh()
  const store = await opened(file)
  const carried = { level: 'restricted' as const, kinds: ['health' as const] }
  const long = { type: 'message', role: 'user', content: 'x', n: JSON.parse('1') }
  store.responses.put('dev', { ...stored('a'), input: () => [long], carried }, DAY)
  assert.deepEqual(chainOf(store, 'a').carried, carried)
  const declared = { ...carried, said: { level: 'confidential' as const, kinds: ['health' as const] } }
  store.responses.put('dev', { ...stored('c'), carried: declared }, DAY)
  assert.deepEqual(chainOf(store, 'c').carried, declared)
  const number =
    'rawJSON' in JSON && typeof JSON.rawJSON === 'function' ? JSON.rawJSON('12345678901234567890') : 0
  store.responses.put('dev', { ...stored('b'), input: () => [{ ...long, n: number }] }, DAY)
  assert.match(JSON.stringify(chainOf(store, 'b').turns), /12345678901234567890/)
  store.close()
})

/** A file from when each answer was stored with all that led to it. */
const storedWhole = (file: string): void => {
  const { database } = openDatabase(file, { readOnly: false, wait: 0 })
  database.exec(`CREATE TABLE kysely_migration (name varchar(255) NOT NULL PRIMARY KEY, timestamp varchar(255) NOT NULL);
    CREATE TABLE kysely_migration_lock (id varchar(255) NOT NULL PRIMARY KEY, is_locked integer DEFAULT 0 NOT NULL);
    INSERT INTO kysely_migration VALUES ('0001-responses', '2026-01-01');
    CREATE TABLE response (key text PRIMARY KEY, sealed blob NOT NULL, until bigint NOT NULL);
    CREATE TABLE issued (key text PRIMARY KEY, sealed blob NOT NULL, until bigint NOT NULL);`)
  const name = hash('sha256', JSON.stringify(['response', 'dev', 'old']), 'base64url')
  const whole = { ...shown('old', 'then'), input: [question('one'), question('two')] }
  database
    .prepare('INSERT INTO response VALUES (?, ?, ?)')
    .run(name, sealText(JSON.stringify(whole), key, name), DAY)
  database.close()
}

test('answers that were stored whole are still there, and can be gone on from', async () => {
  const file = fresh()
  storedWhole(file)
  const store = await opened(file)
  assert.deepEqual(store.responses.get('dev', 'old'), shown('old', 'then'))
  store.responses.put('dev', stored('new', 'now', chainOf(store, 'old')), DAY)
  assert.deepEqual(said(store, 'new'), ['one', 'two', 'then', 'hello new', 'now'])
  assert.equal(chainOf(store, 'old').carried, null)
  assert.equal(store.responses.remove('dev', 'old'), true)
  assert.deepEqual(said(store, 'new'), ['one', 'two', 'then', 'hello new', 'now'])
  store.close()
})

test('a file that could not be brought up to date is as it was, and the next start does it', async () => {
  const file = fresh()
  storedWhole(file)
  const { database } = openDatabase(file, { readOnly: false, wait: 0 })
  // In the way of the last step but one.
  database.exec('CREATE INDEX turn_by_until ON response (until)')
  await assert.rejects(opened(file), /turn_by_until already exists/)
  assert.deepEqual(
    database.prepare("SELECT name FROM sqlite_schema WHERE name IN ('turn', 'response') ORDER BY name").all(),
    [{ __proto__: null, name: 'response' }],
  )
  database.exec('DROP INDEX turn_by_until')
  database.close()
  const store = await opened(file)
  assert.deepEqual(said(store, 'old'), ['one', 'two', 'then'])
  store.close()
})

test('an answer that nests beyond all bounds is not stored, and the store is none the worse for it', async () => {
  const store = await opened()
  const deep: Json = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  store.responses.put('dev', stored('a'), DAY)
  for (const response of [{ output: [deep] }, { output: [], metadata: deep }]) {
    const put = () => store.responses.put('dev', { ...stored('b'), response }, DAY)
    assert.equal(codeOf(put), 'responses_unavailable')
    assert.equal(store.trouble(), null)
  }
  assert.equal(store.responses.get('dev', 'b'), null)
  assert.deepEqual(said(store, 'a'), ['hello a', 'Zanzibar'])
  store.close()
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
