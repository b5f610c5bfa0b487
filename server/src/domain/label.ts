import type { Condition, Kind, Level, Replaced } from './side.ts'

/** One thing found. The value itself is never kept: `masked` shows its shape only. */
export interface Finding {
  readonly kind: Kind | null
  /** Field's term: EMAIL, PHONE, CREDIT_CARD, IBAN, NATIONAL_ID, SECRET, IP_ADDRESS … or a category sign: CONTRACT, FINANCIAL, MEDICAL, SOURCE_CODE. */
  readonly type: string
  /** Narrower: `DE_STEUERID`, `github_token`, `visa` … */
  readonly sub?: string
  /** Whose number or name it is, ISO 3166 alpha-2, where the form says so. */
  readonly country?: string
  /** Where in the request, e.g. `messages[4].content`. */
  readonly path: string
  /** UTF-16 offsets into the text at `path`; end exclusive. */
  readonly start: number
  readonly end: number
  /** 0 to 1. */
  readonly confidence: number
  /** Why we think so, in words: "16 digits that pass the Luhn check". */
  readonly reason: string
  /** First and last characters at most, e.g. `DE89 •••• 3000`; never the value. */
  readonly masked: string
}

/** What a request was found, declared or said to carry. Deep-frozen. */
export interface Label {
  readonly level: Level
  /** Sorted as in KINDS, without repetition. */
  readonly kinds: readonly Kind[]
  readonly conditions: readonly Condition[]
  /** Kinds the use declares; counted in `kinds` as found. */
  readonly declared: readonly Kind[]
  /** Level the client asked for by `x-causeway-label`; raises `level`, never lowers it. */
  readonly raised: Level | null
  /** Kinds that this conversation carried before and that hold on, whether or not they were found in this call. */
  readonly sticky?: readonly Kind[]
  /** Kinds that were taken out of this call before it was labelled; not in `kinds`. */
  readonly replaced?: Replaced
  /** At most 50 of them, in order of place; `omitted` says how many more there were. */
  readonly findings: readonly Finding[]
  readonly omitted: number
}
