import type { Sink } from '../sink.ts'

const HEADER =
  /^(?:From|To|Cc|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|X-[\w-]+|DKIM-Signature|Reply-To):/gim

/** Whether a text is a message in the Internet's form (RFC 5322): by its headers, of which one says little. */
export const isMessage = (head: string, mime: string): boolean => {
  const block = head.split(/\r?\n\r?\n/, 1)[0] ?? ''
  if (!/^(?:From |[A-Za-z][A-Za-z0-9-]*:)/.test(block)) return false
  const names = new Set((block.match(HEADER) ?? []).map((name) => name.toLowerCase()))
  return names.size >= 3 || (mime === 'message/rfc822' && names.size > 0) || names.has('mime-version:')
}

const decoderOf = (charset: string) => {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder('windows-1252')
  }
}

const quotedPrintable = (text: string): Uint8Array<ArrayBuffer> => {
  const joined = text.replaceAll(/=[ \t]*\r?\n/g, '')
  const bytes = Buffer.from(joined, 'utf8').toString('latin1')
  return new Uint8Array(
    Buffer.from(
      bytes.replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ),
  )
}

/** Words in headers in other scripts (RFC 2047), as what they say. */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/(=\?[^?\s]{1,40}\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1')
    .replaceAll(
      /=\?([^?\s]{1,40})\?([bq])\?([^?\s]*)\?=/gi,
      (_, charset: string, way: string, data: string) => {
        const bytes =
          way.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : quotedPrintable(data.replaceAll('_', ' '))
        return decoderOf(charset.split('*')[0] ?? '').decode(bytes)
      },
    )

const headersOf = (block: string): string => decodeWords(block.replaceAll(/\r?\n[ \t]+/g, ' '))

const headerOf = (headers: string, name: string): string =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''

const parameterOf = (header: string, name: string): string =>
  new RegExp(`[;\\s]${name}\\*?=(?:"([^"]{1,300})"|([^;\\s]{1,300}))`, 'i')
    .exec(header)
    ?.slice(1)
    .find((one) => one !== undefined) ?? ''

const DEEPEST = 20

const bodyBytes = (body: string, encoding: string): Uint8Array<ArrayBuffer> => {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return new Uint8Array(Buffer.from(body, 'base64'))
    case 'quoted-printable':
      return quotedPrintable(body)
    default:
      return new Uint8Array(Buffer.from(body, 'utf8'))
  }
}

const readPart = async (text: string, sink: Sink, depth: number): Promise<void> => {
  sink.member()
  const gap = /\r?\n\r?\n/.exec(text)
  const headers = headersOf(gap === null ? text : text.slice(0, gap.index))
  const body = gap === null ? '' : text.slice(gap.index + gap[0].length)
  sink.add(headers)
  const type = headerOf(headers, 'content-type')
  const boundary = parameterOf(type, 'boundary')
  if (/^multipart\//i.test(type) && boundary !== '' && depth < DEEPEST) {
    for (const part of body.split(`--${boundary}`)) {
      if (!part.startsWith('--')) await readPart(part.replace(/^\r?\n/, ''), sink, depth + 1)
    }
    return
  }
  const bytes = bodyBytes(body, headerOf(headers, 'content-transfer-encoding'))
  const charset = parameterOf(type, 'charset')
  const isText = type === '' || /^text\/plain/i.test(type)
  if (isText && charset !== '') sink.add(decoderOf(charset).decode(bytes))
  else if (isText) sink.add(body === '' ? '' : decoderOf('utf-8').decode(bytes))
  else await sink.inside(asUnicode(bytes, type, charset), type.split(';')[0]?.trim() ?? '')
}

/** Text parts in the charset that they name, so that nobody has to guess it again. */
const asUnicode = (bytes: Uint8Array<ArrayBuffer>, type: string, charset: string): Uint8Array<ArrayBuffer> =>
  /^text\//i.test(type) && charset !== '' && !/^utf-?8$/i.test(charset)
    ? new Uint8Array(Buffer.from(decoderOf(charset).decode(bytes), 'utf8'))
    : bytes

/** A message with its headers, all its parts and what is attached. */
export const readMessage = async (text: string, sink: Sink): Promise<void> => {
  await readPart(text.replace(/^From .*\r?\n/, ''), sink, 0)
}
