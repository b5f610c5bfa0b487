import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Channel, Reviser } from '../../domain/index.ts'
import { openaiResponses } from './index.ts'
import { END, framesOf, readReply, START, stream, written } from './testing.fixture.ts'

const ANSWER = written([
  START,
  { type: 'reasoning', delta: 'think AB' },
  { type: 'reasoning', delta: 'CD' },
  { type: 'text', delta: 'Grüße "response.completed" XY' },
  { type: 'text', delta: 'Z {"error":{}} 🌉' },
  { type: 'tool', index: 0, id: 'c', name: 'f', delta: '{"a":"QR' },
  { type: 'tool', index: 0, id: null, name: null, delta: 'S"}' },
  {
    type: 'usage',
    usage: { input: 12, output: 7, cacheRead: 3, cacheWrite: null, reasoning: 2, estimated: false },
  },
  { ...END, reason: 'tool' },
])

interface Passed {
  readonly during: string
  readonly rest: string
  readonly complete: boolean
}
const pass = (
  chunks: readonly Uint8Array[],
  relay = openaiResponses.relay({ stream: true, hideUsage: true, operation: 'chat' }),
): Passed => {
  const during = chunks.flatMap((chunk) => {
    const out = relay.push(chunk)
    return out instanceof Uint8Array ? [out] : [...out]
  })
  const { rest, complete } = relay.end()
  return { during: Buffer.concat(during).toString(), rest: Buffer.concat(rest).toString(), complete }
}

describe('a relayed response', () => {
  it('T51 comes out the same however it is split, its end held for the end', () => {
    for (const form of [ANSWER, ANSWER.replaceAll('\n', '\r\n')]) {
      const bytes = Buffer.from(form)
      // Its last event is most of it, and is looked at as a whole.
      for (let at = 0; at <= bytes.length; at += at < 1000 ? 1 : 23) {
        const relay = openaiResponses.relay({ stream: true, hideUsage: true, operation: 'chat' })
        const { during, rest, complete } = pass([bytes.subarray(0, at), bytes.subarray(at)], relay)
        assert.equal(during + rest, form, `split at ${at}`)
        assert.ok(complete && relay.finished() && relay.started() && relay.fault() === null)
        assert.ok(
          rest.startsWith('event: response.completed') && !during.includes('event: response.completed'),
        )
        assert.deepEqual([relay.usage()?.input, relay.usage()?.output, relay.usage()?.cacheRead], [12, 7, 3])
        assert.ok(relay.textLength() > 50)
      }
    }
  })

  it('pieces that hold nothing of note go through as the same bytes', () => {
    const relay = openaiResponses.relay({ stream: true, hideUsage: true, operation: 'chat' })
    for (const frame of ANSWER.split('\n\n').slice(0, -2)) {
      const bytes = Buffer.from(`${frame}\n\n`)
      assert.equal(relay.push(bytes), bytes)
    }
  })

  it('T28 is not complete without its terminal event', () => {
    const cut = ANSWER.slice(0, ANSWER.indexOf('event: response.completed'))
    for (const text of [cut, `${cut}data: [DONE]\n\n`, '']) {
      assert.equal(pass([Buffer.from(text)]).complete, false)
    }
  })

  it('T42 an incomplete response is complete as an answer', () => {
    const text = written([START, { type: 'text', delta: 'x' }, { ...END, reason: 'length' }])
    assert.equal(pass([Buffer.from(text)]).complete, true)
  })

  it('T53 tells a fault, in whatever form it comes', () => {
    const error = { code: 'server_error', message: 'gone' }
    const created = { type: 'response.created', response: { id: 'r', status: 'in_progress', error: null } }
    const forms = [
      stream([created, { type: 'response.failed', response: { id: 'r', status: 'failed', error } }]),
      stream([created, { type: 'error', ...error }]),
      stream([created, { type: 'error', error }]),
      `${stream([created])}${JSON.stringify({ error })}`,
    ]
    for (const text of forms) {
      const relay = openaiResponses.relay({ stream: true, hideUsage: true, operation: 'chat' })
      assert.equal(pass([Buffer.from(text)], relay).complete, false)
      assert.deepEqual(relay.fault(), { message: 'gone', status: 500 }, text)
    }
  })

  it('a whole body is looked at once', () => {
    const frames = framesOf(ANSWER)
    const body = JSON.stringify(frames.at(-1)?.['response'])
    const relay = openaiResponses.relay({ stream: false, hideUsage: true, operation: 'chat' })
    const { during, complete } = pass([Buffer.from(body)], relay)
    assert.deepEqual([during, complete, relay.usage()?.input], [body, true, 12])
    assert.ok(relay.textLength() > 40)
    const failed = openaiResponses.relay({ stream: false, hideUsage: true, operation: 'chat' })
    const text = '{"object":"response","status":"failed","error":{"code":"server_error","message":"gone"}}'
    assert.equal(pass([Buffer.from(text)], failed).complete, false)
  })
})

