import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { lookupPrice } from '../../src/accounts/index.ts'
import { loadConfig } from '../../src/config/index.ts'
import { CausewayError } from '../../src/domain/index.ts'
import { type Causeway, startCauseway } from '../../src/main.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { chatWhole, type ScriptedModel, startScriptedModel } from '../simulated/scripted.ts'

/*
 * What is known of conversations goes wrong: the file, the key, the process. Nothing leaves that should not, and a
 * value comes back to nobody else.
 */

const TEXT = 'My name is Anna Schneider, write to anna.schneider@harbour-mail.net please.'
const ORIGINAL = /Anna|Schneider|harbour-mail/

let model: ScriptedModel

before(async () => {
  model = await startScriptedModel()
})
after(() => model.close())

const echo = (body: string) => chatWhole({ content: JSON.parse(body).messages.at(-1).content })
const chat = (content: string): object => ({ model: 'away', messages: [{ role: 'user', content }] })

describe('a store that breaks while it is used', () => {
  let house: OpenHouse
  before(async () => {
    house = await openHouse({ config: `targets:\n${simulatedTarget('away', model.url, 'closed')}` })
  })
  after(() => house.close())

  test('lets nothing out that has to be remembered, and says so', async () => {
    model.says(echo)
    const first = await house.post('/v1/chat/completions', chat(TEXT), { 'x-causeway-session': 's' })
    assert.equal(first.status, 200)
    const other = new DatabaseSync(join(house.dataFolder, 'conversations.sqlite'))
    other.exec('ALTER TABLE kept RENAME TO lost')
    const seen = model.seen.length
    for (const session of ['s', 'new']) {
      const response = await house.post('/v1/chat/completions', chat(TEXT), { 'x-causeway-session': session })
      assert.ok(response.status === 503 || response.status === 403, String(response.status))
      await response.text()
    }
    assert.equal(model.seen.length, seen)
    assert.notEqual((await fetch(`${house.url}/readyz`)).status, 200)
    other.exec('ALTER TABLE lost RENAME TO kept')
    other.close()
    const again = await house.post('/v1/chat/completions', chat(TEXT), { 'x-causeway-session': 's' })
    assert.equal(again.status, 200, 'the trouble is over and held against nobody')
    assert.ok((await again.text()).includes('Anna Schneider'))
    assert.doesNotMatch(model.seen.at(-1) ?? '', ORIGINAL)
  })
})

describe('the key of conversations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-test-'))
  const data = join(folder, 'data')
  after(() => rmSync(folder, { recursive: true, force: true }))

  const start = (): Promise<Causeway> => {
    writeFileSync(join(folder, 'key'), 'cw-0123456789012345678901234567890123456789\n', { mode: 0o600 })
    writeFileSync(
      join(folder, 'causeway.yaml'),
      `listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }\ndata: ./data\ntargets:\n${simulatedTarget('away', model.url, 'closed')}keys:\n  - { name: test, secret: "file:./key", uses: [general] }\n`,
    )
    const loaded = loadConfig(join(folder, 'causeway.yaml'), { home: folder, lookupPrice })
    return startCauseway({
      snapshot: loaded.snapshot,
      folder: loaded.folders.credentials,
      dataFolder: loaded.folders.data,
      cacheFolder: join(folder, 'cache'),
      environment: {},
      plane: 'gateway',
      engine: false,
      version: 'test',
      onEngine: () => undefined,
    })
  }

  const ask = (causeway: Causeway, content: string): Promise<Response> =>
    fetch(`${causeway.gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer cw-0123456789012345678901234567890123456789',
        'content-type': 'application/json',
        'x-causeway-session': 's',
      },
      body: JSON.stringify(chat(content)),
    })

  test('lost, it takes the meaning of stand-ins with it and nothing else', async () => {
    model.says(echo)
    const first = await start()
    assert.equal((await ask(first, TEXT)).status, 200)
    const name = /My name is (.+), write/.exec(model.seen.at(-1) ?? '')?.[1] ?? ''
    await first.close(100)
    writeFileSync(join(data, 'conversations.key'), Buffer.alloc(32, 5))
    const second = await start()
    model.says(() => chatWhole({ content: name }))
    const said = await ask(second, 'And who was that?')
    assert.doesNotMatch(await said.text(), ORIGINAL)
    model.says(echo)
    const again = await ask(second, TEXT)
    assert.equal(again.status, 200)
    assert.ok((await again.text()).includes('Anna Schneider'))
    assert.doesNotMatch(model.seen.at(-1) ?? '', ORIGINAL)
    await second.close(100)
  })

  test('damaged or no file, nothing starts, in words', async () => {
    const isTold = (thrown: unknown): boolean =>
      thrown instanceof CausewayError &&
      thrown.fault.code === 'data_folder' &&
      thrown.fault.message.includes('conversations.key')
    writeFileSync(join(data, 'conversations.key'), Buffer.alloc(31, 5))
    await assert.rejects(start(), isTold)
    rmSync(join(data, 'conversations.key'))
    mkdirSync(join(data, 'conversations.key'))
    await assert.rejects(start(), isTold)
  })
})
