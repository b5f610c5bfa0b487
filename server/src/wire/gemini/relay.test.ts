import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Channel, Json, JsonObject, Reviser } from '../../domain/index.ts'
import { joined, readReply, relayed } from '../testing.ts'
import { arrayFraming } from './framing.ts'
import { gemini } from './index.ts'
import { geminiModels } from './models.ts'
import { openApiSchema } from './schema.ts'

const frame = (text: string, more: JsonObject = {}, top: JsonObject = {}): string =>
  `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text }], role: 'model' }, ...more }], ...top })}\r\n\r\n`
const usage = (output: number): JsonObject => ({
  usageMetadata: { promptTokenCount: 5, candidatesTokenCount: output, totalTokenCount: 5 + output },
})
const STOP = { finishReason: 'STOP' }
const relay = (stream = true) => gemini.relay({ stream, hideUsage: false, operation: 'chat' })
const bytes = (...texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text))

describe('watching a relayed answer', () => {
  it('lets ordinary events through as the same object', () => {
    const one = relay()
    const [chunk] = bytes(frame('Hello', {}, usage(1)))
    assert.ok(chunk !== undefined)
    assert.equal(one.push(chunk), chunk)
    assert.deepEqual([one.started(), one.finished(), one.textLength()], [true, false, 5])
  })

  it('holds the end, with its usage, whatever the cut', () => {
    const source = frame('Grüße 𝒳', {}, usage(1)) + frame('!', STOP, usage(3))
    const all = Buffer.from(source)
    for (let at = 0; at <= all.length; at += 1) {
      const one = relay()
      const { during, rest, complete } = relayed(one, [all.subarray(0, at), all.subarray(at)])
      assert.equal(during + rest, source)
      assert.deepEqual([complete, one.usage()?.output, rest], [true, 3, frame('!', STOP, usage(3))])
    }
  })

  it('T60 sends on what it held where the answer goes on, and loses nothing behind the end', () => {
    const big = 'x'.repeat(70_000)
    const frames = [frame(big, STOP), frame(big, STOP), frame('c', { finishReason: 'MAX_TOKENS' })]
    const tail = `data: ${JSON.stringify(usage(9))}\r\n\r\n`
    const one = relay()
    const { during, rest, complete } = relayed(one, bytes(...frames, tail))
    assert.equal(during, `${frames[0]}${frames[1]}`)
    assert.equal(rest, `${frames[2]}${tail}`)
    assert.deepEqual([complete, one.usage()?.output], [true, 9])
  })

  it('is not finished by a reason, behind which more may come, but by an error', () => {
    const one = relay()
    for (const chunk of bytes(frame('a', STOP))) one.push(chunk)
    assert.equal(one.finished(), false)
    for (const chunk of bytes('data: {"error":{"code":500,"message":"x"}}\n\n')) one.push(chunk)
    assert.equal(one.finished(), true)
  })

  it('T28 is not complete without a reason, and still knows the last usage', () => {
    const one = relay()
    const { complete } = relayed(one, bytes(frame('a', {}, usage(1)), frame('b', {}, usage(2)), 'data: {"ca'))
    assert.deepEqual([complete, one.usage()?.output, one.usage()?.input], [false, 2, 5])
  })

  it('T44 is complete where the prompt is blocked', () => {
    const { complete } = relayed(relay(), bytes('data: {"promptFeedback":{"blockReason":"SAFETY"}}\n\n'))
    assert.equal(complete, true)
  })

  it('T49 drops keep-alives that came as data, and no comment', () => {
    const { during, rest } = relayed(relay(), bytes('data: : keepalive\n\n', ': c\n\n', frame('a', STOP)))
    assert.equal(during + rest, `: c\n\n${frame('a', STOP)}`)
  })

  it('tells an error inside a stream, framed or bare', () => {
    const error = { error: { code: 503, message: 'Busy', status: 'UNAVAILABLE' } }
    for (const source of [`data: ${JSON.stringify(error)}\n\n`, JSON.stringify(error)]) {
      const one = relay()
      const { complete, rest } = relayed(one, bytes(frame('a'), source))
      assert.deepEqual([complete, one.fault()], [false, { message: 'Busy', status: 503 }])
      assert.match(rest, /^data: \{"error"/)
    }
  })

  it('holds an image that stands in one event, with the reason in it', () => {
    const data = 'A'.repeat(600_000)
    const source = `data: ${JSON.stringify({
      candidates: [{ content: { parts: [{ inlineData: { mimeType: 'image/png', data } }] }, ...STOP }],
      ...usage(2),
    })}\n\n`
    const chunks: Buffer[] = []
    for (let at = 0; at < source.length; at += 60_000) chunks.push(Buffer.from(source.slice(at, at + 60_000)))
    const one = relay()
    const { during, rest, complete } = relayed(one, chunks)
    assert.deepEqual([during + rest === source, complete, one.usage()?.output], [true, true, 2])
  })

  it('finds usage in whole bodies, large ones by their end', () => {
    for (const size of [10, 1_500_000]) {
      const body = JSON.stringify({
        candidates: [{ content: { parts: [{ text: 'a'.repeat(size) }] }, ...STOP }],
        ...usage(4),
        modelVersion: 'm',
      })
      const one = relay(false)
      const { during, complete } = relayed(one, bytes(body))
      assert.deepEqual([during === body, complete, one.usage()?.output], [true, true, 4])
    }
  })
})

/** Turns words in capitals round, and holds back what may be the beginning of one. */
const turning = (): Reviser => {
  const held = new Map<string, string>()
  const turn = (text: string): string => text.replace(/[A-Z]{2,}/g, (word) => [...word].reverse().join(''))
  return {
    push({ key }: Channel, delta: string): string {
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

const revised = (source: string, stream = true, verbatim = false): string => {
  const revision = gemini.revise({ stream, verbatim }, turning())
  const out = [...revision.push(Buffer.from(source)), ...revision.end()]
  return Buffer.concat(out).toString()
}

const partsOf = (stream: string): readonly JsonObject[] =>
  stream
    .split(/\r?\n\r?\n/)
    .filter((line) => line.startsWith('data: {'))
    .flatMap((line) => {
      const json: { candidates?: { content?: { parts?: JsonObject[] } }[] } = JSON.parse(line.slice(6))
      return (json.candidates ?? []).flatMap(({ content }) => content?.parts ?? [])
    })

describe('revising an answer', () => {
  it('revises texts over the borders of events, and sends what was held before the end', () => {
    const thought = `data: {"candidates":[{"content":{"parts":[{"text":"hm QR","thought":true}]}}]}\n\n`
    const out = revised(thought + frame('see AB') + frame('CD is') + frame(' EF', STOP))
    const texts = partsOf(out).map(
      ({ text, thought: isThought }) => `${isThought === true ? '*' : ''}${String(text)}`,
    )
    assert.deepEqual(texts, ['*hm ', '*RQ', 'see ', 'DCBA is', ' FE'])
  })

  it('revises arguments that come in pieces over their borders', () => {
    const piece = (stringValue: string, willContinue: boolean): string => {
      const partial = { jsonPath: '$.a', stringValue, ...(willContinue ? { willContinue } : {}) }
      const call = { functionCall: { partialArgs: [partial], willContinue: true } }
      return `data: ${JSON.stringify({ candidates: [{ content: { parts: [call] } }] })}\n\n`
    }
    const open = `data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","willContinue":true}}]}}]}\n\n`
    const close = `data: {"candidates":[{"content":{"parts":[{"functionCall":{}}]},"finishReason":"STOP"}]}\n\n`
    const out = revised(open + piece('see AB', true) + piece('CD', true) + piece('', false) + close)
    const [call] = joined(readReply('gemini', [out]).filter(({ type }) => type === 'tool'))
    assert.equal(call?.type === 'tool' ? call.delta : '', '{"a":"see DCBA"}')
  })

  it('revises arguments, code, sources and messages, and no opaque state', () => {
    const parts: readonly JsonObject[] = [
      { functionCall: { name: 'FN', args: { a: ['see AB'] } }, thoughtSignature: 'SIG' },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: 'CD' } },
      { executableCode: { language: 'PYTHON', code: 'print KL' } },
      { toolCall: { toolType: 'GOOGLE_SEARCH', args: { name: 'MN' } } },
    ]
    const body = {
      candidates: [
        {
          content: { parts },
          ...STOP,
          finishMessage: 'EF',
          groundingMetadata: { groundingChunks: [{ web: { uri: 'u', title: 'GH' } }] },
          logprobsResult: { chosenCandidates: [{ token: 'AB' }] },
        },
      ],
    }
    for (const stream of [true, false]) {
      const source = stream ? `data: ${JSON.stringify(body)}\n\n` : JSON.stringify(body)
      const out = revised(source, stream)
      assert.match(out, /"see BA"/)
      assert.match(out, /"output":"DC".*"print LK".*GOOGLE_SEARCH.*"NM".*"FE".*"HG"/s)
      assert.match(out, /"name":"FN".*"thoughtSignature":"SIG".*OUTCOME_OK/s)
      assert.doesNotMatch(out, /logprobsResult/)
      assert.match(revised(source, stream, true), /logprobsResult/)
    }
  })
})

describe('the array framing', () => {
  const source = `: c\n\n${frame('Grüße 𝒳')}data: : ping\n\n${frame('b', STOP)}data: [DONE]\n\n`
  const expected: readonly Json[] = source
    .split(/\r?\n\r?\n/)
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)))

  it('T51 makes one array of the events whatever the cut, of text and of bytes', () => {
    const all = Buffer.from(source)
    for (let at = 0; at <= all.length; at += 1) {
      const framing = arrayFraming()
      const text = framing.push(all.subarray(0, at)) + framing.push(all.subarray(at)) + framing.end()
      assert.deepEqual(JSON.parse(text), expected)
    }
    for (let at = 0; at <= source.length; at += 1) {
      const framing = arrayFraming()
      const text = framing.push(source.slice(0, at)) + framing.push(source.slice(at)) + framing.end()
      assert.deepEqual(JSON.parse(text), expected)
    }
  })

  it('gives each element as soon as it is whole, and an empty array for nothing', () => {
    const framing = arrayFraming()
    assert.match(framing.push(frame('a')), /^\[\{.*\}$/s)
    assert.match(framing.push(frame('b')), /^,\r\n\{.*\}$/s)
    assert.equal(framing.end(), ']')
    assert.equal(arrayFraming().end(), '[]')
  })
})

