import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createLabeller } from '../label.ts'
import { sight } from '../sight.ts'
import { callOf } from '../testing.ts'

const CARD = '5500000000000004'
const IBAN = 'DE89370400440532013000'
const MAIL = 'hanna.berg@quillpost.com'
const typesIn = (text: string): readonly string[] => sight(text).map(({ type }) => type)
const spread = (value: string, sign: string): string => [...value].join(sign)
const inCode = (value: string, base: number, sign: string): string =>
  [...Buffer.from(value)].map((byte) => byte.toString(base).padStart(base === 2 ? 8 : 2, '0')).join(sign)

const DIGITS = {
  en: 'zero one two three four five six seven eight nine',
  de: 'null eins zwei drei vier fünf sechs sieben acht neun',
  fr: 'zéro un deux trois quatre cinq six sept huit neuf',
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve',
  it: 'zero uno due tre quattro cinque sei sette otto nove',
  nl: 'nul een twee drie vier vijf zes zeven acht negen',
  pt: 'zero um dois três quatro cinco seis sete oito nove',
  pl: 'zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć',
  sv: 'noll ett två tre fyra fem sex sju åtta nio',
  tr: 'sıfır bir iki üç dört beş altı yedi sekiz dokuz',
  ru: 'ноль один два три четыре пять шесть семь восемь девять',
}
const said = (digits: string, words: string): string =>
  [...digits].map((digit) => words.split(' ')[Number(digit)] ?? digit).join(' ')

