import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Block,
  type Conversation,
  NO_SETTINGS,
  PLAIN_QUIRKS,
  type Settings,
  type Turn,
} from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { openaiResponses } from './index.ts'
import { faultOfAct, SEALING, thought, WRITE } from './testing.fixture.ts'

const native = { dialect: 'anthropic-messages', raw: {} } as const
const text = (said: string): Block => ({ type: 'text', text: said, native })
const conversation = (turns: readonly Turn[], more: Partial<Conversation> = {}): Conversation => ({
  dialect: 'anthropic-messages',
  turns,
  tools: [],
  settings: NO_SETTINGS,
  names: {},
  stream: false,
  rest: {},
  ...more,
})
const asking = (...blocks: Block[]): Turn => ({ role: 'user', at: 'messages[0]', blocks })
const answer = (...blocks: Block[]): Turn => ({ role: 'assistant', at: 'messages[1]', blocks })
const writing = (turns: readonly Turn[], more: Partial<Conversation> = {}, quirks = PLAIN_QUIRKS) => {
  const { body, dropped } = openaiResponses.write(conversation(turns, more), { ...WRITE, quirks })
  const json: unknown = JSON.parse(body)
  assert.ok(isObject(json))
  const input = json['input']
  return { json, input: isList(input) ? input : [], dropped }
}
const toolCall = (id: string, input = '{}'): Block => ({ type: 'tool-call', id, name: 'f', input, native })
const result = (id: string, ...content: Block[]): Block => ({
  type: 'tool-result',
  id,
  content,
  failed: false,
  native,
})

