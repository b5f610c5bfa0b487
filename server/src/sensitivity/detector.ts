import type { Kind } from '../domain/index.ts'
import type { Reading } from './reading.ts'

/** What one detector says about one text. Offsets are UTF-16 units of that text, end exclusive. */
export interface Hit {
  readonly kind: Kind | null
  readonly type: string
  readonly sub?: string
  /** ISO 3166 alpha-2, where the form says it. */
  readonly country?: string
  readonly start: number
  readonly end: number
  /** 0 to 1; below 0.5 a detector says nothing. */
  readonly confidence: number
  /** Why, in words for people, without the value. */
  readonly reason: string
  /** True where the span is an encoded run and the value stands inside: it shares the span, not the characters. */
  readonly encoded?: boolean
}

/** One way of seeing. Pure, total, and linear in the length of the text. */
export interface Detector {
  readonly name: string
  detect(reading: Reading): readonly Hit[]
}
