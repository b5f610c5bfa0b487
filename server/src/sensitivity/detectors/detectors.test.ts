import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sight } from '../sight.ts'

/** `text -> TYPE value; TYPE value`, the findings in order of place. */
const seen = (text: string): readonly string[] =>
  sight(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)

const says = (text: string, ...expected: string[]): void => {
  test(text.slice(0, 70).replaceAll('\n', ' '), () => {
    for (const part of expected)
      assert.ok(seen(text).includes(part), `${text} -> ${JSON.stringify(seen(text))}`)
  })
}

/** Nothing that a label counts; days, places and titles are found and weigh nothing. */
const silent = (...texts: string[]): void => {
  for (const text of texts) {
    test(`nothing in: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => {
      const counted = sight(text).filter(({ kind }) => kind !== null)
      assert.deepEqual(
        counted.map(({ type, start, end }) => `${type} ${text.slice(start, end)}`),
        [],
      )
    })
  }
}

describe('e-mail', () => {
  says('write to <jane.doe+x@mail.acme.co.uk>, soon', 'EMAIL jane.doe+x@mail.acme.co.uk')
  says('owner=jürgen@müller.de', 'EMAIL jürgen@müller.de')
  says('jane at john.roe@example.com', 'EMAIL john.roe@example.com')
  silent(
    'npm i left-pad@1.3.0',
    'user@example.com is a sample',
    '@decorator class A',
    'a @ b',
    'git@localhost',
    '@@@@',
  )
})

describe('digests', () => {
  silent(
    'the ferry cf841a0ee9fbc9427e is late',
    'layer cf5f421c6cbc85ef68 pulled',
    'HEAD is now at 738631a fix the form',
    'HEAD is now at 022263d',
  )
  says('CF12345678903', 'TAX_ID 12345678903')
  says('nino ab 123456 c', 'NATIONAL_ID ab 123456 c')
})

describe('telephone', () => {
  says('ring +49 30 901820 now', 'PHONE +49 30 901820')
  says('Tel.: 089/1234567', 'PHONE 089/1234567')
  says('(415) 555-2671 is hers', 'PHONE (415) 555-2671')
  says('mein Handy: 0171 2345678', 'PHONE 0171 2345678')
  says('手机13800138000', 'PHONE 13800138000')
  silent(
    '2024-05-06 to 2024-05-09',
    'call 06/07/2024',
    '1,234,567 items',
    'ratio 0.1234567',
    '12345678',
    '+1 for this idea',
  )
})

describe('card', () => {
  says('4111 1111 1111 1111', 'CREDIT_CARD 4111 1111 1111 1111')
  says('378282246310005 amex', 'CREDIT_CARD 378282246310005')
  says('card 5500-0000-0000-0004', 'CREDIT_CARD 5500-0000-0000-0004')
  silent(
    '4111 1111 1111 1112',
    '550e8400-e29b-41d4-a716-4111111111111111',
    'a4111111111111111b',
    '0000 0000 0000 0000',
    '1.4111111111111111',
    '4111111111111111222',
  )
})

describe('account', () => {
  says('GB82 WEST 1234 5698 7654 32 please', 'IBAN GB82 WEST 1234 5698 7654 32')
  says('iban: de89370400440532013000', 'IBAN de89370400440532013000')
  says('IBAN DE89370400440532013001', 'IBAN DE89370400440532013001')
  says('account number: 12345678, sort code 12-34-56', 'BANK_ACCOUNT 12345678')
  silent('DE89370400440532013001', 'GB82WEST1234569876543', 'DE00 is a code', 'FR12 and more words')
})

describe('identity numbers', () => {
  const valid: readonly (readonly [string, string, string])[] = [
    ['NATIONAL_ID', 'SSN', '536-22-1234'],
    ['TAX_ID', 'Steuer-ID', '36 574 261 809'],
    ['NATIONAL_ID', 'NINO', 'AB 12 34 56 C'],
    ['HEALTH_ID', 'NHS number', '943 476 5919'],
    ['NATIONAL_ID', 'NIR', '2 95 10 99 126 111 93'],
    ['NATIONAL_ID', 'DNI', '54362315K'],
    ['NATIONAL_ID', 'codice fiscale', 'RSSMRA85T10A562S'],
    ['NATIONAL_ID', 'BSN', '111222333'],
    ['NATIONAL_ID', 'PESEL', '44051401359'],
    ['NATIONAL_ID', 'personnummer', '880320-0016'],
    ['NATIONAL_ID', 'hetu', '131052-308T'],
    ['TAX_ID', 'CPF', '390.533.447-05'],
    ['NATIONAL_ID', 'TC Kimlik', '17291716060'],
    ['NATIONAL_ID', '身份证号', '360426199101010071'],
    ['NATIONAL_ID', 'id number', '7503305044089'],
    ['NATIONAL_ID', 'AHV', '756.9217.0769.85'],
    ['TAX_ID', 'PAN card', 'ACUPA7085R'],
    ['NATIONAL_ID', 'CURP', 'BOXW310820HNERXN09'],
  ]
  for (const [type, word, number] of valid) says(`${word}: ${number}`, `${type} ${number}`)
  // Digits at random are right once in a hundred here, so that nothing has to announce them.
  says('36574261809', 'TAX_ID 36574261809')
  says('ask for 44051401359, she said', 'NATIONAL_ID 44051401359')
  says('QL3675481 is my passport', 'PASSPORT QL3675481')
  says('the van (AB12 CDE) is due', 'LICENSE_PLATE AB12 CDE')
  says('she moved to 90210 last year', 'POSTAL_CODE 90210')
  says('passport no. QL3675481', 'PASSPORT QL3675481')
  says("driver's license number is 6940579", 'DRIVER_LICENSE 6940579')
  says('Kennzeichen B-MW 1234', 'LICENSE_PLATE B-MW 1234')
  says('MRN: 00482913', 'HEALTH_ID 00482913')
  says('Record MRN-4838545 was opened', 'HEALTH_ID MRN-4838545')
  says('employee id EMP-22451', 'INTERNAL_ID EMP-22451')
  silent(
    '36574261808',
    '111222333 sold',
    '666-22-1234 and 123-45-6789',
    'the public policy 12345678',
    'identity is a concept since 1990',
    'passport control in 2024',
    'order 000-00-0000',
  )
})

describe('network', () => {
  says('login from 93.184.216.34 at night', 'IP_ADDRESS 93.184.216.34')
  says('ip 2a00:1450:4001:81b::200e', 'IP_ADDRESS 2a00:1450:4001:81b::200e')
  says('mac de:ad:be:12:34:56', 'MAC_ADDRESS de:ad:be:12:34:56')
  says('mac 00-1B-44-11-3A-B7', 'MAC_ADDRESS 00-1B-44-11-3A-B7')
  silent(
    '127.0.0.1 and 10.0.0.5, 192.168.1.1, 172.16.0.9, 203.0.113.7, 8.8.8.8, 0.0.0.0',
    'version 10.15.7.2 or v4.18.2.1',
    'section 1.2.3.4',
    'at 12:30:45 and 01:02:03',
    '256.1.1.300',
    '81.2.69.0/24',
    '::1 fe80::1 2001:db8::1',
    '1.2.3.4.5.6',
  )
})

describe('wallet', () => {
  says('to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'CRYPTO_WALLET 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')
  says(
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    'CRYPTO_WALLET bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  )
  says(
    'eth 0x52908400098527886E0F7030069857D2E4169EE7',
    'CRYPTO_WALLET 0x52908400098527886E0F7030069857D2E4169EE7',
  )
  silent('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', '0x0000000000000000000000000000000000000000')
})

describe('people', () => {
  says('My name is Peter van der Hofmann and', 'PERSON Peter van der Hofmann')
  says('Sehr geehrter Herr Dr. Müller-Lüdenscheidt,', 'PERSON Müller-Lüdenscheidt')
  says('Patient: Ana García López, 54', 'PERSON Ana García López')
  says('born on 12 March 1985 in Leeds', 'DATE_OF_BIRTH 12 March 1985')
  says('geb. am 03.04.1979', 'DATE_OF_BIRTH 03.04.1979')
  says('Ich wohne Lindenstraße 14, 10969 Berlin', 'ADDRESS Lindenstraße 14, 10969 Berlin')
  says('742 Evergreen Terrace, Springfield, IL 62704', 'ADDRESS 742 Evergreen Terrace, Springfield, IL 62704')
  says('user=nikko_b31 logged in', 'USERNAME nikko_b31')
  silent(
    'Dear Sir or Madam,',
    'I am German',
    'Hi Claude, how are you?',
    'this is Python',
    'a patient reader',
    'Wall Street fell 3%',
    'born in 1985',
    'user=request.user',
  )
})
