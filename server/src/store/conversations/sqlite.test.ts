import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { CausewayError, type ConversationKeys, type Kept, type Recalled } from '../../domain/index.ts'
import { openConversations } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'conversations-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const fresh = (): string => {
  files += 1
  return join(folder, `${files}.sqlite`)
}

const clockAt = (time: number) => {
  const clock = { time, now: () => clock.time, ticks: () => clock.time }
  return clock
}

const keys = (named: string | null, content: readonly string[] = []): ConversationKeys => ({
  principal: 'dev',
  session: named === null ? null : `session of ${named}`,
  named,
  content,
})

const kept = (level: Kept['level'], kinds: Kept['kinds'], sealed: Uint8Array | null = null): Kept => ({
  level,
  kinds,
  sealed,
})
const alike = (one: Kept): Recalled => ({ session: one, history: one })
const NOTHING: Recalled = { session: null, history: null }

test('what a conversation carried is known by its session and by its history, and adds up', async () => {
  const store = await openConversations(fresh(), clockAt(1000))
  assert.deepEqual(store.recall(keys('a', ['h1'])), NOTHING)
  store.remember(keys('a', ['h1']), alike(kept('confidential', ['contact'])), 5000)
  assert.deepEqual(store.recall(keys('a')).session, kept('confidential', ['contact']))
  assert.deepEqual(store.recall(keys(null, ['h2', 'h1'])).history, kept('confidential', ['contact']))
  assert.deepEqual(store.recall(keys('b', ['h9'])), NOTHING)
  store.remember(keys('a', ['h2', 'h1']), alike(kept('restricted', ['secret'])), 5000)
  assert.deepEqual(store.recall(keys('a')).session, kept('restricted', ['secret', 'contact']))
  assert.deepEqual(store.recall(keys(null, ['h2'])).history, kept('restricted', ['secret']))
  store.close()
})

test('it outlives the process, pseudonyms too, and the file holds no more than digests', async () => {
  const file = fresh()
  const store = await openConversations(file, clockAt(1000))
  store.remember(keys('a', ['h1']), alike(kept('confidential', ['contact'], Buffer.from('sealed'))), 5000)
  store.remember(keys('a', ['h2', 'h1']), alike(kept('confidential', ['contact'])), 5000)
  // A copy of the file as a killed process leaves it.
  const copy = fresh()
  for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(file + end))
  const again = await openConversations(copy, clockAt(2000))
  const known = again.recall(keys('a', ['h3', 'h2', 'h1']))
  assert.equal(Buffer.from(known.session?.sealed ?? []).toString(), 'sealed')
  again.close()
  store.close()
})

test('what was declared or raised is told apart from what was seen, and adds up', async () => {
  const file = fresh()
  const store = await openConversations(file, clockAt(1000))
  const raised: Kept = { ...kept('confidential', ['contact']), said: { level: 'confidential', kinds: [] } }
  const declared: Kept = { ...kept('restricted', ['health']), said: { level: 'public', kinds: ['health'] } }
  const both: Kept = {
    ...kept('restricted', ['contact', 'health']),
    said: { level: 'confidential', kinds: ['health'] },
  }
  store.remember(keys('a', ['h1']), alike(raised), 5000)
  assert.deepEqual(store.recall(keys('a', ['h1'])), alike(raised))
  store.remember(keys('a', ['h2', 'h1']), alike(declared), 5000)
  store.remember(keys('a', ['h2', 'h1']), alike(kept('confidential', ['contact'])), 5000)
  const known = store.recall(keys('a', ['h2', 'h1']))
  assert.deepEqual(known, alike(both))
  store.close()
  const again = await openConversations(file, clockAt(2000))
  assert.deepEqual(again.recall(keys('a', ['h2', 'h1'])), known)
  again.close()
})

test('a file from before that was told apart is brought up to date, and nothing of it was said', async () => {
  const file = fresh()
  const store = await openConversations(file, clockAt(1000))
  store.remember(keys('a'), alike(kept('confidential', ['contact'])), 5000)
  store.close()
  const database = new DatabaseSync(file)
  database.exec("ALTER TABLE kept DROP COLUMN said; DELETE FROM kysely_migration WHERE name = '0002-said'")
  database.close()
  const again = await openConversations(file, clockAt(2000))
  assert.deepEqual(again.recall(keys('a')).session, kept('confidential', ['contact']))
  again.close()
})

test('what has expired is not known, and goes', async () => {
  const clock = clockAt(1000)
  const file = fresh()
  const store = await openConversations(file, clock)
  store.remember(keys('a', ['h1']), alike(kept('restricted', [])), 5000)
  clock.time = 5000
  assert.deepEqual(store.recall(keys('a', ['h1'])), NOTHING)
  assert.deepEqual(store.list(10), [])
  store.close()
  const again = await openConversations(file, clock)
  assert.deepEqual(again.recall(keys('a', ['h1'])), NOTHING)
  again.close()
})

