import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tag } from './index.ts'

const persons = (text: string): readonly string[] =>
  tag(text)
    .filter((span) => span.type === 'PERSON')
    .map((span) => text.slice(span.start, span.end))

/** Words that are called, typed, imported or written small, and things that go by a name. */
const NOBODY = [
  '{"note":"the ferry 3f9a1c77ab12cd34ef is late"}',
  '{"query":"ferry timetable","limit":20}',
  'declare const page: Page<Model>\nexport type ModelsPage = Page<Model>;',
  'const codec = String.Codec(input)\nreturn Codec().decode(input)',
  "    '\\u0e41'   #  0xE1 -> THAI CHARACTER SARA AE",
  'The Ackermann function grows fast.',
  'Use a Kalman filter for the sensor.',
  'globalThis.fetch = fetch;',
  '日本の首都はどこですか？',
  'のための高性能なツール',
  'I am German',
  'the gate 8816516e7767207050 is shut',
  'the ferry 9eb0472a4962196940 is late',
]

test('a word that is more often a thing is nobody, in prose and in programs', () => {
  for (const text of NOBODY) assert.deepEqual(persons(text), [], text)
})

/** The same shapes with somebody in them. */
const SOMEBODY: readonly (readonly [string, string])[] = [
  ['{"to":"Katarzyna Wójcik","body":"your order is late"}', 'Katarzyna Wójcik'],
  ['The Oyelaran account is overdue, ask Margaret Oyelaran.', 'Margaret Oyelaran'],
  ['my name is nadia petrova', 'nadia petrova'],
  ['SHIP TO JONAS KELLER, 12 ELM STREET', 'JONAS KELLER'],
  ['I am Georgia Smith', 'Georgia Smith'],
  ['customers.push({ name: "Amina Diallo", id: 4 })', 'Amina Diallo'],
]

test('the same shapes with a name in them are somebody', () => {
  for (const [text, name] of SOMEBODY)
    assert.ok(
      persons(text).some((person) => person.includes(name)),
      `${text}: ${persons(text).join(', ') || 'nobody'}`,
    )
})

test('what repeats is read as what stands alone', () => {
  const one = 'Ring Anna Keller, then Tom. '
  const alone = persons(one)
  const many = persons(one.repeat(40))
  assert.ok(alone.length > 0)
  assert.equal(many.filter((person) => person === 'Anna Keller').length, 40)
})
