import { z } from 'zod'
import { CausewayError } from '../domain/index.ts'

/**
 * A strict reader of `target.options`: an unknown or wrong key throws `config_invalid` that names it. The values
 * are never repeated, since somebody may have put a secret there.
 */
export const optionsOf =
  (title: string, shape: z.ZodRawShape) =>
  (raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const read = z.strictObject(shape).safeParse(raw)
    if (read.success) return Object.freeze({ ...read.data })
    const known = Object.keys(shape)
    const problems = read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `options.${key}: ${title} knows no such option${listed(known)}`)
        : [`options.${issue.path.join('.')}: ${issue.message}`],
    )
    throw new CausewayError('config_invalid', problems.join('; '), { field: 'options' })
  }

const listed = (known: readonly string[]): string =>
  known.length === 0 ? '; it has none' : `; it has ${known.join(', ')}`

/** A value that goes into a header: printable ASCII without spaces around it. */
export const headerText = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/, 'must be 1 to 200 characters of printable ASCII')
