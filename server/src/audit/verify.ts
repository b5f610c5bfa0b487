import type { OutcomeLeaf } from '../domain/index.ts'
import { type Checkpoint, readCheckpoint, splitNotes } from './checkpoint.ts'
import { MAX_LEAF_BYTES, readLeaf } from './leaf.ts'
import { readLines } from './lines.ts'
import { appendLeaf, EMPTY_TREE, type Frontier, leafHash, rootOf } from './merkle.ts'
import { readVerifier, type Verifier } from './note.ts'
import { Promises, type Requests } from './promises.ts'

export interface LogFiles {
  /** The whole text of `key.public`: the verifier key and a newline. */
  readonly publicKey: string
  /** The whole text of `checkpoints`. Read it before `entries`, so that a log in use is never found short. */
  readonly checkpoints: string
  /** The bytes of `entries.jsonl`. */
  readonly entries: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** A checkpoint of this log that was kept elsewhere. */
  readonly saved?: string
  /** What the ledger's row of a request commits to now; null where it has none. Left out: the ledger is not looked at. */
  readonly commitment?: (request: string) => string | null
}

export interface Problem {
  /** `key.public`, `checkpoints`, `entries.jsonl line 12`, `saved checkpoint`, `ledger`. */
  readonly where: string
  readonly what: string
}

/** What could be proven. Only `problems` speak against the log; the rest says how far the proof reaches. */
export interface Verification {
  readonly problems: readonly Problem[]
  /** The key's name; null where the key itself is no good. */
  readonly origin: string | null
  /** Complete lines in the file. */
  readonly entries: number
  /** Of them, those the last checkpoint stands for. */
  readonly covered: number
  /** After the last checkpoint: complete lines, and bytes of an unfinished one. A server in the middle of a write, or a crash. */
  readonly uncovered: { readonly entries: number; readonly bytes: number }
  readonly checkpoints: number
  /** Root of the last checkpoint, base64. */
  readonly root: string | null
  /** Size of the saved checkpoint that the log was found to continue; null where none was given or it did not. */
  readonly continues: number | null
  /** Outcomes whose ledger row is the one committed to, is gone, or is another one; null where the ledger was not looked at. */
  readonly ledger: { readonly same: number; readonly missing: number; readonly changed: number } | null
  readonly requests: Requests
}

const MOST_PROBLEMS = 50

/** Reads the public key file; null unless it is exactly one key and a newline. */
export const readKeyFile = (file: string): Verifier | null =>
  file.endsWith('\n') ? readVerifier(file.slice(0, -1)) : null

class Verifying {
  readonly #problems: Problem[] = []
  readonly #promises = new Promises()
  readonly #ledger = { same: 0, missing: 0, changed: 0 }
  readonly #files: LogFiles
  readonly #verifier: Verifier | null
  readonly #checkpoints: readonly Checkpoint[]
  readonly #saved: Checkpoint | null
  #tree: Frontier = EMPTY_TREE
  #next = 0
  #lastGood = 0
  #broken = false
  #restBytes = 0
  #continues: number | null = null

