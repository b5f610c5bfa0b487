import type { TokenSpan } from './token-spans.ts'

/** What the thread is started with. */
export interface TokensSetting {
  /** URL of the library's entry. */
  readonly library: string
  /** Absolute path of the model's folder. */
  readonly folder: string
}

export interface ToTokens {
  readonly text: string
}

export type FromTokens =
  /** The model is loaded; its labels. */
  | { readonly ready: readonly string[] }
  /** It cannot be loaded. */
  | { readonly broken: string }
  | { readonly spans: readonly TokenSpan[] }
  | { readonly failed: true }
