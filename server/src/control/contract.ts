/*
 * What the control plane's API says, as types. The console imports this file and nothing else of the server,
 * and imports it as types only; so no value may be exported from here.
 */
import type {
  Address,
  Agreement,
  Attempt,
  Code,
  Condition,
  Cost,
  Crossing,
  DecideInput,
  Dialect,
  Finding,
  Guarded,
  Health,
  JsonObject,
  KeptRow,
  Kind,
  Label,
  LedgerTotal,
  Level,
  Openness,
  Operation,
  Outcome,
  Permitted,
  Price,
  Profile,
  RankInput,
  Ranking,
  Refusal,
  Replaced,
  RequestRecord,
  RequestRow,
  Side,
  Usage,
  Verdict,
  Way,
} from '../domain/index.ts'
import type { CandidateView, FloorView } from '../policy/index.ts'

export type {
  Address,
  Attempt,
  CandidateView,
  Code,
  Condition,
  Cost,
  Crossing,
  DecideInput,
  Finding,
  FloorView,
  Guarded,
  Health,
  KeptRow,
  Kind,
  Label,
  LedgerTotal,
  Level,
  Outcome,
  Permitted,
  Profile,
  RankInput,
  Ranking,
  Refusal,
  Replaced,
  RequestRecord,
  RequestRow,
  Side,
  Usage,
  Verdict,
  Way,
}

/** Every error of the API, whatever its status. Texts are for people and hold no markup. */
export interface ErrorView {
  readonly error: { readonly code: Code; readonly message: string; readonly next: string }
}

/** How far back the first screen looks. */
export type Window = '1h' | '24h' | '7d' | 'all'

/** What a list needs of a record; the whole of it is one click away. */
export interface RequestSummary
  extends Pick<
    RequestRecord,
    | 'id'
    | 'time'
    | 'outcome'
    | 'status'
    | 'code'
    | 'rule'
    | 'operation'
    | 'stream'
    | 'key'
    | 'use'
    | 'session'
    | 'model'
    | 'target'
    | 'side'
    | 'simulated'
    | 'level'
    | 'kinds'
    | 'conditions'
    | 'usage'
    | 'cost'
    | 'timing'
  > {
  /** Position in the ledger, increasing. */
  readonly row: number
  /** One line for people: why it went where it went. */
  readonly why: string
  /** Rules that kept other targets from this request, each once, in the order of the candidates. */
  readonly heldBy: readonly string[]
  /** Attempts made, and how many of them were in vain. */
  readonly attempts: number
  readonly failedAttempts: number
  /** Number of fields that could not be carried over. */
  readonly dropped: number
}

/** `GET /api/requests`: newest first. `older` is the `before` of the next page, null at the end. */
export interface RequestsPage {
  readonly rows: readonly RequestSummary[]
  readonly older: number | null
}

/** One turn of a conversation, oldest first. */
export type SessionStep = Pick<
  RequestSummary,
  'id' | 'row' | 'time' | 'outcome' | 'target' | 'side' | 'simulated' | 'level' | 'kinds'
>

/** `GET /api/requests/:id`. */
export interface RequestView {
  readonly row: number
  readonly record: RequestRecord
  readonly why: string
  /** The latest turns (at most 200) that named the same session; empty where none was named. */
  readonly session: readonly SessionStep[]
}

/** A target with what is known of it now. No secret, no credential reference. */
export interface TargetView {
  readonly name: string
  readonly provider: string
  readonly model: string
  readonly side: Side
  readonly simulated: boolean
  readonly region: string | null
  readonly jurisdiction: string | null
  readonly openness: Openness | null
  readonly license: string | null
  readonly agreements: readonly Agreement[]
  readonly context: number | null
  readonly price: Price | null
  /** Null before it was ever asked. */
  readonly health: Health | null
}

/** How far the built-in engine's set-up has come. Bytes are of the download under way. */
export interface EngineView {
  readonly phase:
    | 'absent'
    | 'declined'
    | 'choosing'
    | 'weights'
    | 'runtime'
    | 'verifying'
    | 'starting'
    | 'ready'
    | 'failed'
  readonly model: string | null
  readonly bytes: number | null
  readonly total: number | null
  /** Bytes a second, smoothed. */
  readonly rate: number | null
  /** One line for people: what is being done, or what is missing and what to do. */
  readonly message: string
}

