import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address } from '../detectors/address.ts'
import { age } from '../detectors/age.ts'
import { birth } from '../detectors/birth.ts'
import { date } from '../detectors/date.ts'
import { postal } from '../detectors/postal.ts'
import { url } from '../detectors/url.ts'
import { type Reading, read } from '../reading.ts'
import { growth } from '../testing.ts'

/*
 * Texts made to be slow for what reads addresses and dates. One size is compared with four times that size:
 * linear work gives about 4, quadratic 16.
 */
const UNITS = [
  ...['1 a 1 a ', 'St St St ', '1', '1,', '1\n', '\n', 'A 1 ', '1 A ', 'A, ', 'A\n1\n', '1,\n', 'de '],
  ...[
    '12 Elm Street ',
    '1 Elm Street, ',
    'Hauptstraße 5, ',
    'rue de la ',
    'Calle s/n ',
    's/n',
    '10000 Foo, ',
  ],
  ...[
    'P.O. Box 1 ',
    'PO Box ',
    'the corner of A and ',
    'USS A APO AA ',
    'Unit 1 Box 1 APO ',
    'Flat 1, ',
    'Apt ',
  ],
  ...['路1号', '省市区1', '丁目1', '東京都1丁目', '市区ー1-', '1 ถนน', '1/1 ถนน ', '서울로 1 ', '시 '],
  ...['1 March ', 'March 1 ', '1.1.', '1-1-', '1/1/1', 'born ', 'born 1 ', 'on Monday ', '1 tháng '],
  ...['http://', 'www.', 'www.a.b ', 'age ', '1 years old', '1 ans ', 'zip ', 'zip: ', 'United States '],
]
const SIZE = 16_384
const ALLOWED = 11
const DETECTORS = [address, age, birth, date, postal, url]

const scan = (reading: Reading): number =>
  DETECTORS.reduce((hits, detector) => hits + detector.detect(reading).length, 0)

// Once over everything, so that nothing is compiled while it is measured.
for (const unit of UNITS) scan(read(unit.repeat(400)))

for (const unit of UNITS) {
  test(`work grows with the text's length only: ${JSON.stringify(unit)}`, () => {
    const of = (size: number) => {
      const reading = read(unit.repeat(Math.ceil(size / unit.length)).slice(0, size))
      return () => scan(reading)
    }
    const times = growth(of(SIZE), of(SIZE * 4), ALLOWED)
    assert.ok(times === null || times <= ALLOWED, `four times the text is ${times} times the work`)
  })
}
