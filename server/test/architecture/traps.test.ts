import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const testFiles = ['server/src', 'server/test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
    .map((path) => join(root, folder, path)),
)

/** Numbers in the names of tests: what stands behind `test(`, `it(` or `describe(` up to the end of its line. */
const guarded = new Set(
  testFiles.flatMap((path) =>
    [
      ...readFileSync(path, 'utf8').matchAll(
        /(?:\b(?:test|it|describe)(?:\.\w+)?\(|^\s*)\s*['"`]([^'"`\n]*\bT\d\d\b[^'"`\n]*)/gm,
      ),
    ].flatMap(([, name = '']) => name.match(/\bT\d\d\b/g) ?? []),
  ),
)

const listed = [...readFileSync(join(root, 'docs/traps.md'), 'utf8').matchAll(/^\| (T\d\d) \|/gm)].map(
  ([, id = '']) => id,
)

test('docs/traps.md lists sixty, in order', () => {
  assert.deepEqual(
    listed,
    Array.from({ length: 60 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`),
  )
})

for (const id of listed) {
  test(`${id} has a test of that name`, () => {
    assert.ok(guarded.has(id), `no test has ${id} in its name`)
  })
}

test('no test has a number that the page does not explain', () => {
  assert.deepEqual(
    [...guarded].filter((id) => !listed.includes(id)),
    [],
  )
})
