import type { Json, JsonObject, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { lineRevisionOf } from '../stream/lines.ts'
import type { RevisedDialect, ReviseOptions, Say } from '../stream/revise.ts'
import { everyText, jsonText } from '../stream/texts.ts'

/** Members that are the protocol's own, media or opaque. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'model created_at role done done_reason id name images context logprobs embeddings embedding ' +
    'remote_model remote_host total_duration load_duration prompt_eval_count prompt_eval_duration eval_count eval_duration'
  ).split(' '),
)

/** Members whose texts run through the whole answer. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['content', 'text'],
  ['response', 'text'],
  ['thinking', 'reasoning'],
])

/** Said at once, and so over with the line that says it. */
const isWhole = (channel: string): boolean => /^(?:more|tool):/.test(channel)

class Lines {
  readonly #verbatim: boolean
  /** Calls so far: each comes whole, and each is a channel of its own. */
  #calls = 0

  constructor(verbatim: boolean) {
    this.#verbatim = verbatim
  }

  say(json: JsonObject, say: Say): JsonObject {
    const out: Record<string, Json | undefined> = this.#texts(json, 'more', say)
    if (isObject(json['message'])) out['message'] = this.#texts(json['message'], 'more:message', say)
    // The tokens tell what the model said, not what the text says now.
    if (!this.#verbatim) delete out['logprobs']
    return out
  }

  /** An empty text says nothing, and nothing is asked of it. */
  #texts(json: JsonObject, key: string, say: Say): Record<string, Json | undefined> {
    const out: Record<string, Json | undefined> = { ...json }
    for (const [name, value] of Object.entries(json)) {
      const channel = TEXTS.get(name)
      if (channel !== undefined && typeof value === 'string') {
        if (value !== '') out[name] = say({ key: channel, form: 'text' }, value)
      } else if (name === 'tool_calls' && isList(value))
        out[name] = value.map((call) => this.#call(call, say))
      else if (name !== 'message' && !KEPT.has(name))
        out[name] = everyText(value, `${key}:${name}`, KEPT, say)
    }
    return out
  }

  #call(call: Json, say: Say): Json {
    const key = `tool:${this.#calls}`
    this.#calls += 1
    if (!isObject(call)) return call
    const { function: called, ...others } = call
    const more = everyText(others, `more:${key}`, KEPT, say)
    const kept: JsonObject = isObject(more) ? more : {}
    if (!isObject(called)) return { ...call, ...kept }
    const { arguments: args, ...rest } = called
    const named = everyText(rest, `more:${key}.function`, KEPT, say)
    const revised = args === undefined || args === null ? {} : { arguments: jsonText(args, key, say) }
    return { ...call, ...kept, function: { ...called, ...(isObject(named) ? named : {}), ...revised } }
  }
}

const heldBy = (json: JsonObject, name: string): boolean => {
  const message = isObject(json['message']) ? json['message'] : {}
  const value = json[name] ?? message[name]
  return typeof value === 'string' ? value !== '' : isList(value) && value.length > 0
}

/** A channel is over with the last line, and where another one begins to speak. */
const over = (json: JsonObject, channel: string): boolean => {
  if (isWhole(channel) || json['done'] === true || heldBy(json, 'error')) return true
  const texts = heldBy(json, 'content') || heldBy(json, 'response')
  const thinks = heldBy(json, 'thinking')
  const others = heldBy(json, 'tool_calls') || (channel === 'text' ? thinks : texts)
  return others && !(channel === 'text' ? texts : thinks)
}

/** A line that says nothing but a piece of a channel, in the shape of one that spoke in it. */
const piece: RevisedDialect['piece'] = ({ key }, like, text) => {
  const head = { model: like['model'] ?? '', created_at: like['created_at'] ?? '' }
  const thinks = key === 'reasoning'
  if (isObject(like['message'])) {
    const said = thinks ? { content: '', thinking: text } : { content: text }
    return { ...head, message: { role: 'assistant', ...said }, done: false }
  }
  return { ...head, ...(thinks ? { response: '', thinking: text } : { response: text }), done: false }
}

/** Passes whatever a reply says through a reviser: content, thinking, tool arguments, and members nobody knows. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision => {
  const lines = new Lines(options.verbatim === true)
  const say = (json: JsonObject, said: Say): JsonObject => lines.say(json, said)
  return lineRevisionOf({ event: say, over, piece, whole: say }, options, reviser)
}
