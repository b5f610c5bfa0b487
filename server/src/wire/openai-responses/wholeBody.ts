import { type AnswerOptions, CausewayError, type Json, type ReplyEvent } from '../../domain/index.ts'
import { ResponseWriter } from './streamWriter.ts'

/** Events as one response. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (events: readonly ReplyEvent[], options: AnswerOptions): Json => {
  const writer = new ResponseWriter(options)
  for (const event of events) writer.write(event)
  const { resource } = writer
  if (resource === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  return resource
}
