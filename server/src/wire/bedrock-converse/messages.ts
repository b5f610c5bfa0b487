import type { Block, Json, JsonObject, Turn } from '../../domain/index.ts'
import { markPlace } from '../body/cacheMarks.ts'
import { isObject } from '../body/fields.ts'
import type { Signals } from '../body/signals.ts'
import { inputObject } from '../body/toolInput.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { type CacheMarks, cachePoint } from './cache.ts'
import type { Family } from './family.ts'
import { DocumentNames, mediaBlock } from './media.ts'

interface Message {
  readonly role: 'user' | 'assistant'
  readonly content: JsonObject[]
}

const NAME = 'bedrock-converse'
/** Beside a document there must be text. */
const BESIDE_DOCUMENT = 'See the attached document.'
const FIRST = '(The assistant speaks first.)'
/** The mark before a failed result, for models whose results have no status. */
const FAILED = '[The tool failed] '

/** Writes turns as system blocks and alternating messages. One for each request: names of documents are unique in it. */
export class MessageWriter {
  readonly #signals: Signals
  readonly #marks: CacheMarks
  readonly #family: Family
  readonly #names = new DocumentNames()

  constructor(signals: Signals, marks: CacheMarks, family: Family) {
    this.#signals = signals
    this.#marks = marks
    this.#family = family
  }

  /**
   * System turns in the midst of a conversation become a marked part of the user's turn at their place, with a
   * signal; they are never moved to the front.
   */
  write(turns: readonly Turn[]): { readonly system: JsonObject[]; readonly messages: readonly Message[] } {
    const firstOther = turns.findIndex((turn) => turn.role !== 'system')
    const leading = firstOther === -1 ? turns.length : firstOther
    const system = turns.slice(0, leading).flatMap((turn) => this.#system(turn))
    const messages: Message[] = []
    for (const turn of turns.slice(leading)) {
      const content = turn.role === 'system' ? this.#wrapped(turn) : this.#blocks(turn.blocks, turn.at)
      if (content.length === 0) continue
      const role = turn.role === 'assistant' ? 'assistant' : 'user'
      const last = messages.at(-1)
      if (last?.role === role) last.content.push(...content)
      else messages.push({ role, content })
    }
    const first = messages[0]
    if (first === undefined)
      throw untranslatable('messages', NAME, 'nothing in them but system turns has content')
    if (first.role === 'assistant') {
      this.#signals.add('messages[0]')
      messages.unshift({ role: 'user', content: [{ text: FIRST }] })
    }
    for (const message of messages) withText(message.content)
    return { system, messages }
  }

  #system(turn: Turn): JsonObject[] {
    const media = turn.blocks.find((block) => block.type === 'media')
    if (media !== undefined) throw untranslatable(turn.at, NAME, 'a system prompt of it is text')
    return this.#blocks(turn.blocks, turn.at)
  }

