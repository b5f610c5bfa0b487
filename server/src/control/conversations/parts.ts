import type { Conversations, Recorder } from '../../domain/index.ts'

/** What is kept of conversations, and where it is noted that some of it was forgotten. */
export interface ConversationParts {
  readonly kept: Pick<Conversations, 'list' | 'forget'>
  readonly recorder: Pick<Recorder, 'event'>
}
