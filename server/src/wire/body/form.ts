import { isUtf8 } from 'node:buffer'
import { CausewayError, type Json, type Payload } from '../../domain/index.ts'
import { invalid } from './fields.ts'

/** One part of a form. The value stands from `start` to `end`; `open` while its end has not come. */
interface Part {
  readonly name: string
  readonly file: { readonly mime: string | null } | null
  /** What else its head says, the file's name among it. */
  readonly head: string
  readonly start: number
  readonly end: number
  readonly open: boolean
}

/** A part's own head may have this many bytes. */
const MOST_HEAD = 16 * 1024
/** A form may have this many parts. */
const MOST_PARTS = 10_000
/** And all text fields together this many bytes. */
const MOST_TEXT = 1024 * 1024

const malformed = (problem: string): CausewayError =>
  new CausewayError('invalid_request', `The form cannot be read: ${problem}.`)

/** The boundary of `multipart/form-data`. Throws CausewayError `invalid_request` for any other type. */
const boundaryOf = (type: string): string => {
  const { kind, parameters } = parametersOf(type)
  const named = parameters.filter(({ name }) => name === 'boundary')
  const boundary = named[0]?.value ?? ''
  // Of two, another reader could take the other.
  if (kind !== 'multipart/form-data' || named.length !== 1 || boundary.length < 1 || boundary.length > 200)
    throw malformed('its content-type is not multipart/form-data with a boundary')
  return boundary
}

const PARAMETER = /\s*;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/y

/** A header of the form `kind; name=value; name="value"`. Throws CausewayError `invalid_request` for what else stands in it. */
const parametersOf = (
  header: string,
): {
  readonly kind: string
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
} => {
  const kind = /^[^;]*/.exec(header)?.[0] ?? ''
  const parameters: { name: string; value: string }[] = []
  PARAMETER.lastIndex = kind.length
  let at = kind.length
  for (let found = PARAMETER.exec(header); found !== null; found = PARAMETER.exec(header)) {
    at = PARAMETER.lastIndex
    const [, name = '', quoted, plain] = found
    parameters.push({ name: name.toLowerCase(), value: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '' })
  }
  if (!/^\s*;?\s*$/.test(header.slice(at))) throw malformed('a header of it is not written as headers are')
  return { kind: kind.trim().toLowerCase(), parameters }
}

/** The lines of a part's head by their names. A name that comes twice could mean two things. */
const linesOf = (head: string): ReadonlyMap<string, string> => {
  const lines = new Map<string, string>()
  for (const line of head.split('\r\n')) {
    if (line === '') continue
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (!/^[a-z0-9-]+$/.test(name) || /[\r\n]/.test(line) || lines.has(name))
      throw malformed('the head of a part is not written as heads are')
    lines.set(name, line.slice(colon + 1).trim())
  }
  return lines
}

/** What stands in a part's head. Encodings that would hide a text from being read are refused. */
const headOf = (head: string): Pick<Part, 'name' | 'file' | 'head'> => {
  const lines = linesOf(head)
  const { kind, parameters } = parametersOf(lines.get('content-disposition') ?? '')
  const named = parameters.filter((one) => one.name === 'name')
  const name = named[0]?.value
  if (kind !== 'form-data' || name === undefined || named.length > 1) throw malformed('a part has no name')
  const mime = lines.get('content-type') ?? null
  // `filename*` alone means a file to some and a field to others.
  const isFile = parameters.some((one) => one.name === 'filename')
  const encoding = lines.get('content-transfer-encoding') ?? 'binary'
  const charset = /charset="?([\w-]+)/i.exec(mime ?? '')?.[1] ?? 'utf-8'
  const hides = !/^(?:7bit|8bit|binary)$/i.test(encoding)
  if (hides || (!isFile && !/^(?:utf-?8|us-ascii)$/i.test(charset))) {
    throw malformed(`the field ${name.slice(0, 40)} is encoded; send it as plain UTF-8`)
  }
  const others = [...lines].filter(([line]) => line !== 'content-disposition' && line !== 'content-type')
  const rest = parameters
    .filter((one) => one.name !== 'name')
    .map(({ value }) => value.replace(/\.(\w{1,8})$/, ' .$1'))
  return {
    name,
    file: isFile ? { mime } : null,
    head: [...rest, ...others.map(([, value]) => value)].join('\n'),
  }
}

/** The parts that bytes hold, the last of them open where its end is not among them. */
const partsOf = (
  bytes: Buffer,
  boundary: string,
): { readonly parts: readonly Part[]; readonly ended: boolean } => {
  const delimiter = Buffer.from(`--${boundary}`)
  const between = Buffer.from(`\r\n--${boundary}`)
  const parts: Part[] = []
  let at = bytes.indexOf(delimiter)
  if (at === -1) return { parts, ended: false }
  if (!isBlank(bytes.subarray(0, at))) throw malformed('something stands before its first boundary')
  at += delimiter.length
  for (;;) {
    if (bytes.length < at + 2) return { parts, ended: false }
    const after = bytes.toString('latin1', at, at + 2)
    if (after === '--') {
      if (!isBlank(bytes.subarray(at + 2))) throw malformed('something stands behind its last boundary')
      return { parts, ended: true }
    }
    if (after !== '\r\n') throw malformed('something else stands behind a boundary')
    const head = bytes.indexOf('\r\n\r\n', at)
    if (head === -1) {
      if (bytes.length - at > MOST_HEAD) throw malformed('the head of a part is too long')
      return { parts, ended: false }
    }
    const start = head + 4
    const told = headOf(bytes.toString('utf8', at, head))
    const end = bytes.indexOf(between, start)
    if (end === -1) {
      parts.push({ ...told, start, end: bytes.length, open: true })
      return { parts, ended: false }
    }
    parts.push({ ...told, start, end, open: false })
    at = end + between.length
  }
}

