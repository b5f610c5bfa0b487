import type { JsonObject, Media } from '../../domain/index.ts'

/** Tokens that one image, sound or file is counted as, where its size in tokens is the vendor's own affair. */
export const MEDIA_TOKENS = 1024

/** An estimate in tokens: UTF-8 bytes / 4, rounded up; bytes inside media are left out, each counts MEDIA_TOKENS. */
export const estimateTokens = (bytes: number, media: number, mediaBytes: number): number =>
  Math.ceil(Math.max(0, bytes - mediaBytes) / 4) + media * MEDIA_TOKENS

/** Collects what scanners cannot read while a body is walked. */
export class MediaFinder {
  readonly found: Media[] = []
  /** Bytes of the request that are media. */
  bytes = 0

  /** A URL or a `data:` URL. */
  url(path: string, type: Media['type'], url: string): void {
    if (!url.startsWith('data:')) {
      this.found.push({ path, type, remote: true })
      return
    }
    const mime = splitDataUrl(url)?.mime
    this.inline(path, type, url, mime ?? null)
  }

  inline(path: string, type: Media['type'], data: string, mime: string | null): void {
    this.bytes += data.length
    this.found.push({ path, type, ...(mime === null ? {} : { mime }), remote: false })
  }

  /** Content that the vendor holds under an id. */
  stored(path: string, type: Media['type']): void {
    this.found.push({ path, type, remote: true })
  }
}

/** `data:<mime>[;parameters];base64,<data>`, or null where it is none in base64. */
export const splitDataUrl = (url: string): { readonly mime: string; readonly data: string } | null => {
  if (!url.startsWith('data:')) return null
  const comma = url.indexOf(',')
  if (comma === -1 || comma > 300) return null
  const [mime = '', ...parameters] = url.slice('data:'.length, comma).split(';')
  if (parameters.at(-1)?.trim().toLowerCase() !== 'base64') return null
  return { mime: mime.trim().toLowerCase(), data: url.slice(comma + 1) }
}

export const stringAt = (json: JsonObject, name: string): string | null => {
  const value = json[name]
  return typeof value === 'string' ? value : null
}

/** Types of files by the endings of their names, where nothing else tells; text of any form but HTML and CSV is plain. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['heic', 'image/heic'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['md', 'text/plain'],
  ['csv', 'text/csv'],
  ['html', 'text/html'],
  ['json', 'application/json'],
  ['wav', 'audio/wav'],
  ['mp3', 'audio/mp3'],
  ['mp4', 'video/mp4'],
])

/** The mime type that a file's name or address speaks of, or null. */
export const mimeOfName = (name: string | null): string | null => {
  const path = name?.split(/[?#]/)[0] ?? ''
  return ENDINGS.get(path.split('.').at(-1)?.toLowerCase() ?? '') ?? null
}

/** Base64 without the line breaks that some clients put into it and most vendors refuse. */
export const plainBase64 = (data: string): string => data.replace(/\s+/g, '')

/**
 * Base64 in its usual alphabet and padded. The one for web addresses is what Google's own libraries write, and what
 * other vendors refuse.
 */
export const usualBase64 = (data: string): string => {
  const usual = /[-_]/.test(data) ? data.replace(/-/g, '+').replace(/_/g, '/') : data
  return usual.length % 4 < 2 || usual.endsWith('=')
    ? usual
    : usual.padEnd(Math.ceil(usual.length / 4) * 4, '=')
}
