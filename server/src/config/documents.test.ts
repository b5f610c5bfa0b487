import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { PROVIDERS } from '../providers/index.ts'
import { checkConfig } from './check.ts'
import { compileSnapshot } from './compile.ts'
import { parseConfig, unwrapped } from './parse.ts'
import { problemText } from './problem.ts'
import { configSchema } from './schema.ts'

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

interface Key {
  readonly path: string
  readonly name: string
  readonly description: string | undefined
}

const keysUnder = (schema: z.core.$ZodType, path: string): readonly Key[] => {
  const at = unwrapped(schema)
  if (at instanceof z.ZodArray) return keysUnder(at.element, `${path}[]`)
  if (at instanceof z.ZodUnion) return at.options.flatMap((option) => keysUnder(option, path))
  if (!(at instanceof z.ZodObject)) return []
  return Object.entries(at.shape).flatMap(([name, field]) => {
    const inner: z.ZodType = field
    return [
      { path: `${path}.${name}`, name, description: inner.description },
      ...keysUnder(inner, `${path}.${name}`),
    ]
  })
}

const keys = keysUnder(configSchema, '')

describe('docs/configuration.md', () => {
  const page = read('docs/configuration.md')

  it('is held against the whole schema', () => {
    assert.ok(keys.length > 100, String(keys.length))
    for (const path of [
      '.targets[].timeouts.firstByte',
      '.uses[].floors.pii.loosen',
      '.keys[].budgets[].usd',
      '.limits.inFlight',
    ]) {
      assert.ok(
        keys.some((key) => key.path === path),
        path,
      )
    }
  })

  it('explains every key', () => {
    const missing = keys.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ path }) => path)
    assert.deepEqual(missing, [])
  })

  it('names no key that there is not', () => {
    const known = new Set(keys.map(({ name }) => name))
    const first = [...page.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap((row) => [
      ...(row[1] ?? '').matchAll(/`([\w-]+)`/g),
    ])
    const names = first.map((match) => match[1] ?? '')
    assert.ok(names.length > 50)
    assert.deepEqual(
      names.filter((name) => !known.has(name) && !PROVIDERS.has(name)),
      [],
    )
  })

  it('names every provider with its sides', () => {
    for (const { name, sides } of PROVIDERS.values()) {
      const row = read('docs/providers.md')
        .split('\n')
        .find(
          (line) => line.startsWith('|') && line.includes(`\`${name}\``) && line.includes(sides.join(', ')),
        )
      assert.ok(row !== undefined, name)
    }
  })
})

it('every key has a description', () => {
  assert.deepEqual(
    keys.filter(({ description }) => (description ?? '').length < 10).map(({ path }) => path),
    [],
  )
})

/** Every shape that the file is promised to understand, in one. */
const CONTRACT = `
listen:  { gateway: 127.0.0.1:4141, control: 127.0.0.1:4142 }
data:    ./.causeway
cache:   ~/.cache/causeway
targets:
  - name: home
    provider: openai-compatible
    url: http://127.0.0.1:11434/v1
    model: qwen3:8b
    side: own
    addresses: []
    region: eu
    price: { input: 0, output: 0 }
  - name: frontier
    provider: anthropic
    model: claude-sonnet-4-6
    side: closed
    credential: env:ANTHROPIC_API_KEY
routes:
  - name: auto
    targets: [frontier, home]
    objective: ordered
uses:
  - name: support-chat
    owner: customer-care
    carries: []
    tier: limited
    floors: { health: { sides: [own, attested, closed], agreements: [baa, zero-retention], loosen: true } }
profile: balanced
floors:
  contract:    { sides: [own] }
  source_code: { sides: [own, attested] }
audit:   { intent: labelled, outcome: durable }
rules:   ./rules
keys:
  - { name: dev, secret: env:CAUSEWAY_DEV_KEY, team: platform, uses: [general], budgets: [{ usd: 20, per: month }], rates: [{ requests: 60, per: minute }] }
`

for (const [name, text] of [
  ['causeway.example.yaml', read('causeway.example.yaml')],
  ['the contract', CONTRACT],
] as const) {
  it(`${name} is valid and compiles`, () => {
    const checked = checkConfig(parseConfig(text, name))
    assert.deepEqual(checked.problems.map(problemText), [])
    assert.ok(checked.config !== null)
    const snapshot = compileSnapshot(checked.config, { rules: [], lookupPrice: () => null })
    assert.ok(snapshot.targets.size > 1 && snapshot.routes.has('auto') && snapshot.principals.length > 0)
  })
}

it('the example needs no warning', () => {
  const { warnings } = checkConfig(parseConfig(read('causeway.example.yaml'), 'causeway.example.yaml'))
  assert.deepEqual(warnings.map(problemText), [])
})
