import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  CALL,
  CREATED,
  CUSTOM,
  callsOf,
  completed,
  ENDED,
  item,
  piece,
  response,
  TEXT,
  THOUGHT,
} from './reply.fixture.ts'
import { joined, readReply, stream } from './testing.fixture.ts'

describe('what of an answer is told', () => {
  it('T22 a call without arguments says none', () => {
    const none = { ...CALL, arguments: '' }
    const events = readReply([stream([CREATED, item('added', 0, none), item('done', 0, none), completed()])])
    assert.deepEqual(callsOf(events), [['call_1', 'f', '']])
    assert.deepEqual(events.at(-1), ENDED)
  })

  it('a custom call without input is an object with an empty text', () => {
    const none = { ...CUSTOM, input: '' }
    const events = readReply([stream([CREATED, item('added', 0, none), completed({ output: [none] })])])
    assert.deepEqual(callsOf(events), [['call_2', 'patch', '{"input":""}']])
  })

  it('T43 a refusal, in words and without any', () => {
    const refusal = { ...TEXT, content: [{ type: 'refusal', refusal: 'No.' }] }
    const said = joined(
      readReply([
        stream([
          CREATED,
          item('added', 0, { ...TEXT, content: [] }),
          piece('refusal.delta', 0, { content_index: 0, delta: 'N' }),
          piece('refusal.done', 0, { content_index: 0, refusal: 'No.' }),
          item('done', 0, refusal),
          completed({ output: [refusal] }),
        ]),
      ]),
    )
    assert.deepEqual(said.slice(1, 2), [{ type: 'refusal', delta: 'No.' }])
    assert.deepEqual(said.at(-1), { type: 'end', reason: 'refusal', native: 'completed', stopSequence: null })
    assert.deepEqual(readReply([JSON.stringify(response('completed'))], false).at(-1), {
      type: 'end',
      reason: 'stop',
      native: 'completed',
      stopSequence: null,
    })
  })

  it('T59 citations that come with the text’s end only, and in later texts', () => {
    const second = { ...TEXT, id: 'msg_2', content: [{ ...TEXT.content[0], text: 'two' }] }
    const events = readReply([
      stream([
        CREATED,
        item('added', 0, { ...TEXT, content: [] }),
        piece('output_text.delta', 0, { content_index: 0, delta: 'Grüße' }),
        item('done', 0, TEXT),
        item('done', 1, second),
        completed({ output: [TEXT, second] }),
      ]),
    ])
    const spans = events.flatMap((event) => (event.type === 'citation' ? [event.citation.span] : []))
    assert.deepEqual(spans, [
      [0, 5],
      [5, 10],
    ])
  })

  it('T17 thoughts said in the open are thoughts, by either name of their event', () => {
    for (const name of ['reasoning_text', 'reasoning']) {
      const events = joined(
        readReply([
          stream([
            CREATED,
            item('added', 0, { id: 'rs', type: 'reasoning', summary: [] }),
            piece(`${name}.delta`, 0, { content_index: 0, delta: 'deep' }),
            piece(`${name}.done`, 0, { content_index: 0, text: 'deep' }),
            completed(),
          ]),
        ]),
      )
      assert.deepEqual(events.slice(1, 2), [{ type: 'reasoning', delta: 'deep' }])
      assert.ok(events.every((event) => event.type !== 'text'))
    }
  })

  it('a seal without a word said is all of the thought', () => {
    const sealed = { ...THOUGHT, summary: [] }
    const events = readReply([stream([CREATED, item('done', 0, sealed), completed({ output: [sealed] })])])
    const seals = events.flatMap((event) => (event.type === 'signature' ? [event.redacted] : []))
    assert.deepEqual(seals, [true])
  })
})
