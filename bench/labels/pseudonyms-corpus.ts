import {
  type Faker,
  fakerCS_CZ,
  fakerDE,
  fakerEN,
  fakerEN_GB,
  fakerES,
  fakerFR,
  fakerIT,
  fakerJA,
  fakerKO,
  fakerNL,
  fakerPL,
  fakerPT_BR,
  fakerRU,
  fakerSV,
  fakerTH,
  fakerTR,
  fakerZH_CN,
} from '@faker-js/faker'
import type { Kind } from '../../server/src/domain/index.ts'

/** A value of one person, with its type. */
export interface Given {
  readonly type: string
  readonly kind: Kind
  readonly text: string
}

/** All that is known of one invented person. */
export interface Persona {
  readonly given: string
  readonly family: string
  readonly values: Readonly<Record<Slot, Given>>
}

export type Slot =
  | 'person'
  | 'email'
  | 'phone'
  | 'address'
  | 'birth'
  | 'iban'
  | 'card'
  | 'identity'
  | 'illness'

/** What a template says in turns: `{slot}` for the first person's value, `{2.slot}` for the second's. */
export interface Language {
  readonly name: string
  readonly faker: Faker
  /** Digits of a telephone number, `#` for any. */
  readonly phones: readonly string[]
  readonly date: (year: number, month: number, day: number) => string
  readonly illnesses: readonly string[]
  readonly asks: readonly string[]
  /** Later turns of the client. */
  readonly follows: readonly string[]
  /** Family name first and no blank between. */
  readonly wide: boolean
}

const two = (value: number): string => String(value).padStart(2, '0')
const dotted = (year: number, month: number, day: number): string => `${two(day)}.${two(month)}.${year}`
const slashed = (year: number, month: number, day: number): string => `${two(day)}/${two(month)}/${year}`
const american = (year: number, month: number, day: number): string => `${month}/${day}/${year}`
const iso = (year: number, month: number, day: number): string => `${year}-${two(month)}-${two(day)}`
const eastern = (year: number, month: number, day: number): string => `${year}年${month}月${day}日`

const ENGLISH = {
  asks: [
    'Please draft a letter to {person}, born {birth}, of {address}. Reach them at {email} or {phone}.',
    'Customer record: name {person}; phone {phone}; e-mail {email}; card {card}. The other contact is {2.person} ({2.email}).',
    'Our patient {person} (date of birth {birth}) has {illness}. Refund goes to {iban}. Colleague: {2.person}.',
    'Summarise: {person} called from {phone} about card {card}; {2.person} will answer from {2.email}.',
  ],
  follows: [
    'And what did I say about the address {address}?',
    'Now a shorter one for {person}, please, to {email}.',
    'Thanks. Is {2.person} informed?',
  ],
  illnesses: ['type 2 diabetes', 'chronic bronchitis', 'atrial fibrillation'],
}

