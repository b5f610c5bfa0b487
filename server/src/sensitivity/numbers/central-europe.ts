import {
  isCzechAccount,
  isGermanDocument,
  isHungarianTax,
  isKvnr,
  isPolishAccount,
  isPolishCard,
  isPolishPassport,
  isSzemelyi,
  isTaj,
} from './checks.ts'
import { library } from './library.ts'
import { bank, health, type Numbering, national, parted, passport, spaced, tax } from './numbering.ts'

const austrianTax = library('at/tin')
const austrianVat = library('at/uid')
const vnr = library('at/vnr')
const ahv = library('ch/ssn')
const swissCompany = library('ch/uid')
const swissVat = library('ch/vat')
const dic = library('cz/dic')
const ico = library('cz/ico')
const rodneCislo = library('cz/rc')
const idnr = library('de/idnr')
const stnr = library('de/stnr')
const svnr = library('de/svnr')
const germanVat = library('de/vat')
const hungarianVat = library('hu/anum')
const nip = library('pl/nip')
const pesel = library('pl/pesel')
const regon = library('pl/regon')
const slovakVat = library('sk/dph')
const slovakRc = library('sk/rc')

/** Germany, Austria, Switzerland, Poland, Czechia, Slovakia, Hungary. */
export const CENTRAL_EUROPE: readonly Numbering[] = [
  tax(
    'DE_STEUERID',
    'German tax id',
    'steuer-id|steuerid|steuer-identifikationsnummer|steueridentifikationsnummer|steuerliche identifikationsnummer|identifikationsnummer|idnr|idnr.|tin|steuer-identnummer|steueridentnummer|steuer id|persönliche identifikationsnummer',
    { any: [...spaced('00 000 000 000', ' -/.')] },
    idnr,
  ),
  tax(
    'DE_STNR',
    'German tax number',
    'steuernummer|steuer-nr|steuer-nr.|st.-nr|st.-nr.|stnr|st-nr|steuernr|steuernr.',
    {
      own: [
        '00/000/00000',
        '000/000/00000',
        '000/0000/0000',
        '000 000 00000',
        '0000000000000',
        '0 000 000 000',
        '0000000000',
        '00000000000',
        '00000/00000',
        '0000/000/00000',
      ],
    },
    stnr,
  ),
  tax(
    'DE_VAT',
    'German VAT number',
    'ust-id|ust-idnr|ustid|ust-idnr.|ust-id-nr|ust-id-nr.|umsatzsteuer-id|umsatzsteuer-identifikationsnummer|ust-identifikationsnummer|vat|vat number|vat id',
    { any: ['AA000000000', 'AA 000000000', 'AA 000 000 000', 'AA 000 00 00 00'] },
    (printed) => /^de/i.test(printed) && germanVat.validate(printed).isValid,
  ),
  national(
    'DE_PERSONALAUSWEIS',
    'German identity card number',
    'personalausweis|personalausweisnummer|ausweisnummer|ausweis-nr|ausweis-nr.|ausweisnr|ausweis|perso|personalausweis-nr|personalausweis-nr.|ausweis nr|seriennummer',
    {
      any: [
        'A00A00A000',
        'AAAAAAAAA0',
        'A000000000',
        'A00000000',
        'A00AA00A0',
        'AAA0AA0A0',
        'AA0AAA000',
        'A0AA00A00',
        'A00A00A00',
        'A0AAA0A0A',
        'AA00A0AAA',
        'A00AAAA00',
        'A0A00A00A',
        'A00A0A00A',
      ],
    },
    isGermanDocument,
  ),
  health(
    'DE_RVNR',
    'German pension insurance number',
    'rentenversicherungsnummer|sozialversicherungsnummer|rv-nummer|sv-nummer|rvnr|svnr|versicherungsnummer|sv-nr|sv-nr.',
    {
      alone: ['00 000000 A 000', '00 00 00 00 A 000'],
      any: ['00000000A000', '00-000000-A-000', '00 000000A000', '00 000000 A000'],
    },
    svnr,
  ),
  health(
    'DE_KVNR',
    'German health insurance number',
    'kvnr|krankenversichertennummer|versichertennummer|versicherten-nr|versicherten-nr.|krankenversicherungsnummer|kv-nummer|kv-nr|kv-nr.|krankenkassennummer|versichertennr|egk|versichertenkarte|gesundheitskarte|versicherungsnummer|krankenkasse',
    { any: [...spaced('A 000 000 000', ' -'), 'A000 000 000', 'A000000 000', 'A 000000000', 'A0000 00000'] },
    isKvnr,
  ),
  tax(
    'AT_TIN',
    'Austrian tax number',
    'steuernummer|abgabenkontonummer|st.nr.|steuer-nr|finanzamt',
    { own: ['00-000/0000', '00 000/0000', '000000000', '00-0000000'] },
    austrianTax,
  ),
  tax(
    'AT_UID',
    'Austrian VAT number',
    'uid|uid-nummer|uid-nr|ust-id|umsatzsteuer-id|ust-idnr|vat',
    { alone: ['AAA00000000'], any: ['AAA 00000000', 'AA A00000000', 'A00000000'] },
    austrianVat,
  ),
  health(
    'AT_SVNR',
    'Austrian social insurance number',
    'sozialversicherungsnummer|sv-nummer|svnr|sv-nr|sv-nr.|sv nr|vsnr|versicherungsnummer|sozialversicherungsnr|e-card',
    { any: ['0000 000000', '0000-000000', '0000 00 00 00'], own: ['0000000000'] },
    vnr,
  ),
  national(
    'CH_AHV',
    'Swiss AHV number',
    'ahv|ahv-nummer|ahv-nr|ahv-nr.|ahvn13|avs|numéro avs|no avs|n° avs|numero avs|sozialversicherungsnummer|ahv nummer|navs13',
    { alone: ['000.0000.0000.00', '000 0000 0000 00'], any: ['0000000000000'] },
    ahv,
  ),
  tax(
    'CH_UID',
    'Swiss company number',
    'uid|unternehmens-identifikationsnummer|ide|idi|mwst-nummer|mwst-nr|mwst|tva|iva',
    { alone: ['AAA-000.000.000', 'AAA-000 000 000'], any: ['AAA000000000', 'AAA 000.000.000'] },
    swissCompany,
  ),
  tax(
    'CH_VAT',
    'Swiss VAT number',
    'mwst|mwst-nummer|mwst-nr|tva|iva',
    { alone: ['AAA-000.000.000 AAAA', 'AAA-000.000.000 AAA', 'AAA-000.000.000AAA'] },
    swissVat,
  ),
  national(
    'PL_PESEL',
    'Polish PESEL number',
    'pesel|numer pesel|nr pesel|peselu|pesel-u|pesel nr',
    { any: ['00000000000', '000000 00000', '000000-00000'] },
    pesel,
  ),
  tax(
    'PL_NIP',
    'Polish tax number',
    'nip|numer nip|nr nip|nip-u|numer identyfikacji podatkowej',
    {
      any: ['000-000-00-00', '000-00-00-000', 'AA0000000000'],
      own: ['0000000000', '000 000 00 00', '000 00 00 000'],
    },
    nip,
  ),
  tax(
    'PL_REGON',
    'Polish company number',
    'regon|numer regon|nr regon',
    { own: ['000000000', '00000000000000'] },
    regon,
  ),
  national(
    'PL_DOWOD',
    'Polish identity card number',
    'dowód osobisty|dowodu osobistego|numer dowodu|nr dowodu|seria i numer dowodu|dowód|dowodu|dowodem osobistym|dowodem',
    { any: spaced('AAA 000000', ' -'), own: ['AAA 00 00 00', 'AAA 000 000'] },
    isPolishCard,
  ),
  passport(
    'PL_PASZPORT',
    'Polish passport',
    'paszport|paszportu|numer paszportu|nr paszportu|paszportem',
    { own: spaced('AA 0000000', ' ') },
    isPolishPassport,
  ),
  bank(
    'PL_NRB',
    'Polish account',
    'konto|numer konta|nr konta|rachunek|numer rachunku|nrb|nr rachunku|rachunku',
    {
      alone: ['00 0000 0000 0000 0000 0000 0000', '00000000000000000000000000'],
      any: ['00-0000-0000-0000-0000-0000-0000'],
    },
    isPolishAccount,
  ),
  national(
    'CZ_RC',
    'Czech birth number',
    'rodné číslo|rodným číslem|rodného čísla|rč|r.č.|r. č.|rodne cislo|rodné č.',
    { any: ['000000/0000', '000000/000'], own: ['0000000000', '000000 0000', '000000000'] },
    rodneCislo,
  ),
  tax(
    'CZ_DIC',
    'Czech VAT number',
    'dič|dic|daňové identifikační číslo|dič:',
    { any: ['AA00000000', 'AA000000000', 'AA0000000000'], own: ['00000000', '0000000000'] },
    dic,
  ),
  tax(
    'CZ_ICO',
    'Czech company number',
    'ičo|ič|ico|identifikační číslo',
    { own: ['00000000', '000 00 000'] },
    ico,
  ),
  bank(
    'CZ_UCET',
    'Czech or Slovak account',
    'účet|číslo účtu|bankovní účet|účtu|č.ú.|čú|čísla účtu|číslo účtu',
    {
      any: [
        '000000-0000000000/0000',
        '0000000000/0000',
        '00-0000000000/0000',
        '000000-000000000/0000',
        '00000-0000000000/0000',
        '000-0000000000/0000',
        '000000000/0000',
        '0000-0000000000/0000',
      ],
    },
    isCzechAccount,
  ),
  national(
    'SK_RC',
    'Slovak birth number',
    'rodné číslo|rodným číslom|rodného čísla|rč|r.č.|r. č.',
    { any: ['000000/0000', '000000/000'], own: ['0000000000', '000000 0000'] },
    slovakRc,
  ),
  tax(
    'SK_DPH',
    'Slovak VAT number',
    'ič dph|dič|dph|daňové identifikačné číslo',
    { any: ['AA0000000000'], own: ['0000000000'] },
    slovakVat,
  ),
  health(
    'HU_TAJ',
    'Hungarian health number',
    'taj|taj-szám|taj szám|tajszám|társadalombiztosítási|tb szám|taj-száma|taj száma|taj-számom',
    { any: parted('000 000 000', ' -'), own: ['000000000'] },
    isTaj,
  ),
  tax(
    'HU_ADO',
    'Hungarian tax number of a person',
    'adóazonosító|adóazonosító jel|adóazonosító jele|adóazonosító jelem|adószám|adóazonosítója',
    { any: ['0000000000'] },
    isHungarianTax,
  ),
  tax(
    'HU_VAT',
    'Hungarian company tax number',
    'adószám|adószáma|közösségi adószám|cégjegyzékszám',
    { any: ['AA00000000', '00000000-0-00'], own: ['00000000'] },
    (printed) => hungarianVat.validate(printed.replaceAll(/\D/g, '').slice(0, 8)).isValid,
  ),
  national(
    'HU_SZEMELYI',
    'Hungarian personal number',
    'személyi szám|személyi azonosító|személyi száma|személyazonosító|személyi|személyi azonosítója',
    { any: ['0-000000-0000', '0 000000 0000'], own: ['00000000000'] },
    isSzemelyi,
  ),
]
