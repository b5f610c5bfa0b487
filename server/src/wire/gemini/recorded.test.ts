import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, it } from 'node:test'
import {
  CausewayError,
  type Dialect,
  type JsonObject,
  type Operation,
  type ReplyEvent,
} from '../../domain/index.ts'
import { upstreamWireOf } from '../index.ts'
import { answering, FORWARD, joined, readReply, relayed, terminals, WRITE } from '../testing.ts'
import { gemini } from './index.ts'

/* Recorded traffic of the vendor, where it is at hand: CAUSEWAY_DATA names the folder that holds `wire/`. */
const folder = process.env['CAUSEWAY_DATA']
const skip = folder === undefined ? 'CAUSEWAY_DATA is not set' : false
const LIMITS = { bodyBytes: 32 * 1024 * 1024, depth: 64, messages: 2000 }

interface Exchange {
  readonly name: string
  readonly operation: Operation
  readonly path: { readonly model: string; readonly action: string; readonly query: string }
  readonly request: JsonObject
  readonly reply: string
  readonly stream: boolean
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  generateContent: 'chat',
  streamGenerateContent: 'chat',
  countTokens: 'count',
  embedContent: 'embed',
  batchEmbedContents: 'embed',
}

interface Recorded {
  readonly request: { readonly url: string; readonly body?: JsonObject }
  readonly response: { readonly status: number; readonly body?: JsonObject; readonly bodyText?: string }
}

const files = (): readonly string[] =>
  ['google', 'google-vertex'].flatMap((vendor) => {
    const root = join(folder ?? '.', 'wire', vendor)
    return readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name))
  })

const exchangesOf = (file: string): readonly Exchange[] => {
  const json: { interactions?: readonly Recorded[] } = JSON.parse(readFileSync(file, 'utf8'))
  return (json.interactions ?? []).flatMap(({ request, response }, index) => {
    const url = new URL(request.url)
    const [, model = '', action = ''] = /models\/([^/:]+):(\w+)$/.exec(url.pathname) ?? []
    const operation = OPERATIONS[action]
    if (operation === undefined || typeof request.body !== 'object' || response.status !== 200) return []
    return [
      {
        name: `${basename(file)}#${index}`,
        operation,
        path: { model, action, query: url.search.slice(1) },
        request: request.body,
        reply: response.bodyText ?? JSON.stringify(response.body),
        stream: action === 'streamGenerateContent',
      },
    ]
  })
}

const all = skip === false ? files() : []
const exchanges = all.filter((file) => file.endsWith('.json')).flatMap(exchangesOf)
const chats = exchanges.filter(({ operation }) => operation === 'chat')
const framed = (lines: readonly string[]): string => lines.map((line) => `data: ${line}\r\n\r\n`).join('')
const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')

/** Answers in pieces, each with its name: recorded streams, and those of which only the pieces were kept. */
const streams: readonly (readonly [string, string])[] = [
  ...chats.filter(({ stream }) => stream).map(({ name, reply }) => [name, reply] as const),
  ...all
    .filter((file) => file.endsWith('.chunks.txt') && !basename(file).startsWith('interactions--'))
    .map((file) => [basename(file), framed(linesOf(file))] as const),
  ...all
    .filter((file) => file.endsWith('.responses.jsonl'))
    .flatMap((file) =>
      linesOf(file).flatMap((line, index) => {
        const { method, response }: { method: string; response: JsonObject[] } = JSON.parse(line)
        if (method !== 'generateContentStream') return []
        return [[`${basename(file)}#${index}`, framed(response.map((one) => JSON.stringify(one)))] as const]
      }),
    ),
]

const THOUGHTFUL = answering('gemini', true, {
  generationConfig: { thinkingConfig: { includeThoughts: true } },
})

const read = (exchange: Exchange) =>
  gemini.read(
    Buffer.from(JSON.stringify(exchange.request)),
    { id: 'cw_test', operation: exchange.operation, headers: {}, path: exchange.path },
    LIMITS,
  )

