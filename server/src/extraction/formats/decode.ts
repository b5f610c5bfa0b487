/** What mime types say is text. */
const TEXTUAL =
  /^(?:text\/|message\/|application\/(?:json|xml|csv|yaml|x-yaml|javascript|sql|x-sh|rtf|x-ndjson|[\w.-]+\+(?:json|xml)))/i

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const marked = (bytes: Uint8Array): string | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

const LOOK = 2048

/** UTF-16 without a mark: in most scripts that people mix with digits and blanks, every other byte is often zero. */
const unmarked = (bytes: Uint8Array): string | null => {
  const counts = [0, 0]
  const length = Math.min(bytes.length, LOOK) & ~1
  for (let i = 0; i < length; i += 1) {
    if (bytes[i] === 0) counts[i & 1] = (counts[i & 1] ?? 0) + 1
  }
  const [even = 0, odd = 0] = counts
  if (length < 4 || even + odd < length / 20) return null
  if (odd > 8 * even) return 'utf-16le'
  return even > 8 * odd ? 'utf-16be' : null
}

/** The share of bytes that no text has, apart from those that a terminal's or a page's control needs. */
const controls = (bytes: Uint8Array): number => {
  let count = 0
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b)
      count += 1
  }
  return count / Math.max(1, bytes.length)
}

/** Bytes that are well-formed UTF-8 are seldom so by chance, others are text only where hardly a control is among them. */
const MOST_CONTROLS = { unicode: 0.1, other: 0.01 }
/** From this share of bytes past ASCII on, an old encoding is hardly a Western one. */
const MANY_HIGH = 0.15
const LONGEST_GUESS = 1_048_576
const OLD = ['windows-1251', 'koi8-r', 'gb18030', 'shift_jis', 'euc-kr', 'big5']

/**
 * The text that bytes are, or null where they are none. The first is the likeliest reading; others follow where
 * an encoding of old cannot be told from another, and each of them may be the right one.
 */
export const decode = (bytes: Uint8Array, mime: string): readonly string[] | null => {
  const wide = marked(bytes) ?? unmarked(bytes)
  const wideText = wide === null ? null : decoded(bytes, wide)
  if (wideText !== null) return [wideText]
  const isTextual = TEXTUAL.test(mime)
  const share = isTextual ? 0 : controls(bytes)
  if (share > MOST_CONTROLS.unicode) return null
  const text = decoded(bytes, 'utf-8')
  if (text !== null) return [text]
  if (share > MOST_CONTROLS.other || (!isTextual && bytes.includes(0))) return null
  const western = new TextDecoder('windows-1252').decode(bytes)
  let high = 0
  for (const byte of bytes) if (byte >= 0x80) high += 1
  if (high < MANY_HIGH * bytes.length || bytes.length > LONGEST_GUESS) return [western]
  const others = OLD.map((encoding) => decoded(bytes, encoding)).filter((one) => one !== null)
  return [western, ...others]
}
