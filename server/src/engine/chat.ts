import { z } from 'zod'
import { EngineError } from './errors.ts'
import type { Sampling, Turn } from './generator.ts'

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() })
const content = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))])
const message = z.looseObject({
  role: z.string(),
  content: content.nullish(),
  tool_calls: z.unknown().optional(),
})

const request = z.looseObject({
  model: z.string().nullish(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
})

type RawRequest = z.infer<typeof request>

/** A chat request, checked. */
export interface ChatRequest {
  readonly model: string | null
  readonly turns: readonly Turn[]
  readonly stream: boolean
  readonly includeUsage: boolean
  readonly sampling: Sampling
  /** Never holds an empty string. */
  readonly stop: readonly string[]
  /** Fields that change nothing here; named in the answer's x-causeway-engine-ignored header. */
  readonly ignored: readonly string[]
}

/** Answers end after so many tokens where the request names no limit. */
const DEFAULT_ANSWER_TOKENS = 512

/** Reads a body of POST /v1/chat/completions. Source: OpenAI's API reference. Throws `invalid_request` or `unsupported`. */
export const readChatRequest = (
  body: unknown,
  defaults: { readonly temperature: number; readonly topP: number },
): ChatRequest => {
  const parsed = request.safeParse(body)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.')
    throw new EngineError('invalid_request', `${field}: ${issue?.message ?? 'not valid'}.`, { field })
  }
  const raw = parsed.data
  refuseUnsupported(raw)
  const stop = typeof raw.stop === 'string' ? [raw.stop] : (raw.stop ?? [])
  return {
    model: raw.model ?? null,
    turns: raw.messages.map(readTurn),
    stream: raw.stream ?? false,
    includeUsage: raw.stream_options?.include_usage ?? false,
    sampling: readSampling(raw, defaults),
    stop: stop.filter((text) => text !== ''),
    ignored: Object.keys(raw).filter((name) => !READ.has(name) && !isEmpty(raw[name])),
  }
}

const readSampling = (raw: RawRequest, defaults: { temperature: number; topP: number }): Sampling => ({
  maxTokens: raw.max_completion_tokens ?? raw.max_tokens ?? DEFAULT_ANSWER_TOKENS,
  temperature: raw.temperature ?? defaults.temperature,
  topP: raw.top_p ?? defaults.topP,
  topK: raw.top_k ?? null,
  minP: raw.min_p ?? null,
  seed: raw.seed ?? null,
  frequencyPenalty: raw.frequency_penalty ?? 0,
  presencePenalty: raw.presence_penalty ?? 0,
})

/** Fields that would change the meaning of the answer, and the values under which they don't. */
const UNSUPPORTED: Readonly<Record<string, (value: unknown) => boolean>> = {
  tools: (value) => Array.isArray(value) && value.length === 0,
  functions: (value) => Array.isArray(value) && value.length === 0,
  tool_choice: (value) => value === 'none' || value === 'auto',
  function_call: (value) => value === 'none' || value === 'auto',
  n: (value) => value === 1,
  logprobs: (value) => value === false,
  top_logprobs: (value) => value === 0,
  logit_bias: (value) => typeof value === 'object' && Object.keys(value ?? {}).length === 0,
  response_format: (value) => z.looseObject({ type: z.literal('text') }).safeParse(value).success,
  audio: () => false,
  modalities: (value) => Array.isArray(value) && value.every((each) => each === 'text'),
  web_search_options: () => false,
}

const READ: ReadonlySet<string> = new Set([...Object.keys(request.shape), ...Object.keys(UNSUPPORTED)])

const isEmpty = (value: unknown): boolean => value === null || value === undefined

const refuseUnsupported = (raw: RawRequest): void => {
  for (const [field, harmless] of Object.entries(UNSUPPORTED)) {
    const value = raw[field]
    if (isEmpty(value) || harmless(value)) continue
    throw new EngineError('unsupported', `This engine's models don't support ${field}.`, { field })
  }
}

const ROLES: Readonly<Record<string, Turn['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
}

const readTurn = (raw: RawRequest['messages'][number], index: number): Turn => {
  const field = `messages.${index}`
  const role = Object.hasOwn(ROLES, raw.role) ? ROLES[raw.role] : undefined
  if (role === undefined) {
    throw new EngineError('unsupported', `${field}: this engine reads no messages of role ${raw.role}.`, {
      field,
    })
  }
  if (Array.isArray(raw.tool_calls) && raw.tool_calls.length > 0) {
    throw new EngineError('unsupported', `${field}: this engine reads no tool calls.`, { field })
  }
  return { role, text: readText(raw.content ?? '', field) }
}

const readText = (value: z.infer<typeof content>, field: string): string => {
  if (typeof value === 'string') return value
  return value
    .map((part) => {
      const text = textPart.safeParse(part)
      if (text.success) return text.data.text
      throw new EngineError('unsupported', `${field}: this engine reads text only, not ${part.type}.`, {
        field,
      })
    })
    .join('\n')
}
