import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { type ChatRequest, readChatRequest } from './chat.ts'
import { EngineError } from './errors.ts'
import type { Generator, Prompt } from './generator.ts'
import type { Queue } from './queue.ts'
import { StopGate } from './stops.ts'

export interface ChatJob {
  readonly generator: Generator
  readonly queue: Queue
  readonly body: unknown
  readonly response: ServerResponse
  /** Aborts when the client leaves or the engine stops. */
  readonly signal: AbortSignal
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
}

interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: number }
}

interface Outcome {
  readonly finish: 'stop' | 'length'
  readonly usage: Usage
}

/** Asks for whichever model this engine serves. */
const ALIAS = 'engine'

/** Answers one chat request: checked before it queues, measured before it generates, aborted when the client leaves. */
export const answerChat = async (job: ChatJob): Promise<void> => {
  const { generator, queue, signal } = job
  const request = readChatRequest(job.body, generator.defaults)
  if (request.model !== null && request.model !== generator.model && request.model !== ALIAS) {
    const message = `This engine serves ${generator.model}, not ${request.model}.`
    throw new EngineError('unknown_model', message, { field: 'model' })
  }
  const prompt = measured(generator, request)
  const leave = await queue.enter(signal)
  try {
    if (request.ignored.length > 0)
      job.response.setHeader('x-causeway-engine-ignored', request.ignored.join(', '))
    await (request.stream ? stream(job, request, prompt) : complete(job, request, prompt))
  } finally {
    leave()
  }
}

const measured = (generator: Generator, request: ChatRequest): Prompt => {
  const prompt = generator.prepare(request.turns)
  if (prompt.size < generator.context) return prompt
  const message =
    `The conversation has ${prompt.size} tokens, and ${generator.model} reads ${generator.context} ` +
    'including its answer.'
  throw new EngineError('context_length_exceeded', message, { field: 'messages' })
}

const generateInto = async (
  job: ChatJob,
  request: ChatRequest,
  prompt: Prompt,
  take: (text: string) => Promise<void> | void,
): Promise<Outcome> => {
  const gate = new StopGate(request.stop)
  const pieces = prompt.generate(request.sampling, job.signal)
  let count = 0
  let ended = false
  for (;;) {
    const next = await pieces.next()
    job.signal.throwIfAborted()
    if (next.done === true) {
      ended = next.value.ended
      break
    }
    count += 1
    const text = gate.push(next.value.text)
    if (text !== '') await take(text)
    if (gate.stopped) {
      await pieces.return({ ended: true })
      break
    }
  }
  const rest = gate.end()
  if (rest !== '') await take(rest)
  return { finish: ended || gate.stopped ? 'stop' : 'length', usage: usageOf(prompt, count) }
}

const usageOf = (prompt: Prompt, completion: number): Usage => ({
  prompt_tokens: prompt.size,
  completion_tokens: completion,
  total_tokens: prompt.size + completion,
  prompt_tokens_details: { cached_tokens: prompt.reused() },
})

const complete = async (job: ChatJob, request: ChatRequest, prompt: Prompt): Promise<void> => {
  let content = ''
  const outcome = await generateInto(job, request, prompt, (text) => {
    content += text
  })
  const message = { role: 'assistant', content, refusal: null }
  const text = JSON.stringify({
    id: job.id,
    object: 'chat.completion',
    created: job.created,
    model: job.generator.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: outcome.finish }],
    usage: outcome.usage,
  })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  job.response.writeHead(200, headers)
  job.response.end(text)
}

const stream = async (job: ChatJob, request: ChatRequest, prompt: Prompt): Promise<void> => {
  const { response } = job
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
  response.writeHead(200, headers)
  const frame = (choices: unknown[], usage: Usage | null): string => {
    const head = {
      id: job.id,
      object: 'chat.completion.chunk',
      created: job.created,
      model: job.generator.model,
    }
    const body = request.includeUsage ? { ...head, choices, usage } : { ...head, choices }
    return `data: ${JSON.stringify(body)}\n\n`
  }
  const delta = (value: unknown, finish: string | null): string =>
    frame([{ index: 0, delta: value, logprobs: null, finish_reason: finish }], null)
  const send = async (text: string): Promise<void> => {
    if (!response.write(text)) await once(response, 'drain', { signal: job.signal })
  }
  await send(delta({ role: 'assistant', content: '' }, null))
  const outcome = await generateInto(job, request, prompt, (content) => send(delta({ content }, null)))
  await send(delta({}, outcome.finish))
  if (request.includeUsage) await send(frame([], outcome.usage))
  response.end('data: [DONE]\n\n')
}
