import { decodeBase64 } from './base64.ts'
import { HASH_BYTES } from './merkle.ts'
import { type Signer, signNote, type Verifier, verifyLine } from './note.ts'

/** What a checkpoint says: so many leaves, with this root. https://c2sp.org/tlog-checkpoint */
export interface Checkpoint {
  readonly size: number
  readonly root: Buffer
}

/** Lines of one checkpoint in the log's own file: origin, size, root, a blank one, the signature. */
const LINES = 5

const textOf = (origin: string, checkpoint: Checkpoint): string =>
  `${origin}\n${checkpoint.size}\n${checkpoint.root.toString('base64')}\n`

/** A checkpoint as a signed note; its origin is the key's name. */
export const signCheckpoint = (checkpoint: Checkpoint, signer: Signer): string =>
  signNote(textOf(signer.verifier.name, checkpoint), signer)

const readSize = (text: string): number | null => {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null
  const size = Number(text)
  return Number.isSafeInteger(size) ? size : null
}

/**
 * Reads one signed note. Null unless origin, size and root are spelt canonically and `verifier` signed it.
 * `alone`: exactly one signature; otherwise those of others (witnesses) may stand beside it and are not looked at.
 */
export const readCheckpoint = (note: string, verifier: Verifier, alone: boolean): Checkpoint | null => {
  const lines = note.split('\n')
  const [origin = '', sizeText = '', rootText = '', blank, ...tail] = lines
  const signatures = tail.slice(0, -1)
  if (blank !== '' || tail.at(-1) !== '' || signatures.length === 0) return null
  if (alone && signatures.length !== 1) return null
  const size = readSize(sizeText)
  const root = decodeBase64(rootText)
  if (origin !== verifier.name || size === null || root === null || root.length !== HASH_BYTES) return null
  const text = textOf(origin, { size, root })
  return signatures.some((line) => verifyLine(text, line, verifier)) ? { size, root } : null
}

/** The log's checkpoint file, cut into notes. */
export interface Notes {
  readonly notes: readonly string[]
  /** Bytes after the last complete note: what a crash left, or somebody. */
  readonly rest: string
}

/** Cuts a checkpoint file into notes of five lines. Nothing is verified here. */
export const splitNotes = (file: string): Notes => {
  const notes: string[] = []
  let start = 0
  let lines = 0
  for (let end = file.indexOf('\n'); end !== -1; end = file.indexOf('\n', end + 1)) {
    lines += 1
    if (lines % LINES !== 0) continue
    notes.push(file.slice(start, end + 1))
    start = end + 1
  }
  return { notes, rest: file.slice(start) }
}
