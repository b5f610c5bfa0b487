import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { relayed } from '../testing.ts'
import { END, line, lines, STREAM } from './bodies.fixture.ts'
import { ollama } from './index.ts'

describe('relaying a stream of Ollama', () => {
  const relay = () => ollama.relay({ stream: true, hideUsage: true, operation: 'chat' })

  it('lets ordinary chunks through as they are, and holds the last line', () => {
    const watch = relay()
    const chunk = Buffer.from(lines(line({ content: 'Hällo' })))
    assert.equal(watch.push(chunk), chunk)
    assert.equal(watch.started(), true)
    assert.deepEqual(watch.push(Buffer.from(lines(line({}, END)))), [])
    const { rest, complete } = watch.end()
    assert.deepEqual(
      [Buffer.concat(rest).toString(), complete, watch.finished()],
      [lines(line({}, END)), true, true],
    )
    assert.deepEqual([watch.usage()?.input, watch.usage()?.output, watch.textLength()], [11, 7, 6])
  })

  it('T51 sends the same bytes and tells the same split at every byte, and never half a line', () => {
    const bytes = Buffer.from(STREAM)
    for (let at = 0; at <= bytes.length; at += 1) {
      const watch = relay()
      const { during, rest, complete } = relayed(watch, [bytes.subarray(0, at), bytes.subarray(at)])
      assert.deepEqual([during + rest, complete, watch.usage()?.output], [STREAM, true, 7], `split at ${at}`)
      assert.ok(during === '' || during.endsWith('\n'))
    }
  })

  it('T28 T53 tells cuts and errors', () => {
    const cut = relay()
    assert.deepEqual(relayed(cut, [Buffer.from(STREAM.slice(0, -30))]).complete, false)
    const failed = relay()
    const told = relayed(failed, [
      Buffer.from(lines(line({ content: 'error": "done": true' }), { error: 'bad' })),
    ])
    assert.deepEqual([told.complete, failed.fault()], [false, { message: 'bad', status: null }])
    assert.equal(told.rest, '{"error":"bad"}\n')
    const quiet = relay()
    assert.equal(relayed(quiet, [Buffer.from(lines(line({ content: '"done":true' })))]).complete, false)
    assert.equal(quiet.finished(), false)
  })

  it('takes a last line without its end, and drops half a one', () => {
    const watch = relay()
    const { rest, complete } = relayed(watch, [Buffer.from(STREAM.trimEnd())])
    assert.deepEqual([complete, rest.endsWith('\n')], [true, true])
    const half = relay()
    assert.deepEqual(relayed(half, [Buffer.from('{"model":"up","mess')]), {
      during: '',
      rest: '',
      complete: false,
    })
  })

  it('gives up a line that never ends', () => {
    const watch = relay()
    const chunk = Buffer.alloc(1024 * 1024, 'a')
    const { during, complete } = relayed(
      watch,
      Array.from({ length: 20 }, () => chunk),
    )
    assert.deepEqual(
      [during, complete, watch.fault()?.message],
      ['', false, 'the upstream sent a line that is too long'],
    )
  })

  it('reads usage of whole bodies', () => {
    const watch = ollama.relay({ stream: false, hideUsage: false, operation: 'chat' })
    const { complete } = relayed(watch, [Buffer.from(JSON.stringify(line({ content: 'abc' }, END)))])
    assert.deepEqual([complete, watch.usage()?.output, watch.textLength()], [true, 7, 3])
  })
})
