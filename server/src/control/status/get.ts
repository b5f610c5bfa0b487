import type { Health, Snapshot, Target } from '../../domain/index.ts'
import type { RuntimeView, StatusView, TargetView } from '../contract.ts'

/** What is in force and how it is doing: the snapshot's facts with the process's own. */
export const getStatus = (
  version: string,
  snapshot: Snapshot,
  health: Readonly<Record<string, Health>>,
  runtime: RuntimeView,
): StatusView => ({
  ...runtime,
  version,
  profile: snapshot.profile,
  snapshot: snapshot.hash,
  targets: [...snapshot.targets.values()].map((target) => viewOf(target, health[target.name] ?? null)),
  routes: [...snapshot.routes.keys()],
  uses: [...snapshot.uses.keys()],
})

/** Field by field, so that a new field of a target is not shown by accident. */
const viewOf = (target: Target, health: Health | null): TargetView => ({
  name: target.name,
  provider: target.provider,
  model: target.model,
  side: target.side,
  simulated: target.simulated,
  region: target.region,
  jurisdiction: target.jurisdiction,
  openness: target.openness,
  license: target.license,
  agreements: target.agreements,
  context: target.context,
  price: target.price,
  health,
})
