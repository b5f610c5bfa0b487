import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { checkFile, reportLines } from './check.ts'

const folder = mkdtempSync(join(tmpdir(), 'causeway-check-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'causeway.yaml')

const GOOD = `targets:
  - { name: home, provider: engine, model: m }
  - { name: far, provider: groq, model: openai/gpt-oss-120b, credential: env:GROQ_API_KEY }
routes: [{ name: auto, targets: [far, home] }]
uses: [{ name: notes, carries: [health], floors: { health: { sides: [own, rented], loosen: true } } }]
floors: { contract: { sides: [own] } }
keys: [{ name: dev, secret: file:key }]
`
const KEY = 'cw-Zx8Qm2Vt7Lp4Rk9Wd3Hs6'

const check = (text: string, environment: Record<string, string> = {}) => {
  writeFileSync(file, text)
  return checkFile(file, environment, folder)
}

it('says what a good file means, and what is missing', () => {
  const report = check(GOOD)
  assert.equal(report.ok, true)
  assert.match(report.snapshot ?? '', /^[0-9a-f]{64}$/)
  assert.deepEqual(report.missing, [
    'key dev: file:key is not there; nobody can call with it',
    'target far: env:GROQ_API_KEY is not there; its upstream will refuse',
  ])
  const text = reportLines(report).join('\n')
  for (const part of [
    /Targets by side\n {2}own +home .*\n {2}rented +far .*per million/,
    /auto +ordered: far, home/,
    /notes +minimal, carries health, health LOOSENED/,
    /profile balanced/,
    /contract +own\n/,
    /contact +own, attested; rented, closed only under pseudonyms/,
    /dev +team -, uses general/,
  ]) {
    assert.match(text, part)
  }
})

it('finds secrets where they are, and never shows them', () => {
  writeFileSync(join(folder, 'key'), KEY, { mode: 0o600 })
  const report = check(GOOD, { GROQ_API_KEY: 'gsk_0123456789abcdef' })
  assert.deepEqual(report.missing, [])
  assert.deepEqual(report.warnings, [])
  const shown = JSON.stringify(report) + reportLines(report).join()
  assert.ok(!shown.includes(KEY) && !shown.includes('gsk_'))
})

it('notices a secret that others may read', { skip: process.platform === 'win32' }, () => {
  chmodSync(join(folder, 'key'), 0o644)
  assert.match(check(GOOD).warnings.join(), /file:key can be read by other users/)
})

it('lists every mistake of a bad file', () => {
  const report = check('targets: [{ name: a, provider: engine, modle: m }]\nprofle: strict\n')
  assert.equal(report.ok, false)
  assert.equal(report.snapshot, null)
  assert.deepEqual(
    report.problems.map(({ path }) => path),
    ['targets[0].model', 'targets[0].modle', 'profle'],
  )
  assert.match(
    reportLines(report).join('\n'),
    /has 3 mistakes:\n {2}targets\[0\]\.model: is missing \(line 1, column/,
  )
})

it('takes a weak key, rules that are not there and a file that is not there for mistakes', () => {
  assert.match(
    JSON.stringify(check(GOOD.replace('file:key', 'env:K'), { K: 'sk-1234' }).problems),
    /well-known sample/,
  )
  assert.match(JSON.stringify(check(`${GOOD}rules: ./nowhere\n`).problems), /cannot be read/)
  const absent = checkFile(join(folder, 'nowhere.yaml'), {}, folder)
  assert.equal(absent.ok, false)
  assert.match(reportLines(absent).join('\n'), /There is no /)
})
