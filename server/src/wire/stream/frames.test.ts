import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import fc from 'fast-check'
import { splitFrames } from './frames.ts'

/** Slow and plain: the first blank line of any spelling ends an event. */
const split = (text: string): readonly string[] => {
  const frames: string[] = []
  for (let rest = text; rest !== ''; ) {
    const ends = ['\n\n', '\n\r\n', '\r\r'].flatMap((blank) => {
      const at = rest.indexOf(blank)
      return at === -1 ? [] : [at + blank.length]
    })
    const end = Math.min(rest.length, ...ends)
    frames.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return frames
}

test('events are cut at blank lines, however those are spelled', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\n', '\r', 'a', ':'), maxLength: 30 }), (text) => {
      assert.deepEqual(splitFrames(Buffer.from(text)).map(String), split(text))
    }),
    { numRuns: 3_000 },
  )
})

test('the bytes are searched once, not once for each event', () => {
  for (const blank of ['\n\n', '\r\n\r\n', '\r\r']) {
    const bytes = Buffer.from(`:${blank}`.repeat(5_000))
    const { mock: searches } = mock.method(bytes, 'indexOf')
    assert.equal(splitFrames(bytes).length, 5_000)
    assert.ok(searches.callCount() <= 5_010, `${searches.callCount()} searches`)
  }
})
