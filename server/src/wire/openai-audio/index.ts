/**
 * Speech out of text and text out of speech, as spoken by their vendor and by servers of open models. They go to
 * targets of the same dialect only. Sound is never read: what a request holds of it counts as unread. Nobody imports
 * it but the room's own index.
 */
import {
  type Arrival,
  type Call,
  CausewayError,
  type DialectWire,
  type ReadLimits,
} from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import { invalid, requiredText, text } from '../body/fields.ts'
import { formFields, withField } from '../body/form.ts'
import { forwardBody } from '../body/forward.ts'
import { MediaFinder } from '../body/media.ts'
import { openBody } from '../body/open.ts'
import { bytesRelay, relayedWire } from '../body/relayed.ts'
import { passthroughRelay } from '../passthrough/relay.ts'
import { revise } from './revise.ts'

const common = {
  dialect: 'openai-audio' as const,
  wantsUsage: true,
  tools: false,
  structured: false,
  outputTokens: 0,
  headers: [],
}

const readSpeech = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  requiredText(json, 'input')
  for (const name of ['instructions', 'response_format', 'stream_format']) text(json, name)
  return callOf(
    arrival,
    opened,
    { ...common, model: requiredText(json, 'model'), stream: true },
    new MediaFinder(),
  )
}

/** The fields of a form stand in the call as JSON, its files as media. */
const readForm = (arrival: Arrival, limits: ReadLimits): Call => {
  const { payload } = arrival
  if (payload === undefined) throw invalid('file', 'is missing')
  const { fields, files, heads } = formFields(payload)
  if (files.length === 0 && payload.rest === null) throw invalid('file', 'is missing')
  const texts = files.flatMap(({ text }) => text ?? [])
  const opened = openBody(
    Buffer.from(JSON.stringify({ ...fields, '(files)': texts, '(heads)': heads })),
    limits,
  )
  const media = new MediaFinder()
  for (const { name, mime } of files) media.inline(name, 'audio', '', mime)
  const model = requiredText(opened.json, 'model')
  const stream = opened.json['stream'] === 'true'
  return callOf(arrival, opened, { ...common, model, stream }, media)
}

export const openaiAudio: DialectWire = relayedWire({
  name: 'openai-audio',
  read: (body, arrival, limits) =>
    arrival.operation === 'transcribe' ? readForm(arrival, limits) : readSpeech(body, arrival, limits),
  forward: (call, options) => {
    if (call.payload !== null) {
      return { body: '', payload: withField(call.payload, 'model', options.model), dropped: [] }
    }
    return forwardBody(call, options, {
      set: new Map(),
      turn: () => ({ start: false, pinned: false }),
      maxTokens: [],
      leaveOut: null,
    })
  },
  relay: ({ operation }) => (operation === 'speech' ? bytesRelay() : passthroughRelay()),
  revise,
  path: (call) => {
    if (call.operation === 'speech') return '/audio/speech'
    if (call.operation === 'transcribe') return '/audio/transcriptions'
    throw new CausewayError('cannot_translate', `Audio has no operation "${call.operation}".`)
  },
})
