import { type AnswerOptions, CausewayError, type Json, type ReplyEvent } from '../../domain/index.ts'
import { gather } from '../stream/gather.ts'
import { callOf, Lines, MALFORMED, probabilitiesOf } from './lineWriter.ts'

/** Events as one body. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (events: readonly ReplyEvent[], options: AnswerOptions): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  if (reply.end.reason === 'malformed') throw new CausewayError('upstream_error', MALFORMED)
  const texts: string[] = []
  let thinking = ''
  const images: string[] = []
  const calls = []
  for (const block of reply.blocks) {
    if (block.type === 'text') texts.push(block.text)
    else if (block.type === 'reasoning') thinking += block.text
    else if (block.type === 'tool') calls.push(callOf(block.index, block.id, block.name, block.input))
    else if (block.mime.startsWith('image/')) images.push(block.data)
  }
  const lines = new Lines(options)
  return lines.body(
    { text: texts.join('') + reply.refusal, thinking, images, calls },
    {
      ...lines.end(reply.end.reason, reply.end.native, reply.usage),
      ...(reply.logprobs.length === 0 ? {} : { logprobs: probabilitiesOf(reply.logprobs) }),
    },
  )
}
