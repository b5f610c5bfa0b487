import { plainContent } from '../../test/fixture/snapshot.ts'
import type { Call, DecideInput, Label, RuleSet, Snapshot, Target, Use } from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import { compileRules } from './rules.ts'

/** For tests: a target with a fact for everything. */
export const targetOf = (name: string, side: Target['side'], more: Partial<Target> = {}): Target =>
  deepFreeze({
    name,
    provider: 'vllm',
    url: 'http://127.0.0.1:1/v1',
    model: `${name}-model`,
    side,
    dialects: ['openai-chat'],
    operations: ['chat'],
    addresses: [],
    credential: null,
    region: null,
    jurisdiction: null,
    tenancy: null,
    openness: null,
    license: null,
    agreements: [],
    context: null,
    fit: 'refuse',
    tools: true,
    images: true,
    audio: true,
    files: true,
    structured: true,
    quality: null,
    price: null,
    passthrough: false,
    simulated: false,
    timeouts: { connect: 1, firstByte: 1, idle: 1 },
    options: {},
    ...more,
  } satisfies Target)

export const FOUR: readonly Target[] = [
  targetOf('home', 'own'),
  targetOf('vault', 'attested'),
  targetOf('lease', 'rented'),
  targetOf('frontier', 'closed'),
]

export const useOf = (name: string, more: Partial<Use> = {}): Use =>
  deepFreeze({
    name,
    owner: null,
    purpose: null,
    carries: [],
    tier: 'minimal',
    floors: {},
    ...more,
  } satisfies Use)

interface SnapshotParts extends Partial<Pick<Snapshot, 'profile' | 'floors'>> {
  readonly targets?: readonly Target[]
  readonly uses?: readonly Use[]
  readonly rules?: RuleSet
}

/** For tests: a snapshot over four targets, one of each side, with the use `general`. */
export const snapshotOf = (parts: SnapshotParts = {}): Snapshot => {
  const targets = parts.targets ?? FOUR
  const uses = parts.uses ?? [useOf('general')]
  return {
    hash: 'test',
    source: '{}',
    listen: { gateway: { host: '127.0.0.1', port: 0 }, control: { host: '127.0.0.1', port: 0 } },
    targets: new Map(targets.map((target) => [target.name, target])),
    routes: new Map(),
    uses: new Map(uses.map((use) => [use.name, use])),
    principals: [],
    profile: parts.profile ?? 'balanced',
    floors: parts.floors ?? {},
    audit: { intent: 'labelled', outcome: 'durable' },
    rules: parts.rules ?? compileRules([]),
    limits: { body: 1, depth: 1, messages: 1, receive: 1, total: 1, inFlight: 1 },
    ...plainContent,
  }
}

export const labelOf = (more: Partial<Label> = {}): Label =>
  deepFreeze({
    level: 'public',
    kinds: [],
    conditions: [],
    declared: [],
    raised: null,
    findings: [],
    omitted: 0,
    ...more,
  } satisfies Label)

interface InputParts {
  readonly label?: Partial<DecideInput['label']>
  readonly use?: Use
  readonly sides?: DecideInput['sides']
  readonly candidates?: readonly string[]
  readonly team?: string | null
  readonly model?: string
}

/** For tests: an input about all four targets, asked by key `dev`. */
export const inputOf = (parts: InputParts = {}): DecideInput => {
  const { name, carries, tier, floors } = parts.use ?? useOf('general')
  return {
    principal: { key: 'dev', team: parts.team === undefined ? 'platform' : parts.team },
    use: { name, carries, tier, floors },
    label: { level: 'public', kinds: [], conditions: [], raised: null, ...parts.label },
    sides: parts.sides ?? null,
    model: parts.model ?? 'auto',
    candidates: parts.candidates ?? FOUR.map((target) => target.name),
  }
}

export const callOf = (more: Partial<Call> = {}): Call =>
  deepFreeze({
    id: 'cw_1',
    operation: 'chat',
    dialect: 'openai-chat',
    source: '{"model":"auto"}',
    json: { model: 'auto' },
    model: 'auto',
    modelSpan: [9, 15],
    framing: 'sse',
    payload: null,
    verbatim: null,
    stream: false,
    wantsUsage: true,
    media: [],
    needs: {
      tools: false,
      images: false,
      audio: false,
      files: false,
      structured: false,
      inputTokens: 1,
      outputTokens: 0,
    },
    dialectHeaders: {},
    ...more,
  } satisfies Call)
