/**
 * Making of pictures, as spoken by its vendor and by several servers of open models. It goes to targets of the same
 * dialect only. Nobody imports it but the room's own index.
 */
import type { Arrival, Call, DialectWire, Json, ReadLimits } from '../../domain/index.ts'
import { callOf } from '../body/call.ts'
import { flag, isList, isObject, positiveInteger, requiredText, text } from '../body/fields.ts'
import { forwardBody } from '../body/forward.ts'
import { MediaFinder, stringAt } from '../body/media.ts'
import { openBody } from '../body/open.ts'
import { relayedWire } from '../body/relayed.ts'
import { errorEvent } from '../openai-chat/errors.ts'
import { imagesRelay } from './relay.ts'
import { revise } from './revise.ts'

/** Pictures to begin from, where the request holds any as URLs. */
const findImages = (value: Json | undefined, path: string, media: MediaFinder): void => {
  if (typeof value === 'string' && /^(?:data:|https?:)/i.test(value)) media.url(path, 'image', value)
  else if (isList(value)) {
    value.forEach((item, index) => {
      findImages(item, `${path}[${index}]`, media)
    })
  } else if (isObject(value))
    findImages(stringAt(value, 'image_url') ?? undefined, `${path}.image_url`, media)
}

const read = (body: Uint8Array, arrival: Arrival, limits: ReadLimits): Call => {
  const opened = openBody(body, limits)
  const { json } = opened
  requiredText(json, 'prompt')
  positiveInteger(json, 'n')
  for (const name of ['size', 'quality', 'style', 'response_format', 'user']) text(json, name)
  const media = new MediaFinder()
  for (const name of ['image', 'images', 'mask']) findImages(json[name], name, media)
  const facts = {
    dialect: 'openai-images' as const,
    model: requiredText(json, 'model'),
    stream: flag(json, 'stream') ?? false,
    wantsUsage: true,
    tools: false,
    structured: false,
    outputTokens: 0,
    headers: [],
  }
  return callOf(arrival, opened, facts, media)
}

export const openaiImages: DialectWire = {
  ...relayedWire({
    name: 'openai-images',
    read,
    forward: (call, options) =>
      forwardBody(call, options, {
        set: new Map(),
        turn: () => ({ start: false, pinned: false }),
        maxTokens: [],
        leaveOut: null,
      }),
    relay: imagesRelay,
    revise,
    path: () => '/images/generations',
  }),
  errorEvent,
}
