import type { PriceLookup, Principal, Snapshot } from '../domain/index.ts'
import { canonicalJson, deepFreeze, sha256Hex } from '../lib/index.ts'
import { compileRules } from '../policy/index.ts'
import { FrozenMap } from './frozen-map.ts'
import { type Lists, type RuleFile, resolveConfig } from './resolve.ts'
import type { Config } from './schema.ts'
import { readSource, type Source } from './source.ts'

/** What a snapshot needs besides the file. */
export interface SnapshotInputs {
  readonly rules: readonly RuleFile[]
  readonly lookupPrice: PriceLookup
  /** Texts of the files that the configuration names, by the path it gives. */
  readonly lists?: Lists
}

/**
 * A checked configuration to the snapshot that serves. It goes by way of the stored text, so that what serves and
 * what is replayed later are made by the same code. Throws `config_invalid`, for rules that do not compile too.
 */
export const compileSnapshot = (config: Config, inputs: SnapshotInputs): Snapshot =>
  compileSource(canonicalJson(resolveConfig(config, inputs.rules, inputs.lookupPrice, inputs.lists)))

/** The stored text to the same snapshot again. Throws `record_damaged` where the text is not a stored source. */
export const compileSource = (source: string): Snapshot => {
  const read = readSource(source)
  return Object.freeze({
    hash: sha256Hex(source),
    source,
    listen: deepFreeze(read.listen),
    targets: byName(read.targets),
    routes: byName(read.routes),
    uses: byName(read.uses),
    principals: deepFreeze(read.keys.map(principalOf)),
    profile: read.profile,
    floors: deepFreeze(read.floors),
    audit: deepFreeze(read.audit),
    rules: Object.freeze(compileRules(read.rules)),
    limits: deepFreeze(read.limits),
    sensitivity: deepFreeze(read.sensitivity),
    conversations: deepFreeze(read.conversations),
    guard: deepFreeze(read.guard),
  })
}

const byName = <T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new FrozenMap(items.map((item) => [item.name, deepFreeze(item)]))

const principalOf = (key: Source['keys'][number]): Principal => ({
  key: key.name,
  team: key.team,
  uses: key.uses,
  rates: key.rates,
  confidence: key.confidence,
})
