import type { JsonObject } from '../../domain/index.ts'
import { parseObject } from '../stream/json.ts'
import type { AnswerItem, ItemStatus, Tell } from './answerItems.ts'
import { CustomInput } from './customInput.ts'

/** What an item calls, in the client's own terms. */
export interface Called {
  readonly call_id: string
  readonly name: string
  readonly namespace: string | null
  readonly custom: boolean
}

const isComplete = (input: string): boolean => input.trimEnd().endsWith('}') && parseObject(input) !== null

/** A call of a function, or of a custom tool. */
export class CallItem implements AnswerItem {
  open = true
  #status: ItemStatus | 'in_progress' = 'in_progress'
  #input = ''
  /** Null until it is asked: to parse it again for each piece of another call would take as long as both. */
  #complete: boolean | null = null
  readonly #text = new CustomInput()
  readonly #called: Called
  readonly #id: string
  readonly #index: number
  readonly #tell: Tell

  constructor(called: Called, id: string, index: number, tell: Tell) {
    this.#called = called
    this.#id = id
    this.#index = index
    this.#tell = tell
  }

  get callId(): string {
    return this.#called.call_id
  }

  /** Nothing that could follow would leave it valid. */
  get complete(): boolean {
    this.#complete ??= isComplete(this.#input)
    return this.#complete
  }

  json(): JsonObject {
    const { call_id, name, namespace, custom } = this.#called
    const named = { call_id, ...(namespace === null ? {} : { namespace }), name }
    return custom
      ? {
          id: this.#id,
          type: 'custom_tool_call',
          status: this.#status,
          ...named,
          input: this.open ? '' : this.#text.end().input,
        }
      : { id: this.#id, type: 'function_call', status: this.#status, ...named, arguments: this.#input }
  }

  start(): string {
    return this.#tell('response.output_item.added', { output_index: this.#index, item: this.json() })
  }

  add(delta: string): string {
    if (!this.open || delta === '') return ''
    this.#input += delta
    this.#complete = null
    if (!this.#called.custom) return this.#say('response.function_call_arguments.delta', { delta })
    const text = this.#text.push(delta)
    return text === '' ? '' : this.#say('response.custom_tool_call_input.delta', { delta: text })
  }

  close(status: ItemStatus): string {
    if (!this.open) return ''
    // A call without arguments is a call with none of them, unless it was cut.
    const none = this.#input.trim() === '' && !this.#called.custom && status === 'completed'
    const filled = none ? this.add('{}') : ''
    this.open = false
    this.#status = status
    return (
      filled +
      this.#done() +
      this.#tell('response.output_item.done', { output_index: this.#index, item: this.json() })
    )
  }

  #done(): string {
    const { name, custom } = this.#called
    if (!custom) return this.#say('response.function_call_arguments.done', { name, arguments: this.#input })
    const { input, rest } = this.#text.end()
    const said = rest === '' ? '' : this.#say('response.custom_tool_call_input.delta', { delta: rest })
    return said + this.#say('response.custom_tool_call_input.done', { input })
  }

  #say(type: string, json: JsonObject): string {
    return this.#tell(type, { item_id: this.#id, output_index: this.#index, ...json })
  }
}
