import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { valueCycles } from './cycles.ts'
import { deadDoors, doorViolations, environmentViolations } from './door-check.ts'
import { LONGER } from './limits.ts'
import { undeclaredPackages } from './packages.ts'
import { MAY_NAME_PROVIDERS, providerNames, providerNameViolations } from './provider-names.ts'
import { mintViolations, roomViolations } from './room-check.ts'
import { COMPOSERS, CONSOLE_MAY_IMPORT, PAST_THE_INDEX, PLANNED, ROOMS } from './rooms.ts'
import {
  essayViolations,
  nameViolations,
  overTheAim,
  sizesOf,
  sizeViolations,
  strictnessViolations,
} from './shape.ts'
import { filesUnder, isTest, listed, ROOT, readSources, type Violation } from './sources.ts'

/** Fewer than this many files looked at means that a check has gone blind, not that the house is clean. */
const FEWEST_FILES = 100

const server = readSources('server/src')
const consolePage = readSources('console/src')
const tests = readSources('server/test')
const all = [...server, ...consolePage, ...tests]

const none = (violations: readonly Violation[]): void =>
  assert.equal(violations.length, 0, `\n${listed(violations)}\n`)

test('the house was looked at', () => {
  assert.ok(server.length >= FEWEST_FILES, `${server.length} files of the server`)
  assert.ok(consolePage.length > 0, 'no file of the console')
  assert.ok(tests.length > 0, 'no file of the tests')
})

test('rooms import only the rooms of their row, through the index', () => {
  none(roomViolations([...server, ...consolePage]))
})

test('every room of the table exists and has an index, and every folder is in the table', () => {
  const entries = readdirSync(join(ROOT, 'server/src'), { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const composers: readonly string[] = COMPOSERS
  assert.deepEqual(
    folders.filter((name) => !composers.includes(name)).sort(),
    Object.keys(ROOMS).sort(),
    'folders of server/src, and rows of the table',
  )
  const beside = entries.filter((entry) => entry.isFile() && !isTest(entry.name)).map((entry) => entry.name)
  assert.deepEqual(
    beside.filter((name) => !composers.includes(name)),
    [],
    'files beside the rooms',
  )
  const withoutIndex = folders.filter((name) => !existsSync(join(ROOT, 'server/src', name, 'index.ts')))
  assert.deepEqual(withoutIndex, [], 'rooms without index.ts')
  for (const name of Object.keys(PLANNED)) assert.ok(!folders.includes(name), `${name} is planned no longer`)
})

test('a row names rooms that are in the table, and no two rooms may import each other', () => {
  for (const [room, allowed] of Object.entries(ROOMS)) {
    for (const other of allowed) {
      assert.ok(other in ROOMS, `${room} → ${other}`)
      assert.ok(!ROOMS[other]?.includes(room), `${room} ⇄ ${other}`)
    }
  }
})

test('the exceptions to the import rules are still in use', () => {
  for (const { from, to } of PAST_THE_INDEX) {
    assert.ok(existsSync(join(ROOT, from)), from)
    assert.ok(existsSync(join(ROOT, to)), to)
  }
  assert.ok(existsSync(join(ROOT, CONSOLE_MAY_IMPORT)), CONSOLE_MAY_IMPORT)
})

test('only decide can get hold of mint', () => none(mintViolations(server)))

test('sockets, processes and code by name only through the listed doors', () => none(doorViolations(server)))

test('every listed door is one', () => assert.deepEqual(deadDoors(server), []))

test('the environment is read in main.ts and cli/ only', () => none(environmentViolations(server)))

test('a provider is named in the file that defines it and in the list only', () => {
  const names = providerNames(server)
  assert.ok(names.size >= 30, `providers seen: ${[...names.keys()].join(', ')}`)
  none(providerNameViolations(server, names))
  for (const { path } of MAY_NAME_PROVIDERS) assert.ok(server.some((source) => path.test(source.path)))
})

test('no function over 80 lines, no file over 500', (t) => {
  none(sizeViolations(all))
  const long = overTheAim(all)
  t.diagnostic(`${long.length} functions or files over the aim of 40 and 300 lines`)
  for (const { path, line, what, lines } of long.slice(0, 10))
    t.diagnostic(`${path}:${line} ${what} of ${lines} lines`)
})

test('every exception to the limits is needed', () => {
  for (const { path, lines } of LONGER) {
    const source = all.find((one) => one.path === path)
    assert.ok(source !== undefined, `${path} is gone`)
    assert.ok(
      sizesOf(source).some((size) => size.lines === lines),
      `${path}: nothing there has ${lines} lines`,
    )
  }
})

test('no folder or file with a name that says nothing', () => {
  const paths = ['server', 'console', 'scripts', 'bench'].flatMap((folder) => filesUnder(folder, /./))
  assert.ok(paths.length >= FEWEST_FILES)
  none(nameViolations(paths))
})

test('every room opens with an essay', () => {
  assert.ok(server.some((source) => source.path === 'server/src/domain/index.ts'))
  none(essayViolations(server))
})

test('no export *, any, cast, non-null assertion or silenced compiler', () => none(strictnessViolations(all)))

test('no file imports itself in a circle', () => {
  assert.deepEqual(valueCycles([...server, ...consolePage]), [])
})

test('what the server imports is in its own manifest', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'server/package.json'), 'utf8'))
  assert.ok(typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest)
  const known = Object.keys(manifest.dependencies ?? {})
  none(undeclaredPackages(server, known))
})
