import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  ask,
  bearer,
  FIXTURE_TOKEN,
  type FixtureControl,
  startFixtureControl,
} from '../../test/fixture/control.ts'
import { fixtureSnapshot } from '../../test/fixture/snapshot.ts'
import { fixtureTraffic } from '../../test/fixture/traffic.ts'

let folder = ''
let control: FixtureControl
let port = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causeway-control-'))
  await mkdir(join(folder, 'dist/assets'), { recursive: true })
  await writeFile(join(folder, 'dist/index.html'), '<!doctype html><title>built</title>')
  await writeFile(join(folder, 'dist/assets/app-1a2b.js'), 'export {}')
  await writeFile(join(folder, 'dist/notes.secret'), 'not a web file')
  await writeFile(join(folder, 'secret.txt'), 'outside')
  control = await startFixtureControl({ consoleFolder: join(folder, 'dist') })
  port = new URL(control.url).port
  for (const record of fixtureTraffic(120, Date.now())) control.ledger.add(record)
})

after(async () => {
  await control.close()
  await rm(folder, { recursive: true })
})

const codeOf = (text: string): unknown => JSON.parse(text).error?.code

test('only our own names are answered, whatever token comes along', async () => {
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '@localhost',
    '10.0.0.7',
    'localhost:x',
  ])
    assert.equal(
      codeOf((await ask(control.url, { path: '/api/status', headers: { ...bearer, host } })).text),
      'wrong_host',
      host,
    )
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST:9', '[::1]:8080'])
    assert.equal(
      (await ask(control.url, { path: '/api/status', headers: { ...bearer, host } })).status,
      200,
      host,
    )
})

test('a wildcard listener answers to the address it was reached at and to no other', async () => {
  const wide = await startFixtureControl({ address: { host: '0.0.0.0', port: 0 } })
  const statusFor = async (host: string): Promise<number> =>
    (await ask(wide.url, { path: '/api/status', headers: { ...bearer, host } })).status
  assert.equal(await statusFor('127.0.0.1:1'), 200)
  assert.equal(await statusFor('0.0.0.0:1'), 421)
  assert.equal(await statusFor('192.168.1.9:1'), 421)
  await wide.close()
})

test('requests caused by other sites are refused, other ports of this machine included', async () => {
  const own = `http://127.0.0.1:${port}`
  for (const origin of [
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
  ])
    assert.equal(
      (await ask(control.url, { path: '/api/status', headers: { ...bearer, origin } })).status,
      403,
      origin,
    )
  for (const site of ['cross-site', 'same-site', 'unheard-of'])
    assert.equal(
      (await ask(control.url, { path: '/', headers: { ...bearer, 'sec-fetch-site': site } })).status,
      403,
      site,
    )
  const good = { ...bearer, origin: own, 'sec-fetch-site': 'same-origin' }
  assert.equal((await ask(control.url, { path: '/api/status', headers: good })).status, 200)
})

test('without a token there is a plain page that says where it is, and nothing else', async () => {
  const page = await ask(control.url, { path: '/' })
  assert.equal(page.status, 401)
  assert.match(page.text, /causeway up/)
  assert.doesNotMatch(page.text, /built/)
  for (const path of [
    '/api/status',
    '/api/requests',
    '/api/requests/watch',
    '/assets/app-1a2b.js',
    '/index.html',
    '/api/nothing',
  ])
    assert.equal(codeOf((await ask(control.url, { path })).text), 'not_signed_in', path)
})

test('the token becomes a session cookie and leaves the address', async () => {
  const opened = await ask(control.url, { path: `/?token=${FIXTURE_TOKEN}` })
  assert.equal(opened.status, 303)
  assert.equal(opened.headers['location'], '/')
  const cookie = String(opened.headers['set-cookie'])
  assert.match(cookie, /; HttpOnly; SameSite=Strict; Path=\/;/)
  assert.ok(!cookie.includes(FIXTURE_TOKEN))
  const pair = cookie.split(';')[0] ?? ''
  assert.equal(
    (await ask(control.url, { path: '/api/status', headers: { cookie: `a=b; ${pair}` } })).status,
    200,
  )
  const [name, value] = pair.split('=', 2)
  const [expires, mac] = (value ?? '').split('.')
  const forged = [
    `${Number(expires) + 1}.${mac}`,
    `${expires}.${mac?.slice(0, -1)}`,
    `${expires}.`,
    `.${mac}`,
    '',
    'x.y',
  ]
  for (const bad of forged)
    assert.equal(
      (await ask(control.url, { path: '/api/status', headers: { cookie: `${name}=${bad}` } })).status,
      401,
      bad,
    )
})

