import type { Dialect } from './call.ts'
import type { Json, JsonObject } from './json.ts'
import type { Finding } from './label.ts'
import type { EventLeaf, IntentLeaf, RequestRecord } from './record.ts'
import type { Kind, Level } from './side.ts'

/** Time as the rooms see it, so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Monotonic milliseconds. */
  ticks(): number
}

/**
 * Where facts go. Every promise settles when the fact is durable (fsync of a group), and rejects with
 * CausewayError `record_unavailable` when it cannot be made so; then nothing may be sent.
 */
export interface Recorder {
  intent(leaf: IntentLeaf): Promise<void>
  outcome(record: RequestRecord): Promise<void>
  event(leaf: EventLeaf): Promise<void>
  /** Keeps a compiled snapshot's source under its hash. Durable before the snapshot serves. */
  snapshot(hash: string, source: string): Promise<void>
  /** Null while facts can be written, otherwise why not. Feeds readiness. */
  trouble(): string | null
  /** Flushes, signs the last checkpoint, stops. */
  close(): Promise<void>
}

export interface RequestFilter {
  /** Only those after this row number (for a live list), newest first otherwise. */
  readonly after?: number
  readonly before?: number
  readonly limit: number
  readonly side?: string
  readonly target?: string
  readonly outcome?: string
  readonly use?: string
  readonly kind?: string
  readonly session?: string
  /** Substring of id, model, key, target. */
  readonly search?: string
}

export interface RequestRow {
  /** Position in the ledger, increasing. */
  readonly row: number
  readonly record: RequestRecord
}

/** Where records are read. One contract test suite runs over every implementation. */
export interface Ledger {
  list(filter: RequestFilter): Promise<readonly RequestRow[]>
  get(id: string): Promise<RequestRow | null>
  /** Sums since a time (ISO 8601), by side and target; unknown costs are counted apart, never as zero. */
  totals(since: string): Promise<readonly LedgerTotal[]>
  close(): Promise<void>
}

export interface LedgerTotal {
  readonly side: string | null
  readonly target: string | null
  readonly outcome: string
  readonly requests: number
  readonly input: number
  readonly output: number
  readonly nanos: number
  readonly unknownCosts: number
  /** How many of the known costs are estimates; more than none marks the sum as one. */
  readonly estimatedCosts: number
}

/** Rate counters. Memory for one process; a shared store for many. */
export interface Counters {
  /** Takes one from the bucket. Null where allowed, else milliseconds until it would be. */
  take(key: string, limit: number, perSeconds: number): number | null
}

/** What is kept of a conversation between its calls. */
export interface Kept {
  readonly level: Level
  /** Sorted as in KINDS. */
  readonly kinds: readonly Kind[]
  /** Its pseudonyms, encrypted; null where it has none. */
  readonly sealed: Uint8Array | null
  /**
   * What of it was said rather than seen, as far as that is known: kinds that were declared, a level that was raised.
   * No value that is taken out answers for it.
   */
  readonly said?: { readonly level: Level; readonly kinds: readonly Kind[] }
}

/** What is known of a conversation by each of its names. */
export interface Recalled {
  readonly session: Kept | null
  readonly history: Kept | null
}

/** One kept conversation as a person who clears it sees it. Times are milliseconds since 1970. */
export interface KeptRow {
  /** First 16 characters of a digest of the key. */
  readonly id: string
  readonly principal: string
  /** The client's own name for it, or null where it is known by its content only. */
  readonly session: string | null
  readonly level: Level
  readonly kinds: readonly Kind[]
  readonly pseudonyms: boolean
  readonly seen: number
  readonly until: number
}

/** One kept conversation by its id, or all that a session's name stands for. */
export type WhichKept = { readonly id: string } | { readonly session: string }

/** By what a conversation is known again: digests, never text. */
export interface ConversationKeys {
  readonly principal: string
  readonly session: string | null
  /** Digest of principal and session, or null. */
  readonly named: string | null
  /** Digests of the history up to each of its turns, the longest first. */
  readonly content: readonly string[]
}

/**
 * What conversations carried before. Asked before every labelled decision, so it answers from memory; what is
 * remembered is on disk before `remember` returns. Every method throws CausewayError
 * `conversations_unavailable` where it cannot answer; then the call counts as restricted.
 */
