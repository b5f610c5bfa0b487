import type { ConfigFloors } from './schema.ts'
import type { Source } from './source.ts'

/** The kinds that `pii` stands for. */
export const PII = ['identity', 'payment', 'contact'] as const

/** Floors as the rules engine of floors wants them: `pii` spelled out, no duty that this version does not have. */
export const expandFloors = (floors: ConfigFloors): Source['floors'] => {
  const expanded: Source['floors'] = {}
  for (const [key, floor] of Object.entries(floors)) {
    if (floor === undefined) continue
    const { audit: _reserved, ...rule } = floor
    for (const kind of key === 'pii' ? PII : [key]) expanded[kind] = rule
  }
  return expanded
}
