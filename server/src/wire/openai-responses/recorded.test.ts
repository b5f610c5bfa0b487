import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, it } from 'node:test'
import type { Json, JsonObject, ReplyEvent } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { openaiResponses } from './index.ts'
import { expandInput, outputItems, responseIn } from './stored.ts'
import { framesOf, joined, readReply, Schemas, skip, wireFolder, written } from './testing.fixture.ts'

/* Recorded traffic of many vendors, where it is at hand: CAUSEWAY_DATA names the folder that holds `wire/`. */

interface Recorded {
  readonly name: string
  readonly request: JsonObject | null
  readonly stream: boolean
  readonly reply: string
}

const LIMITS = { bodyBytes: 32 * 1024 * 1024, depth: 64, messages: 2000 }

/** Its source says that two of its lines are no JSON on purpose. */
const GARBLED = 'parallel-tool-call-wrapper.1.chunks.txt'

/** Some files hold the streams of a whole loop of calls, one behind the other. */
const isSeveral = (reply: string): boolean => (reply.match(/"type":"response\.created"/g) ?? []).length > 1

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const exchanges = (name: string, text: string): readonly Recorded[] => {
  const json = parsed(text)
  const all = isObject(json) ? json['interactions'] : null
  return (isList(all) ? all : []).flatMap((entry, index) => {
    const request = isObject(entry) ? entry['request'] : null
    const response = isObject(entry) ? entry['response'] : null
    if (!isObject(request) || !isObject(response) || response['status'] !== 200) return []
    if (!String(request['url']).split('?')[0]?.endsWith('/responses') || !isObject(request['body'])) return []
    const said = response['bodyText']
    return [
      {
        name: `${name}#${index}`,
        request: request['body'],
        stream: typeof said === 'string',
        reply: typeof said === 'string' ? said : JSON.stringify(response['body']),
      },
    ]
  })
}

const recordedIn = (file: string): readonly Recorded[] => {
  const name = basename(file)
  if (/vercel-ai.responses--.*\.chunks\.txt$/.test(file)) {
    const lines = readFileSync(file, 'utf8').split('\n')
    const frames = lines.flatMap((line) => (line.trim() === '' ? [] : [`data: ${line}\n\n`]))
    return [{ name, request: null, stream: true, reply: frames.join('') }]
  }
  if (/vercel-ai.responses--.*\d\.json$/.test(file)) {
    return [{ name, request: null, stream: false, reply: readFileSync(file, 'utf8') }]
  }
  return file.endsWith('.json') ? exchanges(name, readFileSync(file, 'utf8')) : []
}

const recorded: readonly Recorded[] =
  skip === false
    ? readdirSync(wireFolder, { recursive: true, encoding: 'utf8' })
        .filter((name) => !name.startsWith('_'))
        .flatMap((name) => (/\.(json|txt)$/.test(name) ? recordedIn(join(wireFolder, name)) : []))
        .filter(({ name, reply }) => !name.endsWith(GARBLED) && !isSeveral(reply))
    : []
const streams = recorded.filter(({ stream }) => stream)

const textOf = (events: readonly ReplyEvent[], type: 'text' | 'reasoning' | 'refusal'): string =>
  events.map((event) => (event.type === type ? event.delta : '')).join('')

const callsOf = (events: readonly ReplyEvent[]): readonly string[] => {
  const calls: string[] = []
  for (const event of events) {
    if (event.type !== 'tool') continue
    calls[event.index] = (calls[event.index] ?? `${event.id} ${event.name} `) + event.delta
  }
  return calls
}

const responseOf = ({ stream, reply }: Recorded): JsonObject | null => responseIn([reply], stream)

/** All texts of one sort in a response’s output, by their own names. */
const textsIn = (value: Json | undefined, type: string): string => {
  if (isList(value)) return value.map((item) => textsIn(item, type)).join('')
  if (!isObject(value)) return ''
  if (value['type'] === type && typeof value['text'] === 'string') return value['text']
  return Object.values(value)
    .map((member) => textsIn(member, type))
    .join('')
}

