import type { Dialect, Json } from '../../domain/index.ts'

/**
 * What happens to a field on its way into another dialect: carried, left out and named in `x-causeway-dropped`, or
 * refused. `offered`: a tool that its vendor runs, which is left out and named where the request also offers a tool
 * that its client runs, else refused.
 */
export type Fidelity = 'mapped' | 'signalled' | 'offered' | 'refused'

export interface FieldFidelity {
  readonly policy: Fidelity
  /** Values that say what the other dialect does anyway; leaving them out loses nothing. */
  readonly neutral?: readonly Json[]
  /** For a mapped field: what happens to a value that has no counterpart. Signalled where not said. */
  readonly otherwise?: 'signalled' | 'refused'
  /** For people. */
  readonly why: string
}

/** One field of a dialect and what becomes of it in each other one. */
export interface FieldRow {
  readonly to: Readonly<Partial<Record<Dialect, FieldFidelity>>>
  /** For every dialect that `to` does not name. */
  readonly otherwise: FieldFidelity
}

/** A dialect's fields by path; nested paths write `[]` for any position. `reply` is read from an upstream of the dialect. */
export interface DialectFields {
  readonly request: Readonly<Record<string, FieldRow>>
  readonly reply: Readonly<Record<string, FieldRow>>
}

export const mapped = (why: string, otherwise: 'signalled' | 'refused' = 'signalled'): FieldFidelity => ({
  policy: 'mapped',
  otherwise,
  why,
})
/** Carried by the writer itself; what a reader names of it is not signalled again. */
export const carried = (why: string): FieldFidelity => ({ policy: 'mapped', why })
export const signalled = (why: string, neutral: readonly Json[] = []): FieldFidelity => ({
  policy: 'signalled',
  neutral,
  why,
})
export const offered = (why: string, neutral: readonly Json[] = []): FieldFidelity => ({
  policy: 'offered',
  neutral,
  why,
})
export const refused = (why: string, neutral: readonly Json[] = []): FieldFidelity => ({
  policy: 'refused',
  neutral,
  why,
})

/** A field that fares alike in every dialect but those named. */
export const row = (otherwise: FieldFidelity, to: FieldRow['to'] = {}): FieldRow => ({ to, otherwise })
