import type { Side } from '../domain/index.ts'
import { SIDES } from '../domain/index.ts'
import { builtIn, PROVIDERS, type Preset } from '../providers/index.ts'
import { type Environment, weaknessOf } from './credentials.ts'
import type { FoundServer } from './discover.ts'
import { firstText } from './first-text.ts'

/** What first start knows when it writes the file. */
export interface FirstStartInputs {
  readonly environment: Environment
  readonly found: readonly FoundServer[]
  /** The data folder as it is to stand in the file, `./.causeway` by custom. */
  readonly data: string
  /** What the built-in engine's model is called in the file, and its context in tokens; `local` and 8,192 if left out. */
  readonly engine?: { readonly model: string; readonly context: number }
}

/** A target that first start writes. */
export interface FirstTarget {
  readonly name: string
  readonly provider: string
  readonly title: string
  readonly model: string
  readonly side: Side
  readonly url: string | null
  readonly credential: string | null
  readonly context: number | null
  readonly embeds: boolean
  /** A remark for the file, one line. */
  readonly note: string | null
}

export interface FirstStart {
  /** causeway.yaml: commented, parses and checks clean. */
  readonly text: string
  /** Where the secret of the key `dev` belongs, relative to the file or absolute, as in the file. */
  readonly keyFile: string
  /** What was found, by side in the order of SIDES, for the start-up print. The engine is among them. */
  readonly bySide: readonly { readonly side: Side; readonly targets: readonly FirstTarget[] }[]
  /** Servers that answered but that nobody recognised; they are not in the file. */
  readonly unknown: readonly { readonly port: number }[]
  /** Models left out of the file, per server, where it serves very many or names one oddly. */
  readonly omitted: readonly { readonly title: string; readonly models: number }[]
}

const MOST_MODELS = 8

/** Builds the first causeway.yaml from what is at hand. Pure: the same inputs give the same text. */
export const firstStart = (inputs: FirstStartInputs): FirstStart => {
  const hosted = hostedTargets(inputs.environment)
  const local = inputs.found.map((server) => localTargets(server))
  const targets = named([
    ...hosted,
    ...local.flatMap((server) => server.targets),
    engineTarget(inputs.engine ?? { model: 'local', context: 8192 }),
  ])
  const keyFile = `${inputs.data.replace(/\/+$/, '')}/keys/dev`
  const sides = SIDES.map((side) => ({ side, targets: targets.filter((target) => target.side === side) }))
  return {
    text: firstText({ targets, auto: autoOrder(targets), data: inputs.data, keyFile }),
    keyFile,
    bySide: sides.filter(({ targets: some }) => some.length > 0),
    unknown: inputs.found.filter((server) => server.provider === null).map(({ port }) => ({ port })),
    omitted: local
      .filter(({ omitted }) => omitted > 0)
      .map(({ title, omitted }) => ({ title, models: omitted })),
  }
}

/** Closed first where there is a key, then rented, then own; the engine is the last resort. */
const autoOrder = (targets: readonly FirstTarget[]): readonly string[] => {
  const chat = targets.filter((target) => !target.embeds)
  const order: readonly Side[] = ['closed', 'rented', 'attested', 'own']
  return order.flatMap((side) => chat.filter((target) => target.side === side).map((target) => target.name))
}

const hostedTargets = (environment: Environment): readonly FirstTarget[] =>
  [...PROVIDERS.values()].flatMap((provider) => {
    const conventional = provider.environment
    if (conventional === null || !isKey(environment[conventional.variable])) return []
    return [
      {
        name: provider.name,
        provider: provider.name,
        title: provider.title,
        model: conventional.model,
        side: provider.sides[0] ?? 'closed',
        url: null,
        credential: `env:${conventional.variable}`,
        context: null,
        embeds: false,
        note: `${conventional.variable} was set when this file was written.`,
      },
    ]
  })

const isKey = (value: string | undefined): boolean => value !== undefined && weaknessOf(value.trim()) === null

const localTargets = (
  server: FoundServer,
): { readonly title: string; readonly targets: readonly FirstTarget[]; readonly omitted: number } => {
  const provider = server.provider === null ? undefined : PROVIDERS.get(server.provider)
  if (provider === undefined) return { title: server.title, targets: [], omitted: 0 }
  const plain = server.models.filter((model) => /^[\x21-\x7e]{1,200}$/.test(model.id))
  const kept = plain.slice(0, MOST_MODELS)
  return {
    title: server.title,
    targets: kept.map((model) => localTarget(server, provider, model)),
    omitted: server.models.length - kept.length,
  }
}

const localTarget = (
  server: FoundServer,
  provider: Preset,
  model: FoundServer['models'][number],
): FirstTarget => {
  const leaves = model.side !== 'own'
  const unsaid = model.context === null && !leaves && !model.embeds ? provider.cutsAfter : null
  return {
    name: slug(`${provider.name}-${model.id}`),
    provider: provider.name,
    title: provider.title,
    model: model.id,
    side: model.side,
    url: server.url === provider.url ? null : server.url,
    credential: null,
    context: model.context ?? unsaid,
    embeds: model.embeds,
    note: leaves
      ? 'It is listed by a server on this machine, but runs on the machines of somebody else.'
      : unsaid === null
        ? null
        : 'The context is its default: it cuts longer prompts without a word. Raise it there and here together.',
  }
}

const engineTarget = ({ model, context }: NonNullable<FirstStartInputs['engine']>): FirstTarget => ({
  name: builtIn.name,
  provider: builtIn.name,
  title: builtIn.title,
  model,
  side: 'own',
  url: null,
  credential: null,
  context,
  embeds: false,
  note: 'The server that comes with Causeway: a small open model on this machine. `causeway engine pull` fetches one.',
})

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80)

/** Gives each a name of its own. */
const named = (targets: readonly FirstTarget[]): readonly FirstTarget[] => {
  const taken = new Set<string>(['auto'])
  return targets.map((target) => {
    let name = target.name
    for (let count = 2; taken.has(name); count += 1) name = `${target.name}-${count}`
    taken.add(name)
    return { ...target, name }
  })
}
