import { byLuhn, isBelgianCard, isChi, isGbDriver, isLatvian, isLuxembourgish, isNhs } from './checks.ts'
import { library } from './library.ts'
import { bank, health, licenseForm, type Numbering, national, parted, spaced, tax } from './numbering.ts'

const belgianBis = library('be/bis')
const belgianNumber = library('be/nn')
const belgianVat = library('be/vat')
const cpr = library('dk/cpr')
const cvr = library('dk/cvr')
const isikukood = library('ee/ik')
const kmkr = library('ee/kmkr')
const finnishVat = library('fi/alv')
const hetu = library('fi/hetu')
const ytunnus = library('fi/ytunnus')
const nino = library('gb/nino')
const utr = library('gb/utr')
const britishVat = library('gb/vat')
const pps = library('ie/pps')
const irishVat = library('ie/vat')
const kennitala = library('is/kennitala')
const asmens = library('lt/asmens')
const lithuanianVat = library('lt/pvm')
const luxembourgVat = library('lu/tva')
const latvianVat = library('lv/pvn')
const bsn = library('nl/bsn')
const btw = library('nl/btw')
const onderwijsnummer = library('nl/onderwijsnummer')
const fodselsnummer = library('no/fodselsnummer')
const kontonr = library('no/kontonr')
const mva = library('no/mva')
const orgnr = library('no/orgnr')
const swedishCompany = library('se/orgnr')
const swedish = library('se/personnummer')
/** The library knows it only with its sign, which says whether somebody is a hundred years old. */
const personnummer = (printed: string): boolean =>
  swedish.validate(
    /^\d+ ?\d{4}$/.test(printed) ? `${printed.slice(0, -4).trim()}-${printed.slice(-4)}` : printed,
  ).isValid
const swedishVat = library('se/vat')