export const LANGUAGES: readonly Language[] = [
  {
    name: 'en',
    faker: fakerEN,
    phones: ['+1 (###) 555-####', '(###) ###-####', '###-###-####'],
    date: american,
    wide: false,
    ...ENGLISH,
  },
  {
    name: 'en-GB',
    faker: fakerEN_GB,
    phones: ['+44 20 #### ####', '07### ######'],
    date: slashed,
    wide: false,
    ...ENGLISH,
  },
  {
    name: 'de',
    faker: fakerDE,
    phones: ['+49 17# #######', '0## ########'],
    date: dotted,
    wide: false,
    illnesses: ['Diabetes mellitus', 'chronische Bronchitis'],
    asks: [
      'Bitte einen Brief an {person}, geboren am {birth}, wohnhaft {address}. Kontakt: {email}, {phone}.',
      'Kundin {person} ({email}) bittet um Erstattung auf {iban}. Rückfragen an {2.person}, Telefon {2.phone}.',
      'Patient {person}, geb. {birth}, Befund: {illness}. Karte {card}.',
    ],
    follows: [
      'Und jetzt bitte eine kurze Fassung für {person} an {email}.',
      'Danke! Weiß {2.person} Bescheid?',
    ],
  },
  {
    name: 'fr',
    faker: fakerFR,
    phones: ['+33 6 ## ## ## ##', '01 ## ## ## ##'],
    date: slashed,
    wide: false,
    illnesses: ['une bronchite chronique', 'un diabète de type 2'],
    asks: [
      'Merci de rédiger un courrier pour {person}, date de naissance {birth}, adresse : {address}. Courriel {email}, tél. {phone}.',
      'Le client {person} demande un virement sur {iban}; carte {card}. Copie à {2.person} ({2.email}).',
    ],
    follows: ['Une version plus courte pour {person} avec {email}, merci.', 'Et {2.person} ?'],
  },
  {
    name: 'es',
    faker: fakerES,
    phones: ['+34 6## ### ###', '9## ### ###'],
    date: slashed,
    wide: false,
    illnesses: ['diabetes tipo 2', 'bronquitis crónica'],
    asks: [
      'Escribe una carta para {person}, fecha de nacimiento {birth}, con domicilio en {address}. Correo {email}, teléfono {phone}.',
      'El cliente {person} pide el reembolso a {iban}, tarjeta {card}. Copia a {2.person} ({2.email}).',
    ],
    follows: ['Una versión más corta para {person} con {email}, por favor.', '¿Lo sabe {2.person}?'],
  },
  {
    name: 'it',
    faker: fakerIT,
    phones: ['+39 3## ### ####'],
    date: slashed,
    wide: false,
    illnesses: ['diabete di tipo 2', 'bronchite cronica'],
    asks: [
      'Scrivi una lettera per {person}, data di nascita {birth}, indirizzo {address}; posta {email}, telefono {phone}.',
      'Il cliente {person} chiede il rimborso su {iban}. In copia {2.person} ({2.email}).',
    ],
    follows: ['Una versione più breve per {person} ({email}), grazie.', 'Lo sa {2.person}?'],
  },
  {
    name: 'pt',
    faker: fakerPT_BR,
    phones: ['+55 11 9####-####'],
    date: slashed,
    wide: false,
    illnesses: ['diabetes tipo 2', 'bronquite crônica'],
    asks: [
      'Escreva uma carta para {person}, data de nascimento {birth}, endereço {address}; e-mail {email}, telefone {phone}.',
      'O cliente {person} pede o reembolso em {iban}. Cópia para {2.person} ({2.email}).',
    ],
    follows: ['Uma versão mais curta para {person} ({email}), por favor.', 'E {2.person}, já sabe?'],
  },
  {
    name: 'nl',
    faker: fakerNL,
    phones: ['+31 6 ########'],
    date: (y, m, d) => `${two(d)}-${two(m)}-${y}`,
    wide: false,
    illnesses: ['diabetes type 2', 'chronische bronchitis'],
    asks: [
      'Schrijf een brief aan {person}, geboren op {birth}, adres {address}; mail {email}, telefoon {phone}.',
      'Klant {person} vraagt terugbetaling op {iban}. Kopie aan {2.person} ({2.email}).',
    ],
    follows: ['Nu een kortere versie voor {person} ({email}), graag.', 'Weet {2.person} ervan?'],
  },
  {
    name: 'pl',
    faker: fakerPL,
    phones: ['+48 ### ### ###'],
    date: dotted,
    wide: false,
    illnesses: ['cukrzyca typu 2', 'przewlekłe zapalenie oskrzeli'],
    asks: [
      'Napisz list do {person}, data urodzenia {birth}, adres {address}; e-mail {email}, telefon {phone}.',
      'Klient {person} prosi o zwrot na {iban}. Kopia do {2.person} ({2.email}).',
    ],
    follows: ['Teraz krócej dla {person} ({email}), proszę.', 'Czy {2.person} już wie?'],
  },
  {
    name: 'cs',
    faker: fakerCS_CZ,
    phones: ['+420 ### ### ###'],
    date: dotted,
    wide: false,
    illnesses: ['cukrovka 2. typu'],
    asks: [
      'Napiš dopis pro {person}, datum narození {birth}, adresa {address}; e-mail {email}, telefon {phone}.',
    ],
    follows: ['Ještě kratší verzi pro {person} ({email}), prosím.'],
  },
  {
    name: 'sv',
    faker: fakerSV,
    phones: ['+46 70 ### ## ##'],
    date: iso,
    wide: false,
    illnesses: ['diabetes typ 2', 'kronisk bronkit'],
    asks: [
      'Skriv ett brev till {person}, född {birth}, adress {address}; e-post {email}, telefon {phone}.',
      'Kunden {person} ber om återbetalning till {iban}. Kopia till {2.person} ({2.email}).',
    ],
    follows: ['Nu en kortare version till {person} ({email}), tack.', 'Vet {2.person} om det?'],
  },
  {
    name: 'tr',
    faker: fakerTR,
    phones: ['+90 5## ### ## ##'],
    date: dotted,
    wide: false,
    illnesses: ['tip 2 diyabet'],
    asks: [
      'Lütfen {person} için bir mektup yaz; doğum tarihi {birth}, adres {address}, e-posta {email}, telefon {phone}.',
      'Müşteri {person} iadeyi {iban} hesabına istiyor. Kopya: {2.person} ({2.email}).',
    ],
    follows: ['Şimdi {person} için daha kısa bir tane ({email}), lütfen.'],
  },
  {
    name: 'ru',
    faker: fakerRU,
    phones: ['+7 9## ###-##-##'],
    date: dotted,
    wide: false,
    illnesses: ['хронический бронхит'],
    asks: [
      'Напишите письмо для {person}, дата рождения {birth}, почта {email}, телефон {phone}.',
      'Клиент {person} просит вернуть деньги на карту {card}. Копия: {2.person} ({2.email}).',
    ],
    follows: ['Теперь короче для {person} ({email}), пожалуйста.'],
  },
  {
    name: 'zh',
    faker: fakerZH_CN,
    phones: ['13#########', '+86 138 #### ####'],
    date: eastern,
    wide: true,
    illnesses: ['慢性支气管炎', '二型糖尿病'],
    asks: [
      '请给{person}写一封信,出生日期{birth},邮箱 {email},电话 {phone}。',
      '客户{person}要求退款到卡 {card},抄送{2.person}({2.email})。',
    ],
    follows: ['现在给{person}写一个更短的({email})。'],
  },
  {
    name: 'ja',
    faker: fakerJA,
    phones: ['090-####-####'],
    date: eastern,
    wide: true,
    illnesses: ['慢性気管支炎'],
    asks: [
      '{person}さんへの手紙を書いてください。生年月日は{birth}、メールは {email}、電話は {phone} です。',
      'お客様の{person}さんがカード {card} への返金を希望しています。CC は{2.person}さん({2.email})です。',
    ],
    follows: ['次は{person}さん宛てに短くしてください({email})。'],
  },
  {
    name: 'ko',
    faker: fakerKO,
    phones: ['010-####-####'],
    date: iso,
    wide: true,
    illnesses: ['만성 기관지염'],
    asks: [
      '{person} 님께 보낼 편지를 써 주세요. 생년월일 {birth}, 이메일 {email}, 전화 {phone}.',
      '고객 {person} 님이 카드 {card} 환불을 요청합니다. 참조: {2.person} ({2.email}).',
    ],
    follows: ['이제 {person} 님께 더 짧게 써 주세요 ({email}).'],
  },
  {
    name: 'th',
    faker: fakerTH,
    phones: ['08#-###-####'],
    date: slashed,
    wide: false,
    illnesses: ['หลอดลมอักเสบเรื้อรัง'],
    asks: [
      'ช่วยเขียนจดหมายถึง {person} วันเกิด {birth} อีเมล {email} โทร {phone}',
      'ลูกค้า {person} ขอเงินคืนเข้าบัตร {card} สำเนาถึง {2.person} ({2.email})',
    ],
    follows: ['ขอแบบสั้นกว่านี้ถึง {person} ({email})'],
  },
]

