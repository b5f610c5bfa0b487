import type { Block, Json, JsonObject } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import { stringAt, usualBase64 } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { type Carried, isMarkedInBytes, uncarryInBytes } from '../body/sealed.ts'
import { mediaOf } from './read.ts'
import { UNCHECKED } from './signatures.ts'
import { camel, many, type Placed } from './spelling.ts'

const native = (raw: Json): { readonly dialect: 'gemini'; readonly raw: Json } => ({ dialect: 'gemini', raw })

/** Gives ids to calls that have none and finds the call that an answer without one belongs to. */
export class CallNames {
  #open: { readonly id: string; readonly name: string; readonly made: boolean; taken: boolean }[] = []
  #place = 0
  #count = 0

  /** A turn of the model begins; `place` is its position among the contents. */
  begin(place: number): void {
    this.#open = []
    this.#place = place
    this.#count = 0
  }

  call(id: string | null, name: string): string {
    const made = id === null || id === ''
    const own = made ? `call-${this.#place}-${this.#count}` : id
    this.#count += 1
    this.#open.push({ id: own, name, made, taken: false })
    return own
  }

  /** By its id; an answer without one, or to a call that came without one, by the first of its name that is open. */
  answer(id: string | null, name: string): string {
    const waiting = this.#open.filter((call) => !call.taken)
    const found =
      waiting.find((call) => call.id === id) ??
      waiting.find((call) => call.name === name && (call.made || id === null || id === ''))
    if (found !== undefined) found.taken = true
    return found?.id ?? id ?? name
  }
}

const METADATA = ['thought', 'thoughtSignature']

/** One part as blocks. What it says beyond what they hold goes to `rest` under its path. */
export const partBlocks = (placed: Placed, names: CallNames, rest: Rest): readonly Block[] => {
  const { at } = placed
  const part = camel(placed.json, at)
  const signature = stringAt(part, 'thoughtSignature') ?? ''
  const foreign = uncarryInBytes(signature, 'gemini')
  if (foreign === null && isMarkedInBytes(signature)) rest.add(`${at}.thoughtSignature`, signature)
  const own = isMarkedInBytes(signature) ? without(part, 'thoughtSignature') : part
  const blocks = dataBlocks(own, placed, names, rest)
  return foreign === null ? blocks : [...blocks, thoughtOf(foreign)]
}

/** A thought of another dialect as its issuer knows it. */
const thoughtOf = ({ dialect, value, redacted, raw, thought }: Carried): Block => ({
  type: 'reasoning',
  text: redacted ? '' : thought,
  signature: value,
  ...(redacted ? { redacted } : {}),
  native: { dialect, raw },
})

const without = (part: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(part).filter(([key]) => key !== name))

const dataBlocks = (
  part: JsonObject,
  { json, at }: Placed,
  names: CallNames,
  rest: Rest,
): readonly Block[] => {
  const { functionCall: call, functionResponse: answer, inlineData: inline, fileData: file } = part
  const others = (known: readonly string[]): void => rest.others(part, [...METADATA, ...known], at)
  if (typeof part['text'] === 'string') {
    others(['text'])
    return textBlocks(part, part['text'], json, at, rest)
  }
  if (isObject(call)) {
    others(['functionCall'])
    return [callBlock(camel(call, at), part, json, at, names, rest)]
  }
  if (isObject(answer)) {
    others(['functionResponse'])
    return [answerBlock(camel(answer, at), json, at, names, rest)]
  }
  if (isObject(inline) || isObject(file)) {
    others(['inlineData', 'fileData'])
    rest.add(`${at}.thoughtSignature`, part['thoughtSignature'])
    return [mediaBlock(part, json, at, rest)]
  }
  const kind = Object.keys(part).find((name) => !METADATA.includes(name))
  if (kind === undefined) return textBlocks(part, '', json, at, rest)
  return [{ type: 'opaque', label: `a part of type ${kind.slice(0, 40)}`, native: native(json) }]
}

