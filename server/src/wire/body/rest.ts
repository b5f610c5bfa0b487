import {
  CausewayError,
  type Conversation,
  type Dialect,
  type Json,
  type JsonObject,
  NO_SETTINGS,
  type Settings,
} from '../../domain/index.ts'
import { canonicalJson } from '../../lib/index.ts'
import { fidelityOf } from '../fidelity.ts'
import type { Signals } from './signals.ts'

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(NO_SETTINGS, name)
const SETTINGS: readonly (keyof Settings)[] = Object.keys(NO_SETTINGS).filter(isSetting)

/** Collects what a reader does not map. Null is absent, and nothing is lost when it is not carried. */
export class Rest {
  readonly #fields: [string, Json][] = []

  add(path: string, value: Json | undefined): void {
    if (value !== undefined && value !== null) this.#fields.push([path, value])
  }

  /** Every member of an object but the named ones, under its path. */
  others(json: JsonObject, known: readonly string[], path: string): void {
    for (const name of Object.keys(json)) {
      if (!known.includes(name)) this.add(path === '' ? name : `${path}.${name}`, json[name])
    }
  }

  fields(): Readonly<Record<string, Json>> {
    return Object.fromEntries(this.#fields)
  }
}

const settleField = (
  conversation: Conversation,
  path: string,
  value: Json,
  to: Dialect,
  signals: Signals,
): void => {
  const field = path.replace(/\[\d+\]/g, '[]')
  const fidelity = fidelityOf(conversation.dialect, field, to)
  if (fidelity?.neutral?.some((same) => canonicalJson(same) === canonicalJson(value)) === true) return
  const policy = fidelity === null ? 'signalled' : (fidelity.otherwise ?? fidelity.policy)
  if (policy === 'mapped') return
  if (policy === 'refused') {
    throw new CausewayError(
      'cannot_translate',
      `${path} cannot be carried over from ${conversation.dialect} to ${to}: ${fidelity?.why ?? 'there is nothing like it'}.`,
      { field: path },
    )
  }
  signals.add(path)
}

const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)

const plainJson = (value: unknown): Json => JSON.parse(JSON.stringify(value))

/**
 * Signals or refuses every field the reader left over and every setting that the writer does not carry, as the
 * fidelity table says; a field that no line of it names is signalled. Throws CausewayError `cannot_translate`.
 */
export const settleRest = (
  conversation: Conversation,
  to: Dialect,
  carried: readonly (keyof Settings)[],
  signals: Signals,
): void => {
  if (conversation.dialect === to) return
  for (const [path, value] of Object.entries(conversation.rest)) {
    settleField(conversation, path, value, to, signals)
  }
  for (const name of SETTINGS) {
    const value = conversation.settings[name]
    if (carried.includes(name) || !isSaid(value)) continue
    settleField(conversation, conversation.names[name] ?? name, plainJson(value), to, signals)
  }
}
