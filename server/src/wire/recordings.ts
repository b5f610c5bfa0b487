import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Dialect, JsonObject, Operation } from '../domain/index.ts'
import { isList, isObject } from './body/fields.ts'
import { parseObject } from './stream/json.ts'

/*
 * Recorded traffic of many vendors as the tests of this room replay it. Its folder's README describes the layout;
 * what a recording lacks of its framing (`data:` lines, a terminal marker) is put back here.
 */

/** One reply as an upstream of its dialect sends it. */
export interface Recording {
  readonly name: string
  readonly dialect: Dialect
  readonly stream: boolean
  readonly bytes: Buffer
}

/** A whole exchange. */
export interface Exchange {
  readonly name: string
  readonly dialect: Dialect
  readonly operation: Operation
  readonly request: JsonObject
  readonly status: number
  readonly reply: Buffer
  readonly stream: boolean
}

const ENDINGS: readonly (readonly [RegExp, Dialect, Operation])[] = [
  [/\/chat\/completions$/, 'openai-chat', 'chat'],
  [/\/v1\/embeddings$/, 'openai-embeddings', 'embed'],
  [/\/responses$/, 'openai-responses', 'chat'],
  [/\/v1\/messages$/, 'anthropic-messages', 'chat'],
  [/\/v1\/messages\/count_tokens$/, 'anthropic-messages', 'count'],
  [/:(?:streamG|g)enerateContent$/, 'gemini', 'chat'],
  [/\/converse(?:-stream)?$/, 'bedrock-converse', 'chat'],
  [/\/api\/chat$/, 'ollama', 'chat'],
]

const kindOf = (url: string): readonly [Dialect, Operation] | null => {
  const path = url.split('?')[0] ?? ''
  const found = ENDINGS.find(([ending]) => ending.test(path))
  return found === undefined ? null : [found[1], found[2]]
}

const files = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('_specs') && !name.startsWith('LICENSES'))
    .map((name) => join(root, name))
    .sort()

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const replyOf = (response: JsonObject): Buffer => {
  const { bodyText, bodyBase64, body } = response
  if (typeof bodyBase64 === 'string') return Buffer.from(bodyBase64, 'base64')
  return Buffer.from(typeof bodyText === 'string' ? bodyText : JSON.stringify(body ?? null))
}

const exchangesIn = (file: string, json: JsonObject): readonly Exchange[] => {
  const { interactions } = json
  return (isList(interactions) ? interactions : []).flatMap((interaction, index) => {
    if (!isObject(interaction)) return []
    const { request, response } = interaction
    if (!isObject(request) || !isObject(response) || !isObject(request['body'])) return []
    const url = String(request['url'])
    const kind = kindOf(url)
    if (kind === null) return []
    const whole = response['bodyText'] === undefined && response['bodyBase64'] === undefined
    return [
      {
        name: `${basename(file)}#${index}`,
        dialect: kind[0],
        operation: kind[1],
        request: request['body'],
        status: Number(response['status']),
        reply: replyOf(response),
        stream: !whole && (request['body']['stream'] === true || /stream/i.test(url.split('?')[0] ?? '')),
      },
    ]
  })
}

/** Every recorded exchange of a dialect that we know. */
export const exchangesOf = (root: string): readonly Exchange[] =>
  files(root)
    .filter((file) => file.endsWith('.json') && !file.includes('/_golden'))
    .flatMap((file) => {
      const json = parsed(readFileSync(file, 'utf8'))
      return isObject(json) ? exchangesIn(file, json) : []
    })

const CONVERSE_EVENTS = /^(?:messageStart|contentBlock(?:Start|Delta|Stop)|messageStop)$/

/** The dialect that a reply, or an event of one, is in by its looks; null where it is none that we know. */
const looksOf = (json: unknown): Dialect | null => {
  if (!isObject(json)) return null
  const { object, type } = json
  if (object === 'chat.completion' || object === 'chat.completion.chunk') return 'openai-chat'
  if (isList(json['choices']) && json['choices'].some((one) => isObject(one) && isObject(one['message'])))
    return 'openai-chat'
  if (object === 'response' || (typeof type === 'string' && type.startsWith('response.')))
    return 'openai-responses'
  if (type === 'message' || type === 'message_start') return 'anthropic-messages'
  if (isList(json['candidates']) || isObject(json['promptFeedback'])) return 'gemini'
  if (isObject(json['output']) && typeof json['stopReason'] === 'string') return 'bedrock-converse'
  if (Object.keys(json).some((name) => CONVERSE_EVENTS.test(name))) return 'bedrock-converse'
  return typeof json['done'] === 'boolean' && isObject(json['message']) ? 'ollama' : null
}

const header = (name: string, value: string): Buffer =>
  Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([7, Buffer.byteLength(value) >> 8, Buffer.byteLength(value) & 0xff]),
    Buffer.from(value),
  ])

const checked = (bytes: Buffer): Buffer => {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return Buffer.concat([bytes, sum])
}

/** An event in the binary framing of its vendor. */
const binaryFrame = (json: JsonObject): Buffer => {
  const [type = ''] = Object.keys(json)
  const payload = Buffer.from(JSON.stringify(json[type]))
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ])
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(8 + 4 + headers.length + payload.length + 4, 0)
  lengths.writeUInt32BE(headers.length, 4)
  return checked(Buffer.concat([checked(lengths), headers, payload]))
}

