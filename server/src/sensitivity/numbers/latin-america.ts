import { byLuhn, isAny, isCnh, isCns, isPis } from './checks.ts'
import { library } from './library.ts'
import { bank, health, license, type Numbering, national, nationalForm, tax, taxForm } from './numbering.ts'

const cbu = library('ar/cbu')
const cuit = library('ar/cuit')
const cnpj = library('br/cnpj')
const cpf = library('br/cpf')
const run = library('cl/run')
const nit = library('co/nit')
const cedulaDo = library('do/cedula')
const rncDo = library('do/rnc')
const ecuadorian = library('ec/ci')
const ecuadorianRuc = library('ec/ruc')
const cuiGt = library('gt/cui')
const nitGt = library('gt/nit')
const clabe = library('mx/clabe')
const curp = library('mx/curp')
const rfc = library('mx/rfc')
const peruvianCui = library('pe/cui')
const ruc = library('pe/ruc')
const paraguayanRuc = library('py/ruc')
const cedulaUy = library('uy/cedula')
const rutUy = library('uy/rut')
const rif = library('ve/rif')

const CEDULA = 'cédula|cédula de identidad|cédula de ciudadanía|c.i.|número de cédula|cedula no'

/** Latin America. */
export const LATIN_AMERICA: readonly Numbering[] = [
  tax(
    'BR_CPF',
    'Brazilian CPF',
    'cpf|cpf nº|cadastro de pessoas físicas|cpf/mf|cpf n°|cpf:',
    {
      alone: ['000.000.000-00'],
      any: [
        '00000000000',
        '000000000-00',
        '000 000 000 00',
        '000.000.000.00',
        '000 000 000-00',
        '000-000-000-00',
        '000.000.000/00',
      ],
    },
    cpf,
  ),
  tax(
    'BR_CNPJ',
    'Brazilian CNPJ',
    'cnpj|cnpj/mf|cnpj nº|cadastro nacional da pessoa jurídica',
    { alone: ['00.000.000/0000-00'], any: ['00000000000000', '00000000/0000-00', '00 000 000 0000 00'] },
    cnpj,
  ),
  nationalForm(
    'BR_RG',
    'Brazilian identity card',
    'rg|registro geral|identidade|carteira de identidade|rg nº|documento de identidade',
    {
      own: [
        '00.000.000-0',
        '00.000.000-A',
        '000000000',
        '0.000.000',
        '00000000-0',
        'AA-00.000.000',
        '00.000.000',
        'AA00000000',
        '00000000A',
      ],
    },
    isAny,
  ),
  health(
    'BR_CNS',
    'Brazilian health card',
    'cns|cartão nacional de saúde|cartão sus|cartão do sus|sus',
    { any: ['000000000000000', '000 0000 0000 0000'] },
    isCns,
  ),
  health(
    'BR_PIS',
    'Brazilian social number',
    'pis|pasep|nis|nit|pis/pasep',
    { own: ['000.00000.00-0', '00000000000', '000.0000.000-0'] },
    isPis,
  ),
  license(
    'BR_CNH',
    'Brazilian driving licence',
    'cnh|carteira nacional de habilitação|carteira de motorista|habilitação|registro cnh',
    { own: ['00000000000'] },
    isCnh,
  ),
  national(
    'MX_CURP',
    'Mexican CURP',
    'curp|clave única de registro de población',
    { alone: ['AAAA000000AAAAAA00', 'AAAA000000AAAAAAA0'] },
    curp,
  ),
  tax(
    'MX_RFC',
    'Mexican RFC',
    'rfc|registro federal de contribuyentes|r.f.c.',
    {
      any: [
        'AAAA000000AA0',
        'AAAA000000AAA',
        'AAAA0000000A0',
        'AAAA000000A00',
        'AAAA000000000',
        'AAAA0000000AA',
        'AAAA00000000A',
        'AAAA000000A0A',
        'AAA000000AA0',
        'AAA000000AAA',
        'AAA0000000A0',
        'AAA000000A00',
        'AAA000000000',
        'AAA0000000AA',
        'AAAA-000000-AA0',
        'AAAA-000000-AAA',
      ],
    },
    rfc,
  ),
  health(
    'MX_NSS',
    'Mexican social security number',
    'nss|número de seguridad social|imss|seguridad social|número de afiliación|afiliación al imss',
    { own: ['00000000000', '00-00-00-0000-0', '00 00 00 0000 0', '0000 00 0000 0'] },
    byLuhn,
  ),
  bank(
    'MX_CLABE',
    'Mexican account',
    'clabe|clabe interbancaria|cuenta clabe',
    { any: ['000000000000000000', '000 000 00000000000 0', '000-000-00000000000-0', '000 000 000000000000'] },
    clabe,
  ),
  tax(
    'AR_CUIT',
    'Argentine CUIT',
    'cuit|cuil|c.u.i.t.|c.u.i.l.|cuit/cuil|cuit nº',
    { any: ['00-00000000-0', '00 00000000 0', '00.00000000.0'], own: ['00000000000'] },
    cuit,
  ),
  nationalForm(
    'AR_DNI',
    'Argentine identity number',
    'dni|d.n.i.|documento nacional de identidad|documento|dni nº',
    { own: ['00.000.000', '00000000', '0.000.000'] },
    isAny,
  ),
  bank(
    'AR_CBU',
    'Argentine account',
    'cbu|cvu|c.b.u.|clave bancaria uniforme',
    { any: ['0000000000000000000000', '00000000-00000000000000', '00000000 00000000000000'] },
    cbu,
  ),
  national(
    'CL_RUT',
    'Chilean RUT',
    'rut|run|r.u.t.|rol único tributario|rol único nacional|rut nº',
    {
      any: [
        '00.000.000-0',
        '0.000.000-0',
        '00.000.000-A',
        '0.000.000-A',
        '00000000-0',
        '00000000-A',
        '0000000-0',
      ],
      own: ['000000000', '00000000A'],
    },
    run,
  ),
  tax(
    'CO_NIT',
    'Colombian NIT',
    'nit|n.i.t.|número de identificación tributaria|nit:|rut',
    { any: ['000.000.000-0', '000000000-0', '000 000 000-0'], own: ['0000000000'] },
    nit,
  ),
  nationalForm(
    'CO_CEDULA',
    'Colombian identity number',
    `${CEDULA}|c.c.|cc no`,
    { own: ['0.000.000.000', '0000000000', '00.000.000', '00000000', '0 000 000 000'] },
    isAny,
  ),
  nationalForm(
    'PE_DNI',
    'Peruvian identity number',
    'dni|d.n.i.|documento nacional de identidad',
    { own: ['00000000'] },
    isAny,
  ),
  national(
    'PE_CUI',
    'Peruvian identity number with check digit',
    'dni|cui',
    { own: ['00000000-0', '00000000-A'] },
    peruvianCui,
  ),
  tax('PE_RUC', 'Peruvian RUC', 'ruc|r.u.c.|registro único de contribuyentes', { any: ['00000000000'] }, ruc),
  national(
    'EC_CEDULA',
    'Ecuadorian identity number',
    CEDULA,
    { own: ['0000000000', '000000000-0'] },
    ecuadorian,
  ),
  tax('EC_RUC', 'Ecuadorian RUC', 'ruc|r.u.c.', { own: ['0000000000000'] }, ecuadorianRuc),
  national(
    'UY_CI',
    'Uruguayan identity number',
    `${CEDULA}|ci`,
    { own: ['0.000.000-0', '0000000-0', '00000000'] },
    cedulaUy,
  ),
  tax(
    'UY_RUT',
    'Uruguayan RUT',
    'rut',
    { own: ['000000000000', '00-000000-000-0', '00 000000 000 0'] },
    rutUy,
  ),
  tax(
    'PY_RUC',
    'Paraguayan RUC',
    'ruc|r.u.c.',
    { own: ['0000000-0', '00000000-0', '000000-0'] },
    paraguayanRuc,
  ),
  tax(
    'VE_RIF',
    'Venezuelan RIF',
    'rif|r.i.f.|registro de información fiscal',
    { any: ['A-00000000-0', 'A000000000', 'A-000000000'] },
    rif,
  ),
  taxForm(
    'VE_CI',
    'Venezuelan identity number',
    CEDULA,
    { own: ['A-00.000.000', 'A-00000000', 'A00000000'] },
    (printed) => /^[VE]/i.test(printed),
  ),
  national(
    'DO_CEDULA',
    'Dominican identity number',
    CEDULA,
    { any: ['000-0000000-0'], own: ['00000000000'] },
    cedulaDo,
  ),
  tax(
    'DO_RNC',
    'Dominican company number',
    'rnc',
    { own: ['0-00-00000-0', '000000000', '000-00000-0'] },
    rncDo,
  ),
  national(
    'GT_DPI',
    'Guatemalan identity number',
    'dpi|cui|código único de identificación',
    { any: ['0000 00000 0000', '0000-00000-0000'], own: ['0000000000000'] },
    cuiGt,
  ),
  tax(
    'GT_NIT',
    'Guatemalan NIT',
    'nit',
    { own: ['0000000-0', '0000000-A', '00000000', '000000-0', '000000-A'] },
    nitGt,
  ),
  nationalForm(
    'CR_CEDULA',
    'Costa Rican identity number',
    CEDULA,
    { own: ['0-0000-0000', '000000000', '0 0000 0000'] },
    isAny,
  ),
]
