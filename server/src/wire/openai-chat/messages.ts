import type { Block, Json, JsonObject, Quirks, Turn } from '../../domain/index.ts'
import { markPlace } from '../body/cacheMarks.ts'
import { lowered } from '../body/custom.ts'
import { isList, isObject } from '../body/fields.ts'
import type { Signals } from '../body/signals.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { writeMark } from './cache.ts'
import { mediaPart } from './mediaPart.ts'
import { signatureField } from './reasoning.ts'

/** Tells of the marks that this upstream does not take as they are. Before turns are put into another order. */
export const signalMarks = (turns: readonly Turn[], quirks: Quirks, signals: Signals): void => {
  for (const turn of turns) {
    const list = turn.at === 'system' ? turn.at : `${turn.at}.content`
    turn.blocks.forEach((block, index) => {
      signalMark(block, `${list}[${index}]`, quirks, signals)
      if (block.type !== 'tool-result') return
      block.content.forEach((inner, place) => {
        signalMark(inner, `${list}[${index}].content[${place}]`, quirks, signals)
      })
    })
  }
}

const signalMark = (block: Block, at: string, quirks: Quirks, signals: Signals): void => {
  if (block.cache !== undefined) writeMark(block.cache, quirks, markPlace(block.cache, at), signals)
}

/** Signals that were told of before. */
const TOLD = { add: () => undefined }

const markField = (block: Block, quirks: Quirks): JsonObject => writeMark(block.cache, quirks, '', TOLD)

/** A turn as messages: results of tools first, each a message of its own. */
export const turnMessages = (turn: Turn, quirks: Quirks, signals: Signals): readonly JsonObject[] => {
  switch (turn.role) {
    case 'system': {
      const content = textContent(parts(turn.blocks, turn.at, quirks))
      return content === null ? [] : [{ role: 'system', content }]
    }
    case 'assistant':
      return assistantMessage(turn, quirks, signals)
    case 'user':
      return userMessages(turn, quirks, signals)
  }
}

/** One text as a string, several parts and marked ones as they are; null for none. */
const textContent = (content: readonly JsonObject[]): Json | null => {
  const first = content[0]
  if (first === undefined) return null
  const plain = content.length === 1 && first['type'] === 'text' && Object.keys(first).length === 2
  return plain ? (first['text'] ?? '') : content
}

const parts = (blocks: readonly Block[], at: string, quirks: Quirks): readonly JsonObject[] =>
  blocks.flatMap((block) => {
    const part = partOf(block, at)
    return part === null ? [] : [{ ...part, ...markField(block, quirks) }]
  })

const partOf = (block: Block, at: string): JsonObject | null => {
  switch (block.type) {
    case 'text':
    case 'refusal':
      return block.text === '' ? null : { type: 'text', text: block.text }
    case 'media':
      return mediaPart(block, at)
    case 'opaque':
      throw untranslatable(at, 'openai-chat', `it holds ${block.label}`)
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      throw untranslatable(at, 'openai-chat', 'a block stands where its role does not allow it')
  }
}

const SEALED_AS: Readonly<Record<string, string>> = {
  'openai-responses': 'encrypted_content',
  gemini: 'thoughtSignature',
  'bedrock-converse': 'reasoningContent',
}

type Reasoning = Extract<Block, { type: 'reasoning' }>

/** An assistant's turn while it is put together. */
class Answer {
  readonly #turn: Turn
  readonly #quirks: Quirks
  readonly #signals: Signals
  readonly #texts: { text: string; mark: JsonObject }[] = []
  readonly #calls: JsonObject[] = []
  readonly #details: JsonObject[] = []
  #thought: string | null = null

  constructor(turn: Turn, quirks: Quirks, signals: Signals) {
    this.#turn = turn
    this.#quirks = quirks
    this.#signals = signals
  }

