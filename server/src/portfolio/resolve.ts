import type { Objective, RankInput, Route, Snapshot, Target } from '../domain/index.ts'

/** What a name stands for. `route` is null where a target or a model was named. */
export interface Resolved {
  readonly route: Route | null
  /** Target names in order; policy decides which of them may be used. */
  readonly targets: readonly string[]
  readonly objective: Objective
  readonly weights: Readonly<Record<string, number>>
}

/** Looks a name up as a route, then as a target, then as targets' exact model, these in the order of the configuration. Null: there is none. */
export const resolve = (model: string, snapshot: Snapshot): Resolved | null => {
  const route = snapshot.routes.get(model)
  if (route !== undefined) {
    return { route, targets: route.targets, objective: route.objective, weights: route.weights }
  }
  const targets = snapshot.targets.has(model) ? [model] : servingModel(model, snapshot)
  return targets.length === 0 ? null : { route: null, targets, objective: 'ordered', weights: {} }
}

const servingModel = (model: string, snapshot: Snapshot): readonly string[] =>
  [...snapshot.targets.values()].filter((target) => target.model === model).map(({ name }) => name)

/** A target's facts as `rank` wants them, copied so that the record can keep them. */
export const rankFacts = (
  target: Target,
  route: Route | null,
  sameDialect: boolean,
): RankInput['facts'][string] => ({
  context: target.context,
  fit: target.fit,
  tools: target.tools,
  images: target.images,
  audio: target.audio,
  files: target.files,
  structured: target.structured,
  quality: target.quality,
  price: target.price,
  weight: weightOf(target.name, route),
  sameDialect,
})

const weightOf = (name: string, route: Route | null): number =>
  route !== null && Object.hasOwn(route.weights, name) ? (route.weights[name] ?? 1) : 1
