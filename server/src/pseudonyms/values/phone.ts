import type { Draw } from '../draw.ts'
import { grouped, sameShape } from './shape.ts'

/** A range kept free for fiction: national digits without trunk prefix, `x` for any digit. */
interface Fiction {
  readonly code: string
  readonly mobile: RegExp
  readonly land: readonly [string, ...string[]]
  readonly cell: readonly [string, ...string[]]
}

/*
 * Numbers that regulators keep free for films and books: NANPA 555-0100 to 0199, Ofcom (United Kingdom),
 * Bundesnetzagentur (Germany), ARCEP (France), ACMA (Australia), ComReg (Ireland), PTS (Sweden).
 */
const FICTION: readonly Fiction[] = [
  {
    code: '1',
    mobile: /^$/,
    land: [
      '20255501xx',
      '21255501xx',
      '30355501xx',
      '31255501xx',
      '41555501xx',
      '50355501xx',
      '61755501xx',
      '71355501xx',
      '80855501xx',
      '91955501xx',
    ],
    cell: ['20255501xx'],
  },
  {
    code: '44',
    mobile: /^7/,
    land: [
      '1632960xxx',
      '1134960xxx',
      '1144960xxx',
      '1154960xxx',
      '1164960xxx',
      '1214960xxx',
      '1314960xxx',
      '1414960xxx',
      '2079460xxx',
    ],
    cell: ['7700900xxx'],
  },
  {
    code: '49',
    mobile: /^1[567]/,
    land: ['3023125xxx', '4066969xxx', '2214710xxx', '6990009xxx', '8999998xxx'],
    cell: ['17139200xx'],
  },
  {
    code: '33',
    mobile: /^[67]/,
    land: ['19900xxxx', '26191xxxx', '35301xxxx', '46571xxxx', '53649xxxx'],
    cell: ['63998xxxx'],
  },
  {
    code: '61',
    mobile: /^4/,
    land: ['25550xxxx', '35550xxxx', '75550xxxx', '85550xxxx'],
    cell: ['491570xxx'],
  },
  { code: '353', mobile: /^8/, land: ['2091xxxxx'], cell: ['2091xxxxx'] },
  { code: '46', mobile: /^7/, land: ['313900xxx', '8465004xx', '406280xxx'], cell: ['701740xxx'] },
]

const fill = (pattern: string, draw: Draw): string => pattern.replace(/x/g, () => draw.digits(1))

const fictional = (national: string, code: string, draw: Draw): string | null => {
  const fiction = FICTION.find((one) => one.code === code)
  if (fiction === undefined) return null
  return fill(draw.pick(fiction.mobile.test(national) ? fiction.cell : fiction.land), draw)
}

/** Last seven digits other, the rest as it is: country and network or area stay what they are. */
const shuffled = (original: string, draw: Draw): string => {
  const digits = original.replace(/\D/g, '')
  const kept = Math.max(Math.min(2, digits.length - 4), digits.length - 7)
  let seen = 0
  return original.replace(/\d/g, (digit) => {
    seen += 1
    return seen <= kept ? digit : draw.digits(1)
  })
}

/**
 * A telephone number in a range for fiction where its country has one and the number tells its country; else
 * one of the same country and area with other digits. The original's way of writing is kept.
 */
export const phoneLike = (original: string, country: string | null, draw: Draw, again: number): string => {
  const digits = original.replace(/\D/g, '')
  if (digits.length < 6) return sameShape(original, draw)
  const abroad = /^\s*\(?(?:\+|00)/.test(original)
  const bare = original.trim().startsWith('00') ? digits.slice(2) : digits
  // A range for fiction is small; once it is used up any number of the form must do.
  if (again > 10) return shuffled(original, draw)
  if (abroad) {
    const code = FICTION.map((one) => one.code).find((one) => bare.startsWith(one))
    const trunk = code === undefined ? '' : /^\D*\d+\D*\(0\)/.test(original) ? '0' : ''
    const rest = code === undefined ? '' : bare.slice(code.length).replace(/^0/, '')
    const made = code === undefined ? null : fictional(rest, code, draw)
    const prefix = digits.slice(0, digits.length - bare.length)
    return made === null ? shuffled(original, draw) : grouped(`${prefix}${code}${trunk}${made}`, original)
  }
  if (digits.length === 10 && /^[2-9]\d\d[2-9]/.test(digits) && !original.startsWith('0')) {
    return grouped(fictional(digits, '1', draw) ?? digits, original)
  }
  if (digits.length === 11 && digits.startsWith('1')) {
    return grouped(`1${fictional(digits.slice(1), '1', draw) ?? digits.slice(1)}`, original)
  }
  const home = country === null ? undefined : CALLING[country]
  if (home !== undefined && digits.startsWith('0')) {
    const made = fictional(digits.slice(1), home, draw)
    if (made !== null) return grouped(`0${made}`, original)
  }
  return shuffled(original, draw)
}

const CALLING: Readonly<Record<string, string>> = {
  en: '44',
  de: '49',
  fr: '33',
  sv: '46',
}
