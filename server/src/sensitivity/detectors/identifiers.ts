import * as vnr from 'stdnum/lib/cjs/at/vnr.js'
import * as tfn from 'stdnum/lib/cjs/au/tfn.js'
import * as belgianNumber from 'stdnum/lib/cjs/be/nn.js'
import * as egn from 'stdnum/lib/cjs/bg/egn.js'
import * as cpf from 'stdnum/lib/cjs/br/cpf.js'
import * as sin from 'stdnum/lib/cjs/ca/sin.js'
import * as ahv from 'stdnum/lib/cjs/ch/ssn.js'
import * as ric from 'stdnum/lib/cjs/cn/ric.js'
import * as rodneCislo from 'stdnum/lib/cjs/cz/rc.js'
import * as idnr from 'stdnum/lib/cjs/de/idnr.js'
import * as svnr from 'stdnum/lib/cjs/de/svnr.js'
import * as cpr from 'stdnum/lib/cjs/dk/cpr.js'
import * as dni from 'stdnum/lib/cjs/es/dni.js'
import * as nie from 'stdnum/lib/cjs/es/nie.js'
import * as hetu from 'stdnum/lib/cjs/fi/hetu.js'
import * as frenchTax from 'stdnum/lib/cjs/fr/nif.js'
import * as nir from 'stdnum/lib/cjs/fr/nir.js'
import * as nino from 'stdnum/lib/cjs/gb/nino.js'
import * as utr from 'stdnum/lib/cjs/gb/utr.js'
import * as amka from 'stdnum/lib/cjs/gr/amka.js'
import * as oib from 'stdnum/lib/cjs/hr/oib.js'
import * as pps from 'stdnum/lib/cjs/ie/pps.js'
import * as israeliId from 'stdnum/lib/cjs/il/idnr.js'
import * as aadhaar from 'stdnum/lib/cjs/in/aadhaar.js'
import * as pan from 'stdnum/lib/cjs/in/pan.js'
import * as codiceFiscale from 'stdnum/lib/cjs/it/codicefiscale.js'
import * as rrn from 'stdnum/lib/cjs/kr/rrn.js'
import * as curp from 'stdnum/lib/cjs/mx/curp.js'
import * as rfc from 'stdnum/lib/cjs/mx/rfc.js'
import * as bsn from 'stdnum/lib/cjs/nl/bsn.js'
import * as fodselsnummer from 'stdnum/lib/cjs/no/fodselsnummer.js'
import * as nip from 'stdnum/lib/cjs/pl/nip.js'
import * as pesel from 'stdnum/lib/cjs/pl/pesel.js'
import * as cidadao from 'stdnum/lib/cjs/pt/cc.js'
import * as portugueseTax from 'stdnum/lib/cjs/pt/nif.js'
import * as cnp from 'stdnum/lib/cjs/ro/cnp.js'
import * as personnummer from 'stdnum/lib/cjs/se/personnummer.js'
import * as thaiId from 'stdnum/lib/cjs/th/idnr.js'
import * as kimlik from 'stdnum/lib/cjs/tr/tckimlik.js'
import * as vkn from 'stdnum/lib/cjs/tr/vkn.js'
import * as southAfricanId from 'stdnum/lib/cjs/za/idnr.js'

/**
 * How much a right form and right check digits say by themselves. `alone`: enough. `any`: only beside any word
 * for an identity or tax number. `own`: only beside a word of its own kind, as plain digits pass too often.
 */
export type Weight = 'alone' | 'any' | 'own'

export interface Identifier {
  readonly type: 'NATIONAL_ID' | 'TAX_ID' | 'HEALTH_ID'
  readonly sub: string
  readonly name: string
  /** Printed forms, see shapes.ts, with what each weighs. */
  readonly forms: Readonly<Partial<Record<Weight, readonly string[]>>>
  /** Gets the number as printed. */
  readonly valid: (printed: string) => boolean
  /** False where there is no check digit and `valid` looks at ranges only. */
  readonly checked?: boolean
}

