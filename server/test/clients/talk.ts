/* What the tests ask of a client, whichever it is. */

export type Part = string | { readonly image: Buffer } | { readonly pdf: Buffer }

export interface Opening {
  readonly model: string
  readonly stream: boolean
  readonly system?: string
  readonly tools?: boolean
  readonly think?: boolean
  readonly schema?: boolean
  readonly signal?: AbortSignal
  /** Called with each piece of text that comes in a stream. */
  readonly onText?: (text: string) => void
}

export interface Called {
  readonly id: string
  readonly name: string
  readonly input: unknown
}

export interface Reply {
  readonly text: string
  /** Null where this client has no place for it. */
  readonly thought: string | null
  readonly calls: readonly Called[]
  /** Tokens; null where the client does not tell. */
  readonly input: number | null
  readonly output: number | null
  readonly cached: number | null
  readonly finish: 'stop' | 'tool' | 'length' | 'other'
}

export interface Result {
  readonly call: Called
  readonly text: string
}

/** A conversation in a client's own types, which keeps its history as the client does. */
export interface Talk {
  user(...parts: readonly Part[]): Promise<Reply>
  results(results: readonly Result[]): Promise<Reply>
}

export interface Problem {
  /** HTTP status as the client tells it; null where it tells none. */
  readonly status: number | null
  readonly retryAfter: string | null
  readonly message: string
}

export interface Client {
  readonly name: string
  open(opening: Opening): Talk
  problem(error: unknown): Problem
  /** What it makes of a result's text on its way to the model, where it wraps it. */
  wrapped?(tool: string, text: string): string
  /** What it cannot do itself: these scenarios are not asked of it. */
  readonly lacks: readonly ('pdf' | 'schema' | 'thought' | 'retry-after' | 'cached')[]
}
