import type { Place, Words } from './lexicon.ts'

/** Numbers of a text looked at; more change nothing. */
const MOST = 60

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

/** What may stand between the parts of one number: `1,234.56`, `1'200`, `12/05`. */
const isJoint = (unit: number): boolean => unit === 0x2e || unit === 0x2c || unit === 0x27 || unit === 0x2f

/** Words that begin with a digit, those joined by one sign as one; the first sixty. */
export const numbersIn = (text: string, words: Words): readonly Place[] => {
  const numbers: { start: number; end: number }[] = []
  for (let i = 0; i < words.count; i += 1) {
    const start = words.starts[i] ?? 0
    if (!isDigit(text.charCodeAt(start))) continue
    const end = words.ends[i] ?? start
    const last = numbers.at(-1)
    if (last !== undefined && last.end === start - 1 && isJoint(text.charCodeAt(last.end))) last.end = end
    else if (numbers.length === MOST) break
    else numbers.push({ start, end })
  }
  return numbers
}

const CURRENCY = '(?:[$€£¥₹฿₺]|USD|EUR|GBP|CHF|JPY|INR|PLN|SEK|TRY|BRL|THB|CNY|RMB|R\\$|kr|zł|TL|EPS(?: of)?)'
const BEFORE = new RegExp(`(?:^|[^\\p{L}])${CURRENCY} ?[-+]?$`, 'u')
const AFTER =
  /^ ?(?:[€£$₺฿%]|(?:percent|Prozent|per cent|USD|EUR|GBP|CHF|PLN|SEK|TRY|BRL|THB|CNY|RMB|euros?|dollars?|kronor|kr|złotych|zł|TL|lira|reais|k|m|mn|mio|mln|million(?:s|en)?|milhões|millones|milioni|miljoen|miljoner|milionów|milyon|billion|bn|mrd|tkr|mkr|MSEK|K?M?T?(?:EUR|€))(?![\p{L}])|万|亿|元|บาท|ล้าน)/iu
/** 2.5m, 61k: the sign is part of the word. */
const WITHIN = /^\d[\d.,']*(?:k|m|mn|bn|mio|mln)$/i

/** How many of the numbers are sums of money or percentages, up to ten. */
export const countAmounts = (text: string, numbers: readonly Place[]): number => {
  let count = 0
  for (const { start, end } of numbers) {
    const is =
      AFTER.test(text.slice(end, end + 12)) ||
      BEFORE.test(text.slice(Math.max(0, start - 10), start)) ||
      WITHIN.test(text.slice(start, end))
    if (is) count += 1
    if (count === 10) break
  }
  return count
}

/** Whether any of the numbers, with what stands around it, is as asked. */
export const someNumber = (
  text: string,
  numbers: readonly Place[],
  form: RegExp,
  before = 8,
  after = 16,
): boolean =>
  numbers.some(({ start, end }) => form.test(text.slice(Math.max(0, start - before), end + after)))