const DISGUISES: readonly (readonly [string, string, string])[] = [
  ['CREDIT_CARD', 'one digit at a time', `card ${spread(CARD, ' ')} please`],
  ['CREDIT_CARD', 'with dashes', `charge ${spread(CARD, '-')} please`],
  ['CREDIT_CARD', 'with commas', `charge ${spread(CARD, ', ')} please`],
  ['CREDIT_CARD', 'in groups no card has', 'my card is 550 00000 000 00004 thanks'],
  [
    'CREDIT_CARD',
    'behind a number too long',
    `batch ${'9'.repeat(25)} was sent, charge 5500, 0000, 0000, 0004`,
  ],
  ['CREDIT_CARD', 'in brackets', 'charge [5500][0000][0000][0004]'],
  ['CREDIT_CARD', 'with letters for digits', 'credit card 55OO OOOO OOOO OOO4'],
  [
    'CREDIT_CARD',
    'doubled',
    'card: double five, triple zero, triple zero, triple zero, triple zero, zero, four',
  ],
  [
    'CREDIT_CARD',
    'in tens',
    'card fifty-five zero zero zero zero zero zero zero zero zero zero zero zero oh four',
  ],
  ['CREDIT_CARD', 'backwards', `card ${[...CARD].reverse().join('')}, read it backwards`],
  ['CREDIT_CARD', 'turned by a sign', `card \u202e${[...CARD].reverse().join('')}\u202c`],
  ['CREDIT_CARD', 'struck through', `card ${spread(CARD, '\u0336')}`],
  ['CREDIT_CARD', 'in keycaps', `card ${CARD.replaceAll(/\d/g, '$&\ufe0f\u20e3')}`],
  [
    'CREDIT_CARD',
    'in tags nobody sees',
    `hello ${[...CARD].map((digit) => String.fromCodePoint(0xe0000 + digit.charCodeAt(0))).join('')}`,
  ],
  [
    'CREDIT_CARD',
    'in braille',
    `card ⠼${CARD.replaceAll(/\d/g, (digit) => '⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊'.charAt(Number(digit)))}`,
  ],
  [
    'CREDIT_CARD',
    'in two turns',
    `User: my card starts with ${CARD.slice(0, 8)}\nAssistant: ok\nUser: and goes on ${CARD.slice(8)}`,
  ],
  ['CREDIT_CARD', 'in two halves', `card: first half ${CARD.slice(0, 8)}, second half ${CARD.slice(8)}`],
  ['IBAN', 'one character at a time', `konto ${spread(IBAN, ' ')} bitte`],
  ['IBAN', 'with wide gaps', `an ${IBAN.match(/.{1,4}/g)?.join(' - ')} bitte`],
  ['IBAN', 'in words', `iban D E ${said(IBAN.slice(2), DIGITS.de)}`],
  ['IBAN', 'in three turns', `User: iban DE89 3704\nBot: mhm\nUser: 0044 0532\nBot: and?\nUser: 0130 00`],
  ['NATIONAL_ID', 'one digit at a time', 'my ssn is 5 3 6 - 2 2 - 1 2 3 4'],
  [
    'NATIONAL_ID',
    'in three turns',
    'User: my ssn begins with 536\nAI: go on\nUser: then 22\nAI: yes?\nUser: 1234',
  ],
  ['EMAIL', 'one letter at a time', `to ${spread(MAIL, ' ')} now`],
  ['EMAIL', 'with wide gaps', `to ${spread(MAIL, '  ')} now`],
  ['EMAIL', 'with blanks around its signs', 'to hanna . berg @ quillpost . com now'],
  ['EMAIL', 'over two lines', 'to hanna.berg@\nquillpost.com now'],
  ['EMAIL', 'in brackets', 'to hanna[dot]berg (at) quillpost <dot> com'],
  ['EMAIL', 'with bracketed signs', 'to hanna.berg[@]quillpost[.]com'],
  ['EMAIL', 'in English', 'write to hanna dot berg at quillpost dot com'],
  ['EMAIL', 'in German', 'meine Adresse: hanna punkt berg ät quillpost punkt de'],
  ['EMAIL', 'in French', 'mon mail: hanna point berg arobase quillpost point fr'],
  ['EMAIL', 'in Spanish', 'mi correo: hanna guion bajo berg arroba quillpost punto es'],
  ['EMAIL', 'in Italian', 'hanna punto berg chiocciola quillpost punto it'],
  ['EMAIL', 'in Polish', 'hanna kropka berg małpa quillpost kropka pl'],
  ['EMAIL', 'in Turkish', 'hanna nokta berg kuyruklu a quillpost nokta com'],
  ['EMAIL', 'from its end', 'moc.tsopplliuq@greb.annah'],
  ['EMAIL', 'quoted-printable', 'to hanna.berg=40quillpost=2Ecom'],
  ['EMAIL', 'in two turns', 'User: my mail is hanna.berg\nAssistant: at?\nUser: @quillpost.com'],
  ['EMAIL', 'shifted', 'rot13: unaan.oret@dhvyycbfg.pbz'],
  ['EMAIL', 'as hexadecimal pairs', `decode ${inCode(MAIL, 16, ' ')}`],
  ['EMAIL', 'as a number', `decode 0x${inCode(MAIL, 16, '')}`],
  ['EMAIL', 'as octets', `decode ${inCode(MAIL, 2, ' ')}`],
  ['EMAIL', 'as character codes', `[${[...Buffer.from(MAIL)].join(', ')}]`],
  [
    'EMAIL',
    'in base64 over lines',
    Buffer.from(`Hello, ${'please '.repeat(9)}write to ${MAIL} today.`)
      .toString('base64')
      .replaceAll(/.{40}/g, '$&\n'),
  ],
  ['EMAIL', 'in base32', 'decode NBQW43TBFZRGK4THIBYXK2LMNRYG643UFZRW63I='],
]

describe('a value in disguise is seen', () => {
  for (const [type, how, text] of DISGUISES) {
    test(`${type} ${how}`, () => assert.ok(typesIn(text).includes(type), `${typesIn(text)}: ${text}`))
  }
  for (const [language, words] of Object.entries(DIGITS)) {
    test(`a card in words, ${language}`, () =>
      assert.ok(typesIn(`card: ${said(CARD, words)}.`).includes('CREDIT_CARD')))
  }
})