interface Validator {
  validate(value: string): { readonly isValid: boolean }
}

/** Validators of the library are pure but not all total: some throw on odd input, which here means "no". */
const by =
  (validator: Validator) =>
  (printed: string): boolean => {
    try {
      return validator.validate(printed).isValid
    } catch {
      return false
    }
  }

const digits = (printed: string): string => printed.replaceAll(/\D/g, '')

/** SSA's rules since 2011: no area 000, 666 or 9xx, no group 00, no serial 0000; and not the famous samples. */
const isSsn = (printed: string): boolean => {
  const bare = digits(printed)
  if (/^(?:000|666|9)|^...00|0000$|^(\d)\1+$/.test(bare)) return false
  return !['123456789', '987654321', '078051120', '219099999', '123121234'].includes(bare)
}

/** IRS: 9xx with groups 50-65, 70-88, 90-92, 94-99. */
const isItin = (printed: string): boolean =>
  /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digits(printed))

/** NHS numbers: modulo 11 over ten digits (NHS Data Dictionary). */
const isNhs = (printed: string): boolean => {
  const bare = digits(printed)
  let sum = 0
  for (let i = 0; i < 9; i += 1) sum += (10 - i) * (bare.charCodeAt(i) - 48)
  const check = (11 - (sum % 11)) % 11
  return check !== 10 && check === bare.charCodeAt(9) - 48 && !/^(\d)\1+$/.test(bare)
}

/** German health insurance number: a letter, eight digits, a check digit (GKV, Luhn-like with the letter as two digits). */
const isKvnr = (printed: string): boolean => {
  const letter = printed.toUpperCase().charCodeAt(0) - 64
  const all = String(letter).padStart(2, '0') + printed.slice(1, 9)
  let sum = 0
  for (let i = 0; i < 10; i += 1) {
    const product = (all.charCodeAt(i) - 48) * ((i % 2) + 1)
    sum += product > 9 ? product - 9 : product
  }
  return letter >= 1 && letter <= 26 && sum % 10 === printed.charCodeAt(9) - 48
}

/** Medicare beneficiary identifier: no check digit, but a form of its own (CMS, letters without S L O I B Z). */
const isMbi = (printed: string): boolean =>
  /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/.test(
    printed.replaceAll('-', '').toUpperCase(),
  )

