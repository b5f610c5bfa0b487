import {
  type AnswerOptions,
  CausewayError,
  type Json,
  type JsonObject,
  type ReplyEvent,
} from '../../domain/index.ts'
import { carry } from '../body/sealed.ts'
import { saidInput } from '../body/toolInput.ts'
import { type GatheredBlock, gather } from '../stream/gather.ts'
import { writeCitation } from './citations.ts'
import { MALFORMED, stopFields } from './finish.ts'
import { UNSIGNED } from './sealed.ts'
import { idFor } from './toolIds.ts'
import { writeUsage } from './usage.ts'

type Sealing = Extract<GatheredBlock, { type: 'reasoning' }>['sealed']

const signatureOf = (sealed: NonNullable<Sealing>, tool: string | null): string =>
  sealed.dialect === 'anthropic-messages' ? sealed.value : carry(sealed, { call: tool })

const thinking = (text: string, sealed: Sealing, tool: string | null): JsonObject => {
  if (sealed === null) return { type: 'thinking', thinking: text, signature: UNSIGNED }
  const signature = signatureOf(sealed, tool)
  return sealed.redacted
    ? { type: 'redacted_thinking', data: signature }
    : { type: 'thinking', thinking: text, signature }
}

type Ids = ReadonlyMap<number, string>

/** The ids of the answer's calls, by their place. */
const idsOf = (blocks: readonly GatheredBlock[], options: AnswerOptions): Ids => {
  const ids = new Map<number, string>()
  for (const block of blocks) {
    if (block.type === 'tool') ids.set(block.index, idFor(block.id, block.index, options, [...ids.values()]))
  }
  return ids
}

const contentBlocks = (block: GatheredBlock, ids: Ids): readonly JsonObject[] => {
  switch (block.type) {
    case 'text': {
      const citations = block.citations.map(writeCitation).filter((citation) => citation !== null)
      if (block.text === '') return []
      return [{ type: 'text', text: block.text, ...(citations.length === 0 ? {} : { citations }) }]
    }
    case 'reasoning': {
      // State that came before its call.
      const tool = block.sealed?.tool ?? null
      return [thinking(block.text, block.sealed, tool === null ? null : (ids.get(tool) ?? null))]
    }
    case 'tool': {
      const id = ids.get(block.index) ?? block.id
      const call = { type: 'tool_use', id, name: block.name, input: saidInput(block.input) }
      return block.sealed === null ? [call] : [thinking('', block.sealed, id), call]
    }
    case 'media':
      return []
  }
}

/** A block that is another dialect's state and nothing to read. */
const isForeignState = (block: GatheredBlock): boolean =>
  block.type === 'reasoning' &&
  block.text === '' &&
  block.sealed?.tool === null &&
  block.sealed.dialect !== 'anthropic-messages'

/** Such state behind the last text is not told: clients take the answer from the last block. */
const toldBlocks = (blocks: readonly GatheredBlock[]): readonly GatheredBlock[] => {
  const last = blocks.findLastIndex((block) => !isForeignState(block))
  return blocks[last]?.type === 'text' ? blocks.slice(0, last + 1) : blocks
}

/** Events as one message. Throws CausewayError `upstream_error` where they do not end well. */
export const wholeBody = (events: readonly ReplyEvent[], options: AnswerOptions): Json => {
  const reply = gather(events)
  if (reply.end === null) throw new CausewayError('upstream_error', 'The upstream’s answer is not complete.')
  if (reply.end.reason === 'malformed') throw new CausewayError('upstream_error', MALFORMED)
  const ids = idsOf(reply.blocks, options)
  const content = toldBlocks(reply.blocks).flatMap((block) => contentBlocks(block, ids))
  if (reply.refusal !== '') content.push({ type: 'text', text: reply.refusal })
  return {
    id: `msg_${options.id}`,
    type: 'message',
    role: 'assistant',
    model: options.model,
    content,
    ...stopFields(reply.end, reply.refusal !== ''),
    usage: writeUsage(reply.usage),
  }
}
