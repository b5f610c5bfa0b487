import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sight } from '../sight.ts'
import { drawer, drawNearMisses, drawSamples, fill, type Sample } from './corpus.ts'
import { NUMBERINGS } from './index.ts'
import { SENTENCES } from './sentences.ts'

const isSeen = ({ text, start, end, type }: Pick<Sample, 'text' | 'start' | 'end' | 'type'>): boolean =>
  sight(text).some((hit) => {
    const shared = Math.min(hit.end, end) - Math.max(hit.start, start)
    return hit.type === type && shared * 2 >= Math.max(hit.end, end) - Math.min(hit.start, start)
  })

/** Recall by a key; each key's samples that were missed are shown with the failure. */
const recall = (samples: readonly Sample[], keyOf: (sample: Sample) => string, least: number): void => {
  const found = new Map<string, { count: number; missed: string[] }>()
  for (const sample of samples) {
    const entry = found.get(keyOf(sample)) ?? { count: 0, missed: [] }
    found.set(keyOf(sample), entry)
    entry.count += 1
    if (!isSeen(sample)) entry.missed.push(sample.text)
  }
  for (const [key, { count, missed }] of found) {
    assert.ok(
      (count - missed.length) / count >= least,
      `${key}: ${missed.length} of ${count}: ${missed.join(' | ')}`,
    )
  }
}

const SAMPLES = drawSamples(11, 1)

describe('numbers of states and banks', () => {
  test('each is drawn, each country at least once', () => {
    assert.ok(SAMPLES.length >= NUMBERINGS.length)
    assert.ok(new Set(SAMPLES.map(({ country }) => country)).size >= 60)
  })
  test('beside their own names they are found, by country', () =>
    recall(
      SAMPLES.filter(({ cue }) => cue === 'own'),
      ({ country }) => country,
      0.75,
    ))
  test('in all countries together', () => {
    recall(SAMPLES, () => 'all', 0.97)
  })
  test('with wrong check digits and nothing beside them they are not', () => {
    const misses = drawNearMisses(3, 2)
    const seen = misses.filter((text) =>
      sight(text).some(({ kind }) => kind === 'identity' || kind === 'payment'),
    )
    assert.ok(misses.length > 200)
    assert.ok(seen.length <= misses.length * 0.01, seen.join(' | '))
  })
  test('no check throws, whatever it gets', () => {
    for (const { valid } of NUMBERINGS)
      for (const odd of ['', '-', 'ß', '０１２', '9'.repeat(40), 'A/B']) valid(odd)
  })
})

/** A sentence with its braces filled. */
const told = (frame: string, type: string, language: string, draw: () => number): Sample => {
  let text = ''
  let start = -1
  let end = -1
  for (const [index, part] of frame.split(/[{}]/).entries()) {
    if (index % 2 === 1) {
      if (start < 0) start = text.length
      const small = part.replaceAll('a', 'A')
      text +=
        type === 'USERNAME'
          ? fill(small, draw).toLowerCase()
          : type === 'PHONE'
            ? phoneOf(part, draw)
            : fill(part, draw)
      end = text.length
    } else text += part
  }
  return { text, start, end, type, sub: '', country: language, cue: 'sentence' }
}

/** Leading digits of a telephone number stay as they are written; the zeros behind are drawn. */
const phoneOf = (part: string, draw: () => number): string => {
  const head = /^\D*\d{3}/.exec(part)?.[0] ?? ''
  return head + fill(part.slice(head.length), draw)
}

describe('numbers that only words announce', () => {
  const draw = drawer(5)
  const samples = Object.entries(SENTENCES).flatMap(([language, types]) =>
    Object.entries(types).flatMap(([type, frames]) =>
      frames.map((frame) => told(frame, type, language, draw)),
    ),
  )
  test('are found in each language', () => recall(samples, ({ country }) => country, 0.85))
  test('are found whatever their type', () => recall(samples, ({ type }) => type, 0.92))
})

describe('columns', () => {
  const seen = (text: string) =>
    sight(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
  test('a heading announces what stands below it, quoted or not', () => {
    const found = seen('name,passport no,mrn\nx,L1234567,8823412\ny,"L1234568","8823413"\n')
    for (const part of ['PASSPORT L1234567', 'PASSPORT L1234568', 'HEALTH_ID 8823412', 'HEALTH_ID 8823413'])
      assert.ok(found.includes(part), `${part} not in ${found.join('; ')}`)
  })
  test('in Markdown too, past the rule', () => {
    const found = seen('| Team | Personalnr |\n|---|---|\n| a | E44212 |\n| b | E44213 |\n')
    assert.ok(found.includes('INTERNAL_ID E44212') && found.includes('INTERNAL_ID E44213'), found.join('; '))
  })
  test('a table without such a heading says nothing', () => {
    assert.deepEqual(seen('part,count\nE44212,8823412\nE44213,8823413\n'), [])
  })
})

test('digits beside words that only look like announcements are left alone', () => {
  const texts = [
    'Order number 10023345 shipped by parcel service.',
    'passport control took 45 minutes in 2023',
    'The user table has 12000 rows; user_id is a bigint',
    'username: string; password: string',
    'Case 3 of 12, see file number 7',
    'part number 4111111111111111 fits',
    'part no. 0445-110-183 is out of stock',
    'GTIN 00012345600012',
    'plates of 12000000 years',
    'dl 1000000 times',
    'uuid 550e8400-e29b-41d4-a716-446655440000',
  ]
  for (const text of texts) {
    const found = sight(text).filter(({ kind }) => kind !== null)
    assert.deepEqual(found, [], text)
  }
})
