import type { Block, JsonObject, Turn } from '../../domain/index.ts'
import { markPlace } from '../body/cacheMarks.ts'
import { plainBase64 } from '../body/media.ts'
import type { Signals } from '../body/signals.ts'
import { inputObject } from '../body/toolInput.ts'
import { untranslatable } from '../body/untranslatable.ts'

const NAME = 'ollama'
/** Between texts that were set apart; what an assistant said in pieces was one text. */
const BETWEEN = '\n\n'
/** The mark before a failed result, for the dialect has no field that says so. */
const FAILED = '[The tool failed] '
const ATTACHED = 'See the attachment that follows.'

/** What one message holds, gathered block by block. */
interface Parts {
  readonly texts: string[]
  readonly images: string[]
}

/** Writes turns as messages. One for each request: results are told by the names of the tools that were called. */
export class MessageWriter {
  readonly #signals: Signals
  /** Names of tools by the ids of their calls. */
  readonly #names = new Map<string, string>()

  constructor(signals: Signals) {
    this.#signals = signals
  }

  /** System turns stay where they stand. */
  write(turns: readonly Turn[]): readonly JsonObject[] {
    const messages = turns.flatMap((turn) =>
      turn.role === 'assistant' ? this.#assistant(turn) : this.#others(turn),
    )
    if (messages.length === 0) throw untranslatable('messages', NAME, 'nothing in them has content')
    return messages
  }

  #assistant(turn: Turn): readonly JsonObject[] {
    const parts: Parts = { texts: [], images: [] }
    let thinking = ''
    const calls: JsonObject[] = []
    for (const block of turn.blocks) {
      this.#marked(block, turn.at)
      if (block.type === 'reasoning') thinking += this.#thought(block, turn.at)
      else if (block.type === 'tool-call') calls.push(this.#call(block, turn.at))
      else this.#content(block, turn.at, parts)
    }
    const content = parts.texts.join('')
    if (content === '' && calls.length === 0 && parts.images.length === 0) {
      if (thinking !== '') this.#signals.add(`${turn.at}.thinking`)
      return []
    }
    return [
      {
        role: 'assistant',
        content,
        ...(thinking === '' ? {} : { thinking }),
        ...(parts.images.length === 0 ? {} : { images: parts.images }),
        ...(calls.length === 0 ? {} : { tool_calls: calls }),
      },
    ]
  }

  /** Results first, each a message of its own; images in them follow in the user's message. */
  #others(turn: Turn): readonly JsonObject[] {
    const messages: JsonObject[] = []
    const parts: Parts = { texts: [], images: [] }
    for (const block of turn.blocks) {
      this.#marked(block, turn.at)
      if (block.type === 'tool-result') messages.push(this.#result(block, turn.at, parts))
      else this.#content(block, turn.at, parts)
    }
    if (parts.texts.length === 0 && parts.images.length === 0) return messages
    const images = parts.images.length === 0 ? {} : { images: parts.images }
    return [...messages, { role: turn.role, content: parts.texts.join(BETWEEN), ...images }]
  }

  #result(block: Extract<Block, { type: 'tool-result' }>, at: string, after: Parts): JsonObject {
    const parts: Parts = { texts: [], images: [] }
    for (const inner of block.content) {
      this.#marked(inner, at)
      this.#content(inner, at, parts)
    }
    const name = this.#names.get(block.id) ?? block.name ?? ''
    if (parts.images.length > 0) {
      after.texts.push(`Attachment of the result of ${name}:`)
      after.images.push(...parts.images)
      if (parts.texts.length === 0) parts.texts.push(ATTACHED)
    }
    if (block.failed) this.#signals.add(`${at}.is_error`)
    const content = `${block.failed ? FAILED : ''}${parts.texts.join(BETWEEN)}`
    return { role: 'tool', tool_name: name, content }
  }

  #content(block: Block, at: string, parts: Parts): void {
    switch (block.type) {
      case 'text':
        if (block.text !== '') parts.texts.push(block.text)
        return
      case 'refusal':
        if (block.text === '') return
        this.#signals.add(`${at}.refusal`)
        parts.texts.push(block.text)
        return
      case 'media':
        parts.images.push(this.#image(block, at))
        return
      case 'opaque':
        throw untranslatable(at, NAME, `it holds ${block.label}`)
      case 'reasoning':
      case 'tool-call':
      case 'tool-result':
        throw untranslatable(at, NAME, 'a block stands where its role does not allow it')
    }
  }

  #image(block: Extract<Block, { type: 'media' }>, at: string): string {
    if (block.media !== 'image')
      throw untranslatable(at, NAME, `it holds ${block.media === 'audio' ? 'sound' : 'a file'}`)
    if (block.data === null)
      throw untranslatable(at, NAME, 'an image is given by its address only; send the bytes')
    return plainBase64(block.data)
  }

  /** Thought in plain words goes along; what only another vendor can read stays here. */
  #thought(block: Extract<Block, { type: 'reasoning' }>, at: string): string {
    if (block.redacted !== true && (block.signature === null || block.signature === '')) return block.text
    this.#signals.add(`${at}.thinking`)
    return ''
  }

  #call(block: Extract<Block, { type: 'tool-call' }>, at: string): JsonObject {
    this.#names.set(block.id, block.name)
    if (block.signature !== undefined) this.#signals.add(`${at}.thought_signature`)
    return { function: { name: block.name, arguments: inputObject(block, at, NAME) } }
  }

  /** The server caches by itself. */
  #marked(block: Block, at: string): void {
    if (block.cache !== undefined) this.#signals.add(markPlace(block.cache, at))
  }
}