describe('recorded traffic of this dialect', { skip }, () => {
  it('is there', () => {
    assert.ok(chats.length >= 95, `${chats.length} exchanges`)
    assert.ok(streams.length >= 140, `${streams.length} streams`)
  })

  it('requests are forwarded as they came', () => {
    for (const exchange of exchanges) {
      const call = read(exchange)
      const { body, dropped } = gemini.forward(call, { ...FORWARD, model: exchange.path.model })
      assert.deepEqual([body, dropped], [call.source, []], exchange.name)
      const path = gemini.path(call, exchange.path.model)
      assert.equal(path.split(':')[1]?.split('?')[0], exchange.path.action, exchange.name)
    }
  })

  it('requests are carried into every other dialect or refused by the name of a field', () => {
    for (const to of ['openai-chat', 'anthropic-messages'] satisfies Dialect[]) {
      let carried = 0
      for (const exchange of chats) {
        try {
          upstreamWireOf(to).write(gemini.conversation(read(exchange)), WRITE)
          carried += 1
        } catch (thrown) {
          assert.ok(thrown instanceof CausewayError, `${exchange.name}: ${String(thrown)}`)
          assert.notEqual(thrown.fault.field, null, exchange.name)
        }
      }
      assert.ok(carried >= 70, `${carried} of ${chats.length} into ${to}`)
    }
  })

  it('requests come home through blocks with every part as it was', () => {
    for (const exchange of chats) {
      const said = exchange.request['contents']
      if (!JSON.stringify(said).includes('"text":""')) {
        const { body } = gemini.write(gemini.conversation(read(exchange)), WRITE)
        const parts = (value: unknown): unknown =>
          Array.isArray(value) ? value.flatMap((content: JsonObject) => content['parts'] ?? []) : value
        assert.deepEqual(parts(JSON.parse(body).contents), parts(said), exchange.name)
      }
    }
  })

  it('answers are read to one end, and nothing in them but the named fields is unmapped', () => {
    const unmapped = new Set<string>()
    const seen = (events: readonly ReplyEvent[], name: string): void => {
      assert.equal(terminals(events).length, 1, name)
      assert.equal(events.at(-1)?.type, 'end', `${name}: ${JSON.stringify(events.at(-1))}`)
      for (const event of events) if (event.type === 'unmapped') unmapped.add(event.field)
    }
    for (const { reply, stream, name } of chats) seen(readReply('gemini', [reply], stream), name)
    for (const [name, source] of streams) seen(readReply('gemini', [source]), name)
    assert.deepEqual([...unmapped].sort(), [
      'candidates[0].avgLogprobs',
      'candidates[0].finishMessage',
      'candidates[0].safetyRatings',
      'candidates[0].urlContextMetadata',
      'groundingMetadata.searchEntryPoint',
      'groundingMetadata.webSearchQueries',
      'parts.codeExecutionResult',
      'parts.executableCode',
      'parts.toolCall',
      'parts.toolResponse',
      'usageMetadata.cacheTokensDetails.modality',
      'usageMetadata.promptTokensDetails.modality',
      'usageMetadata.trafficType',
    ])
  })

  it('answers are relayed as they came, complete, with their usage', () => {
    const check = (source: string, stream: boolean, name: string): void => {
      const bytes = Buffer.from(source)
      const chunks: Buffer[] = []
      for (let from = 0; from < bytes.length; from += 701) chunks.push(bytes.subarray(from, from + 701))
      const relay = gemini.relay({ stream, hideUsage: false, operation: 'chat' })
      const { during, rest, complete } = relayed(relay, chunks)
      assert.equal(during + rest, source, name)
      assert.equal(complete, true, name)
      const read = readReply('gemini', [source], stream).find((event) => event.type === 'usage')
      assert.deepEqual(relay.usage(), read?.type === 'usage' ? read.usage : null, name)
    }
    for (const { reply, stream, name } of chats) check(reply, stream, name)
    for (const [name, source] of streams) check(source, true, name)
  })

  it('T51 streams are read alike split at every offset, and byte by byte', () => {
    for (const [name, source] of streams) {
      const bytes = Buffer.from(source)
      const whole = readReply('gemini', [bytes])
      const single = [...bytes].map((_, at) => bytes.subarray(at, at + 1))
      assert.deepEqual(readReply('gemini', single), whole, name)
      const step = bytes.length <= 1500 ? 1 : 499
      for (let at = 1; at < bytes.length; at += step) {
        assert.deepEqual(
          readReply('gemini', [bytes.subarray(0, at), bytes.subarray(at)]),
          whole,
          `${name}@${at}`,
        )
      }
    }
  })

  it('T28 streams that lack their last event are cut', () => {
    for (const [name, source] of streams) {
      const last = source.lastIndexOf('data: ')
      const cut = source.slice(0, last)
      if (cut === '' || cut.includes('"finishReason"')) continue
      const end = readReply('gemini', [cut]).at(-1)
      assert.deepEqual([end?.type, end?.type === 'error' ? end.native : ''], ['error', null], name)
    }
  })

  it('answers told again in this dialect are read to the same', () => {
    const plain = (events: readonly ReplyEvent[]): readonly unknown[] =>
      joined(events)
        .filter(({ type }) => !['start', 'unmapped', 'citation', 'usage'].includes(type))
        .sort((a, b) => a.type.localeCompare(b.type))
        // The dialect has no refusals; what explains one is text.
        .map((event) => (event.type === 'refusal' ? { ...event, type: 'text' } : event))
        .map((event) => ('reason' in event ? event.reason : event))
    for (const { reply, stream, name } of chats) {
      const events = readReply('gemini', [reply], stream)
      const writer = gemini.streamWriter(THOUGHTFUL)
      const told = events.map((event) => writer.write(event)).join('')
      assert.deepEqual(plain(readReply('gemini', [told])), plain(events), name)
      const body = JSON.stringify(gemini.wholeBody(events, THOUGHTFUL))
      assert.deepEqual(plain(readReply('gemini', [body], false)), plain(events), name)
    }
  })
})
