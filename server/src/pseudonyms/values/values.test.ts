import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractIBAN, isValidIBAN } from 'ibantools'
import { createDraw } from '../draw.ts'
import { CULTURES, roomOf } from '../names/makers.ts'
import { birthLike } from './birth.ts'
import { addressLike, hardwareLike } from './network.ts'
import { cardLike, ibanLike, identityLike } from './number.ts'
import { phoneLike } from './phone.ts'
import { grouped, sameShape } from './shape.ts'

const draws = Array.from({ length: 50 }, (_, i) => createDraw('test', i))

test('IBANs keep country, length and grouping, and have right check digits', () => {
  for (const original of ['DE89 3704 0044 0532 0130 00', 'GB29NWBK60161331926819', 'nl91abna0417164300']) {
    for (const draw of draws) {
      const made = ibanLike(original, draw)
      assert.equal(made.length, original.length)
      assert.equal(made.slice(0, 2), original.slice(0, 2))
      const compact = made.replaceAll(' ', '').toUpperCase()
      const rest = BigInt(
        [...(compact.slice(4) + compact.slice(0, 4))].map((char) => Number.parseInt(char, 36)).join(''),
      )
      assert.equal(rest % 97n, 1n)
      if (compact.startsWith('DE')) assert.ok(isValidIBAN(compact), extractIBAN(compact).iban)
    }
  }
})

const luhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return sum + (value > 9 ? value - 9 : value)
  }, 0) %
    10 ===
  0

test('cards keep length and grouping, pass the Luhn check and come from a range for tests', () => {
  for (const original of ['4111 1111 1111 1111', '371449635398431', '5555-5555-5555-4444']) {
    for (const draw of draws) {
      const made = cardLike(original, draw)
      assert.equal(made.replace(/\d/g, '0'), original.replace(/\d/g, '0'))
      assert.ok(luhn(made.replace(/\D/g, '')), made)
      assert.match(made.replace(/\D/g, ''), /^(?:400000|370000)/)
    }
  }
})

test('telephone numbers are in ranges for fiction and keep their way of writing', () => {
  for (const draw of draws) {
    assert.match(phoneLike('+1 (415) 867-5309', null, draw, 0), /^\+1 \(\d{3}\) 555-01\d\d$/)
    assert.match(phoneLike('+44 7911 123456', null, draw, 0), /^\+44 7700 900\d{3}$/)
    assert.match(phoneLike('+49 170 1234567', null, draw, 0), /^\+49 171 39200\d\d$/)
    assert.match(phoneLike('06 12 34 56 78', 'fr', draw, 0), /^06 39 98 \d\d \d\d$/)
    assert.match(phoneLike('+90 532 123 45 67', null, draw, 0), /^\+90 532 \d{3} \d\d \d\d$/)
  }
})

test('addresses of machines are for documentation, or issued by nobody', () => {
  for (const draw of draws) {
    assert.match(addressLike('8.8.4.4', draw), /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/)
    assert.match(addressLike('2a00:1450:4001::200e', draw), /^2001:db8:/)
    assert.match(hardwareLike('AC-DE-48-00-11-22', draw), /^02(?:-[0-9A-F]{2}){5}$/)
  }
})

test('dates move two years at most, keep their format, and the year where an age is told', () => {
  for (const draw of draws) {
    const made = birthLike('03.04.1985', 'day', false, draw)
    const [day = 0, month = 0, year = 0] = made.split('.').map(Number)
    assert.ok(Math.abs(Date.UTC(year, month - 1, day) - Date.UTC(1985, 3, 3)) <= 730 * 86_400_000, made)
    assert.match(birthLike('April 3, 1985', 'day', true, draw), /^\p{Lu}\p{Ll}+ (?:1[3-9]|2\d|3[01]), 1985$/u)
  }
})

test('anything else keeps its characters by class', () => {
  for (const draw of draws) {
    assert.match(sameShape('AB-12cd 9', draw), /^[A-Z]{2}-\d\d[a-z]{2} \d$/)
    assert.match(identityLike('123-45-6789', 'US_SSN', draw), /^666-\d\d-\d{4}$/)
  }
  assert.equal(grouped('123456', '12 34'), '12 3456')
  assert.equal(grouped('12', '(12) 34'), '(12)')
})

test('there are thousands of names in every culture', () => {
  for (const [name, culture] of Object.entries(CULTURES)) {
    const people = (roomOf(culture.f).joined + roomOf(culture.m).joined) * roomOf(culture.family).joined
    assert.ok(people > 5_000, `${name}: ${people}`)
  }
})
