import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { SUM, WEIGHTS } from '../../src/sensitivity/tagger/data/weights.ts'
import { LABELS } from '../../src/sensitivity/tagger/decode.ts'
import { ROWS } from '../../src/sensitivity/tagger/features.ts'
import { tag } from '../../src/sensitivity/tagger/index.ts'
import { listModules } from './gazetteers.ts'
import { Corpus } from './generate.ts'
import { train } from './training.ts'

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test('the same seed makes the same weights, another seed others', () => {
  const plan = { seed: 1, samples: 400 }
  const first = sumOf(train(plan))
  assert.equal(sumOf(train(plan)), first)
  assert.notEqual(sumOf(train({ seed: 2, samples: 400 })), first)
})

test('the weights in the tree are whole, and have the shape that the tagger expects', () => {
  const bytes = inflateRawSync(Buffer.from(WEIGHTS, 'base64'))
  assert.equal(bytes.length, LABELS * LABELS + ROWS * LABELS)
  assert.equal(sumOf(bytes), SUM)
})

test('the lists in the tree are those that the script makes', () => {
  for (const [file, text] of listModules()) {
    const path = new URL(`../../src/sensitivity/tagger/data/${file}`, import.meta.url)
    assert.equal(sumOf(Buffer.from(readFileSync(path, 'utf8'))), sumOf(Buffer.from(text)), file)
  }
})

test('spans of a generated text hold what they say, and no template is on both sides', () => {
  for (const heldOut of [false, true]) {
    const corpus = new Corpus(3, heldOut)
    for (let i = 0; i < 2_000; i += 1) {
      const { text, spans } = corpus.next()
      let last = 0
      for (const { start, end } of spans) {
        assert.ok(start >= last && end > start && end <= text.length, JSON.stringify({ text, spans }))
        last = end
      }
    }
  }
})

test('on held-out templates four names in five are found, and few findings are wrong', () => {
  const corpus = new Corpus(4, true)
  let gold = 0
  let found = 0
  let said = 0
  let right = 0
  for (let i = 0; i < 1_500; i += 1) {
    const { text, spans } = corpus.next()
    const names = spans.filter((span) => span.type === 'PERSON')
    const seen = tag(text).filter((span) => span.type === 'PERSON')
    gold += names.length
    said += seen.length
    found += names.filter((a) => seen.some((b) => a.start < b.end && b.start < a.end)).length
    right += seen.filter((a) => names.some((b) => a.start < b.end && b.start < a.end)).length
  }
  assert.ok(gold > 1_000)
  assert.ok(found / gold > 0.8, `${found} of ${gold}`)
  assert.ok(right / said > 0.85, `${right} of ${said}`)
})
