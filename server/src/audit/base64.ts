/**
 * Strict base64 with padding: the one spelling that encoding gives back. Lenient decoders accept dozens of
 * spellings of the same bytes, and each would be a changed log that still verifies. Null for anything else.
 */
export const decodeBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
