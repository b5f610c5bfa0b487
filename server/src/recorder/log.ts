import { mkdirSync } from 'node:fs'
import {
  appendLeaf,
  type Checkpoint,
  EMPTY_TREE,
  type Frontier,
  leafHash,
  MAX_LEAF_BYTES,
  readCheckpoint,
  readLeaf,
  readLines,
  rootOf,
  type Signer,
  signCheckpoint,
  splitNotes,
} from '../audit/index.ts'
import { CausewayError } from '../domain/index.ts'
import { GrowingFile } from './durable.ts'
import { openKeys } from './keys.ts'
import type { DataFiles } from './layout.ts'

const damaged = (message: string): CausewayError => new CausewayError('record_damaged', message)

/** What opening the log had to put right, or nothing. */
export interface Repair {
  /** Complete entries that no checkpoint vouched for; they are kept. */
  readonly entries: number
  /** Bytes of an unfinished last entry, cut off. */
  readonly entryBytes: number
  /** Bytes of an unfinished last checkpoint, cut off. */
  readonly checkpointBytes: number
  /** Requests whose outcome is among those entries. */
  readonly outcomes: readonly string[]
}

/** Checkpoints kept in any case, and entries between two that stay in the file for good. */
const RECENT = 256
const MILESTONE = 1024

const NEWLINE = Buffer.from('\n')

/** The log's two files and the key. `write`, then `accept` or `takeBack`; `seal` vouches for what was accepted. */
export class AuditLog {
  readonly #entries: GrowingFile
  readonly #checkpoints: GrowingFile
  readonly #signer: Signer
  #tree: Frontier = EMPTY_TREE
  #next: Frontier = EMPTY_TREE
  #sealed = -1
  #notes = 0
  #notesKept = 0

  private constructor(files: DataFiles) {
    mkdirSync(files.audit, { recursive: true, mode: 0o700 })
    this.#signer = openKeys(files)
    this.#entries = new GrowingFile(files.entries)
    this.#checkpoints = new GrowingFile(files.checkpoints)
  }

