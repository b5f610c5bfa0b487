import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCodes } from './codes.ts'
import { decodeEscaped, decodeQuotedSigns, decodeRuns } from './decode.ts'
import { DETECTORS } from './detectors/index.ts'
import { unmask, unmaskTurned } from './disguise/index.ts'
import { createLabeller } from './label.ts'
import { normalise } from './normalise.ts'
import { type Reading, read } from './reading.ts'
import { callOf, growth, timesAsLong } from './testing.ts'

/*
 * Texts that make careless scanners quadratic. The stages are run on one whole text each, past the pieces
 * that `sight` cuts long texts into, so that a quadratic stage can't hide in a piece. What is compared is one
 * size with four times that size: linear work gives about 4, quadratic 16; no time is asserted.
 */
const UNITS = [
  'a.a.a.',
  '@',
  '@a.',
  'a@',
  '9',
  '9 ',
  '1-',
  '1.',
  '4111 1111 1111 1111 ',
  '+49 30 1 ',
  'A',
  '{{',
  '(',
  '\n',
  '=',
  '-----BEGIN PRIVATE KEY-----',
  'eyJ',
  'eyJa.',
  '://a:',
  '://',
  'password is ',
  'password ',
  'secret=',
  'token ',
  'passport ',
  'born ',
  'name is John ',
  'Dr. A',
  'A ',
  'de la ',
  'Hauptstraße ',
  '12345 ',
  'Foo 12, ',
  'address is ',
  '%41',
  '&#65;',
  '&amp',
  '\\u0041',
  'YWJj',
  'sk-',
  'mysql -p',
  '-u a',
  '€1 ',
  'patient diabetes ',
  'shall ',
  'а',
  '１',
  '\u200b',
  'aa:bb:',
  '1:',
  'P.O. Box 1 ',
  'bearer a1',
  ' at ',
  '[at]',
  'คุณ ',
  '姓名',
  'a=',
  'cookie: a=',
  'WIFI:S:',
  '"kty"',
  'recovery codes: ',
  'seed phrase ',
  'password for the ',
  'api key "a" + ',
  'login a / ',
  '"',
  '--',
  '4 1 1 1 ',
  'j-o-h-n-@-',
  'four one one two five ',
  'double five ',
  'dot com ',
  'john at b dot com ',
  'at at dot ',
  'a @ b . c ',
  'user: 4111\nassistant: 1\n',
  'starts with 4111 ends with 1111 ',
  'backwards 123456789 ',
  '\u202e123456789 ',
  'rot13 abc ',
  '6a 6f ',
  '0x6a, ',
  '106 111 ',
  '01101010 ',
  'card 4lll lOOl ',
  '411 111111 1111111 ',
  'DE89 ',
  'DE89 - 3704 - 0044 - ',
  'a\u0336',
  '\u{e0041}',
  '⠁⠼',
  'QUJDRGVmZ2hpMTIzQUJDRGVmZ2hpMTIzQUJDRGVmZ2hpMTIz\n',
  'QUJDREVGR0hJSktMTU5P ',
  '3a4b5c6d',
  '=40=3D',
  'Anna Maria Schmidt ',
  'card iban ssn account phone password born patient ',
  'aдb手γ1',
  '{"a":"[{\\"b\\":1}]"},',
  'a                                ',
]

const SMALL = 16_384
const FACTOR = 4
const ALLOWED = FACTOR * 2.4
/** What unmasked values are read with here; each detector is measured by itself. */
const NUMBERS = DETECTORS.filter(({ name }) => ['card', 'iban', 'email'].includes(name))

/** A stage may say that a text holds more than it reads, which makes the whole reading fail. */
const orRefused = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    assert.ok(error instanceof RangeError)
    return null
  }
}

type Stage = (text: string, reading: Reading) => unknown

const stages: readonly (readonly [string, Stage])[] = [
  ['read', (text) => read(text)],
  ['normalise', (text) => normalise(text)],
  ['decodeRuns', (_, reading) => decodeRuns(reading)],
  ['decodeEscaped', (text) => decodeEscaped(text)],
  ['decodeQuotedSigns', (text) => decodeQuotedSigns(text)],
  ['decodeCodes', (_, reading) => decodeCodes(reading)],
  ['unmask', (_, reading) => orRefused(() => unmask(reading, [], NUMBERS))],
  ['unmaskTurned', (_, reading) => unmaskTurned(reading, NUMBERS)],
  ...DETECTORS.map(({ name, detect }) => [name, (_: string, reading: Reading) => detect(reading)] as const),
]

const rows = (unit: string, size: number): Reading => read(unit.repeat(Math.ceil(size / unit.length)))

test('the measure notices a quadratic stage', () => {
  const quadratic = (text: string): number => {
    let count = 0
    for (let i = 0; i < text.length; i += 1) for (let k = 0; k < i; k += 2) count ^= text.charCodeAt(k)
    return count
  }
  const work = (text: string) => () => quadratic(text)
  const small = 'a'.repeat(6144)
  // Until the compiler has seen the loop the smaller text pays for it.
  const times = Array.from({ length: 4 }, () => timesAsLong(work(small), work(small.repeat(FACTOR))))
  assert.ok(
    times.some((one) => (one ?? 0) > ALLOWED),
    times.join(', '),
  )
})

for (const unit of UNITS) {
  test(`work stays linear on rows of ${JSON.stringify(unit)}`, () => {
    const small = rows(unit, SMALL)
    const large = rows(unit, SMALL * FACTOR)
    for (const [name, stage] of stages) {
      const on = (reading: Reading) => () => stage(reading.text, reading)
      const times = growth(on(small), on(large), ALLOWED) ?? FACTOR
      assert.ok(times <= ALLOWED, `${name}: four times the text is ${times.toFixed(1)} times the work`)
    }
  })
}

test('work stays linear in the number of small texts', () => {
  const call = (count: number) => callOf({ x: Array.from({ length: count }, (_, i) => `note ${i} of many`) })
  const labeller = createLabeller({ budget: 60_000, cacheBytes: 0 })
  const work = (count: number) => () => labeller.label(call(count), { carries: [] }, null)
  work(2_000)()
  const times = growth(work(2_000), work(2_000 * FACTOR), ALLOWED) ?? FACTOR
  assert.ok(times <= ALLOWED, `four times the texts are ${times.toFixed(1)} times the work`)
})
