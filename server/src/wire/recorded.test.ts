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
} from '../domain/index.ts'
import { wireOf } from './index.ts'
import { readReply, relayed, terminals, WRITE } from './testing.ts'

/*
 * Recorded traffic of many vendors, where it is at hand: CAUSEWAY_DATA names the folder that holds `wire/`.
 * Its layout is described in its README. Without it these tests are skipped, visibly.
 */
const folder = process.env['CAUSEWAY_DATA']
const skip = folder === undefined ? 'CAUSEWAY_DATA is not set' : false
const LIMITS = { bodyBytes: 32 * 1024 * 1024, depth: 64, messages: 2000 }

interface Exchange {
  readonly name: string
  readonly dialect: Dialect
  readonly operation: Operation
  readonly request: JsonObject
  readonly status: number
  readonly reply: string
  readonly stream: boolean
}

const kindOf = (url: string): readonly [Dialect, Operation] | null => {
  const path = url.split('?')[0] ?? ''
  if (path.endsWith('/chat/completions')) return ['openai-chat', 'chat']
  if (path.endsWith('/v1/embeddings')) return ['openai-embeddings', 'embed']
  if (path.endsWith('/v1/messages')) return ['anthropic-messages', 'chat']
  return path.endsWith('/v1/messages/count_tokens') ? ['anthropic-messages', 'count'] : null
}

const files = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('_'))
    .map((name) => join(root, name))

const exchangesOf = (file: string): readonly Exchange[] => {
  const json = JSON.parse(readFileSync(file, 'utf8'))
  return (json.interactions ?? []).flatMap(
    (
      {
        request,
        response,
      }: { request: Record<string, JsonObject>; response: Record<string, string | number> },
      index: number,
    ) => {
      const kind = kindOf(String(request['url']))
      const body = request['body']
      if (kind === null || typeof body !== 'object' || response['bodyBase64'] !== undefined) return []
      const text = response['bodyText']
      return [
        {
          name: `${basename(file)}#${index}`,
          dialect: kind[0],
          operation: kind[1],
          request: body,
          status: Number(response['status']),
          reply: typeof text === 'string' ? text : JSON.stringify(response['body']),
          stream: body['stream'] === true && typeof text === 'string',
        },
      ]
    },
  )
}

const wireFolder = join(folder ?? '.', 'wire')
const exchanges =
  skip === false
    ? files(wireFolder)
        .filter((file) => file.endsWith('.json'))
        .flatMap((file) => {
          try {
            return exchangesOf(file)
          } catch (thrown) {
            if (thrown instanceof SyntaxError) return []
            throw thrown
          }
        })
    : []

const read = (exchange: Exchange, source = JSON.stringify(exchange.request)) =>
  wireOf(exchange.dialect).read(
    Buffer.from(source),
    { id: 'cw_test', operation: exchange.operation, headers: {} },
    LIMITS,
  )

const oneTerminal = (events: readonly ReplyEvent[], name: string): ReplyEvent | undefined => {
  assert.equal(terminals(events).length, 1, name)
  assert.deepEqual(terminals(events)[0], events.at(-1), name)
  return events.at(-1)
}

/** Requests that their own vendor answered with 400, recorded for that. */
const accepted = exchanges.filter((exchange) => exchange.status === 200)

