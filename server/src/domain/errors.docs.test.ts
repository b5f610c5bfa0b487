import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CODES } from './errors.ts'

test('docs/api.md lists every error code as the table has it', () => {
  const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')
  for (const [code, { status, whose, retry, next }] of Object.entries(CODES)) {
    assert.ok(
      page.includes(`| \`${code}\` | ${status} | ${whose} | ${retry ? 'yes' : 'no'} | ${next} |`),
      code,
    )
  }
})
