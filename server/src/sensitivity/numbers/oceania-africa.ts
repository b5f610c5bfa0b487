import { isAny, isMedicare, isNhi } from './checks.ts'
import { library } from './library.ts'
import {
  bank,
  bankForm,
  health,
  type Numbering,
  national,
  nationalForm,
  spaced,
  tax,
  taxForm,
} from './numbering.ts'

const abn = library('au/abn')
const acn = library('au/acn')
const tfn = library('au/tfn')
const kra = library('ke/pin')
const bankNz = library('nz/bank')
const ird = library('nz/ird')
const southAfricanId = library('za/idnr')
const southAfricanTax = library('za/tin')
const southAfricanVat = library('za/vat')

/** Australia, New Zealand, Africa south of the Sahara. */
export const OCEANIA_AFRICA: readonly Numbering[] = [
  tax(
    'AU_TFN',
    'Australian tax file number',
    'tfn|tax file number|tfn number|tax file no',
    { any: spaced('000 000 000', ' -.'), own: ['00000000', '00 000 000'] },
    tfn,
  ),
  tax(
    'AU_ABN',
    'Australian business number',
    'abn|australian business number|abn number',
    { any: ['00 000 000 000', '00000000000'] },
    abn,
  ),
  tax(
    'AU_ACN',
    'Australian company number',
    'acn|australian company number',
    { own: spaced('000 000 000', ' ') },
    acn,
  ),
  health(
    'AU_MEDICARE',
    'Australian Medicare number',
    'medicare|medicare number|medicare card|medicare no|medicare card number',
    {
      any: ['0000 00000 0', '0000-00000-0', '0000 00000 0/0', '0000 00000 0 0'],
      own: ['0000000000', '00000000000', '0000000000/0', '0000 00000 0-0'],
    },
    isMedicare,
  ),
  bankForm(
    'AU_BSB',
    'Australian branch number',
    'bsb|bsb number|bsb no|bsb code',
    { own: ['000-000', '000 000', '000000'] },
    isAny,
  ),
  tax(
    'NZ_IRD',
    'New Zealand tax number',
    'ird|ird number|ird no|inland revenue',
    { any: ['00-000-000', '000-000-000'], own: ['00000000', '000000000', '000 000 000', '00 000 000'] },
    ird,
  ),
  health(
    'NZ_NHI',
    'New Zealand health number',
    'nhi|nhi number|nhi no|national health index',
    { any: ['AAA0000', 'AAA00AA'] },
    isNhi,
  ),
  bank(
    'NZ_ACCOUNT',
    'New Zealand account',
    'account|account number|bank account|account no',
    { alone: ['00-0000-0000000-00', '00-0000-0000000-000'], any: ['00 0000 0000000 00', '000000000000000'] },
    bankNz,
  ),
  national(
    'ZA_ID',
    'South African identity number',
    'sa id|rsa id|id number|said|sa id number|identiteitsnommer|id-nommer|south african id|inombolo kamazisi',
    { any: ['0000000000000', '000000 0000 000', '000000 0000 00 0', '000000-0000-000', '000000 0000000'] },
    southAfricanId,
  ),
  tax(
    'ZA_TAX',
    'South African tax number',
    'tax reference|tax reference number|sars|income tax number|tax number|belastingnommer',
    { own: ['0000000000', '0000 000 000', '0000/000/00/0'] },
    southAfricanTax,
  ),
  tax(
    'ZA_VAT',
    'South African VAT number',
    'vat|vat number|vat no|btw-nommer',
    { own: ['0000000000'] },
    southAfricanVat,
  ),
  nationalForm(
    'NG_NIN',
    'Nigerian identity number',
    'nin|national identification number|nin number|nimc',
    { own: ['00000000000', '0000 000 0000', '000 0000 0000', '0000-000-0000'] },
    isAny,
  ),
  bankForm(
    'NG_BVN',
    'Nigerian bank verification number',
    'bvn|bank verification number|bvn number',
    { own: ['00000000000', '000 0000 0000'] },
    isAny,
  ),
  taxForm(
    'NG_TIN',
    'Nigerian tax number',
    'tin|tax identification number|firs',
    { own: ['00000000-0000', '0000000000'] },
    isAny,
  ),
  tax('KE_PIN', 'Kenyan tax number', 'kra|kra pin|pin number|kra pin number', { any: ['A000000000A'] }, kra),
  nationalForm(
    'KE_ID',
    'Kenyan identity number',
    'id no|national id|kenyan id|kitambulisho|nambari ya kitambulisho',
    { own: ['00000000'] },
    isAny,
  ),
  nationalForm(
    'GH_CARD',
    'Ghanaian identity number',
    'ghana card|ghanacard|national id',
    { alone: ['AAA-000000000-0'] },
    (printed) => /^GHA/i.test(printed),
  ),
]