/** German identity card: letters of the document's own set, a check digit weighted 7-3-1 (ICAO 9303). */
const isPersonalausweis = (printed: string): boolean => {
  const value = printed.toUpperCase()
  if (!/^[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d?$/.test(value)) return false
  if (value.length === 9) return /\d/.test(value)
  let sum = 0
  for (let i = 0; i < 9; i += 1)
    sum += Number.parseInt(value.charAt(i), 36) * (i % 3 === 0 ? 7 : i % 3 === 1 ? 3 : 1)
  return sum % 10 === value.charCodeAt(9) - 48
}

const national = (
  sub: string,
  name: string,
  forms: Identifier['forms'],
  valid: Validator | ((printed: string) => boolean),
): Identifier => ({
  type: 'NATIONAL_ID',
  sub,
  name,
  forms,
  valid: typeof valid === 'function' ? valid : by(valid),
})

const tax = (...rest: Parameters<typeof national>): Identifier => ({ ...national(...rest), type: 'TAX_ID' })
const health = (...rest: Parameters<typeof national>): Identifier => ({
  ...national(...rest),
  type: 'HEALTH_ID',
})

/** The numbers states and health systems give to people, by printed form. One line a form keeps it readable. */
export const IDENTIFIERS: readonly Identifier[] = [
  {
    ...national(
      'US_SSN',
      'US social security number',
      { alone: ['000-00-0000'], own: ['000000000', '000 00 0000', '000.00.0000', '0 0 0 0 0 0 0 0 0'] },
      isSsn,
    ),
    checked: false,
  },
  {
    ...tax(
      'US_ITIN',
      'US individual taxpayer number',
      { alone: ['000-00-0000'], own: ['000000000', '000 00 0000'] },
      isItin,
    ),
    checked: false,
  },
  { ...tax('US_EIN', 'US employer number', { own: ['00-0000000'] }, () => true), checked: false },
  {
    ...health(
      'US_MBI',
      'Medicare number',
      {
        alone: ['0AA0-AA0-AA00', '0A00-AA0-AA00', '0AA0-A00-AA00', '0A00-A00-AA00'],
        any: ['0AA0AA0AA00', '0A00AA0AA00', '0AA0A00AA00', '0A00A00AA00'],
      },
      isMbi,
    ),
    checked: false,
  },
  national(
    'GB_NINO',
    'UK national insurance number',
    { alone: ['AA 00 00 00 A'], any: ['AA000000A', 'AA 000000 A', 'AA-00-00-00-A'] },
    nino,
  ),
  health('GB_NHS', 'NHS number', { any: ['000 000 0000', '000-000-0000', '0000000000'] }, isNhs),
  tax('GB_UTR', 'UK taxpayer reference', { own: ['0000000000', '00000 00000'] }, utr),
  tax('DE_STEUERID', 'German tax id', { any: ['00 000 000 000', '00000000000'] }, idnr),
  national(
    'DE_PERSONALAUSWEIS',
    'German identity card number',
    { any: ['A00A00A000', 'AAAAAAAAA0', 'A000000000', 'A00000000', 'A00AA00A0', 'AAA0AA0A0', 'AA0AAA000'] },
    isPersonalausweis,
  ),
  health(
    'DE_RVNR',
    'German pension insurance number',
    { alone: ['00 000000 A 000'], any: ['00000000A000'] },
    svnr,
  ),
  health('DE_KVNR', 'German health insurance number', { any: ['A000000000', 'A 000 000 000'] }, isKvnr),
  national(
    'FR_NIR',
    'French social security number',
    {
      alone: ['0 00 00 00 000 000 00', '0 00 00 0A 000 000 00', '000000000000000', '000000A00000000'],
    },
    nir,
  ),
  tax('FR_SPI', 'French tax number', { any: ['0000000000000', '00 00 000 000 000'] }, frenchTax),
  national(
    'ES_DNI',
    'Spanish identity number',
    { any: ['00000000A', '00000000-A', '00.000.000-A', '00.000.000A', '00000000 A'] },
    dni,
  ),
  national('ES_NIE', 'Spanish foreigner number', { any: ['A0000000A', 'A-0000000-A', 'A0000000-A'] }, nie),
  national(
    'IT_CF',
    'Italian fiscal code',
    { alone: ['AAAAAA00A00A000A', 'AAA AAA 00A00 A000A', 'AAA AAA 00 A 00 A000 A', 'AAA-AAA-00A00-A000A'] },
    codiceFiscale,
  ),
  national('NL_BSN', 'Dutch citizen number', { any: ['000000000', '0000.00.000', '0000 00 000'] }, bsn),
  national('PL_PESEL', 'Polish PESEL number', { any: ['00000000000'] }, pesel),
  tax('PL_NIP', 'Polish tax number', { own: ['0000000000', '000-000-00-00', '000-00-00-000'] }, nip),
  tax('PT_NIF', 'Portuguese tax number', { any: ['000000000', '000 000 000'] }, portugueseTax),
  national(
    'PT_CC',
    'Portuguese citizen card number',
    { alone: ['00000000 0 AA0', '00000000 0 A00', '00000000-0-AA0'], any: ['000000000AA0', '000000000A00'] },
    cidadao,
  ),
  national(
    'SE_PERSONNUMMER',
    'Swedish personal number',
    { alone: ['00000000-0000'], any: ['000000-0000', '000000+0000', '000000000000', '0000000000'] },
    personnummer,
  ),
  national(
    'FI_HETU',
    'Finnish personal code',
    { alone: ['000000-000A', '000000A000A', '000000+000A'], any: ['000000-0000', '000000A0000'] },
    hetu,
  ),
  national('DK_CPR', 'Danish personal number', { any: ['000000-0000', '0000000000'] }, cpr),
  national(
    'NO_FODSELSNUMMER',
    'Norwegian personal number',
    { any: ['00000000000', '000000 00000'] },
    fodselsnummer,
  ),
  national('TR_KIMLIK', 'Turkish identity number', { any: ['00000000000'] }, kimlik),
  tax('TR_VKN', 'Turkish tax number', { own: ['0000000000'] }, vkn),
  tax(
    'BR_CPF',
    'Brazilian CPF',
    { alone: ['000.000.000-00'], any: ['00000000000', '000000000-00', '000 000 000 00'] },
    cpf,
  ),
  national(
    'IN_AADHAAR',
    'Indian Aadhaar number',
    { any: ['0000 0000 0000', '000000000000', '0000-0000-0000'] },
    aadhaar,
  ),
  tax('IN_PAN', 'Indian PAN', { any: ['AAAAA0000A'] }, pan),
  national(
    'CN_RIC',
    'Chinese resident identity number',
    { alone: ['000000000000000000', '00000000000000000A', '000000 00000000 0000', '000000 00000000 000A'] },
    ric,
  ),
  national(
    'ZA_ID',
    'South African identity number',
    { any: ['0000000000000', '000000 0000 000', '000000 0000 00 0'] },
    southAfricanId,
  ),
  national(
    'CA_SIN',
    'Canadian social insurance number',
    { any: ['000-000-000', '000 000 000', '000000000'] },
    sin,
  ),
  tax('AU_TFN', 'Australian tax file number', { any: ['000 000 000', '000000000', '000-000-000'] }, tfn),
  national('CH_AHV', 'Swiss AHV number', { alone: ['000.0000.0000.00'], any: ['0000000000000'] }, ahv),
  national(
    'BE_NN',
    'Belgian national number',
    { alone: ['00.00.00-000.00', '00.00.00-000-00'], any: ['00000000000'] },
    belgianNumber,
  ),
  national('KR_RRN', 'Korean resident number', { alone: ['000000-0000000'], any: ['0000000000000'] }, rrn),
  national(
    'TH_ID',
    'Thai identity number',
    { alone: ['0-0000-00000-00-0', '0 0000 00000 00 0'], any: ['0000000000000'] },
    thaiId,
  ),
  health('AT_SVNR', 'Austrian social insurance number', { any: ['0000 000000', '0000000000'] }, vnr),
  national('CZ_RC', 'Czech birth number', { any: ['000000/0000', '000000/000', '0000000000'] }, rodneCislo),
  national('RO_CNP', 'Romanian personal number', { any: ['0000000000000'] }, cnp),
  national('BG_EGN', 'Bulgarian personal number', { any: ['0000000000'] }, egn),
  national('HR_OIB', 'Croatian OIB', { any: ['00000000000'] }, oib),
  national('GR_AMKA', 'Greek AMKA', { any: ['00000000000'] }, amka),
  national('IE_PPS', 'Irish PPS number', { any: ['0000000A', '0000000AA'] }, pps),
  national('IL_ID', 'Israeli identity number', { any: ['000000000', '00000000-0'] }, israeliId),
  national('MX_CURP', 'Mexican CURP', { alone: ['AAAA000000AAAAAA00', 'AAAA000000AAAAAAA0'] }, curp),
  tax(
    'MX_RFC',
    'Mexican RFC',
    {
      any: [
        'AAAA000000AA0',
        'AAAA000000AAA',
        'AAAA0000000A0',
        'AAAA000000A00',
        'AAAA000000000',
        'AAAA0000000AA',
      ],
    },
    rfc,
  ),
]