  add(block: Block): void {
    switch (block.type) {
      case 'text':
        if (block.text !== '') this.#texts.push({ text: block.text, mark: markField(block, this.#quirks) })
        return
      case 'refusal':
        if (block.text === '') return
        // Most servers know no such field, and a turn without content is none.
        this.#signals.add(`${this.#turn.at}.refusal`)
        this.#texts.push({ text: block.text, mark: {} })
        return
      case 'reasoning':
        this.#reason(block)
        return
      case 'tool-call':
        this.#calls.push({ ...this.#call(block), ...markField(block, this.#quirks) })
        return
      case 'media':
        throw untranslatable(
          this.#turn.at,
          'openai-chat',
          `an assistant’s turn holds a part of type ${block.media}`,
        )
      case 'opaque':
        throw untranslatable(this.#turn.at, 'openai-chat', `an assistant’s turn holds ${block.label}`)
      case 'tool-result':
        throw untranslatable(this.#turn.at, 'openai-chat', 'an assistant’s turn holds a tool-result')
    }
  }

  /** Thought that can be read goes under the upstream's name for it; what only its issuer can read stays here. */
  #reason(block: Reasoning): void {
    const home = block.native.dialect === 'openai-chat'
    if (block.signature !== null) {
      if (home) this.#details.push(detailOf(block))
      else this.#signals.add(`${this.#turn.at}.${SEALED_AS[block.native.dialect] ?? 'thinking'}`)
    }
    if (block.redacted === true || (block.text === '' && block.signature !== null)) return
    if (this.#quirks.reasoningField !== null) this.#thought = (this.#thought ?? '') + block.text
    else if (block.signature === null || home) this.#signals.add(`${this.#turn.at}.reasoning`)
  }

  #call(block: Extract<Block, { type: 'tool-call' }>): JsonObject {
    const { id, name, input, custom, signature, native } = block
    // A Gemini behind this dialect takes its own signature in its vendor's place for it.
    const sealed =
      signature !== undefined && native.dialect === 'openai-chat' ? signatureField(signature) : {}
    if (signature !== undefined && native.dialect !== 'openai-chat')
      this.#signals.add(`${this.#turn.at}.thoughtSignature`)
    if (custom === true && this.#quirks.customTools === true)
      return { id, type: 'custom', custom: { name, input }, ...sealed }
    const json = custom === true ? lowered(input) : input === '' ? '{}' : input
    return { id, type: 'function', function: { name, arguments: json }, ...sealed }
  }

  messages(): readonly JsonObject[] {
    const content = this.#content()
    const field = this.#quirks.reasoningField
    if (content === null && this.#calls.length === 0) return []
    return [
      {
        role: 'assistant',
        content,
        ...(this.#thought === null || field === null ? {} : { [field]: this.#thought }),
        ...(this.#details.length === 0 ? {} : { reasoning_details: this.#details }),
        ...(this.#calls.length === 0 ? {} : { tool_calls: this.#calls }),
      },
    ]
  }

  /** Texts in one piece, unless one of them bears a mark, whose place counts. */
  #content(): Json | null {
    if (this.#texts.length === 0) return null
    if (this.#texts.every(({ mark }) => Object.keys(mark).length === 0))
      return this.#texts.map(({ text }) => text).join('')
    return this.#texts.map(({ text, mark }) => ({ type: 'text', text, ...mark }))
  }
}

const detailOf = ({ text, signature, redacted, native: { raw } }: Reasoning): JsonObject => {
  if (isObject(raw) && typeof raw['type'] === 'string' && raw['type'].startsWith('reasoning.')) return raw
  return redacted === true
    ? { type: 'reasoning.encrypted', data: signature }
    : { type: 'reasoning.text', text, signature }
}

const assistantMessage = (turn: Turn, quirks: Quirks, signals: Signals): readonly JsonObject[] => {
  const answer = new Answer(turn, quirks, signals)
  for (const block of turn.blocks) answer.add(block)
  return answer.messages()
}

/** The mark before a failed result, for the dialect has no field that says so. */
const FAILED = '[The tool failed] '

/** Results first, each a message of its own; media in them follow in a user's message, where the dialect allows media. */
const userMessages = (turn: Turn, quirks: Quirks, signals: Signals): readonly JsonObject[] => {
  const messages: JsonObject[] = []
  const content: JsonObject[] = []
  for (const block of turn.blocks) {
    if (block.type !== 'tool-result') {
      content.push(...parts([block], turn.at, quirks))
      continue
    }
    const inner = block.content.filter((item) => item.type !== 'media')
    const media = block.content.filter((item) => item.type === 'media')
    const text =
      textContent(parts(inner, turn.at, quirks)) ??
      (media.length > 0 ? 'See the attachment that follows.' : '')
    if (block.failed) signals.add(`${turn.at}.is_error`)
    const said = block.failed ? failed(text) : text
    messages.push({ role: 'tool', tool_call_id: block.id, content: withMark(said, markField(block, quirks)) })
    if (media.length === 0) continue
    content.push(
      { type: 'text', text: `Attachment of the tool result ${block.id}:` },
      ...parts(media, turn.at, quirks),
    )
  }
  const own = textContent(content)
  return own === null ? messages : [...messages, { role: 'user', content: own }]
}

const failed = (text: Json): Json =>
  typeof text === 'string' ? FAILED + text : isList(text) ? [{ type: 'text', text: FAILED }, ...text] : text

/** A mark on a result stands on the last part of its text. */
const withMark = (content: Json, mark: JsonObject): Json => {
  if (Object.keys(mark).length === 0) return content
  if (typeof content === 'string') return [{ type: 'text', text: content, ...mark }]
  if (!isList(content)) return content
  const last = content.at(-1)
  return isObject(last) ? [...content.slice(0, -1), { ...last, ...mark }] : content
}
