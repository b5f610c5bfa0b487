import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { freezeJson, holdsInexact, memberEdits, parseExact, repeatedKey, scanJson, splice } from './json.ts'

const FREE = { depth: 1_000 }

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

/** JSON text with random blanks, number spellings and escapes that JSON.stringify would never choose. */
const blank = fc.constantFrom('', '', ' ', '\n', '\t', ' \r\n ')
const key = fc.oneof(
  fc.constantFrom('a', '__proto__', 'constructor', '\\u0061', 'a\\\\', 'x\\"y', '{', ',', ':', '日本', ''),
  fc.string().map((text) => JSON.stringify(text).slice(1, -1)),
)
const { json } = fc.letrec<{ json: string; object: string; array: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom('null', 'true', '0', '-1.50', '1E2', '""', '"\\\\"', '"\\"]}"', '"a:b,{"'),
    fc.string().map((text) => JSON.stringify(text)),
    tie('object'),
    tie('array'),
  ),
  object: fc
    .array(fc.tuple(blank, key, blank, blank, tie('json'), blank), { maxLength: 5 })
    .map(
      (members) =>
        `{${members.map(([a, name, b, c, value, d]) => `${a}"${name}"${b}:${c}${value}${d}`).join(',')}}`,
    ),
  array: fc
    .array(fc.tuple(blank, tie('json'), blank), { maxLength: 5 })
    .map((items) => `[${items.map(([a, value, b]) => a + value + b).join(',')}]`),
}))

/** Counts the other way: a replacer sees each key of a parsed tree, and no text has more keys than colons outside strings. */
const keysInSource = (text: string): number => text.replace(/"(?:[^"\\]|\\.)*"/g, '""').split(':').length - 1

describe('scanJson', () => {
  it('counts keys, depth and members like a parser, on any JSON', () => {
    fc.assert(
      fc.property(json, blank, (text, around) => {
        const source = around + text + around
        const scan = scanJson(source, FREE)
        const parsed: unknown = JSON.parse(source)
        assert.equal(scan.keys, keysInSource(source))
        if (repeatedKey(source) === null) assert.equal(scan.depth, depthOf(parsed))
        if (typeof parsed !== 'object' || parsed === null) return
        const spans = scan.members.map((member) => source.slice(member.valueStart, member.valueEnd))
        for (const span of spans) assert.equal(span, span.trim())
        const values = spans.map((span): unknown => JSON.parse(span))
        if (Array.isArray(parsed)) assert.deepEqual(values, parsed)
        else {
          const entries = scan.members.map((member, index) => [member.key, values[index]] as const)
          assert.deepEqual(Object.fromEntries(entries), parsed)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds a repeated key exactly when source and tree count differently', () => {
    let repeatedSeen = 0
    fc.assert(
      fc.property(json, (text) => {
        const parsed: unknown = JSON.parse(text)
        const differs = freezeJson(parsed).keys !== scanJson(text, FREE).keys
        if (differs) repeatedSeen += 1
        assert.equal(differs, repeatedKey(text) !== null)
      }),
      { numRuns: 2_000 },
    )
    assert.ok(repeatedSeen > 20, 'the generator must make repeated keys')
  })

  for (const [text, repeated] of [
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['[{"x":{"k":[]}},{"x":{"k":1,"k":1}}]', 'k'],
    ['{"a":{"b":1},"c":{"b":1}}', null],
    ['{"a":"\\"a\\":1"}', null],
  ] as const) {
    it(`${text} repeats ${repeated ?? 'nothing'}`, () => {
      assert.equal(repeatedKey(text), repeated)
      assert.equal(freezeJson(JSON.parse(text)).keys === scanJson(text, FREE).keys, repeated === null)
    })
  }

  it('never throws and always ends, on text that is no JSON', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'a', ' ') }),
        (text) => {
          const scan = scanJson(text, FREE)
          assert.ok(scan.keys <= text.length)
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('stops one past the depth limit without reading on', () => {
    const deep = '['.repeat(5_000_000)
    assert.equal(scanJson(deep, { depth: 64 }).depth, 65)
  })
})

describe('freezeJson', () => {
  it('freezes all the way down and reports numbers beyond a double', () => {
    const value: { a: { b: number[] } } = JSON.parse('{"a":{"b":[1]}}')
    assert.deepEqual(freezeJson(value), { keys: 2, finite: true })
    assert.throws(() => value.a.b.push(2), TypeError)
    assert.deepEqual(freezeJson(JSON.parse('[-1e999]')), { keys: 0, finite: false })
  })
})

describe('memberEdits and splice', () => {
  it('change what is asked and leave the rest as a parser sees it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 6 }),
        fc.array(fc.jsonValue(), { minLength: 6, maxLength: 6 }),
        fc.array(fc.constantFrom('keep', 'remove', 'replace', 'rename'), { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        blank,
        (keys, values, actions, adds, space) => {
          const members = keys.map(
            (name, i) => `${space}${JSON.stringify(name)} : ${JSON.stringify(values[i])}${space}`,
          )
          const source = `{${members.join(',')}}`
          const expected: [string, unknown][] = []
          const remove = new Set<number>()
          const replace = new Map<number, string>()
          const rename = new Map<number, string>()
          keys.forEach((name, i) => {
            const value: unknown = JSON.parse(JSON.stringify(values[i]))
            if (actions[i] === 'remove') {
              remove.add(i)
              return
            }
            if (actions[i] === 'replace') replace.set(i, '{"new":1}')
            if (actions[i] === 'rename') rename.set(i, `renamed ${i}`)
            expected.push([
              actions[i] === 'rename' ? `renamed ${i}` : name,
              actions[i] === 'replace' ? { new: 1 } : value,
            ])
          })
          if (adds) expected.push(['added member', [1]])
          const add = adds ? [{ key: 'added member', json: '[1]' }] : []
          const edits = memberEdits(scanJson(source, FREE), { remove, replace, rename, add })
          assert.deepEqual(JSON.parse(splice(source, edits)), Object.fromEntries(expected))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('leaves every other character alone', () => {
    const source = '{ "b" : 1.0 ,\n "model":"x", "a":\t1e2 }'
    const edits = memberEdits(scanJson(source, FREE), { replace: new Map([[1, '"y"']]) })
    assert.equal(splice(source, edits), '{ "b" : 1.0 ,\n "model":"y", "a":\t1e2 }')
  })

  it('refuses edits that overlap', () => {
    assert.throws(
      () =>
        splice('abc', [
          { start: 0, end: 2, text: '' },
          { start: 1, end: 3, text: '' },
        ]),
      RangeError,
    )
  })
})

describe('parseExact', () => {
  it('gives back every digit of whole numbers beyond 2^53', () => {
    const text = '{"id":9223372036854775807,"x":1.5,"s":"9223372036854775807","n":[12345678901234567890,1]}'
    assert.equal(JSON.stringify(parseExact(text)), text)
    assert.equal(holdsInexact(JSON.parse(text)), true)
    assert.equal(holdsInexact(JSON.parse('{"a":[1,0.1,-5]}')), false)
  })
})
