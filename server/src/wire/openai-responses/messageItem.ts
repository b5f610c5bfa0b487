import type { Citation, Json, JsonObject, TokenProbability } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import type { AnswerItem, ItemStatus, Tell } from './answerItems.ts'

type TextPart = {
  readonly type: 'output_text'
  text: string
  readonly annotations: Json[]
  readonly logprobs: Json[]
  /** Length of all answer text before it, in UTF-16 units. */
  readonly before: number
}
type RefusalPart = { readonly type: 'refusal'; text: string }
type Part = TextPart | RefusalPart

const partJson = (part: Part): JsonObject =>
  part.type === 'refusal'
    ? { type: 'refusal', refusal: part.text }
    : { type: 'output_text', text: part.text, annotations: part.annotations, logprobs: part.logprobs }

const emptyPart = (part: Part): JsonObject =>
  part.type === 'refusal'
    ? { type: 'refusal', refusal: '' }
    : { type: 'output_text', text: '', annotations: [], logprobs: [] }

const probabilityJson = (token: TokenProbability): JsonObject => ({
  token: token.token,
  logprob: token.logprob,
  bytes: token.bytes ?? [],
  top_logprobs: token.top.map(({ bytes, ...top }) => ({ ...top, bytes: bytes ?? [] })),
})

/** What was said to the client: text and refusals, each part in the order in which it began. */
export class MessageItem implements AnswerItem {
  open = true
  #status: ItemStatus | 'in_progress' = 'in_progress'
  readonly #id: string
  readonly #index: number
  readonly #tell: Tell
  readonly #parts: Part[] = []

  constructor(id: string, index: number, tell: Tell) {
    this.#id = id
    this.#index = index
    this.#tell = tell
  }

  json(): JsonObject {
    return {
      id: this.#id,
      type: 'message',
      status: this.#status,
      role: 'assistant',
      content: this.#parts.map(partJson),
    }
  }

  start(): string {
    return this.#tell('response.output_item.added', { output_index: this.#index, item: this.json() })
  }

  text(delta: string, before: number, logprobs: readonly TokenProbability[] = []): string {
    const [opening, part] = this.#part('output_text', before)
    part.text += delta
    const told = logprobs.map(probabilityJson)
    if (part.type === 'output_text') part.logprobs.push(...told)
    return opening + this.#say('response.output_text.delta', { delta, logprobs: told })
  }

  refusal(delta: string): string {
    const [opening, part] = this.#part('refusal', 0)
    part.text += delta
    return opening + this.#say('response.refusal.delta', { delta })
  }

  /** A citation of the text said so far; without an event where the item is closed. Null where it has no place here. */
  cite(citation: Citation): string | null {
    const at = this.#parts.findLastIndex((part) => part.type === 'output_text')
    const part = this.#parts[at]
    if (part === undefined || part.type !== 'output_text') return null
    const annotation = annotationJson(citation, part)
    if (annotation === null) return null
    part.annotations.push(annotation)
    if (!this.open || at !== this.#parts.length - 1) return ''
    return this.#say('response.output_text.annotation.added', {
      annotation_index: part.annotations.length - 1,
      annotation,
    })
  }

  close(status: ItemStatus): string {
    if (!this.open) return ''
    const out = this.#closePart()
    this.open = false
    this.#status = status
    return out + this.#tell('response.output_item.done', { output_index: this.#index, item: this.json() })
  }

  #part(type: Part['type'], before: number): readonly [string, Part] {
    const last = this.#parts.at(-1)
    if (last?.type === type) return ['', last]
    const closed = this.#closePart()
    const part: Part =
      type === 'refusal'
        ? { type, text: '' }
        : { type: 'output_text', text: '', annotations: [], logprobs: [], before }
    this.#parts.push(part)
    return [closed + this.#say('response.content_part.added', { part: emptyPart(part) }), part]
  }

  #closePart(): string {
    const part = this.#parts.at(-1)
    if (part === undefined) return ''
    const done =
      part.type === 'refusal'
        ? this.#say('response.refusal.done', { refusal: part.text })
        : this.#say('response.output_text.done', { text: part.text, logprobs: part.logprobs })
    return done + this.#say('response.content_part.done', { part: partJson(part) })
  }

  #say(type: string, json: JsonObject): string {
    return this.#tell(type, {
      item_id: this.#id,
      output_index: this.#index,
      content_index: this.#parts.length - 1,
      ...json,
    })
  }
}

const annotationJson = (citation: Citation, part: TextPart): JsonObject | null => {
  const span = citation.span ?? [part.before, part.before + part.text.length]
  const start_index = Math.max(0, span[0] - part.before)
  const end_index = Math.max(start_index, span[1] - part.before)
  const { dialect, raw } = citation.native
  if (dialect === 'openai-responses' && isObject(raw)) {
    return 'start_index' in raw ? { ...raw, start_index, end_index } : raw
  }
  if (citation.url === null) return null
  return { type: 'url_citation', url: citation.url, title: citation.title ?? '', start_index, end_index }
}
