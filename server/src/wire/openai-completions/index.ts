/**
 * Completions of a bare text, with the text behind the gap in `suffix` where one is to be filled in: the older
 * endpoint that editors use. It is carried into Mistral's form of the same and back. Nobody imports it but the
 * room's own index, and that other form.
 */
import { CausewayError, type DialectWire } from '../../domain/index.ts'
import { forwardBody } from '../body/forward.ts'
import { relayedWire } from '../body/relayed.ts'
import { errorEvent } from '../openai-chat/errors.ts'
import { streamWriter, wholeBody } from './answer.ts'
import { conversation } from './conversation.ts'
import { readCompletion } from './read.ts'
import { reader } from './reader.ts'
import { relay, revise } from './relay.ts'
import { writeCompletion } from './write.ts'

const USAGE = JSON.stringify({ include_usage: true })

export const openaiCompletions: DialectWire = {
  ...relayedWire({
    name: 'openai-completions',
    read: readCompletion('openai-completions'),
    forward: (call, options) =>
      forwardBody(call, options, {
        set:
          call.stream && options.askUsage && !call.wantsUsage
            ? new Map([['stream_options', USAGE]])
            : new Map(),
        turn: () => ({ start: false, pinned: false }),
        maxTokens: ['max_tokens'],
        leaveOut: null,
      }),
    relay,
    revise,
    path: ({ operation }) => {
      if (operation === 'complete') return '/completions'
      throw new CausewayError('cannot_translate', `Completions have no operation "${operation}".`)
    },
  }),
  keepAlive: ': keep-alive\n',
  errorEvent,
  conversation,
  write: writeCompletion('openai-completions'),
  reader,
  streamWriter,
  wholeBody,
}
