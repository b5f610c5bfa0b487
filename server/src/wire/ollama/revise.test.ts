import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Channel, Reviser } from '../../domain/index.ts'
import { faultOfAct, joined, readReply } from '../testing.ts'
import { CALL, END, line, lines, parsed, STREAM } from './bodies.fixture.ts'
import { ollama } from './index.ts'

/** Holds back the last character of each channel until more comes, and writes in capitals; what it holds of JSON it does not touch. */
class Capitals implements Reviser {
  readonly heard = new Map<string, string>()
  readonly #held = new Map<string, string>()

  push({ key, form }: Channel, delta: string): string {
    this.heard.set(key, (this.heard.get(key) ?? '') + delta)
    if (form === 'json') return delta.replace('Köln', 'Bonn')
    const all = (this.#held.get(key) ?? '') + delta
    this.#held.set(key, all.slice(-1))
    return all.slice(0, -1).toUpperCase()
  }

  end({ key }: Channel): string {
    const rest = this.#held.get(key) ?? ''
    this.#held.delete(key)
    return rest.toUpperCase()
  }
}

const revised = (chunks: readonly Uint8Array[], stream = true, verbatim = false) => {
  const reviser = new Capitals()
  const revision = ollama.revise({ stream, verbatim }, reviser)
  const out = [...chunks.flatMap((chunk) => revision.push(chunk)), ...revision.end()]
  return { text: Buffer.concat(out).toString(), heard: reviser.heard }
}

describe('revising a reply of Ollama', () => {
  it('passes every text through, split at every byte', () => {
    const bytes = Buffer.from(STREAM)
    const whole = revised([bytes])
    assert.deepEqual(joined(readReply('ollama', [whole.text])).slice(1, 3), [
      { type: 'reasoning', delta: 'HM, ÜBER' },
      { type: 'text', delta: 'GRÜSSE 🎈'.replace('🎈', '🎈') },
    ])
    assert.match(whole.text, /"at":"Bonn"/)
    assert.doesNotMatch(whole.text, /Köln/)
    assert.deepEqual([...whole.heard.keys()].sort(), ['reasoning', 'text', 'tool:0', 'tool:1', 'tool:2'])
    for (let at = 0; at <= bytes.length; at += 1)
      assert.equal(revised([bytes.subarray(0, at), bytes.subarray(at)]).text, whole.text, `split at ${at}`)
  })

  it('hears what nobody knows, errors too, and keeps usage and the end', () => {
    const { text, heard } = revised([Buffer.from(lines(line({ secret: 'a note' }), { error: 'ran out' }))])
    assert.deepEqual([...heard.values()].sort(), ['a note', 'ran out'])
    assert.match(text, /A NOTE.*\n.*RAN OUT/)
    const end = JSON.parse(revised([Buffer.from(lines(line({ content: 'ab' }, END)))]).text)
    assert.deepEqual([end.message.content, end.done, end.eval_count], ['AB', true, 7])
  })

  it('says what was held before the last line', () => {
    const { text } = revised([Buffer.from(lines(line({ content: 'abc' }), line({}, END)))])
    assert.deepEqual(
      parsed(text).map((one) => [Object(one['message']).content, one['done']]),
      [
        ['AB', false],
        ['C', false],
        ['', true],
      ],
    )
    const { text: generated } = revised([
      Buffer.from(
        lines({ model: 'up', response: 'abc', done: false }, { model: 'up', response: '', ...END }),
      ),
    ])
    assert.deepEqual(
      parsed(generated).map((one) => one['response']),
      ['AB', 'C', ''],
    )
  })

  it('leaves out the probabilities of a text that was changed', () => {
    const stream = Buffer.from(
      lines(line({ content: 'ab' }, { logprobs: [{ token: 'ab', logprob: -1 }] }), line({}, END)),
    )
    assert.doesNotMatch(revised([stream]).text, /logprobs/)
    assert.match(revised([stream], true, true).text, /logprobs/)
  })

  it('revises whole bodies, and sends on nothing that it cannot read', () => {
    const body = JSON.parse(
      revised([Buffer.from(JSON.stringify(line({ content: 'ab', tool_calls: [CALL] }, END)))], false).text,
    )
    assert.deepEqual([body.message.content, body.message.tool_calls[0].function.arguments.at], ['AB', 'Bonn'])
    assert.equal(faultOfAct(() => revised([Buffer.from('<html>\n')])).code, 'upstream_garbled')
    assert.equal(faultOfAct(() => revised([Buffer.from('[1]\n')])).code, 'upstream_garbled')
    assert.equal(faultOfAct(() => revised([Buffer.from('{"model":"up"')])).code, 'upstream_garbled')
  })
})