/** What a further file may be called whose name nobody has read. */
const PLAIN_NAME = /^[A-Za-z_. "'()-]{0,60}$/

const isBlank = (bytes: Buffer): boolean => bytes.length <= 4 && /^\s*$/.test(bytes.toString('latin1'))

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const textOf = (bytes: Buffer, { name, start, end }: Part): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, end))
  } catch {
    throw invalid(name.slice(0, 40), 'is not valid UTF-8')
  }
}

/** What a form says: its text fields, several of one name as an array, and its files. */
export interface FormFields {
  readonly fields: Readonly<Record<string, Json>>
  readonly files: readonly {
    readonly name: string
    readonly mime: string | null
    /** Its text where it is one, and has come whole. */
    readonly text: string | null
  }[]
  /** What the heads say beside names and types: names of files, and whatever a client puts there. */
  readonly heads: readonly string[]
}

/** A file's text; null where it is none. Another encoding of text than UTF-8 is told by its mark only. */
const fileText = (bytes: Buffer, { start, end, open }: Part): string | null => {
  const held = bytes.subarray(start, end)
  return !open && isUtf8(held) && !held.includes(0) ? held.toString('utf8') : null
}

/**
 * Fields and files of a form. Throws CausewayError `invalid_request` for what is no form, for one that ends too
 * early, and for a model that is named twice.
 */
export const formFields = ({ type, bytes, rest }: Payload): FormFields => {
  const buffer = bufferOf(bytes)
  const { parts, ended } = partsOf(buffer, boundaryOf(type))
  if (!ended && rest === null) throw malformed('its end is missing')
  if (parts.length > MOST_PARTS) throw malformed(`it has more than ${MOST_PARTS} parts`)
  const fields = new Map<string, string[]>()
  const files: { name: string; mime: string | null; text: string | null }[] = []
  let size = 0
  for (const part of parts) {
    if (part.file !== null) {
      if (part.name === 'model') throw invalid('model', 'must be a text, not a file')
      files.push({ name: part.name, mime: part.file.mime, text: fileText(buffer, part) })
      continue
    }
    size += part.end - part.start
    if (size > MOST_TEXT) throw malformed(`its text fields hold more than ${MOST_TEXT} bytes`)
    const before = fields.get(part.name)
    if (before !== undefined && part.name === 'model') throw invalid('model', 'came twice')
    const text = textOf(buffer, part)
    if (before === undefined) fields.set(part.name, [text])
    else before.push(text)
  }
  const heads = parts.map(({ head }) => head).filter((head) => head !== '')
  const said = [...fields].map(([name, texts]): [string, Json] => [
    name,
    texts[1] === undefined ? (texts[0] ?? '') : texts,
  ])
  return { fields: Object.fromEntries(said), files, heads }
}

/** The same form with one field's text changed; every other byte stays as it came. */
export const withField = (payload: Payload, name: string, value: string): Payload => {
  const buffer = bufferOf(payload.bytes)
  const part = partsOf(buffer, boundaryOf(payload.type)).parts.find((one) => one.name === name)
  if (part === undefined) return payload
  const bytes = Buffer.concat([buffer.subarray(0, part.start), Buffer.from(value), buffer.subarray(part.end)])
  return { ...payload, bytes }
}

/** Where a form stands that is still on its way. */
export type FormState = 'reading' | 'in-file' | 'ended'

/**
 * Whether enough of a form has come to decide on it: everything, or all its fields up to a file, the model among
 * them.
 */
export const formState = (type: string, bytes: Uint8Array): FormState => {
  const { parts, ended } = partsOf(bufferOf(bytes), boundaryOf(type))
  if (ended) return 'ended'
  const last = parts.at(-1)
  const inFile = last?.open === true && last.file !== null
  return inFile && parts.some(({ name, file }) => name === 'model' && file === null) ? 'in-file' : 'reading'
}

/**
 * The rest of a form that was decided on while one of its files was still coming. A field of text in it was seen by
 * nobody who decided, so it fails the stream: CausewayError `invalid_request`. `before`: the bytes that came first.
 */
export const filesOnly = (type: string, before: Uint8Array): TransformStream<Uint8Array, Uint8Array> => {
  const boundary = boundaryOf(type)
  const between = Buffer.from(`\r\n--${boundary}`)
  let held: Buffer = bufferOf(before).subarray(-(between.length - 1))
  return new TransformStream({
    transform(chunk, controller) {
      held = Buffer.concat([held, chunk])
      for (;;) {
        const at = held.indexOf(between)
        if (at === -1) {
          held = held.subarray(-(between.length - 1))
          break
        }
        const head = held.indexOf('\r\n\r\n', at)
        const closes = held.toString('latin1', at + between.length, at + between.length + 2) === '--'
        if (closes) {
          if (!isBlank(held.subarray(at + between.length + 2)))
            throw malformed('something stands behind its last boundary')
          break
        }
        if (head === -1) {
          held = held.subarray(at)
          if (held.length > MOST_HEAD) throw malformed('the head of a part is too long')
          break
        }
        const { name, file, head: said } = headOf(held.toString('utf8', at + between.length, head))
        if (file === null || !PLAIN_NAME.test(said)) {
          throw invalid(
            name.slice(0, 40),
            'stands behind the file of a large form; send all fields before it',
          )
        }
        held = held.subarray(head)
      }
      controller.enqueue(chunk)
    },
  })
}
