import type { Snapshot } from '../domain/index.ts'
import { nearest } from '../lib/index.ts'

/** For a 404: at most 20 names that can be asked for, the nearest to what was asked first, then routes, then targets. */
export const nearestModels = (model: string, snapshot: Snapshot): readonly string[] => {
  const names = [...new Set([...snapshot.routes.keys(), ...snapshot.targets.keys()])]
  const models = [...snapshot.targets.values()].map((target) => target.model)
  const close = nearest(model, [...names, ...models])
  return [...new Set(close === null ? names : [close, ...names])].slice(0, 20)
}
