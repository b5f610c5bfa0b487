import { hash } from 'node:crypto'
import { isWordAt, standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** The same alphabet in the order that the XRP ledger shuffles it into. */
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz'

/** Base58Check: 21 bytes and four of a double SHA-256 (Bitcoin's address form; Litecoin, Dogecoin and Tron use it too). */
const isBase58Check = (value: string, alphabet = BASE58): boolean => {
  let number = 0n
  for (const symbol of value) {
    const digit = alphabet.indexOf(symbol)
    if (digit < 0) return false
    number = number * 58n + BigInt(digit)
  }
  const bytes = Buffer.from(number.toString(16).padStart(50, '0'), 'hex')
  if (bytes.length !== 25) return false
  const once = hash('sha256', bytes.subarray(0, 21), 'buffer')
  return hash('sha256', once, 'buffer').subarray(0, 4).equals(bytes.subarray(21))
}

/** Bech32 and Bech32m (BIP 173, BIP 350): a polynomial checksum over the human-readable part and the data. */
const isBech32 = (value: string): boolean => {
  const lower = value.toLowerCase()
  const split = lower.lastIndexOf('1')
  const part = lower.slice(0, split)
  const data = [...lower.slice(split + 1)].map((symbol) => BECH32.indexOf(symbol))
  if (data.includes(-1) || data.length < 8) return false
  const units = [...part].map((symbol) => symbol.charCodeAt(0))
  const all = [...units.map((unit) => unit >> 5), 0, ...units.map((unit) => unit & 31), ...data]
  let check = 1
  for (const five of all) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ five
    ;[0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((generator, bit) => {
      if ((top >> bit) & 1) check ^= generator
    })
  }
  return check >>> 0 === 1 || check >>> 0 === 0x2bc830a3
}

/** With a mistake in it, or made up, it is still somebody's where the text says so. */
const BECH32_FORM = /^(?:bc1|tb1|ltc1)[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{35,72}$/i

const CHAINS: Readonly<Record<string, string>> = { L: 'litecoin', M: 'litecoin', D: 'dogecoin', T: 'tron' }

const chainOf = (reading: Reading, start: number, value: string): string | null => {
  const announced = reading.near('wallet', start, start + value.length, 60)
  if (/^(?:bc1|tb1|ltc1)[0-9a-z]{25,87}$/i.test(value))
    return isBech32(value) || (BECH32_FORM.test(value) && announced) ? 'bitcoin' : null
  if (/^0x[0-9a-fA-F]{40}$/.test(value))
    return /^0x(?:0{30}|(.)\1{39}|dead|1234)/i.test(value) ? null : 'ethereum'
  if (/^(?:addr|stake)1[0-9a-z]{50,105}$/i.test(value)) return isBech32(value) || announced ? 'cardano' : null
  if (/^[13LMDT][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(value) && isBase58Check(value))
    return CHAINS[value.charAt(0)] ?? 'bitcoin'
  if (/^r[1-9A-HJ-NP-Za-km-z]{24,34}$/.test(value) && isBase58Check(value, RIPPLE)) return 'xrp'
  // Without a checksum of their own in reach, these need the word.
  if (!announced) return null
  if (/^[48][1-9A-HJ-NP-Za-km-z]{94}$/.test(value)) return 'monero'
  return /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(value) && /\d/.test(value) ? 'solana' : null
}

/** Addresses of crypto wallets, by checksum where the form has one that is cheap. */
export const wallet: Detector = {
  name: 'wallet',
  detect: (reading) => {
    const { text, tokens } = reading
    const hits: Hit[] = []
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const end = tokens[i + 1] ?? 0
      if (end - start < 26 || end - start > 112 || isWordAt(text, end) || !standsAlone(text, start, end))
        continue
      const sub = chainOf(reading, start, text.slice(start, end))
      if (sub === null) continue
      const reason = `the address of a ${sub} wallet`
      hits.push({
        kind: 'payment',
        type: 'CRYPTO_WALLET',
        sub,
        start,
        end,
        confidence: sub === 'ethereum' ? 0.85 : 0.97,
        reason,
      })
    }
    return hits
  },
}
