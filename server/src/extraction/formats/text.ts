import type { Reader, Sink } from '../sink.ts'
import { decode } from './decode.ts'
import { isMessage, readMessage } from './mail.ts'
import { readOpaque } from './opaque.ts'
import { namedRows, rowsOf } from './rows.ts'
import { readRtf } from './rtf.ts'

const MARKUP = /^\s*(?:<\?xml|<!doctype|<!--|<[a-z][\w:.-]*(?:\s[^<>]*)?\/?>)/i
const HTML =
  /<!doctype html|<(?:html|head|body|table|div|p|br|span|a|h[1-6]|ul|form|script|style|meta|img)\b/i
const LOOK = 4096

/** Files whose bytes are text, whatever they are called. */
export const readText: Reader = async ({ bytes, mime }, sink) => {
  const readings = decode(bytes, mime)
  if (readings === null) return readOpaque({ bytes, mime }, sink)
  for (const text of readings) await readDecoded(text, mime, sink)
  return null
}

const readDecoded = async (text: string, mime: string, sink: Sink): Promise<void> => {
  const head = text.slice(0, LOOK)
  if (head.startsWith('{\\rtf')) return readRtf(text, sink)
  if (isMessage(head, mime)) return readMessage(text, sink)
  if (MARKUP.test(head) || /html|xml|svg/i.test(mime)) {
    const { readHtml, readXml } = await import('./markup.ts')
    const isXml = /^\s*<\?xml/.test(head) || !(HTML.test(head) || /html/i.test(mime))
    return isXml && !/<html[\s>]/i.test(head) ? readXml(text, sink) : readHtml(text, sink)
  }
  sink.add(text)
  const rows = rowsOf(text)
  if (rows !== null) sink.add(namedRows(rows))
}
