/*
 * Check digits that the library does not know, each as its issuer publishes it. All get the number as
 * printed and none throws.
 */
const digits = (printed: string): string => printed.replaceAll(/\D/g, '')

const bareOf = (printed: string): string => printed.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase()

const weigh = (bare: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (bare.charCodeAt(i) - 48), 0)

const last = (bare: string): number => bare.charCodeAt(bare.length - 1) - 48

const isRow = (bare: string): boolean => /^(\d)\1+$/.test(bare)

/** The Luhn check (ISO/IEC 7812-1 annex B) over a text of digits. */
const luhn = (bare: string): boolean => {
  let sum = 0
  for (let i = 0; i < bare.length; i += 1) {
    const digit = bare.charCodeAt(bare.length - 1 - i) - 48
    const twice = i % 2 === 1 ? digit * 2 : digit
    sum += twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** Whether six digits are a day: `ymd` or `dmy`; days of women or foreigners may be raised by `raised`. */
const isDay = (six: string, order: 'ymd' | 'dmy', raised = 0): boolean => {
  const month = Number(six.slice(2, 4))
  const day = Number(order === 'ymd' ? six.slice(4, 6) : six.slice(0, 2))
  return month >= 1 && month <= 12 && ((day >= 1 && day <= 31) || (day > raised && day <= 31 + raised))
}

export const isAny = (): boolean => true

/** By Luhn, and not the same digit throughout. */
export const byLuhn = (printed: string): boolean => {
  const bare = digits(printed)
  return luhn(bare) && !isRow(bare)
}

/** SSA's rules since 2011: no area 000, 666 or 9xx, no group 00, no serial 0000; and not the famous samples. */
export const isSsn = (printed: string): boolean => {
  const bare = digits(printed)
  if (/^(?:000|666|9)|^...00|0000$|^(\d)\1+$/.test(bare)) return false
  return !['123456789', '987654321', '078051120', '219099999', '123121234'].includes(bare)
}

/** IRS: 9xx with groups 50-65, 70-88, 90-92, 94-99; 93 is an adoption number's. */
export const isItin = (printed: string): boolean =>
  /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9\d)\d{4}$/.test(digits(printed))

/** ABA routing number: weights 3-7-1, first two digits of a Federal Reserve range. */
export const isAba = (printed: string): boolean => {
  const bare = digits(printed)
  if (!/^(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(bare) || isRow(bare)) return false
  return weigh(bare, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0
}

/** US provider number: Luhn with the prefix 80840 (CMS). */
export const isNpi = (printed: string): boolean => /^[12]/.test(printed) && luhn(`80840${digits(printed)}`)

/** US DEA registration: (1st+3rd+5th) + 2·(2nd+4th+6th), last digit of it is the 7th. */
export const isDea = (printed: string): boolean => {
  const bare = digits(printed)
  return /^[ABCDEFGHJKLMPRSTUX][A-Z9]/i.test(printed) && weigh(bare, [1, 2, 1, 2, 1, 2]) % 10 === last(bare)
}

/** Medicare beneficiary identifier: no check digit, but a form of its own (CMS, letters without S L O I B Z). */
export const isMbi = (printed: string): boolean =>
  /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/.test(
    bareOf(printed),
  )

/** NHS numbers: modulo 11 over ten digits (NHS Data Dictionary); Scotland's CHI and Northern Ireland's too. */
export const isNhs = (printed: string): boolean => {
  const bare = digits(printed)
  const check = (11 - (weigh(bare, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check !== 10 && check === last(bare) && !isRow(bare)
}

/** Scotland's CHI: an NHS number that begins with a birth date. */
export const isChi = (printed: string): boolean => isDay(digits(printed), 'dmy') && isNhs(printed)

/** DVLA: five of the surname, decade digit, month (+50 for women), day, year digit, initials, check. */
export const isGbDriver = (printed: string): boolean =>
  /^[A-Z9]{5}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9]{3}$/.test(
    bareOf(printed),
  )

/** German health insurance number: a letter, eight digits, a check digit (GKV, Luhn-like with the letter as two digits). */
export const isKvnr = (printed: string): boolean => {
  const bare = bareOf(printed)
  const letter = bare.charCodeAt(0) - 64
  const all = String(letter).padStart(2, '0') + bare.slice(1, 9)
  let sum = 0
  for (let i = 0; i < 10; i += 1) {
    const product = (all.charCodeAt(i) - 48) * ((i % 2) + 1)
    sum += product > 9 ? product - 9 : product
  }
  return letter >= 1 && letter <= 26 && sum % 10 === last(bare)
}

const mrzValue = (letter: string): number => (letter === '<' ? 0 : Number.parseInt(letter, 36))

/** The check digit of travel documents: weights 7-3-1 (ICAO 9303). */
const icaoCheck = (text: string): number => {
  let sum = 0
  for (let i = 0; i < text.length; i += 1)
    sum += mrzValue(text.charAt(i)) * (i % 3 === 0 ? 7 : i % 3 === 1 ? 3 : 1)
  return sum % 10
}

/** German identity card or passport: letters of the document's own set, and the check digit where it is printed. */
export const isGermanDocument = (printed: string): boolean => {
  const value = bareOf(printed)
  if (!/^[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d?$/.test(value)) return false
  return value.length === 9 ? /\d/.test(value) : icaoCheck(value.slice(0, 9)) === last(value)
}

const lettersWeigh = (bare: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number.parseInt(bare.charAt(i), 36), 0)

/** Polish identity card: three letters, check digit, five digits. */
export const isPolishCard = (printed: string): boolean =>
  lettersWeigh(bareOf(printed), [7, 3, 1, 9, 7, 3, 1, 7, 3]) % 10 === 0

/** Polish passport: two letters, check digit, six digits. */
export const isPolishPassport = (printed: string): boolean =>
  lettersWeigh(bareOf(printed), [7, 3, 9, 1, 7, 3, 1, 7, 3]) % 10 === 0

/** Portuguese social security: primes 29 to 2. */
export const isNiss = (printed: string): boolean => {
  const bare = digits(printed)
  return /^[12]/.test(bare) && 9 - (weigh(bare, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10) === last(bare)
}

/** Hungarian health number: 3 and 7 in turn, modulo 10. */
export const isTaj = (printed: string): boolean => {
  const bare = digits(printed)
  return weigh(bare, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === last(bare) && !isRow(bare)
}

/** Hungarian tax number of a person: an 8, nine digits, each by its place, modulo 11. */
export const isHungarianTax = (printed: string): boolean => {
  const bare = digits(printed)
  return bare.startsWith('8') && weigh(bare, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === last(bare)
}

/** Hungarian personal number: sex and century, birth date, by place modulo 11, either way round. */
export const isSzemelyi = (printed: string): boolean => {
  const bare = digits(printed)
  if (!/^[1-8]/.test(bare) || !isDay(bare.slice(1, 7), 'ymd')) return false
  return (
    weigh(bare, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11 === last(bare) ||
    weigh(bare, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === last(bare)
  )
}

/** Latvian personal code: a birth date with its check digit, or since 2017 a 32 with no date. */
export const isLatvian = (printed: string): boolean => {
  const bare = digits(printed)
  if (bare.startsWith('32')) return true
  const check = ((1101 - weigh(bare, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11) % 10
  return isDay(bare, 'dmy') && check === last(bare)
}

/** Luxembourg's national number: birth date, serial, a Luhn digit and a Verhoeff digit; the first is looked at. */
export const isLuxembourgish = (printed: string): boolean => {
  const bare = digits(printed)
  return /^(?:19|20)/.test(bare) && isDay(bare.slice(2, 8), 'ymd') && luhn(bare.slice(0, 12))
}

/** Belgian identity card: ten digits modulo 97. */
export const isBelgianCard = (printed: string): boolean => {
  const bare = digits(printed)
  return (Number(bare.slice(0, 10)) % 97 || 97) === Number(bare.slice(10))
}

/** Russian pension number: nine digits weighted 9 to 1, modulo 101. */
export const isSnils = (printed: string): boolean => {
  const bare = digits(printed)
  return (weigh(bare, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(bare.slice(9)) && !isRow(bare)
}

/** Japan's My Number: eleven digits weighted, modulo 11. */
export const isMyNumber = (printed: string): boolean => {
  const bare = digits(printed)
  const rest = weigh(bare, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (rest <= 1 ? 0 : 11 - rest) === last(bare) && !isRow(bare)
}

/** Singapore: S and T for citizens, F, G and M for others, a check letter from a table for each. */
export const isNric = (printed: string): boolean => {
  const bare = bareOf(printed)
  const first = bare.charAt(0)
  const sum = weigh(bare.slice(1), [2, 7, 6, 5, 4, 3, 2])
  const check = bare.charAt(8)
  if (first === 'S' || first === 'T')
    return 'JZIHGFEDCBA'.charAt((sum + (first === 'T' ? 4 : 0)) % 11) === check
  if (first === 'F' || first === 'G')
    return 'XWUTRQPNMLK'.charAt((sum + (first === 'G' ? 4 : 0)) % 11) === check
  return first === 'M' && 'KLJNPQRTUWX'.charAt(10 - ((sum + 3) % 11)) === check
}

/** Australian Medicare card: eight digits weighted 1-3-7-9, the ninth is the rest by 10. */
export const isMedicare = (printed: string): boolean => {
  const bare = digits(printed)
  return /^[2-6]/.test(bare) && weigh(bare, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === bare.charCodeAt(8) - 48
}

/** New Zealand's health number: letters without I and O count 1 to 24; modulo 11, the new form modulo 23. */
export const isNhi = (printed: string): boolean => {
  const bare = bareOf(printed)
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
  if (!/^[A-HJ-NP-Z]{3}\d{2}(?:\d{2}|[A-HJ-NP-Z]{2})$/.test(bare)) return false
  let sum = 0
  for (let i = 0; i < 6; i += 1) {
    const letter = bare.charAt(i)
    const value = /\d/.test(letter) ? Number(letter) : alphabet.indexOf(letter) + 1
    sum += value * (7 - i)
  }
  if (/\d$/.test(bare)) return sum % 11 !== 0 && (11 - (sum % 11)) % 10 === last(bare)
  return alphabet.charAt(23 - (sum % 23) - 1) === bare.charAt(6)
}

/** Brazilian health card: fifteen digits weighted 15 to 1, modulo 11. */
export const isCns = (printed: string): boolean => {
  const bare = digits(printed)
  return /^[12789]/.test(bare) && weigh(bare, [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
}

/** Brazilian social number (PIS, PASEP, NIS). */
export const isPis = (printed: string): boolean => {
  const bare = digits(printed)
  const rest = weigh(bare, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return (rest < 2 ? 0 : 11 - rest) === last(bare) && !isRow(bare)
}

/** Brazilian driving licence: two check digits, modulo 11. */
export const isCnh = (printed: string): boolean => {
  const bare = digits(printed)
  const first = weigh(bare, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11
  const second = weigh(bare, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
  const less = first >= 10 ? 2 : 0
  const tail = second >= 10 ? 0 : second - less < 0 ? second - less + 11 : second - less
  return `${first >= 10 ? 0 : first}${tail >= 10 ? 0 : tail}` === bare.slice(9) && !isRow(bare)
}

/** Saudi identity (1) and residence (2): Luhn. */
export const isSaudi = (printed: string): boolean => /^[12]/.test(printed) && byLuhn(printed)

/** Egyptian national number: century, birth date, governorate. */
export const isEgyptian = (printed: string): boolean => {
  const bare = digits(printed)
  return (
    /^[23]/.test(bare) &&
    isDay(bare.slice(1, 7), 'ymd') &&
    /^(?:0[1-4]|1[1-9]|2[1-9]|3[1-5]|88)/.test(bare.slice(7))
  )
}

/** Indonesian identity number: region, birth date with 40 added to women's days, serial. */
export const isNik = (printed: string): boolean => {
  const bare = digits(printed)
  return /^[1-9][1-9]/.test(bare) && isDay(bare.slice(6, 12), 'dmy', 40) && !bare.endsWith('0000')
}

/** Vietnamese identity number: province 001 to 096, sex and century, year. */
export const isCccd = (printed: string): boolean => /^0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]/.test(digits(printed))

/** Korean resident number. Since 2020 its last digits are drawn, so date and the sort of person are looked at. */
export const isRrn = (printed: string): boolean => {
  const bare = digits(printed)
  return isDay(bare, 'ymd') && /^[1-8]/.test(bare.slice(6)) && !isRow(bare.slice(6))
}

/** Modulo 97 with 98 minus the rest as check digits, as IBANs: Polish accounts, PL as 2521. */
export const isPolishAccount = (printed: string): boolean => {
  const bare = digits(printed)
  return BigInt(`${bare.slice(2)}2521${bare.slice(0, 2)}`) % 97n === 1n && !isRow(bare)
}

/** Spanish account: two check digits, modulo 11, over bank and branch, and over the account. */
export const isCcc = (printed: string): boolean => {
  const bare = digits(printed)
  const check = (text: string): string => {
    const rest = 11 - (weigh(text, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11)
    return String(rest === 11 ? 0 : rest === 10 ? 1 : rest)
  }
  return bare.slice(8, 10) === check(`00${bare.slice(0, 8)}`) + check(bare.slice(10)) && !isRow(bare)
}

/** Czech and Slovak account: prefix and number each modulo 11, then the bank's code. */
export const isCzechAccount = (printed: string): boolean => {
  const [account = '', code = ''] = printed.split('/')
  const [number = '', prefix = ''] = account.split('-').reverse()
  const sum = (part: string) => weigh(part.padStart(10, '0'), [6, 3, 7, 9, 10, 5, 8, 4, 2, 1]) % 11
  return /^\d{4}$/.test(code) && Number(number) > 99 && sum(number) === 0 && sum(prefix) === 0
}

/** French account: modulo 97 with letters as digits. */
export const isRib = (printed: string): boolean => {
  const bare = bareOf(printed).replaceAll(/[A-Z]/g, (letter) => {
    const place = letter.charCodeAt(0) - 65
    return String((place < 18 ? place % 9 : (place - 17) % 9) + 1)
  })
  if (bare.length !== 23 || isRow(bare)) return false
  const [bankCode, desk, account] = [bare.slice(0, 5), bare.slice(5, 10), bare.slice(10, 21)]
  return (
    97n - ((89n * BigInt(bankCode) + 15n * BigInt(desk) + 3n * BigInt(account)) % 97n) ===
    BigInt(bare.slice(21))
  )
}

/** Vehicle identification number: ISO 3779 letters, and the check digit North America asks for. */
export const isVin = (printed: string): boolean => {
  const bare = bareOf(printed)
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(bare) || !/[A-Z]/.test(bare) || !/\d.*\d.*\d/.test(bare)) return false
  const values = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  const sum = weights.reduce((all, weight, i) => all + weight * (values.indexOf(bare.charAt(i)) % 10), 0)
  return bare.charAt(8) === (sum % 11 === 10 ? 'X' : String(sum % 11))
}

/** The same without the check digit: made for other markets. */
export const isVinForm = (printed: string): boolean =>
  /^[A-HJ-NPR-Z0-9]{17}$/.test(bareOf(printed)) && /[A-Z]/i.test(printed) && /\d{4}$/.test(printed)

/** IMEI: fifteen digits by Luhn. */
export const isImei = (printed: string): boolean =>
  byLuhn(printed) && /^(?:0[1-9]|[1-9]\d)/.test(digits(printed))
