/*
 * Values for the mailbag (mailbag.ts): a form, and the check that an outside library makes of it. They owe
 * nothing to the numberings beside them, so that a mistake there does not hide itself here.
 */
import { stdnum } from 'stdnum'

type Check = (value: string) => boolean

const by = (country: string, name: string): Check => {
  const library = stdnum[country]?.[name]
  if (library === undefined) throw new RangeError(`no check ${country}.${name}`)
  return (value) => library.validate(value).isValid || library.validate(value.replaceAll('.', '')).isValid
}
const any: Check = () => true
const form =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value)

const digitsOf = (value: string): number[] => [...value.replace(/\D/g, '')].map(Number)

const luhn: Check = (value) =>
  digitsOf(value)
    .reverse()
    .reduce((sum, digit, at) => sum + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0) %
    10 ===
  0

const nhs: Check = (value) => {
  const digits = digitsOf(value)
  const rest = 11 - (digits.slice(0, 9).reduce((sum, digit, at) => sum + digit * (10 - at), 0) % 11)
  return (rest === 11 ? 0 : rest) === digits[9]
}

/** German health insurance: a letter as two digits, then weights 1 and 2. */
const kvnr: Check = (value) => {
  const letter = String(value.charCodeAt(0) - 64).padStart(2, '0')
  const digits = digitsOf(letter + value.slice(1))
  const sum = digits.slice(0, 10).reduce((all, digit, at) => {
    const part = digit * (at % 2 === 0 ? 1 : 2)
    return all + (part > 9 ? part - 9 : part)
  }, 0)
  return sum % 10 === digits[10]
}

const aba: Check = (value) =>
  digitsOf(value).reduce((sum, digit, at) => sum + digit * ([3, 7, 1][at % 3] ?? 0), 0) % 10 === 0