describe('writing a request', () => {
  it('nothing is kept upstream; one text of the system’s is the instructions', () => {
    const { json, dropped } = writing([
      { role: 'system', at: 'system', blocks: [text('Be kind.')] },
      asking(text('x')),
    ])
    assert.deepEqual(json, {
      model: 'up',
      instructions: 'Be kind.',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] }],
      store: false,
    })
    assert.deepEqual(dropped, [])
  })

  it('T03 several texts of the system’s stay several, and stay where they stood', () => {
    const { json, input } = writing([
      { role: 'system', at: 'system', blocks: [text('a'), text('b')] },
      asking(text('x')),
      { role: 'system', at: 'messages[1]', blocks: [text('c')] },
    ])
    assert.equal(json['instructions'], undefined)
    assert.deepEqual(
      input.map(
        (item) => isObject(item) && [item['role'], isList(item['content']) && item['content'].length],
      ),
      [
        ['system', 2],
        ['user', 1],
        ['system', 1],
      ],
    )
  })

  it('T34 empty texts are left out', () => {
    const { input } = writing([asking(text(''), text('x')), answer(text('')), asking(text('y'))])
    assert.equal(input.length, 2)
  })

  it('T22 a call with no arguments has an empty object', () => {
    const { input } = writing([asking(text('x')), answer(toolCall('a', '')), asking(result('a', text('ok')))])
    assert.deepEqual(input[1], { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' })
    assert.deepEqual(input[2], { type: 'function_call_output', call_id: 'a', output: 'ok' })
  })

  it('T29 ids that are too long become others, the same for the call and its result', () => {
    const long = `${'x'.repeat(450)}|y`
    const { input } = writing([asking(text('x')), answer(toolCall(long)), asking(result(long))])
    const ids = input.slice(1).map((item) => isObject(item) && item['call_id'])
    assert.equal(ids[0], ids[1])
    assert.ok(typeof ids[0] === 'string' && ids[0].length <= 64)
  })

  it('T36 T35 images and files in results are delivered', () => {
    const image: Block = {
      type: 'media',
      media: 'image',
      mime: 'image/png',
      data: 'AAAA',
      url: null,
      name: null,
      native,
    }
    const file: Block = { ...image, media: 'file', mime: 'application/pdf', name: 'a.pdf' }
    const { input } = writing([
      asking(text('x')),
      answer(toolCall('a')),
      asking(result('a', text('see'), image, file)),
    ])
    assert.deepEqual(input[2], {
      type: 'function_call_output',
      call_id: 'a',
      output: [
        { type: 'input_text', text: 'see' },
        { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' },
        { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
      ],
    })
  })

  it('a failed result says so in its text, and is named', () => {
    const failed: Block = { type: 'tool-result', id: 'a', content: [text('no')], failed: true, native }
    const { input, dropped } = writing([asking(text('x')), answer(toolCall('a')), asking(failed)])
    assert.ok(isObject(input[2]) && input[2]['output'] === '[The tool failed] no')
    assert.deepEqual(dropped, ['messages[0].is_error'])
  })

  it('T12 T15 a sealed thought of this dialect goes home with the item that follows it', () => {
    const raw = thought('gAAA')
    const sealed: Block = {
      type: 'reasoning',
      text: 'hm',
      signature: 'gAAA',
      native: { dialect: 'openai-responses', raw },
    }
    const { input, dropped } = writing(
      [asking(text('x')), answer(sealed, toolCall('a')), asking(result('a'))],
      {},
      SEALING,
    )
    assert.deepEqual(input[1], raw)
    assert.ok(isObject(input[2]) && input[2]['type'] === 'function_call')
    assert.deepEqual(dropped, [])
  })

  it('T15 a thought that nothing follows is left out and named', () => {
    const sealed: Block = {
      type: 'reasoning',
      text: 'hm',
      signature: 'gAAA',
      native: { dialect: 'openai-responses', raw: thought('gAAA') },
    }
    const { input, dropped } = writing([asking(text('x')), answer(text('so'), sealed), asking(text('y'))])
    assert.deepEqual(
      input.map((item) => isObject(item) && item['type']),
      ['message', 'message', 'message'],
    )
    assert.deepEqual(dropped, ['messages[1].reasoning'])
  })

  it('T13 T17 another issuer’s thought is left out, never said as text; one said in the open goes where it can', () => {
    const foreign: Block = { type: 'reasoning', text: 'secret', signature: 's', native }
    const open: Block = {
      type: 'reasoning',
      text: 'open',
      signature: null,
      native: { dialect: 'openai-chat', raw: {} },
    }
    const turns = [asking(text('x')), answer(foreign, open, text('so')), asking(text('y'))]
    const plain = writing(turns)
    assert.ok(!JSON.stringify(plain.json).includes('secret'))
    assert.deepEqual(plain.input[1], {
      type: 'reasoning',
      summary: [],
      content: [{ type: 'reasoning_text', text: 'open' }],
    })
    assert.deepEqual(plain.dropped, ['messages[1].thinking'])
    const sealing = writing(turns, {}, SEALING)
    assert.ok(!JSON.stringify(sealing.json).includes('open'))
    assert.deepEqual(sealing.dropped, ['messages[1].thinking', 'messages[1].reasoning'])
  })

  it('custom calls and their results stay custom', () => {
    const custom: Block = { type: 'tool-call', id: 'a', name: 'patch', input: 'text', custom: true, native }
    const { json, input } = writing([asking(text('x')), answer(custom), asking(result('a', text('ok')))], {
      tools: [
        { name: 'patch', description: null, schema: {}, strict: null, custom: { format: { type: 'text' } } },
        { name: 'f', description: null, schema: { type: 'object' }, strict: null },
      ],
      settings: { ...NO_SETTINGS, toolChoice: { type: 'tool', name: 'patch' }, parallelTools: false },
    })
    assert.deepEqual(
      input.slice(1).map((item) => isObject(item) && item['type']),
      ['custom_tool_call', 'custom_tool_call_output'],
    )
    assert.deepEqual(json['tools'], [
      { type: 'custom', name: 'patch', format: { type: 'text' } },
      { type: 'function', name: 'f', parameters: { type: 'object' }, strict: false },
    ])
    assert.deepEqual(json['tool_choice'], { type: 'custom', name: 'patch' })
    assert.equal(json['parallel_tool_calls'], false)
  })

  it('every setting that the dialect has is carried; a limit below its least is raised and named', () => {
    const settings: Settings = {
      ...NO_SETTINGS,
      maxTokens: 1,
      temperature: 0.5,
      topP: 0.9,
      logprobs: 2,
      reasoning: { effort: 'high', budget: null, show: true },
      format: { type: 'schema', name: 'n', schema: { type: 'object' }, strict: null, description: 'd' },
      verbosity: 'low',
      user: 'u',
      safetyId: 's',
      metadata: { a: 'b' },
      cacheKey: 'k',
      cacheRetention: '24h',
      serviceTier: 'flex',
    }
    const more = { settings, names: { maxTokens: 'max_tokens' }, dialect: 'openai-chat' } as const
    const { json, dropped } = writing([asking(text('x'))], more, SEALING)
    const { model: _model, input: _input, ...fields } = json
    assert.deepEqual(fields, {
      max_output_tokens: 16,
      temperature: 0.5,
      top_p: 0.9,
      reasoning: { effort: 'high', summary: 'auto' },
      include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
      top_logprobs: 2,
      text: {
        format: { type: 'json_schema', name: 'n', description: 'd', schema: { type: 'object' } },
        verbosity: 'low',
      },
      user: 'u',
      safety_identifier: 's',
      metadata: { a: 'b' },
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
      service_tier: 'flex',
      store: false,
    })
    assert.deepEqual(dropped, ['max_tokens'])
  })

  it('cache marks and what else the dialect has not are named', () => {
    const marked: Block = { type: 'text', text: 'x', cache: { ttl: null }, native }
    const { dropped } = writing([asking(marked)], {
      settings: { ...NO_SETTINGS, topK: 4 },
      names: { topK: 'top_k' },
    })
    assert.deepEqual([...dropped].sort(), ['messages[0].cache_control', 'top_k'])
  })

  it('sound, opaque blocks and an empty conversation are refused', () => {
    const sound: Block = {
      type: 'media',
      media: 'audio',
      mime: 'audio/wav',
      data: 'AAAA',
      url: null,
      name: null,
      native,
    }
    for (const block of [sound, { type: 'opaque', label: 'a thing', native } as const, text('')]) {
      assert.equal(faultOfAct(() => writing([asking(block)])).code, 'cannot_translate')
    }
  })
})