test('the page to try a text has an address of its own, which is kept through signing in', async () => {
  const asked = await ask(control.url, { path: '/try' })
  assert.equal(asked.status, 401)
  assert.match(asked.text, /name="page" value="\/try"/)
  const form = (page: string) =>
    ask(control.url, {
      path: '/session',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: FIXTURE_TOKEN, page }).toString(),
    })
  assert.equal((await form('/try')).headers['location'], '/try')
  for (const page of ['//evil.example', 'https://evil.example/', '/api/status', ''])
    assert.equal((await form(page)).headers['location'], '/', page)
  const opened = await ask(control.url, { path: `/try?token=${FIXTURE_TOKEN}` })
  assert.equal(opened.headers['location'], '/try')
  assert.match((await ask(control.url, { path: '/try', headers: bearer })).text, /built/)
  assert.equal((await ask(control.url, { path: '/try/it', headers: bearer })).status, 404)
})

test('a session ends with its week and with its token', async () => {
  let now = 1_800_000_000_000
  const early = await startFixtureControl({ clock: { now: () => now } })
  const opened = await ask(early.url, { path: `/?token=${FIXTURE_TOKEN}` })
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  const status = async (): Promise<number> =>
    (await ask(early.url, { path: '/api/status', headers: { cookie } })).status
  assert.equal(await status(), 200)
  now += 7 * 24 * 3_600_000
  assert.equal(await status(), 401)
  await early.close()
})

test('the form opens a session, a wrong token tells so, and many wrong ones are slowed down', async () => {
  const guarded = await startFixtureControl()
  const form = (token: string) =>
    ask(guarded.url, {
      path: '/session',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token }).toString(),
    })
  assert.equal((await form(FIXTURE_TOKEN)).status, 303)
  const opened = await form(`${FIXTURE_TOKEN}\n`)
  assert.equal(opened.status, 303)
  for (let i = 0; i < 10; i += 1) assert.equal((await form(`${FIXTURE_TOKEN}${i}`)).status, 401)
  const limited = await form(FIXTURE_TOKEN)
  assert.equal(limited.status, 429)
  assert.ok(Number(limited.headers['retry-after']) > 0)
  assert.equal((await ask(guarded.url, { path: '/api/status', headers: bearer })).status, 429)
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  assert.equal((await ask(guarded.url, { path: '/api/status', headers: { cookie } })).status, 200)
  assert.equal((await ask(guarded.url, { path: '/session' })).status, 405)
  await guarded.close()
})

test('every answer carries the headers that keep a page in its place', async () => {
  for (const path of ['/', '/api/status', '/assets/app-1a2b.js', '/nothing']) {
    const { headers } = await ask(control.url, { path, headers: path === '/' ? {} : bearer })
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /^default-src 'none'; script-src 'self';/, path)
    assert.doesNotMatch(policy, /unsafe|\*|http/, path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
  }
  const api = await ask(control.url, { path: '/api/status', headers: bearer })
  assert.equal(api.headers['cache-control'], 'no-store')
})

test('files come from the console folder alone', async () => {
  const script = await ask(control.url, { path: '/assets/app-1a2b.js', headers: bearer })
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8')
  assert.match(String(script.headers['cache-control']), /immutable/)
  const page = await ask(control.url, { path: '/', headers: bearer })
  assert.match(page.text, /built/)
  assert.equal(page.headers['cache-control'], 'no-cache')
  const outside = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/assets/%00',
    '/notes.secret',
    'http://evil.example/secret.txt',
  ]
  for (const path of outside) {
    const got = await ask(control.url, { path, headers: bearer })
    assert.ok(got.status === 404 || got.status === 400, `${path} ${got.status}`)
    assert.doesNotMatch(got.text, /outside|root:|not a web file/)
  }
})

test('a console that is not built yet says so, and appears once it is', async () => {
  const late = await startFixtureControl({ consoleFolder: join(folder, 'later') })
  const missing = await ask(late.url, { path: '/', headers: bearer })
  assert.equal(missing.status, 503)
  assert.match(missing.text, /npm run build/)
  await mkdir(join(folder, 'later'))
  await writeFile(join(folder, 'later/index.html'), 'here now')
  assert.equal((await ask(late.url, { path: '/', headers: bearer })).text, 'here now')
  await late.close()
})

