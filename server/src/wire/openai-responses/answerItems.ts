import type { JsonObject, Sealed } from '../../domain/index.ts'
import { carry } from '../body/sealed.ts'

export type ItemStatus = 'completed' | 'incomplete'

/** Frames one event of the stream, numbered. */
export type Tell = (type: string, json: JsonObject) => string

/** An item of the answer while it is being written. Each method returns the events to send. */
export interface AnswerItem {
  readonly open: boolean
  /** As it stands in the finished answer. */
  json(): JsonObject
  close(status: ItemStatus): string
}

/** What was thought before an answer. Told as a summary, the one place for it that all readers of the dialect know. */
export class ReasoningItem implements AnswerItem {
  open = true
  #text = ''
  #encrypted: string | null = null
  readonly #id: string
  readonly #index: number
  readonly #tell: Tell

  constructor(id: string, index: number, tell: Tell) {
    this.#id = id
    this.#index = index
    this.#tell = tell
  }

  json(): JsonObject {
    const summary = this.#text === '' ? [] : [{ type: 'summary_text', text: this.#text }]
    return {
      id: this.#id,
      type: 'reasoning',
      summary,
      ...(this.#encrypted === null ? {} : { encrypted_content: this.#encrypted }),
    }
  }

  start(): string {
    const item = { id: this.#id, type: 'reasoning', summary: [] }
    return this.#tell('response.output_item.added', { output_index: this.#index, item })
  }

  text(delta: string): string {
    const opening =
      this.#text === ''
        ? this.#say('response.reasoning_summary_part.added', { part: { type: 'summary_text', text: '' } })
        : ''
    this.#text += delta
    return opening + this.#say('response.reasoning_summary_text.delta', { delta })
  }

  seal(sealed: Sealed, call: string | null): string {
    this.#encrypted = sealed.dialect === 'openai-responses' ? sealed.value : carry(sealed, { call })
    return this.close()
  }

  close(): string {
    if (!this.open) return ''
    const text = this.#text
    const said =
      text === ''
        ? ''
        : this.#say('response.reasoning_summary_text.done', { text }) +
          this.#say('response.reasoning_summary_part.done', { part: { type: 'summary_text', text } })
    this.open = false
    return said + this.#tell('response.output_item.done', { output_index: this.#index, item: this.json() })
  }

  #say(type: string, json: JsonObject): string {
    return this.#tell(type, {
      item_id: this.#id,
      output_index: this.#index,
      summary_index: 0,
      ...json,
    })
  }
}

/** An image that the model made, told in one piece. */
export class ImageItem implements AnswerItem {
  readonly open = false
  readonly #json: JsonObject

  constructor(id: string, mime: string, data: string) {
    const output_format = mime.split('/')[1] ?? 'png'
    this.#json = { id, type: 'image_generation_call', status: 'completed', result: data, output_format }
  }

  json(): JsonObject {
    return this.#json
  }

  close(): string {
    return ''
  }
}
