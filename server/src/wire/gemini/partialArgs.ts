import type { Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'

type Node = Map<string | number, Node> | string | number | boolean | null

/** `$.a.b[0]['c']` as its steps; null where it is no such path. */
const stepsOf = (path: string): readonly (string | number)[] | null => {
  if (!path.startsWith('$')) return null
  const steps: (string | number)[] = []
  const step = /\.([^.[\]]+)|\[(\d{1,6})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y
  step.lastIndex = 1
  while (step.lastIndex < path.length) {
    const found = step.exec(path)
    if (found === null) return null
    const [, name, index, single, double] = found
    if (index !== undefined) steps.push(Number(index))
    else steps.push(name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'))
  }
  return steps
}

const valueIn = (piece: JsonObject): string | number | boolean | null => {
  for (const name of ['stringValue', 'numberValue', 'boolValue'] as const) {
    const value = piece[name]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  }
  return null
}

const jsonOf = (node: Node): Json => {
  if (!(node instanceof Map)) return node
  const keys = [...node.keys()]
  if (keys.length > 0 && keys.every((key) => typeof key === 'number')) {
    return [...node].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => jsonOf(value))
  }
  return Object.fromEntries([...node].map(([key, value]) => [String(key), jsonOf(value)]))
}

/** Arguments of a call that come value by value, each with its JSON path, long strings in pieces. */
export class PartialArgs {
  readonly #root = new Map<string | number, Node>()

  /** Returns false where a piece says no place that can be followed. */
  add(pieces: Json | undefined): boolean {
    if (!isList(pieces)) return true
    return pieces.every((piece) => isObject(piece) && this.#set(piece))
  }

  text(): string {
    return this.#root.size === 0 ? '{}' : JSON.stringify(jsonOf(this.#root))
  }

  #set(piece: JsonObject): boolean {
    const path = piece['jsonPath']
    const steps = typeof path === 'string' ? stepsOf(path) : null
    const last = steps?.at(-1)
    if (steps === null || last === undefined) return false
    let node = this.#root
    for (const step of steps.slice(0, -1)) {
      const next = node.get(step)
      const inner = next instanceof Map ? next : new Map<string | number, Node>()
      node.set(step, inner)
      node = inner
    }
    const before = node.get(last)
    const value = valueIn(piece)
    node.set(last, typeof before === 'string' && typeof value === 'string' ? before + value : value)
    return true
  }
}
