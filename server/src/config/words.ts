import { z } from 'zod'

/*
 * The small pieces that fields of causeway.yaml are made of.
 */

const WORD = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const NAME = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}$/

const notBuiltIn = (value: string): boolean => !(value in {})

/** Names travel in headers and stand as keys in records, so they are short ASCII and no member of every object. */
export const word = () =>
  z
    .string()
    .regex(WORD, 'must be 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit')
    .refine(notBuiltIn, 'is a reserved word')
export const modelName = () =>
  z
    .string()
    .regex(NAME, 'must be 1 to 100 letters, digits or any of . _ : @ / -, the first a letter or digit')
    .refine(notBuiltIn, 'is a reserved word')

export const phrase = (longest: number) =>
  z.string().min(1, 'must not be empty').max(longest, `must be at most ${longest} characters`)

/** A reference to a secret. The message never repeats the value: somebody may have put the secret itself here. */
export const reference = () =>
  z
    .string()
    .regex(
      /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\S.{0,1000})$/,
      'must be env:NAME or file:PATH; a secret itself never stands in this file (if one did, replace it with its issuer)',
    )

export const address = (example: string) =>
  z.string().transform((value, context) => {
    const match = /^(\[[0-9a-f:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/i.exec(value)
    const port = Number(match?.[2])
    if (match?.[1] !== undefined && port <= 65_535) return { host: match[1].replace(/^\[|\]$/g, ''), port }
    context.addIssue({ code: 'custom', message: `must be HOST:PORT, for example ${example}` })
    return z.NEVER
  })

export const whole = (most: number) => {
  const message = `must be a whole number from 1 to ${most.toLocaleString('en')}`
  return z.int(message).min(1, message).max(most, message)
}
