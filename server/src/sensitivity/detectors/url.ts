import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'

const MOST = 2_048
const SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'ftps', 'sftp'])
const CLOSING = `.,;:!?'")]}>*`
/** Names set aside for documentation and machines of one's own (RFC 2606, RFC 6761): nobody's page. */
const NOBODYS =
  /^(?:[\w-]{1,63}\.){0,3}(?:localhost|example(?:\.(?:com|org|net|edu))?|test|invalid|local|internal)(?:[:/?#]|$)|^(?:127|10|0)\.\d|^192\.168\.|^\[|^\$|^[<{]/i

const HOST = /^[\p{L}\d-]{1,63}\.[\p{L}\d]/u

const endOf = (text: string, start: number): number => {
  let end = start
  const last = Math.min(text.length, start + MOST)
  while (end < last) {
    const unit = text.charCodeAt(end)
    if (unit <= 0x20 || unit === 0x22 || unit === 0x3c || unit === 0x3e || unit === 0x60 || unit === 0xa0)
      break
    if (unit >= 0x3000 && unit <= 0x30ff) break
    end += 1
  }
  while (end > start && CLOSING.includes(text.charAt(end - 1))) end -= 1
  return end
}

const hitOf = (start: number, end: number): Hit => ({
  kind: null,
  type: 'URL',
  start,
  end,
  confidence: 0.6,
  reason: 'a web address',
})

/** Where the scheme before `://` begins, or -1 where it is none of the web's. */
const schemeStart = (text: string, mark: number): number => {
  let start = mark
  while (start > 0 && mark - start < 6 && isWordAt(text, start - 1)) start -= 1
  return SCHEMES.has(text.slice(start, mark).toLowerCase()) ? start : -1
}

/** Web addresses, with a scheme or beginning with `www.`. Those of documentation and of the own machine are left out. */
export const url: Detector = {
  name: 'url',
  detect: (reading) => {
    const { text } = reading
    const hits: Hit[] = []
    let behind = 0
    for (const mark of reading.words('scheme')) {
      const start = schemeStart(text, mark.start)
      if (start < behind) continue
      const end = endOf(text, mark.end)
      if (end - mark.end < 4 || NOBODYS.test(text.slice(mark.end, Math.min(end, mark.end + 256)))) continue
      hits.push(hitOf(start, end))
      behind = end
    }
    behind = 0
    for (const { start, end: nameStart } of reading.words('www')) {
      if (start < behind || isWordAt(text, start - 1) || text.charAt(start - 1) === '/') continue
      behind = endOf(text, nameStart)
      const host = text.slice(nameStart, Math.min(behind, nameStart + 256))
      if (HOST.test(host) && !NOBODYS.test(host)) hits.push(hitOf(start, behind))
    }
    return hits
  },
}
