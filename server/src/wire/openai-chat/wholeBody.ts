import {
  type AnswerOptions,
  CausewayError,
  type Json,
  type JsonObject,
  type ReplyEvent,
} from '../../domain/index.ts'
import { raised } from '../body/custom.ts'
import { type Gathered, type GatheredBlock, gather } from '../stream/gather.ts'
import { writeAnnotation } from './annotations.ts'
import { MALFORMED, writeFinish } from './finish.ts'
import { answeredImage } from './mediaPart.ts'
import { writeProbabilities } from './probabilities.ts'
import { sealedDetail, signatureField } from './reasoning.ts'
import { customNamesOf, nativeFinish } from './streamWriter.ts'
import { writeUsage } from './usage.ts'

type Call = Extract<GatheredBlock, { type: 'tool' }>

const callOf = (call: Call, custom: ReadonlySet<string>): JsonObject => {
  const { id, name, input, sealed } = call
  const signed = sealed?.dialect === 'gemini' ? signatureField(sealed.value) : {}
  if (custom.has(name)) return { id, type: 'custom', custom: { name, input: raised(input) }, ...signed }
  return { id, type: 'function', function: { name, arguments: input === '' ? '{}' : input }, ...signed }
}

/** What thought and calls came sealed with, but for what rides with a call itself. */
const detailsOf = ({ blocks }: Gathered): readonly JsonObject[] => {
  const details: JsonObject[] = []
  for (const block of blocks) {
    const sealed = block.type === 'reasoning' || block.type === 'tool' ? block.sealed : null
    if (sealed === null || (block.type === 'tool' && sealed.dialect === 'gemini')) continue
    details.push(sealedDetail(block.type === 'reasoning' ? block.text : '', sealed, details.length))
  }
  return details
}

/** Citations in the order of the texts; one without a place of its own stands at the end of its block. */
const annotationsOf = ({ blocks }: Gathered): readonly JsonObject[] => {
  let length = 0
  return blocks.flatMap((block) => {
    if (block.type !== 'text') return []
    length += block.text.length
    return block.citations.map((citation) => writeAnnotation(citation, length)).filter((one) => one !== null)
  })
}

const filled = (name: string, list: readonly Json[]): JsonObject =>
  list.length === 0 ? {} : { [name]: list }

const messageOf = (reply: Gathered, options: AnswerOptions): JsonObject => {
  const texts = reply.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []))
  const reasoning = reply.blocks.map((block) => (block.type === 'reasoning' ? block.text : '')).join('')
  const images = reply.blocks
    .map((block) => (block.type === 'media' ? answeredImage(block.mime, block.data) : null))
    .filter((image) => image !== null)
  const custom = customNamesOf(options)
  const calls = reply.blocks.flatMap((block) => (block.type === 'tool' ? [callOf(block, custom)] : []))
  return {
    role: 'assistant',
    content: texts.length === 0 ? null : texts.join(''),
    refusal: reply.refusal === '' ? null : reply.refusal,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...filled('reasoning_details', detailsOf(reply)),
    ...filled('annotations', annotationsOf(reply)),
    ...filled('images', images),
    ...filled('tool_calls', calls),
  }
}

/** Events as one `chat.completion`. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (events: readonly ReplyEvent[], options: AnswerOptions): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  if (reply.end.reason === 'malformed')
    throw new CausewayError('upstream_error', `The upstream’s answer is no use: ${MALFORMED}.`)
  const finish = writeFinish(reply.end.reason, reply.refusal !== '')
  const logprobs = reply.logprobs.length === 0 ? null : writeProbabilities(reply.logprobs)
  return {
    id: `chatcmpl-${options.id}`,
    object: 'chat.completion',
    created: options.created,
    model: options.model,
    choices: [
      {
        index: 0,
        message: messageOf(reply, options),
        logprobs,
        finish_reason: finish,
        ...nativeFinish(reply.end, finish),
      },
    ],
    ...(reply.usage === null ? {} : { usage: writeUsage(reply.usage) }),
  }
}
