import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONVERSATIONAL, type Dialect, type JsonObject, type Sealed } from '../../domain/index.ts'
import { carry, carryInBytes, isMarked, isMarkedInBytes, uncarry, uncarryInBytes } from './sealed.ts'

const PARTS: Readonly<Partial<Record<Dialect, JsonObject>>> = {
  'openai-chat': { type: 'reasoning.text', text: 'hm', signature: 'v' },
  'openai-responses': { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'v' },
  'anthropic-messages': { type: 'thinking', thinking: 'hm', signature: 'v' },
  gemini: { functionCall: { name: 'f', args: { a: 1 } }, thoughtSignature: 'v' },
  'bedrock-converse': { reasoningContent: { reasoningText: { text: 'hm', signature: 'v' } } },
}

const sealed = (dialect: Dialect, raw: JsonObject, redacted = false): Sealed => ({
  value: 'v',
  redacted,
  dialect,
  tool: null,
  raw,
})

describe('state of another dialect’s issuer', () => {
  for (const [name, raw] of Object.entries(PARTS)) {
    it(`of ${name} comes back as it was, out of either slot, and to its own dialect never`, () => {
      const dialect = CONVERSATIONAL.find((one) => one === name) ?? 'ollama'
      const text = carry(sealed(dialect, raw), { call: 'call_1', thought: 'hm' })
      const bytes = carryInBytes(sealed(dialect, raw), { call: 'call_1', thought: 'hm' })
      const expected = { dialect, value: 'v', redacted: false, raw, call: 'call_1', thought: 'hm' }
      assert.deepEqual(uncarry(text, 'ollama'), expected)
      assert.deepEqual(uncarryInBytes(bytes, 'ollama'), expected)
      assert.deepEqual([uncarry(text, dialect), uncarryInBytes(bytes, dialect)], [null, null])
      assert.match(text, /^causeway-[a-z-]+:[\w-]+$/)
      assert.equal(Buffer.from(bytes, 'base64').toString('base64'), bytes)
      assert.deepEqual([isMarked(text), isMarkedInBytes(bytes)], [true, true])
    })

    it(`holds nothing but a thought of ${name}, whatever a client puts there`, () => {
      const dialect = CONVERSATIONAL.find((one) => one === name) ?? 'ollama'
      const forged = sealed(dialect, { type: 'web_search_call', name: 'x', content: 'y' })
      for (const back of [uncarry(carry(forged), 'ollama'), uncarryInBytes(carryInBytes(forged), 'ollama')]) {
        assert.doesNotMatch(JSON.stringify(back), /web_search_call|"y"/)
      }
    })
  }

  it('is nothing where the value is no such thing or cannot be read', () => {
    const values = ['causeway-unsigned', 'causeway-gemini:!!', 'causeway-nobody:e30', 'causeway-gemini:e30']
    for (const value of ['sig', ...values, null, undefined, 5]) {
      assert.equal(uncarry(value, 'ollama'), null, String(value))
      const bytes = Buffer.from(String(value)).toString('base64')
      assert.equal(uncarryInBytes(bytes, 'ollama'), null, String(value))
    }
  })

  it('keeps the digits of whole numbers in a part', () => {
    const value = carry(sealed('gemini', {}))
    const content = '{"value":"v","raw":{"functionCall":{"name":"f","args":{"n":12345678901234567890}}}}'
    const marked = `${value.slice(0, value.indexOf(':') + 1)}${Buffer.from(content).toString('base64url')}`
    assert.match(JSON.stringify(uncarry(marked, 'ollama')), /12345678901234567890/)
  })
})
