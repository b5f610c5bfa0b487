/*
 * Lenient looks into JSON that a server answered: what is not there or of another type is null or empty.
 */
export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null

export const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf).filter((item) => item !== null) : []

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 300 ? value : null

/** A count of tokens: a positive whole number. */
export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
