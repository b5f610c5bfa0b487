import type { FinishReason, Json, JsonObject } from '../../domain/index.ts'
import { parseExact, sha256Hex } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { ReplySource } from '../stream/reader.ts'
import { citationsIn } from './citations.ts'
import { blockIn, candidatesIn, faultIn, partsIn } from './faults.ts'
import { finishIn, readFinish } from './finish.ts'
import { tokensIn } from './logprobs.ts'
import { PartialArgs } from './partialArgs.ts'
import {
  KNOWN_CALL,
  KNOWN_CANDIDATE,
  KNOWN_FEEDBACK,
  KNOWN_GROUNDING,
  KNOWN_PART,
  KNOWN_REPLY,
  KNOWN_USAGE,
  TOKEN_DETAILS,
  USUAL,
} from './replyFields.ts'
import { plainSignature } from './signatures.ts'
import { readUsage } from './usage.ts'

interface OpenCall {
  readonly index: number
  readonly args: PartialArgs
}

/** Reads an answer, whole or in pieces that are shaped alike, into events. It is over when it says why it ended and no more comes. */
export class GeminiSource extends ReplySource {
  #id: string | null = null
  #finish: string | null = null
  #finishMessage = ''
  #blocked: string | null = null
  #calls = 0
  #open: OpenCall | null = null
  #text = ''
  #grounding: JsonObject = {}
  #citation: JsonObject = {}
  #answered = false
  /** True once the bytes are over, and what is read is what was left of them. */
  last = false

  event(data: string): void {
    if (data.trim() === '[DONE]') return
    const value = parsed(data)
    if (value !== null) this.#values(value)
    // Half an event at the end of a stream is a cut, not noise.
    else if (!this.last) this.noise(data)
  }

  whole(json: JsonObject): void {
    this.#chunk(json)
  }

