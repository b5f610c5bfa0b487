import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { lookupPrice } from '../accounts/index.ts'
import { loadConfig } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'lists-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = 'targets:\n  - { name: a, provider: ollama, model: m }\nkeys:\n  - { name: k, secret: env:K }\n'

const load = (sensitivity: string) => {
  writeFileSync(join(folder, 'causeway.yaml'), `${HEAD}sensitivity: ${sensitivity}\n`)
  return loadConfig(join(folder, 'causeway.yaml'), { home: folder, lookupPrice }).snapshot.sensitivity
}

test('lists are read whatever ends their lines', () => {
  writeFileSync(join(folder, 'words.txt'), '\ufeffBluebird\r\nNightjar\r\n\r\n')
  writeFileSync(
    join(folder, 'texts.txt'),
    'The first text.\r\nIt goes on.\r\n\r\nThe second.\r\n---\r\nThe third.\r\n',
  )
  const { words, examples } = load(
    '{ words: [{ name: w, kind: internal, file: ./words.txt }], examples: [{ name: e, kind: financial, file: ./texts.txt }] }',
  )
  assert.deepEqual(words[0]?.words, ['Bluebird', 'Nightjar'])
  assert.deepEqual(examples[0]?.texts, ['The first text.\nIt goes on.', 'The second.', 'The third.'])
})

test('a list that holds nothing, never ends or is no file is an error', () => {
  const words = (file: string): string => `{ words: [{ name: w, kind: internal, file: "${file}" }] }`
  writeFileSync(join(folder, 'empty.txt'), ' \r\n\n')
  assert.throws(() => load(words('./empty.txt')), /holds nothing/)
  assert.throws(() => load(words('/dev/zero')), /is no file/)
  assert.throws(() => load(words('.')), /is no file/)
  assert.throws(() => load(words('./none.txt')), /cannot be read/)
  writeFileSync(join(folder, 'large.txt'), 'x')
  truncateSync(join(folder, 'large.txt'), 5 * 1024 * 1024)
  assert.throws(() => load(words('./large.txt')), /larger than 4 MB/)
})
