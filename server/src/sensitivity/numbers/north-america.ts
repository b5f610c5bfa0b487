import { byLuhn, isAba, isAny, isDea, isItin, isMbi, isNpi, isSsn } from './checks.ts'
import { library } from './library.ts'
import {
  bank,
  bankForm,
  health,
  healthForm,
  licenseForm,
  type Numbering,
  national,
  nationalForm,
  parted,
  spaced,
  tax,
  taxForm,
} from './numbering.ts'

const bchn = library('ca/bc_bhn')
const canadianBusiness = library('ca/bn')
const sin = library('ca/sin')

/** The United States and Canada. */
export const NORTH_AMERICA: readonly Numbering[] = [
  nationalForm(
    'US_SSN',
    'US social security number',
    'ssn|ssn#|ss#|ssns|social security|social security number|social security no|soc sec|social sec|social/national number',
    { alone: ['000-00-0000'], own: ['000000000', '0 0 0 0 0 0 0 0 0', ...parted('000 00 0000', ' ./_')] },
    isSsn,
  ),
  taxForm(
    'US_ITIN',
    'US individual taxpayer number',
    'itin|individual taxpayer identification number',
    { alone: ['000-00-0000'], own: ['000000000', '000 00 0000'] },
    isItin,
  ),
  taxForm(
    'US_EIN',
    'US employer number',
    'ein|fein|employer identification number|employer identification|federal tax id|employer id number',
    { any: ['00-0000000'], own: ['000000000'] },
    isAny,
  ),
  healthForm(
    'US_MBI',
    'Medicare number',
    'medicare|mbi|medicare number|medicare id|medicare beneficiary identifier|medicare no|hicn',
    {
      alone: ['0AA0-AA0-AA00', '0A00-AA0-AA00', '0AA0-A00-AA00', '0A00-A00-AA00'],
      any: ['0AA0AA0AA00', '0A00AA0AA00', '0AA0A00AA00', '0A00A00AA00'],
    },
    isMbi,
  ),
  health(
    'US_NPI',
    'US provider number',
    'npi|national provider identifier|npi number',
    { own: ['0000000000'] },
    isNpi,
  ),
  health(
    'US_DEA',
    'US DEA number',
    'dea|dea number|dea no|dea registration|dea#',
    { own: ['AA0000000', 'A00000000'] },
    isDea,
  ),
  bank(
    'US_ABA',
    'US routing number',
    'routing|routing number|routing no|aba|aba number|rtn|routing transit number|aba routing',
    { own: spaced('0000 0000 0', '- ') },
    isAba,
  ),
  national(
    'CA_SIN',
    'Canadian social insurance number',
    "sin|social insurance|social insurance number|numéro d'assurance sociale|assurance sociale",
    { any: spaced('000 000 000', ' -.') },
    sin,
  ),
  tax(
    'CA_BN',
    'Canadian business number',
    "business number|gst/hst|gst number|hst number|numéro d'entreprise",
    { any: ['000000000AA0000', '000000000 AA0000', '000000000 AA 0000'], own: ['000000000', '00000 0000'] },
    canadianBusiness,
  ),
  health(
    'CA_OHIP',
    'Ontario health card number',
    'ohip|ohip number|ohip no|health card number|health card',
    {
      any: ['0000-000-000-AA', '0000 000 000 AA', '0000-000-000 AA', '0000000000AA'],
      own: spaced('0000 000 000', ' -'),
    },
    (printed) => byLuhn(printed.replaceAll(/[A-Za-z]/g, '')),
  ),
  health(
    'CA_BC_PHN',
    'British Columbia health number',
    'phn|personal health number|bc services card|care card',
    { own: spaced('0000 000 000', ' -') },
    bchn,
  ),
  healthForm(
    'CA_RAMQ',
    'Quebec health number',
    "ramq|numéro d'assurance maladie|carte d'assurance maladie|assurance maladie",
    { any: spaced('AAAA 0000 0000', ' -') },
    (printed) => /[05][1-9]|[16][0-2]/.test(printed.replaceAll(/\D/g, '').slice(2, 4)),
  ),
  licenseForm(
    'CA_ON_LICENCE',
    'Ontario driving licence',
    "driver's licence|driver licence",
    { any: ['A0000-00000-00000', 'A0000 00000 00000'], own: ['A00000000000000'] },
    isAny,
  ),
  bankForm(
    'CA_ACCOUNT',
    'Canadian account',
    'transit|transit number|institution number',
    { own: ['00000-000-0000000', '00000-000'] },
    isAny,
  ),
]
