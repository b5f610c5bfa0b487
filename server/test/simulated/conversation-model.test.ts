import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ConversationModel, startConversationModel } from './conversation-model.ts'

/* The simulated model is worth what it refuses. */

const TOOL = { name: 'look', description: 'Looks.', input_schema: { type: 'object', properties: {} } }
const THINKING = { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 1024 }, tools: [TOOL] }
const ASKED = { role: 'user', content: 'Look.' }

describe('the strictness of the simulated model', () => {
  let model: ConversationModel
  before(async () => {
    model = await startConversationModel()
    model.plays(() => ({ think: 'Hm.', calls: [{ name: 'look', input: {} }] }))
  })
  after(() => model.close())

  const post = async (path: string, body: object): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${model.origin}${path}`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer k',
        'x-api-key': 'k',
        'x-goog-api-key': 'k',
        'anthropic-version': '2023-06-01',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ model: 'simulated', ...body }),
    })
    return { status: response.status, text: await response.text() }
  }
  const messages = (...turns: readonly object[]) =>
    post('/v1/messages', { ...THINKING, messages: [ASKED, ...turns] })

  test('T06 T07 Messages wants its thoughts back, whole and unchanged', async () => {
    const first: { content: { id?: string; signature?: string }[] } = JSON.parse((await messages()).text)
    const [thought, use] = first.content
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id, content: 'x' }] }
    assert.equal((await messages({ role: 'assistant', content: [thought, use] }, result)).status, 200)
    const lost = await messages({ role: 'assistant', content: [use] }, result)
    assert.match(lost.text, /Expected `thinking`/)
    const changed = await messages(
      { role: 'assistant', content: [{ ...thought, thinking: 'Ha.' }, use] },
      result,
    )
    assert.match(changed.text, /Invalid `signature`/)
    assert.equal(changed.status, 400)
  })

  test('T31 T34 pairs and empty words', async () => {
    const use = { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }
    assert.match((await messages({ role: 'assistant', content: [use] }, ASKED)).text, /without `tool_result`/)
    assert.match((await messages({ role: 'assistant', content: '' })).text, /non-empty/)
    const orphan = { role: 'tool', tool_call_id: 'call_1', content: 'x' }
    const chat = await post('/v1/chat/completions', { messages: [ASKED, orphan] })
    assert.match(chat.text, /must be a response/)
    const item = { type: 'function_call_output', call_id: 'call_1', output: 'x' }
    assert.match((await post('/v1/responses', { input: [item] })).text, /No tool call found/)
  })

  test('T10 T33 Gemini wants seals and names', async () => {
    const path = '/v1beta/models/simulated:generateContent'
    const call = { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] }
    const contents = (name: string) => [
      { role: 'user', parts: [{ text: 'Look.' }] },
      call,
      { role: 'user', parts: [{ functionResponse: { name, response: { output: 'x' } } }] },
    ]
    const ask = async (name: string): Promise<string> => {
      const response = await fetch(`${model.origin}${path}`, {
        method: 'POST',
        headers: { 'x-goog-api-key': 'k' },
        body: JSON.stringify({ contents: contents(name) }),
      })
      assert.equal(response.status, 400)
      return response.text()
    }
    assert.match(await ask('look'), /missing a thought_signature/)
    assert.match(await ask('filler'), /do not match/)
  })

  test('Converse alternates, documents are clean', async () => {
    const ask = async (content: readonly object[]): Promise<string> => {
      const response = await fetch(`${model.origin}/model/m/converse`, {
        method: 'POST',
        headers: { authorization: 'Bearer k' },
        body: JSON.stringify({ messages: content }),
      })
      assert.equal(response.status, 400)
      return response.text()
    }
    const words = { role: 'user', content: [{ text: 'x' }] }
    assert.match(await ask([words, words]), /alternate/)
    const document = { format: 'pdf', name: 'a', source: { bytes: 'data:application/pdf;base64,AAAA' } }
    assert.match(await ask([{ role: 'user', content: [{ text: 'x' }, { document }] }]), /clean base64/)
    const clean = { ...document, source: { bytes: Buffer.from('%PDF-1.4').toString('base64') } }
    assert.match(await ask([{ role: 'user', content: [{ document: clean }] }]), /text block is required/)
  })
})
