/** Where the last complete event of these bytes ends; 0 where none does. */
const lastBoundary = (bytes: Buffer): number => {
  const length = bytes.length
  if (length > 1 && bytes[length - 1] === 0x0a && bytes[length - 2] === 0x0a) return length
  if (bytes.indexOf(0x0d) === -1) {
    const at = bytes.lastIndexOf('\n\n')
    return at === -1 ? 0 : at + 2
  }
  let end = 0
  for (const blank of ['\n\n', '\n\r\n', '\r\r']) {
    const at = bytes.lastIndexOf(blank)
    if (at !== -1) end = Math.max(end, at + blank.length)
  }
  return end
}

const BLANKS = ['\n\n', '\n\r\n', '\r\r']

/**
 * The single events of bytes that hold whole ones, as views. Each spelling of a blank line is looked for again
 * only behind where it was found last, so that a million events cost no more than their bytes.
 */
export const splitFrames = (bytes: Buffer): readonly Buffer[] => {
  const frames: Buffer[] = []
  const next = BLANKS.map((blank) => ({ blank, at: -1 }))
  for (let from = 0; from < bytes.length; ) {
    let end = bytes.length
    for (const found of next) {
      if (found.at < from) {
        const at = bytes.indexOf(found.blank, from)
        found.at = at === -1 ? bytes.length : at
      }
      end = Math.min(end, found.at + found.blank.length)
    }
    frames.push(bytes.subarray(from, end))
    from = end
  }
  return frames
}

/** Held pieces up to this are put together. Bytes. */
const SMALL = 4096

/** An event that grows beyond this is let through in pieces rather than held. Bytes. */
const HOLD_LIMIT = 256 * 1024

/**
 * Cuts relayed bytes at the ends of events, so that a client never gets half of one and each can be tested as a
 * whole however the network split it. In the common case a chunk ends where an event ends and is one piece.
 */
export class FrameCutter {
  #held: Buffer[] = []
  #heldBytes = 0
  #flooded = false
  readonly #limit: number

  /** `limit`: bytes of an event that are held; a longer one is let through in pieces. */
  constructor(limit: number = HOLD_LIMIT) {
    this.#limit = limit
  }

  /** True while what `push` gives is a piece of an event that was too long to be held. */
  get flooded(): boolean {
    return this.#flooded
  }

  /** Whole events, ready to be looked at and sent on; null while one is incomplete. */
  push(chunk: Uint8Array): Buffer | null {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (this.#heldBytes === 0 && !this.#flooded) {
      const end = lastBoundary(bytes)
      if (end === bytes.length) return bytes
      this.#hold(bytes.subarray(end))
      return end === 0 ? this.#overflow() : bytes.subarray(0, end)
    }
    const seam = lastBoundary(Buffer.concat([this.#tail(), bytes]))
    this.#hold(bytes)
    if (seam === 0) return this.#overflow()
    const all = Buffer.concat(this.#held)
    const end = lastBoundary(all)
    this.#flooded = false
    this.#held = end === all.length ? [] : [all.subarray(end)]
    this.#heldBytes = all.length - end
    return all.subarray(0, end)
  }

  /** What is left of an event that never ended. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#held)
    this.#held = []
    this.#heldBytes = 0
    return rest
  }

  /** The last bytes held, enough for a blank line that two chunks share. */
  #tail(): Buffer {
    let tail = this.#held.at(-1) ?? Buffer.alloc(0)
    if (tail.length < 3 && this.#held.length > 1) {
      tail = Buffer.concat(this.#held.slice(-3))
    }
    return tail.subarray(-3)
  }

  /** Small pieces are put together as they come: each by itself would take a hundred times its size. */
  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length
    this.#held.push(bytes)
    for (;;) {
      const last = this.#held.at(-1)
      const before = this.#held.at(-2)
      if (last === undefined || before === undefined) return
      if (before.length > SMALL || last.length < before.length) return
      this.#held.splice(-2, 2, Buffer.concat([before, last]))
    }
  }

  #overflow(): Buffer | null {
    if (this.#heldBytes <= this.#limit) return null
    this.#flooded = true
    return this.rest()
  }
}