  /**
   * Opens, proves and where a crash left ends loose repairs a log. Throws CausewayError `record_damaged` for
   * everything that no crash explains; the files are then as they were. `settle` must follow.
   */
  static async open(files: DataFiles): Promise<{ readonly log: AuditLog; readonly repair: Repair }> {
    const log = new AuditLog(files)
    try {
      return { log, repair: await log.#prove() }
    } catch (thrown) {
      log.close()
      throw thrown
    }
  }

  get publicKey(): string {
    return this.#signer.verifier.text
  }

  /** Entries accepted. */
  get size(): number {
    return this.#tree.size
  }

  async #prove(): Promise<Repair> {
    const file = Buffer.concat([...this.#checkpoints.read()])
    const { notes } = splitNotes(file.toString())
    const checkpoints = this.#readNotes(notes)
    const covered = checkpoints.at(-1)?.size ?? 0
    if (checkpoints.length === 0 && this.#entries.length > 0) {
      throw damaged('The audit log has entries, but the checkpoints that vouch for them are gone.')
    }
    const { outcomes, length } = await this.#proveEntries(checkpoints, covered)
    const repair = {
      entries: this.#tree.size - covered,
      entryBytes: this.#entries.length - length,
      checkpointBytes: file.length - Buffer.byteLength(notes.join('')),
      outcomes,
    }
    this.#entries.cut(length)
    this.#checkpoints.cut(file.length - repair.checkpointBytes)
    this.#next = this.#tree
    this.#notes = notes.length
    this.#sealed = checkpoints.at(-1)?.size ?? -1
    return repair
  }

  #readNotes(notes: readonly string[]): readonly Checkpoint[] {
    let size = -1
    return notes.map((note, index) => {
      const checkpoint = readCheckpoint(note, this.#signer.verifier, true)
      if (checkpoint === null || checkpoint.size <= size) {
        throw damaged(`Checkpoint ${index + 1} of the audit log is not as it was signed.`)
      }
      size = checkpoint.size
      return checkpoint
    })
  }

  /** Rebuilds the tree and holds it against every checkpoint; answers the bytes of all complete lines. */
  async #proveEntries(checkpoints: readonly Checkpoint[], covered: number) {
    const expected = new Map(checkpoints.map((checkpoint) => [checkpoint.size, checkpoint.root]))
    const outcomes: string[] = []
    let length = 0
    let proven = 0
    for await (const line of readLines(this.#entries.read(), MAX_LEAF_BYTES)) {
      if (!line.complete) {
        if (line.bytes.length > MAX_LEAF_BYTES)
          throw damaged(`Entry ${this.#tree.size + 1} of the audit log is too long.`)
        break
      }
      this.#tree = appendLeaf(this.#tree, leafHash(line.bytes))
      length += line.bytes.length + 1
      const root = expected.get(this.#tree.size)
      if (root !== undefined && !root.equals(rootOf(this.#tree))) {
        throw damaged(
          `Entries ${proven + 1} to ${this.#tree.size} of the audit log are not those that were signed for.`,
        )
      }
      if (root !== undefined) proven = this.#tree.size
      if (this.#tree.size <= covered) continue
      const leaf = readLeaf(line.bytes)
      if (leaf === null) throw damaged(`Entry ${this.#tree.size} of the audit log is no leaf.`)
      if (leaf.type === 'outcome') outcomes.push(leaf.request)
    }
    if (this.#tree.size < covered) {
      throw damaged(`The audit log has ${this.#tree.size} entries; ${covered} were signed for.`)
    }
    return { outcomes, length }
  }

  /** Appends lines and has them on the disk when it returns. Nothing counts before `accept`. */
  write(lines: readonly Buffer[]): void {
    let tree = this.#tree
    const pieces: Buffer[] = []
    for (const line of lines) {
      tree = appendLeaf(tree, leafHash(line))
      pieces.push(line, NEWLINE)
    }
    this.#entries.write(Buffer.concat(pieces))
    this.#entries.sync()
    this.#next = tree
  }

  accept(): void {
    this.#entries.keep()
    this.#tree = this.#next
  }

  /** Cuts off whatever was written and not accepted. */
  takeBack(): void {
    this.#next = this.#tree
    this.#entries.cut()
    this.#checkpoints.cut()
  }

  /**
   * Signs a checkpoint for everything accepted. It is not synced: entries always reach the disk before it, so
   * after a power cut some entries may stand without one, which `open` repairs and says so.
   */
  seal(): void {
    if (this.#sealed === this.#tree.size) return
    const note = signCheckpoint({ size: this.#tree.size, root: rootOf(this.#tree) }, this.#signer)
    this.#checkpoints.write(Buffer.from(note))
    this.#checkpoints.keep()
    this.#sealed = this.#tree.size
    this.#notes += 1
    if (this.#notes - this.#notesKept > Math.max(RECENT, this.#notesKept)) this.#thin()
  }

  /** Leaves one checkpoint per 1,024 entries and the last; every one left stays as it was signed. */
  #thin(): void {
    this.#notesKept = this.#notes
    const { notes } = splitNotes(Buffer.concat([...this.#checkpoints.read()]).toString())
    let block = -1
    const kept = notes.filter((note, index) => {
      const at = Math.floor(Number(note.split('\n')[1]) / MILESTONE)
      const isFirst = at > block
      if (isFirst) block = at
      return isFirst || index === notes.length - 1
    })
    try {
      this.#checkpoints.replace(Buffer.from(kept.join('')))
    } catch {
      // A larger file than need be is as good a proof; the next thinning tries again.
      return
    }
    this.#notes = kept.length
    this.#notesKept = kept.length
  }

  /** Has the last checkpoint on the disk too. */
  settle(): void {
    this.#checkpoints.sync()
  }

  close(): void {
    this.#entries.close()
    this.#checkpoints.close()
  }
}
