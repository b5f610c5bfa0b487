import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { looseVersions, undeclaredPackages } from './packages.ts'
import { packagesImported, REACHABLE_LIST, reachablePackages, reachableText } from './reachable.ts'
import { listed, parse, ROOT, readSources } from './sources.ts'

const readJson = (path: string): object => {
  const json: unknown = JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  assert.ok(typeof json === 'object' && json !== null, path)
  return json
}
const textField = (json: object, name: string): Readonly<Record<string, string>> => {
  const value: unknown = Reflect.get(json, name) ?? {}
  assert.ok(typeof value === 'object' && value !== null)
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]))
}

const MANIFESTS = ['package.json', 'server/package.json', 'console/package.json']
const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies']

test('every version in every manifest is exact', () => {
  for (const path of MANIFESTS) {
    const manifest = readJson(path)
    const loose = FIELDS.flatMap((field) => looseVersions(path, textField(manifest, field)))
    assert.equal(loose.length, 0, `\n${listed(loose)}\n`)
  }
})

test('a version that is not exact would be seen', () => {
  for (const version of [
    '^1.2.3',
    '~1.2.3',
    '*',
    'latest',
    '1.x',
    '>=1.0.0',
    '1.2',
    'file:../x',
    'github:a/b',
  ])
    assert.equal(looseVersions('package.json', { x: version }).length, 1, version)
  assert.equal(looseVersions('package.json', { x: '1.2.3', y: '1.2.3-rc.1' }).length, 0)
})

test('the lock file pins a hash for every package, other systems’ builds aside, and names no registry', () => {
  const entries = Object.entries(readJson('package-lock.json'))
  const packages: unknown = entries.find(([key]) => key === 'packages')?.[1]
  assert.ok(typeof packages === 'object' && packages !== null)
  const unpacked = Object.entries(packages).filter(([path]) => path.includes('node_modules/'))
  assert.ok(unpacked.length > 50, `${unpacked.length} packages in the lock file`)
  for (const [path, entry] of unpacked) {
    if (entry.link === true) continue
    const forAnotherSystem = entry.optional === true && Array.isArray(entry.os) && !('integrity' in entry)
    if (!forAnotherSystem) assert.match(String(entry.integrity), /^sha512-[A-Za-z0-9+/]+=*$/, path)
    assert.equal('resolved' in entry, false, `${path} names where it was downloaded`)
  }
  assert.doesNotMatch(JSON.stringify(packages), /https?:[^"]*\.tgz/)
})

test('npm runs no install scripts, pins exactly and writes no registry into the lock file', () => {
  const lines = readFileSync(join(ROOT, '.npmrc'), 'utf8').split('\n')
  for (const wanted of ['save-exact=true', 'ignore-scripts=true', 'omit-lockfile-registry-resolved=true'])
    assert.ok(lines.includes(wanted), wanted)
  assert.equal(
    lines.some((line) => /registry\s*=|_auth|engine-strict\s*=\s*true/.test(line)),
    false,
  )
})

test('the packages that the data plane can reach are the ones on the list', () => {
  assert.ok(existsSync(REACHABLE_LIST), 'node scripts/reachable.mjs --write makes the list')
  const packages = reachablePackages()
  assert.ok(packages.length > 0, 'nothing was reached: the check is blind')
  assert.equal(
    readFileSync(REACHABLE_LIST, 'utf8'),
    reachableText(packages),
    'the list differs; look at why, then node scripts/reachable.mjs --write',
  )
})

test('reaching follows re-exports, import() and workers, and stops at types', () => {
  const sources = [
    parse(
      'server/src/a/index.ts',
      "export { b } from './b.ts'\nimport type { T } from './types.ts'\nimport 'one'",
    ),
    parse('server/src/a/b.ts', "export const b = () => import('./c.ts')\nimport { x } from '@two/pkg/deep'"),
    parse('server/src/a/c.ts', "new Worker(new URL('./d.ts', import.meta.url))"),
    parse('server/src/a/d.ts', "import 'three'\nimport 'node:fs'"),
    parse('server/src/a/types.ts', "import 'never'"),
    parse('server/src/a/apart.ts', "import 'apart'"),
  ]
  assert.deepEqual(packagesImported(sources, 'server/src/a/index.ts'), ['@two/pkg', 'one', 'three'])
})

test('a package of the workspace that a release would lack is seen', () => {
  const planted = [
    parse(
      'server/src/a/x.ts',
      "import 'known'\nimport fs from 'fs'\nimport { y } from 'unknown/deep'\nimport type { T } from 'types-only'",
    ),
    parse('server/src/a/x.test.ts', "import 'fast-check'"),
  ]
  assert.deepEqual(
    undeclaredPackages(planted, ['known']).map(({ line, what }) => [line, what]),
    [
      [2, 'imports fs without node: before it'],
      [3, 'imports unknown, which is no dependency of the server'],
    ],
  )
})

test('the sources that the list is made from were read', () => {
  assert.ok(readSources('server/src').some((source) => source.path === 'server/src/gateway/index.ts'))
})