  constructor(files: LogFiles) {
    this.#files = files
    this.#verifier = readKeyFile(files.publicKey)
    if (this.#verifier === null) {
      this.#object(
        'key.public',
        'this is no verifier key, or it was changed: name, id and key do not fit together',
      )
    }
    this.#checkpoints = this.#readCheckpoints()
    this.#saved = this.#readSaved()
  }

  /** Entries that the last checkpoint stands for. */
  get #covered(): number {
    return this.#checkpoints.at(-1)?.size ?? 0
  }

  #object(where: string, what: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ where, what })
  }

  #readCheckpoints(): readonly Checkpoint[] {
    const { notes, rest } = splitNotes(this.#files.checkpoints)
    if (rest !== '') {
      this.#object('checkpoints', `ends in ${Buffer.byteLength(rest)} bytes that are no complete checkpoint`)
    }
    if (notes.length === 0)
      this.#object('checkpoints', 'holds no checkpoint, so nothing vouches for the entries')
    const checkpoints: Checkpoint[] = []
    let size = -1
    for (const [index, note] of notes.entries()) {
      const checkpoint = this.#verifier && readCheckpoint(note, this.#verifier, true)
      if (checkpoint === null) {
        if (this.#verifier)
          this.#object('checkpoints', `number ${index + 1} is not signed by this log's key as it stands`)
        continue
      }
      if (checkpoint.size <= size)
        this.#object('checkpoints', `number ${index + 1} is not larger than the one before`)
      size = Math.max(size, checkpoint.size)
      checkpoints.push(checkpoint)
    }
    return checkpoints
  }

  #readSaved(): Checkpoint | null {
    if (this.#files.saved === undefined || this.#verifier === null) return null
    const saved = readCheckpoint(this.#files.saved, this.#verifier, false)
    if (saved === null) {
      this.#object(
        'saved checkpoint',
        "is not signed by this log's key: it belongs to another log, was changed, or the key was replaced",
      )
    }
    return saved
  }

  async run(): Promise<Verification> {
    this.#compare()
    for await (const line of readLines(this.#files.entries, MAX_LEAF_BYTES)) {
      if (line.complete) this.#take(line.bytes)
      else this.#restBytes = line.bytes.length
    }
    this.#finish()
    return this.#result()
  }

  #take(line: Buffer): void {
    const entry = this.#tree.size
    this.#tree = appendLeaf(this.#tree, leafHash(line))
    this.#compare()
    const leaf = readLeaf(line)
    const where = `entries.jsonl line ${entry + 1}`
    if (leaf === null) {
      this.#object(where, 'is no leaf in canonical JSON')
      return
    }
    const broken = this.#promises.take(entry, leaf)
    if (broken !== null) this.#object(where, broken)
    if (leaf.type === 'outcome' && entry < this.#covered) this.#takeOutcome(leaf, where)
  }

  /** Only for entries with a checkpoint: a row is committed after its entry and before that. */
  #takeOutcome(leaf: OutcomeLeaf, where: string): void {
    if (this.#files.commitment === undefined) return
    const commitment = this.#files.commitment(leaf.request)
    if (commitment === null) this.#ledger.missing += 1
    else if (commitment === leaf.record) this.#ledger.same += 1
    else {
      this.#ledger.changed += 1
      this.#object('ledger', `the row of ${leaf.request} is not the one that ${where} commits to`)
    }
  }

  /** Holds the tree as it is now against every checkpoint of that size. */
  #compare(): void {
    const { size } = this.#tree
    for (let at = this.#checkpoints[this.#next]; at !== undefined && at.size <= size; ) {
      if (at.size === size) this.#compareOwn(at)
      this.#next += 1
      at = this.#checkpoints[this.#next]
    }
    if (this.#saved?.size !== size) return
    if (this.#saved.root.equals(rootOf(this.#tree))) this.#continues = size
    else
      this.#object(
        'saved checkpoint',
        `the first ${size} entries are not those it was signed for: the log was rewritten`,
      )
  }

  #compareOwn(checkpoint: Checkpoint): void {
    if (checkpoint.root.equals(rootOf(this.#tree))) {
      this.#lastGood = checkpoint.size
    } else if (!this.#broken) {
      this.#broken = true
      const range = `lines ${this.#lastGood + 1} to ${checkpoint.size}`
      this.#object(
        'entries.jsonl',
        `${range} are not those that the checkpoint at ${checkpoint.size} was signed for`,
      )
    }
  }

  #finish(): void {
    const { size } = this.#tree
    if (this.#covered > size) {
      this.#object('entries.jsonl', `holds ${size} complete entries; ${this.#covered} were signed for`)
    }
    if (this.#restBytes > MAX_LEAF_BYTES) {
      this.#object(
        `entries.jsonl line ${size + 1}`,
        `is longer than ${MAX_LEAF_BYTES} bytes; reading stopped here`,
      )
    }
    if (this.#saved && this.#saved.size > size) {
      this.#object(
        'saved checkpoint',
        `is of ${this.#saved.size} entries, the log has ${size}: its tail was cut off`,
      )
    }
  }

  #result(): Verification {
    const { size } = this.#tree
    const last = this.#checkpoints.at(-1)
    const covered = Math.min(this.#covered, size)
    return {
      problems: this.#problems,
      origin: this.#verifier?.name ?? null,
      entries: size,
      covered,
      uncovered: { entries: size - covered, bytes: this.#restBytes },
      checkpoints: this.#checkpoints.length,
      root: last?.root.toString('base64') ?? null,
      continues: this.#continues,
      ledger: this.#files.commitment === undefined ? null : { ...this.#ledger },
      requests: this.#promises.result(),
    }
  }
}

/**
 * Proves a log offline from its three files. Never throws for what they say, only for what cannot be read;
 * linear in the entries, and it remembers one id per request.
 */
export const verifyLog = (files: LogFiles): Promise<Verification> => new Verifying(files).run()