  #values(value: unknown): void {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (this.ended) return
      if (isObject(item)) this.#chunk(item)
      else this.fail('the upstream sent an event that is no JSON object', null, 'garbled event')
    }
  }

  /** A body that came without the framing of a stream. */
  body(text: string, complete: boolean): void {
    const value = parsed(text)
    if (value === null || typeof value !== 'object') {
      this.fail('the answer is no JSON object', null, text === '' || !complete ? null : 'garbled body')
      return
    }
    this.#values(value)
    if (complete && this.#answered && this.#finish === null) this.#finish = ''
  }

  /** No more comes. The dialect has no marker of its own for that. */
  close(): void {
    if (this.ended) return
    const native = this.#finish ?? this.#blocked
    if (native === null) {
      this.fail('the answer ended before its end was announced', null, null)
      return
    }
    this.#closeCall()
    for (const citation of citationsIn(this.#grounding, this.#citation, this.#text)) {
      this.emit({ type: 'citation', citation })
    }
    const reason = this.#finish === null ? 'filter' : readFinish(native, this.#calls > 0)
    this.#lastWords(reason)
    this.finish({ type: 'end', reason, native: native === '' ? null : native, stopSequence: null })
  }

  /** Why an answer was filtered is its refusal, once; a word alone, or what is said of other ends, has no place. */
  #lastWords(reason: FinishReason): void {
    const words = this.#finishMessage
    if (words === '') return
    if (reason === 'filter' && this.#blocked === null && /\s/.test(words))
      this.emit({ type: 'refusal', delta: words })
    else this.unmapped('candidates[0].finishMessage')
  }

  #chunk(json: JsonObject): void {
    this.usage = readUsage(json['usageMetadata']) ?? this.usage
    const fault = faultIn(json)
    if (fault !== null) {
      this.fail(fault.message, fault.status, JSON.stringify(json).slice(0, 2000))
      return
    }
    this.#id ??= stringAt(json, 'responseId')
    this.start(this.#id, stringAt(json, 'modelVersion'))
    this.strange(json, KNOWN_REPLY, 'reply')
    this.#strangeUsage(json['usageMetadata'])
    this.#block(json)
    for (const candidate of candidatesIn(json)) this.#candidate(candidate)
  }

  /** Tokens of another kind than text are part of the counts, which do not say so. */
  #strangeUsage(usage: Json | undefined): void {
    if (!isObject(usage)) return
    this.strange(usage, KNOWN_USAGE, 'usageMetadata')
    for (const [name, usual] of Object.entries(USUAL)) {
      const said = usage[name]
      if (typeof said === 'string' && said !== usual) this.unmapped(`usageMetadata.${name}`)
    }
    for (const name of TOKEN_DETAILS) {
      const details = usage[name]
      const text = (detail: Json): boolean => isObject(detail) && detail['modality'] === 'TEXT'
      if (isList(details) && !details.every(text)) this.unmapped(`usageMetadata.${name}.modality`)
    }
  }

  #block(json: JsonObject): void {
    const reason = blockIn(json)
    if (reason === null || this.#blocked !== null) return
    this.#blocked = reason
    const feedback = json['promptFeedback']
    if (!isObject(feedback)) return
    this.strange(feedback, KNOWN_FEEDBACK, 'promptFeedback')
    const why = stringAt(feedback, 'blockReasonMessage') ?? ''
    if (why !== '') this.emit({ type: 'refusal', delta: why })
  }

  #candidate(candidate: JsonObject): void {
    const index = candidate['index']
    if (typeof index === 'number' && index !== 0) {
      this.unmapped(`candidates[${index}]`)
      return
    }
    this.#answered = true
    this.strange(candidate, KNOWN_CANDIDATE, 'candidates[0]')
    for (const part of partsIn(candidate)) this.#part(part)
    const tokens = tokensIn(candidate['logprobsResult'])
    if (tokens.length > 0) this.emit({ type: 'logprobs', tokens })
    this.#sources(candidate)
    this.#finish = finishIn(candidate) ?? this.#finish
    this.#finishMessage = stringAt(candidate, 'finishMessage') ?? this.#finishMessage
  }

  /** What comes late, and over again: of each list the last that holds something. */
  #sources(candidate: JsonObject): void {
    const { groundingMetadata: grounding, citationMetadata: citation } = candidate
    if (isObject(grounding)) {
      this.strange(grounding, KNOWN_GROUNDING, 'groundingMetadata')
      const told = KNOWN_GROUNDING.filter((name) => isList(grounding[name]) && grounding[name].length > 0)
      this.#grounding = {
        ...this.#grounding,
        ...Object.fromEntries(told.map((name) => [name, grounding[name]])),
      }
    }
    if (isObject(citation)) this.#citation = { ...this.#citation, ...citation }
  }

  #part(part: JsonObject): void {
    this.strange(part, KNOWN_PART, 'parts')
    const { text, functionCall: call, inlineData: data } = part
    let tool: number | null = null
    if (typeof text === 'string' && text !== '') this.#said(text, part['thought'] === true)
    if (isObject(call)) tool = this.#call(call)
    if (isObject(data)) this.#media(data, part['thought'] === true)
    const signature = part['thoughtSignature']
    if (typeof signature !== 'string' || signature === '') return
    const raw = tool === null && !isObject(data) ? { text: '', thoughtSignature: signature } : part
    this.emit({
      type: 'signature',
      value: plainSignature(signature),
      redacted: false,
      dialect: 'gemini',
      tool,
      raw: tool === null && part['thought'] === true ? { ...raw, thought: true } : raw,
    })
  }

  #said(text: string, thought: boolean): void {
    this.#closeCall()
    if (!thought) this.#text += text
    this.emit({ type: thought ? 'reasoning' : 'text', delta: text })
  }

  #media(data: JsonObject, thought: boolean): void {
    const bytes = stringAt(data, 'data')
    if (thought || bytes === null) this.unmapped(thought ? 'parts.thought.inlineData' : 'parts.inlineData')
    else this.emit({ type: 'media', mime: stringAt(data, 'mimeType') ?? '', data: bytes })
  }

  /** A call comes whole, or opened by its name and filled value by value until one piece no longer says that it goes on. */
  #call(call: JsonObject): number {
    this.strange(call, KNOWN_CALL, 'functionCall')
    const name = stringAt(call, 'name') ?? ''
    const open = name === '' && this.#open !== null ? this.#open : this.#openCall(call, name)
    if (!open.args.add(call['partialArgs'])) {
      this.fail('a piece of a call’s arguments has no place', null, 'functionCall.partialArgs')
    }
    if (isObject(call['args'])) {
      this.#open = null
      this.#argue(open.index, JSON.stringify(call['args']))
    } else if (call['willContinue'] !== true) this.#closeCall()
    return open.index
  }

  #openCall(call: JsonObject, name: string): OpenCall {
    this.#closeCall()
    const open: OpenCall = { index: this.#calls, args: new PartialArgs() }
    this.#calls += 1
    this.#open = open
    const id = stringAt(call, 'id') ?? ''
    const made = `call_${sha256Hex(`${this.#id ?? ''}:${open.index}:${name}`).slice(0, 24)}`
    this.emit({ type: 'tool', index: open.index, id: id === '' ? made : id, name, delta: '' })
    return open
  }

  #closeCall(): void {
    const open = this.#open
    if (open === null) return
    this.#open = null
    this.#argue(open.index, open.args.text())
  }

  #argue(index: number, delta: string): void {
    this.emit({ type: 'tool', index, id: null, name: null, delta })
  }
}

/** A JSON value with the digits of its whole numbers kept, or null where the text is none. */
const parsed = (text: string): unknown => {
  try {
    return parseExact(text)
  } catch {
    return null
  }
}