  #wrapped(turn: Turn): JsonObject[] {
    this.#signals.add(`${turn.at}.role`)
    return this.#blocks(turn.blocks, turn.at).map((block) =>
      typeof block['text'] === 'string' ? { text: `<system>\n${block['text']}\n</system>` } : block,
    )
  }

  #blocks(blocks: readonly Block[], at: string): JsonObject[] {
    const out: JsonObject[] = []
    for (const block of blocks) {
      const written = this.#block(block, at)
      if (written !== null) out.push(written)
      if (block.cache === undefined) continue
      const point = cachePoint(block.cache, this.#marks, markPlace(block.cache, at), this.#signals)
      if (point !== null) this.mark(out, point, markPlace(block.cache, at))
    }
    return out
  }

  /** Behind the block; a point behind a document or thought is refused by the service, so it goes before them. */
  mark(out: JsonObject[], point: JsonObject, field: string): void {
    let place = out.length
    while (place > 0 && isUnmarkable(out[place - 1])) place -= 1
    if (place < out.length || place === 0) this.#signals.add(field)
    if (place > 0) out.splice(place, 0, point)
  }

  #block(block: Block, at: string): JsonObject | null {
    const { dialect, raw } = block.native
    const home = dialect === NAME && isObject(raw) ? raw : null
    switch (block.type) {
      case 'text':
        return this.#text(block.text, at)
      case 'refusal':
        if (block.text !== '') this.#signals.add(`${at}.refusal`)
        return this.#text(block.text, at)
      case 'reasoning':
        return this.#reasoning(block, at)
      case 'tool-call':
        if (block.signature !== undefined) this.#signals.add(`${at}.thought_signature`)
        return { toolUse: { toolUseId: block.id, name: block.name, input: inputObject(block, at, NAME) } }
      case 'tool-result':
        return this.#toolResult(block, at)
      case 'media':
        return mediaBlock(block, at, this.#names)
      case 'opaque':
        if (home === null) throw untranslatable(at, NAME, `it holds ${block.label}`)
        return home
    }
  }

  /** The service refuses text that is empty or blank. */
  #text(text: string, at: string): JsonObject | null {
    if (text.trim() !== '') return { text }
    if (text !== '') this.#signals.add(`${at}.content`)
    return null
  }

  /** Only what this service issued goes back to it, and unsigned thought is refused by it. */
  #reasoning(block: Extract<Block, { type: 'reasoning' }>, at: string): JsonObject | null {
    const { dialect, raw } = block.native
    // What is put back by the gateway has its seal in what its issuer spelled only.
    const home = dialect === NAME ? sealedThought(raw) : null
    if (home !== null) return home
    if (dialect !== NAME || block.signature === null || block.signature === '') {
      this.#signals.add(`${at}.thinking`)
      return null
    }
    return block.redacted === true
      ? { reasoningContent: { redactedContent: block.signature } }
      : { reasoningContent: { reasoningText: { text: block.text, signature: block.signature } } }
  }

  #toolResult(block: Extract<Block, { type: 'tool-result' }>, at: string): JsonObject {
    const content: JsonObject[] = []
    for (const inner of block.content) {
      if (inner.type === 'media' && inner.media === 'audio')
        throw untranslatable(at, NAME, 'a tool’s result of it holds no sound')
      if (inner.type === 'reasoning' || inner.type === 'tool-call' || inner.type === 'tool-result')
        throw untranslatable(at, NAME, 'a tool’s result holds what is no content')
      if (inner.cache !== undefined) this.#signals.add(markPlace(inner.cache, at))
      const written = this.#block(inner, at)
      if (written !== null) content.push(written)
    }
    if (!block.failed) return { toolResult: { toolUseId: block.id, content } }
    if (this.#family === 'claude' || this.#family === 'nova' || this.#family === 'hidden')
      return { toolResult: { toolUseId: block.id, content, status: 'error' } }
    this.#signals.add(`${at}.is_error`)
    return { toolResult: { toolUseId: block.id, content: [{ text: FAILED }, ...content] } }
  }
}

const isUnmarkable = (block: JsonObject | undefined): boolean =>
  block !== undefined &&
  ['document', 'video', 'audio', 'reasoningContent'].some((name) => block[name] !== undefined)

const withText = (content: JsonObject[]): void => {
  const lacks = !content.some((block) => typeof block['text'] === 'string')
  if (lacks && content.some((block) => block['document'] !== undefined))
    content.push({ text: BESIDE_DOCUMENT })
}

/** A thought as this service spelled it, with its seal; null where it has none. */
const sealedThought = (raw: Json): JsonObject | null => {
  const thought = isObject(raw) ? raw['reasoningContent'] : null
  if (!isObject(thought)) return null
  const text = thought['reasoningText']
  const seal = isObject(text) ? text['signature'] : thought['redactedContent']
  return typeof seal === 'string' && seal !== '' ? { reasoningContent: thought } : null
}
