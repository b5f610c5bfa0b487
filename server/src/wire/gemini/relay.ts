import type { JsonObject, Relay, Usage } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { splitFrames } from '../stream/frames.ts'
import { parseObject } from '../stream/json.ts'
import { BodyRelay, type FrameFinding, holdsWord, type RelayDialect, StreamRelay } from '../stream/relay.ts'
import { blockIn, candidatesIn, faultIn, partsIn } from './faults.ts'
import { finishIn } from './finish.ts'
import { readUsage } from './usage.ts'

const partLength = (part: JsonObject): number => {
  const call = part['functionCall']
  const args = isObject(call) ? JSON.stringify(call['args'] ?? {}).length : 0
  return (stringAt(part, 'text') ?? '').length + args
}

const whole = (json: JsonObject): { readonly usage: Usage | null; readonly textLength: number } => ({
  usage: readUsage(json['usageMetadata']),
  textLength: candidatesIn(json)
    .flatMap(partsIn)
    .reduce((sum, part) => sum + partLength(part), 0),
})

/** Of several events that say that an answer is over the last one counts: with content the answer goes on. */
const frame = (data: string, json: JsonObject | null): FrameFinding => {
  // Keep-alives that some servers send as data, which clients take for an event.
  if (json === null) return { hide: data.trim() === '' || data.startsWith(':') }
  const fault = faultIn(json)
  if (fault !== null) return { fault }
  const usage = readUsage(json['usageMetadata'])
  const candidates = candidatesIn(json)
  const over = candidates.some((candidate) => finishIn(candidate) !== null) || blockIn(json) !== null
  return {
    resumes: candidates.some((candidate) => partsIn(candidate).some((part) => part['text'] !== '')),
    terminal: over,
    ...(usage === null ? {} : { usage }),
  }
}

const plain = (suspect: (text: string) => boolean): RelayDialect => ({
  suspect,
  textKeys: ['text"'],
  openings: ['functionCall"', 'inlineData"', 'executableCode"', 'toolCall"'],
  seals: ['thoughtSignature"'],
  frame,
  whole,
  usageKey: 'usageMetadata',
  // An image stands in one event.
  holdLimit: 16 * 1024 * 1024,
  fault: faultIn,
  reframe: (json) => `data: ${JSON.stringify(json)}\n\n`,
})

const isSuspect = (text: string): boolean =>
  holdsWord(text, 'finishReason"') ||
  holdsWord(text, 'blockReason"') ||
  holdsWord(text, 'error"') ||
  text.includes('data: :') ||
  text.includes('data::')

/** Usage stands in every event; it is read from the last one only, or from the last of a stream that was cut. */
class GeminiRelay extends StreamRelay {
  readonly #recent: { text: string }

  constructor() {
    const recent = { text: '' }
    const suspect = (text: string): boolean => {
      if (text.includes('usageMetadata"')) recent.text = text
      return isSuspect(text)
    }
    super(plain(suspect), true)
    this.#recent = recent
  }

  /** Only the end of the bytes tells that nothing more comes; an error is the last word. */
  override finished(): boolean {
    return this.fault() !== null
  }

  override usage(): Usage | null {
    return super.usage() ?? usageIn(this.#recent.text)
  }
}

/** The last usage in whole events. `text`: their bytes as Latin-1, in which every number reads as it does in UTF-8. */
const usageIn = (text: string): Usage | null => {
  for (const event of [...splitFrames(Buffer.from(text, 'latin1'))].reverse()) {
    const line = event.toString('latin1')
    const at = line.indexOf('data:')
    const json = at === -1 ? null : parseObject(line.slice(at + 'data:'.length).trim())
    const usage = json === null ? null : readUsage(json['usageMetadata'])
    if (usage !== null) return usage
  }
  return null
}

export const relay = (options: { readonly stream: boolean }): Relay =>
  options.stream ? new GeminiRelay() : new BodyRelay(plain(isSuspect))
