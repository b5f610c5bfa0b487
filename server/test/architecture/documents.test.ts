import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandViolations, documents, packageScripts, pathViolations, programCommands } from './documents.ts'
import { listed, parse, ROOT, readSources } from './sources.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

test('the documents were looked at', () => {
  for (const path of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/design/README.md'])
    assert.ok(documents().includes(path), path)
})

for (const path of documents()) {
  test(`${path} names only what exists`, () => {
    const wrong = [
      ...pathViolations(path, read(path)),
      ...commandViolations(path, read(path), packageScripts(), programCommands(readSources('server/src'))),
    ]
    assert.equal(wrong.length, 0, `\n${listed(wrong)}\n`)
  })
}

test('a path, a link or a command that does not exist is seen', () => {
  const planted = [
    'See `server/src/domain/permit.ts` and `server/src/domain/gone.ts`.',
    '[here](docs/design/README.md) [there](docs/gone.md) [out](https://example.org/gone.md) [in](#part)',
    'The room `domain/index.ts`, the file `gone.md`, the pattern `docs/design/NNNN-title.md`, `server/src/*/index.ts`.',
    '```',
    'npm run gone',
    'npm test -- policy',
    'npx causeway gone --json',
    '```',
    'Then `npm run check`, `npm ci` and `npm gone`; `causeway up`.',
    'Yours: `causeway.yaml`, `.causeway`, `~/.cache/causeway`.',
  ].join('\n')
  const paths = pathViolations('README.md', planted).map(({ line, what }) => `${line} ${what}`)
  assert.deepEqual(paths, [
    '1 names server/src/domain/gone.ts, which does not exist',
    '2 names docs/gone.md, which does not exist',
    '3 names gone.md, which does not exist',
  ])
  const commands = commandViolations('README.md', planted, new Set(['check', 'test']), new Set(['up']))
  assert.deepEqual(
    commands.map(({ line, what }) => `${line} ${what}`),
    [
      '5 names npm run gone, which is no script',
      '7 names causeway gone, which is no command',
      '9 names npm gone, which is no script',
    ],
  )
})

test('commands are read from the program', () => {
  const program = parse(
    'server/src/cli/index.ts',
    "program.command('up').action(up)\nconst audit = program.command('audit')\naudit.command('verify [folder]')",
  )
  assert.deepEqual([...programCommands([program])], ['up', 'audit', 'verify'])
})
