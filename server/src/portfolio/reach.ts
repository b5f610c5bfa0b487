import {
  type DecideInput,
  type Principal,
  SIDES,
  type Side,
  type Snapshot,
  type Verdict,
} from '../domain/index.ts'

/** Policy's pure core, handed in: rooms do not import rooms. */
export type Judge = (input: DecideInput, snapshot: Snapshot) => Verdict

/** One name that a key may ask for. */
export interface ModelEntry {
  readonly id: string
  readonly kind: 'route' | 'target'
  /** Sides of the targets behind it, in the order of SIDES. */
  readonly sides: readonly Side[]
  /** The targets behind it that can be reached. */
  readonly targets: readonly string[]
}

/**
 * Names of targets that at least one of the key's uses could reach with nothing found in a request, asked for under
 * `model`, or under their own name where it is null; in the order of `candidates`.
 */
const reached = (
  principal: Principal,
  snapshot: Snapshot,
  judge: Judge,
  candidates: readonly string[],
  model: string | null,
): readonly string[] => {
  const found = new Set<string>()
  for (const name of principal.uses) {
    const use = snapshot.uses.get(name)
    if (use === undefined) continue
    const input = (asked: string, among: readonly string[]): DecideInput => ({
      principal: { key: principal.key, team: principal.team },
      use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
      label: { level: 'public', kinds: [], conditions: [], raised: null },
      sides: null,
      model: asked,
      candidates: among,
    })
    const questions =
      model === null ? candidates.map((each) => input(each, [each])) : [input(model, candidates)]
    for (const question of questions) {
      for (const { target } of judge(question, snapshot).permitted) found.add(target)
    }
  }
  return candidates.filter((candidate) => found.has(candidate))
}

/** Names of the targets that the key's uses could ever reach, in the order of the configuration. What a use declares counts. */
export const reachable = (principal: Principal, snapshot: Snapshot, judge: Judge): readonly string[] =>
  reached(principal, snapshot, judge, [...snapshot.targets.keys()], null)

/** For `GET /v1/models`: routes with a target that the key could reach, then targets that it could reach; a target hidden by a route of its name is left out. */
export const modelList = (snapshot: Snapshot, principal: Principal, judge: Judge): readonly ModelEntry[] => {
  const routes = [...snapshot.routes.values()].map((route) => ({
    id: route.name,
    kind: 'route' as const,
    targets: reached(principal, snapshot, judge, route.targets, route.name),
  }))
  const targets = reachable(principal, snapshot, judge)
    .filter((name) => !snapshot.routes.has(name))
    .map((name) => ({ id: name, kind: 'target' as const, targets: [name] }))
  return [...routes, ...targets]
    .filter((entry) => entry.targets.length > 0)
    .map((entry) => ({ ...entry, sides: sidesOf(entry.targets, snapshot) }))
}

const sidesOf = (names: readonly string[], snapshot: Snapshot): readonly Side[] =>
  SIDES.filter((side) => names.some((name) => snapshot.targets.get(name)?.side === side))
