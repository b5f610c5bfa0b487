import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type DecideInput,
  KINDS,
  type Kind,
  LEVELS,
  type Level,
  levelOfKind,
  PROFILES,
  type Profile,
  SIDES,
  type Side,
  WAYS,
  type Way,
} from '../domain/index.ts'
import { FOUR, inputOf, snapshotOf, useOf } from './fixture.ts'
import { judge, waysAcross, without } from './index.ts'

/* The table of the outside contract once more, in its own letters: H at home, P under pseudonyms, M masked, A anywhere. */
const COLUMNS = 'secret identity payment contact health financial contract source_code internal'.split(' ')
const TABLE: Record<Profile, string> = {
  strict: 'HHHHHHHHH',
  balanced: 'HHHPHHHHH',
  relaxed: 'MPPAPAAAH',
}

const letter = (profile: Profile, kind: Kind): string => TABLE[profile].charAt(COLUMNS.indexOf(kind))

const opens = (profile: Profile, kind: Kind, way: Way): boolean => {
  const at = letter(profile, kind)
  return at === 'A' || at === 'P' || (at === 'M' && way === 'masked')
}

const levelOf = (kinds: readonly Kind[]): Level =>
  kinds.some((kind) => levelOfKind(kind) === 'restricted')
    ? 'restricted'
    : kinds.length > 0
      ? 'confidential'
      : 'public'

const labelled = (kinds: readonly Kind[], extra: Partial<DecideInput['label']> = {}): DecideInput =>
  inputOf({ label: { level: levelOf(kinds), kinds, conditions: [], raised: null, ...extra } })

const sidesOf = (input: DecideInput, profile: Profile): readonly (Side | undefined)[] =>
  judge(input, snapshotOf({ profile })).permitted.map(
    ({ target }) => FOUR.find(({ name }) => name === target)?.side,
  )

test('a kind whose values are out crosses exactly where the table lets it, whatever else is in', () => {
  let checked = 0
  for (const profile of PROFILES) {
    for (const taken of KINDS) {
      for (const way of WAYS) {
        for (const kind of [null, ...KINDS]) {
          const kinds = kind === null ? [] : [kind]
          const input = labelled(kinds, { replaced: { [taken]: way } })
          const free =
            (kind === taken || opens(profile, taken, way)) &&
            kinds.every((one) => letter(profile, one) === 'A')
          const want = SIDES.filter((side) => side === 'own' || side === 'attested' || free)
          assert.deepEqual(
            sidesOf(input, profile),
            want,
            `${profile} without ${taken} (${way}), with ${kind}`,
          )
          checked += 1
        }
      }
    }
  }
  assert.equal(checked, 3 * 9 * 2 * 10)
})

test('what a client raised stays where it is, values out or not', () => {
  for (const raised of LEVELS.slice(1)) {
    const input = labelled([], { level: raised, raised, replaced: { contact: 'pseudonyms' } })
    assert.ok(!sidesOf(input, 'balanced').includes('closed'), raised)
  }
})

test('a way is offered only where it would permit somebody, and then it does', () => {
  for (const profile of PROFILES) {
    for (const a of KINDS) {
      for (const b of KINDS) {
        const kinds = KINDS.filter((kind) => kind === a || kind === b)
        const input = labelled(kinds)
        const snapshot = snapshotOf({ profile })
        const ways = waysAcross(input, snapshot)
        const hopeful =
          kinds.every((kind) => letter(profile, kind) !== 'H') &&
          kinds.some((kind) => letter(profile, kind) !== 'A')
        assert.equal(ways !== null, hopeful, `${profile} ${kinds}`)
        if (ways === null) continue
        for (const kind of kinds) {
          const at = letter(profile, kind)
          assert.equal(ways[kind], at === 'A' ? undefined : at === 'M' ? 'masked' : 'pseudonyms')
        }
        assert.equal(judge(without(input, ways), snapshot).permitted.length, 4)
      }
    }
  }
})

test('what a use declares, what failed and what was raised is not looked past', () => {
  const use = useOf('desk', { carries: ['contact'] })
  const snapshot = snapshotOf({ uses: [use] })
  assert.equal(waysAcross({ ...labelled(['contact']), use }, snapshot), null)
  assert.equal(waysAcross(labelled(['contact'], { raised: 'confidential' }), snapshot), null)
  assert.equal(
    waysAcross(labelled(['contact'], { conditions: ['failed'], level: 'restricted' }), snapshot),
    null,
  )
  assert.equal(waysAcross(labelled(['contact'], { level: 'restricted' }), snapshot), null)
  assert.deepEqual(waysAcross(labelled(['contact']), snapshot), { contact: 'pseudonyms' })
})

test('a floor that wants masks is not opened by pseudonyms, in whichever layer it says so', () => {
  for (const cross of ['masked', 'never'] as const) {
    for (const layer of ['floors', 'use'] as const) {
      const rule = { contact: { cross } }
      const use = useOf('general', layer === 'use' ? { floors: rule } : {})
      const snapshot = snapshotOf({ uses: [use], ...(layer === 'floors' ? { floors: rule } : {}) })
      const under = (way: Way): boolean =>
        judge({ ...labelled([], { replaced: { contact: way } }), use }, snapshot).permitted.length === 4
      assert.equal(under('pseudonyms'), false)
      assert.equal(under('masked'), cross === 'masked')
    }
  }
})

test('a way that no floor knows refuses everything', () => {
  const input = labelled([], { replaced: JSON.parse('{"contact":"somehow"}') })
  assert.equal(judge(input, snapshotOf({})).permitted.length, 0)
})

test('rules still hear of the kinds whose values are out', () => {
  const heard: (readonly string[])[] = []
  const rules = {
    size: 1,
    ask: ({ kinds }: { readonly kinds: readonly string[] }) => {
      heard.push(kinds)
      return { allow: true as const, rule: 'all' }
    },
  }
  judge(labelled([], { replaced: { contact: 'pseudonyms' } }), snapshotOf({ rules }))
  assert.deepEqual(heard[0], ['contact'])
})
