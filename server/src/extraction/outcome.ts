/** What a reader in a thread says of one file: an `Extracted` without its place. */
export type Outcome =
  | { readonly state: 'read'; readonly texts: readonly string[]; readonly partial: boolean }
  | { readonly state: 'unread' | 'failed'; readonly texts: readonly string[]; readonly why: string }

/** What a thread may use up on one file. */
export interface Limits {
  /** UTF-16 units. */
  readonly maxText: number
  /** Bytes. */
  readonly maxUnpacked: number
  readonly maxMembers: number
}

export interface ToReader {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What the request says they are, or ''. */
  readonly mime: string
}

export const failed = (why: string, texts: readonly string[] = []): Outcome => ({
  state: 'failed',
  texts,
  why,
})

export const unread = (why: string, texts: readonly string[] = []): Outcome => ({
  state: 'unread',
  texts,
  why,
})

export const done = (texts: readonly string[], partial = false): Outcome => ({
  state: 'read',
  texts,
  partial,
})
