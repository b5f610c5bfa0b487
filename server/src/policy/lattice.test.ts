import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  AGREEMENTS,
  CONDITIONS,
  type Condition,
  type DecideInput,
  type FloorRule,
  type FloorRules,
  KINDS,
  type Kind,
  LEVELS,
  type Level,
  PROFILES,
  type Profile,
  SIDES,
  type Side,
  type Target,
} from '../domain/index.ts'
import { FOUR, inputOf, snapshotOf, targetOf, useOf } from './fixture.ts'
import { compileRules, judge } from './index.ts'

/*
 * The reference: the table of the outside contract, written a second time in its own letters and read in its own way.
 * It shares nothing with the room but the order of the columns.
 */
const COLUMNS = [
  ...['secret', 'identity', 'payment', 'contact', 'health', 'financial', 'contract'],
  ...['source_code', 'internal', 'unread', 'failed'],
]
const TABLE: Record<Profile, string> = {
  strict: 'HHHHHHHHHHH',
  balanced: 'HHHPHHHHHAH',
  relaxed: 'MPPAPAAAHAH',
}
const CONFIDENTIAL = ['contact', 'source_code', 'internal']
const RANK: Record<Level, number> = { public: 0, confidential: 1, restricted: 2 }

const mayGo = (profile: Profile, side: Side, found: readonly string[], raised: Level | null): boolean => {
  const beyond = side === 'rented' || side === 'closed'
  if (raised === 'restricted' && side !== 'own') return false
  if (raised === 'confidential' && beyond) return false
  if (found.includes('failed') && side !== 'own') return false
  return !beyond || found.every((word) => TABLE[profile][COLUMNS.indexOf(word)] === 'A')
}

const labelFor = (
  kinds: readonly Kind[],
  conditions: readonly Condition[],
  raised: Level | null,
): DecideInput['label'] => {
  const levels: Level[] = kinds.map((kind) => (CONFIDENTIAL.includes(kind) ? 'confidential' : 'restricted'))
  if (conditions.includes('failed')) levels.push('restricted')
  if (raised !== null) levels.push(raised)
  const level = levels.reduce<Level>((high, each) => (RANK[each] > RANK[high] ? each : high), 'public')
  return { level, kinds, conditions, raised }
}

/** Every subset of up to `size` items, in the order of `items`. */
const subsets = <T>(items: readonly T[], size: number): readonly (readonly T[])[] => {
  if (size === 0) return [[]]
  return [
    [],
    ...items.flatMap((item, at) => subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest])),
  ]
}

const permittedSides = (input: DecideInput, profile: Profile): readonly Side[] =>
  judge(input, snapshotOf({ profile })).permitted.map(({ target }) => sideOf(target))

const sideOf = (name: string): Side => FOUR.find((target) => target.name === name)?.side ?? 'closed'

test('every label of up to three kinds goes exactly where the table says, in every profile', () => {
  const labels = subsets(KINDS, 3)
  assert.equal(labels.length, 1 + 9 + 36 + 84)
  let checked = 0
  for (const profile of PROFILES) {
    for (const kinds of labels) {
      for (const conditions of subsets(CONDITIONS, 2)) {
        for (const raised of [null, ...LEVELS]) {
          const got = permittedSides(inputOf({ label: labelFor(kinds, conditions, raised) }), profile)
          const want = SIDES.filter((side) => mayGo(profile, side, [...kinds, ...conditions], raised))
          assert.deepEqual(got, want, `${profile} ${kinds} ${conditions} ${raised}`)
          checked += SIDES.length
        }
      }
    }
  }
  assert.equal(checked, 3 * 130 * 4 * 4 * 4)
})

test('what a use declares goes exactly where found content would, whatever the label says', () => {
  for (const profile of PROFILES) {
    for (const carries of subsets(KINDS, 2)) {
      const use = useOf('declared', { carries })
      const bare = permittedSides(inputOf({ use }), profile)
      assert.deepEqual(
        bare,
        SIDES.filter((side) => mayGo(profile, side, carries, null)),
      )
    }
  }
})

const kindsArbitrary = fc.subarray([...KINDS])
const rule = (loosen: boolean): fc.Arbitrary<FloorRule> =>
  fc.record(
    {
      sides: fc.subarray([...SIDES]),
      regions: fc.subarray(['eu', 'us']),
      agreements: fc.subarray([...AGREEMENTS]),
      cross: fc.constantFrom('never', 'pseudonyms', 'masked', 'freely'),
      ...(loosen ? { loosen: fc.boolean() } : {}),
    },
    { requiredKeys: [] },
  )
const floors = (loosen: boolean): fc.Arbitrary<FloorRules> =>
  fc.dictionary(fc.constantFrom(...KINDS, ...CONDITIONS, ...LEVELS), rule(loosen), { maxKeys: 4 })
const target: fc.Arbitrary<Target> = fc
  .record({
    side: fc.constantFrom(...SIDES),
    region: fc.constantFrom('eu', 'us', null),
    agreements: fc.subarray([...AGREEMENTS]),
  })
  .map(({ side, ...facts }) => targetOf('one', side, facts))
