import type { Kind } from '../domain/index.ts'

/** What one of Presidio's entity names is called here. */
export interface Meaning {
  /** Null where it has no floor of its own. */
  readonly kind: Kind | null
  readonly type: string
  readonly sub?: string
  /** ISO 3166 alpha-2. */
  readonly country?: string
}

/**
 * Presidio's names of entities beside ours: its name, our kind, our type, and our sub and country where they
 * narrow the type. Names: its list of supported entities, and those that its recognisers for models give.
 */
const TABLE = `
PERSON contact PERSON
EMAIL_ADDRESS contact EMAIL
PHONE_NUMBER contact PHONE
IP_ADDRESS contact IP_ADDRESS
MAC_ADDRESS contact MAC_ADDRESS
USERNAME contact USERNAME
STREET_ADDRESS contact ADDRESS
ADDRESS contact ADDRESS
DATE_OF_BIRTH contact DATE_OF_BIRTH
LOCATION - LOCATION
GPE - LOCATION
ZIP_CODE - POSTAL_CODE
POSTAL_CODE - POSTAL_CODE
ORGANIZATION - ORGANIZATION
ORG - ORGANIZATION
DATE_TIME - DATE
AGE - AGE
TITLE - TITLE
NRP - NRP
URL - URL
DOMAIN_NAME - URL
CREDIT_CARD payment CREDIT_CARD
IBAN_CODE payment IBAN
CRYPTO payment CRYPTO_WALLET
BANK_ACCOUNT payment BANK_ACCOUNT
US_BANK_NUMBER payment BANK_ACCOUNT - US
ABA_ROUTING_NUMBER payment BANK_ACCOUNT US_ABA US
NATIONAL_ID identity NATIONAL_ID
TAX_ID identity TAX_ID
PASSPORT identity PASSPORT
DRIVER_LICENSE identity DRIVER_LICENSE
LICENSE_PLATE identity LICENSE_PLATE
HEALTH_ID identity HEALTH_ID
MEDICAL_LICENSE identity HEALTH_ID US_DEA US
US_SSN identity NATIONAL_ID US_SSN US
US_ITIN identity TAX_ID US_ITIN US
US_PASSPORT identity PASSPORT - US
US_DRIVER_LICENSE identity DRIVER_LICENSE - US
US_NPI identity HEALTH_ID US_NPI US
US_MBI identity HEALTH_ID US_MBI US
UK_NHS identity HEALTH_ID GB_NHS GB
UK_NINO identity NATIONAL_ID GB_NINO GB
UK_PASSPORT identity PASSPORT - GB
UK_DRIVING_LICENCE identity DRIVER_LICENSE - GB
UK_VEHICLE_REGISTRATION identity LICENSE_PLATE - GB
ES_NIF identity NATIONAL_ID ES_DNI ES
ES_NIE identity NATIONAL_ID ES_NIE ES
IT_FISCAL_CODE identity NATIONAL_ID IT_CF IT
IT_VAT_CODE identity TAX_ID IT_IVA IT
IT_DRIVER_LICENSE identity DRIVER_LICENSE - IT
IT_PASSPORT identity PASSPORT - IT
IT_IDENTITY_CARD identity NATIONAL_ID IT_CIE IT
PL_PESEL identity NATIONAL_ID PL_PESEL PL
SG_NRIC_FIN identity NATIONAL_ID SG_NRIC SG
SG_UEN identity TAX_ID SG_UEN SG
AU_ABN identity TAX_ID AU_ABN AU
AU_ACN identity TAX_ID AU_ACN AU
AU_TFN identity TAX_ID AU_TFN AU
AU_MEDICARE identity HEALTH_ID AU_MEDICARE AU
IN_PAN identity TAX_ID IN_PAN IN
IN_AADHAAR identity NATIONAL_ID IN_AADHAAR IN
IN_VOTER identity NATIONAL_ID IN_VOTER IN
IN_GSTIN identity TAX_ID IN_GSTIN IN
IN_PASSPORT identity PASSPORT - IN
IN_VEHICLE_REGISTRATION identity LICENSE_PLATE - IN
FI_PERSONAL_IDENTITY_CODE identity NATIONAL_ID FI_HETU FI
KR_RRN identity NATIONAL_ID KR_RRN KR
KR_BRN identity TAX_ID KR_BRN KR
KR_DRIVER_LICENSE identity DRIVER_LICENSE KR_LICENCE KR
KR_PASSPORT identity PASSPORT - KR
TH_TNIN identity NATIONAL_ID TH_ID TH
MEDICAL_CONDITION health MEDICAL
MEDICATION health MEDICAL
MEDICAL health MEDICAL
PASSWORD secret PASSWORD
SECRET secret SECRET
API_KEY secret SECRET
INTERNAL_ID internal INTERNAL_ID
`

const KIND_WORDS: Readonly<Record<string, Kind>> = {
  contact: 'contact',
  payment: 'payment',
  identity: 'identity',
  health: 'health',
  secret: 'secret',
  internal: 'internal',
}

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [entity = '', kind = '-', type = '', sub = '-', country] = line.split(' ')
      const meaning: Meaning = {
        kind: KIND_WORDS[kind] ?? null,
        type,
        ...(sub === '-' ? {} : { sub }),
        ...(country === undefined ? {} : { country }),
      }
      return [entity, meaning]
    }),
)

/**
 * What is found under an entity name. A name that is not known counts as `identity`, the kind of numbers issued
 * to people: whoever taught their analyser to find something means that it must not leave, and of the kinds that
 * restrict, that is the one whose findings look most like such additions. A name that is no name (it could repeat
 * what was found) becomes `OTHER`.
 */
export const meaningOf = (entity: string): Meaning => {
  const name = entity.toUpperCase()
  const known = MEANINGS.get(name)
  if (known !== undefined) return known
  return { kind: 'identity', type: /^[A-Z][A-Z_]{1,39}$/.test(name) ? name : 'OTHER' }
}

const byNarrow = new Map<string, string>()
const byType = new Map<string, string>()
for (const [entity, { type, sub, country }] of MEANINGS) {
  if (sub !== undefined) byNarrow.set(sub, entity)
  else if (country !== undefined) byNarrow.set(`${type} ${country}`, entity)
  else if (!byType.has(type)) byType.set(type, entity)
}
// Presidio knows no addresses and no dates of birth of their own, and its clients ask for what holds them.
byType.set('ADDRESS', 'LOCATION')
byType.set('POSTAL_CODE', 'LOCATION')
byType.set('DATE_OF_BIRTH', 'DATE_TIME')

/** The entity name of something found here: Presidio's own where it has one, else our type. */
export const entityOf = (found: {
  readonly type: string
  readonly sub?: string
  readonly country?: string
}): string =>
  (found.sub === undefined ? undefined : byNarrow.get(found.sub)) ??
  byNarrow.get(`${found.type} ${found.country}`) ??
  byType.get(found.type) ??
  found.type

/** Entity names that are found here besides the organisation's own types, sorted. */
export const ENTITIES: readonly string[] = [...new Set([...byNarrow.values(), ...byType.values()])].sort()
