import type { Usage } from './usage.ts'

export type FinishReason =
  | 'stop'
  | 'length'
  | 'tool'
  | 'filter'
  | 'refusal'
  | 'stop-sequence'
  | 'pause'
  | 'other'

/** What an upstream answer says, one event after another, in no dialect. Exactly one `end` or `error`, last. */
export type ReplyEvent =
  | { readonly type: 'start'; readonly id: string | null; readonly model: string | null }
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'reasoning'; readonly delta: string }
  | { readonly type: 'signature'; readonly value: string; readonly redacted: boolean }
  | { readonly type: 'refusal'; readonly delta: string }
  | {
      readonly type: 'tool'
      /** Position among the answer's tool calls, from 0. */
      readonly index: number
      /** On the first event of the call. */
      readonly id: string | null
      readonly name: string | null
      /** A piece of the arguments' JSON text. */
      readonly delta: string
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  | {
      readonly type: 'end'
      readonly reason: FinishReason
      readonly native: string | null
      readonly stopSequence: string | null
    }
  | {
      readonly type: 'error'
      readonly message: string
      readonly status: number | null
      readonly native: string | null
    }
  /** A field of the answer that no event carries; signalled. */
  | { readonly type: 'unmapped'; readonly field: string }

/** Bytes in, events out by the `emit` it was made with. `end` reports a missing terminal marker as an `error` event. */
export interface ReplyReader {
  push(chunk: Uint8Array): void
  end(): void
}

/** Events in, the client's dialect out. */
export interface ReplyWriter {
  /** Text to send for this event; may be empty. */
  write(event: ReplyEvent): string
}
