import type { Call } from '../domain/index.ts'

/**
 * What came of one attachment. Texts may stand beside every state, and all of them want to be read:
 * - `read`: the texts are what the attachment says. `partial` where pictures, embedded objects, locked members
 *   or characters without a known meaning in it were passed over.
 * - `unread`: true media, an unknown format or a locked file. Texts are what lies open all the same: the
 *   caption inside a picture, the names in a locked archive, runs of letters in an old binary document.
 * - `failed`: broken, too large, too slow, or the reader died. Texts are what was read until then.
 */
export type Extracted =
  | {
      readonly path: string
      readonly state: 'read'
      readonly texts: readonly string[]
      readonly partial: boolean
    }
  | {
      readonly path: string
      readonly state: 'unread' | 'failed'
      readonly texts: readonly string[]
      /** For people; never a word of the attachment's own. */
      readonly why: string
    }

export interface Extractor {
  /**
   * One entry for each of the call's media, in their order and by their path, and one for each string elsewhere
   * in the request that holds a file (a data URL, or base64 that begins like a known format). Never rejects.
   */
  extract(call: Pick<Call, 'json' | 'media'>): Promise<readonly Extracted[]>
  /** Ends the threads. What is under way, and whatever is asked later, has failed. */
  close(): Promise<void>
}

/** All sizes in bytes, all times in milliseconds. */
export interface ExtractorOptions {
  /** For all attachments of one call together, waiting for a thread included. 5,000 unless said. */
  readonly timeout?: number
  /** For one attachment, once a thread is at it. 4,000 unless said. */
  readonly attachmentTimeout?: number
  /** A larger attachment is not looked at. 32 MiB unless said. */
  readonly maxInput?: number
  /** Text taken from one attachment, in UTF-16 units. 16 Mi unless said. */
  readonly maxText?: number
  /** Unpacked from one attachment, nested archives included. 64 MiB unless said. */
  readonly maxUnpacked?: number
  /** Members of all archives in one attachment. 5,000 unless said. */
  readonly maxMembers?: number
  /** Threads, each with a library for PDF of its own. 1 unless said. */
  readonly workers?: number
  /** Attachments that wait for a thread; more have failed. 200 unless said. */
  readonly queue?: number
  /** Memory of one thread, heap and buffers. 256 MiB unless said. */
  readonly memory?: number
  /** Texts kept, so that a history that comes again is not unpacked again. 32 MiB unless said; 0 keeps none. */
  readonly cache?: number
}
