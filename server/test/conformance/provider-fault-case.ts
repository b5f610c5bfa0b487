import type { UpstreamFault } from '../../src/domain/index.ts'

/** A refusal as an upstream tells it, and what it must be read as. */
export interface Case {
  readonly name: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  readonly expected: Pick<UpstreamFault, 'code' | 'whose' | 'retry'> & {
    readonly after?: number
    readonly says?: RegExp
  }
}

export const REJECTED = { code: 'upstream_rejected', whose: 'client', retry: false } as const
export const TOO_LONG = { code: 'context_too_long', whose: 'client', retry: false } as const
export const AUTH = { code: 'upstream_auth', whose: 'us', retry: true } as const
export const LIMITED = { code: 'upstream_rate_limited', whose: 'upstream', retry: true } as const
export const OVERLOADED = { code: 'upstream_overloaded', whose: 'upstream', retry: true } as const
export const BROKEN = { code: 'upstream_error', whose: 'upstream', retry: true } as const
export const MISPLACED = { code: 'upstream_error', whose: 'us', retry: true } as const

export const json = (value: unknown): string => JSON.stringify(value)