const luhn = (digits: string): string => {
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const digit = Number(char) * (index % 2 === 0 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return digits + String((10 - (sum % 10)) % 10)
}

/** Some of the generator's names were decoded wrongly and hold control characters. */
const clean = (name: string): string => name.replace(/[\u0080-\u009f]/g, '')

/** From here on the generator makes the same persons of a language for the same number. */
export const seedPersonas = ({ faker }: Language, seed: number): void => {
  faker.seed(seed)
  fakerEN.seed(seed)
}

/** A person with everything, in the forms of one language; the same for the same state of the generator. */
export const personaOf = (language: Language, digits: (count: number) => string): Persona => {
  const { faker, wide } = language
  const sex = faker.person.sexType()
  const given = clean(faker.person.firstName(sex))
  const family = clean(faker.person.lastName(sex))
  const latin = fakerEN.helpers
    .slugify(`${given}.${family}`)
    .replace(/[^a-zA-Z.]/g, '')
    .toLowerCase()
  const local = /^[a-z]+\.[a-z]+$/.test(latin) ? latin : `user.${digits(5)}`
  const year = 1945 + (Number(digits(2)) % 55)
  const month = 1 + (Number(digits(2)) % 12)
  const day = 1 + (Number(digits(2)) % 28)
  const card = luhn(`4${digits(14)}`)
  const phone = faker.helpers
    .arrayElement(language.phones)
    .replace(/#/g, () => String(1 + (Number(digits(1)) % 9)))
  const name = wide
    ? language.name === 'ja' && Number(digits(1)) < 5
      ? `${family} ${given}`
      : family + given
    : `${given} ${family}`
  return {
    given,
    family,
    values: {
      person: { type: 'PERSON', kind: 'contact', text: name },
      email: {
        type: 'EMAIL',
        kind: 'contact',
        text: `${local}@${faker.helpers.arrayElement(['mailbox.test', 'firma-nord.test', 'post.test'])}`,
      },
      phone: { type: 'PHONE', kind: 'contact', text: phone },
      address: {
        type: 'ADDRESS',
        kind: 'contact',
        text: `${faker.location.streetAddress()}, ${faker.location.zipCode()} ${faker.location.city()}`.replace(
          /\s+/g,
          ' ',
        ),
      },
      birth: { type: 'DATE_OF_BIRTH', kind: 'contact', text: language.date(year, month, day) },
      iban: {
        type: 'IBAN',
        kind: 'payment',
        text: fakerEN.finance.iban({
          formatted: true,
          countryCode: fakerEN.helpers.arrayElement(['DE', 'FR', 'ES', 'NL', 'GB', 'PL']),
        }),
      },
      card: { type: 'CREDIT_CARD', kind: 'payment', text: card.replace(/(\d{4})(?=\d)/g, '$1 ') },
      identity: { type: 'NATIONAL_ID', kind: 'identity', text: `${digits(3)}-${digits(2)}-${digits(4)}` },
      illness: { type: 'MEDICAL', kind: 'health', text: faker.helpers.arrayElement(language.illnesses) },
    },
  }
}
