import type { Call, Permit, Reviser } from '../domain/index.ts'

/** One permitted way to answer: the call as it goes out, its permit, and what puts back what was taken out of it. */
export interface Offer {
  readonly call: Call
  readonly permit: Permit
  /** Makes what the texts of an answer pass through; null where nothing was taken out. */
  readonly restore: (() => Reviser) | null
}
