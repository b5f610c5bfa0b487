import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CONDITIONS, KINDS, PROFILES, SIDES } from '../domain/index.ts'
import { targetOf } from './fixture.ts'
import { BUILT_IN_FLOORS, builtInFloor, type Floor, lay, levelFloor, missOf, OPEN } from './floors.ts'

const floor: Floor = {
  sides: ['own', 'attested', 'closed'],
  pending: ['rented'],
  under: 'masked',
  regions: ['eu', 'ch'],
  agreements: ['baa'],
}

test('no rule, and a rule that says nothing, change nothing', () => {
  assert.equal(lay(floor, undefined), floor)
  assert.deepEqual(lay(floor, {}), floor)
  assert.deepEqual(lay(floor, { loosen: false }), floor)
  assert.deepEqual(lay(floor, { loosen: true }), floor)
})

test('without loosen every part narrows', () => {
  assert.deepEqual(lay(floor, { sides: ['closed', 'rented'] }).sides, ['closed'])
  assert.deepEqual(lay(floor, { sides: ['closed', 'rented'] }).pending, ['rented'])
  assert.deepEqual(lay(floor, { regions: ['ch', 'us'] }).regions, ['ch'])
  assert.deepEqual(lay(OPEN, { regions: ['us'] }).regions, ['us'])
  assert.deepEqual(lay(floor, { agreements: ['dpa', 'baa'] }).agreements, ['baa', 'dpa'])
  assert.deepEqual(lay(floor, { cross: 'never' }), { ...floor, sides: ['own', 'attested'], pending: [] })
  assert.deepEqual(lay(floor, { cross: 'freely' }), floor)
  const pseudonyms = lay(floor, { cross: 'pseudonyms' })
  assert.deepEqual(pseudonyms.sides, ['own', 'attested'])
  assert.deepEqual([...pseudonyms.pending].sort(), ['closed', 'rented'])
  // Where one coat asks for masks and the next for pseudonyms, the stricter holds.
  assert.equal(pseudonyms.under, 'masked')
  assert.equal(lay(OPEN, { cross: 'pseudonyms' }).under, 'pseudonyms')
})

test('with loosen what is said replaces and what is not said stays', () => {
  assert.deepEqual(lay(floor, { loosen: true, sides: ['rented'] }), {
    ...floor,
    sides: ['rented'],
    pending: [],
    under: null,
  })
  assert.deepEqual(lay(floor, { loosen: true, regions: ['us'] }), { ...floor, regions: ['us'] })
  assert.deepEqual(lay(floor, { loosen: true, agreements: [] }), { ...floor, agreements: [] })
  assert.deepEqual(lay(floor, { loosen: true, cross: 'freely' }), {
    ...floor,
    sides: SIDES,
    pending: [],
    under: null,
  })
})

test('cross and sides together allow what both allow, loosened too', () => {
  const said = { sides: ['own', 'attested', 'rented'], loosen: true } as const
  assert.deepEqual(lay(floor, { ...said, cross: 'never' }).sides, ['own', 'attested'])
  const under = lay(floor, { ...said, cross: 'pseudonyms' })
  assert.deepEqual([under.sides, under.pending, under.under], [['own', 'attested'], ['rented'], 'pseudonyms'])
})

test('a target misses a floor by side, then region, then agreements', () => {
  const one = (side: 'own' | 'rented' | 'closed', region: string | null, agreements: readonly 'baa'[] = []) =>
    missOf(floor, targetOf('one', side, { region, agreements }))
  assert.deepEqual(one('rented', 'eu', ['baa']), { what: 'side', sides: floor.sides, under: 'masked' })
  assert.deepEqual(one('closed', 'us', ['baa']), { what: 'region', regions: ['eu', 'ch'] })
  assert.deepEqual(one('closed', null, ['baa']), { what: 'region', regions: ['eu', 'ch'] })
  assert.deepEqual(one('closed', 'eu'), { what: 'agreements', agreements: ['baa'] })
  assert.equal(one('closed', 'eu', ['baa']), null)
  assert.equal(one('own', 'eu'), null)
})

test('the built-in floors of failed detection and of levels', () => {
  assert.deepEqual(builtInFloor('relaxed', 'failed').sides, ['own'])
  assert.deepEqual(levelFloor('public').sides, SIDES)
  assert.deepEqual(levelFloor('confidential').sides, ['own', 'attested'])
  assert.deepEqual(levelFloor('restricted').sides, ['own'])
})

test('the table in the documentation is the one in force', () => {
  const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8')
  const words = {
    never: /^home$/,
    pseudonyms: /under pseudonyms/,
    masked: /only masked/,
    freely: /^anywhere/,
  }
  for (const key of [...KINDS, ...CONDITIONS]) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${key}\` |`)) ?? assert.fail(key)
    const cells = row.split('|').map((cell) => cell.trim())
    for (const [column, profile] of PROFILES.entries()) {
      const expected = key === 'failed' ? /^`own`$/ : words[BUILT_IN_FLOORS[profile][key]]
      assert.match(cells[column + 2] ?? '', expected, `${key} ${profile}`)
    }
  }
})
