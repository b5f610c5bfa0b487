import type { AnswerOptions, FinishReason, JsonObject, TokenProbability, Usage } from '../../domain/index.ts'
import { saidInput } from '../body/toolInput.ts'
import { losesReason, writeFinish } from './finish.ts'
import { isGenerate } from './shape.ts'
import { writeUsage } from './usage.ts'

/**
 * Times that clients read as numbers, in nanoseconds. We do not know how the upstream spent its time, and zero is
 * what such a client takes for "not measured"; counts of tokens that are not known are left out instead.
 */
const DURATIONS = { total_duration: 0, load_duration: 0, prompt_eval_duration: 0, eval_duration: 0 }

/** What an answer has said so far, as the members of a message or of a generation. */
export interface Said {
  readonly text?: string
  readonly thinking?: string
  readonly images?: readonly string[]
  readonly calls?: readonly JsonObject[]
}

/** A call as the dialect has it. Arguments that are cut or no object are kept as text under one name, so that they look like no other call. */
export const callOf = (index: number, id: string, name: string, input: string): JsonObject => {
  const made = saidInput(input)
  return { ...(id === '' ? {} : { id }), function: { index, name, arguments: made } }
}

export const probabilitiesOf = (tokens: readonly TokenProbability[]): readonly JsonObject[] =>
  tokens.map(({ token, logprob, bytes, top }) => ({
    token,
    logprob,
    ...(bytes === null ? {} : { bytes }),
    ...(top.length === 0
      ? {}
      : {
          top_logprobs: top.map((other) => ({
            token: other.token,
            logprob: other.logprob,
            ...(other.bytes === null ? {} : { bytes: other.bytes }),
          })),
        }),
  }))

/** Lines of an answer, in the shape of what was asked: a chat or a generation. */
export class Lines {
  readonly #head: JsonObject
  readonly #single: boolean

  constructor({ model, created, call }: AnswerOptions) {
    this.#head = { model, created_at: new Date(created * 1000).toISOString() }
    this.#single = isGenerate(call.json)
  }

  /** Whether the answer has a place for calls of tools and images. */
  get holdsAll(): boolean {
    return !this.#single
  }

  body(said: Said, more: JsonObject = {}): JsonObject {
    const text = said.text ?? ''
    const thinking = said.thinking === undefined || said.thinking === '' ? {} : { thinking: said.thinking }
    if (this.#single) return { ...this.#head, response: text, ...thinking, done: false, ...more }
    const message = {
      role: 'assistant',
      content: text,
      ...thinking,
      ...(said.images === undefined || said.images.length === 0 ? {} : { images: said.images }),
      ...(said.calls === undefined || said.calls.length === 0 ? {} : { tool_calls: said.calls }),
    }
    return { ...this.#head, message, done: false, ...more }
  }

  /** Members of the last line. A reason that the dialect has no word for stands beside in the upstream's own. */
  end(reason: FinishReason, native: string | null, usage: Usage | null): JsonObject {
    return {
      done: true,
      done_reason: writeFinish(reason),
      ...(losesReason(reason) && native !== null ? { native_finish_reason: native } : {}),
      ...DURATIONS,
      ...writeUsage(usage),
    }
  }
}

/** What is said where the model tried to call a tool and failed at it. */
export const MALFORMED = 'The model tried to call a tool, and what it wrote is no call.'
