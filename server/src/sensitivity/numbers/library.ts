import { createRequire } from 'node:module'
import type { Validator as Loaded } from 'stdnum'

/** What is asked of the library's modules: whether a number is right. */
export interface Validator {
  validate(value: string): { readonly isValid: boolean }
}

const load = createRequire(import.meta.url)

/**
 * One sort of number of the library, `de/idnr`, loaded when the first one is checked: all together take longer
 * to load than the rest of the program, and a text needs few.
 */
export const library = (path: string): Validator => {
  let loaded: Pick<Loaded, 'validate'> | undefined
  return {
    validate: (value) => {
      const known: Pick<Loaded, 'validate'> = loaded ?? load(`stdnum/lib/cjs/${path}.js`)
      loaded = known
      // What is wrong with a number is told by an error; taking its stack costs ten times the check.
      const limit = Error.stackTraceLimit
      Error.stackTraceLimit = 0
      try {
        return known.validate(value)
      } finally {
        Error.stackTraceLimit = limit
      }
    },
  }
}
