import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growth } from '../testing.ts'
import { familyNames, genderOf, givenNames, isPlace, tag } from './index.ts'

const named = (text: string, type = 'PERSON'): readonly string[] =>
  tag(text)
    .filter((span) => span.type === type)
    .map((span) => text.slice(span.start, span.end))

/** Text and the persons in it. */
const PERSONS: readonly (readonly [string, ...string[]])[] = [
  ['Could you ring Margaret Oyelaran about her claim?', 'Margaret Oyelaran'],
  ['Kind regards,\nTobias Grünwald', 'Tobias Grünwald'],
  ['we spoke with nadia petrova and she was upset', 'nadia petrova'],
  ['Tenant: Mireille Vandenberghe, rent unpaid since May', 'Mireille Vandenberghe'],
  ['Mr. Adeyemi will sign the form tomorrow.', 'Adeyemi'],
  ["Priya Raghunathan's laptop was stolen.", 'Priya Raghunathan'],
  ['{"insured": "Caroline Whitfield", "sum": 4000}', 'Caroline Whitfield'],
  ['Guests: Jonas Keller, Amina Diallo and Rui Fonseca', 'Jonas Keller', 'Amina Diallo', 'Rui Fonseca'],
  ['Bitte erinnere Frau Steinbrecher an den Termin.', 'Steinbrecher'],
  ['Der Versicherte Jürgen Altmann hat den Schaden gemeldet.', 'Jürgen Altmann'],
  ['Pouvez-vous rappeler Sandrine Lefèvre demain ?', 'Sandrine Lefèvre'],
  ['La señora Carmen Ortega Ruiz pide una cita.', 'Carmen Ortega Ruiz'],
  ['Ho parlato con Federica Lombardi ieri.', 'Federica Lombardi'],
  ['Kunt u Pieter van der Meer terugbellen?', 'Pieter van der Meer'],
  ['O senhor João Carvalho pediu um orçamento.', 'João Carvalho'],
  ['Proszę zadzwonić do Katarzyny, tel. Agnieszka Kowalczyk', 'Agnieszka Kowalczyk'],
  ['Kan du ringa Annika Lindqvist i morgon?', 'Annika Lindqvist'],
  ['Mehmet Yıldırım bugün aradı.', 'Mehmet Yıldırım'],
  ['我叫李晓梅，想查询账单。', '李晓梅'],
  ['ผู้เช่า นายสมชาย วงศ์สุวรรณ ค้างค่าเช่า', 'สมชาย วงศ์สุวรรณ'],
]

test('private persons are found in many languages', () => {
  for (const [text, ...persons] of PERSONS) {
    const found = named(text)
    for (const person of persons)
      assert.ok(found.includes(person), `${text}: ${found.join(', ') || 'nobody'}`)
  }
})

const NOBODY = [
  '',
  'Who was Marie Curie?',
  'Explain the special theory of relativity as Albert Einstein did.',
  'Taylor Swift released a new album.',
  'Compare PostgreSQL and MongoDB for a small web shop.',
  'How far is it from Paris to Berlin by train?',
  'the quick brown fox jumps over the lazy dog',
  'Please summarise the following article in three sentences.',
  'Schreibe mir ein Gedicht über den Herbst und die Blätter.',
  'Quelle est la différence entre un bail et un contrat ?',
  'const total = items.reduce((sum, item) => sum + item.price, 0)',
  '2026-01-04T10:11:12Z INFO scheduler job=42 finished in 13 ms',
  'In May and June the roses bloom; in August they fade.',
  'WARNING: HIGH VOLTAGE',
  'The Supreme Court and the Ministry of Finance disagreed.',
  '请解释一下高血压的原因。',
]

test('public figures, places, products, prose, code and logs are nobody', () => {
  for (const text of NOBODY) assert.deepEqual(named(text), [], text)
})

test('organisations, places, peoples and titles are told apart from persons', () => {
  assert.deepEqual(named('She left Brightwater Logistics Ltd in March.', 'ORGANIZATION'), [
    'Brightwater Logistics Ltd',
  ])
  assert.deepEqual(named('They moved from Rotterdam to New Zealand.', 'LOCATION'), [
    'Rotterdam',
    'New Zealand',
  ])
  assert.deepEqual(named('My father is Portuguese.', 'NRP'), ['Portuguese'])
  assert.ok(named('Dr. Helen Marsh is on leave.', 'TITLE').some((title) => title.startsWith('Dr')))
})

test('the same text gives the same spans, whatever was read before', () => {
  const text = 'Invoice for Beatriz Almeida, Hafenstrasse 4, Hamburg'
  const first = tag(text)
  tag('Anna '.repeat(5_000))
  assert.deepEqual(tag(text), first)
})

test('strange texts are read without harm, with spans inside them', () => {
  const lone = String.fromCharCode(0xd800)
  const texts = [
    lone,
    `Anna ${lone} Schmidt`,
    `${lone.repeat(50)}Maria`,
    '\u202eanna schmidt\u202c',
    'שלום, שמי דנה כהן',
    'اسمي محمد علي وأسكن في القاهرة',
    '\u0000\u0001\u0002',
    '\n\n\n',
    "'''''s",
    '----',
    'A'.repeat(100_000),
    '👩‍⚕️ Dr. Ana Souza 👩‍⚕️',
  ]
  for (const text of texts) {
    let last = 0
    for (const { start, end } of tag(text)) {
      assert.ok(start >= last && end > start && end <= text.length, text.slice(0, 40))
      last = end
    }
  }
})

const ALLOWED = 12

test('work grows with the text, not faster', () => {
  const units = [
    'Anna ',
    'anna ',
    'van der ',
    'A-',
    "A'A",
    'A, ',
    '王小明',
    'สมชาย ',
    'สมชาย',
    'John Smith and ',
  ]
  for (const unit of units) {
    const of = (size: number) => {
      const text = unit.repeat(Math.ceil(size / unit.length))
      return () => tag(text)
    }
    const times = growth(of(240_000), of(960_000), ALLOWED)
    assert.ok(times === null || times <= ALLOWED, `${unit}: ${times}`)
  }
})

test('a name tells a gender where the lists agree on it', () => {
  assert.equal(genderOf('Anna Müller'), 'female')
  assert.equal(genderOf('Müller, Hans-Peter'), 'male')
  assert.equal(genderOf('Dr. Giulia Conti'), 'female')
  assert.equal(genderOf('Xqzzt Vrrmpf'), null)
  assert.equal(genderOf(''), null)
  assert.equal(genderOf(','), null)
})

test('lists of names can be had by locale', () => {
  assert.ok(givenNames('de', 'female').includes('Hannah'))
  assert.ok(givenNames('de', 'male').length > 100)
  assert.ok(familyNames('fr').length > 50)
  assert.deepEqual(givenNames('xx', 'male'), [])
  assert.deepEqual(familyNames('constructor'), [])
})

test('places are known whatever their case', () => {
  for (const place of ['Berlin', 'new york', 'ZÜRICH', 'Zurich', 'New Zealand', 'San Francisco']) {
    assert.ok(isPlace(place), place)
  }
  for (const other of ['', ' ', 'table', 'New Berlin Table', 'qwertz'])
    assert.equal(isPlace(other), false, other)
})