describe('recorded traffic', { skip }, () => {
  it('is there', () => {
    const count = (dialect: Dialect) => accepted.filter((exchange) => exchange.dialect === dialect).length
    assert.ok(count('openai-chat') > 100, `${count('openai-chat')} of Chat Completions`)
    assert.ok(count('anthropic-messages') > 80, `${count('anthropic-messages')} of Messages`)
    assert.ok(count('openai-embeddings') > 3, `${count('openai-embeddings')} of embeddings`)
  })

  it('requests are read and forwarded with nothing changed but the model', () => {
    for (const exchange of accepted) {
      const written = wireOf(exchange.dialect).forward(read(exchange), {
        model: 'other',
        askUsage: false,
        fit: null,
        rename: {},
        without: [],
      })
      assert.deepEqual(JSON.parse(written.body), { ...exchange.request, model: 'other' }, exchange.name)
      assert.deepEqual(written.dropped, [], exchange.name)
    }
  })

  it('requests are translated or refused with a reason, never lost', () => {
    let translated = 0
    for (const exchange of accepted) {
      if (exchange.operation !== 'chat') continue
      const to: Dialect = exchange.dialect === 'openai-chat' ? 'anthropic-messages' : 'openai-chat'
      try {
        const written = wireOf(to).write(wireOf(exchange.dialect).conversation(read(exchange)), WRITE)
        wireOf(to).read(Buffer.from(written.body), { id: 'x', operation: 'chat', headers: {} }, LIMITS)
        assert.doesNotMatch(written.body, /"type":"text","text":""/, exchange.name)
        translated += 1
      } catch (thrown) {
        assert.ok(thrown instanceof CausewayError, `${exchange.name}: ${String(thrown)}`)
        assert.ok(
          ['cannot_translate', 'invalid_request'].includes(thrown.fault.code),
          `${exchange.name}: ${thrown.message}`,
        )
        assert.notEqual(thrown.fault.field, null, exchange.name)
      }
    }
    assert.ok(translated > 150, `${translated} were translated`)
  })

  it('replies are read to exactly one end', () => {
    for (const exchange of accepted) {
      if (exchange.operation !== 'chat') continue
      const last = oneTerminal(readReply(exchange.dialect, [exchange.reply], exchange.stream), exchange.name)
      const failed = /"error":\s*\{/.test(exchange.reply.slice(-4000)) && exchange.stream
      assert.equal(last?.type, failed ? 'error' : 'end', `${exchange.name}: ${JSON.stringify(last)}`)
    }
  })

  it('replies are relayed as they came, complete, with their usage', () => {
    for (const exchange of accepted) {
      const relay = wireOf(exchange.dialect).relay({ stream: exchange.stream, hideUsage: false })
      const bytes = Buffer.from(exchange.reply)
      const chunks: Buffer[] = []
      for (let from = 0; from < bytes.length; from += 700) chunks.push(bytes.subarray(from, from + 700))
      const { during, rest, complete } = relayed(relay, chunks)
      assert.equal(during + rest, exchange.reply, exchange.name)
      assert.equal(complete, relay.fault() === null, exchange.name)
      if (exchange.operation === 'chat' && /"usage":\s*\{/.test(exchange.reply))
        assert.notEqual(relay.usage(), null, exchange.name)
    }
  })

  it('streams told in the other dialect are read there to the same text', () => {
    for (const exchange of accepted) {
      if (exchange.operation !== 'chat' || !exchange.stream) continue
      const events = readReply(exchange.dialect, [exchange.reply])
      const to: Dialect = exchange.dialect === 'openai-chat' ? 'anthropic-messages' : 'openai-chat'
      const writer = wireOf(to).streamWriter({ model: 'm', id: 'i', created: 1, wantsUsage: true })
      const told = events.map((event) => writer.write(event)).join('')
      const again = readReply(to, [told])
      const text = (all: readonly ReplyEvent[]) =>
        all.map((event) => (event.type === 'text' || event.type === 'refusal' ? event.delta : '')).join('')
      const tools = (all: readonly ReplyEvent[]) =>
        all.flatMap((event) => (event.type === 'tool' && event.id !== null ? [event.name] : []))
      assert.equal(text(again), text(events), exchange.name)
      assert.deepEqual(tools(again), tools(events), exchange.name)
      assert.equal(oneTerminal(again, exchange.name)?.type, events.at(-1)?.type, exchange.name)
    }
  })

  it('chunks without their frames, and damaged streams, are read to exactly one end', () => {
    let seen = 0
    for (const file of files(wireFolder)) {
      const name = basename(file)
      const text = (): string => readFileSync(file, 'utf8')
      const lines = (): readonly string[] =>
        text()
          .split('\n')
          .filter((line) => line !== '')
      if (file.includes('/anthropic/') && name.endsWith('.chunks.txt')) {
        const last = oneTerminal(
          readReply('anthropic-messages', [
            lines()
              .map((line) => `data: ${line}\n\n`)
              .join(''),
          ]),
          name,
        )
        if (!name.startsWith('spliced')) assert.equal(last?.type, 'end', name)
      } else if (file.includes('/anthropic-sdk-typescript/')) {
        const last = oneTerminal(readReply('anthropic-messages', [text()]), name)
        assert.equal(last?.type, name.startsWith('incomplete') ? last?.type : 'end', name)
      } else if (name.endsWith('.chunks.txt') && lines()[0]?.includes('chat.completion.chunk') === true) {
        const stream = `${lines()
          .map((line) => `data: ${line}\n\n`)
          .join('')}data: [DONE]\n\n`
        assert.equal(oneTerminal(readReply('openai-chat', [stream]), name)?.type, 'end', name)
      } else continue
      seen += 1
    }
    assert.ok(seen > 30, `${seen} streams were read`)
  })
})
