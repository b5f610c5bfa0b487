/**
 * Filling in the gap between two texts as Mistral's Codestral does it: asked like a completion, answered like a
 * chat. Nobody imports it but the room's own index.
 */
import { CausewayError, type DialectWire } from '../../domain/index.ts'
import { forwardBody } from '../body/forward.ts'
import { relayedWire } from '../body/relayed.ts'
import { errorEvent } from '../openai-chat/errors.ts'
import { openaiChat } from '../openai-chat/index.ts'
import { conversation } from '../openai-completions/conversation.ts'
import { readCompletion } from '../openai-completions/read.ts'
import { writeCompletion } from '../openai-completions/write.ts'

export const mistralFim: DialectWire = {
  ...relayedWire({
    name: 'mistral-fim',
    read: readCompletion('mistral-fim'),
    forward: (call, options) =>
      forwardBody(call, options, {
        set: new Map(),
        turn: () => ({ start: false, pinned: false }),
        maxTokens: ['max_tokens'],
        leaveOut: null,
      }),
    relay: openaiChat.relay,
    revise: openaiChat.revise,
    path: ({ operation }) => {
      if (operation === 'complete') return '/fim/completions'
      throw new CausewayError('cannot_translate', `Filling in has no operation "${operation}".`)
    },
  }),
  keepAlive: openaiChat.keepAlive,
  errorEvent,
  conversation,
  write: writeCompletion('mistral-fim'),
  reader: openaiChat.reader,
  streamWriter: openaiChat.streamWriter,
  wholeBody: openaiChat.wholeBody,
}
