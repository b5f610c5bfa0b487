import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeEscaped, decodeRuns } from './decode.ts'
import { DETECTORS } from './detectors/index.ts'
import { normalise } from './normalise.ts'
import { type Reading, read } from './reading.ts'

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
  '"',
  '--',
]

const SMALL = 16_384
const FACTOR = 4
const ALLOWED = FACTOR * 2.4
/** Below this the clock's own noise is measured; such a stage is fast whatever its shape. Milliseconds. */
const NOISE = 12

type Stage = (text: string, reading: Reading) => unknown

const stages: readonly (readonly [string, Stage])[] = [
  ['read', (text) => read(text)],
  ['normalise', (text) => normalise(text)],
  ['decodeRuns', (_, reading) => decodeRuns(reading)],
  ['decodeEscaped', (text) => decodeEscaped(text)],
  ...DETECTORS.map(({ name, detect }) => [name, (_: string, reading: Reading) => detect(reading)] as const),
]

const spent = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const least = (work: () => unknown, times: number): number =>
  Math.min(...Array.from({ length: times }, () => spent(work)))

/** How much more work four times the text is; null where the whole is too little to measure. */
const growth = (stage: Stage, small: Reading, large: Reading): number | null => {
  const whole = () => stage(large.text, large)
  const part = () => stage(small.text, small)
  const first = spent(whole)
  if (first < NOISE) return null
  const little = Math.max(least(part, 3), NOISE / FACTOR)
  return first <= little * ALLOWED ? first / little : Math.min(first, least(whole, 3)) / little
}

const rows = (unit: string, size: number): Reading => read(unit.repeat(Math.ceil(size / unit.length)))

test('the measure notices a quadratic stage', () => {
  const quadratic = (text: string): number => {
    let count = 0
    for (let i = 0; i < text.length; i += 1) for (let k = 0; k < i; k += 2) count ^= text.charCodeAt(k)
    return count
  }
  const small = rows('a', 6144)
  // The compiler must have seen the loop, or the smaller text pays for it.
  for (let i = 0; i < 3; i += 1) quadratic(small.text)
  assert.ok((growth(quadratic, small, rows('a', 6144 * FACTOR)) ?? 0) > ALLOWED)
})

for (const unit of UNITS) {
  test(`work stays linear on rows of ${JSON.stringify(unit)}`, () => {
    const small = rows(unit, SMALL)
    const large = rows(unit, SMALL * FACTOR)
    for (const [name, stage] of stages) {
      const times = growth(stage, small, large) ?? FACTOR
      assert.ok(times <= ALLOWED, `${name}: four times the text is ${times.toFixed(1)} times the work`)
    }
  })
}
