import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverText, restore } from '../../test/fixture/pseudonyms.ts'

const LETTER = 'Carta para Jorge Silva, Rua Silva 12, 70040 Silva do Prado.'
const VALUES = [
  ['Jorge Silva', 'PERSON'],
  ['Rua Silva 12, 70040 Silva do Prado', 'ADDRESS'],
] as const

test('a name in an address stands for both alike, where nobody looks for it too', () => {
  const text = `${LETTER} {"name":"Jorge Silva","to":"Rua Silva 12"} Silva`
  const covered = coverText(text, VALUES)
  assert.doesNotMatch(covered.text, /silva|jorge/i)
  assert.equal(new Set(covered.text.match(/(?<=Rua |Carta para \S+ )\p{L}+/gu)).size, 1, covered.text)
  assert.equal(restore(covered, covered.text), text)
})

test('a street that is a family name tells what its number is', () => {
  const covered = coverText(LETTER, VALUES)
  const [street = ''] = /Rua \S+ \d+/.exec(covered.text) ?? []
  assert.doesNotMatch(street, / 12$/)
  for (const size of [1, 5, 100]) {
    assert.equal(restore(covered, `It is ${street} ;`, 'text', size), 'It is Rua Silva 12 ;')
  }
})

test('a word met in an address first keeps what stands for it when it turns up as a name', () => {
  for (const family of ['Eliasson', 'Braga', 'Kowalska']) {
    const place = `Rua ${family} 12, 70040 Norte`
    const first = coverText(`Mora em ${place}.`, [[place, 'ADDRESS']])
    const street = /Rua (\S+)/.exec(first.text)?.[1] ?? ''
    const text = `Mora em ${place}. Carta para Petra ${family}.`
    const second = coverText(
      text,
      [
        [place, 'ADDRESS'],
        [`Petra ${family}`, 'PERSON'],
      ],
      first.mapping,
      first.room,
    )
    const [petra = '', own = ''] = /para (\S+) (\S+)\.$/.exec(second.text)?.slice(1) ?? []
    assert.equal(own, street)
    assert.equal(restore(second, second.text), text)
    assert.equal(restore(second, `${petra.charAt(0)}. ${own}`), `P. ${family}`)
  }
})

test('a stand-in for a name and an address, typed by a client, is drawn anew for both', () => {
  const first = coverText(LETTER, VALUES)
  const family = /para \S+ (\S+),/.exec(first.text)?.[1] ?? ''
  const second = coverText(`${LETTER} Who is ${family}?`, VALUES, first.mapping, first.room)
  assert.ok(second.text.endsWith(`Who is ${family}?`), second.text)
  const [anew = ''] = /para \S+ (\S+),/.exec(second.text)?.slice(1) ?? []
  assert.notEqual(anew, family)
  assert.match(second.text, new RegExp(`Rua ${anew} \\d+, \\d+ ${anew} do`))
  assert.equal(restore(second, family), family)
})

test('a house’s number comes back in pieces of any size, however far off the word that tells of it', () => {
  const text = 'Of 89084 N State Street, 95221-9363 North Cesarborough, thanks.'
  const covered = coverText(text, [['89084 N State Street, 95221-9363 North Cesarborough', 'ADDRESS']])
  assert.doesNotMatch(covered.text, /89084|95221|Cesar/)
  for (let size = 1; size <= 60; size += 1) {
    assert.equal(restore(covered, covered.text, 'text', size), text, `in pieces of ${size}`)
    const json = JSON.stringify([covered.text])
    assert.equal(restore(covered, json, 'json', size), JSON.stringify([text]), `in pieces of ${size}`)
  }
})

test('a short word of an address is covered beside the others, with numbers of ours between', () => {
  const address = 'Abtsgracht 98, 2865 EY Abts'
  const covered = coverText(
    `Adres ${address}; {"a":"${address}"}. What is at the other end of the road? Abts said so.`,
    [[address, 'ADDRESS']],
  )
  assert.doesNotMatch(covered.text, /Abtsgracht|Abts"/)
  assert.match(covered.text, /Abts said so\.$/)
})

test('a word cut short before a place keeps its marks, a name in a file does not', () => {
  for (const place of [
    'Sevgi Sokak 127, 50983 K.maraş',
    'Nám.Organizace Spojených 48, 92491 Radnice',
    'F.V.Veselého 909, 618 72 Nechanice',
  ]) {
    const text = `Adres ${place} bitti.`
    const covered = coverText(text, [[place, 'ADDRESS']])
    assert.doesNotMatch(covered.text, /mara|Vesel|Nám/)
    for (const size of [1, 4, 200]) assert.equal(restore(covered, covered.text, 'text', size), text)
    const word = /(?<=[A-Z]\.)\p{L}{4,}|\p{L}{4,}(?=\.\p{L})/u.exec(covered.text)?.[0] ?? ''
    assert.notEqual(word, '')
    assert.match(restore(covered, `see x_${word}_1.pdf`), /^see x_(?:maras|Veseleho|Nam)_1\.pdf$/)
  }
})

test('what stands for a date says no month that is a given name', () => {
  for (let day = 10; day < 28; day += 1) {
    const text = `born ${day}.05.1970`
    const covered = coverText(text, [[`${day}.05.1970`, 'DATE_OF_BIRTH']])
    assert.match(covered.text, /^born \d\d\.0[12379]\.19\d\d$/)
  }
})
