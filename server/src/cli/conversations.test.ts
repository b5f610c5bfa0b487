import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Command } from 'commander'
import { startFixtureControl } from '../../test/fixture/control.ts'
import { CausewayError, type ConversationKeys, type Kept } from '../domain/index.ts'
import { systemClock } from '../lib/index.ts'
import { dataFiles, openRecorder } from '../recorder/index.ts'
import { openConversations } from '../store/index.ts'
import { registerAudit } from './audit.ts'
import { registerConversations } from './conversations.ts'

const root = mkdtempSync(join(tmpdir(), 'causeway-conversations-'))
after(() => rmSync(root, { recursive: true, force: true }))
let places = 0

/** A data folder of its own with a configuration whose console listens on `port`. */
const place = (port = 9): { readonly folder: string; readonly config: string } => {
  places += 1
  const folder = join(root, `data${places}`)
  mkdirSync(folder)
  const config = join(root, `causeway${places}.yaml`)
  writeFileSync(
    config,
    `listen: { control: "127.0.0.1:${port}" }
data: ${folder}
targets:
  - { name: home, provider: ollama, model: "small:8b" }
routes:
  - { name: auto, targets: [home] }
`,
  )
  return { folder, config }
}

const keys = (session: string | null, content: readonly string[]): ConversationKeys => ({
  principal: 'dev',
  session,
  named: session === null ? null : `${session}-digest`.padEnd(20, '0'),
  content,
})

const carrying: Kept = { level: 'restricted', kinds: ['health'], sealed: null }

const fill = async (folder: string): Promise<void> => {
  const store = await openConversations(join(folder, 'conversations.sqlite'), systemClock)
  const until = systemClock.now() + 3_600_000
  const known = { session: carrying, history: carrying }
  store.remember(keys('chat-7', ['first-history-000000']), known, until)
  store.remember(keys(null, ['other-history-000000']), known, until)
  store.close()
}

const run = async (config: string, ...words: readonly string[]): Promise<readonly string[]> => {
  const lines: string[] = []
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  registerConversations(program, (line) => lines.push(line))
  await program.parseAsync(['conversations', ...words, '--config', config], { from: 'user' })
  return lines
}

const faultOf = async (config: string, ...words: readonly string[]): Promise<string> => {
  try {
    await run(config, ...words)
  } catch (thrown) {
    assert.ok(thrown instanceof CausewayError, String(thrown))
    return `${thrown.fault.code}: ${thrown.message}`
  }
  return assert.fail('it went through')
}

const verify = async (folder: string): Promise<string> => {
  const out: string[] = []
  const write = process.stdout.write
  process.stdout.write = (chunk) => out.push(String(chunk)) > 0
  try {
    const program = new Command().exitOverride()
    registerAudit(program)
    await program.parseAsync(['audit', 'verify', '--data', folder], { from: 'user' })
  } finally {
    process.stdout.write = write
    process.exitCode = 0
  }
  return out.join('')
}

test('without a running process the file is read, and what is forgotten is in a log that verifies', async () => {
  const { folder, config } = place()
  assert.deepEqual(await run(config), ['Nothing is kept of any conversation.'])
  assert.match(await faultOf(config, 'forget', 'abc'), /^unknown_conversation/)
  await fill(folder)
  const lines = await run(config, 'list')
  assert.match(lines[0] ?? '', /^ID +LEVEL +CARRIED +STAND-INS +KEPT UNTIL, UTC +KEY AND SESSION$/)
  assert.equal(lines.length, 3)
  assert.ok(
    lines.some((line) => /^chat-7-digest000 restricted +health +- +\d{4}-.* dev chat-7$/.test(line)),
    lines.join('\n'),
  )
  assert.equal((await run(config, '--json', '--limit', '1')).length, 1)
  assert.match(await faultOf(config, 'forget', '--session', 'unheard'), /^unknown_conversation/)
  const [said] = await run(config, 'forget', '--session', 'chat-7')
  assert.match(said ?? '', /\(2 entries\); it is noted in the audit log\.$/)
  assert.deepEqual(await run(config, 'forget', 'other-history-00', '--json'), ['{"entries":1}'])
  assert.deepEqual(await run(config), ['Nothing is kept of any conversation.'])
  const told = await verify(folder)
  assert.match(told, /is intact/)
  assert.match(
    told,
    /somebody cleared what a conversation carried: by command, .*entries 2, level restricted/,
  )
  assert.doesNotMatch(readFileSync(dataFiles(folder).entries, 'utf8'), /chat-7"/)
})

test('a running process is asked, since it knows them by heart', async () => {
  const forgotten: unknown[] = []
  const control = await startFixtureControl({
    conversations: {
      kept: {
        list: () => [
          {
            id: 'x'.repeat(16),
            principal: 'dev\u001b[2J',
            session: null,
            level: 'confidential',
            kinds: ['contact'],
            pseudonyms: true,
            seen: 1,
            until: 1_800_000_000_000,
          },
        ],
        forget: (which) => forgotten.push(which),
      },
      recorder: { event: async () => undefined },
    },
  })
  const { folder, config } = place(Number(new URL(control.url).port))
  writeFileSync(join(folder, 'console-token'), 'fixture-token-0123456789\n')
  const lines = await run(config)
  assert.match(lines[1] ?? '', /^x{16} confidential contact +sealed +2027-01-15 08:00 dev\?\[2J$/)
  await run(config, 'forget', 'x'.repeat(16))
  await run(config, 'forget', '--session', 'a&b=c')
  assert.deepEqual(forgotten, [{ id: 'x'.repeat(16) }, { session: 'a&b=c' }])
  writeFileSync(join(folder, 'console-token'), 'another-installation-0000\n')
  assert.match(
    await faultOf(config, 'forget', 'x'.repeat(16)),
    /^data_folder: What answers at .* is not the console of this data folder/,
  )
  await control.close()
})

test('a gateway that runs without a console keeps them from being forgotten behind its back', async () => {
  const { folder, config } = place()
  await fill(folder)
  const { recorder } = await openRecorder({ folder })
  try {
    assert.equal((await run(config)).length, 3)
    const fault = await faultOf(config, 'forget', '--session', 'chat-7')
    assert.match(fault, /^conversations_unavailable: A gateway is running on .* Start it with its console/)
    assert.equal((await run(config)).length, 3)
  } finally {
    await recorder.close()
  }
})

test('a console that only looks on leaves it to the file, where nobody else holds it', async () => {
  const control = await startFixtureControl()
  const { folder, config } = place(Number(new URL(control.url).port))
  writeFileSync(join(folder, 'console-token'), 'fixture-token-0123456789\n')
  await fill(folder)
  assert.equal((await run(config)).length, 3)
  await run(config, 'forget', '--session', 'chat-7')
  assert.equal((await run(config)).length, 2)
  await control.close()
})

test('one conversation is to be named, in one way', async () => {
  const { config } = place()
  for (const words of [
    ['forget'],
    ['forget', 'abc', '--session', 'x'],
    ['forget', 'a/../b'],
    ['forget', '--session', 'two words'],
  ])
    assert.match(
      await faultOf(config, ...words),
      /^invalid_request: One conversation is to be named/,
      words.join(' '),
    )
  await assert.rejects(run(config, 'list', '--limit', '0'), { code: 'commander.invalidArgument' })
})
