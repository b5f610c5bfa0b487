/** A count of tokens as a server reports it: a whole number from 0, else null. */
export const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
