import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverText, restore } from '../../test/fixture/pseudonyms.ts'

const people = () => {
  const covered = coverText('Anna Müller met Peter Schneider and Paul Schneider.', [
    ['Anna Müller', 'PERSON'],
    ['Peter Schneider', 'PERSON'],
    ['Paul Schneider', 'PERSON'],
  ])
  const [anna = '', mueller = '', peter = '', schneider = '', paul = ''] =
    covered.text.match(/\p{Lu}[\p{L}\p{M}]+/gu) ?? []
  return { covered, anna, mueller, peter, schneider, paul }
}

test('rewordings of a name come back in the same form, in pieces of any size', () => {
  const { covered, anna, mueller, schneider } = people()
  const answer = `**${anna}** _${mueller}_, ${mueller}, ${anna}; ${anna}'s, ${mueller.toUpperCase()}, Ms. ${schneider}s ${anna}\n${mueller} ${anna.toLowerCase()}.${mueller.toLowerCase()}@post.test`
  for (const size of [1, 2, 3, 7, 1000]) {
    assert.equal(
      restore(covered, answer, 'text', size),
      "**Anna** _Müller_, Müller, Anna; Anna's, MÜLLER, Ms. Schneiders Anna\nMüller anna.mueller@post.test",
    )
  }
})

test('an initial comes back where it is one person’s, and is told where it is not', () => {
  const { covered, peter, paul, schneider } = people()
  const events: string[] = []
  assert.equal(restore(covered, `${peter.charAt(0)}. ${schneider}`, 'text', 1, events), 'P. Schneider')
  assert.equal(restore(covered, `${paul.charAt(0)}. ${schneider}`), 'P. Schneider')
  assert.deepEqual(new Set(events), new Set(['restored PERSON']))
})

test('a date whose original left open which number is the month comes back only as it was written', () => {
  const covered = coverText('She was born on 2/7/1950, the patient of the day.', [
    ['2/7/1950', 'DATE_OF_BIRTH'],
  ])
  const [date = '', month, day, year] = /(\d+)\/(\d+)\/(\d+)/.exec(covered.text) ?? []
  assert.equal(restore(covered, `on ${date}.`), 'on 2/7/1950.')
  const events: string[] = []
  const iso = `${year}-${month?.padStart(2, '0')}-${day}`
  assert.equal(restore(covered, iso, 'text', 1, events), iso)
  assert.deepEqual(events, ['unsure DATE_OF_BIRTH'])
})

test('dates come back in the format that the answer has', () => {
  const covered = coverText('Bitte an die Kundin, geboren am 03.04.1985.', [['03.04.1985', 'DATE_OF_BIRTH']])
  const [, day = '', month = '', year = ''] = /(\d\d)\.(\d\d)\.(\d{4})/.exec(covered.text) ?? []
  const names = 'January February March April May June July August September'.split(' ')
  assert.equal(restore(covered, `${year}-${month}-${day}`), '1985-04-03')
  assert.equal(restore(covered, `${names[Number(month) - 1]} ${Number(day)}, ${year}`), 'April 3, 1985')
  assert.equal(
    restore(covered, `on the 9th of May 1945 and 2020-01-01`),
    'on the 9th of May 1945 and 2020-01-01',
  )
})

test('numbers come back in any grouping, and by their last four digits', () => {
  const covered = coverText('Card 4111 1111 1111 1234, call +49 170 1234567.', [
    ['4111 1111 1111 1234', 'CREDIT_CARD'],
    ['+49 170 1234567', 'PHONE'],
  ])
  const [card = '', phone = ''] = [
    /\d{4} \d{4} \d{4} \d{4}/.exec(covered.text)?.[0],
    /\+49[ \d]+\d/.exec(covered.text)?.[0],
  ]
  assert.equal(restore(covered, card.replaceAll(' ', '')), '4111111111111234')
  assert.equal(restore(covered, card.replaceAll(' ', '-')), '4111-1111-1111-1234')
  assert.equal(restore(covered, `the one ending in ${card.slice(-4)}.`), 'the one ending in 1234.')
  assert.equal(restore(covered, `room ${card.slice(-4)}`), `room ${card.slice(-4)}`)
  assert.equal(restore(covered, phone.replaceAll(' ', '')), '+491701234567')
  assert.equal(restore(covered, phone.replace('+49 ', '0')), '0170 1234567')
})

test('a number whose stand-in has another length comes back with the gaps that it is said with', () => {
  const covered = coverText('Ruf an: 067 21217781.', [['067 21217781', 'PHONE']])
  const [said = ''] = /\d+ \d+/.exec(covered.text) ?? []
  assert.notEqual(said, '')
  assert.equal(restore(covered, said.replace(' ', '-')), '067-21217781')
  assert.equal(restore(covered, said.replace(' ', '')), '06721217781')
  assert.equal(restore(covered, said), '067 21217781')
})

test('what is put into JSON is escaped, also in JSON inside strings, also where escapes are cut in two', () => {
  const covered = coverText('Visit "Zoë" Brontë-Álvarez, Rue "Foch" 5.', [
    ['Brontë-Álvarez', 'PERSON'],
    ['Zoë', 'PERSON'],
  ])
  const [, zoe = '', bronte = '', alvarez = ''] = /"(\S+)" (\S+)-(\S+),/.exec(covered.text) ?? []
  const value = { who: `${zoe} ${bronte}-${alvarez}`, inner: JSON.stringify({ a: [zoe] }), n: 12 }
  const spelled = JSON.stringify(value).replace(
    /[^\x20-\x7e]|[A-Z]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  for (const size of [1, 2, 5, 400]) {
    const got = JSON.parse(restore(covered, spelled, 'json', size))
    assert.deepEqual(got, { who: 'Zoë Brontë-Álvarez', inner: JSON.stringify({ a: ['Zoë'] }), n: 12 })
  }
})

test('an address in lines or in part comes back, a number elsewhere does not', () => {
  const text = 'She lives at Hauptstraße 12, 10115 Berlin.'
  const covered = coverText(text, [['Hauptstraße 12, 10115 Berlin', 'ADDRESS']])
  const [, street = '', house = '', code = '', city = ''] =
    /at (\S+) (\d+), (\d+) (\S+)\./.exec(covered.text) ?? []
  assert.equal(restore(covered, `${street} ${house}\n${code} ${city}`), 'Hauptstraße 12\n10115 Berlin')
  assert.equal(restore(covered, `${house} people, ${code} items`), `${house} people, ${code} items`)
})

test('text without a stand-in goes on at once, and half a stand-in at the end comes out as it is', () => {
  const { covered, mueller } = people()
  const reviser = covered.room.reviser(covered.mapping, () => {})
  const channel = { key: 'text', form: 'text' } as const
  assert.equal(reviser.push(channel, 'Nothing of note here, is there. '), 'Nothing of note here, is there. ')
  assert.equal(reviser.push(channel, mueller.slice(0, 4)), '')
  assert.equal(reviser.end(channel), mueller.slice(0, 4))
  assert.equal(reviser.end({ key: 'other', form: 'json' }), '')
})

test('a stand-in is known for one, with titles and endings, and what has more in it is not', () => {
  const { covered, anna, mueller } = people()
  const is = (value: string, type = 'PERSON'): boolean => covered.room.isStandIn(covered.mapping, value, type)
  assert.equal(is(`Dr. ${anna} ${mueller}`), true)
  assert.equal(is(`${mueller}s`), true)
  assert.equal(is(`${anna} Becker`), false)
  assert.equal(is('Anna Müller'), false)
  assert.equal(is(''), false)
  assert.equal(is('Dr.'), false)
})
