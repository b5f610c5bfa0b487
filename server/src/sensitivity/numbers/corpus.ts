/*
 * Sentences with numbers in them for tests: valid ones drawn by form and check, in the languages of their
 * countries, and near misses. Seeded, so that a run can be repeated. Nothing here is anybody's.
 */
import { NUMBERINGS, type Numbering } from './index.ts'

export interface Sample {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly sub: string
  readonly country: string
  readonly cue: 'own' | 'none' | 'sentence'
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const drawer = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

type Draw = () => number

const pick = <T>(draw: Draw, list: readonly T[]): T => {
  const item = list[Math.floor(draw() * list.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

const digit = (draw: Draw): string => String(Math.floor(draw() * 10))
const letter = (draw: Draw): string => pick(draw, [...'ABCDEFGHJKLMNPRSTUVWXYZ'])

/** Fills a form: `0` a digit, `A` a letter. */
export const fill = (form: string, draw: Draw): string =>
  [...form].map((sign) => (sign === '0' ? digit(draw) : sign === 'A' ? letter(draw) : sign)).join('')

const two = (number: number): string => String(number).padStart(2, '0')

/** Writes the parts of a day over some digits, as many numbers begin with one. */
const dated = (value: string, draw: Draw): string => {
  const day = two(1 + Math.floor(draw() * 28))
  const month = two(1 + Math.floor(draw() * 12))
  const year = String(1950 + Math.floor(draw() * 55))
  const stamp = pick(draw, [
    `${year.slice(2)}${month}${day}`,
    `${day}${month}${year.slice(2)}`,
    `${year}${month}${day}`,
    `${day}${month}${year.slice(1)}`,
  ])
  const at = pick(draw, [0, 0, 0, 1, 3, 4, 6])
  let seen = -1
  return [...value]
    .map((sign) => {
      if (!/\d/.test(sign) && !/[A-Z]/.test(sign)) return sign
      seen += 1
      return /\d/.test(sign) && seen >= at && seen < at + stamp.length ? stamp.charAt(seen - at) : sign
    })
    .join('')
}

const prefixed = (value: string, country: string, draw: Draw): string =>
  /^[A-Z]{2}/.test(value) && draw() < 0.6 ? country + value.slice(2) : value

const TRIES = 20_000

/** A number of the sort that passes its check, printed in one of its forms; null where none was drawn. */
const drawNumber = (numbering: Numbering, forms: readonly string[], draw: Draw): string | null => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const plain = prefixed(fill(pick(draw, forms), draw), numbering.country ?? '', draw)
    const value = attempt % 2 === 0 ? plain : dated(plain, draw)
    if (numbering.valid(value)) return value
  }
  return null
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ...{
    DE: 'de',
    AT: 'de',
    CH: 'de',
    FR: 'fr',
    BE: 'nl',
    LU: 'fr',
    ES: 'es',
    MX: 'es',
    AR: 'es',
    CL: 'es',
    CO: 'es',
  },
  ...{
    PE: 'es',
    EC: 'es',
    UY: 'es',
    PY: 'es',
    VE: 'es',
    DO: 'es',
    GT: 'es',
    CR: 'es',
    IT: 'it',
    NL: 'nl',
    PT: 'pt',
  },
  ...{
    BR: 'pt',
    PL: 'pl',
    SE: 'sv',
    DK: 'da',
    NO: 'no',
    FI: 'fi',
    IS: 'is',
    CZ: 'cs',
    SK: 'sk',
    HU: 'hu',
    RO: 'ro',
  },
  ...{
    BG: 'bg',
    HR: 'hr',
    RS: 'hr',
    SI: 'sl',
    GR: 'el',
    CY: 'el',
    EE: 'et',
    LV: 'lv',
    LT: 'lt',
    TR: 'tr',
    RU: 'ru',
  },
  ...{
    UA: 'uk',
    BY: 'ru',
    MD: 'ro',
    IL: 'he',
    SA: 'ar',
    AE: 'ar',
    EG: 'ar',
    MA: 'fr',
    CN: 'zh',
    TW: 'zh',
    JP: 'ja',
  },
  ...{ KR: 'ko', TH: 'th', VN: 'vi', ID: 'id', MY: 'ms', IN: 'hi' },
}

/** What people write around a number whose name they say: `#` the name, `@` the number. */
const AROUND: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Her # is @, please check it.',
    '#: @',
    'Could you look up # @ for me?',
    'My # (@) was rejected by the form.',
  ],
  de: ['Meine # lautet @, bitte prüfen.', '#: @', 'Die # von Frau Kern ist @.', 'Ich brauche Hilfe mit # @'],
  fr: ['Mon # est le @, merci de vérifier.', '# : @', 'Voici le # de ma cliente : @.'],
  es: ['Mi # es @, por favor revísalo.', '#: @', 'El # del cliente es @.'],
  it: ['Il mio # è @, controlla per favore.', '#: @', 'Ecco # della signora: @.'],
  nl: ['Mijn # is @, graag controleren.', '#: @', 'Het # van de klant is @.'],
  pt: ['O meu # é @, confirme por favor.', '#: @', 'O # da cliente é @.'],
  pl: ['Mój # to @, proszę sprawdzić.', '#: @', 'Klientka podała # @.'],
  sv: ['Mitt # är @, kan du kontrollera?', '#: @', 'Kundens # är @.'],
  da: ['Mit # er @, vil du tjekke det?', '#: @', 'Kundens # er @.'],
  no: ['Mitt # er @, kan du sjekke?', '#: @', 'Kundens # er @.'],
  fi: ['# on @, tarkistatko?', '#: @', 'Asiakkaan # on @.'],
  is: ['# mín er @.', '#: @', 'Hér er #: @'],
  cs: ['Moje # je @, prosím ověřte.', '#: @', 'Klientka uvedla # @.'],
  sk: ['Moje # je @, prosím overte.', '#: @', 'Klientka uviedla # @.'],
  hu: ['A # @, kérem ellenőrizze.', '#: @', 'Az ügyfél #: @.'],
  ro: ['# este @, vă rog verificați.', '#: @', 'Clientul are # @.'],
  bg: ['Моят # е @.', '#: @', 'Клиентът посочи # @.'],
  hr: ['Moj # je @, molim provjerite.', '#: @', 'Klijent ima # @.'],
  sl: ['Moja # je @.', '#: @', 'Stranka ima # @.'],
  el: ['Το # μου είναι @.', '#: @', 'Ο πελάτης έχει # @.'],
  et: ['Minu # on @.', '#: @', 'Kliendi # on @.'],
  lv: ['Mans # ir @.', '#: @', 'Klienta # ir @.'],
  lt: ['Mano # yra @.', '#: @', 'Kliento # @.'],
  tr: ['Benim # @, kontrol eder misiniz?', '#: @', 'Müşterinin # @ olarak kayıtlı.'],
  ru: ['Мой # @, проверьте пожалуйста.', '#: @', 'Клиент указал # @.'],
  uk: ['Мій # @, перевірте будь ласка.', '#: @', 'Клієнт вказав # @.'],
  he: ['# שלי הוא @', '#: @', 'הלקוח מסר # @'],
  ar: ['# الخاص بي هو @', '#: @', 'العميل قدم # @'],
  zh: ['我的#是@，请核对。', '#：@', '客户的#为@'],
  ja: ['私の#は@です。', '#：@', 'お客様の#：@'],
  ko: ['제 #는 @입니다.', '#: @', '고객 # @ 확인해 주세요.'],
  th: ['#ของฉันคือ @', '#: @', 'ลูกค้าแจ้ง# @'],
  vi: ['# của tôi là @.', '#: @', 'Khách hàng có # @.'],
  id: ['# saya adalah @.', '#: @', 'Pelanggan memberikan # @.'],
  ms: ['# saya ialah @.', '#: @', 'Pelanggan memberi # @.'],
  hi: ['मेरा # @ है।', '#: @', 'ग्राहक का # @ है।'],
}

