import {
  type AnswerOptions,
  CausewayError,
  type Json,
  type JsonObject,
  type ReplyEvent,
} from '../../domain/index.ts'
import { type GatheredBlock, gather } from '../stream/gather.ts'
import { groundingOf } from './citations.ts'
import { finishFields } from './finish.ts'
import { logprobsResult } from './logprobs.ts'
import { callPart, sealPart, showsThoughts } from './streamWriter.ts'
import { writeUsage } from './usage.ts'

const partsOf = (block: GatheredBlock, shows: boolean): readonly JsonObject[] => {
  switch (block.type) {
    case 'text':
      return block.text === '' ? [] : [{ text: block.text }]
    case 'reasoning': {
      const thought = block.text === '' || !shows ? [] : [{ text: block.text, thought: true }]
      return block.sealed === null ? thought : [...thought, sealPart(block.sealed, block.text)]
    }
    case 'tool':
      return [callPart(block)]
    case 'media':
      return [{ inlineData: { mimeType: block.mime, data: block.data } }]
  }
}

/** Events as one answer. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (events: readonly ReplyEvent[], options: AnswerOptions): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  const shows = showsThoughts(options.call)
  const parts = reply.blocks.flatMap((block) => partsOf(block, shows))
  if (reply.refusal !== '') parts.push({ text: reply.refusal })
  const texts = reply.blocks.flatMap((block) => (block.type === 'text' ? [block] : []))
  const grounding = groundingOf(
    texts.flatMap(({ citations }) => citations),
    texts.map(({ text }) => text).join(''),
  )
  return {
    candidates: [
      {
        content: { parts, role: 'model' },
        ...finishFields(reply.end),
        index: 0,
        ...(grounding === null ? {} : { groundingMetadata: grounding }),
        ...(reply.logprobs.length === 0 ? {} : { logprobsResult: logprobsResult(reply.logprobs) }),
      },
    ],
    ...(reply.usage === null ? {} : { usageMetadata: writeUsage(reply.usage) }),
    modelVersion: options.model,
    responseId: options.id,
  }
}
