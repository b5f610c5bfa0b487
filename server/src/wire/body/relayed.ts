import { CausewayError, type DialectWire, type Relay, type Revision } from '../../domain/index.ts'
import { errorBody } from '../openai-chat/errors.ts'

const noCounterpart = (): never => {
  throw new CausewayError(
    'cannot_translate',
    'This dialect cannot be carried over into another; ask for a target that speaks it.',
  )
}

type Own = 'name' | 'read' | 'forward' | 'path' | 'relay' | 'revise'

/** A dialect that goes to targets of the same dialect only: its own parts, and the plain ones that all of them share. */
export const relayedWire = (own: Pick<DialectWire, Own>): DialectWire => ({
  conversation: noCounterpart,
  write: noCounterpart,
  reader: noCounterpart,
  streamWriter: noCounterpart,
  wholeBody: noCounterpart,
  countBody: noCounterpart,
  errorBody,
  // There is nothing to say it in: the connection is cut, so that half an answer does not look whole.
  errorEvent: () => '',
  // Answers of these may be anything; a sign of life in the midst of a sound would be heard.
  keepAlive: '',
  requestIdHeader: 'x-request-id',
  opaque: () => [],
  ...own,
})

/** For answers that hold no text: sounds, pictures. */
export const unrevised = (): Revision => ({ push: (chunk) => [chunk], end: () => [] })

/** Passes bytes on, whatever they are; an answer is whole when its upstream says that it ended. */
export const bytesRelay = (): Relay => {
  let bytes = 0
  return {
    push(chunk) {
      bytes += chunk.length
      return chunk
    },
    end: () => ({ rest: [], complete: true }),
    usage: () => null,
    fault: () => null,
    textLength: () => 0,
    started: () => bytes > 0,
    finished: () => false,
  }
}
