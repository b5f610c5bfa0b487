import type {
  Attempt,
  Call,
  Clock,
  Crossing,
  Decision,
  Dialect,
  Guarded,
  Label,
  Operation,
  Permit,
  Principal,
  RankInput,
  Ranking,
  Snapshot,
  Target,
  Usage,
} from '../domain/index.ts'
import { NO_USAGE } from '../domain/index.ts'
import type { Wishes } from './identify.ts'
import type { IssuedHere } from './issued.ts'

/**
 * What is learnt of one request on its way through the eight steps. The only mutable thing about a request;
 * settle turns it into the record, however far the request came.
 */
export class Trace {
  readonly id: string
  /** ISO 8601. */
  readonly time: string
  /** Monotonic milliseconds at arrival; every other time is relative to it. */
  readonly arrived: number
  readonly method: string
  readonly path: string
  readonly snapshot: Snapshot
  dialect: Dialect | null = null
  operation: Operation | null = null
  principal: Principal | null = null
  wishes: Wishes | null = null
  call: Call | null = null
  /** Id of the kept answer that the request goes on from. */
  previous: string | null = null
  label: Label | null = null
  decision: Decision | null = null
  /** The second decision, over the request with values taken out; null while there is none. */
  crossing: Crossing | null = null
  /** True where the answer came to the request with values taken out. */
  crossed = false
  guarded: Guarded | null = null
  ranking: { readonly input: RankInput; readonly answer: Ranking } | null = null
  readonly attempts: Attempt[] = []
  /** The permit under which the answer came; null while there is none. */
  answered: Permit | null = null
  dropped: readonly string[] = []
  /** What the upstream issued in its answer that only it can read; null before there is one. */
  issued: { readonly here: IssuedHere; readonly dialect: Dialect; readonly target: Target } | null = null
  usage: Usage = NO_USAGE
  /** Milliseconds until our own work before the first attempt was done. */
  decided: number | null = null
  firstByte: number | null = null
  bytesIn = 0
  bytesOut = 0

  constructor(id: string, now: number, arrived: number, method: string, path: string, snapshot: Snapshot) {
    this.id = id
    this.time = new Date(now).toISOString()
    this.arrived = arrived
    this.method = method
    this.path = path
    this.snapshot = snapshot
  }
}

/** Whether anything was seen, declared or missed in a request. */
export const isLabelled = ({ level, kinds, conditions }: Label): boolean =>
  level !== 'public' || kinds.length > 0 || conditions.length > 0

/** Milliseconds since a request's arrival, to a tenth. */
export const elapsed = (trace: Trace, clock: Clock): number =>
  Math.round((clock.ticks() - trace.arrived) * 10) / 10