const label = fc
  .tuple(kindsArbitrary, fc.subarray([...CONDITIONS]), fc.constantFrom(null, ...LEVELS))
  .map(([kinds, conditions, raised]) => labelFor(kinds, conditions, raised))
const RULES = [
  'permit (principal, action, resource);',
  'permit (principal, action, resource) when { resource.side == Side::"closed" };',
  'forbid (principal, action, resource) when { context.kinds.contains(Kind::"health") };',
  'forbid (principal in Team::"platform", action, resource) when { resource.side == Side::"rented" };',
  'forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
]
const ruleSets = RULES.flatMap((_, at) => [[at], [at, (at + 1) % RULES.length]]).map((chosen) =>
  compileRules(chosen.map((index) => ({ name: `r${index}.cedar`, text: RULES[index] ?? '' }))),
)
const rules = fc.constantFrom(compileRules([]), ...ruleSets)
const profiles = fc.constantFrom(...PROFILES)

const permits = (
  facts: Target,
  labelled: DecideInput['label'],
  profile: Profile,
  configured: FloorRules,
  used: FloorRules,
  ruled = compileRules([]),
): boolean => {
  const use = useOf('general', { floors: used })
  const snapshot = snapshotOf({ profile, floors: configured, targets: [facts], uses: [use], rules: ruled })
  return judge(inputOf({ label: labelled, use, candidates: ['one'] }), snapshot).permitted.length === 1
}

test('without loosen no floor, use or rule set permits what the table refuses', () => {
  fc.assert(
    fc.property(
      target,
      label,
      profiles,
      floors(false),
      floors(false),
      rules,
      (one, labelled, profile, a, b, set) => {
        if (!permits(one, labelled, profile, a, b, set)) return
        const found = [...labelled.kinds, ...labelled.conditions]
        assert.ok(mayGo(profile, one.side, found, labelled.raised))
      },
    ),
    { numRuns: 2000, seed: 1 },
  )
})

test('a rule set permits nothing that the floors refuse, loosened or not', () => {
  fc.assert(
    fc.property(
      target,
      label,
      profiles,
      floors(true),
      floors(true),
      rules,
      (one, labelled, profile, a, b, set) => {
        if (permits(one, labelled, profile, a, b, set)) assert.ok(permits(one, labelled, profile, a, b))
      },
    ),
    { numRuns: 1500, seed: 2 },
  )
})

test('finding another kind or condition, or raising the level, never adds a permit', () => {
  fc.assert(
    fc.property(
      ...([target, label, profiles, floors(true), floors(true)] as const),
      ...([kindsArbitrary, fc.subarray([...CONDITIONS]), fc.constantFrom(null, ...LEVELS)] as const),
      (one, labelled, profile, a, b, kinds, conditions, level) => {
        const more = labelFor(
          KINDS.filter((kind) => kinds.includes(kind) || labelled.kinds.includes(kind)),
          CONDITIONS.filter((each) => conditions.includes(each) || labelled.conditions.includes(each)),
          RANK[level ?? 'public'] > RANK[labelled.raised ?? 'public'] ? level : labelled.raised,
        )
        if (permits(one, more, profile, a, b)) assert.ok(permits(one, labelled, profile, a, b))
      },
    ),
    { numRuns: 2500, seed: 3 },
  )
})

test('a tightening floor, laid over floors of any sort, never adds a permit', () => {
  const keys = fc.constantFrom(...KINDS, ...CONDITIONS, ...LEVELS)
  fc.assert(
    fc.property(
      ...([target, label, profiles, floors(true), floors(true), keys, rule(false)] as const),
      (one, labelled, profile, configured, used, key, tightening) => {
        const { [key]: _, ...without } = configured
        const { [key]: __, ...unused } = used
        const before = permits(one, labelled, profile, without, used)
        if (permits(one, labelled, profile, { ...without, [key]: tightening }, used)) assert.ok(before)
        const beforeUse = permits(one, labelled, profile, configured, unused)
        if (permits(one, labelled, profile, configured, { ...unused, [key]: tightening }))
          assert.ok(beforeUse)
      },
    ),
    { numRuns: 2500, seed: 4 },
  )
})

test('the sides a client confines itself to only ever take permits away', () => {
  for (const sides of subsets(SIDES, 4)) {
    for (const kinds of subsets(KINDS, 1)) {
      const input = inputOf({ label: labelFor(kinds, [], null) })
      const free = permittedSides(input, 'balanced')
      const confined = permittedSides({ ...input, sides }, 'balanced')
      assert.deepEqual(
        confined,
        free.filter((side) => sides.includes(side)),
      )
    }
  }
})

test('loosening one use loosens no other', () => {
  fc.assert(
    fc.property(
      target,
      label,
      profiles,
      floors(true),
      floors(true),
      (one, labelled, profile, configured, loosened) => {
        const uses = [useOf('general'), useOf('other', { floors: loosened })]
        const input = inputOf({ label: labelled, candidates: ['one'] })
        const alone = snapshotOf({ profile, floors: configured, targets: [one] })
        const beside = snapshotOf({ profile, floors: configured, targets: [one], uses })
        assert.deepEqual(judge(input, beside), judge(input, alone))
      },
    ),
    { numRuns: 500, seed: 5 },
  )
})