test('unknown paths, methods and parameters get a typed error that says what to do', async () => {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['GET', '/api/nothing', 404, 'unknown_route'],
    ['GET', '/api/__proto__', 404, 'unknown_route'],
    ['POST', '/api/status', 405, 'method_not_allowed'],
    ['DELETE', '/api/requests/cw_1', 405, 'method_not_allowed'],
    ['GET', '/api/requests/cw_unheard', 404, 'unknown_request'],
    ['GET', '/api/requests?sid=own', 400, 'invalid_request'],
    ['GET', '/api/requests?side=mars', 400, 'invalid_request'],
    ['GET', '/api/requests?limit=0', 400, 'invalid_request'],
    ['GET', '/api/requests?limit=201', 400, 'invalid_request'],
    ['GET', '/api/requests?before=-1', 400, 'invalid_request'],
    ['GET', `/api/requests?search=${'x'.repeat(201)}`, 400, 'invalid_request'],
    ['GET', '/api/overview?window=1y', 400, 'invalid_request'],
  ]
  for (const [method, path, status, code] of cases) {
    const got = await ask(control.url, { method, path, headers: bearer })
    const { error } = JSON.parse(got.text)
    assert.deepEqual([got.status, error.code], [status, code], path)
    assert.ok(error.message.length > 5 && error.next.length > 5)
  }
})

test('what breaks inside is told to the operator and not to the page', async () => {
  const reported: unknown[] = []
  const broken = await startFixtureControl({
    snapshot: () => {
      throw new Error('/home/someone/secret path')
    },
    report: (error) => reported.push(error),
  })
  const got = await ask(broken.url, { path: '/api/status', headers: bearer })
  assert.equal(got.status, 500)
  assert.doesNotMatch(got.text, /secret path/)
  assert.equal(reported.length, 1)
  await broken.close()
})

test('a second server on the same port is a typed error', async () => {
  const taken = Number(port)
  await assert.rejects(startFixtureControl({ address: { host: '127.0.0.1', port: taken } }), {
    message: /listens on 127.0.0.1:\d+ already/,
  })
})

test('the explain route wants JSON with exactly one of text and request', async () => {
  const explain = (body: string, type = 'application/json') =>
    ask(control.url, {
      method: 'POST',
      path: '/api/explain',
      headers: { ...bearer, 'content-type': type },
      body,
    })
  assert.equal(JSON.parse((await explain('{"text":"hello"}')).text).verdict.permitted[0].target, 'home')
  assert.equal(codeOf((await explain('{"text":"hello"}', 'text/plain')).text), 'bad_header')
  const wrong: readonly (readonly [string, string])[] = [
    ['', 'invalid_json'],
    ['[]', 'invalid_json'],
    ['{}', 'invalid_request'],
    ['{"text":"a","request":{}}', 'invalid_request'],
    ['{"text":1}', 'invalid_request'],
    ['{"text":"a","sides":["moon"]}', 'invalid_request'],
    ['{"text":"a","sides":[]}', 'invalid_request'],
    ['{"text":"a","level":"secret"}', 'invalid_request'],
    ['{"text":"a","side":"own"}', 'invalid_request'],
    [`{"text":"${'x'.repeat(1_100_000)}"}`, 'body_too_large'],
  ]
  for (const [body, code] of wrong) assert.equal(codeOf((await explain(body)).text), code, body.slice(0, 40))
})

test('a text to explain is bounded by itself, below what a request may have', async () => {
  const wide = await startFixtureControl({
    snapshot: () => ({ ...fixtureSnapshot, limits: { ...fixtureSnapshot.limits, body: 32 * 1024 * 1024 } }),
  })
  const explain = async (text: string): Promise<unknown> => {
    const headers = { ...bearer, 'content-type': 'application/json' }
    const got = await ask(wide.url, {
      method: 'POST',
      path: '/api/explain',
      headers,
      body: JSON.stringify({ text }),
    })
    return got.status === 200 ? 200 : codeOf(got.text)
  }
  assert.equal(await explain('x'.repeat(1024 * 1024)), 200)
  assert.equal(await explain('\u0001'.repeat(1024 * 1024)), 200)
  assert.equal(await explain(`x${'x'.repeat(1024 * 1024)}`), 'body_too_large')
  assert.equal(await explain('€'.repeat(400_000)), 'body_too_large')
  assert.equal(await explain('\u0001'.repeat(2 * 1024 * 1024)), 'body_too_large')
  await wide.close()
})
