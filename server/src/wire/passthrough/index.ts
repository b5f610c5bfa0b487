/**
 * A request to a target that the client itself names, in whatever words: repeated there as it is, answered as it
 * comes. Its text is read like any other, so that what must not leave does not: JSON, forms and whatever is plain
 * text; the rest counts as unread. Nobody imports it but the room's own index.
 */
import { isUtf8 } from 'node:buffer'
import type { Arrival, Call, DialectWire, Payload, ReadLimits } from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import { formFields } from '../body/form.ts'
import { MediaFinder } from '../body/media.ts'
import { openBody } from '../body/open.ts'
import { relayedWire } from '../body/relayed.ts'
import { sentence } from '../body/sentence.ts'
import { errorBody } from '../openai-chat/errors.ts'
import { passthroughRelay } from './relay.ts'
import { revise } from './revise.ts'

const NOTHING = new TextEncoder().encode('{}')

/** An array or a bare value is read too, under one name; what is sent on is the client's own text. */
const asObject = (body: Uint8Array): Uint8Array => {
  const first = body.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
  if (first === 0x7b || first === 0xef) return body
  return Buffer.concat([Buffer.from('{"body":'), body, Buffer.from('}')])
}

/** What stands in the address is read like the body. */
const withQuery = (call: Call, query: string): Call =>
  query === '' ? call : Object.freeze({ ...call, json: Object.freeze({ ...call.json, '?': decoded(query) }) })

const decoded = (query: string): string => {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '))
  } catch {
    return query
  }
}

const jsonOf = (fields: object): Uint8Array => Buffer.from(JSON.stringify(fields))

/** What of a body that is no JSON can be read: a form's fields, or all of it where it is text. */
const textOf = (payload: Payload, media: MediaFinder): Uint8Array => {
  if (/^\s*multipart\/form-data/i.test(payload.type)) {
    const { fields, files, heads } = formFields(payload)
    const texts: string[] = []
    for (const { name, mime, text } of files) {
      if (text === null) media.inline(name, 'file', '', mime)
      else texts.push(text)
    }
    return jsonOf({ ...fields, '(files)': texts, '(heads)': heads })
  }
  if (isUtf8(payload.bytes) && !payload.bytes.includes(0)) {
    const text = Buffer.from(payload.bytes).toString('utf8')
    return jsonOf({ body: /urlencoded/i.test(payload.type) ? decoded(text) : text })
  }
  media.inline('body', 'file', '', payload.type)
  return NOTHING
}

const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const media = new MediaFinder()
  const { payload } = arrival
  const readable = payload === undefined ? body : textOf(payload, media)
  const opened = openBody(readable.length === 0 ? NOTHING : asObject(readable), limits)
  const facts = {
    dialect: 'passthrough' as const,
    model: arrival.path?.model ?? '',
    named: true,
    stream: true,
    wantsUsage: true,
    tools: false,
    structured: false,
    outputTokens: 0,
    headers: [],
  }
  const call = callOf(arrival, opened, facts, media)
  const source = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')
  return withQuery(Object.freeze({ ...call, source }), arrival.path?.query ?? '')
}

const relayed = relayedWire({
  name: 'passthrough',
  read,
  forward: (call) =>
    call.payload === null
      ? { body: call.source, dropped: [] }
      : { body: '', payload: call.payload, dropped: [] },
  relay: passthroughRelay,
  revise,
  path: (call) => call.verbatim?.path ?? '/',
})

export const passthrough: DialectWire = {
  ...relayed,
  /** Whoever calls speaks the target's own words, so code and message stand where SDKs of several vendors look for them. */
  errorBody: (fault) => ({ ...errorBody(fault), code: fault.code, message: sentence(fault) }),
}
