import type { Json, Reviser, Revision } from '../../domain/index.ts'
import { parseExact } from '../../lib/index.ts'
import { isObject } from '../body/fields.ts'
import { type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'
import { everyText } from '../stream/texts.ts'

/** Bytes of a JSON answer that are held to be read whole; a larger one goes on unread. */
const MOST = 8 * 1024 * 1024

const NONE: ReadonlySet<string> = new Set()

const parsed = (text: string): Json | undefined => {
  try {
    const value: unknown = parseExact(text)
    return value === undefined ? undefined : isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isJson = (value: unknown): value is Json => value !== undefined

/** Each event by itself: what its words belong to is known to the client and the target only. */
const byEvent = (options: ReviseOptions, reviser: Reviser): Revision =>
  revisionOf(
    {
      event: (json, say) => {
        const said = everyText(json, 'event', NONE, say)
        return isObject(said) ? said : json
      },
      over: () => true,
      piece: (_channel, like) => like,
      whole: (json) => json,
    },
    options,
    reviser,
  )

const inOnePiece = (reviser: Reviser): Revision => {
  let held: Uint8Array[] | null = []
  let size = 0
  const say: Say = (channel, text) => reviser.push(channel, text) + reviser.end(channel)
  return {
    push(chunk) {
      if (held === null) return [chunk]
      held.push(chunk)
      size += chunk.length
      if (size <= MOST) return []
      const all = held
      held = null
      return all
    },
    end() {
      if (held === null) return []
      const body = Buffer.concat(held)
      const json = parsed(body.toString('utf8'))
      if (json === undefined) return [body]
      const said = everyText(json, 'body', NONE, say)
      return [Buffer.from(JSON.stringify(said))]
    },
  }
}

const asItComes: Revision = { push: (chunk) => [chunk], end: () => [] }

/** Which of these an answer is shows its first byte: JSON is read whole, an event stream by its events, anything else goes on as it is. */
const kindOf = (first: number, options: ReviseOptions, reviser: Reviser): Revision => {
  if (first === 0x7b || first === 0x5b) return inOnePiece(reviser)
  // `data:`, `event:`, `id:`, or a comment.
  return first === 0x64 || first === 0x65 || first === 0x69 || first === 0x3a
    ? byEvent({ ...options, stream: true }, reviser)
    : asItComes
}

export const revise = (options: ReviseOptions, reviser: Reviser): Revision => {
  let chosen: Revision | null = null
  return {
    push(chunk) {
      const first = chunk[0]
      if (chosen === null && first === undefined) return []
      chosen ??= kindOf(first ?? 0, options, reviser)
      return chosen.push(chunk)
    },
    end: () => chosen?.end() ?? [],
  }
}
