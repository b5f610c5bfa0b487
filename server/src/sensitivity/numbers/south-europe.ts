import { isAny, isCcc, isNiss, isRib } from './checks.ts'
import { library } from './library.ts'
import { bank, health, healthForm, type Numbering, national, nationalForm, spaced, tax } from './numbering.ts'

const egn = library('bg/egn')
const lnch = library('bg/pnf')
const bulgarianVat = library('bg/vat')
const cypriotVat = library('cy/vat')
const cif = library('es/cif')
const dni = library('es/dni')
const nie = library('es/nie')
const nss = library('es/nss')
const frenchTax = library('fr/nif')
const nir = library('fr/nir')
const siren = library('fr/siren')
const siret = library('fr/siret')
const frenchVat = library('fr/tva')
const amka = library('gr/amka')
const afm = library('gr/vat')
const oib = library('hr/oib')
const codiceFiscale = library('it/codicefiscale')
const partitaIva = library('it/iva')
const malteseVat = library('mt/vat')
const cidadao = library('pt/cc')
const portugueseTax = library('pt/nif')
const cui = library('ro/cif')
const cnp = library('ro/cnp')
const jmbg = library('rs/jmbg')
const pib = library('rs/pib')
const davcna = library('si/ddv')
const emso = library('si/emso')