test('a conversation that grows is kept under its last forms', async () => {
  const store = await openConversations(fresh(), clockAt(1000))
  const history: string[] = []
  for (let turn = 0; turn < 50; turn += 1) {
    history.unshift(`h${turn}`)
    store.remember(keys(null, history), alike(kept('confidential', ['contact'])), 5000)
  }
  assert.ok(store.list(100).length <= 4, String(store.list(100).length))
  assert.ok(store.recall(keys(null, ['h50', ...history])).history !== null)
  store.close()
})

test('it can be listed and forgotten, by id or by session', async () => {
  const store = await openConversations(fresh(), clockAt(1000))
  store.remember(keys('a'.repeat(43)), alike(kept('restricted', ['health'], Buffer.from('x'))), 5000)
  store.remember(keys(null, ['b'.repeat(43)]), alike(kept('confidential', ['contact'])), 5000)
  const rows = store.list(10)
  assert.deepEqual(
    rows.map(({ id, session, level, kinds, pseudonyms }) => [id, session, level, kinds, pseudonyms]).sort(),
    [
      ['a'.repeat(16), `session of ${'a'.repeat(43)}`, 'restricted', ['health'], true],
      ['b'.repeat(16), null, 'confidential', ['contact'], false],
    ],
  )
  assert.equal(store.forget({ session: `session of ${'a'.repeat(43)}` }), 1)
  assert.deepEqual(store.recall(keys('a'.repeat(43))), NOTHING)
  assert.equal(store.forget({ id: 'b'.repeat(16) }), 1)
  assert.equal(store.forget({ id: 'b'.repeat(16) }), 0)
  assert.deepEqual(store.recall(keys(null, ['b'.repeat(43)])), NOTHING)
  store.close()
})

test('a conversation is one row and is forgotten under every form it is known by', async () => {
  const file = fresh()
  const store = await openConversations(file, clockAt(1000))
  const carried = alike(kept('restricted', ['payment']))
  const grown = ['a4', 'a3', 'a2', 'a1']
  for (let turn = 1; turn <= 4; turn += 1) store.remember(keys(null, grown.slice(4 - turn)), carried, 5000)
  store.remember(keys(null, ['b3', 'a2', 'a1']), carried, 5000)
  store.remember(keys('chat', ['c1']), carried, 5000)
  store.remember(keys('chat', ['c2', 'c1']), carried, 5000)
  store.remember(keys('other', ['d1']), carried, 5000)
  assert.deepEqual(
    store
      .list(10)
      .map(({ id, session }) => session ?? id)
      .sort(),
    ['a4', 'b3', 'session of chat', 'session of other'],
  )
  assert.deepEqual(
    store
      .list(10, { session: 'session of chat' })
      .map(({ id, session }) => [id, session])
      .sort(),
    [
      ['c1', 'session of chat'],
      ['c2', 'session of chat'],
      ['chat', 'session of chat'],
    ],
  )
  assert.equal(store.forget({ session: 'session of chat' }), 3)
  assert.deepEqual(store.recall(keys('chat', ['c3', 'c2', 'c1'])), NOTHING)
  assert.equal(store.forget({ id: 'a4' }), 4)
  assert.deepEqual(store.recall(keys(null, ['a5', ...grown])), NOTHING)
  assert.notDeepEqual(store.recall(keys(null, ['b3', 'a2', 'a1'])), NOTHING, 'another branch stays')
  assert.equal(store.forget({ id: 'd1' }), 2)
  assert.deepEqual(store.recall(keys('other', ['d1'])), NOTHING)
  assert.equal(store.forget({ id: 'nothing' }), 0)
  store.close()
  const again = await openConversations(file, clockAt(1000))
  assert.deepEqual(again.recall(keys('chat', ['c2', 'a4', 'd1'])), NOTHING)
  again.close()
})

test('a store that cannot be asked says so, and readiness hears of it', async () => {
  const store = await openConversations(fresh(), clockAt(1000))
  assert.equal(store.trouble(), null)
  store.close()
  assert.throws(
    () => store.remember(keys('a'), alike(kept('restricted', [])), 5000),
    (thrown) => thrown instanceof CausewayError && thrown.fault.code === 'conversations_unavailable',
  )
  assert.match(store.trouble() ?? '', /cannot be read or written/)
  const file = fresh()
  writeFileSync(file, 'this is no database, but text that is long enough to be looked at'.repeat(20))
  await assert.rejects(openConversations(file, clockAt(1)), /cannot be opened|brought up to date/)
})
