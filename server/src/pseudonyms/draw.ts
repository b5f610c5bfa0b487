import { createHmac, hash } from 'node:crypto'

/** A stream of choices fixed by its seed: the same secret, conversation, value and try choose alike. */
export interface Draw {
  /** Whole number from 0 up to and without `below`, which is at most 65,536. */
  number(below: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  digits(count: number): string
}

/** HMAC-SHA-256 of what makes the choice: everything drawn for it follows from this. */
export const rootOf = (secret: Uint8Array, ...seed: readonly string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(seed)).digest('hex')

/** One try of a root. */
export const createDraw = (root: string, again = 0): Draw => {
  let block = ''
  let counter = 0
  let at = 0
  const word = (): number => {
    if (at + 4 > block.length) {
      block = hash('sha256', `${root} ${again} ${counter}`, 'hex')
      counter += 1
      at = 0
    }
    const value = Number.parseInt(block.slice(at, at + 4), 16)
    at += 4
    return value
  }
  const number = (below: number): number => word() % below
  return {
    number,
    pick: (list) => list[number(list.length)] ?? list[0],
    digits: (count) => {
      let digits = ''
      while (digits.length < count) digits += String(number(10))
      return digits
    },
  }
}