/** The British Isles, the Nordic and Baltic states, the Low Countries. */
export const NORTH_EUROPE: readonly Numbering[] = [
  national(
    'GB_NINO',
    'UK national insurance number',
    'nino|national insurance|national insurance number|ni number|ni no|nat ins|national insurance no|nin',
    { alone: ['AA 00 00 00 A', 'AA-00-00-00-A'], any: ['AA000000A', 'AA 000000 A'] },
    nino,
  ),
  health(
    'GB_NHS',
    'NHS number',
    'nhs|nhs number|nhs no|nhs no.|nhs id|nhs#|health and care number',
    { any: spaced('000 000 0000', ' -.') },
    isNhs,
  ),
  health(
    'GB_CHI',
    'Scottish health number',
    'chi|chi number|chi no',
    { own: spaced('000000 0000', ' -') },
    isChi,
  ),
  tax(
    'GB_UTR',
    'UK taxpayer reference',
    'utr|unique taxpayer reference|taxpayer reference|self assessment|utr number',
    { own: [...spaced('00000 00000', ' -'), '000 000 0000'] },
    utr,
  ),
  tax(
    'GB_VAT',
    'UK VAT number',
    'vat|vat number|vat no|vat reg|vat registration number',
    { any: [...spaced('AA 000 0000 00', ' '), 'AA000 0000 00'], own: spaced('000 0000 00', ' ') },
    (printed) => britishVat.validate(printed).isValid && !/^(?!GB)[A-Z]/i.test(printed),
  ),
  licenseForm(
    'GB_LICENCE',
    'UK driving licence',
    'driving licence|driving licence number|dvla|licence number|driver number',
    {
      alone: ['AAAAA000000AA0AA', 'AAAAA000000A00AA', 'AAAAA000000AA00A', 'AAAAA000000AAAAA'],
      any: [
        'AAAA0000000AA0AA',
        'AAA00000000AA0AA',
        'AAAAA 000000 AA0AA',
        'AAAAA000000AA 0AA',
        'AAAA0000000A00AA',
        'AAAAA000000AA0A0',
        'AAAAA000000A00A0',
        'AAAAA000000AA000',
      ],
    },
    isGbDriver,
  ),
  national(
    'IE_PPS',
    'Irish PPS number',
    'pps|ppsn|pps number|pps no|personal public service|personal public service number',
    { any: [...spaced('0000000 A', ' -'), ...spaced('0000000 AA', ' -')] },
    pps,
  ),
  tax(
    'IE_VAT',
    'Irish VAT number',
    'vat|vat number|vat no',
    { any: ['AA0000000A', 'AA0000000AA', 'AA0A00000A'] },
    irishVat,
  ),
  national(
    'NL_BSN',
    'Dutch citizen number',
    'bsn|burgerservicenummer|burger service nummer|sofinummer|sofi-nummer|bsn-nummer|bsn nummer|citizen service number',
    { any: [...spaced('0000 00 000', '. '), ...parted('000 000 000', ' .-')] },
    bsn,
  ),
  tax(
    'NL_BTW',
    'Dutch VAT number',
    'btw|btw-nummer|btw nummer|btw-id|btw-identificatienummer|vat|vat number',
    { alone: ['AA000000000A00', 'AA 0000.00.000.A.00', 'AA000000000.A00'] },
    btw,
  ),
  national(
    'NL_ONDERWIJS',
    'Dutch education number',
    'onderwijsnummer|leerlingnummer',
    { own: ['000000000'] },
    onderwijsnummer,
  ),
  national(
    'BE_NN',
    'Belgian national number',
    'rijksregisternummer|rijksregister|registre national|numéro national|numéro de registre national|insz|niss|nationaal nummer|nationalregisternummer|rrn|numéro de registre|national register number',
    {
      alone: ['00.00.00-000.00', '00.00.00-000-00', '00.00.00 000.00', '00.00.00.000.00', '00-00-00-000-00'],
      any: ['00000000000', '000000-000-00', '00 00 00 000 00', '000000 000 00', '000000-00000'],
    },
    belgianNumber,
  ),
  national(
    'BE_BIS',
    'Belgian BIS number',
    'bisnummer|numéro bis|bis-nummer|bis',
    { own: ['00.00.00-000.00', '00000000000'] },
    belgianBis,
  ),
  national(
    'BE_CARD',
    'Belgian identity card number',
    "identiteitskaart|identiteitskaartnummer|carte d'identité|eid",
    { any: ['000-0000000-00'], own: ['000000000000'] },
    isBelgianCard,
  ),
  tax(
    'BE_VAT',
    'Belgian company number',
    'btw|btw-nummer|tva|numéro de tva|ondernemingsnummer|kbo|bce|vat|vat number',
    {
      any: ['AA0000000000', 'AA 0000.000.000', 'AA 0000 000 000', 'AA0000.000.000'],
      own: ['0000.000.000', '0000000000'],
    },
    belgianVat,
  ),
  national(
    'LU_MATRICULE',
    'Luxembourg national number',
    'matricule|numéro de matricule|matricule national|matricule nationale|sozialversicherungsnummer|cns',
    { any: ['0000000000000', '00000000 00000', '0000 00 00 00000', '0000 0000 000 00'] },
    isLuxembourgish,
  ),
  tax(
    'LU_TVA',
    'Luxembourg VAT number',
    'tva|numéro de tva|vat|vat number',
    { any: ['AA00000000', 'AA 00000000'] },
    luxembourgVat,
  ),
  national(
    'SE_PERSONNUMMER',
    'Swedish personal number',
    'personnummer|personnr|pnr|pers.nr|samordningsnummer|svenskt personnummer|personnumret|personnummret',
    {
      alone: ['00000000-0000'],
      any: ['000000-0000', '000000+0000', '000000000000', '00000000 0000'],
      own: ['0000000000', '000000 0000'],
    },
    personnummer,
  ),
  tax(
    'SE_ORGNR',
    'Swedish company number',
    'organisationsnummer|org.nr|orgnr|org nr|organisationsnr',
    { own: ['000000-0000', '0000000000', '000000 0000'] },
    swedishCompany,
  ),
  tax(
    'SE_VAT',
    'Swedish VAT number',
    'momsnummer|momsregistreringsnummer|vat-nummer|vat|moms|vat nr',
    { any: ['AA000000000000', 'AA 000000000000', 'AA000000-000000', 'AA000000-0000-00'] },
    swedishVat,
  ),
  bank(
    'SE_BANKGIRO',
    'Swedish giro',
    'bankgiro|bankgironummer|bg|plusgiro|postgiro',
    { own: ['000-0000', '0000-0000', '0000000', '00000000', '000000-0', '00 00 00-0'] },
    byLuhn,
  ),
  national(
    'FI_HETU',
    'Finnish personal code',
    'henkilötunnus|hetu|sotu|henkilötunnukseni|henkilötunnuksesi|hlötunnus|sosiaaliturvatunnus|henkilötunnuksensa|personbeteckning',
    {
      alone: ['000000-000A', '000000A000A', '000000+000A'],
      any: ['000000-0000', '000000A0000', '000000+0000'],
    },
    hetu,
  ),
  tax(
    'FI_YTUNNUS',
    'Finnish company number',
    'y-tunnus|y tunnus|fo-nummer|business id|ytunnus',
    { own: ['0000000-0'] },
    ytunnus,
  ),
  tax(
    'FI_ALV',
    'Finnish VAT number',
    'alv|alv-numero|alv-tunniste|vat|momsnummer|vat number',
    { any: ['AA00000000'] },
    finnishVat,
  ),
  national(
    'DK_CPR',
    'Danish personal number',
    'cpr|cpr-nummer|cpr nummer|cpr-nr|cpr nr|cprnr|personnummer|cpr-nummeret|cprnummer',
    { any: [...spaced('000000 0000', ' -')] },
    cpr,
  ),
  tax(
    'DK_CVR',
    'Danish company number',
    'cvr|cvr-nummer|cvr-nr|cvr nr|se-nummer|momsnummer|moms',
    { any: ['AA00000000', 'AA 00 00 00 00'], own: spaced('00 00 00 00', ' ') },
    cvr,
  ),
  national(
    'NO_FODSELSNUMMER',
    'Norwegian personal number',
    'fødselsnummer|fødselsnr|personnummer|fnr|d-nummer|fodselsnummer|f.nr|fødselsnummeret|personnr',
    { any: [...spaced('000000 00000', ' -'), '00.00.00 00000'] },
    fodselsnummer,
  ),
  tax(
    'NO_ORGNR',
    'Norwegian company number',
    'organisasjonsnummer|orgnr|org.nr|org nr|organisasjonsnr',
    { own: spaced('000 000 000', ' ') },
    orgnr,
  ),
  tax(
    'NO_MVA',
    'Norwegian VAT number',
    'mva|mva-nummer',
    {
      alone: ['AA000000000AAA', 'AA 000 000 000 AAA'],
      any: ['000000000AAA', '000 000 000 AAA', '000000000 AAA', 'AA 000 000 000'],
    },
    mva,
  ),
  bank(
    'NO_KONTONR',
    'Norwegian account',
    'kontonummer|kontonr|konto|bankkonto|kontonummeret',
    { any: ['0000.00.00000', '0000 00 00000'], own: ['00000000000'] },
    kontonr,
  ),
  national(
    'IS_KENNITALA',
    'Icelandic number',
    'kennitala|kt|kt.|kennitölu|kennitalan',
    { any: ['000000-0000', '000000 0000'], own: ['0000000000'] },
    kennitala,
  ),
  national(
    'EE_IK',
    'Estonian personal code',
    'isikukood|isikukoodi|isikukoodiga|personal code|ik',
    { any: ['00000000000'] },
    isikukood,
  ),
  tax(
    'EE_KMKR',
    'Estonian VAT number',
    'kmkr|kmkr number|käibemaksukohustuslase number|vat',
    { any: ['AA000000000'] },
    kmkr,
  ),
  national(
    'LV_PK',
    'Latvian personal code',
    'personas kods|personas kodu|pk|personas koda|p.k.',
    { any: ['000000-00000'], own: ['00000000000'] },
    isLatvian,
  ),
  tax(
    'LV_PVN',
    'Latvian VAT number',
    'pvn|pvn numurs|pvn reģistrācijas numurs|reģ. nr|vat',
    { any: ['AA00000000000'], own: ['00000000000'] },
    latvianVat,
  ),
  national(
    'LT_ASMENS',
    'Lithuanian personal code',
    'asmens kodas|asmens kodo|asmens kodą|a.k.|asmens kodu',
    { any: ['00000000000'] },
    asmens,
  ),
  tax(
    'LT_PVM',
    'Lithuanian VAT number',
    'pvm|pvm kodas|pvm mokėtojo kodas|vat',
    { any: ['AA000000000', 'AA000000000000'] },
    lithuanianVat,
  ),
]
