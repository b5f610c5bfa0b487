import type { Call, Relay, Reviser, Revision, Target, Usage } from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'
import { cut, garbled, reported } from './answer-faults.ts'
import type { IssuedHere } from './issued.ts'
import type { Ended, Through } from './through.ts'

/** Same dialect: the bytes go on as they are, or with their texts revised: values put back, or kept from going out. */
export class Relayed implements Through {
  readonly #relay: Relay
  readonly #revision: Revision | null
  readonly #target: string
  readonly #stream: boolean
  #ready: Uint8Array[] = []

  /** `verbatim`: the reviser changes no text, only hears it. `previous`: id of the kept answer that the call goes on from. */
  constructor(
    call: Call,
    { name, model }: Pick<Target, 'name' | 'model'>,
    reviser: Reviser | null,
    verbatim: boolean,
    previous: string | null,
  ) {
    const wire = wireOf(call.dialect)
    const { stream, operation } = call
    const asked = { call, previous, model }
    this.#relay = wire.relay({ stream, hideUsage: !call.wantsUsage, operation, asked })
    this.#revision = reviser === null ? null : wire.revise({ stream, verbatim }, reviser)
    this.#target = name
    this.#stream = stream
  }

  push(chunk: Uint8Array): void {
    const out = this.#relay.push(chunk)
    if (out instanceof Uint8Array) this.#pass(out)
    else for (const piece of out) this.#pass(piece)
  }

  started(): boolean {
    return this.#relay.started()
  }

  finished(): boolean {
    return this.#relay.finished()
  }

  take(): readonly Uint8Array[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  end(): Ended {
    const { rest, complete } = this.#relay.end()
    const fault = this.#relay.fault()
    const last = this.#revision === null ? rest : this.#revised(rest, this.#revision)
    if (fault !== null) return { rest: last, fault: reported(this.#target, fault.message), told: true }
    if (complete) return { rest: last, fault: null, told: false }
    return { rest: last, fault: this.#stream ? cut(this.#target) : garbled(this.#target), told: false }
  }

  usage(): Usage | null {
    return this.#relay.usage()
  }

  textLength(): number {
    return this.#relay.textLength()
  }

  unmapped(): readonly string[] {
    return []
  }

  issued(): IssuedHere {
    return { values: this.#relay.sealed?.() ?? [], groups: [] }
  }

  #pass(piece: Uint8Array): void {
    if (this.#revision === null) this.#ready.push(piece)
    else for (const out of this.#revision.push(piece)) this.#ready.push(out)
  }

  /** What a revision held may belong to any of it, so all that was not taken yet is part of the rest. */
  #revised(rest: readonly Uint8Array[], revision: Revision): readonly Uint8Array[] {
    for (const piece of rest) this.#pass(piece)
    return [...this.take(), ...revision.end()]
  }
}
