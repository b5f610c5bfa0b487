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
import type { FieldFidelity } from './fidelity.ts'
import type { Signals } from './signals.ts'
import { hasOwnTools, kindOf, lineOf } from './vendorTools.ts'

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

/** The line of the table for a field that was left over, and the name by which it is told. */
const lineFor = (
  from: Dialect,
  path: string,
  value: Json,
  to: Dialect,
): { readonly name: string; readonly fidelity: FieldFidelity | null } => {
  const line = lineOf(path, value)
  const own = line === null ? null : fidelityOf(from, plain(line), to)
  // A kind is the client's word: it may only name a tool, never another member that the table has.
  if (line !== null && own?.policy === 'offered') return { name: line, fidelity: own }
  return { name: path, fidelity: fidelityOf(from, plain(path), to) }
}

/** A path as the tables have it. */
const plain = (path: string): string => path.replace(/\[\d+\]/g, '[]')

const settleField = (
  conversation: Conversation,
  path: string,
  value: Json,
  to: Dialect,
  signals: Signals,
): void => {
  const { name, fidelity } = lineFor(conversation.dialect, path, value, to)
  if (fidelity?.neutral?.some((same) => canonicalJson(same) === canonicalJson(value)) === true) return
  const policy = fidelity === null ? 'signalled' : (fidelity.otherwise ?? fidelity.policy)
  if (policy === 'mapped') return
  if (policy === 'refused' || (policy === 'offered' && !hasOwnTools(conversation))) {
    const kind = /^tool(?:s\[\d+\]|_choice)$/.test(path) ? kindOf(value) : null
    throw new CausewayError(
      'cannot_translate',
      `${path}${kind === null ? '' : ` (${kind})`} cannot be carried over from ${conversation.dialect} to ${to}: ${fidelity?.why ?? 'there is nothing like it'}.`,
      { field: path },
    )
  }
  signals.add(name)
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
