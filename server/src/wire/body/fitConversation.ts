import type { Block, Conversation, Turn } from '../../domain/index.ts'
import { planFit } from './fit.ts'
import { MEDIA_TOKENS } from './media.ts'
import type { Signals } from './signals.ts'

/** Tokens that a block's frame is counted as, beside its text. */
const BLOCK_TOKENS = 4

const tokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4)

const blockCost = (block: Block): number => {
  switch (block.type) {
    case 'text':
    case 'refusal':
      return BLOCK_TOKENS + tokens(block.text)
    case 'reasoning':
      return BLOCK_TOKENS + tokens(block.text) + tokens(block.signature ?? '')
    case 'tool-call':
      return BLOCK_TOKENS + tokens(block.name) + tokens(block.input)
    case 'tool-result':
      return block.content.reduce((sum, inner) => sum + blockCost(inner), BLOCK_TOKENS)
    case 'media':
      return MEDIA_TOKENS
    case 'opaque':
      return BLOCK_TOKENS + tokens(JSON.stringify(block.native.raw))
  }
}

const turnCost = (turn: Turn): number =>
  turn.blocks.reduce((sum, block) => sum + blockCost(block), BLOCK_TOKENS)

/** The conversation cut to what fits the context, what was left out named. Throws CausewayError `context_too_long`. */
export const fitConversation = (
  conversation: Conversation,
  context: number | null,
  signals: Signals,
): Conversation => {
  if (context === null) return conversation
  const turns = conversation.turns.map((turn) => ({
    cost: turnCost(turn),
    start: turn.role === 'user' && turn.blocks.every((block) => block.type !== 'tool-result'),
    pinned: turn.role === 'system',
  }))
  const tools = conversation.tools.length === 0 ? 0 : tokens(JSON.stringify(conversation.tools))
  const total = turns.reduce((sum, turn) => sum + turn.cost, tools)
  const { settings } = conversation
  const { out, maxTokens } = planFit(turns, total, context, settings.maxTokens, listOf(conversation))
  for (const range of rangesAt([...out].map((index) => conversation.turns[index]?.at ?? '')))
    signals.add(range)
  if (maxTokens !== null) signals.add(conversation.names.maxTokens ?? 'max_tokens')
  return {
    ...conversation,
    turns: conversation.turns.filter((_, index) => !out.has(index)),
    settings: maxTokens === null ? settings : { ...settings, maxTokens },
  }
}

/** The list that the conversation stood in, by the places of its turns. */
const listOf = ({ turns }: Conversation): string =>
  turns.map(({ at }) => /^(\w+)\[/.exec(at)?.[1]).find((name) => name !== undefined) ?? 'messages'

/** `messages[1..4]` for the places of turns that follow each other. */
const rangesAt = (places: readonly string[]): readonly string[] => {
  const ranges: { list: string; from: number; to: number }[] = []
  for (const place of places) {
    const [, list, first, end = first] = /(\w+)\[(\d+)(?:\.\.(\d+))?\]/.exec(place) ?? []
    if (list === undefined) continue
    const [from, to] = [Number(first), Number(end)]
    const last = ranges.at(-1)
    if (last !== undefined && last.list === list && last.to === from - 1) last.to = to
    else ranges.push({ list, from, to })
  }
  return ranges.map(({ list, from, to }) => (from === to ? `${list}[${from}]` : `${list}[${from}..${to}]`))
}