describe('beside calls', () => {
  it('lists models in the dialect’s shape', () => {
    const list = JSON.stringify(geminiModels([{ id: 'auto' }]))
    assert.match(list, /^\{"models":\[\{"name":"models\/auto".*"generateContent"/)
  })

  it('T38 says JSON Schema in the subset of OpenAPI, and tells what that cannot say', () => {
    const lost: string[] = []
    const schema = openApiSchema(
      {
        $schema: 'x',
        type: 'object',
        additionalProperties: false,
        properties: {
          a: { $ref: '#/$defs/A', description: 'one' },
          n: { type: 'integer', exclusiveMinimum: 0 },
          o: { anyOf: [{ type: 'string', format: 'uri' }, { type: 'null' }] },
          c: { const: 'x' },
          l: { type: ['array', 'null'], items: { type: 'number' } },
        },
        required: ['a'],
        $defs: { A: { type: 'object', properties: { self: { $ref: '#/$defs/A' } } } },
      },
      (keyword) => lost.push(keyword),
    )
    assert.deepEqual(schema, {
      type: 'OBJECT',
      properties: {
        a: { type: 'OBJECT', properties: { self: { type: 'OBJECT' } }, description: 'one' },
        n: { type: 'INTEGER', minimum: 1 },
        o: { nullable: true, type: 'STRING' },
        c: { enum: ['x'] },
        l: { nullable: true, type: 'ARRAY', items: { type: 'NUMBER' } },
      },
      required: ['a'],
    })
    assert.deepEqual(lost, ['additionalProperties', '$ref', 'format'])
  })
})
