import type { Block, JsonObject, Turn } from '../../domain/index.ts'
import { markPlace } from '../body/cacheMarks.ts'
import { isObject } from '../body/fields.ts'
import { mimeOfName, plainBase64 } from '../body/media.ts'
import type { Signals } from '../body/signals.ts'
import { inputObject } from '../body/toolInput.ts'
import { untranslatable } from '../body/untranslatable.ts'
import { UNCHECKED } from './signatures.ts'

type ToolCall = Extract<Block, { type: 'tool-call' }>
type ToolResult = Extract<Block, { type: 'tool-result' }>

/** What of a target's model decides how its history is written. */
export interface HistoryOptions {
  /** It refuses calls without a signature, and takes media inside an answer of a function. */
  readonly signed: boolean
  readonly signals: Signals
}

/** Turns as `systemInstruction` and `contents`; system turns in the midst of a conversation stay there, marked, with a signal. */
export const writeContents = (
  turns: readonly Turn[],
  options: HistoryOptions,
): { readonly system: readonly JsonObject[]; readonly contents: readonly JsonObject[] } => {
  const firstOther = turns.findIndex((turn) => turn.role !== 'system')
  const leading = firstOther === -1 ? turns.length : firstOther
  const writer = new PartsWriter(turns, options)
  const system = turns.slice(0, leading).flatMap((turn) => writer.parts(turn))
  const contents = turns.slice(leading).flatMap((turn): readonly JsonObject[] => {
    if (turn.role === 'assistant') return filled('model', writer.signedParts(turn))
    return turn.role === 'system' ? filled('user', writer.wrapped(turn)) : writer.userContents(turn)
  })
  return { system, contents }
}

const filled = (role: 'user' | 'model', parts: readonly JsonObject[]): readonly JsonObject[] =>
  parts.length === 0 ? [] : [{ role, parts }]

const home = (block: Block): JsonObject | null =>
  block.native.dialect === 'gemini' && isObject(block.native.raw) ? block.native.raw : null

const isCall = (part: JsonObject): boolean =>
  part['functionCall'] !== undefined || part['function_call'] !== undefined
const hasSignature = (part: JsonObject): boolean =>
  part['thoughtSignature'] !== undefined || part['thought_signature'] !== undefined

class PartsWriter {
  readonly #names = new Map<string, string>()
  readonly #signed: boolean
  readonly #signals: Signals

  constructor(turns: readonly Turn[], { signed, signals }: HistoryOptions) {
    this.#signed = signed
    this.#signals = signals
    for (const turn of turns)
      for (const block of turn.blocks) if (block.type === 'tool-call') this.#names.set(block.id, block.name)
  }

