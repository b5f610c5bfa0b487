/** A call of the assistant's last turn. */
interface Waiting {
  readonly id: string
  readonly name: string
  /** Whether the call came without an id. */
  readonly made: boolean
  answered: boolean
}

/**
 * Which result belongs to which call. The dialect's documented form has no ids, so those that are missing are made
 * from the places of the calls, the same each time the history is sent; results are told by id, by the tool's name,
 * and else by their order.
 */
export class ToolPairs {
  #waiting: Waiting[] = []

  /** The assistant speaks again. */
  turn(): void {
    this.#waiting = []
  }

  /** The id of a call. */
  called(id: string | null, name: string, message: number, index: number): string {
    const made = id === null || id === ''
    const own = made ? `call_${message}_${index}` : id
    this.#waiting.push({ id: own, name, made, answered: false })
    return own
  }

  /** The id of the call that a result answers; one that no call has where there is none. */
  answered(id: string | null, name: string | null, message: number): string {
    const open = this.#waiting.filter((call) => !call.answered)
    const byId = id === null || id === '' ? undefined : open.find((call) => call.id === id)
    const byName = name === null || name === '' ? undefined : open.find((call) => call.name === name)
    const found = byId ?? byName ?? this.#inOrder(open, id, name)
    if (found === undefined) return id === null || id === '' ? `result_${message}` : id
    found.answered = true
    return found.id
  }

  /**
   * A name that no call has is a mistake, not an order; so is an id, but where the calls came without theirs: some
   * clients leave it out of a call and keep it in the result.
   */
  #inOrder(open: readonly Waiting[], id: string | null, name: string | null): Waiting | undefined {
    if (name !== null && name !== '') return undefined
    return id === null || id === '' ? open[0] : open.find(({ made }) => made)
  }
}
