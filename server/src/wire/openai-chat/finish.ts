import type { FinishReason } from '../../domain/index.ts'

/** What the upstream said of the end: the dialect's own word, and that of the model's server behind it, where told. */
export interface NativeFinish {
  readonly finish: string
  readonly native: string | null
}

const WORDS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['end_turn', 'stop'],
  ['complete', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_length', 'context'],
  ['model_context_window_exceeded', 'context'],
  ['tool_calls', 'tool'],
  ['tool_call', 'tool'],
  ['tool_use', 'tool'],
  ['function_call', 'tool'],
  ['content_filter', 'filter'],
  ['content_filtered', 'filter'],
  ['safety', 'filter'],
  ['recitation', 'filter'],
  ['refusal', 'refusal'],
  ['stop_sequence', 'stop-sequence'],
  ['pause_turn', 'pause'],
  ['malformed_function_call', 'malformed'],
  ['unexpected_tool_call', 'malformed'],
  ['malformed_tool_use', 'malformed'],
])

/** Words with which an upstream says that it gave up. */
const GIVEN_UP: ReadonlySet<string> = new Set(['error', 'insufficient_system_resource', 'abort'])

/** True where the answer was broken off by its server, which is no end. */
export const isGivenUp = (said: NativeFinish): boolean => GIVEN_UP.has(said.finish.toLowerCase())

/** A word may have another before it, as in `function_call_filter: MALFORMED_FUNCTION_CALL`. */
const meaning = (word: string): FinishReason | undefined =>
  WORDS.get(word.split(':').at(-1)?.trim().toLowerCase() ?? '')

/**
 * `finish_reason` to ours. Servers that call tools yet say `stop` exist, so what was seen in the answer counts
 * too; the server's own word tells apart what the dialect's does not. What is unknown stays `other` with its own
 * word beside it, never `stop`.
 */
export const readFinish = (
  said: NativeFinish,
  seen: { readonly tools: boolean; readonly refusal: boolean },
): FinishReason => {
  const inner = said.native === null ? undefined : meaning(said.native)
  if (inner === 'context' || inner === 'malformed' || inner === 'pause' || inner === 'refusal') return inner
  const reason = meaning(said.finish) ?? 'other'
  if (reason !== 'stop') return reason
  if (seen.tools) return 'tool'
  if (seen.refusal) return 'refusal'
  return inner === 'stop-sequence' ? inner : 'stop'
}

/** Ours to `finish_reason`. A refusal that explained itself is an ordinary stop with `refusal` filled in. */
export const writeFinish = (reason: FinishReason, explained: boolean): string => {
  switch (reason) {
    case 'length':
    case 'context':
      return 'length'
    case 'tool':
      return 'tool_calls'
    case 'filter':
      return 'content_filter'
    case 'refusal':
      return explained ? 'stop' : 'content_filter'
    case 'stop':
    case 'stop-sequence':
    case 'pause':
    case 'malformed':
    case 'other':
      return 'stop'
  }
}

/** The matrix has no finish reason for a call that is none: the answer is told as failed. */
export const MALFORMED = 'the model tried to call a tool and what it wrote is no call'
