import type {
  AnswerOptions,
  Citation,
  JsonObject,
  ReplyEvent,
  ReplyWriter,
  Sealed,
  TokenProbability,
  Usage,
} from '../../domain/index.ts'
import { exactObject } from '../body/exact.ts'
import { isObject } from '../body/fields.ts'
import { carryInBytes } from '../body/sealed.ts'
import { saidInput } from '../body/toolInput.ts'
import { groundingOf } from './citations.ts'
import { statusName } from './errors.ts'
import { finishFields } from './finish.ts'
import { logprobsResult } from './logprobs.ts'
import { camel } from './spelling.ts'
import { writeUsage } from './usage.ts'

const framed = (json: JsonObject): string => `data: ${JSON.stringify(json)}\n\n`

interface WaitingCall {
  readonly index: number
  readonly id: string
  readonly name: string
  input: string
  sealed: Sealed | null
}

/** A call as a part; `sealed`: what its issuer signed it with. */
export const callPart = (call: Omit<WaitingCall, 'index'>): JsonObject => ({
  functionCall: { id: call.id, name: call.name, args: saidInput(call.input) },
  ...(call.sealed === null ? {} : { thoughtSignature: signatureOf(call.sealed, '') }),
})

/** A seal in this dialect's slot; another issuer's so that we know it again. `thought`: the text it signs. */
const signatureOf = (sealed: Sealed, thought: string): string =>
  sealed.dialect === 'gemini' ? sealed.value : carryInBytes(sealed, { thought })

/** A seal that stands by itself. What another dialect's issuer sealed is thought. */
export const sealPart = (sealed: Sealed, thought: string): JsonObject => ({
  text: '',
  ...(sealed.dialect === 'gemini' ? {} : { thought: true }),
  thoughtSignature: signatureOf(sealed, thought),
})

/**
 * Whether the client asked to see thoughts. Who did not reads every text as the answer, as the dialect gives none
 * unasked.
 */
export const showsThoughts = ({ json }: AnswerOptions['call']): boolean => {
  const config = camel(json, '')['generationConfig']
  const thinking = isObject(config) ? camel(config, '')['thinkingConfig'] : undefined
  return isObject(thinking) && camel(thinking, '')['includeThoughts'] === true
}

/** Writes events as a stream of answers in pieces. A call goes out whole, once its arguments are. */
class GeminiStreamWriter implements ReplyWriter {
  readonly #options: AnswerOptions
  readonly #shows: boolean
  readonly #citations: Citation[] = []
  readonly #tokens: TokenProbability[] = []
  readonly #dropped = new Set<string>()
  #calls: WaitingCall[] = []
  #ended = false
  #text = ''
  #thought = ''
  #usage: Usage | null = null

  constructor(options: AnswerOptions) {
    this.#options = options
    this.#shows = showsThoughts(options.call)
  }

  write(event: ReplyEvent): string {
    if (this.#ended) return ''
    switch (event.type) {
      case 'start':
      case 'unmapped':
        return ''
      case 'text':
      case 'refusal':
        this.#text += event.delta
        return this.#said({ text: event.delta }, event.delta)
      case 'reasoning':
        this.#thought += event.delta
        return this.#shows ? this.#said({ text: event.delta, thought: true }, event.delta) : ''
      case 'signature':
        return this.#seal(event)
      case 'tool':
        return this.#call(event)
      case 'media':
        return this.#pieces([...this.#complete(), { inlineData: { mimeType: event.mime, data: event.data } }])
      case 'citation':
        this.#citations.push(event.citation)
        return ''
      case 'logprobs':
        this.#tokens.push(...event.tokens)
        return ''
      case 'usage':
        this.#usage = event.usage
        return ''
      case 'end':
        return this.#end(event)
      case 'error':
        return this.#error(event)
    }
  }

  dropped(): readonly string[] {
    return [...this.#dropped]
  }

  #said(part: JsonObject, delta: string): string {
    return delta === '' ? '' : this.#pieces([...this.#complete(), part])
  }

  #seal(sealed: Sealed): string {
    const call = sealed.tool === null ? undefined : this.#calls.find(({ index }) => index === sealed.tool)
    if (call !== undefined) {
      call.sealed = sealed
      return ''
    }
    const thought = sealed.redacted ? '' : this.#thought
    if (!sealed.redacted) this.#thought = ''
    return this.#pieces([...this.#complete(), sealPart(sealed, thought)])
  }

  #call(event: Extract<ReplyEvent, { type: 'tool' }>): string {
    const known = this.#calls.find(({ index }) => index === event.index)
    if (known !== undefined) {
      known.input += event.delta
      return ''
    }
    const { index, id, name, delta } = event
    this.#calls.push({ index, id: id ?? `call_${index}`, name: name ?? '', input: delta, sealed: null })
    return ''
  }

  /** Calls whose arguments are complete, up to the first whose are not: their order stays. */
  #complete(): readonly JsonObject[] {
    const open = this.#calls.findIndex(({ input }) => exactObject(input) === null)
    const ready = open === -1 ? this.#calls : this.#calls.slice(0, open)
    this.#calls = open === -1 ? [] : this.#calls.slice(open)
    return ready.map(callPart)
  }

  #pieces(parts: readonly JsonObject[]): string {
    return this.#frame({ content: { parts, role: 'model' } }, {})
  }

  #frame(candidate: JsonObject, more: JsonObject): string {
    const { id, model } = this.#options
    return framed({
      candidates: [{ ...candidate, index: 0 }],
      ...more,
      modelVersion: model,
      responseId: id,
    })
  }

  #end(event: Extract<ReplyEvent, { type: 'end' }>): string {
    this.#ended = true
    const parts = this.#calls.map(callPart)
    const grounding = groundingOf(this.#citations, this.#text)
    if (this.#citations.some(({ url }) => url === null)) this.#dropped.add('citations')
    return this.#frame(
      {
        ...(parts.length === 0 ? {} : { content: { parts, role: 'model' } }),
        ...finishFields(event),
        ...(grounding === null ? {} : { groundingMetadata: grounding }),
        ...(this.#tokens.length === 0 ? {} : { logprobsResult: logprobsResult(this.#tokens) }),
      },
      this.#usage === null ? {} : { usageMetadata: writeUsage(this.#usage) },
    )
  }

  #error(event: Extract<ReplyEvent, { type: 'error' }>): string {
    this.#ended = true
    const code = event.status ?? 502
    return framed({ error: { code, message: event.message, status: statusName(code) } })
  }
}

export const streamWriter = (options: AnswerOptions): ReplyWriter => new GeminiStreamWriter(options)