/** name: type, form (`0` digit, `z` zero, `A` letter, `mm` and `dd` parts of a day, anything else itself), check. */
export const VALUES = {
  mrn: ['HEALTH_ID', '00000000', any],
  mrn6: ['HEALTH_ID', '000000', any],
  mrnx: ['HEALTH_ID', 'AA0000000', any],
  mrnd: ['HEALTH_ID', '000-00-00', any],
  nhs: ['HEALTH_ID', '000 000 0000', nhs],
  nhsp: ['HEALTH_ID', '0000000000', nhs],
  mbi: ['HEALTH_ID', '1AA0-AA0-AA00', any],
  mbip: ['HEALTH_ID', '1AA0AA0AA00', any],
  member: ['HEALTH_ID', 'AAA000000000', any],
  member2: ['HEALTH_ID', 'A00000000', any],
  member3: ['HEALTH_ID', '0000000000-00', any],
  group: ['HEALTH_ID', 'AA-0000000', any],
  kvnr: ['HEALTH_ID', 'A000000000', kvnr],
  sip: ['HEALTH_ID', '00000000', any],
  cip: ['HEALTH_ID', 'AAAA0000000000', any],
  team: ['HEALTH_ID', '80380000000000000000', any],
  ohip: ['HEALTH_ID', '0000-000-000-AA', any],
  aumed: ['HEALTH_ID', '2000 00000 0', any],
  sus: ['HEALTH_ID', '700 0000 0000 0000', any],
  nhi: ['HEALTH_ID', 'AAA0000', any],
  polhealth: ['HEALTH_ID', '00000000000', any],
  nir: ['NATIONAL_ID', '1 00 05 00 000 000 00', by('FR', 'nir')],
  nirp: ['NATIONAL_ID', '200120000000000', by('FR', 'nir')],
  itin: ['TAX_ID', '900-70-0000', form(/^9\d\d-7\d-\d{4}$/)],
  ein: ['TAX_ID', '00-0000000', by('US', 'ein')],
  utr: ['TAX_ID', '0000000000', by('GB', 'utr')],
  vatgb: ['TAX_ID', 'GB000000000', by('GB', 'vat')],
  steuerid: ['TAX_ID', '00 000 000 000', by('DE', 'idnr')],
  steueridp: ['TAX_ID', '00000000000', by('DE', 'idnr')],
  stnr: ['TAX_ID', '00/000/00000', any],
  ustid: ['TAX_ID', 'DE000000000', by('DE', 'vat')],
  nif: ['NATIONAL_ID', '00000000A', by('ES', 'nif')],
  nifh: ['NATIONAL_ID', '00000000-A', by('ES', 'nif')],
  nie: ['NATIONAL_ID', 'X0000000A', by('ES', 'nie')],
  cif: ['TAX_ID', 'B00000000', by('ES', 'cif')],
  cf: ['NATIONAL_ID', 'AAAAAA00A00A000A', by('IT', 'codicefiscale')],
  piva: ['TAX_ID', '00000000000', by('IT', 'iva')],
  bsn: ['NATIONAL_ID', '000000000', by('NL', 'bsn')],
  nip: ['TAX_ID', '000-000-00-00', by('PL', 'nip')],
  nipp: ['TAX_ID', '0000000000', by('PL', 'nip')],
  pesel: ['NATIONAL_ID', '00000000000', by('PL', 'pesel')],
  nifpt: ['TAX_ID', '200 000 000', by('PT', 'nif')],
  nifptp: ['TAX_ID', '200000000', by('PT', 'nif')],
  utente: ['HEALTH_ID', '000000000', any],
  pnr: ['NATIONAL_ID', '1900mmdd-0000', by('SE', 'personnummer')],
  pnrs: ['NATIONAL_ID', '00mmdd-0000', by('SE', 'personnummer')],
  vatse: ['TAX_ID', 'SE000000000001', by('SE', 'vat')],
  tckn: ['NATIONAL_ID', '00000000000', by('TR', 'tckimlik')],
  vkn: ['TAX_ID', '0000000000', by('TR', 'vkn')],
  thid: ['NATIONAL_ID', '0-0000-00000-00-0', by('TH', 'idnr')],
  thidp: ['NATIONAL_ID', '0000000000000', by('TH', 'idnr')],
  cnid: ['NATIONAL_ID', '1101011900mmdd0000', by('CN', 'ric')],
  uscc: ['TAX_ID', '911100000000000000', by('CN', 'uscc')],
  pan: ['TAX_ID', 'AAAPA0000A', by('IN', 'pan')],
  gstin: ['TAX_ID', '27AAAPA0000A1Z0', by('IN', 'gstin')],
  aadhaar: ['NATIONAL_ID', '0000 0000 0000', by('IN', 'aadhaar')],
  sin: ['NATIONAL_ID', '000 000 000', by('CA', 'sin')],
  tfn: ['TAX_ID', '000 000 000', by('AU', 'tfn')],
  abn: ['TAX_ID', '00 000 000 000', by('AU', 'abn')],
  ird: ['TAX_ID', '00-000-000', by('NZ', 'ird')],
  cpf: ['TAX_ID', '000.000.000-00', by('BR', 'cpf')],
  cpfp: ['TAX_ID', '00000000000', by('BR', 'cpf')],
  cnpj: ['TAX_ID', '00.000.000/0001-00', by('BR', 'cnpj')],
  rfc: ['TAX_ID', 'AAAA800101000', by('MX', 'rfc')],
  curp: ['NATIONAL_ID', 'AAAA80mmddHDFAAA00', by('MX', 'curp')],
  cuit: ['TAX_ID', '20-00000000-0', by('AR', 'cuit')],
  rut: ['NATIONAL_ID', '00.000.000-0', by('CL', 'rut')],
  ssn: ['NATIONAL_ID', '000-00-0000', by('US', 'ssn')],
  ssnp: ['NATIONAL_ID', '000000000', by('US', 'ssn')],
  ssns: ['NATIONAL_ID', '000 00 0000', by('US', 'ssn')],
  nino: ['NATIONAL_ID', 'AA 00 00 00 A', by('GB', 'nino')],
  ninop: ['NATIONAL_ID', 'AA000000A', by('GB', 'nino')],
  ahv: ['NATIONAL_ID', '756.0000.0000.00', by('CH', 'ssn')],
  svnr: ['HEALTH_ID', '0000 ddmm00', by('AT', 'vnr')],
  cpr: ['NATIONAL_ID', 'ddmm00-0000', by('DK', 'cpr')],
  hetu: ['NATIONAL_ID', 'ddmm00-000A', by('FI', 'hetu')],
  fnr: ['NATIONAL_ID', 'ddmm0000000', by('NO', 'fodselsnummer')],
  rc: ['NATIONAL_ID', '00mmdd/0000', by('CZ', 'rc')],
  cnp: ['NATIONAL_ID', '100mmdd120000', by('RO', 'cnp')],
  afm: ['TAX_ID', '000000000', by('GR', 'vat')],
  egn: ['NATIONAL_ID', '00mmdd0000', by('BG', 'egn')],
  adoszam: ['TAX_ID', '00000000-1-00', (value) => by('HU', 'anum')(value.slice(0, 8))],
  nn: ['NATIONAL_ID', '00.mm.dd-000.00', by('BE', 'nn')],
  pps: ['NATIONAL_ID', '0000000A', by('IE', 'pps')],
  hkid: ['NATIONAL_ID', 'A000000(0)', by('HK', 'hkid')],
  rrn: ['NATIONAL_ID', '00mmdd-1000000', by('KR', 'rrn')],
  twid: ['NATIONAL_ID', 'A100000000', by('TW', 'natid')],
  nric: ['NATIONAL_ID', '00mmdd-00-0000', by('MY', 'nric')],
  zaid: ['NATIONAL_ID', '00mmdd0000080', by('ZA', 'idnr')],
  teudat: ['NATIONAL_ID', '000000000', by('IL', 'idnr')],
  perso: ['NATIONAL_ID', 'L0000000A', any],
  passus: ['PASSPORT', '000000000', any],
  pass2: ['PASSPORT', 'AA0000000', any],
  pass1: ['PASSPORT', 'A00000000', any],
  passde: ['PASSPORT', 'C0AA00A00', any],
  passfr: ['PASSPORT', '00AA00000', any],
  dlca: ['DRIVER_LICENSE', 'A0000000', any],
  dlgb: ['DRIVER_LICENSE', 'AAAAA8mmdd0AA0AA', any],
  dlfl: ['DRIVER_LICENSE', 'A000-000-00-000-0', any],
  dlnum: ['DRIVER_LICENSE', '00000000', any],
  dlde: ['DRIVER_LICENSE', 'B0A0A0A00A0', any],
  dlfr: ['DRIVER_LICENSE', '00AA00000', any],
  plategb: ['LICENSE_PLATE', 'AA10 AAA', any],
  plateus: ['LICENSE_PLATE', '0AAA000', any],
  plateus2: ['LICENSE_PLATE', 'AAA-0000', any],
  platede: ['LICENSE_PLATE', 'B-AA 0000', any],
  platede2: ['LICENSE_PLATE', 'M AA 000', any],
  platefr: ['LICENSE_PLATE', 'AA-000-AA', any],
  platees: ['LICENSE_PLATE', '0000 BCD', any],
  plateit: ['LICENSE_PLATE', 'AA 000 AA', any],
  platenl: ['LICENSE_PLATE', 'AA-000-A', any],
  platepl: ['LICENSE_PLATE', 'WA 0000A', any],
  platept: ['LICENSE_PLATE', 'AA-00-AA', any],
  platese: ['LICENSE_PLATE', 'AAA 000', any],
  platetr: ['LICENSE_PLATE', '34 AAA 000', any],
  plateth: ['LICENSE_PLATE', '1กข 0000', any],
  platecn: ['LICENSE_PLATE', '京A·00A00', any],
  dl10: ['DRIVER_LICENSE', '0000000000', any],
  pass8: ['PASSPORT', '00000000', any],
  plateX: ['DRIVER_LICENSE', 'U1AA0000AA', any],
  acctx13: ['TAX_ID', '3000000000000', any],
  mrn6b: ['INTERNAL_ID', '0000000', any],
  acct12d: ['DRIVER_LICENSE', '000000000000', any],
  platebr: ['LICENSE_PLATE', 'AAA0A00', any],
  emp: ['INTERNAL_ID', '000000', any],
  empx: ['INTERNAL_ID', 'E00000', any],
  empd: ['INTERNAL_ID', 'EMP-00000', any],
  cust: ['INTERNAL_ID', 'C-000000', any],
  cust8: ['INTERNAL_ID', '00000000', any],
  casex: ['INTERNAL_ID', 'CS-2024-00000', any],
  stud: ['INTERNAL_ID', 'S0000000', any],
  acct: ['BANK_ACCOUNT', '0000000000', any],
  acct8: ['BANK_ACCOUNT', '00000000', any],
  acct12: ['BANK_ACCOUNT', '000000000000', any],
  acctd: ['BANK_ACCOUNT', '000-0-00000-0', any],
  accts: ['BANK_ACCOUNT', '0000-00 000 00', any],
  sort: ['BANK_ACCOUNT', '00-00-00', any],
  aba: ['BANK_ACCOUNT', '021000000', aba],
  blz: ['BANK_ACCOUNT', '100 000 00', any],
  clabe: ['BANK_ACCOUNT', '002000000000000000', by('MX', 'clabe')],
  cardp: ['CREDIT_CARD', '4000000000000000', luhn],
  cards: ['CREDIT_CARD', '5100 0000 0000 0000', luhn],
  amex: ['CREDIT_CARD', '3700 000000 00000', luhn],
  zip: ['POSTAL_CODE', '90210', any],
  zipe: ['POSTAL_CODE', '60000', any],
  zip4: ['POSTAL_CODE', '10000-0000', any],
  pcuk: ['POSTAL_CODE', 'SW10 0AA', form(/[A-BD-HJLNP-UW-Z]{2}$/)],
  pcuk2: ['POSTAL_CODE', 'M00 0AA', form(/^M\d\d \d[A-BD-HJLNP-UW-Z]{2}$/)],
  pcca: ['POSTAL_CODE', 'K0A 0B0', any],
  pc5: ['POSTAL_CODE', '70000', any],
  pcfr: ['POSTAL_CODE', '75010', any],
  pcpl: ['POSTAL_CODE', '00-000', any],
  pcpt: ['POSTAL_CODE', '1000-000', any],
  pcnl: ['POSTAL_CODE', '1000 AA', any],
  pcse: ['POSTAL_CODE', '110 00', any],
  pcbr: ['POSTAL_CODE', '01000-000', any],
  pcth: ['POSTAL_CODE', '10000', any],
  pccn: ['POSTAL_CODE', '100000', any],
  phus: ['PHONE', '(410) 250-0000', form(/50-[2-9]/)],
  phus2: ['PHONE', '410.200.0000', any],
  phus3: ['PHONE', '+1 410 250 0000', any],
  phus4: ['PHONE', '4102500000', any],
  phgb: ['PHONE', 'z77zz 90zz00', any],
  phgb2: ['PHONE', 'z2z 7900 0000', any],
  phgb3: ['PHONE', '+44 77zz 90zz00', any],
  phde: ['PHONE', 'z17z 1000000', any],
  phde2: ['PHONE', '+49 3z 1000000', any],
  phde3: ['PHONE', 'z89/100000', any],
  phes: ['PHONE', '600 00 00 00', any],
  phes2: ['PHONE', '910 000 000', any],
  phfr: ['PHONE', 'z6 00 00 00 00', any],
  phfr2: ['PHONE', '+33 1 40 00 00 00', any],
  phit: ['PHONE', '340 0000000', any],
  phit2: ['PHONE', 'z6 6900000', any],
  phnl: ['PHONE', 'z6-20000000', any],
  phpl: ['PHONE', '500 000 000', any],
  phpt: ['PHONE', '910 000 000', any],
  phbr: ['PHONE', '(11) 90000-0000', any],
  phse: ['PHONE', 'z7z-200 00 00', any],
  phtr: ['PHONE', 'z532 200 00 00', any],
  phth: ['PHONE', 'z81-000-0000', any],
  phcn: ['PHONE', '13900000000', any],
  phin: ['PHONE', '+91 98000 00000', any],
  phau: ['PHONE', 'z410 000 000', any],
  iban: ['IBAN', 'DE00500000000000000000', (value) => ibanChecks(value)],
  ibans: ['IBAN', 'FR00 3000 0000 0000 0000 0000 000', (value) => ibanChecks(value)],
  mail: ['EMAIL', 'kaaaaaa.taaaaa@gmail.com', any],
} satisfies Record<string, readonly [string, string, Check]>

/** ISO 13616: the first four signs to the end, letters as numbers, 1 modulo 97. */
const ibanChecks: Check = (value) => {
  const plain = value.replace(/ /g, '')
  const digits = [...plain.slice(4), ...plain.slice(0, 4)].map((sign) => Number.parseInt(sign, 36)).join('')
  return BigInt(digits) % 97n === 1n
}

export type ValueName = keyof typeof VALUES
