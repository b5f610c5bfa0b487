import type { Json, JsonObject, ReplyEvent } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { sealedIn } from './reasoning.ts'

type Emit = (event: ReplyEvent) => void

/**
 * Reads what a message says of its thought: as one text, as entries that may be sealed, or both, in which case the
 * text is the entries' text once more.
 */
export class Thoughts {
  readonly #emit: Emit
  /** What was thought since the last seal. */
  #open = ''
  /** True once thought was told as one text; entries then say it again. */
  #plain = false

  constructor(emit: Emit) {
    this.#emit = emit
  }

  read(message: JsonObject): void {
    const text = stringAt(message, 'reasoning_content') ?? stringAt(message, 'reasoning') ?? ''
    this.#plain ||= text !== ''
    this.say(text)
    const details = message['reasoning_details']
    for (const detail of isList(details) ? details : []) {
      if (isObject(detail)) this.#detail(detail)
    }
  }

  say(text: string): void {
    if (text === '') return
    this.#open += text
    this.#emit({ type: 'reasoning', delta: text })
  }

  /** A thought as a part of the content: a text or a list of such. */
  part(thinking: Json | undefined): void {
    if (typeof thinking === 'string') this.say(thinking)
    if (!isList(thinking)) return
    for (const part of thinking) if (isObject(part)) this.say(stringAt(part, 'text') ?? '')
  }

  /** What only its issuer can read goes with all that was thought before it. */
  #detail(detail: JsonObject): void {
    if (!this.#plain) this.say(stringAt(detail, 'text') ?? stringAt(detail, 'summary') ?? '')
    const redacted = detail['type'] === 'reasoning.encrypted'
    const sealed = sealedIn(redacted ? detail : { ...detail, text: this.#open })
    if (sealed === null) return
    const raw = sealed.dialect === 'openai-responses' ? summed(sealed.raw, this.#open) : sealed.raw
    if (!redacted || sealed.dialect === 'openai-responses') this.#open = ''
    this.#emit({ type: 'signature', ...sealed, raw })
  }
}

/** The summary that was told apart from its encrypted content, put back into the item. */
const summed = (raw: Json, text: string): Json => {
  const empty = isObject(raw) && isList(raw['summary']) && raw['summary'].length === 0
  return isObject(raw) && empty && text !== '' ? { ...raw, summary: [{ type: 'summary_text', text }] } : raw
}
