import { AGREEMENTS, KINDS, LEVELS, OPENNESS, SIDES } from '../domain/index.ts'

const choice = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ')

/** What stands in for a fact that nobody stated. It is a value like any other, so that no rule can fail over its absence. */
export const UNKNOWN = 'unknown'

/**
 * The published schema of rules, in Cedar's schema language; docs/policy.md explains it. Words that have a closed
 * list are enumerated entity types, not strings: a misspelt `Side::"closde"` is then an error when the rules are
 * compiled, where a misspelt string would be a rule that never applies.
 */
export const SCHEMA = `entity Side enum [${choice(SIDES)}];
entity Level enum [${choice(LEVELS)}];
entity Kind enum [${choice(KINDS)}];
entity Tier enum [${choice(['minimal', 'limited', 'high'])}];
entity Openness enum [${choice([...OPENNESS, UNKNOWN])}];
entity Agreement enum [${choice(AGREEMENTS)}];
entity Tenancy enum [${choice(['premises', 'private-cloud', UNKNOWN])}];

entity Team;
entity Principal in [Team] {
  key: String,
  team: String,
};
entity Use {
  tier: Tier,
};
entity Target {
  side: Side,
  region: String,
  jurisdiction: String,
  openness: Openness,
  license: String,
  provider: String,
  model: String,
  agreements: Set<Agreement>,
  tenancy: Tenancy,
  simulated: Bool,
};

action send appliesTo {
  principal: [Principal],
  resource: [Target],
  context: {
    level: Level,
    kinds: Set<Kind>,
    use: Use,
    tier: Tier,
    model: String,
  },
};
`
