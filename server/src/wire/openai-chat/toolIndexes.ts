/** One piece of a tool call as a server sent it; empty strings for what it did not say. */
export interface ToolPiece {
  readonly index: number | null
  readonly id: string
  readonly name: string
  readonly delta: string
}

export interface PlacedPiece {
  readonly index: number
  readonly id: string | null
  readonly name: string | null
  readonly delta: string
}

interface OpenCall {
  readonly place: number
  readonly id: string
  named: boolean
  text: string
}

const complete = (text: string): boolean => {
  if (!text.trimEnd().endsWith('}')) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * Finds out which call a piece belongs to. The dialect says: by `index`. Servers exist that give every call
 * index 0, that leave it out, or that change it within a call; id and name then decide.
 */
export class ToolIndexes {
  readonly #byIndex = new Map<number, OpenCall>()
  #last: OpenCall | null = null
  #count = 0

  get size(): number {
    return this.#count
  }

  /** Null where a piece has neither index, id nor name and no call is open. */
  place(piece: ToolPiece, reply: string): PlacedPiece | null {
    const known = piece.index === null ? null : (this.#byIndex.get(piece.index) ?? null)
    const call = known === null ? this.#unknown(piece) : this.#continued(known, piece)
    if (call !== null) {
      call.text += piece.delta
      return { index: call.place, id: null, name: null, delta: piece.delta }
    }
    if (piece.id === '' && piece.name === '') return null
    return this.#open(piece, reply)
  }

  /** The open call at this index, or null where another has begun there. */
  #continued(call: OpenCall, piece: ToolPiece): OpenCall | null {
    if (piece.id !== '' && piece.id !== call.id) return null
    if (piece.id === '' && piece.name !== '' && call.named && complete(call.text)) return null
    return call
  }

  /** No call is open at this index: a piece without id and name goes on with the last one. */
  #unknown(piece: ToolPiece): OpenCall | null {
    if (piece.id === '' && piece.name === '') return this.#last
    if (piece.index === null && piece.id !== '' && this.#last?.id === piece.id) return this.#last
    return null
  }

  #open(piece: ToolPiece, reply: string): PlacedPiece {
    const place = this.#count
    this.#count += 1
    const id = piece.id === '' ? `call_${place}_${reply.replace(/[^a-zA-Z0-9_-]/g, '').slice(-40)}` : piece.id
    const call: OpenCall = { place, id, named: piece.name !== '', text: piece.delta }
    this.#last = call
    if (piece.index !== null) this.#byIndex.set(piece.index, call)
    return { index: place, id, name: piece.name, delta: piece.delta }
  }
}
