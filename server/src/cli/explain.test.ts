import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Command } from 'commander'
import { CausewayError } from '../domain/index.ts'
import { registerExplain } from './explain.ts'

const folder = mkdtempSync(join(tmpdir(), 'causeway-explain-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const config = join(folder, 'causeway.yaml')
writeFileSync(
  config,
  `targets:
  - { name: frontier, provider: anthropic, model: big-1, side: closed, credential: "env:X" }
  - { name: lease, provider: groq, model: open-70b, credential: "env:Y" }
  - { name: home, provider: ollama, model: "small:8b", context: 2000 }
routes:
  - { name: auto, targets: [frontier, lease, home] }
  - { name: away, targets: [frontier] }
uses:
  - { name: notes, carries: [health] }
rules: ./rules
keys:
  - { name: dev, secret: "env:K", team: platform, uses: [general] }
`,
)
mkdirSync(join(folder, 'rules'))
writeFileSync(
  join(folder, 'rules', 'a.cedar'),
  `@id("no-lease") @reason("No contract with this vendor.")
forbid (principal in Team::"platform", action, resource) when { resource.provider == "groq" };\n`,
)

const told = async (...words: readonly string[]): Promise<string> => {
  const out: string[] = []
  const write = process.stdout.write
  process.stdout.write = (chunk) => {
    out.push(String(chunk))
    return true
  }
  try {
    const program = new Command('causeway').exitOverride()
    program.configureOutput({ writeErr: () => undefined })
    registerExplain(program)
    await program.parseAsync(['explain', '--config', config, ...words], { from: 'user' })
  } finally {
    process.stdout.write = write
  }
  return out.join('')
}

const fileOf = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const fault = async (...words: readonly string[]): Promise<string> => {
  try {
    await told(...words)
  } catch (thrown) {
    assert.ok(thrown instanceof CausewayError)
    return `${thrown.fault.code}: ${thrown.message}`
  }
  return assert.fail('it was explained')
}

test('a harmless text: who may have it, who not, and the order', async () => {
  const text = await told('What is the capital of France?')
  assert.match(text, /^Label {4}public, nothing found\n/)
  assert.match(text, /May have it\n {2}frontier {2}closed {2}big-1 .*\n {2}home {6}own {5}small:8b/)
  assert.match(
    text,
    /May not\n {2}lease {2}rented {2}open-70b {2}rule:no-lease\n {4}No contract with this vendor\.\n/,
  )
  assert.match(text, /Order {4}frontier, then home\n/)
})

test('findings are shown masked with what keeps them home; the value itself never', async () => {
  const text = await told('Please pay DE89 3704 0044 0532 0130 00 today')
  assert.match(text, /restricted: payment/)
  assert.match(text, /payment +IBAN \(DE\) +DE89 •••• 3000 +0\.\d\d +messages\[0\]\.content/)
  assert.match(text, /frontier {2}closed {2}big-1 +floor:payment/)
  assert.match(text, /Order {4}home\n/)
  assert.doesNotMatch(text, /0532|A client would get/)
})

test('where nobody may have it, it says what a client would get', async () => {
  const text = await told('--model', 'away', 'Please pay DE89370400440532013000')
  assert.match(text, /Refused {2}A client would get 403 policy_denied:\n {2}Not sent: found IBAN/)
  assert.doesNotMatch(text, /May have it|Order/)
})

test('where nobody can, likewise', async () => {
  const text = await told('--side', 'own', `word `.repeat(3000))
  assert.match(text, /not home: it lacks context/)
  assert.match(text, /A client would get 400 context_too_long/)
})

test('wishes tighten: side, label', async () => {
  assert.match(await told('--side', 'own', 'hello'), /frontier {2}closed .*client:x-causeway-side/)
  const raised = await told('--label', 'restricted', 'hello')
  assert.match(raised, /raised to restricted by the client/)
  assert.match(raised, /level:restricted/)
})

test('a use declares, and a key may only ask under its own uses', async () => {
  assert.match(await told('--use', 'notes', 'hello'), /declared by the use: health/)
  assert.match(
    await fault('--use', 'notes', '--key', 'dev', 'hi'),
    /^unknown_use: Key dev is not bound to a use called "notes"/,
  )
  assert.match(await fault('--use', 'note', 'hi'), /The nearest is "notes"/)
  assert.match(await fault('--key', 'nobody', 'hi'), /no key/)
})

test('a file of text and a file with a request are told apart', async () => {
  const plain = await told('--file', fileOf('a.txt', '{"not": "a request"}'))
  assert.match(plain, /model auto/)
  const request = { model: 'home', messages: [{ role: 'user', content: 'card 4111 1111 1111 1111' }] }
  const chat = await told('--file', fileOf('a.json', JSON.stringify(request)))
  assert.match(chat, /model home/)
  assert.match(chat, /CREDIT_CARD/)
  assert.match(await told('--file', join(folder, 'a.json'), '--model', 'away'), /model away/)
  const anthropic = { model: 'home', system: 'Mail a@b.de', max_tokens: 5, messages: request.messages }
  assert.match(await told('--file', fileOf('b.json', JSON.stringify(anthropic))), /EMAIL .* system/)
})

test('--json is the same as data', async () => {
  const data: unknown = JSON.parse(await told('--json', 'Please pay DE89370400440532013000'))
  assert.ok(typeof data === 'object' && data !== null)
  assert.deepEqual(Object.keys(data), [
    'model',
    'use',
    'key',
    'profile',
    'label',
    'findings',
    'floors',
    'candidates',
    'verdict',
    'across',
    'ranking',
    'refusal',
    'notAsked',
  ])
  assert.doesNotMatch(JSON.stringify(data), /0532/)
})

const contentConfig = join(folder, 'content.yaml')
writeFileSync(
  contentConfig,
  `targets:
  - { name: frontier, provider: anthropic, model: big-1, side: closed, credential: "env:X" }
  - { name: home, provider: ollama, model: "small:8b" }
routes:
  - { name: auto, targets: [frontier, home] }
  - { name: away, targets: [frontier] }
floors:
  payment: { cross: masked, loosen: true }
sensitivity:
  confidence: { contact: 0.97 }
  words: [{ name: projects, kind: internal, type: PROJECT, words: [Bluefin] }]
  patterns: [{ name: staff, kind: identity, type: STAFF_NUMBER, pattern: 'ZQ-\\d{5}' }]
  stages: [{ type: judge, name: second-look, target: home }]
uses:
  - { name: careful, confidence: { contact: 0.5 } }
keys:
  - { name: dev, secret: "env:K", uses: [general, careful] }
`,
)

const inContent = (...words: readonly string[]): Promise<string> => told('--config', contentConfig, ...words)

test('own words and patterns count, and the text says which readers were not asked', async () => {
  const text = await inContent('Staff ZQ-48213 works on Bluefin')
  assert.match(text, /^Label {4}restricted: identity, internal\n/)
  assert.match(text, /identity +STAFF_NUMBER/)
  assert.match(text, /Floors\n(?: .*\n)* {2}internal +own, attested\n/)
  assert.match(text, /Not looked at\n(?: .*\n)*? {2}further readers: second-look would be asked too/)
})

test('a finding below what counts is shown with what it lacks, and the use has the last word', async () => {
  const text = await inContent('Write to ada@lindenpost.net')
  assert.match(text, /^Label {4}public, nothing found\n/)
  assert.match(text, /contact +EMAIL .*0\.9\d/)
  assert.match(text, /does not count: contact counts from 0\.97/)
  assert.match(
    await inContent('--use', 'careful', 'Write to ada@lindenpost.net'),
    /^Label {4}confidential: contact\n/,
  )
})

test('who may have it only with values taken out is told apart, with what that depends on', async () => {
  const text = await inContent('--use', 'careful', 'Write to ada@lindenpost.net about DE89370400440532013000')
  assert.match(
    text,
    /Floors\n {2}payment +own, attested; rented, closed masked; loosened by the configuration\n/,
  )
  assert.match(text, /contact +own, attested; rented, closed under pseudonyms\n/)
  assert.match(
    text,
    /May have it\n {2}home .*\n\nMay have it with values taken out\n {2}frontier .*pseudonyms:contact/,
  )
  assert.match(text, /payment masked, contact under pseudonyms \(2 of the findings above\)\. It depends on/)
  assert.match(text, /Order {4}frontier, then home\n/)
  assert.doesNotMatch(text, /A client would get/)
  const only = await inContent('--use', 'careful', '--model', 'away', 'Write to ada@lindenpost.net')
  assert.doesNotMatch(only, /A client would get|May not\n/)
})

test('the same as data: who only across, what counts, what was not asked', async () => {
  const asked = ['--json', '--use', 'careful', 'Write to ada@lindenpost.net']
  const { across, findings, notAsked, verdict } = JSON.parse(await inContent(...asked))
  assert.deepEqual([across.ways, across.findings], [{ contact: 'pseudonyms' }, 1])
  assert.deepEqual(
    across.permitted.map(({ target }: { target: string }) => target),
    ['frontier'],
  )
  assert.deepEqual([findings[0].counts, findings[0].threshold], [true, 0.5])
  assert.deepEqual(notAsked, { attachments: false, stages: ['second-look'], conversation: true })
  assert.deepEqual(
    verdict.permitted.map(({ target }: { target: string }) => target),
    ['home'],
  )
})

test('an attachment is not unpacked, and that is said', async () => {
  const data = Buffer.from('%PDF-1.4\u0000\u0001\u0002 ada@lindenpost.net').toString('base64')
  const part = { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${data}` } }
  const request = { model: 'auto', messages: [{ role: 'user', content: [part] }] }
  const text = await inContent('--file', fileOf('pdf.json', JSON.stringify(request)))
  assert.match(text, /^Label .*unread/)
  assert.match(text, /attachments: what is no text was not unpacked here/)
})

test('every mistake gets a sentence', async () => {
  assert.match(await fault('--model', 'autp', 'hi'), /^unknown_model: .*"autp"/)
  assert.match(await fault('--file', join(folder, 'none'), ''), /came together/)
  assert.match(await fault('--file', join(folder, 'none')), /none cannot be read/)
  assert.match(await fault('--file', binary()), /cannot be read as UTF-8/)
  const twice = '{"model":"auto","model":"home","messages":[{"role":"user","content":"x"}]}'
  assert.match(await fault('--file', fileOf('twice.json', twice)), /^duplicate_key/)
  await assert.rejects(told('--side', 'moon', 'hi'), /The sides are own, attested, rented, closed/)
  await assert.rejects(told('--label', 'low', 'hi'), /Allowed choices are public, confidential, restricted/)
})

const binary = (): string => {
  const path = join(folder, 'binary')
  writeFileSync(path, Uint8Array.of(0xff, 0xfe, 0x41))
  return path
}

test('standard input is read where nothing else is given', () => {
  const script = `import { Command } from 'commander'
import { registerExplain } from ${JSON.stringify(new URL('./explain.ts', import.meta.url).href)}
const program = new Command('causeway')
registerExplain(program)
await program.parseAsync(['explain', '--config', ${JSON.stringify(config)}], { from: 'user' })`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    input: 'Mail to a.person@company.de',
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
  assert.equal(run.status, 0, run.stderr)
  assert.match(run.stdout, /EMAIL/)
})