  parts(turn: Turn): readonly JsonObject[] {
    return turn.blocks.flatMap((block) => this.#part(block, turn.at))
  }

  wrapped(turn: Turn): readonly JsonObject[] {
    this.#signals.add(`${turn.at}.role`)
    return this.parts(turn).map((part) =>
      typeof part['text'] === 'string' ? { text: `<system>\n${part['text']}\n</system>` } : part,
    )
  }

  /** The answers of functions stand in a content of their own, right behind the calls. */
  userContents(turn: Turn): readonly JsonObject[] {
    const answers: JsonObject[] = []
    const others: JsonObject[] = []
    for (const block of turn.blocks) {
      if (block.type !== 'tool-result') others.push(...this.#part(block, turn.at))
      else {
        const { answer, media } = this.#answer(block, turn.at)
        answers.push(answer)
        if (media.length > 0) others.push({ text: `Attachment of the tool result ${block.id}:` }, ...media)
      }
    }
    return [...filled('user', answers), ...filled('user', others)]
  }

  /** The first call of a turn carries the signature that the model gave it, or says that another model made it. */
  signedParts(turn: Turn): readonly JsonObject[] {
    const parts = [...this.parts({ ...turn, blocks: sealedInCalls(turn.blocks) })]
    const first = parts.findIndex(isCall)
    const call = parts[first]
    if (!this.#signed || call === undefined || hasSignature(call)) return parts
    parts[first] = { ...call, thoughtSignature: UNCHECKED }
    return parts
  }

  #part(block: Block, at: string): readonly JsonObject[] {
    const raw = home(block)
    if (block.cache !== undefined) this.#signals.add(markPlace(block.cache, at))
    switch (block.type) {
      case 'text':
        return block.text === '' && (raw === null || !hasSignature(raw)) ? [] : [raw ?? { text: block.text }]
      case 'refusal':
        if (block.text === '') return []
        this.#signals.add(`${at}.refusal`)
        return [{ text: block.text }]
      case 'reasoning':
        if (raw === null) this.#signals.add(`${at}.reasoning`)
        return raw === null ? [] : [raw]
      case 'tool-call':
        return [raw !== null && isCall(raw) ? raw : this.#call(block, at)]
      case 'tool-result':
        return [this.#answer(block, at).answer]
      case 'media':
        return [raw ?? this.#media(block, at)]
      case 'opaque':
        if (raw === null) throw untranslatable(at, 'gemini', `it holds ${block.label}`)
        return [raw]
    }
  }

  #call(block: ToolCall, at: string): JsonObject {
    if (block.custom === true) this.#signals.add(`${at}.custom`)
    const args = inputObject(block, at, 'gemini')
    const functionCall = { id: block.id, name: block.name, args }
    return block.signature === undefined
      ? { functionCall }
      : { functionCall, thoughtSignature: block.signature }
  }

  #answer(
    block: ToolResult,
    at: string,
  ): { readonly answer: JsonObject; readonly media: readonly JsonObject[] } {
    const raw = home(block)
    if (raw !== null) return { answer: raw, media: [] }
    if (block.cache !== undefined) this.#signals.add(markPlace(block.cache, at))
    const name = this.#names.get(block.id) ?? block.name
    if (name === undefined) throw untranslatable(at, 'gemini', 'an answer belongs to no known function')
    const inner = block.content.flatMap((item) => (item.type === 'media' ? [] : this.#part(item, at)))
    const media = block.content.flatMap((item) => (item.type === 'media' ? this.#part(item, at) : []))
    const texts = inner.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []))
    const said = texts.length === 1 ? texts[0] : texts.length === 0 ? '' : texts
    const functionResponse = {
      id: block.id,
      name,
      response: block.failed ? { error: said } : { output: said },
      ...(this.#signed && media.length > 0 ? { parts: media } : {}),
    }
    return { answer: { functionResponse }, media: this.#signed ? [] : media }
  }

  #media(block: Extract<Block, { type: 'media' }>, at: string): JsonObject {
    if (block.name !== null) this.#signals.add(`${at}.filename`)
    if (block.data !== null) {
      return { inlineData: { mimeType: mimeOf(block, at), data: plainBase64(block.data) } }
    }
    if (block.url === null || !/^(?:https?|gs):\/\//i.test(block.url)) {
      throw untranslatable(at, 'gemini', `a ${block.media} has neither data in base64 nor a web address`)
    }
    const mime = block.mime ?? mimeOfName(block.url)
    return { fileData: { ...(mime === null ? {} : { mimeType: mime }), fileUri: block.url } }
  }
}

const mimeOf = (block: Extract<Block, { type: 'media' }>, at: string): string => {
  if (block.mime === 'image/jpg') return 'image/jpeg'
  const mime = block.mime ?? mimeOfName(block.name)
  if (mime !== null) return mime
  if (block.media === 'image') return 'image/png'
  if (block.media === 'audio') return 'audio/wav'
  throw untranslatable(at, 'gemini', 'a file does not say of what type it is')
}

/** A part that was kept for its signature and is a call gives it to the call that follows; the call is not made twice. */
const sealedInCalls = (blocks: readonly Block[]): readonly Block[] => {
  let waiting: string | null = null
  return blocks.flatMap((block): readonly Block[] => {
    const raw = home(block)
    if (block.type === 'reasoning' && raw !== null && isCall(raw)) {
      waiting ??= block.signature
      return []
    }
    if (block.type !== 'tool-call') return [block]
    const signature = block.signature ?? waiting
    waiting = null
    return [signature === null || signature === undefined ? block : { ...block, signature }]
  })
}
