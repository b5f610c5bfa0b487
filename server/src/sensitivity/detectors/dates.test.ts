import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Detector } from '../detector.ts'
import { read } from '../reading.ts'
import { age } from './age.ts'
import { birth } from './birth.ts'
import { date } from './date.ts'
import { postal } from './postal.ts'
import { url } from './url.ts'

const found = (detector: Detector, text: string): string[] =>
  detector.detect(read(text)).map((hit) => text.slice(hit.start, hit.end))

/** Each text has one date, between brackets. */
const DATES = `
due ⟦2024-02-29⟧ at the latest
seen on ⟦2019-07-04 08:15:00⟧ by two
bis ⟦03.11.2022⟧ fertig
vom ⟦03.11.22⟧ an
paid ⟦7/19/2021⟧ in cash
paid ⟦19/7/21⟧ in cash
on ⟦May 5th, 2023⟧ we met
on ⟦14 September 1999⟧ we met
the ⟦3rd of March 2020⟧ was wet
am ⟦9. Dezember 2011⟧ in Ulm
le ⟦1er août 2018⟧ à Nice
el ⟦24 de octubre de 2015⟧ en Vigo
il ⟦30 giugno 2002⟧ a Bari
op ⟦8 maart 2017⟧ in Delft
em ⟦12 de dezembro de 2009⟧ no Porto
dnia ⟦5 października 2016⟧ w Gdyni
den ⟦17 augusti 2013⟧ i Lund
gün ⟦21 Ağustos 2014⟧ oldu
dne ⟦2. listopadu 2010⟧ v Brně
⟦2023. június 6.⟧ volt
la ⟦11 noiembrie 2012⟧ la Iași
στις ⟦15 Ιουλίου 2008⟧ εδώ
встреча ⟦28 февраля 2001⟧ там
วันที่ ⟦14 กุมภาพันธ์ 2566⟧ ครับ
会议在⟦2022年8月9日⟧举行
회의는 ⟦2022년 8월 9일⟧ 입니다
ngày ⟦9 tháng 8 năm 2022⟧ nhé
see you on ⟦Thursday⟧ then
`
for (const line of DATES.trim().split('\n')) {
  test(`a date: ${line}`, () => {
    const value = /⟦(.+)⟧/.exec(line)?.[1]
    assert.deepEqual(found(date, line.replace(/[⟦⟧]/g, '')), [value])
  })
}

const NO_DATES = [
  'pin libfoo 12.04.18 and upgrade to 12.10.11 soon',
  'version 3.11.2022.1 of the tool',
  'host 10.12.20.30 answered',
  'call 555-12-2020 now',
  'on 31/02/ or 13.13.2020 or 2020-19-40',
  'you may 5 times march 3 set 2 dec',
  '2024-01-05 10:11:12,345 INFO started',
  '[2024-01-05T10:11:12Z] ERROR failed',
  'a Sunday roast and Friday night',
  'path/2020/01/02/file and id 2020-01-02-77',
]
for (const text of NO_DATES) test(`no date: ${text}`, () => assert.deepEqual(found(date, text), []))

test('dates of birth stand behind a word for birth, or before one', () => {
  assert.deepEqual(found(birth, 'Her date of birth is March 9th, 1988.'), ['March 9th, 1988'])
  assert.deepEqual(found(birth, 'geboren in Ulm am 3. Mai 1971'), ['3. Mai 1971'])
  assert.deepEqual(found(birth, 'Der am 03.05.1971 geborene, 04.06.1972 geboren'), ['04.06.1972'])
  assert.deepEqual(found(birth, 'วันเกิด 4 เมษายน 2531'), ['4 เมษายน 2531'])
  assert.deepEqual(found(birth, 'born in 1971, and 2 more'), [])
  assert.deepEqual(found(birth, 'born in Ulm\n\nInvoice date 2020-01-01'), [])
})

test('a date of birth carries a kind, a date alone and an age none', () => {
  const kinds = [birth, date, age].flatMap((detector) =>
    detector.detect(read('Born 2001-02-03, aged 20')).map((hit) => hit.kind),
  )
  assert.deepEqual(kinds, ['contact', null, null])
})

test('an age is the number beside words for a life', () => {
  for (const [text, value] of [
    ['She is 34 years old.', '34'],
    ['a 7-year-old boy', '7'],
    ['Patient, aged 81, fell', '81'],
    ['I just turned 29!', '29'],
    ['Age: 52', '52'],
    ['Er ist 45 Jahre alt', '45'],
    ['eine 33-jährige Frau', '33'],
    ['âgé de 61 ans', '61'],
    ['tiene 27 años', '27'],
    ['ha 39 anni', '39'],
    ['is 22 jaar oud', '22'],
    ['tem 48 anos', '48'],
    ['ma 19 lat', '19'],
    ['hon är 70 år', '70'],
    ['25 yaşında', '25'],
    ['他今年30岁', '30'],
    ['อายุ 63 ปี', '63'],
  ] as const) {
    assert.deepEqual(found(age, text), [value], text)
  }
})

test('years of work, of a loan or of a warranty are no age', () => {
  for (const text of [
    'a contract of 3 years',
    'un contrat de 3 ans',
    '5 años de garantía',
    'Vertrag über 10 Jahre',
    'turned 180 degrees',
    'turned 5 pages',
    'page 33',
    'voltage: 12',
    'age: 300',
  ]) {
    assert.deepEqual(found(age, text), [], text)
  }
})

test('web addresses end where the sentence goes on, and those of documentation are none', () => {
  assert.deepEqual(found(url, 'see https://kim-arts.example.org/a?b=c, or www.kim-arts.net.'), [
    'www.kim-arts.net',
  ])
  assert.deepEqual(found(url, '(http://blog.nord.no/x) "ftp://nord.no/y"'), [
    'http://blog.nord.no/x',
    'ftp://nord.no/y',
  ])
  assert.deepEqual(found(url, 'http://localhost:80/ https://10.0.0.1/ postgres://db/x http:// www.'), [])
})

test('a postcode stands alone only behind a word for one', () => {
  for (const [text, code] of [
    ['Zip code: 30318', '30318'],
    ['ZIP: 30318-1234', '30318-1234'],
    ['my postcode is M1 4BT', 'M1 4BT'],
    ['postal code K1A 0B1', 'K1A 0B1'],
    ['PLZ 04109', '04109'],
    ['code postal : 69002', '69002'],
    ['CEP: 20040-020', '20040-020'],
    ['kod pocztowy 80-001', '80-001'],
    ['postnummer: 413 01', '413 01'],
    ['Eircode D02 X285', 'D02 X285'],
    ['邮编：200120', '200120'],
    ['"postal_code": "1011 AB"', '1011 AB'],
  ] as const) {
    assert.deepEqual(found(postal, text), [code], text)
  }
  assert.deepEqual(found(postal, 'unzip 30318 files; the zipper 12345; zip them all 5'), [])
})