const framed = (dialect: Dialect, lines: readonly string[]): Buffer => {
  switch (dialect) {
    case 'bedrock-converse':
      return Buffer.concat(
        lines
          .map(parseObject)
          .filter((one) => one !== null)
          .map(binaryFrame),
      )
    case 'ollama':
      return Buffer.from(lines.map((line) => `${line}\n`).join(''))
    case 'anthropic-messages':
    case 'openai-responses':
      return Buffer.from(
        lines.map((line) => `event: ${String(parseObject(line)?.['type'])}\ndata: ${line}\n\n`).join(''),
      )
    case 'openai-chat':
      return Buffer.from(`${lines.map((line) => `data: ${line}\n\n`).join('')}data: [DONE]\n\n`)
    default:
      return Buffer.from(lines.map((line) => `data: ${line}\n\n`).join(''))
  }
}

const ofLines = (name: string, lines: readonly string[]): readonly Recording[] => {
  const dialect = lines.map((line) => looksOf(parsed(line))).find((one) => one !== null)
  if (dialect === undefined || dialect === null) return []
  return [{ name, dialect, stream: true, bytes: framed(dialect, lines) }]
}

const ofWhole = (name: string, json: unknown, text: string): readonly Recording[] => {
  const dialect = looksOf(json)
  if (dialect === null || !isObject(json) || json['object'] === 'chat.completion.chunk') return []
  // One line of a stream, shown by itself.
  if (json['done'] === false) return []
  return [{ name, dialect, stream: false, bytes: Buffer.from(text) }]
}

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/).filter((line) => line !== '')

/** Scripts of one vendor's own client: a method and what it answered, one a line. */
const ofScript = (file: string, text: string): readonly Recording[] =>
  linesOf(text).flatMap((line, index) => {
    const said = parseObject(line)
    const name = `${basename(file)}#${index}`
    const response = said?.['response']
    if (isList(response)) {
      return ofLines(
        name,
        response.map((one) => JSON.stringify(one)),
      )
    }
    return ofWhole(name, response, JSON.stringify(response ?? null))
  })

const ofEvents = (name: string, text: string): readonly Recording[] => {
  const data = linesOf(text).filter((line) => line.startsWith('data:'))
  const dialect = data.map((line) => looksOf(parsed(line.slice(5)))).find((one) => one !== null)
  if (dialect === undefined || dialect === null) return []
  return [{ name, dialect, stream: true, bytes: Buffer.from(text) }]
}

const recordingsIn = (file: string): readonly Recording[] => {
  const name = file.split('/').slice(-3).join('/')
  if (file.endsWith('.bin')) {
    return [{ name, dialect: 'bedrock-converse', stream: true, bytes: readFileSync(file) }]
  }
  if (!/\.(?:json|jsonl|ndjson|txt|sse|responses)$/.test(file) || file.includes('/requests/')) return []
  const text = readFileSync(file, 'utf8')
  if (file.endsWith('.chunks.txt') || file.endsWith('.ndjson')) return ofLines(name, linesOf(text))
  if (file.includes('/gemini-cli/')) return ofScript(file, text)
  const json = parsed(text)
  if (json === null) return ofEvents(name, text)
  if (isList(json)) {
    const pieces = json.filter((one) => isObject(one) && one['object'] === 'chat.completion.chunk')
    return pieces.length === 0
      ? json.flatMap((one, index) => ofWhole(`${name}#${index}`, one, JSON.stringify(one)))
      : ofLines(
          name,
          pieces.map((one) => JSON.stringify(one)),
        )
  }
  return isObject(json) && json['interactions'] !== undefined ? [] : ofWhole(name, json, text)
}

/** Every recorded reply: those of the exchanges that went well, and those that stand by themselves. */
export const recordingsOf = (root: string): readonly Recording[] => [
  ...exchangesOf(root)
    .filter(({ status, operation }) => status === 200 && operation === 'chat')
    .map(({ name, dialect, stream, reply }) => ({ name, dialect, stream, bytes: reply })),
  ...files(root)
    .filter((file) => /\.[a-z]+$/.test(basename(file)))
    .flatMap(recordingsIn),
]

/** The JSON values that a reply consists of, whatever its framing. */
export const unitsOf = ({ dialect, stream, bytes }: Recording): readonly JsonObject[] => {
  if (!stream) return [parseObject(bytes.toString('utf8'))].filter((one) => one !== null)
  if (dialect === 'bedrock-converse') return binaryUnits(bytes)
  const text = bytes.toString('utf8').trim()
  const lines =
    dialect === 'ollama' ? linesOf(text) : linesOf(text).filter((line) => line.startsWith('data:'))
  const units = lines.map((line) => parseObject(line.replace(/^data:/, ''))).filter((one) => one !== null)
  if (units.length > 0) return units
  const json = parsed(text)
  return (isList(json) ? json : [json]).filter(isObject)
}

const binaryUnits = (bytes: Buffer): readonly JsonObject[] => {
  const units: JsonObject[] = []
  for (let at = 0; at + 16 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (length < 16 || at + length > bytes.length) break
    const from = at + 12 + bytes.readUInt32BE(at + 4)
    const type =
      /:event-type\x07..([A-Za-z]+)/s.exec(bytes.toString('latin1', at + 12, from))?.[1] ?? 'exception'
    const payload = parseObject(bytes.toString('utf8', from, at + length - 4))
    if (payload !== null) units.push({ [type]: payload })
    at += length
  }
  return units
}