const textBlocks = (
  part: JsonObject,
  text: string,
  raw: JsonObject,
  at: string,
  rest: Rest,
): readonly Block[] => {
  const signature = stringAt(part, 'thoughtSignature')
  if (part['thought'] === true || (text === '' && signature !== null && signature !== '')) {
    return text === '' && signature === null
      ? []
      : [{ type: 'reasoning', text, signature, native: native(raw) }]
  }
  // Text goes to any model; the signature that stands with it to its issuer only.
  rest.add(`${at}.thoughtSignature`, signature)
  return text === '' ? [] : [{ type: 'text', text, native: native(raw) }]
}

const callBlock = (
  call: JsonObject,
  part: JsonObject,
  raw: JsonObject,
  at: string,
  names: CallNames,
  rest: Rest,
): Block => {
  rest.others(call, ['id', 'name', 'args'], `${at}.functionCall`)
  const name = stringAt(call, 'name') ?? ''
  const signature = stringAt(part, 'thoughtSignature')
  const signed = signature !== null && signature !== '' && signature !== UNCHECKED
  return {
    type: 'tool-call',
    id: names.call(stringAt(call, 'id'), name),
    name,
    input: JSON.stringify(call['args'] ?? {}),
    ...(signed ? { signature } : {}),
    native: native(raw),
  }
}

/** `{output: text}` or `{error: text}` as that text, and any other answer as its JSON. */
const answerText = (response: JsonObject): { readonly text: string; readonly failed: boolean } => {
  const [name, ...more] = Object.keys(response)
  const value = name === undefined ? undefined : response[name]
  const alone = more.length === 0 && (name === 'output' || name === 'result' || name === 'error')
  if (alone && typeof value === 'string') return { text: value, failed: name === 'error' }
  return { text: JSON.stringify(response), failed: alone && name === 'error' }
}

const answerBlock = (
  answer: JsonObject,
  raw: JsonObject,
  at: string,
  names: CallNames,
  rest: Rest,
): Block => {
  const place = `${at}.functionResponse`
  rest.others(answer, ['id', 'name', 'response', 'parts'], place)
  const name = stringAt(answer, 'name') ?? ''
  const response = isObject(answer['response']) ? answer['response'] : {}
  const { text, failed } = answerText(response)
  const media = many(answer['parts'], `${place}.parts`).map((inner) => {
    const part = camel(inner.json, inner.at)
    rest.others(part, ['inlineData', 'fileData'], inner.at)
    return mediaBlock(part, inner.json, inner.at, rest)
  })
  const said: Block = { type: 'text', text, native: native({ text }) }
  return {
    type: 'tool-result',
    id: names.answer(stringAt(answer, 'id'), name),
    name,
    content: text === '' ? media : [said, ...media],
    failed,
    native: native(raw),
  }
}

/** Addresses that only the vendor's own servers can read. */
const HELD = /^(?:gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/)/i

const mediaBlock = (part: JsonObject, raw: JsonObject, at: string, rest: Rest): Block => {
  const { inlineData: inline, fileData: file } = part
  const name = isObject(inline) ? 'inlineData' : 'fileData'
  const holder = isObject(inline) ? camel(inline, at) : isObject(file) ? camel(file, at) : {}
  const url = stringAt(holder, 'fileUri')
  const data = stringAt(holder, 'data')
  if (url === null && data === null) {
    return { type: 'opaque', label: 'a part that holds no data', native: native(raw) }
  }
  if (url !== null && HELD.test(url)) {
    return { type: 'opaque', label: 'a file that its vendor holds', native: native(raw) }
  }
  rest.others(holder, ['mimeType', 'data', 'fileUri', 'displayName'], `${at}.${name}`)
  const mime = stringAt(holder, 'mimeType')
  const media = mediaOf(mime)
  // Only files have names in other dialects.
  const named = stringAt(holder, 'displayName')
  if (media !== 'file') rest.add(`${at}.${name}.displayName`, named)
  return {
    type: 'media',
    media,
    mime,
    data: data === null ? null : usualBase64(data),
    url: data === null ? url : null,
    name: media === 'file' ? named : null,
    native: native(raw),
  }
}
