import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildAutomaton, fold, step } from './automaton.ts'
import { isWordAt } from './characters.ts'
import { read } from './reading.ts'
import { groupIndex } from './vocabulary.ts'

test('folding keeps the length and levels case and accents', () => {
  assert.equal(fold('ÄÖÜß Éłø ’–\u00a0'), "aous elo '- ")
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(text).length === text.length))
})

test('the automaton finds what a plain search finds', () => {
  const words = ['a', 'ab', 'bab', 'bc', 'abba', 'cab', 'aд', 'дbд', 'дд', '手a', 'ab手']
  const entries = words.map((word, i) => ({ word, groups: [0], left: false, right: i % 2 === 0 }))
  const automaton = buildAutomaton(entries)
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'д', '手', 'x', 'é'), maxLength: 40 }),
      (text) => {
        const found: string[] = []
        let state = 0
        for (let i = 0; i < text.length; i += 1) {
          state = step(automaton, state, automaton.classes[text.charCodeAt(i)] ?? 0)
          const ends = automaton.outputs[state]
          assert.equal(state >= automaton.silent, ends !== undefined)
          const whole = ends?.every((index) => automaton.entries[index]?.right === true)
          assert.equal(state >= automaton.loud, whole === false)
          for (const index of ends ?? []) found.push(`${i + 1}:${automaton.entries[index]?.word}`)
        }
        const expected = words.flatMap((word) =>
          Array.from({ length: text.length }, (_, i) => i)
            .filter((i) => text.startsWith(word, i))
            .map((i) => `${i + word.length}:${word}`),
        )
        assert.deepEqual(found.sort(), expected.sort())
      },
    ),
  )
})

test('words are whole unless they may stand inside others', () => {
  const found = (text: string, group: string) =>
    read(text)
      .words(group)
      .map(({ word }) => word)
  assert.deepEqual(found('the public policy', 'license'), [])
  assert.deepEqual(found('my PASSPORT: x', 'passport'), ['passport'])
  assert.deepEqual(found('Hauptstraße 5', 'street'), ['strase'])
  assert.deepEqual(found('dbPassword=x', 'passwordWord'), ['password'])
  assert.deepEqual(found('tokenizer', 'secretWord'), [])
  assert.deepEqual(found('手机13800138000', 'phone').includes('手机'), true)
})

test('near looks a given way back and forth', () => {
  const reading = read('passport of Ann is 123 and visa')
  const start = reading.text.indexOf('123')
  assert.equal(reading.near('passport', start, start + 3, 20), true)
  assert.equal(reading.near('passport', start, start + 3, 5), false)
  assert.equal(reading.near('card', start, start + 3, 5, 10), true)
  assert.equal(reading.near('card', start, start + 3, 5), false)
})

test('a group that does not exist is a mistake of ours and throws', () => {
  assert.throws(() => groupIndex('nothing'), RangeError)
})

test('a boundary is where a letter or digit of a script with words ends', () => {
  assert.equal(isWordAt('é', 0), true)
  assert.equal(isWordAt('手', 0), false)
  assert.equal(isWordAt('a', 5), false)
})
