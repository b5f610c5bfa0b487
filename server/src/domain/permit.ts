import type { Call } from './call.ts'
import type { Label } from './label.ts'
import type { Target } from './target.ts'

/*
 * TypeScript's `private` does not exist at run time, so a private constructor alone holds nobody off:
 * `Reflect.construct` and `permit.constructor` would forge a permit. The constructor therefore wants a
 * symbol that never leaves this module, the call is kept in a #field, and `covers` asks for that field.
 */
const secret = Symbol('mint')

class PermitProof {
  readonly #call: Call
  readonly label: Label
  readonly target: Target
  /** The rule that let it through, for the record. */
  readonly rule: string

  constructor(key: symbol, call: Call, label: Label, target: Target, rule: string) {
    if (key !== secret) throw new TypeError('a permit cannot be made here')
    this.#call = call
    this.label = label
    this.target = target
    this.rule = rule
    Object.freeze(this)
  }

  static covers(permit: unknown, call: Call): permit is PermitProof {
    return typeof permit === 'object' && permit !== null && #call in permit && permit.#call === call
  }
}
Object.freeze(PermitProof.prototype)
Object.freeze(PermitProof)

/** Proof that policy let this call leave for this target. Only `mint` makes one. */
export type Permit = PermitProof

/** True only for a permit minted for this very call object. */
export const covers: (permit: unknown, call: Call) => permit is Permit = PermitProof.covers

/** For policy/decide.ts alone; the architecture test holds that. */
export const mint = (call: Call, label: Label, target: Target, rule: string): Permit =>
  new PermitProof(secret, call, label, target, rule)