/** What only the running process knows; handed in by the composition root. */
export interface RuntimeView {
  readonly engine: EngineView
  /** Why nothing can be recorded at the moment, or null. */
  readonly trouble: string | null
  /** Where the data plane answers, e.g. `http://127.0.0.1:4141`. */
  readonly gatewayUrl: string
  /** A command that makes a first request, with `$CAUSEWAY_KEY` for the key; null where there is none to offer. */
  readonly example: string | null
}

/** `GET /api/status`, and the `status` event of the watch stream whenever it changes. */
export interface StatusView extends RuntimeView {
  readonly version: string
  readonly profile: Profile
  /** Hash of the snapshot in force. */
  readonly snapshot: string
  readonly targets: readonly TargetView[]
  /** Names of routes, in the configuration's order. */
  readonly routes: readonly string[]
  readonly uses: readonly string[]
}

/** `GET /api/overview?window=24h`. */
export interface OverviewView {
  readonly window: Window
  /** ISO 8601; the sums count requests from then on. */
  readonly since: string
  readonly totals: readonly LedgerTotal[]
}

/** `POST /api/explain`. Either a text or a whole request in its dialect. */
export interface ExplainInput {
  readonly text?: string
  readonly request?: JsonObject
  readonly dialect?: Dialect
  readonly operation?: Operation
  /** Name of a route, target or model; absent: the first route. */
  readonly model?: string
  readonly use?: string
  readonly key?: string
  readonly sides?: readonly Side[]
  readonly level?: Level
}

/** A finding with what it means here. */
export interface ExplainedFinding extends Finding {
  /** From which confidence its kind counts for this key and use, 0 to 1; null where its type has no floor. */
  readonly threshold: number | null
  /** Whether it puts its kind on the label. */
  readonly counts: boolean
}

/**
 * A second way for a request that some targets may have only with values taken out. What it would permit is
 * certain; that every value can be reached is known only once it is tried.
 */
export interface AcrossView {
  /** The kinds whose values would be taken out, and how. */
  readonly ways: Replaced
  /** How many of the listed findings are of these kinds. */
  readonly findings: number
  /** Targets that may have it so and not otherwise. */
  readonly permitted: readonly Permitted[]
}

/** What could not be looked at, because only a running request has it. */
export interface NotAsked {
  /** True where something in it is no text: nothing was unpacked. */
  readonly attachments: boolean
  /** Further readers that a request would be shown to, by name. */
  readonly stages: readonly string[]
  /** True where a conversation's earlier turns would count too. */
  readonly conversation: boolean
}

/** What would be done with it. Nothing is sent and nothing recorded. */
export interface ExplainView {
  readonly model: string
  readonly use: string
  /** Name of the key it was judged for; empty where none is configured. */
  readonly key: string
  readonly profile: Profile
  readonly label: Label
  /** The label's findings, in its order. */
  readonly findings: readonly ExplainedFinding[]
  readonly floors: readonly FloorView[]
  /** Every target that was looked at, as things are. */
  readonly candidates: readonly CandidateView[]
  readonly verdict: Verdict
  /** Null where taking values out would permit nobody more. */
  readonly across: AcrossView | null
  /** Of everybody who may have it, one way or the other. */
  readonly ranking: Ranking | null
  /** What the client would be told where nothing may or can answer. */
  readonly refusal: ErrorView['error'] | null
  readonly notAsked: NotAsked
}

/** `GET /api/conversations`: what is kept, the latest first. */
export interface ConversationsPage {
  readonly rows: readonly KeptRow[]
}

/** `DELETE /api/conversations/ID` and `DELETE /api/conversations?session=NAME`. */
export interface ForgottenView {
  /** How many entries were forgotten. */
  readonly entries: number
}

/** Requests as they settle. Handed in by the composition root; `subscribe` answers how to stop. */
export interface Live {
  subscribe(receive: (row: RequestRow) => void): () => void
}
