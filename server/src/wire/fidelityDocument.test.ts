import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CONVERSATIONAL } from '../domain/index.ts'
import { fidelityTable } from './fidelity.ts'
import { fidelityDocument } from './fidelityDocument.ts'

const FILE = fileURLToPath(new URL('../../../docs/fidelity.md', import.meta.url))

describe('docs/fidelity.md', () => {
  it('has a line for every field of every dialect, each with a reason', () => {
    const text = fidelityDocument()
    for (const dialect of CONVERSATIONAL) {
      const fields = fidelityTable[dialect]
      assert.ok(fields !== undefined, dialect)
      const shown = dialect === 'bedrock-converse' ? [] : Object.entries(fields.request)
      for (const [field, line] of [...shown, ...Object.entries(fields.reply)]) {
        assert.ok(text.includes(`| \`${field.replaceAll('|', '\\|')}\` |`), `${dialect} ${field}`)
        for (const one of [line.otherwise, ...Object.values(line.to)])
          assert.ok(
            one.why.length > 2 && one.why.length < 120 && !one.why.endsWith('.'),
            `${dialect} ${field}`,
          )
      }
    }
  })

  it('is a table whose lines all have as many cells', () => {
    const tables = fidelityDocument()
      .trimEnd()
      .split('\n\n')
      .filter((block) => block.startsWith('| field'))
    assert.ok(tables.length > 0)
    for (const table of tables) {
      const cells = table.split('\n').map((line) => line.split(/(?<!\\)\|/).length)
      assert.equal(new Set(cells).size, 1, table.slice(0, 200))
    }
  })

  const missing = existsSync(FILE) ? false : 'docs/fidelity.md is not written yet'
  it('is what the tables say: node scripts/fidelity.mjs --write', { skip: missing }, () => {
    assert.equal(readFileSync(FILE, 'utf8'), fidelityDocument())
  })
})
