/**
 * What the vendor takes in place of a signature for calls that it did not make itself. Source:
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const UNCHECKED = 'skip_thought_signature_validator'

/**
 * Whether a model refuses calls in its history that carry no signature: the third generation on, and names that
 * stand for the latest one.
 */
export const demandsSignatures = (model: string): boolean => {
  const name = model.slice(model.lastIndexOf('/') + 1)
  if (!name.startsWith('gemini-')) return false
  const generation = /^gemini-(?:[a-z]+-)*(\d+)/.exec(name)?.[1]
  return generation === undefined ? name.endsWith('-latest') : Number(generation) >= 3
}

/** The same bytes in one spelling: SDKs decode a signature and write it again in the other alphabet of base64. */
export const plainSignature = (signature: string): string => signature.replace(/-/g, '+').replace(/_/g, '/')
