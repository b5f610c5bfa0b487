import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Detector } from '../detector.ts'
import { sight } from '../sight.ts'
import { FAMILIES, type Family } from '../words/families.ts'
import { DETECTORS } from './index.ts'

/*
 * A credential of every known family is drawn at run time and set into texts of our own. The second measure
 * leaves every family's own rule out: it says how well makes are found that nobody has told us of.
 */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DRAWN_FROM: Readonly<Record<string, string>> = {
  w: `${LETTERS}0123456789${LETTERS}0123456789_-`,
  a: `${LETTERS}0123456789`,
  u: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  l: 'abcdefghijklmnopqrstuvwxyz0123456789',
  h: '0123456789abcdef',
  d: '0123456789',
  b: `${LETTERS}0123456789${LETTERS}0123456789_-`,
  c: `${LETTERS}0123456789./`,
  p: `${LETTERS}0123456789._`,
}

/** Texts that say what the value is. */
const ANNOUNCED = [
  'Here is the staging credential: {X} - can you see why the job is refused?',
  'curl -s -H "Authorization: Bearer {X}" https://jobs.internal/v2/list',
  '  env:\n    - name: SERVICE_KEY\n      value: {X}\n    - name: MODE\n      value: live',
  '{"region":"eu","accessKey":"{X}","retries":3}',
  'Unser Schlüssel lautet {X}, warum meldet der Dienst 403?',
  'La clave de API es {X} y no funciona.',
  'deployctl login --token {X} --region eu',
  "define('SERVICE_TOKEN', '{X}');",
  'https://h.example/cb?api_key={X}&v=2',
]
/** Texts that do not. */
const BARE = [
  '12:03:11 [warn] upstream said 401 for {X} (attempt 2)',
  'client = Service("{X}")\nclient.ping()',
  '{X}',
  'we pasted {X} into the form and nothing happened',
  'I think {X} was leaked in our repo, how do I rotate it?',
]

const generator = (seed: number) => {
  let state = seed
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
  return ({ prefix, alphabet, fewest, most }: Family): string => {
    const letters = DRAWN_FROM[alphabet] ?? LETTERS
    const length = Math.min(most, fewest + Math.floor(random() * 20))
    return (
      prefix + Array.from({ length }, () => letters.charAt(Math.floor(random() * letters.length))).join('')
    )
  }
}

const isFound = (text: string, value: string, detectors: readonly Detector[]): boolean => {
  const start = text.indexOf(value)
  return sight(text, detectors).some(
    (hit) =>
      hit.kind === 'secret' &&
      Math.min(hit.end, start + value.length) - Math.max(hit.start, start) >= value.length / 2,
  )
}

const recall = (texts: readonly string[], detectors: readonly Detector[], seed: number) => {
  const draw = generator(seed)
  const missed: string[] = []
  let all = 0
  for (const family of FAMILIES) {
    for (const text of texts) {
      const value = draw(family)
      all += 1
      if (
        !isFound(
          text.replace('{X}', () => value),
          value,
          detectors,
        )
      )
        missed.push(`${family.name} ${family.prefix}`)
    }
  }
  return { share: 1 - missed.length / all, missed, all }
}

describe('credentials of every family', () => {
  test('in texts of all sorts', (t) => {
    const { share, missed, all } = recall([...ANNOUNCED, ...BARE], DETECTORS, 5)
    t.diagnostic(`${(share * 100).toFixed(2)} % of ${all} found`)
    assert.ok(share >= 0.995, missed.join(', '))
  })

  test('with no rule for any family', (t) => {
    const generic = DETECTORS.filter(({ name }) => name !== 'token')
    const announced = recall(ANNOUNCED, generic, 7)
    const bare = recall(BARE, generic, 11)
    t.diagnostic(`announced ${(announced.share * 100).toFixed(1)} %, bare ${(bare.share * 100).toFixed(1)} %`)
    assert.ok(announced.share >= 0.96, announced.missed.join(', '))
    assert.ok(bare.share >= 0.65, bare.missed.join(', '))
  })

  test('the table names each prefix once', () => {
    const keys = FAMILIES.map(({ prefix, alphabet, fewest }) => `${prefix} ${alphabet} ${fewest}`)
    assert.deepEqual(keys, [...new Set(keys)])
    for (const { name, prefix, fewest, most } of FAMILIES) {
      assert.ok(prefix.length >= 2 && fewest > 0 && most >= fewest && !prefix.includes('|'), name)
    }
  })
})