const BARE = ['@', 'please note: @ (from the form)', 'Re: @', 'x = "@"']

/** A number in the middle of words: `{kind}` the sort of number that stands for `@`. */
const write = (frame: string, name: string, value: string): [string, number, number] => {
  const named = frame.replaceAll('#', name)
  const start = named.indexOf('@')
  return [named.replace('@', value), start, start + value.length]
}

const sampleOf = (
  numbering: Numbering,
  frame: string,
  name: string,
  value: string,
  cue: Sample['cue'],
): Sample => {
  const [text, start, end] = write(frame, name, value)
  return {
    text,
    start,
    end,
    type: numbering.type,
    sub: numbering.sub,
    country: numbering.country ?? '--',
    cue,
  }
}

/** Every sort of number `each` times beside its name, and as often without where its form is enough. */
export const drawSamples = (seed: number, each: number): readonly Sample[] => {
  const draw = drawer(seed)
  const samples: Sample[] = []
  for (const numbering of NUMBERINGS) {
    const frames = AROUND[LANGUAGES[numbering.country ?? ''] ?? 'en'] ?? []
    const names = numbering.words.split('|').slice(0, 3)
    const { alone = [], any = [], own = [] } = numbering.forms
    for (let count = 0; count < each; count += 1) {
      const value = drawNumber(numbering, [...alone, ...any, ...own], draw)
      if (value !== null)
        samples.push(sampleOf(numbering, pick(draw, frames), pick(draw, names), value, 'own'))
      const bare = alone.length === 0 ? null : drawNumber(numbering, alone, draw)
      if (bare !== null) samples.push(sampleOf(numbering, pick(draw, BARE), '', bare, 'none'))
    }
  }
  return samples
}

/** Numbers in the form of each sort whose check digits are wrong, with nothing beside them. */
export const drawNearMisses = (seed: number, each: number): readonly string[] => {
  const draw = drawer(seed)
  const texts: string[] = []
  for (const numbering of NUMBERINGS) {
    const forms = Object.values(numbering.forms).flat()
    if (!numbering.checked) continue
    for (let count = 0; count < each; ) {
      const value = fill(pick(draw, forms), draw)
      count += 1
      if (!numbering.valid(value)) texts.push(`The parcel ${value} left the depot.`)
    }
  }
  return texts
}
