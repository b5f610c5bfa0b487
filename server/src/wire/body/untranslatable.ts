import { CausewayError, type Dialect } from '../../domain/index.ts'

/** What must be refused rather than carried over changed. `field` is a path in the client's own terms. */
export const untranslatable = (field: string, to: Dialect, why: string): CausewayError =>
  new CausewayError('cannot_translate', `${field} cannot be carried over to ${to}: ${why}.`, { field })
