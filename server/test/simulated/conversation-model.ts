import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { chat } from './conversation/chat.ts'
import { converse } from './conversation/converse.ts'
import { gemini } from './conversation/gemini.ts'
import {
  type Answer,
  type Fields,
  type Heard,
  isFields,
  Refusal,
  type Said,
  Seal,
  type Speaker,
} from './conversation/heard.ts'
import { messages } from './conversation/messages.ts'
import { ollama } from './conversation/ollama.ts'
import { responses } from './conversation/responses.ts'

export type { Heard, HeardPart, HeardTurn, Said } from './conversation/heard.ts'
export { USAGE } from './conversation/heard.ts'

/*
 * A SIMULATED model behind the doors of all conversational dialects, on one port. One script says what it does; each
 * door is as strict as the vendor whose dialect it is: what the vendor would refuse is refused here in the
 * vendor's words' place, so that what a translation loses is seen.
 */

/** One call as it came, and what became of it. */
export interface Visit {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Null where it was refused or is no conversation. */
  heard: Heard | null
  /** What a strict vendor had against it. */
  refusal: string | null
  /** Resolves when the connection was closed before the answer was complete. */
  readonly left: Promise<void>
}

export interface ConversationModel {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly visits: Visit[]
  /** What it says to a conversation; until told, that it is simulated. */
  plays(script: (heard: Heard, visit: Visit) => Said): void
  close(): Promise<void>
}

const DOORS: readonly (readonly [path: RegExp, speaker: Speaker])[] = [
  [/^\/v1\/chat\/completions$/, chat],
  [/^\/v1\/responses$/, responses],
  [/^\/v1\/messages(?:\?beta=true)?$/, messages],
  [/^\/v1beta\/models\/[^/]+:(?:streamGenerateContent\?alt=sse|generateContent)$/, gemini],
  [/^\/model\/[^/]+\/converse(?:-stream)?$/, converse],
  [/^\/api\/chat$/, ollama],
]

const embedding = [0.25, -0.5]

/** What is asked beside conversations; null for an unknown path. */
const besides = (path: string): object | null => {
  if (path === '/v1/embeddings')
    return {
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding }],
      model: 'simulated-model',
      usage: { prompt_tokens: 5, total_tokens: 5 },
    }
  if (/^\/v1\/messages\/count_tokens/.test(path)) return { input_tokens: 33 }
  if (/:countTokens$/.test(path)) return { totalTokens: 33 }
  if (/:embedContent$/.test(path)) return { embedding: { values: embedding } }
  if (/:batchEmbedContents$/.test(path)) return { embeddings: [{ values: embedding }] }
  if (path === '/api/embed')
    return { model: 'simulated-model', embeddings: [embedding], prompt_eval_count: 5 }
  return null
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}

const accountOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization ?? 'nobody')

const send = (response: ServerResponse, status: number, body: object, headers: object = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Sends what there is, then breaks, tells an error or stays silent, as the script has it. */
const sendPieces = (
  response: ServerResponse,
  speaker: Speaker,
  frames: readonly (string | Buffer)[],
  { trouble }: Said,
): void => {
  if (trouble === undefined) {
    for (const frame of frames) response.write(frame)
    response.end()
    return
  }
  for (const frame of frames.slice(0, Math.ceil(frames.length / 2))) response.write(frame)
  if (trouble === 'error') response.end(speaker.troubled('simulated trouble'))
  else if (trouble === 'cut') response.write('', () => setImmediate(() => response.destroy()))
}

const answer = (response: ServerResponse, speaker: Speaker, { heard, ...rest }: Answer): void => {
  const { said } = rest
  if (heard.stream) {
    response.writeHead(200, { 'content-type': speaker.streamType, 'x-request-id': 'req_simulated' })
    sendPieces(response, speaker, speaker.stream({ heard, ...rest }), said)
    return
  }
  const body = JSON.stringify(speaker.whole({ heard, ...rest }))
  const head = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-request-id': 'req_simulated',
  }
  if (said.trouble === 'hold') return
  response.writeHead(200, head)
  if (said.trouble === undefined) response.end(body)
  else response.write(body.slice(0, 20), () => setImmediate(() => response.destroy()))
}

/** Starts a simulated model on a loopback port. */
export const startConversationModel = async (): Promise<ConversationModel> => {
  const visits: Visit[] = []
  const seals = new Map<string, Seal>()
  let script: (heard: Heard, visit: Visit) => Said = () => ({ text: '[simulated model] Hello.' })
  let number = 0

  const converseWith = (
    speaker: Speaker,
    visit: Visit,
    request: IncomingMessage,
    response: ServerResponse,
  ): void => {
    const account = accountOf(request)
    const seal = seals.get(account) ?? new Seal(account)
    seals.set(account, seal)
    number += 1
    try {
      const parsed: unknown = JSON.parse(visit.body)
      if (!isFields(parsed)) throw new Refusal('the body is no object')
      const json: Fields = parsed
      const heard = speaker.hear({ path: visit.path, headers: visit.headers, json, seal })
      visit.heard = heard
      const said = script(heard, visit)
      if (said.fail !== undefined)
        throw new Refusal(said.fail.message ?? 'simulated failure', said.fail.status)
      const calls = (said.calls ?? []).map((call, index) => ({ ...call, id: speaker.callId(number, index) }))
      answer(response, speaker, { said, calls, heard, number, seal })
    } catch (thrown) {
      const status = thrown instanceof Refusal ? thrown.status : 500
      const message = thrown instanceof Error ? thrown.message : 'unknown'
      if (visit.heard === null || !(thrown instanceof Refusal)) visit.refusal = message
      const { body, headers } = speaker.refused(status, message)
      send(response, status, body, headers)
    }
  }

  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request
    const { promise, resolve } = Promise.withResolvers<void>()
    response.on('close', () => {
      if (!response.writableFinished) resolve()
    })
    const body = await bodyOf(request).catch(() => '')
    const visit: Visit = { path, headers, body, heard: null, refusal: null, left: promise }
    visits.push(visit)
    const door = DOORS.find(([pattern]) => pattern.test(path))
    if (door !== undefined) return converseWith(door[1], visit, request, response)
    const other = besides(path)
    if (other === null) visit.refusal = `no such path: ${path}`
    return other === null
      ? send(response, 404, { error: { message: `the simulated model has no ${path}` } })
      : send(response, 200, other)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    visits,
    plays(next) {
      script = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