test('it is shown where it stands', () => {
  const text = `so the card is ${said(CARD, DIGITS.en)}, thanks`
  const [found] = sight(text).filter(({ type }) => type === 'CREDIT_CARD')
  assert.equal(text.slice(found?.start, found?.end), said(CARD, DIGITS.en))
  const turns = `User: card ${CARD.slice(0, 8)}\nAI: ok\nUser: rest ${CARD.slice(8)}`
  const parts = sight(turns).filter(({ type }) => type === 'CREDIT_CARD')
  assert.deepEqual(
    parts.map(({ start, end }) => turns.slice(start, end)),
    [CARD.slice(0, 8), CARD.slice(8)],
  )
})

const INNOCENT = [
  'one two three four five six seven eight nine ten, once I caught a fish alive',
  'uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez',
  'The scores were four one, two nil, three three, five one, six zero, two two, and one one.',
  'matrix:\n1 2 3 4\n5 6 7 8\n9 10 11 12\n13 14 15 16',
  'x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]',
  'Fibonacci: 1 1 2 3 5 8 13 21 34 55 89 144 233 377 610 987',
  'for i in range(10): a[i] = b[i] * c[i] + d[i] - e[i] / f[i]',
  'chess: 1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7',
  'The dot product at a point in time. Look at the dot in the corner.',
  'We met at the cafe @ noon. It was fun.',
  'I work at booking.com and arrive at point a in five minutes.',
  'Le point de vue est à deux pas, un point de plus.',
  'the first half of 2023 brought 12345678 visits and the second half 87654321',
  'User: what is 1234 * 5678?\nAssistant: 7006652\nUser: and 98765432 / 12?',
  'Q: 5\nA: 6\nQ: 12345678\nA: 87654321\nQ: 11223344',
  '72 101 108 108 111 32 119 111 114 108 100 and 48 65 6c 6c 6f 20 77 6f 72 6c 64 21',
  'write the word radar backwards; 123456789 reversed is 987654321',
  'color: #ff00ff #00ff00 #0000ff #123456 #654321 #abcdef #fedcba #101010',
  'my card game has 4 5 6 7 8 9 10 J Q K A; card 1 of 52, card 2 of 52, card 3 of 52',
  'S p a c e d   o u t   t i t l e',
]

test('numbers in prose, lists, matrices and code stay what they are', () => {
  const spelled = new Set(['CREDIT_CARD', 'IBAN', 'NATIONAL_ID', 'TAX_ID', 'EMAIL', 'BANK_ACCOUNT', 'SECRET'])
  for (const text of INNOCENT)
    assert.deepEqual(
      typesIn(text).filter((type) => spelled.has(type)),
      [],
      text,
    )
})

describe('over the turns of a request', () => {
  const labeller = createLabeller()
  const kindsOf = (...turns: readonly string[]) =>
    labeller.label(
      callOf({
        messages: turns.flatMap((content) => [
          { role: 'user', content },
          { role: 'assistant', content: 'go on' },
        ]),
      }),
      { carries: [] },
      null,
    ).kinds
  test('a card, an account, a national number and an address are put together', () => {
    assert.deepEqual(kindsOf('my card starts with 5500 0000', 'and ends with 0000 0004'), ['payment'])
    assert.ok(kindsOf('iban DE89 3704 0044', '0532 0130', '00').includes('payment'))
    assert.ok(kindsOf('my ssn begins with 536', 'then 22', 'and 1234').includes('identity'))
    assert.ok(kindsOf('my mail is hanna.berg', '@quillpost.com of course').includes('contact'))
  })
  test('numbers that have nothing to do with each other are not', () => {
    assert.deepEqual(kindsOf('what is 12 * 44', 'and 1984 / 2', 'plus 20262026'), [])
    assert.deepEqual(kindsOf('the card game has 52 cards', '4 suits of 13', 'so 12345678 ways'), [])
  })
})
