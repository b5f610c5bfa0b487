import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  commitmentOf,
  inclusionProof,
  leafHash,
  MAX_LEAF_BYTES,
  readCheckpoint,
  readKeyFile,
  readLeaf,
  readLines,
  splitNotes,
  type Verification,
  verifyInclusion,
  verifyLog,
} from '../audit/index.ts'
import { CausewayError, type Leaf } from '../domain/index.ts'
import { type DataFiles, dataFiles } from '../recorder/index.ts'
import { openCommitted } from '../store/index.ts'

/** How the folder of a log is named on the command line. */
export interface LogFlags {
  readonly config: string
  readonly data?: string
}

export interface LogPlace extends Pick<DataFiles, 'entries' | 'checkpoints' | 'publicKey'> {
  readonly folder: string
  /** Null where the log came without its ledger. */
  readonly ledger: string | null
}

const unreadable = (message: string, cause?: unknown): CausewayError =>
  new CausewayError('data_folder', message, cause === undefined ? {} : { cause })

const dataFolder = async ({ config, data }: LogFlags): Promise<string> => {
  if (data !== undefined) return resolve(data)
  if (!existsSync(config)) return resolve('.causeway')
  // An auditor who names the folder needs no configuration, and nothing of what reads one.
  const { checkConfig, configText, foldersOf, parseConfig } = await import('../config/index.ts')
  const checked = checkConfig(parseConfig(configText(config), config))
  if (checked.config === null) throw unreadable(`${config} has mistakes; name the data folder with --data.`)
  return foldersOf(checked.config, config, homedir()).data
}

/** Where a log lies: in a data folder, or alone in a folder that an auditor was given. Rejects with `data_folder`. */
export const placeOf = async (flags: LogFlags): Promise<LogPlace> => {
  const folder = await dataFolder(flags)
  const files = dataFiles(folder)
  const isAlone = !existsSync(files.audit) && existsSync(join(folder, 'entries.jsonl'))
  const place = isAlone
    ? {
        folder,
        entries: join(folder, 'entries.jsonl'),
        checkpoints: join(folder, 'checkpoints'),
        publicKey: join(folder, 'key.public'),
        ledger: null,
      }
    : { ...files, folder: files.audit, ledger: existsSync(files.ledger) ? files.ledger : null }
  for (const file of [place.entries, place.checkpoints, place.publicKey]) {
    if (!existsSync(file)) throw unreadable(`There is no ${file}; an audit log needs it.`)
  }
  return place
}

/** The text of a file. Throws `data_folder` where it cannot be read. */
export const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw unreadable(`${file} cannot be read.`, thrown)
  }
}

const SETTLE_TRIES = 5
const SETTLE_PAUSE = 50

/** The checkpoints' text; looked at again for a moment where the last one is being written just now. */
const settledCheckpoints = async (file: string): Promise<string> => {
  let text = textOf(file)
  for (let tries = 0; tries < SETTLE_TRIES && splitNotes(text).rest !== ''; tries += 1) {
    await sleep(SETTLE_PAUSE)
    text = textOf(file)
  }
  return text
}

/** Proves a log where it lies, also while it is written to. Throws `data_folder` where it cannot be read. */
export const proveLog = async (place: LogPlace, saved: string | null): Promise<Verification> => {
  const publicKey = textOf(place.publicKey)
  const checkpoints = await settledCheckpoints(place.checkpoints)
  const ledger = place.ledger === null ? null : openCommitted(place.ledger)
  try {
    return await verifyLog({
      publicKey,
      checkpoints,
      entries: createReadStream(place.entries),
      ...(saved === null ? {} : { saved }),
      ...(ledger === null
        ? {}
        : {
            commitment: (request: string) => {
              const found = ledger.find(request)
              return found === null ? null : commitmentOf(found.salt, found.text)
            },
          }),
    })
  } catch (thrown) {
    if (thrown instanceof CausewayError) throw thrown
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw unreadable(`The log in ${place.folder} cannot be read: ${reason}`, thrown)
  } finally {
    ledger?.close()
  }
}

/** The newest checkpoint as a signed note. Throws `record_damaged` where there is none that this key signed. */
export const newestCheckpoint = async (place: LogPlace): Promise<string> => {
  const verifier = readKeyFile(textOf(place.publicKey))
  const note = splitNotes(await settledCheckpoints(place.checkpoints)).notes.at(-1)
  if (verifier === null || note === undefined || readCheckpoint(note, verifier, true) === null) {
    throw new CausewayError(
      'record_damaged',
      `${place.checkpoints} does not end with a checkpoint of this log's key.`,
    )
  }
  return note
}

/** One leaf of a request with its proof. */
export interface ProvenLeaf {
  readonly leaf: Leaf
  /** Position in the log, from 0. */
  readonly index: number
  /** Hashes from the leaf up to the root of the newest checkpoint, base64; null where no checkpoint covers it yet. */
  readonly proof: readonly string[] | null
}

export interface Shown {
  readonly size: number
  readonly root: string
  readonly leaves: readonly ProvenLeaf[]
  /** Whether the ledger's row is the one the outcome commits to; null where there is no row or no outcome. */
  readonly committed: boolean | null
  /** The ledger's record, as it was committed to; null where there is none. */
  readonly record: string | null
}

const ledgerRow = (place: LogPlace, request: string) => {
  const ledger = place.ledger === null ? null : openCommitted(place.ledger)
  try {
    return ledger?.find(request) ?? null
  } finally {
    ledger?.close()
  }
}

/** Finds every leaf of a request and proves each against the newest checkpoint. Reads the whole log. */
export const showRequest = async (place: LogPlace, request: string): Promise<Shown> => {
  const verifier = readKeyFile(textOf(place.publicKey))
  const checkpoint = verifier && readCheckpoint(await newestCheckpoint(place), verifier, true)
  if (!checkpoint) throw new CausewayError('record_damaged', `${place.publicKey} is no verifier key.`)
  const hashes: Buffer[] = []
  const found: { leaf: Leaf; index: number; hash: Buffer }[] = []
  let count = 0
  for await (const line of readLines(createReadStream(place.entries), MAX_LEAF_BYTES)) {
    if (!line.complete) break
    const hash = leafHash(line.bytes)
    if (count < checkpoint.size) hashes.push(hash)
    // Looked for as bytes first: parsing every line takes ten times as long as hashing it.
    const leaf = line.bytes.includes(request) ? readLeaf(line.bytes) : null
    if (leaf !== null && leaf.type !== 'event' && leaf.request === request)
      found.push({ leaf, index: count, hash })
    count += 1
  }
  const prove = (index: number, hash: Buffer): readonly string[] | null => {
    if (index >= hashes.length) return null
    const path = inclusionProof(index, hashes)
    if (!verifyInclusion(index, checkpoint.size, hash, path, checkpoint.root)) {
      throw new CausewayError(
        'record_damaged',
        `Entry ${index + 1} is not the one that the checkpoint was signed for.`,
      )
    }
    return path.map((step) => step.toString('base64'))
  }
  const leaves = found.map(({ leaf, index, hash }) => ({ leaf, index, proof: prove(index, hash) }))
  const row = ledgerRow(place, request)
  const outcome = found.find(({ leaf }) => leaf.type === 'outcome')?.leaf
  const committed =
    row === null || outcome?.type !== 'outcome' ? null : commitmentOf(row.salt, row.text) === outcome.record
  return {
    size: checkpoint.size,
    root: checkpoint.root.toString('base64'),
    leaves,
    committed,
    record: row?.text ?? null,
  }
}
