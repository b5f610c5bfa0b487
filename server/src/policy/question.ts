import type { StatefulAuthorizationCall } from '@cedar-policy/cedar-wasm/nodejs'
import type { RuleQuestion, Target } from '../domain/index.ts'
import { UNKNOWN } from './schema.ts'

type Request = Pick<StatefulAuthorizationCall, 'principal' | 'action' | 'resource' | 'context' | 'entities'>

const entity = (type: string, id: string): { __entity: { type: string; id: string } } => ({
  __entity: { type, id },
})

const attributesOf = (target: Target): Request['entities'][number]['attrs'] => ({
  side: entity('Side', target.side),
  region: target.region ?? UNKNOWN,
  jurisdiction: target.jurisdiction ?? UNKNOWN,
  openness: entity('Openness', target.openness ?? UNKNOWN),
  license: target.license ?? UNKNOWN,
  provider: target.provider,
  model: target.model,
  agreements: target.agreements.map((agreement) => entity('Agreement', agreement)),
  tenancy: entity('Tenancy', target.tenancy ?? UNKNOWN),
  simulated: target.simulated,
})

/** A question as Cedar wants it asked. The entities are complete: whatever a rule can reach has every attribute. */
export const requestFor = (question: RuleQuestion): Request => {
  const { key, team, use, tier, target } = question
  const teamUid = { type: 'Team', id: team ?? '' }
  return {
    principal: { type: 'Principal', id: key },
    action: { type: 'Action', id: 'send' },
    resource: { type: 'Target', id: target.name },
    context: {
      level: entity('Level', question.level),
      kinds: question.kinds.map((kind) => entity('Kind', kind)),
      use: entity('Use', use),
      tier: entity('Tier', tier),
      model: question.model,
    },
    entities: [
      { uid: teamUid, attrs: {}, parents: [] },
      {
        uid: { type: 'Principal', id: key },
        attrs: { key, team: team ?? '' },
        parents: team === null ? [] : [teamUid],
      },
      { uid: { type: 'Use', id: use }, attrs: { tier: entity('Tier', tier) }, parents: [] },
      { uid: { type: 'Target', id: target.name }, attrs: attributesOf(target), parents: [] },
    ],
  }
}
