/** One message as the model reads it. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

export interface Sampling {
  readonly maxTokens: number
  readonly temperature: number
  readonly topP: number
  readonly topK: number | null
  readonly minP: number | null
  readonly seed: number | null
  readonly frequencyPenalty: number
  readonly presencePenalty: number
}

/** Piece by piece what is generated: text that may be empty, and always one token each. */
export interface Piece {
  readonly text: string
}

/** A prompt made ready: its real size is known before anything is generated. */
export interface Prompt {
  /** Tokens. */
  readonly size: number
  /** Tokens of it whose evaluation was still at hand from before. Known once generation began. */
  readonly reused: () => number
  /**
   * Generates until the model ends its turn, `maxTokens` pieces came, or the iteration is left or aborted. Returns
   * whether the model ended by itself.
   */
  generate(sampling: Sampling, signal: AbortSignal): AsyncGenerator<Piece, { readonly ended: boolean }>
}

/** What the server serves: one model with one context. Only one prompt generates at a time; the queue sees to it. */
export interface Generator {
  readonly model: string
  readonly title: string
  readonly forWork: boolean
  /** Tokens that prompt and answer share. */
  readonly context: number
  readonly threads: number
  readonly defaults: { readonly temperature: number; readonly topP: number }
  prepare(turns: readonly Turn[]): Prompt
  close(): Promise<void>
}
