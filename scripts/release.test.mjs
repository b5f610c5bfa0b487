import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asJavaScript, isPartOfRelease } from './release.mjs'

const rewritten = (text) => asJavaScript('x.ts', text)

test('every path that is loaded ends in .js, every other text stays', () => {
  const cases = {
    "import { a } from './a.ts'": "import { a } from './a.js'",
    "import '../a/b.ts'": "import '../a/b.js'",
    "export { a } from './a.ts'": "export { a } from './a.js'",
    "await import('./a.ts')": "await import('./a.js')",
    "new Worker(new URL('./worker.ts', import.meta.url))":
      "new Worker(new URL('./worker.js', import.meta.url))",
    "import.meta.resolve('./a.ts')": "import.meta.resolve('./a.js')",
    "import data from './a.json' with { type: 'json' }": "import data from './a.json' with { type: 'json' }",
    "const path = './a.ts'": "const path = './a.ts'",
    "new URL('./a.ts', base)": "new URL('./a.ts', base)",
    "import x from 'package.ts'": "import x from 'package.ts'",
    "// see './a.ts'": "// see './a.ts'",
  }
  for (const [text, expected] of Object.entries(cases)) assert.equal(rewritten(text), expected)
})

test('types go, lines and columns stay', () => {
  const text = "import type { A } from './a.ts'\nconst é: A = x satisfies A\nthrow new Error('here')"
  const result = rewritten(text)
  assert.equal(result.includes('satisfies'), false)
  assert.equal(result.includes('import'), false)
  assert.equal(result.split('\n')[2], "throw new Error('here')")
  assert.equal(result.length, text.length)
})

test('a path after characters outside ASCII is rewritten in its own place', () => {
  assert.equal(rewritten("const s = '😀é'; import('./a.ts')"), "const s = '😀é'; import('./a.js')")
})

test('a file that does not parse stops the build', () => {
  assert.throws(() => rewritten('const = 1'), SyntaxError)
})

test('tests and what only they use stay behind', () => {
  for (const path of [
    'a/x.test.ts',
    'a/fixture.ts',
    'a/x.fixture.ts',
    'a/fixtures/x.json',
    'GLOSSARY.md',
    'x.d.ts',
  ])
    assert.equal(isPartOfRelease(path), false, path)
  for (const path of ['a/x.ts', 'a/data.json', 'a/contest.ts', 'a/schema.cedarschema'])
    assert.equal(isPartOfRelease(path), true, path)
})
