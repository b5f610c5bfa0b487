import type { Snapshot } from '../domain/index.ts'

/** The name closest to `name` by edits (insert, delete, replace, swap), where at most a third of it would change; null where none is near. */
export const nearest = (name: string, names: Iterable<string>): string | null => {
  const wanted = name.slice(0, 100).toLowerCase()
  let best: string | null = null
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of names) {
    const edits = distance(wanted, candidate.slice(0, 100).toLowerCase())
    if (edits < fewest) {
      fewest = edits
      best = candidate
    }
  }
  return best
}

/** Edits between two texts, a swap of neighbours being one. */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      let edits = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) edits = Math.min(edits, (before[column - 2] ?? 0) + 1)
      current.push(edits)
    }
    before = above
    above = current
  }
  return above[b.length] ?? 0
}

/** For a 404: at most 20 names that can be asked for, the nearest to what was asked first, then routes, then targets. */
export const nearestModels = (model: string, snapshot: Snapshot): readonly string[] => {
  const names = [...new Set([...snapshot.routes.keys(), ...snapshot.targets.keys()])]
  const models = [...snapshot.targets.values()].map((target) => target.model)
  const close = nearest(model, [...names, ...models])
  return [...new Set(close === null ? names : [close, ...names])].slice(0, 20)
}
