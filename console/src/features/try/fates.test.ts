import { expect, test } from 'vitest'
import { fixtureExplain } from '../../../../server/test/fixture/explain.ts'
import { choicesFrom, choicesQuery } from './choices.ts'
import { EXAMPLES } from './examples.ts'
import { fatesOf } from './fates.ts'

const mail = EXAMPLES[0]?.text ?? ''

test('who may, who may only with values taken out, and who may not, in the order they would be asked', () => {
  const fates = fatesOf(fixtureExplain({ text: mail }))
  expect(fates.map(({ candidate, may }) => [candidate.target, may])).toEqual([
    ['frontier', 'across'],
    ['groq-70b', 'across'],
    ['home', 'yes'],
  ])
  const note = fatesOf(fixtureExplain({ text: EXAMPLES[2]?.text ?? '' }))
  expect(note.map(({ candidate, may }) => [candidate.target, may])).toEqual([
    ['home', 'yes'],
    ['frontier', 'no'],
    ['groq-70b', 'no'],
  ])
})

test('a target that lacks something says so although it may', () => {
  const fates = fatesOf(fixtureExplain({ text: 'word '.repeat(200_000) }))
  expect(fates.find(({ candidate }) => candidate.target === 'home')?.lack).toMatch(/^Not able: context/)
})

test('every example shows what its name says, and the plain one nothing', () => {
  const kinds = EXAMPLES.map(({ text }) => fixtureExplain({ text }).label.kinds.join(' '))
  expect(kinds[0]).toBe('contact')
  expect(kinds[1]).toMatch(/secret.*payment/)
  expect(kinds[2]).toMatch(/health/)
  expect(kinds[3]).toBe('')
})

test('choices survive the address, and a level that is none does not get in', () => {
  const choices = { model: 'a&b', use: 'x y', level: 'restricted' }
  expect(choicesFrom(new URLSearchParams(choicesQuery(choices)))).toEqual(choices)
  expect(choicesFrom(new URLSearchParams('level=public&text=secret'))).toEqual({
    model: '',
    use: '',
    level: '',
  })
})
