import { CausewayError } from '../domain/index.ts'

/** What a request says wrong. Presidio answers 422 where a value does not fit, 400 where the request is none. */
export const unfit = (field: string, what: string): CausewayError =>
  new CausewayError('invalid_request', `${field} ${what}.`, { field, status: 422 })

/** The request is not of the shape at all. */
export const shapeless = (field: string, what: string): CausewayError =>
  new CausewayError('invalid_request', `${field} ${what}.`, { field })
