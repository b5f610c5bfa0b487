import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../domain/index.ts'
import { call, faultOfAct, output, readJson, request, user } from './testing.fixture.ts'

describe('reading a request', () => {
  const wrong: readonly (readonly [JsonObject, string])[] = [
    [{ input: undefined }, 'input'],
    [{ input: '' }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: 7 }, 'input'],
    [{ input: ['x'] }, 'input[0]'],
    [{ input: [{ content: 'x' }] }, 'input[0].id'],
    [{ input: [{ role: 'user', content: 7 }] }, 'input[0].content'],
    [{ input: [{ role: 'user', content: ['x'] }] }, 'input[0].content[0]'],
    [{ input: [{ role: 'user', content: [{ text: 'x' }] }] }, 'input[0].content[0].type'],
    [{ input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, 'input[0].content[0]'],
    [{ input: [{ role: 'user', content: [{ type: 'input_file' }] }] }, 'input[0].content[0]'],
    [{ input: [{ type: 'function_call', name: 'f' }] }, 'input[0].call_id'],
    [{ input: [{ type: 'function_call_output', output: 'x' }] }, 'input[0].call_id'],
    [{ input: [{ type: 'reasoning', summary: 'x' }] }, 'input[0].summary'],
    [{ model: '' }, 'model'],
    [{ background: true }, 'background'],
    [{ previous_response_id: 'resp_x' }, 'previous_response_id'],
    [{ max_output_tokens: 0 }, 'max_output_tokens'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ stream: 'yes' }, 'stream'],
    [{ store: 1 }, 'store'],
    [{ include: 'x' }, 'include'],
    [{ instructions: ['x'] }, 'instructions'],
    [{ reasoning: { effort: 3 } }, 'reasoning.effort'],
    [{ text: { format: 'json' } }, 'text.format'],
    [{ tools: [{ name: 'f' }] }, 'tools[0].type'],
    [{ tools: [{ type: 'function' }] }, 'tools[0].name'],
    [{ tools: [{ type: 'function', name: 'f', parameters: 'x' }] }, 'tools[0].parameters'],
    [{ tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'function' }] }] }, 'tools[0].tools[0].name'],
    [{ tool_choice: 7 }, 'tool_choice'],
  ]
  for (const [more, field] of wrong) {
    it(`refuses a wrong ${field} by its name`, () => {
      const fault = faultOfAct(() => readJson(request(more)))
      assert.equal(fault.code, 'invalid_request')
      assert.equal(fault.field, field)
      assert.ok(!/hot|resp_x|yes/.test(fault.message))
    })
  }

  it('counts items', () => {
    const input = Array.from({ length: 51 }, () => user('x'))
    assert.equal(faultOfAct(() => readJson(request({ input }))).code, 'too_many_messages')
  })

  it('finds media by path, in messages and in what tools gave', () => {
    const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA' }
    const { media, needs } = readJson(
      request({
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'see' }, image] },
          call('c1'),
          output('c1', [
            { type: 'input_image', image_url: 'https://e.org/a.png' },
            { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
          ]),
          { role: 'user', content: [{ type: 'input_file', file_id: 'file_1' }] },
          { type: 'image_generation_call', id: 'ig', result: 'AAAA' },
        ],
      }),
    )
    assert.deepEqual(
      media.map(({ path, type, remote }) => [path, type, remote]),
      [
        ['input[0].content[1].image_url', 'image', false],
        ['input[2].output[0].image_url', 'image', true],
        ['input[2].output[1].file_data', 'file', false],
        ['input[3].content[0].file_id', 'file', true],
        ['input[4].result', 'image', false],
      ],
    )
    assert.ok(needs.images && needs.files && !needs.audio)
  })
})
