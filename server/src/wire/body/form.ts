import { CausewayError, type Json, type Payload } from '../../domain/index.ts'
import { invalid } from './fields.ts'

/** One part of a form. The value stands from `start` to `end`; `open` while its end has not come. */
interface Part {
  readonly name: string
  readonly file: { readonly mime: string | null } | null
  readonly start: number
  readonly end: number
  readonly open: boolean
}

/** A part's own head may have this many bytes. */
const MOST_HEAD = 16 * 1024
/** And all text fields together this many. */
const MOST_TEXT = 1024 * 1024

const malformed = (problem: string): CausewayError =>
  new CausewayError('invalid_request', `The form cannot be read: ${problem}.`)

/** The boundary of `multipart/form-data`. Throws CausewayError `invalid_request` for any other type. */
const boundaryOf = (type: string): string => {
  const [, quoted, plain] =
    /^\s*multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(type) ??
    []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw malformed('its content-type is not multipart/form-data with a boundary')
  return boundary
}

const parameter = (disposition: string, name: string): string | null => {
  const found = new RegExp(`;\\s*${name}\\*?=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(disposition)
  const value = found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2]
  return value ?? null
}

/** What stands in a part's head. Encodings that would hide a text from being read are refused. */
const headOf = (head: string): Pick<Part, 'name' | 'file'> => {
  const lines = new Map<string, string>()
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) lines.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const disposition = lines.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (!/^form-data\b/i.test(disposition) || name === null) throw malformed('a part has no name')
  const mime = lines.get('content-type') ?? null
  const isFile = parameter(disposition, 'filename') !== null
  const encoding = lines.get('content-transfer-encoding') ?? 'binary'
  const charset = /charset="?([\w-]+)/i.exec(mime ?? '')?.[1] ?? 'utf-8'
  if (!isFile && (!/^(?:7bit|8bit|binary)$/i.test(encoding) || !/^(?:utf-?8|us-ascii)$/i.test(charset))) {
    throw malformed(`the field ${name.slice(0, 40)} is encoded; send it as plain UTF-8`)
  }
  return { name, file: isFile ? { mime } : null }
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
  at += delimiter.length
  for (;;) {
    if (bytes.length < at + 2) return { parts, ended: false }
    const after = bytes.toString('latin1', at, at + 2)
    if (after === '--') return { parts, ended: true }
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
  readonly files: readonly { readonly name: string; readonly mime: string | null }[]
}

/**
 * Fields and files of a form. Throws CausewayError `invalid_request` for what is no form, for one that ends too
 * early, and for a model that is named twice.
 */
export const formFields = ({ type, bytes, rest }: Payload): FormFields => {
  const buffer = bufferOf(bytes)
  const { parts, ended } = partsOf(buffer, boundaryOf(type))
  if (!ended && rest === null) throw malformed('its end is missing')
  const fields = new Map<string, Json>()
  const files: { name: string; mime: string | null }[] = []
  let size = 0
  for (const part of parts) {
    if (part.file !== null) {
      files.push({ name: part.name, mime: part.file.mime })
      continue
    }
    size += part.end - part.start
    if (size > MOST_TEXT) throw malformed(`its text fields hold more than ${MOST_TEXT} bytes`)
    const before = fields.get(part.name)
    if (before !== undefined && part.name === 'model') throw invalid('model', 'came twice')
    const text = textOf(buffer, part)
    fields.set(
      part.name,
      before === undefined ? text : [...(Array.isArray(before) ? before : [before]), text],
    )
  }
  return { fields: Object.fromEntries(fields), files }
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
        if (head === -1) {
          held = held.subarray(closes ? held.length : at)
          if (held.length > MOST_HEAD) throw malformed('the head of a part is too long')
          break
        }
        const { name, file } = headOf(held.toString('utf8', at + between.length, head))
        if (file === null) {
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
