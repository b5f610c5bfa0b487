import { CausewayError, join, type Level, type WhichKept } from '../../domain/index.ts'
import type { ForgottenView } from '../contract.ts'
import type { ConversationParts } from './parts.ts'

/** Who asked: a person in the console, or the command line or a script with the token. */
export type ForgottenBy = 'console' | 'command'

/** Entries looked at for what is noted; a session has a few. */
const MOST = 1000
/** Digests noted of one clearing; the rest is in the count. */
const NAMED = 20

/**
 * Forgets a conversation and has it on the record first: what is not noted is not forgotten. The note holds
 * digests and no name. Rejects with CausewayError `unknown_conversation`, `conversations_unavailable` or
 * `record_unavailable`.
 */
export const forgetConversation = async (
  { kept, recorder }: ConversationParts,
  which: WhichKept,
  by: ForgottenBy,
  now: number,
): Promise<ForgottenView> => {
  const rows = kept.list(MOST, which)
  if (rows.length === 0) {
    const named = 'id' in which ? 'with this id' : 'of this session'
    throw new CausewayError('unknown_conversation', `Nothing is kept of a conversation ${named}.`)
  }
  await recorder.event({
    v: 1,
    type: 'event',
    time: new Date(now).toISOString(),
    event: 'forgotten',
    detail: {
      by,
      conversations: rows
        .slice(0, NAMED)
        .map(({ id }) => id)
        .join(' '),
      entries: rows.length,
      level: rows.reduce<Level>((level, row) => join(level, row.level), 'public'),
      pseudonyms: rows.some(({ pseudonyms }) => pseudonyms),
    },
  })
  return { entries: kept.forget(which) }
}
