import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  ask,
  bearer,
  FIXTURE_TOKEN,
  type FixtureControl,
  startFixtureControl,
} from '../../../test/fixture/control.ts'
import { CausewayError, type EventLeaf, type KeptRow, type WhichKept } from '../../domain/index.ts'
import type { ConversationParts } from './parts.ts'

const row = (id: string, session: string | null, level: KeptRow['level']): KeptRow => ({
  id,
  principal: 'dev',
  session,
  level,
  kinds: level === 'restricted' ? ['health'] : ['contact'],
  pseudonyms: session !== null,
  seen: 1000,
  until: 5000,
})

const ROWS = [
  row('a'.repeat(16), 'chat 7'.replace(' ', '-'), 'confidential'),
  row('b'.repeat(16), null, 'restricted'),
]

const hits = (which: WhichKept) => (one: KeptRow) =>
  'id' in which ? one.id === which.id : one.session === which.session

let rows: readonly KeptRow[] = ROWS
let events: EventLeaf[] = []
let order: string[] = []
let broken: 'list' | 'event' | null = null

const parts: ConversationParts = {
  kept: {
    list: (limit, which) => {
      if (broken === 'list') throw new CausewayError('conversations_unavailable', 'It is closed.')
      return (which === undefined ? rows : rows.filter(hits(which))).slice(0, limit)
    },
    forget: (which) => {
      order.push('forgotten')
      const before = rows.length
      rows = rows.filter((one) => !hits(which)(one))
      return before - rows.length
    },
  },
  recorder: {
    event: async (leaf) => {
      if (broken === 'event') throw new CausewayError('record_unavailable', 'The disk is full.')
      order.push('noted')
      events.push(leaf)
    },
  },
}

let control: FixtureControl

before(async () => {
  control = await startFixtureControl({ conversations: parts, clock: { now: () => 1_800_000_000_000 } })
})

after(() => control.close())

beforeEach(() => {
  rows = ROWS
  events = []
  order = []
  broken = null
})

const call = (method: string, path: string, headers: Readonly<Record<string, string>> = bearer) =>
  ask(control.url, { method, path: `/api/conversations${path}`, headers })

const codeOf = (text: string): unknown => JSON.parse(text).error?.code

test('what is kept is listed, as many as asked for', async () => {
  assert.deepEqual(JSON.parse((await call('GET', '')).text), { rows: ROWS })
  assert.equal(JSON.parse((await call('GET', '?limit=1')).text).rows.length, 1)
  for (const query of ['?limit=0', '?limit=1001', '?limit=x', '?session=a', '?limit=1&limit=-1'])
    assert.equal(codeOf((await call('GET', query)).text), 'invalid_request', query)
})

test('one is forgotten by its id, and it is on the record before it is done', async () => {
  const got = await call('DELETE', `/${'b'.repeat(16)}`)
  assert.deepEqual([got.status, JSON.parse(got.text)], [200, { entries: 1 }])
  assert.deepEqual(order, ['noted', 'forgotten'])
  assert.deepEqual(events, [
    {
      v: 1,
      type: 'event',
      time: '2027-01-15T08:00:00.000Z',
      event: 'forgotten',
      detail: {
        by: 'command',
        conversations: 'b'.repeat(16),
        entries: 1,
        level: 'restricted',
        pseudonyms: false,
      },
    },
  ])
  assert.equal(codeOf((await call('DELETE', `/${'b'.repeat(16)}`)).text), 'unknown_conversation')
})

test('a session is forgotten by its name, which does not get into the log; a person in the console is told apart', async () => {
  const opened = await ask(control.url, { path: `/?token=${FIXTURE_TOKEN}` })
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  const own = { cookie, origin: control.url, 'sec-fetch-site': 'same-origin' }
  assert.equal((await call('DELETE', '?session=chat-7', own)).status, 200)
  assert.equal(events[0]?.detail['by'], 'console')
  assert.doesNotMatch(JSON.stringify(events), /chat/)
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['b'.repeat(16)],
  )
})

test('without a token, from another site, or in a wrong form nothing is forgotten', async () => {
  const id = `/${'a'.repeat(16)}`
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>, number, string])[] = [
    ['DELETE', id, {}, 401, 'not_signed_in'],
    ['GET', '', {}, 401, 'not_signed_in'],
    ['DELETE', id, { ...bearer, origin: 'http://evil.example' }, 403, 'cross_site'],
    ['DELETE', id, { ...bearer, 'sec-fetch-site': 'same-site' }, 403, 'cross_site'],
    ['DELETE', id, { ...bearer, host: 'evil.example' }, 421, 'wrong_host'],
    ['DELETE', '', bearer, 400, 'invalid_request'],
    ['DELETE', '?session=', bearer, 400, 'invalid_request'],
    ['DELETE', '?session=chat-7&session=b', bearer, 400, 'invalid_request'],
    ['DELETE', `?session=${'x'.repeat(201)}`, bearer, 400, 'invalid_request'],
    ['DELETE', '?sesion=chat-7', bearer, 400, 'invalid_request'],
    ['DELETE', `${id}?session=chat-7`, bearer, 400, 'invalid_request'],
    ['DELETE', '?session=unheard', bearer, 404, 'unknown_conversation'],
    ['DELETE', '/unheard', bearer, 404, 'unknown_conversation'],
    ['DELETE', '/a/b', bearer, 404, 'unknown_route'],
    ['POST', '', bearer, 405, 'method_not_allowed'],
    ['GET', id, bearer, 405, 'method_not_allowed'],
  ]
  for (const [method, path, headers, status, code] of cases) {
    const got = await call(method, path, headers)
    assert.deepEqual([got.status, codeOf(got.text)], [status, code], `${method} ${path}`)
  }
  assert.deepEqual([order, rows], [[], ROWS])
})

test('a store that is closed, a log that cannot be written and a process without either say so, and nothing is done', async () => {
  broken = 'list'
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', '?session=chat-7'],
  ] as const) {
    const got = await call(method, path)
    assert.deepEqual([got.status, codeOf(got.text)], [503, 'conversations_unavailable'])
  }
  broken = 'event'
  const got = await call('DELETE', '?session=chat-7')
  assert.deepEqual([got.status, codeOf(got.text)], [503, 'record_unavailable'])
  assert.deepEqual([order, rows], [[], ROWS])
  const watching = await startFixtureControl()
  const none = await ask(watching.url, { path: '/api/conversations', headers: bearer })
  assert.deepEqual([none.status, codeOf(none.text)], [503, 'conversations_unavailable'])
  await watching.close()
})
