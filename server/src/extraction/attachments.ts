import type { Call, Json, Media } from '../domain/index.ts'

/** A string of the request that stands for a file. */
export interface Attachment {
  readonly path: string
  /** What the request says it is, or ''. */
  readonly mime: string
  /** Base64, with blanks or without, or null where there are no bytes in the request. */
  readonly data: string | null
  /** Percent-encoded text instead of base64. */
  readonly escaped: boolean
}

/** How the formats begin, in base64, that people send: PNG, JPEG, GIF, RIFF, PDF, zip, Ogg, ID3, gzip, OLE, RTF. */
const FORMATS = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|JVBERi0|UEsDB|T2dnUw|SUQz|H4sI|0M8R4KGx|e1xydGY)/
const FEWEST = 64
const LONGEST_HEAD = 300
/** Deeper than any request the front door lets in. */
const DEEPEST = 400
const SIMPLE_KEY = /^[A-Za-z_$][A-Za-z_$-]{0,39}$/

/** A data URL taken apart, or null. */
const dataUrl = (text: string): Omit<Attachment, 'path'> | null => {
  if (!/^data:/i.test(text.slice(0, 5))) return null
  const comma = text.slice(0, LONGEST_HEAD).indexOf(',')
  if (comma < 0) return null
  const head = text.slice(5, comma)
  const escaped = !/;\s*base64\s*$/i.test(head)
  return { mime: head.split(';')[0]?.trim().toLowerCase() ?? '', data: text.slice(comma + 1), escaped }
}

/** The file that a string is, or null for a string that is just a string. */
const asFile = (text: string, path: string, media: Media | undefined): Attachment | null => {
  if (media?.remote === true) return { path, mime: media.mime ?? '', data: null, escaped: false }
  if (media === undefined && text.length < FEWEST) return null
  const url = dataUrl(text)
  if (url !== null) return url.escaped && media === undefined ? null : { path, ...url }
  if (media === undefined && !FORMATS.test(text)) return null
  return { path, mime: media?.mime ?? '', data: text, escaped: false }
}

const memberPath = (path: string, key: string, position: number): string => {
  if (!SIMPLE_KEY.test(key)) return `${path}[key ${position}]`
  return path === '' ? key : `${path}.${key}`
}

/** The files of a call: its media in their order, then what stands elsewhere. */
export const attachmentsOf = (call: Pick<Call, 'json' | 'media'>): readonly Attachment[] => {
  const media = new Map(call.media.map((item) => [item.path, item]))
  const found = new Map<string, Attachment>()
  const walk = (value: Json | undefined, path: string, depth: number): void => {
    if (typeof value === 'string') {
      const file = asFile(value, path, media.get(path))
      if (file !== null) found.set(path, file)
    } else if (depth > DEEPEST) {
      return
    } else if (Array.isArray(value)) {
      value.forEach((item: Json, index) => {
        walk(item, `${path}[${index}]`, depth + 1)
      })
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([key, member], position) => {
        walk(member, memberPath(path, key, position), depth + 1)
      })
    }
  }
  walk(call.json, '', 0)
  // A medium without a string at its path is one that its vendor holds.
  const listed = call.media.map(
    (item) => found.get(item.path) ?? { path: item.path, mime: item.mime ?? '', data: null, escaped: false },
  )
  return [...listed, ...[...found.values()].filter((file) => !media.has(file.path))]
}

/** The bytes, in a buffer of their own that can be handed over, or null where the encoding is broken. */
export const bytesOf = (data: string, escaped: boolean): Uint8Array<ArrayBuffer> | null => {
  if (escaped) {
    try {
      return new Uint8Array(Buffer.from(decodeURIComponent(data), 'utf8'))
    } catch {
      return null
    }
  }
  const bytes = new Uint8Array(Math.ceil((data.length * 3) / 4))
  const view = Buffer.from(bytes.buffer)
  const length = view.write(data, 'base64')
  // A lenient decoder skips what is no base64. Only blanks may be skipped, so a shortfall is looked into.
  if (length < Math.floor(((data.length - 2) * 3) / 4) && !/^[\w+/\s-]*=*\s*$/.test(data)) return null
  return length === bytes.length ? bytes : bytes.slice(0, length)
}
