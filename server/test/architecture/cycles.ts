import { importsOf, resolveImport } from './imports.ts'
import type { Source } from './sources.ts'

/** Groups of files that import each other in a circle by what is left at run time (Tarjan's strongly connected components). */
export const valueCycles = (sources: readonly Source[]): readonly (readonly string[])[] => {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter((one) => !one.typeOnly)
        .map((one) => resolveImport(source.path, one.specifier))
        .filter((path) => path !== null),
    ]),
  )
  const cycles: (readonly string[])[] = []
  const order = new Map<string, number>()
  const stack: string[] = []
  const visit = (path: string): number => {
    const index = order.size
    order.set(path, index)
    let lowest = index
    stack.push(path)
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue
      if (next === path) cycles.push([path])
      if (!order.has(next)) lowest = Math.min(lowest, visit(next))
      else if (stack.includes(next)) lowest = Math.min(lowest, order.get(next) ?? index)
    }
    if (lowest === index) {
      const group = stack.splice(stack.indexOf(path))
      if (group.length > 1) cycles.push(group.sort())
    }
    return lowest
  }
  for (const path of edges.keys()) if (!order.has(path)) visit(path)
  return cycles
}
