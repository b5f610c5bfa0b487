/*
 * The checks themselves, run on small sources with one thing wrong in each: a check that catches nothing
 * would pass on any house.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { valueCycles } from './cycles.ts'
import { deadDoors, doorViolations, environmentViolations } from './door-check.ts'
import type { Door } from './doors.ts'
import { providerNames, providerNameViolations } from './provider-names.ts'
import { mintViolations, roomViolations } from './room-check.ts'
import { essayViolations, nameViolations, sizeViolations, strictnessViolations } from './shape.ts'
import { parse, type Violation } from './sources.ts'

const words = (violations: readonly Violation[]): readonly string[] => violations.map(({ what }) => what)

describe('rooms', () => {
  const refused: readonly (readonly [path: string, text: string, says: RegExp])[] = [
    ['server/src/policy/x.ts', "import { a } from '../routing/index.ts'", /policy may not import routing/],
    [
      'server/src/policy/x.ts',
      "import type { A } from '../routing/index.ts'",
      /policy may not import routing/,
    ],
    [
      'server/src/policy/deep/x.ts',
      "export { a } from '../../gateway/index.ts'",
      /policy may not import gateway/,
    ],
    ['server/src/lib/x.ts', "import type { Call } from '../domain/index.ts'", /lib may not import domain/],
    ['server/src/domain/x.ts', "import { Lru } from '../lib/index.ts'", /types of lib only/],
    ['server/src/gateway/x.ts', "import { a } from '../policy/floors.ts'", /reaches past/],
    [
      'server/src/gateway/x.ts',
      "const a = await import('../store/index.ts')",
      /gateway may not import store/,
    ],
    [
      'server/src/gateway/x.ts',
      "new Worker(new URL('../store/worker.ts', import.meta.url))",
      /may not import store/,
    ],
    ['server/src/gateway/x.ts', "type T = import('../store/index.ts').T", /gateway may not import store/],
    ['server/src/gateway/x.ts', "import { run } from '../cli/index.ts'", /composes the rooms/],
    ['server/src/engine/x.ts', "import { start } from '../main.ts'", /composes the rooms/],
    ['server/src/control/x.ts', "import { a } from '../store/index.ts'", /control may not import store/],
    ['server/src/nowhere/x.ts', "import { a } from '../domain/index.ts'", /no room of the table/],
    ['server/src/gateway/x.ts', "import a from '../../test/y.ts'", /no part of the server/],
    ['server/src/gateway/x.ts', "import a from '../../../console/src/y.ts'", /no part of the server/],
    ['server/src/gateway/x.ts', "import { Kysely } from 'kysely'", /belongs to store/],
    ['server/src/audit/x.ts', "import { DatabaseSync } from 'node:sqlite'", /belongs to store/],
    ['server/src/gateway/x.test.ts', "import { a } from '../policy/floors.ts'", /reaches past/],
    ['server/src/gateway/x.ts', "import { a } from './fixture.ts'", /is for tests/],
    ['server/src/gateway/x.ts', "import { a } from './y.test.ts'", /is for tests/],
    ['server/src/cli/x.ts', "import { a } from '../policy/floors.ts'", /reaches past/],
    [
      'console/src/x.ts',
      "import { a } from '../../server/src/control/contract.ts'",
      /types of the contract only/,
    ],
    ['console/src/x.ts', "import type { A } from '../../server/src/domain/index.ts'", /contract.ts only/],
  ]
  for (const [path, text, says] of refused) {
    test(`${path}: ${text}`, () => {
      const found = words(roomViolations([parse(path, text)]))
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found.join(''), says)
    })
  }

  test('what is allowed passes', () => {
    const fine = [
      parse(
        'server/src/policy/decide.ts',
        "import { mint } from '../domain/permit.ts'\nimport { x } from './y.ts'",
      ),
      parse('server/src/gateway/x.ts', "import { a } from '../policy/index.ts'\nimport { b } from 'node:fs'"),
      parse('server/src/recorder/x.ts', "import { a } from '../store/index.ts'\nimport '../audit/index.ts'"),
      parse(
        'server/src/main.ts',
        "import { a } from './gateway/index.ts'\nimport { b } from './store/index.ts'",
      ),
      parse('server/src/cli/up.ts', "import { a } from '../main.ts'"),
      parse('server/src/gateway/x.test.ts', "import { a } from '../config/index.ts'"),
      parse(
        'console/src/x.tsx',
        "import type { A } from '../../server/src/control/contract.ts'\nimport 'react'",
      ),
    ]
    assert.deepEqual(words(roomViolations(fine)), [])
  })
})

describe('mint', () => {
  for (const text of [
    "import { mint } from '../domain/permit.ts'",
    "import { mint as other } from '../domain/permit.ts'",
    "import { 'mint' as other } from '../domain/permit.ts'",
    "import * as permits from '../domain/permit.ts'",
    "const { mint } = await import('../domain/permit.ts')",
    "export { mint } from '../domain/permit.ts'",
    "export * from '../domain/permit.ts'",
    "import { mint } from '../domain/index.ts'",
  ]) {
    test(text, () => {
      assert.equal(mintViolations([parse('server/src/gateway/x.ts', text)]).length, 1)
      assert.equal(mintViolations([parse('server/src/policy/x.ts', text)]).length, 1)
    })
  }
  test('not out of its own room either, where an index would pass it on', () => {
    const index = parse('server/src/domain/index.ts', "export { covers, mint } from './permit.ts'")
    assert.equal(mintViolations([index]).length, 1)
  })
  test('decide may, tests may, and covers is for everyone', () => {
    const fine = [
      parse('server/src/policy/decide.ts', "import { mint } from '../domain/permit.ts'"),
      parse('server/src/gateway/x.test.ts', "import { mint } from '../domain/permit.ts'"),
      parse('server/src/domain/index.ts', "export { covers, type Permit } from './permit.ts'"),
      parse('server/src/gateway/x.ts', "import type * as permits from '../domain/permit.ts'"),
    ]
    assert.deepEqual(words(mintViolations(fine)), [])
  })
})

describe('doors', () => {
  const refused: Readonly<Record<string, string>> = {
    "await fetch('http://x')": 'fetch',
    'const get = fetch': 'fetch',
    'const o = { fetch }': 'fetch',
    'const o = { get: fetch }': 'fetch',
    'f(fetch)': 'fetch',
    'globalThis.fetch(u)': 'fetch',
    "globalThis['fetch'](u)": 'fetch',
    'globalThis[`fetch`](u)': 'fetch',
    'globalThis[name](u)': 'computed member of globalThis',
    'const { fetch: get } = globalThis': 'globalThis as a value',
    'Reflect.get(globalThis, name)': 'globalThis as a value',
    'const g = global': 'global as a value',
    'new WebSocket(u)': 'WebSocket',
    'new EventSource(u)': 'EventSource',
    'new XMLHttpRequest()': 'XMLHttpRequest',
    "process.getBuiltinModule('net')": 'getBuiltinModule',
    "process['getBuiltinModule']('net')": 'getBuiltinModule',
    'const { getBuiltinModule } = process': 'getBuiltinModule',
    'const { getBuiltinModule: get } = process': 'getBuiltinModule',
    'process[name]()': 'computed member of process',
    "process.binding('tcp_wrap')": 'process.binding',
    "require('net')": 'require',
    "import net = require('node:net')": 'require',
    'createRequire(import.meta.url)': 'createRequire',
    "import { createRequire } from 'node:module'": 'node:module',
    'await import(name)': 'computed import',
    "await import('./' + name)": 'computed import',
    "await import('node:net')": 'node:net',
    'await import(`node:net`)': 'node:net',
    'new Worker(new URL(`./${name}.ts`, import.meta.url))': 'computed module URL',
    "eval('1')": 'eval',
    "new Function('return 1')": 'Function',
    "Function('return 1')": 'Function',
    "(fetch as unknown)('x')": 'fetch',
  }
  for (const [text, says] of Object.entries(refused)) {
    test(text, () => {
      const found = words(doorViolations([parse('server/src/lib/x.ts', text)], []))
      assert.ok(
        found.some((what) => what.startsWith(`opens ${says} (`)),
        found.join('\n') || 'nothing was seen',
      )
    })
  }

  const modules = [
    'http',
    'https',
    'http2',
    'net',
    'tls',
    'dgram',
    'dns',
    'child_process',
    'worker_threads',
    'vm',
    'cluster',
    'inspector',
    'module',
    'repl',
    'wasi',
  ]
  for (const module of modules) {
    test(`node:${module}, with and without node:, by any way of importing`, () => {
      for (const text of [
        `import { thing } from 'node:${module}'`,
        `import { thing } from '${module}'`,
        `import x from 'node:${module}'`,
        `import * as x from 'node:${module}'`,
        `import 'node:${module}'`,
        `export { thing } from 'node:${module}'`,
        `export * from 'node:${module}'`,
        `const x = await import('node:${module}')`,
      ]) {
        assert.equal(doorViolations([parse('server/src/lib/x.ts', text)], []).length, 1, text)
      }
    })
  }
  test('node:dns/promises and undici by a deep path', () => {
    for (const text of [
      "import { resolve } from 'node:dns/promises'",
      "import { Pool } from 'undici'",
      "import P from 'undici/lib/dispatcher/pool.js'",
    ])
      assert.equal(doorViolations([parse('server/src/lib/x.ts', text)], []).length, 1, text)
  })

  test('types, harmless names and things that only share a name pass', () => {
    const fine = [
      "import type { IncomingMessage } from 'node:http'",
      "import { type Server, STATUS_CODES } from 'node:http'",
      "import { isIP, BlockList } from 'node:net'",
      "import { readFile } from 'node:fs/promises'",
      'interface X { fetch(url: string): void; require: boolean }',
      'const x = { fetch: 1, require: true }; x.fetch; x.require',
      'class X { fetch() {} }',
      'type F = Function',
      "await import('./y.ts')",
      'process.exit(1); process.on; globalThis.setTimeout(f)',
    ]
    for (const text of fine)
      assert.deepEqual(words(doorViolations([parse('server/src/lib/x.ts', text)], [])), [], text)
  })

  const door: Door = {
    file: 'server/src/gateway/x.ts',
    uses: { undici: ['Pool'], 'node:net': ['connect'] },
    peers: '',
    reason: '',
  }
  test('a listed door opens for its file and its names only', () => {
    const text = "import { Pool } from 'undici'\nimport { connect } from 'node:net'"
    assert.deepEqual(words(doorViolations([parse(door.file, text)], [door])), [])
    assert.equal(doorViolations([parse('server/src/gateway/y.ts', text)], [door]).length, 2)
    for (const more of [
      "import { Pool, Agent } from 'undici'",
      "import * as undici from 'undici'",
      "import { createServer } from 'node:net'",
      "const undici = await import('undici')",
    ])
      assert.equal(doorViolations([parse(door.file, more)], [door]).length, 1, more)
  })
  test('a door that leads nowhere is seen', () => {
    assert.deepEqual(deadDoors([], [door]), ['server/src/gateway/x.ts does not exist'])
    const half = parse(door.file, "import { Pool } from 'undici'")
    assert.deepEqual(deadDoors([half], [door]), ['server/src/gateway/x.ts does not use node:net (connect)'])
  })
})

describe('environment', () => {
  for (const text of [
    'const key = process.env.KEY',
    "const key = process['env'].KEY",
    'const { env } = process',
    'const p = process',
    'f(process)',
    "import { env } from 'node:process'",
    "import p from 'node:process'",
  ]) {
    test(text, () => {
      assert.equal(environmentViolations([parse('server/src/config/x.ts', text)]).length, 1)
      assert.equal(environmentViolations([parse('server/src/cli/x.ts', text)]).length, 0)
    })
  }
  test('other members of process pass', () => {
    const text = 'process.exit(1); process.platform; const o = { process: 1 }; o.process'
    assert.deepEqual(environmentViolations([parse('server/src/config/x.ts', text)]), [])
  })
})

describe('provider names', () => {
  const providers = [
    parse('server/src/providers/azure.ts', "export const azure = { name: 'azure', title: TITLE }"),
    parse('server/src/providers/openai.ts', "export const openai = { name: 'openai', title: 'x' }"),
    parse('server/src/providers/ollama.ts', "export const ollama = { name: 'ollama', title: 'x' }"),
    parse(
      'server/src/providers/presets/rented.ts',
      "export const RENTED = [made({ name: 'open-router', title: 'x' }), made({ ...y, name: 'qwen', title: 'x' })]",
    ),
    parse('server/src/providers/preset.ts', "export const preset = { name: 'nobody' }"),
    parse('server/src/gateway/x.ts', "export const x = { name: 'stranger', title: 'x' }"),
  ]
  const names = providerNames(providers)
  test('are those that are defined in their room, alone or in a table', () => {
    assert.deepEqual([...names].sort(), [
      ['azure', 'server/src/providers/azure.ts'],
      ['ollama', 'server/src/providers/ollama.ts'],
      ['open-router', 'server/src/providers/presets/rented.ts'],
      ['openai', 'server/src/providers/openai.ts'],
      ['qwen', 'server/src/providers/presets/rented.ts'],
    ])
  })
  for (const text of [
    "if (target.provider === 'azure') go()",
    'const isAzure = true',
    'const x = `https://azure.example`',
    "const key = 'AZURE_API_KEY'",
    'const x = { azure: 1 }',
    "if (p === 'openai') go()",
    "const x = 'open-router'",
    'const viaOpenRouter = `open-router`',
    "const x = { qwen: 'q' }",
    "if (target.provider === 'ollama') go()",
    "go('ollama' !== provider)",
    "switch (target.provider) { case 'ollama': go() }",
    'const isOllama = true',
  ]) {
    test(text, () => {
      assert.ok(providerNameViolations([parse('server/src/gateway/x.ts', text)], names).length > 0)
      assert.deepEqual(providerNameViolations([parse('server/src/providers/index.ts', text)], names), [])
    })
  }
  test('one provider does not name another', () => {
    const text = "if (name === 'azure') go()"
    assert.equal(providerNameViolations([parse('server/src/providers/openai.ts', text)], names).length, 1)
    assert.equal(providerNameViolations([parse('server/src/providers/azure.ts', text)], names).length, 0)
    const row = "const x = 'qwen'"
    assert.equal(providerNameViolations([parse('server/src/providers/azure.ts', row)], names).length, 1)
    const table = 'server/src/providers/presets/rented.ts'
    assert.equal(providerNameViolations([parse(table, row)], names).length, 0)
    assert.equal(providerNameViolations([parse(table, text)], names).length, 1)
  })
  test('a dialect that is called like a provider passes', () => {
    const text =
      "const dialect = 'openai-chat'; const openaiChat = 1; const path = '/openai/v1'; if (dialect === 'ollama') go()"
    assert.deepEqual(providerNameViolations([parse('server/src/gateway/x.ts', text)], names), [])
  })
})

describe('shape', () => {
  const lines = (count: number): string => 'f()\n'.repeat(count)

  test('a function over 80 lines and a file over 500', () => {
    assert.deepEqual(words(sizeViolations([parse('server/src/x.ts', `const a = () => {\n${lines(79)}}`)])), [
      'function of 81 lines',
    ])
    assert.deepEqual(words(sizeViolations([parse('server/src/x.ts', `function a() {\n${lines(78)}}`)])), [])
    assert.deepEqual(words(sizeViolations([parse('server/src/x.ts', lines(501))])), ['file of 501 lines'])
    assert.deepEqual(words(sizeViolations([parse('server/src/x.ts', lines(500))])), [])
  })
  test('a suite is no function, what is in it is', () => {
    const body = `it('y', () => {\n${lines(10)}})\n`.repeat(8)
    assert.deepEqual(
      words(sizeViolations([parse('server/test/x.test.ts', `describe('x', () => {\n${body}})`)])),
      [],
    )
    const long = `describe('x', () => {\n test('y', () => {\n${lines(80)}})\n})`
    assert.deepEqual(words(sizeViolations([parse('server/test/x.test.ts', long)])), ['function of 82 lines'])
  })

  test('names that say nothing, and names that merely contain them', () => {
    const empty = [
      'server/src/util/x.ts',
      'server/src/x/helper.ts',
      'console/src/shared/y.tsx',
      'a/key-manager.ts',
      'a/Common.ts',
    ]
    for (const path of empty) assert.equal(nameViolations([path]).length, 1, path)
    for (const path of ['server/src/utility-bill/x.ts', 'a/uncommon.ts', 'a/shared-key.ts'])
      assert.equal(nameViolations([path]).length, 0, path)
  })

  test('a room without an essay', () => {
    const index = (text: string) => [parse('server/src/x/index.ts', text)]
    assert.equal(essayViolations(index("export { a } from './a.ts'")).length, 1)
    assert.equal(essayViolations(index("/** Short. */\nexport { a } from './a.ts'")).length, 1)
    assert.equal(
      essayViolations(index("export { a } from './a.ts'\n/**\n * One.\n * Two.\n * Three.\n */")).length,
      1,
    )
    assert.equal(essayViolations(index("// One.\n// Two.\n// Three.\nexport { a } from './a.ts'")).length, 1)
    assert.equal(
      essayViolations(index("/**\n * One.\n * Two.\n * Three.\n */\nexport { a } from './a.ts'")).length,
      0,
    )
  })

  for (const text of [
    "export * from './a.ts'",
    "export * as a from './a.ts'",
    'const a: any = 1',
    'const a = b as string',
    'const a = <string>b',
    'const a = b!',
    '// @ts-ignore\nf()',
    '// @ts-expect-error because\nf()',
    '// @ts-nocheck\nf()',
  ]) {
    test(`strictness: ${text}`, () => {
      assert.equal(strictnessViolations([parse('server/src/policy/x.ts', text)]).length, 1)
    })
  }
  test('as const, satisfies, and casts where bytes become values', () => {
    const fine = 'const a = [1] as const satisfies readonly number[]'
    assert.deepEqual(strictnessViolations([parse('server/src/policy/x.ts', fine)]), [])
    assert.deepEqual(strictnessViolations([parse('server/src/lib/x.ts', 'const a = b as string')]), [])
  })

  test('circles by value, none by type, none where lines only meet', () => {
    const a = parse('server/src/x/a.ts', "import { b } from './b.ts'")
    const b = parse('server/src/x/b.ts', "import { c } from './c.ts'\nimport type { D } from './d.ts'")
    const c = parse('server/src/x/c.ts', "export const load = () => import('./a.ts')")
    const d = parse('server/src/x/d.ts', "import { a } from './a.ts'\nimport { c } from './c.ts'")
    assert.deepEqual(valueCycles([a, b, c, d]), [
      ['server/src/x/a.ts', 'server/src/x/b.ts', 'server/src/x/c.ts'],
    ])
    assert.deepEqual(valueCycles([a, b, d]), [])
    const loaded = parse('server/src/x/c.ts', "import { type A } from './a.ts'")
    assert.equal(
      valueCycles([a, b, loaded]).length,
      1,
      'a module is loaded for its types unless the import is',
    )
    const self = parse('server/src/x/self.ts', "import { x } from './self.ts'")
    assert.deepEqual(valueCycles([self]), [['server/src/x/self.ts']])
  })
})

test('a file that does not parse is an error, not a file without violations', () => {
  assert.throws(() => parse('server/src/x.ts', 'const = 1'), SyntaxError)
})