/** France, Iberia, Italy, Malta, Greece, Cyprus, the Balkans. */
export const SOUTH_EUROPE: readonly Numbering[] = [
  national(
    'FR_NIR',
    'French social security number',
    'nir|insee|numéro de sécurité sociale|sécurité sociale|n° de sécurité sociale|n° sécu|numéro de sécu|sécu|numéro insee|n° ss|carte vitale|numéro ss|no de sécurité sociale|n°ss',
    {
      alone: [
        '0 00 00 00 000 000 00',
        '0 00 00 0A 000 000 00',
        '0 00 00 00 000 000',
        '000000A00000000',
        '0 000000000000 00',
        '0-00-00-00-000-000-00',
        '0.00.00.00.000.000.00',
      ],
      any: ['000000000000000', '0000000000000 00'],
    },
    nir,
  ),
  tax(
    'FR_SPI',
    'French tax number',
    'spi|numéro fiscal|n° fiscal|numéro fiscal de référence|référence fiscale|nif|impôts|identifiant fiscal',
    { any: ['0000000000000', '00 00 000 000 000', '00 00 00 0000 000'] },
    frenchTax,
  ),
  tax(
    'FR_TVA',
    'French VAT number',
    'tva|numéro de tva|n° tva|tva intracommunautaire|vat|vat number',
    { any: ['AA00000000000', 'AA 00 000000000', 'AA 00 000 000 000', 'AA00 000 000 000', 'AA 00000000000'] },
    frenchVat,
  ),
  tax(
    'FR_SIREN',
    'French company number',
    'siren|numéro siren|n° siren|rcs',
    { own: spaced('000 000 000', ' ') },
    siren,
  ),
  tax(
    'FR_SIRET',
    'French establishment number',
    'siret|numéro siret|n° siret',
    { own: ['00000000000000', '000 000 000 00000', '000 000 000 000 00'] },
    siret,
  ),
  bank(
    'FR_RIB',
    'French account',
    'rib|compte|numéro de compte|compte bancaire|relevé',
    {
      any: [
        '00000 00000 00000000000 00',
        '00000000000000000000000',
        '00000-00000-00000000000-00',
        '00000 00000 0000000000A 00',
        '0000000000000000000000A00',
      ],
    },
    isRib,
  ),
  national(
    'ES_DNI',
    'Spanish identity number',
    'dni|documento nacional de identidad|documento nacional|nif|d.n.i.|dni/nie|dni nº',
    {
      any: [
        '00000000A',
        '00000000-A',
        '00.000.000-A',
        '00.000.000A',
        '00000000 A',
        '00 000 000 A',
        '00.000.000 A',
        '00 000 000-A',
      ],
    },
    dni,
  ),
  national(
    'ES_NIE',
    'Spanish foreigner number',
    'nie|número de identidad de extranjero|n.i.e.|tarjeta de residencia',
    { any: ['A0000000A', 'A-0000000-A', 'A0000000-A', 'A 0000000 A', 'A-0000000A'] },
    nie,
  ),
  tax(
    'ES_CIF',
    'Spanish company number',
    'cif|nif|c.i.f.|nif-iva|iva',
    { any: ['A00000000', 'A-00000000', 'A0000000A', 'A-0000000-A'], own: ['AAA00000000', 'AA00000000A'] },
    cif,
  ),
  health(
    'ES_NSS',
    'Spanish social security number',
    'nss|número de seguridad social|seguridad social|número de la seguridad social|naf|número de afiliación|afiliación|nº seguridad social|nuss',
    { any: ['00/00000000/00', '00 00000000 00', '00-00000000-00', '00 0000000000'], own: ['000000000000'] },
    nss,
  ),
  bank(
    'ES_CCC',
    'Spanish account',
    'ccc|cuenta|cuenta bancaria|número de cuenta|cuenta corriente|c/c',
    {
      any: [
        '0000 0000 00 0000000000',
        '00000000000000000000',
        '0000-0000-00-0000000000',
        '0000 0000 0000 0000 0000',
      ],
    },
    isCcc,
  ),
  nationalForm(
    'IT_CIE',
    'Italian identity card number',
    "carta d'identità|carta d'identità n.|carta di identità|cie|numero carta d'identità|c.i.",
    { own: ['AA00000AA', 'AA0000000', 'AA 0000000', 'AA 00000 AA'] },
    isAny,
  ),
  national(
    'IT_CF',
    'Italian fiscal code',
    'codice fiscale|cod. fiscale|c.f.|cf|cod. fisc.|codfisc|tessera sanitaria|c.f',
    {
      alone: [
        'AAAAAA00A00A000A',
        'AAA AAA 00A00 A000A',
        'AAA AAA 00 A 00 A000 A',
        'AAA-AAA-00A00-A000A',
        'AAAAAA 00A00 A000A',
        'AAA AAA 00A00A000A',
      ],
    },
    codiceFiscale,
  ),
  tax(
    'IT_IVA',
    'Italian VAT number',
    'partita iva|p.iva|p. iva|p.iva:|piva|partita i.v.a.|vat|vat number|iva',
    { any: ['00000000000', 'AA00000000000', 'AA 00000000000', 'AA 000 0000 0000'] },
    partitaIva,
  ),
  tax(
    'PT_NIF',
    'Portuguese tax number',
    'nif|número de contribuinte|contribuinte|número fiscal|nipc|número de identificação fiscal|nº contribuinte|n.º de contribuinte|nif nº',
    { any: [...spaced('000 000 000', ' .-'), 'AA000000000', 'AA 000000000'] },
    portugueseTax,
  ),
  national(
    'PT_CC',
    'Portuguese citizen card number',
    'cartão de cidadão|bilhete de identidade|cartão do cidadão|cc|número de cidadão|número do cartão de cidadão',
    {
      alone: ['00000000 0 AA0', '00000000 0 A00', '00000000-0-AA0', '00000000-0AA0'],
      any: ['000000000AA0', '000000000A00'],
    },
    cidadao,
  ),
  health(
    'PT_NISS',
    'Portuguese social security number',
    'niss|segurança social|número de segurança social|n.º de segurança social|nº de segurança social|nº segurança social',
    { any: ['00000000000', '000 000 000 00', '00 00 00 000 00'] },
    isNiss,
  ),
  healthForm(
    'PT_SNS',
    'Portuguese health number',
    'número de utente|utente|nº de utente|n.º de utente|cartão de utente',
    { own: spaced('000 000 000', ' ') },
    isAny,
  ),
  nationalForm(
    'MT_ID',
    'Maltese identity card number',
    'identity card|id card|karta tal-identità|identità',
    { own: ['0000000A', '000000A', '0000000(A)'] },
    (printed) => /[MGAPLHBZ]\)?$/i.test(printed),
  ),
  tax(
    'MT_VAT',
    'Maltese VAT number',
    'vat|vat number|vat no',
    { any: ['AA00000000', 'AA 0000 0000'] },
    malteseVat,
  ),
  tax(
    'GR_AFM',
    'Greek tax number',
    'αφμ|α.φ.μ.|αριθμός φορολογικού μητρώου|φορολογικού μητρώου|afm|φπα',
    { any: ['000000000', 'AA000000000', 'AA 000000000'] },
    afm,
  ),
  national(
    'GR_AMKA',
    'Greek AMKA',
    'αμκα|α.μ.κ.α.|amka|αριθμός μητρώου κοινωνικής ασφάλισης',
    { any: ['00000000000', '000000 00000', '000000-00000'] },
    amka,
  ),
  nationalForm(
    'GR_ADT',
    'Greek identity card number',
    'αριθμός ταυτότητας|ταυτότητα|ταυτότητας|αδτ|α.δ.τ.|αρ. ταυτότητας|δελτίο ταυτότητας',
    { own: spaced('AA 000000', ' -') },
    isAny,
  ),
  tax(
    'CY_VAT',
    'Cypriot VAT number',
    'vat|φπα|vat number|αφτ',
    { any: ['AA00000000A', 'AA 00000000 A'], own: ['00000000A'] },
    cypriotVat,
  ),
  national(
    'HR_OIB',
    'Croatian OIB',
    'oib|osobni identifikacijski broj|oib:|oib-om|oib-a',
    { any: ['00000000000', 'AA00000000000'] },
    oib,
  ),
  national(
    'RS_JMBG',
    'personal number of Serbia, Bosnia, Montenegro or North Macedonia',
    'jmbg|јмбг|matični broj|jmb|jedinstveni matični broj|матични број|embg|ембг',
    { any: ['0000000000000', '0000000 000000'] },
    jmbg,
  ),
  tax('RS_PIB', 'Serbian tax number', 'pib|пиб|poreski broj', { own: ['000000000'] }, pib),
  national(
    'SI_EMSO',
    'Slovenian personal number',
    'emšo|emso|matična številka|enotna matična številka',
    { any: ['0000000000000', '0000000 000000'] },
    emso,
  ),
  tax(
    'SI_DAVCNA',
    'Slovenian tax number',
    'davčna številka|davčna|id za ddv|ddv|davčno številko|davčne številke',
    { any: ['AA00000000'], own: ['00000000'] },
    davcna,
  ),
  national(
    'RO_CNP',
    'Romanian personal number',
    'cnp|cod numeric personal|codul numeric personal|cnp-ul',
    { any: ['0000000000000', '0 000000 000000', '0 00 00 00 000000'] },
    cnp,
  ),
  tax(
    'RO_CUI',
    'Romanian company number',
    'cui|cif|cod unic de înregistrare|cod unic|cod fiscal|codul fiscal|cod de identificare fiscală',
    { own: ['00000000', '0000000', 'AA00000000', 'AA0000000', 'AA000000', 'AA 00000000'] },
    cui,
  ),
  nationalForm(
    'RO_CI',
    'Romanian identity card number',
    'carte de identitate|buletin|ci seria|c.i. seria|seria|cartea de identitate|act de identitate',
    { own: ['AA 000000', 'AA000000', 'AA AA. 000000', 'AA AA 000000'] },
    isAny,
  ),
  national(
    'BG_EGN',
    'Bulgarian personal number',
    'egn|егн|единен граждански номер|е.г.н.|граждански номер',
    { any: ['0000000000'] },
    egn,
  ),
  national(
    'BG_LNCH',
    'Bulgarian foreigner number',
    'лнч|lnch|личен номер на чужденец',
    { own: ['0000000000'] },
    lnch,
  ),
  tax(
    'BG_VAT',
    'Bulgarian company number',
    'еик|булстат|bulstat|ддс|eik|ддс номер|ин по ддс',
    { any: ['AA000000000', 'AA0000000000'], own: ['000000000'] },
    (printed) => bulgarianVat.validate(printed).isValid,
  ),
]
