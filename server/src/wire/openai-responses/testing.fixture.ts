import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AnswerOptions,
  type Arrival,
  type Call,
  CausewayError,
  type Conversation,
  type Fault,
  type Json,
  type JsonObject,
  PLAIN_QUIRKS,
  type Quirks,
  type ReplyEvent,
  type WriteOptions,
} from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { openaiResponses } from './index.ts'

/* What the tests of this dialect share. */

const LIMITS = { bodyBytes: 1024 * 1024, depth: 64, messages: 50 }

export const SEALING: Quirks = { ...PLAIN_QUIRKS, encryptedReasoning: true }

export const request = (more: JsonObject = {}): JsonObject => ({ model: 'm', input: 'Hello', ...more })

export const readText = (source: string, operation: Arrival['operation'] = 'chat'): Call =>
  openaiResponses.read(Buffer.from(source), { id: 'cw_test', operation, headers: {} }, LIMITS)

export const readJson = (json: JsonObject): Call => readText(JSON.stringify(json))

export const talk = (more: JsonObject): Conversation => openaiResponses.conversation(readJson(request(more)))

export const faultOfAct = (act: () => unknown): Fault => {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof CausewayError) return thrown.fault
    throw thrown
  }
  throw new Error('nothing was thrown')
}

export const WRITE: WriteOptions = {
  model: 'up',
  fit: null,
  askUsage: true,
  maxTokens: 4096,
  quirks: PLAIN_QUIRKS,
}

export const readReply = (chunks: readonly (string | Uint8Array)[], stream = true): ReplyEvent[] => {
  const events: ReplyEvent[] = []
  const reader = openaiResponses.reader({ stream }, (event) => events.push(event))
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  reader.end()
  return events
}

/** Neighbouring pieces of one text joined, so that only what was said is compared, not how it was cut. */
export const joined = (events: readonly ReplyEvent[]): ReplyEvent[] => {
  const out: ReplyEvent[] = []
  for (const event of events) {
    const last = out.at(-1)
    if (last?.type === 'text' && event.type === 'text') {
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    } else if (last?.type === 'refusal' && event.type === 'refusal') {
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    } else if (last?.type === 'reasoning' && event.type === 'reasoning') {
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    } else if (
      last?.type === 'tool' &&
      event.type === 'tool' &&
      event.id === null &&
      last.index === event.index
    ) {
      out[out.length - 1] = { ...last, delta: last.delta + event.delta }
    } else out.push(event)
  }
  return out
}

/** Events as this dialect frames them. */
export const stream = (events: readonly JsonObject[]): string =>
  events.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`).join('')

export const answering = (more: JsonObject = {}, json: JsonObject = {}): AnswerOptions => ({
  model: 'asked',
  id: 'cw_test',
  created: 1_700_000_000,
  call: readJson(request({ ...more, ...json })),
})

/** The events of a stream of ours, parsed. */
export const framesOf = (text: string): JsonObject[] =>
  text
    .split('\n\n')
    .flatMap((frame) => frame.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => JSON.parse(line.slice('data: '.length)))

export const written = (events: readonly ReplyEvent[], more: JsonObject = {}): string => {
  const writer = openaiResponses.streamWriter(answering(more))
  return events.map((event) => writer.write(event)).join('')
}

export const END: Extract<ReplyEvent, { type: 'end' }> = {
  type: 'end',
  reason: 'stop',
  native: 'stop',
  stopSequence: null,
}
export const START: ReplyEvent = { type: 'start', id: 'x', model: 'up' }

/* Items of a conversation. */

export const user = (text: string): JsonObject => ({ type: 'message', role: 'user', content: text })
export const thought = (encrypted: string | null): JsonObject => ({
  type: 'reasoning',
  id: 'rs_1',
  summary: [{ type: 'summary_text', text: 'hm' }],
  ...(encrypted === null ? {} : { encrypted_content: encrypted }),
})
export const call = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 'function_call',
  id: `fc_${id}`,
  call_id: id,
  name: 'f',
  arguments: '{}',
  ...more,
})
export const output = (id: string, said: Json = 'ok'): JsonObject => ({
  type: 'function_call_output',
  call_id: id,
  output: said,
})

/** Recorded traffic and specifications, where they are at hand. */
const folder = process.env['CAUSEWAY_DATA']
export const skip = folder === undefined ? 'CAUSEWAY_DATA is not set' : false
export const wireFolder = join(folder ?? '.', 'wire')

interface Specification {
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> }
}

/** What of a JSON Schema the published description uses. An empty list means that the value is as described. */
export class Schemas {
  readonly #schemas: Readonly<Record<string, JsonObject>>

  constructor() {
    const file = join(wireFolder, '_specs/openresponses/openapi.2026-04-24.json')
    const text = readFileSync(file, 'utf8')
    const specification: Specification = JSON.parse(text)
    this.#schemas = specification.components.schemas
  }

  named(name: string, value: Json): readonly string[] {
    const schema = this.#schemas[name]
    return schema === undefined ? [`no schema ${name}`] : this.check(schema, value, name)
  }

  /** By an event's `type`. */
  event(event: JsonObject): readonly string[] {
    for (const [name, schema] of Object.entries(this.#schemas)) {
      const properties = schema['properties']
      const type = isObject(properties) ? properties['type'] : null
      const types = isObject(type) ? type['enum'] : null
      if (!name.endsWith('StreamingEvent') || !isList(types) || types[0] !== event['type']) continue
      return this.check(schema, event, name)
    }
    return [`no event ${String(event['type'])}`]
  }

  check(schema: JsonObject, value: Json | undefined, path: string): readonly string[] {
    const reference = schema['$ref']
    if (typeof reference === 'string') {
      const schemaOf = this.#schemas[reference.split('/').at(-1) ?? '']
      return schemaOf === undefined ? [`${path}: ${reference}`] : this.check(schemaOf, value, path)
    }
    for (const word of ['oneOf', 'anyOf']) {
      const choices = schema[word]
      if (!isList(choices)) continue
      const faults = choices.map((choice) => (isObject(choice) ? this.check(choice, value, path) : []))
      if (!faults.some((list) => list.length === 0)) return [`${path}: none of ${word}`, ...(faults[0] ?? [])]
    }
    const all = isList(schema['allOf']) ? schema['allOf'] : []
    return [
      ...all.flatMap((part) => (isObject(part) ? this.check(part, value, path) : [])),
      ...this.#plain(schema, value, path),
    ]
  }

  #plain(schema: JsonObject, value: Json | undefined, path: string): readonly string[] {
    const type = schema['type']
    if (typeof type === 'string' && !isOf(type, value)) return [`${path}: is no ${type}`]
    const values = schema['enum']
    if (isList(values) && value !== undefined && !values.includes(value)) return [`${path}: not of the enum`]
    const faults: string[] = []
    if (isObject(value)) {
      for (const name of isList(schema['required']) ? schema['required'] : []) {
        if (typeof name === 'string' && value[name] === undefined) faults.push(`${path}.${name}: is missing`)
      }
      const properties = isObject(schema['properties']) ? schema['properties'] : {}
      for (const [name, inner] of Object.entries(properties)) {
        if (isObject(inner) && value[name] !== undefined) {
          faults.push(...this.check(inner, value[name], `${path}.${name}`))
        }
      }
    }
    const items = schema['items']
    if (isList(value) && isObject(items)) {
      value.forEach((item, index) => {
        faults.push(...this.check(items, item, `${path}[${index}]`))
      })
    }
    return faults
  }
}

const isOf = (type: string, value: Json | undefined): boolean => {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return isList(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
