import type { JsonObject, Relay, Usage } from '../../domain/index.ts'
import { usageOf as messagesUsage, NOTHING_REPORTED, reported } from '../anthropic-messages/usage.ts'
import { isObject } from '../body/fields.ts'
import { count } from '../body/tokens.ts'
import { readUsage as chatUsage } from '../openai-chat/usage.ts'

/** The end of an answer, where every vendor's usage stands. Bytes. */
const TAIL = 64 * 1024

/** Names under which vendors put what an answer used. */
const NAMES = ['usage', 'usageMetadata', 'prompt_eval_count'] as const

const geminiUsage = (usage: JsonObject): Usage | null => {
  const input = count(usage['promptTokenCount'])
  if (input === null) return null
  const reasoning = count(usage['thoughtsTokenCount'])
  return {
    input,
    output: (count(usage['candidatesTokenCount']) ?? 0) + (reasoning ?? 0),
    cacheRead: count(usage['cachedContentTokenCount']),
    cacheWrite: null,
    reasoning,
    estimated: false,
  }
}

const tokensUsage = (usage: JsonObject): Usage | null => {
  const input = count(usage['inputTokens'])
  return input === null
    ? null
    : {
        input,
        output: count(usage['outputTokens']),
        cacheRead: null,
        cacheWrite: null,
        reasoning: null,
        estimated: false,
      }
}

const usageOf = (usage: JsonObject): Usage | null =>
  chatUsage(usage) ??
  geminiUsage(usage) ??
  tokensUsage(usage) ??
  messagesUsage(reported(usage, NOTHING_REPORTED))

/** The last object under one of the names, wherever it stands in the text. */
const lastUsage = (text: string): Usage | null => {
  for (const name of NAMES) {
    for (let at = text.lastIndexOf(`"${name}"`); at > 0; at = text.lastIndexOf(`"${name}"`, at - 1)) {
      const open = text.indexOf('{', at)
      const object = open === -1 || open > at + name.length + 8 ? null : objectAt(text, open)
      const usage = object === null ? null : usageOf(object)
      if (usage !== null) return usage
    }
  }
  return null
}

/** A usage object holds no strings with braces in them, so counting is enough. */
const objectAt = (text: string, open: number): JsonObject | null => {
  let depth = 0
  for (let at = open; at < text.length && at < open + 4096; at += 1) {
    if (text[at] === '{') depth += 1
    else if (text[at] === '}') depth -= 1
    if (depth > 0) continue
    try {
      const value: unknown = JSON.parse(text.slice(open, at + 1))
      return isObject(value) ? value : null
    } catch {
      return null
    }
  }
  return null
}

/** Passes bytes on and looks for the usage at their end. An answer is whole when its upstream says that it ended. */
export const passthroughRelay = (): Relay => {
  let tail: Buffer[] = []
  let kept = 0
  let bytes = 0
  return {
    push(chunk) {
      bytes += chunk.length
      tail.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      kept += chunk.length
      if (kept > 4 * TAIL) {
        tail = [Buffer.concat(tail).subarray(-TAIL)]
        kept = TAIL
      }
      return chunk
    },
    end: () => ({ rest: [], complete: true }),
    usage: () => lastUsage(Buffer.concat(tail).subarray(-TAIL).toString('latin1')),
    fault: () => null,
    textLength: () => 0,
    started: () => bytes > 0,
    finished: () => false,
  }
}
