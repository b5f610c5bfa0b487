import { CausewayError, type Price, type PriceLookup, type Target } from '../domain/index.ts'
import { type Located, type Preset, providerOf } from '../providers/index.ts'
import { rangeOf } from './address.ts'
import { expandFloors } from './floors.ts'
import type { Config, ConfigTarget } from './schema.ts'
import type { Source } from './source.ts'

/** A rule file: its name for messages, and its text. */
export interface RuleFile {
  readonly name: string
  readonly text: string
}

/**
 * A checked configuration with everything looked up that a snapshot needs: presets' facts, prices, the built-in
 * use. Throws `config_invalid` for what `checkConfig` would have found.
 */
export const resolveConfig = (
  config: Config,
  rules: readonly RuleFile[],
  lookupPrice: PriceLookup,
  lists: Lists = new Map(),
): Source => ({
  v: 1,
  listen: { gateway: config.listen.gateway, control: config.listen.control },
  targets: config.targets.map((target) => resolveTarget(target, lookupPrice)),
  routes: config.routes,
  uses: [
    { name: 'general', owner: null, purpose: null, carries: [], tier: 'minimal', floors: {}, confidence: {} },
    ...config.uses.map((use) => ({
      name: use.name,
      owner: use.owner ?? null,
      purpose: use.purpose ?? null,
      carries: [...new Set(use.carries)],
      tier: use.tier,
      floors: expandFloors(use.floors),
      confidence: use.confidence,
    })),
  ],
  keys: config.keys.map((key) => ({ ...key, team: key.team ?? null })),
  profile: config.profile,
  floors: expandFloors(config.floors),
  audit: config.audit,
  limits: config.limits,
  sensitivity: resolveSensitivity(config, lists),
  conversations: config.conversations,
  guard: { watch: config.guard.watch, answers: config.guard.answers, links: config.guard.links ?? null },
  rules: [...rules].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
})

/** Texts of files that a configuration names, by the path it gives. */
export type Lists = ReadonlyMap<string, string>

const listed = (path: string | undefined, lists: Lists): string => {
  if (path === undefined) return ''
  const text = lists.get(path)
  if (text === undefined) throw new CausewayError('config_invalid', `${path} was not read`)
  return text.replace(/\r\n?/g, '\n')
}

const lines = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))

/** Examples in a file: an empty line or `---` between two. */
const paragraphs = (text: string): readonly string[] =>
  text.split(/\n[ \t]*(?:---+[ \t]*)?\n/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))

const resolveSensitivity = ({ sensitivity }: Config, lists: Lists): Source['sensitivity'] => ({
  ...sensitivity,
  words: sensitivity.words.map(({ file, ...own }) => ({
    ...own,
    words: [...new Set([...own.words, ...lines(listed(file, lists))])],
  })),
  examples: sensitivity.examples.map(({ file, ...own }) => ({
    ...own,
    texts: [...own.texts, ...paragraphs(listed(file, lists))],
  })),
})

const resolveTarget = (target: ConfigTarget, lookupPrice: PriceLookup): Source['targets'][number] => {
  const provider = providerOf(target.provider)
  const side = sideOf(target, provider)
  const located = locatedOf(target, provider)
  const can = { ...provider.capabilities, ...target.capabilities }
  return {
    name: target.name,
    provider: provider.name,
    url: located.url ?? '',
    model: target.model,
    side,
    dialects: [...(target.dialects ?? located.dialects)],
    operations: [...(target.operations ?? located.operations)],
    addresses: target.addresses.map((range) => rangeOf(range) ?? range),
    credential: target.credential ?? null,
    region: target.region ?? located.region,
    jurisdiction: target.jurisdiction ?? provider.facts.jurisdiction,
    tenancy: target.tenancy ?? null,
    openness: target.openness ?? provider.facts.openness,
    license: target.license ?? null,
    agreements: [...new Set(target.agreements)],
    context: target.context ?? null,
    fit: target.fit,
    tools: can.tools,
    images: can.images,
    audio: can.audio,
    files: can.files,
    structured: can.structured,
    quality: target.quality ?? null,
    price: priceOf(target, side, provider, lookupPrice),
    passthrough: target.passthrough,
    simulated: target.simulated,
    timeouts: target.timeouts,
    options: { ...provider.options(target.options) },
  }
}

/** The side a target is on: the one it states, else the provider's first. */
export const sideOf = (target: ConfigTarget, provider: Preset): Target['side'] =>
  target.side ?? provider.sides[0] ?? 'closed'

/** What follows from what a target states: its address, the dialects of its model, where it runs. */
export const locatedOf = (target: ConfigTarget, provider: Preset): Located =>
  provider.locate({
    url: target.url ?? null,
    model: target.model,
    region: target.region ?? null,
    options: target.options,
  })

const priceOf = (
  target: ConfigTarget,
  side: Target['side'],
  provider: Preset,
  lookupPrice: PriceLookup,
): Price | null => {
  if (target.price !== undefined) {
    const { input, output, cacheRead, cacheWrite } = target.price
    return { input, output, cacheRead: cacheRead ?? null, cacheWrite: cacheWrite ?? null, source: 'config' }
  }
  if (side === 'own' || target.simulated || provider.priceId === null) return null
  return lookupPrice(provider.priceId, target.model)
}
