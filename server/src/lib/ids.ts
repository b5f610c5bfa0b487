import { randomFillSync } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const pool = Buffer.alloc(4096)
let used = pool.length

const randomByte = (): number => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const byte = pool[used] ?? 0
  used += 1
  return byte
}

/** A sortable id: `prefix`, 10 characters of time (milliseconds) and 16 random ones, Crockford base32 in lower case. */
export const timeId = (prefix: string, now: number): string => {
  let time = ''
  for (let rest = now, i = 0; i < 10; i += 1) {
    time = ALPHABET[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  let random = ''
  for (let i = 0; i < 16; i += 1) random += ALPHABET[randomByte() & 31]
  return prefix + time + random
}
