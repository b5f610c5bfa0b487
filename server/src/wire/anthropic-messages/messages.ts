import { type Block, CausewayError, type JsonObject, type Quirks, type Turn } from '../../domain/index.ts'
import { markPlace } from '../body/cacheMarks.ts'
import { isObject } from '../body/fields.ts'
import { plainBase64 } from '../body/media.ts'
import { isMarked } from '../body/sealed.ts'
import type { Signals } from '../body/signals.ts'
import { inputObject } from '../body/toolInput.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { markField } from './marks.ts'
import { opaqueOf } from './sealed.ts'

/** What the writing of every block needs to know. */
export interface Writing {
  readonly signals: Signals
  readonly cacheMarks: Quirks['cacheMarks']
  /** What thought is called in the client's dialect. */
  readonly thought: string
}

interface Message {
  readonly role: 'user' | 'assistant'
  readonly content: JsonObject[]
}

/**
 * Turns as the dialect's system blocks and alternating messages. System turns in the midst of a conversation
 * become a marked part of the user's turn at their place, with a signal; they are never moved to the front.
 */
export const writeMessages = (
  turns: readonly Turn[],
  to: Writing,
): { readonly system: JsonObject[]; readonly messages: readonly JsonObject[] } => {
  const firstOther = turns.findIndex((turn) => turn.role !== 'system')
  const leading = firstOther === -1 ? turns.length : firstOther
  const system = turns.slice(0, leading).flatMap((turn) => written(turn.blocks, turn.at, to))
  const messages: Message[] = []
  for (const turn of turns.slice(leading)) {
    const content = turn.role === 'system' ? wrapped(turn, to) : written(turn.blocks, turn.at, to)
    if (content.length === 0) continue
    const role = turn.role === 'assistant' ? 'assistant' : 'user'
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(...content)
    else messages.push({ role, content: [...content] })
  }
  const first = messages[0]
  if (first === undefined) {
    throw untranslatable('messages', 'anthropic-messages', 'nothing in them but system turns has content')
  }
  if (first.role === 'assistant') {
    to.signals.add(turns[leading]?.at ?? 'messages[0]')
    messages.unshift({ role: 'user', content: [{ type: 'text', text: '(The assistant speaks first.)' }] })
  }
  return { system, messages: messages.map((message) => ({ role: message.role, content: message.content })) }
}

const wrapped = (turn: Turn, to: Writing): readonly JsonObject[] => {
  to.signals.add(`${turn.at}.role`)
  return written(turn.blocks, turn.at, to).map((block) =>
    typeof block['text'] === 'string' ? { ...block, text: `<system>\n${block['text']}\n</system>` } : block,
  )
}

const written = (blocks: readonly Block[], at: string, to: Writing): JsonObject[] =>
  blocks.flatMap((block) => {
    const one = writeBlock(block, at, to)
    if (one !== null) return [{ ...one, ...markField(block.cache, to.cacheMarks) }]
    if (block.cache !== undefined) to.signals.add(markPlace(block.cache, at))
    return []
  })

/** A block that was born in this dialect goes home as it came. */
const verbatim = (block: Block): JsonObject | null =>
  block.native.dialect === 'anthropic-messages' && isObject(block.native.raw) ? block.native.raw : null

/** Thought goes home as its issuer signed it; what another signed, or nobody, has no place here. */
const signedThought = (block: Block): JsonObject | null => {
  const home = verbatim(block)
  const value = home === null ? null : opaqueOf(home)
  return value === null || value === '' || isMarked(value) || home?.['type'] === 'compaction' ? null : home
}

const writeBlock = (block: Block, at: string, to: Writing): JsonObject | null => {
  const home = verbatim(block)
  switch (block.type) {
    case 'text':
      return block.text === '' ? null : (home ?? { type: 'text', text: block.text })
    case 'refusal':
      if (block.text === '') return null
      to.signals.add(`${at}.refusal`)
      return { type: 'text', text: block.text }
    case 'reasoning': {
      const thought = signedThought(block)
      if (thought === null) to.signals.add(`${at}.${to.thought}`)
      return thought
    }
    case 'tool-call':
      if (block.signature !== undefined) to.signals.add(`${at}.thoughtSignature`)
      return {
        ...(home ?? {
          type: 'tool_use',
          name: block.name,
          input: inputObject(block, at, 'anthropic-messages'),
        }),
        id: block.id,
      }
    case 'tool-result':
      return home === null ? toolResult(block, at, to) : { ...home, tool_use_id: block.id }
    case 'media':
      return home ?? mediaBlock(block, at)
    case 'opaque':
      if (home === null) throw untranslatable(at, 'anthropic-messages', `it holds ${block.label}`)
      return home
  }
}

const toolResult = (block: Extract<Block, { type: 'tool-result' }>, at: string, to: Writing): JsonObject => {
  const content = written(block.content, at, to)
  const only = content.length === 1 ? content[0] : undefined
  const plain = only?.['type'] === 'text' && only['cache_control'] === undefined
  return {
    type: 'tool_result',
    tool_use_id: block.id,
    ...(content.length === 0 ? {} : { content: plain ? (only['text'] ?? '') : content }),
    ...(block.failed ? { is_error: true } : {}),
  }
}

const mediaBlock = (block: Extract<Block, { type: 'media' }>, at: string): JsonObject => {
  if (block.media === 'audio') throw untranslatable(at, 'anthropic-messages', 'it holds sound')
  const type = block.media === 'image' ? 'image' : 'document'
  const title = block.media === 'file' && block.name !== null ? { title: block.name } : {}
  if (block.data === null) {
    if (block.url === null || !/^https?:\/\//i.test(block.url)) {
      throw untranslatable(at, 'anthropic-messages', `a ${type} has neither data in base64 nor a web address`)
    }
    return { type, source: { type: 'url', url: block.url }, ...title }
  }
  const mime = block.mime === 'image/jpg' ? 'image/jpeg' : block.mime
  if (block.media === 'image') {
    return {
      type,
      source: { type: 'base64', media_type: mime ?? 'image/png', data: plainBase64(block.data) },
    }
  }
  if (mime === 'application/pdf') {
    return { type, source: { type: 'base64', media_type: mime, data: plainBase64(block.data) }, ...title }
  }
  if (mime?.startsWith('text/') === true) {
    return {
      type,
      source: { type: 'text', media_type: 'text/plain', data: decoded(block.data, at) },
      ...title,
    }
  }
  throw untranslatable(at, 'anthropic-messages', `a file of type ${mime ?? 'unknown'} has no counterpart`)
}

const decoded = (data: string, at: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64'))
  } catch {
    throw new CausewayError('invalid_request', `${at}: a text file is not valid UTF-8.`, { field: at })
  }
}