/** Holds back what may be the beginning of a word in capitals, and turns such a word round. */
const turning = (): Reviser & { readonly heard: string[] } => {
  const held = new Map<string, string>()
  const heard: string[] = []
  const turn = (text: string): string => text.replace(/[A-Z]+/g, (word) => [...word].reverse().join(''))
  return {
    heard,
    push({ key }: Channel, delta: string): string {
      heard.push(delta)
      const text = (held.get(key) ?? '') + delta
      const tail = /[A-Z]*$/.exec(text)?.[0].length ?? 0
      held.set(key, text.slice(text.length - tail))
      return turn(text.slice(0, text.length - tail))
    },
    end({ key }: Channel): string {
      const rest = turn(held.get(key) ?? '')
      held.delete(key)
      return rest
    },
  }
}

const revised = (text: string, cut: number, verbatim = false, reviser: Reviser = turning()): string => {
  const revision = openaiResponses.revise({ stream: true, verbatim }, reviser)
  const bytes = Buffer.from(text)
  const out: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += cut) out.push(...revision.push(bytes.subarray(at, at + cut)))
  return Buffer.concat([...out, ...revision.end()]).toString()
}

describe('a revised response', () => {
  it('says the same in its pieces, at their ends and at the end of all', () => {
    const text = revised(ANSWER, 1 << 20)
    const deltas = new Map<string, string>()
    const wholes: string[] = []
    for (const frame of framesOf(text)) {
      const subject = String(frame['type']).replace(/\.[a-z]+$/, '')
      if (typeof frame['delta'] === 'string')
        deltas.set(subject, (deltas.get(subject) ?? '') + frame['delta'])
      else if (/_text\.done|arguments\.done/.test(String(frame['type']))) {
        wholes.push(String(frame['text'] ?? frame['arguments']))
      }
    }
    const expected = ['think DCBA', 'Grüße "response.completed" ZYX {"error":{}} 🌉', '{"a":"SRQ"}']
    assert.deepEqual([...deltas.values()], expected)
    assert.deepEqual(wholes, expected)
    const last = JSON.stringify(framesOf(text).at(-1))
    for (const said of expected) assert.ok(last.includes(JSON.stringify(said).slice(1, -1)), said)
  })

  it('T51 is the same however it was split', () => {
    const expected = revised(ANSWER, 1 << 20)
    for (const cut of [1, 2, 3, 7, 64, 1000]) assert.equal(revised(ANSWER, cut), expected)
  })

  it('a held piece goes out before the event that says the text is over', () => {
    const types = framesOf(revised(ANSWER, 1 << 20)).map((frame) => String(frame['type']))
    const over = types.indexOf('response.reasoning_summary_text.done')
    assert.equal(types[over - 1], 'response.reasoning_summary_text.delta')
    assert.ok(readReply([revised(ANSWER, 1 << 20)]).at(-1)?.type === 'end')
  })

  it('a listener hears each text once and changes nothing', () => {
    const listener = turning()
    const text = revised(ANSWER, 64, true, {
      ...listener,
      push: (channel, delta) => {
        listener.push(channel, delta)
        return delta
      },
      end: () => '',
    })
    assert.deepEqual(framesOf(text), framesOf(ANSWER))
    assert.equal(listener.heard.filter((said) => said.includes('Grüße')).length, 1)
  })

  it('a listener hears nothing of what was asked, a reviser does', () => {
    const output = [{ type: 'message', content: [{ type: 'output_text', text: 'said' }] }]
    const body = JSON.stringify({ object: 'response', instructions: 'ASKED', output })
    const heardIn = (verbatim: boolean): readonly string[] => {
      const listener = turning()
      const revision = openaiResponses.revise({ stream: false, verbatim }, listener)
      revision.push(Buffer.from(body))
      revision.end()
      return listener.heard
    }
    assert.deepEqual(heardIn(true), ['said'])
    assert.deepEqual(heardIn(false), ['ASKED', 'said'])
    const created = stream([{ type: 'response.created', response: { instructions: 'ASKED', output: [] } }])
    const listener = turning()
    revised(created, 64, true, listener)
    assert.deepEqual(listener.heard, [])
  })

  it('ids, names and sealed thoughts stay as they are', () => {
    const item = { id: 'RS', type: 'reasoning', summary: [], encrypted_content: 'ABC', status: 'completed' }
    const call = { id: 'FC', type: 'function_call', call_id: 'CALL', name: 'FN', arguments: '{}' }
    const body = JSON.stringify({
      id: 'RESP',
      object: 'response',
      model: 'M',
      output: [item, call],
      n: 12345678901234567890n.toString(),
    })
    const revision = openaiResponses.revise({ stream: false }, turning())
    revision.push(Buffer.from(body))
    assert.equal(Buffer.concat([...revision.end()]).toString(), body)
  })
})