describe('recorded responses', { skip }, () => {
  it('are there', () => {
    assert.ok(recorded.length > 180, String(recorded.length))
    assert.ok(streams.length > 40, String(streams.length))
  })

  it('are read to exactly one end, with every text and call that they finished with', () => {
    for (const one of recorded) {
      const events = readReply([one.reply], one.stream)
      const terminals = events.filter((event) => event.type === 'end' || event.type === 'error')
      assert.equal(terminals.length, 1, one.name)
      assert.equal(terminals[0], events.at(-1), one.name)
      const response = responseOf(one)
      if (response === null || terminals[0]?.type === 'error') continue
      const output = response['output']
      if (!isList(output) || output.length === 0) continue
      assert.equal(textOf(events, 'text'), textsIn(output, 'output_text'), one.name)
      const calls = output.filter(
        (item) => isObject(item) && /^(function|custom_tool)_call$/.test(String(item['type'])),
      )
      assert.equal(callsOf(events).length, calls.length, one.name)
      const sealed = output.filter(
        (item) => isObject(item) && item['type'] === 'reasoning' && item['encrypted_content'],
      )
      assert.equal(events.filter((event) => event.type === 'signature').length, sealed.length, one.name)
    }
  })

  it('T51 streams are the same byte by byte, and cut in two', () => {
    for (const { name, reply } of streams) {
      const bytes = Buffer.from(
        reply.replace(/"(instructions|tools)":("(?:[^"\\]|\\.)*"|\[.*?\])/g, '"$1":null'),
      )
      const whole = JSON.stringify(readReply([bytes]))
      const step = Math.max(1, Math.floor(bytes.length / 8))
      for (let at = 1; at < bytes.length; at += step) {
        const events = readReply([bytes.subarray(0, at), bytes.subarray(at)])
        assert.equal(JSON.stringify(events), whole, `${name} split at ${at}`)
      }
      const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))
      assert.equal(JSON.stringify(readReply(single)), whole, `${name} byte by byte`)
    }
  })

  it('say the same when they are told again, and hold to the published schema', () => {
    const schemas = new Schemas()
    for (const { name, stream, reply } of recorded) {
      const events = readReply([reply], stream)
      if (events.at(-1)?.type !== 'end') continue
      const told = written(events)
      const again = readReply([told])
      for (const type of ['text', 'reasoning', 'refusal'] as const) {
        assert.equal(textOf(again, type), textOf(events, type), `${name} ${type}`)
      }
      assert.deepEqual(
        callsOf(again).map((call) => call.replace(/ $/, ' {}')),
        callsOf(events).map((call) => call.replace(/ $/, ' {}')),
        name,
      )
      const seals = (list: readonly ReplyEvent[]) =>
        list.flatMap((event) => (event.type === 'signature' ? [event.value] : []))
      assert.deepEqual(seals(again), seals(events), name)
      assert.deepEqual(joined(again).at(-1)?.type, 'end', name)
      if (events.some((event) => event.type === 'media')) continue
      for (const frame of framesOf(told)) {
        const known =
          /custom_tool_call/.test(JSON.stringify(frame)) || /file_citation/.test(JSON.stringify(frame))
        if (!known) assert.deepEqual(schemas.event(frame), [], `${name} ${String(frame['type'])}`)
      }
    }
  })

  it('requests are read, forwarded unchanged and go on from each other', () => {
    let read = 0
    for (const { name, request } of recorded) {
      if (request === null || request['background'] === true) continue
      const { previous_response_id: _, ...own } = request
      const source = JSON.stringify({ ...own, store: false })
      const call = openaiResponses.read(
        Buffer.from(source),
        { id: 'cw', operation: 'chat', headers: {} },
        LIMITS,
      )
      const { body, dropped } = openaiResponses.forward(call, {
        model: String(request['model']),
        askUsage: false,
        fit: null,
        foreign: new Set(),
        quirks: {
          maxTokensField: 'max_tokens',
          streamUsage: true,
          unsupported: [],
          developerRole: true,
          reasoningField: null,
          thinkingSwitch: null,
          toolIds: 'any',
          cacheMarks: 'none',
          encryptedReasoning: false,
        },
      })
      assert.equal(body, source, name)
      assert.deepEqual(dropped, [], name)
      read += 1
    }
    assert.ok(read > 100, String(read))
  })

  it('an output can be input again', () => {
    for (const one of recorded) {
      const response = responseOf(one)
      const items = response === null ? [] : outputItems(response)
      if (items.length === 0) continue
      const source = expandInput('{"model":"m","input":"go on"}', items)
      const call = openaiResponses.read(
        Buffer.from(source),
        { id: 'cw', operation: 'chat', headers: {} },
        LIMITS,
      )
      const input = call.json['input']
      assert.deepEqual(isList(input) && input.slice(0, -1), items, one.name)
    }
  })
})
