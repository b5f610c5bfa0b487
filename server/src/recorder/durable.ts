import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

const syncFolder = (folder: string): void => {
  // Windows opens no folders, and NTFS journals the name itself.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const writeAll = (descriptor: number, bytes: Uint8Array, position: number): void => {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}

/** Writes a whole file so that after a crash there is the old one or the new one, on the disk when this returns. */
export const replaceFile = (file: string, bytes: Uint8Array, mode: number): void => {
  const draft = `${file}.new`
  const descriptor = openSync(draft, 'w', mode)
  try {
    writeAll(descriptor, bytes, 0)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, file)
  syncFolder(dirname(file))
}

const CHUNK = 1 << 20

/**
 * A file that only grows, with a length up to which it is right. What is written beyond it counts from `keep`
 * on; until then `cut` takes it back, also if the write itself broke off half-way.
 */
export class GrowingFile {
  readonly #file: string
  #descriptor: number
  #kept: number
  #written: number

  /** Opens the file, and makes it where there is none. */
  constructor(file: string) {
    this.#file = file
    this.#descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
    this.#kept = fstatSync(this.#descriptor).size
    this.#written = this.#kept
    syncFolder(dirname(file))
  }

  get length(): number {
    return this.#kept
  }

  /** Appends after what was written last. On an error nothing is kept, but bytes may stand there: see `cut`. */
  write(bytes: Uint8Array): void {
    // A log that was deleted under us would take every fact and lose it.
    if (fstatSync(this.#descriptor).nlink === 0) throw new Error(`${this.#file} was removed while in use`)
    const position = this.#written
    this.#written = Number.MAX_SAFE_INTEGER
    writeAll(this.#descriptor, bytes, position)
    this.#written = position + bytes.length
  }

  sync(): void {
    fdatasyncSync(this.#descriptor)
  }

  keep(): void {
    this.#kept = this.#written
  }

  /** Back to the last length kept, or to a shorter one that becomes it. */
  cut(length = this.#kept): void {
    if (this.#written !== length) ftruncateSync(this.#descriptor, length)
    this.#written = length
    this.#kept = length
  }

  /** The bytes up to the length kept, in pieces. */
  *read(): Generator<Uint8Array> {
    for (let at = 0; at < this.#kept; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, this.#kept - at))
      const count = readSync(this.#descriptor, chunk, 0, chunk.length, at)
      if (count === 0) return
      yield chunk.subarray(0, count)
      at += count
    }
  }

  /** Puts other content in its place by one rename. On an error the old file stays as it was. */
  replace(bytes: Uint8Array): void {
    replaceFile(this.#file, bytes, 0o600)
    const descriptor = openSync(this.#file, constants.O_RDWR)
    closeSync(this.#descriptor)
    this.#descriptor = descriptor
    this.#kept = bytes.length
    this.#written = bytes.length
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