export interface Conversations {
  /**
   * What is known of the session, and of the history by any of its forms; null where nothing is. Expired entries
   * are not known.
   */
  recall(keys: ConversationKeys): Recalled
  /** Adds to what is known, never takes away. What a history carries is known of its session too. */
  remember(keys: ConversationKeys, kept: Recalled, until: number): void
  /** The latest first; with `which` that one alone. */
  list(limit: number, which?: WhichKept): readonly KeptRow[]
  /** Forgets one by its id or session name, pseudonyms included. Returns how many entries there were. */
  forget(which: WhichKept): number
  close(): void
}

/** A text of a request, by its place. */
export interface PlacedText {
  readonly path: string
  readonly text: string
}

/**
 * A further reader beside the built-in ones, always on the own side. Resolves with what it found, offsets into the
 * texts it was given; rejects where it failed or took too long, and then the reading has failed. `signal` fires
 * when the client has left.
 */
export interface ReadingStage {
  readonly name: string
  read(texts: readonly PlacedText[], signal: AbortSignal): Promise<readonly Finding[]>
}

/** A stored answer as the client saw it. */
export interface StoredResponse {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly created: number
  /** The response resource. */
  readonly response: JsonObject
}

/** What one turn of a conversation by id added to it: what was asked in it, and the output of its answer. */
export interface StoredTurn {
  readonly input: readonly Json[]
  readonly output: readonly Json[]
}

/** A stored answer with all that led to it. */
export interface StoredChain {
  /** Names its last turn to `put`. */
  readonly end: number
  /** Oldest first; the last is the answer's own. Never empty. */
  readonly turns: readonly StoredTurn[]
  /** What its turns carried by what was found in them, declared for them or said of them; null where nothing. */
  readonly carried: Omit<Kept, 'sealed'> | null
}

/** A stored answer in the making. */
export interface NewResponse extends StoredResponse {
  /** `end` of the chain that it goes on from; null where it begins one. */
  readonly after: number | null
  /** What was asked: in this turn alone, or in all turns together with the answers in between. */
  input(which: 'own' | 'all'): readonly Json[]
  readonly carried: StoredChain['carried']
}

/** How much of a conversation is read at once. */
export interface ChainLimits {
  readonly turns: number
  readonly bytes: number
}

/**
 * Answers that clients may refer to by id. Each belongs to the key it was given to; another key's id is as good as
 * unknown. Each turn is kept once, however many answers go on from it, encrypted, until it expires or is removed:
 * its id is unknown from then on, and what was said in it stays only as long as a later answer consists of it.
 * Every method throws CausewayError `responses_unavailable` where it cannot answer.
 */
export interface Responses {
  get(principal: string, id: string): StoredResponse | null
  /**
   * Null where there is none of this id. Throws CausewayError `unknown_response` where an earlier turn of it cannot
   * be read any more, `too_many_messages` or `body_too_large` beyond the limits.
   */
  chain(principal: string, id: string, most: ChainLimits): StoredChain | null
  /** On disk before it returns. Takes the place of an answer of the same id. */
  put(principal: string, answer: NewResponse, until: number): void
  /** Whether there was one. */
  remove(principal: string, id: string): boolean
}

/** State that an upstream issued and wants back, and which calls of tools it belongs to. */
export interface IssuedState {
  /** Whose account: targets with the same address and credential share one. */
  readonly issuer: string
  readonly dialect: Dialect
  /** The parts that carry it, in order, as the issuer spelled them. */
  readonly parts: readonly Json[]
}

/**
 * Who issued what only its issuer can read. What is not known was issued to the client elsewhere. All of it is a
 * cache that may forget: an answer then is as good as without it, never worse than none.
 */
export interface Issued {
  /** The account that issued an opaque value to this key, or null. */
  issuer(principal: string, value: string): string | null
  /** What was issued together with the call of a tool; null where nothing was. */
  before(principal: string, toolCall: string): IssuedState | null
  /** `values`: opaque strings; `toolCalls`: ids as the client sees them. */
  remember(
    principal: string,
    state: IssuedState,
    values: readonly string[],
    toolCalls: readonly string[],
    until: number,
  ): void
}
