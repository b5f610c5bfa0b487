import { CausewayError, type Json, type JsonObject, type ReplyEvent } from '../../domain/index.ts'
import { gather } from '../stream/gather.ts'
import { writeFinish } from './finish.ts'
import { signedDetail } from './reasoning.ts'
import { nativeFinish } from './streamWriter.ts'
import { writeUsage } from './usage.ts'

/** Events as one `chat.completion`. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (
  events: readonly ReplyEvent[],
  options: { readonly model: string; readonly id: string; readonly created: number },
): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  const texts = reply.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []))
  const thoughts = reply.blocks.flatMap((block) => (block.type === 'reasoning' ? [block] : []))
  const calls = reply.blocks.flatMap((block) => (block.type === 'tool' ? [block] : []))
  const details = thoughts.flatMap((block, index) =>
    block.signature === null ? [] : [signedDetail(block.text, block.signature, block.redacted, index)],
  )
  const reasoning = thoughts.map((block) => block.text).join('')
  const finish = writeFinish(reply.end.reason, reply.refusal !== '')
  const message: JsonObject = {
    role: 'assistant',
    content: texts.length === 0 ? null : texts.join(''),
    refusal: reply.refusal === '' ? null : reply.refusal,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(details.length === 0 ? {} : { reasoning_details: details }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: call.input === '' ? '{}' : call.input },
          })),
        }),
  }
  return {
    id: `chatcmpl-${options.id}`,
    object: 'chat.completion',
    created: options.created,
    model: options.model,
    choices: [
      { index: 0, message, logprobs: null, finish_reason: finish, ...nativeFinish(reply.end, finish) },
    ],
    ...(reply.usage === null ? {} : { usage: writeUsage(reply.usage) }),
  }
}
