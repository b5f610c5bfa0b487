/** How the bytes of a sound begin, in base64, by kind. Raw samples have no beginning of their own. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['T2dnU', 'audio/ogg'],
  ['UklGR', 'audio/wav'],
  ['SUQz', 'audio/mpeg'],
  ['//', 'audio/mpeg'],
  ['ZkxhQ', 'audio/flac'],
]

/** The kind of a sound by how its bytes begin: the reply does not tell it. */
export const soundMime = (data: string): string =>
  BEGINNINGS.find(([beginning]) => data.startsWith(beginning))?.[1] ?? 'audio/pcm'

/** Pieces in base64, each of whole bytes, as one. */
export const joinedBase64 = (pieces: readonly string[]): string =>
  pieces.length === 1
    ? (pieces[0] ?? '')
    : Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64'))).toString('base64')
