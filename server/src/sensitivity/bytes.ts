/** What mime types say is text, whatever carries it. */
const TEXTUAL =
  /^(?:text\/|application\/(?:json|xml|csv|yaml|x-yaml|javascript|sql|x-sh|rtf|x-ndjson|[\w.-]+\+(?:json|xml)))/i

/** How the formats begin, in base64, that people send and nobody reads here: PNG, JPEG, GIF, RIFF, PDF, zip, Ogg, ID3, gzip. */
const FORMATS = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|JVBERi0|UEsDB|T2dnUw|SUQz|H4sI)/
const FEWEST = 64
/** Base64 characters that are decoded to see whether bytes are text before all of them are. */
const LOOK = 1024
const LONGEST_HEAD = 200

const isBase64 = (text: string): boolean => /^[\w+/=\r\n-]*$/.test(text)

/** The mime type (may be '') and the bytes of a data URL in base64, or null. */
const dataUrl = (text: string): { readonly mime: string; readonly data: string } | null => {
  if (!/^data:/i.test(text.slice(0, 5))) return null
  const comma = text.indexOf(',')
  if (comma < 0 || comma >= LONGEST_HEAD || !/;base64$/i.test(text.slice(0, comma))) return null
  const data = text.slice(comma + 1)
  return isBase64(data) ? { mime: text.slice(5, comma), data } : null
}

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Whether bytes begin like text in UTF-8. The last character may be cut. */
const beginsAsText = (bytes: Uint8Array): boolean => {
  for (let cut = 0; cut < 4 && cut <= bytes.length; cut += 1) {
    const text = decoded(bytes.subarray(0, bytes.length - cut), 'utf-8')
    if (text !== null) return text.trim() !== '' && !/[\x00-\x08\x0e-\x1f]/.test(text)
  }
  return false
}

/**
 * The text that bytes in base64 are, or null. Mime types are often wrong or missing, so it is the bytes that
 * say; a mime type that says text is believed where they are in no Unicode encoding.
 */
const textOf = (data: string, mime: string): string | null => {
  const look = Buffer.from(data.slice(0, LOOK), 'base64')
  const wide = (look[0] === 0xff && look[1] === 0xfe) || (look[0] === 0xfe && look[1] === 0xff)
  if (!(wide || TEXTUAL.test(mime) || beginsAsText(look))) return null
  const bytes = Buffer.from(data, 'base64')
  if (wide) return decoded(bytes, look[0] === 0xff ? 'utf-16le' : 'utf-16be')
  return decoded(bytes, 'utf-8') ?? bytes.toString('latin1')
}

/** What a string holds that is, or stands for, bytes. */
export type Held = { readonly text: string | null } | null

/**
 * Reads a string in a media's place. `held` is null for a string that is no bytes as it stands; what a lenient
 * decoder would make of it all the same, skipping blanks and signs, is then in `inside`.
 */
export const bytesInMedia = (
  text: string,
  mime: string | undefined,
): { readonly held: Held; readonly inside: string | null } => {
  const url = dataUrl(text)
  if (url !== null) return { held: { text: textOf(url.data, url.mime) }, inside: null }
  if (text.length >= 32 && isBase64(text)) return { held: { text: textOf(text, mime ?? '') }, inside: null }
  const data = /^data:/i.test(text.slice(0, 5)) ? text.slice(text.indexOf(',') + 1) : text
  return { held: null, inside: textOf(data, '') }
}

/** Reads a string in any other place, where only a data URL and the beginning of a known format are taken for bytes. */
export const bytesAnywhere = (text: string): Held => {
  if (text.length < FEWEST) return null
  const url = dataUrl(text)
  if (url !== null) return { text: textOf(url.data, url.mime) }
  return FORMATS.test(text) && isBase64(text) ? { text: null } : null
}
