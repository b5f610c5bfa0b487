import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type JsonObject, NO_SETTINGS, type Settings } from '../../domain/index.ts'
import { isList } from '../body/fields.ts'
import { carry } from '../body/sealed.ts'
import { call, faultOfAct, output, talk, thought, user } from './testing.fixture.ts'

describe('a request in no dialect', () => {
  it('items of one answer are one turn, results the next', () => {
    const { turns } = talk({
      instructions: 'Be kind.',
      input: [
        user('x'),
        thought('sealed'),
        {
          role: 'assistant',
          content: [{ type: 'output_text', text: 'so', annotations: [] }],
          phase: 'commentary',
        },
        call('a'),
        call('b'),
        output('a'),
        output('b', [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' }]),
        user('go on'),
      ],
    })
    assert.deepEqual(
      turns.map(({ role, at, blocks }) => [role, at, blocks.map((block) => block.type)]),
      [
        ['system', 'instructions', ['text']],
        ['user', 'input[0]', ['text']],
        ['assistant', 'input[1..4]', ['reasoning', 'text', 'tool-call', 'tool-call']],
        ['user', 'input[5..6]', ['tool-result', 'tool-result']],
        ['user', 'input[7]', ['text']],
      ],
    )
  })

  it('T34 empty texts are no blocks', () => {
    const { turns } = talk({
      instructions: '',
      input: [
        { role: 'assistant', content: '' },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: '' },
            { type: 'input_text', text: 'x' },
          ],
        },
      ],
    })
    assert.deepEqual(
      turns.map(({ blocks }) => blocks.length),
      [1],
    )
  })

  it('T35 files are files: clean base64, their kind, their name', () => {
    const { turns } = talk({
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' },
            { type: 'input_file', filename: 'b.pdf', file_data: 'JVBE' },
            { type: 'input_file', file_url: 'https://e.org/c.pdf' },
          ],
        },
      ],
    })
    assert.deepEqual(
      turns[0]?.blocks.map(
        (block) => block.type === 'media' && [block.mime, block.data, block.url, block.name],
      ),
      [
        ['application/pdf', 'JVBE', null, 'a.pdf'],
        ['application/pdf', 'JVBE', null, 'b.pdf'],
        ['application/pdf', null, 'https://e.org/c.pdf', null],
      ],
    )
  })

  it('T36 an image in a result stays in it', () => {
    const { turns } = talk({
      input: [
        user('x'),
        call('a'),
        output('a', [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }]),
      ],
    })
    const result = turns[2]?.blocks[0]
    assert.ok(result?.type === 'tool-result')
    assert.deepEqual(
      result.content.map((block) => block.type === 'media' && [block.media, block.mime, block.data]),
      [['image', 'image/png', 'AAAA']],
    )
  })

  it('every setting is taken by its own name, what is left is named', () => {
    const { settings, rest, names, tools } = talk({
      max_output_tokens: 50,
      temperature: 0.5,
      top_p: 0.9,
      frequency_penalty: 0.1,
      include: ['message.output_text.logprobs', 'reasoning.encrypted_content'],
      top_logprobs: 2,
      parallel_tool_calls: false,
      reasoning: { effort: 'low', summary: 'auto', context: 'all_turns' },
      text: {
        format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true },
        verbosity: 'low',
      },
      service_tier: 'flex',
      user: 'u',
      safety_identifier: 's',
      metadata: { a: 'b' },
      prompt_cache_key: 'k',
      store: true,
      truncation: 'auto',
      x_new: 1,
      tool_choice: { type: 'function', name: 'f' },
      tools: [
        {
          type: 'function',
          name: 'f',
          description: 'd',
          parameters: { type: 'object' },
          defer_loading: true,
        },
      ],
    })
    assert.deepEqual(settings, {
      ...NO_SETTINGS,
      maxTokens: 50,
      temperature: 0.5,
      topP: 0.9,
      frequencyPenalty: 0.1,
      logprobs: 2,
      toolChoice: { type: 'tool', name: 'f' },
      parallelTools: false,
      reasoning: { effort: 'low', budget: null, show: true },
      format: { type: 'schema', name: 'n', schema: { type: 'object' }, strict: true, description: null },
      verbosity: 'low',
      serviceTier: 'flex',
      user: 'u',
      safetyId: 's',
      metadata: { a: 'b' },
      cacheKey: 'k',
    } satisfies Settings)
    assert.deepEqual(Object.keys(rest).sort(), [
      'reasoning.context',
      'tools[0].defer_loading',
      'truncation',
      'x_new',
    ])
    assert.deepEqual(tools, [{ name: 'f', description: 'd', schema: { type: 'object' }, strict: null }])
    for (const [name, value] of Object.entries(settings)) {
      if (value !== null && !(isList(value) && value.length === 0)) assert.ok(name in names, name)
    }
  })

  it('namespaces become functions of their own, each with a name that no other has', () => {
    const inner = (name: string): JsonObject => ({ type: 'function', name, parameters: { type: 'object' } })
    const { tools, rest, turns } = talk({
      tools: [
        inner('read'),
        { type: 'namespace', name: 'disk', description: 'd', tools: [inner('read'), inner('write')] },
        { type: 'custom', name: 'patch', format: { type: 'grammar' } },
        { type: 'web_search' },
      ],
      input: [
        user('x'),
        call('a', { namespace: 'disk', name: 'read' }),
        call('b', { namespace: 'disk', name: 'write' }),
        { type: 'custom_tool_call', call_id: 'c', name: 'patch', input: 'text' },
      ],
    })
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['read', 'disk__read', 'write', 'patch'],
    )
    assert.deepEqual(tools[3]?.custom, { format: { type: 'grammar' } })
    assert.deepEqual(Object.keys(rest), ['tools[1].namespace', 'tools[1].description', 'tools[3]'])
    assert.deepEqual(
      turns[1]?.blocks.map((block) => block.type === 'tool-call' && [block.name, block.custom, block.input]),
      [
        ['disk__read', undefined, '{}'],
        ['write', undefined, '{}'],
        ['patch', true, 'text'],
      ],
    )
  })

  it('allowed tools are the only ones offered; a choice that cannot be made is left over', () => {
    const tools = ['f', 'g'].map((name) => ({ type: 'function', name, parameters: {} }))
    const some = talk({
      tools,
      tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'g' }] },
    })
    assert.deepEqual(
      [some.settings.toolChoice, some.tools.map(({ name }) => name), Object.keys(some.rest)],
      [{ type: 'required' }, ['g'], ['tool_choice.tools']],
    )
    const none = talk({ tools, tool_choice: { type: 'allowed_tools', tools: [{ type: 'web_search' }] } })
    assert.deepEqual([none.tools.length, Object.keys(none.rest)], [2, ['tool_choice']])
    assert.deepEqual(Object.keys(talk({ tools, tool_choice: { type: 'mcp', server_label: 'x' } }).rest), [
      'tool_choice',
    ])
  })

  it('a reference to what only the vendor holds is refused', () => {
    const fault = faultOfAct(() => talk({ input: [user('x'), { type: 'item_reference', id: 'msg_1' }] }))
    assert.deepEqual([fault.code, fault.field], ['cannot_translate', 'input[1]'])
  })

  it('a signature whose call is gone is named', () => {
    const marked = carry(
      { value: 'g', redacted: false, dialect: 'gemini', tool: 0, raw: {} },
      { call: 'gone' },
    )
    const { turns, rest } = talk({ input: [user('x'), call('c'), thought(marked), output('c')] })
    assert.deepEqual(
      turns[1]?.blocks.map((block) => block.type),
      ['tool-call'],
    )
    assert.deepEqual(Object.keys(rest), ['input[2].encrypted_content'])
  })

  it('a carried part that holds words which its item does not show is let go; the thought stays', () => {
    const of = (hidden: string) => {
      const raw = { type: 'thinking', thinking: hidden, signature: 'v' }
      const marked = carry({ value: 'v', redacted: false, dialect: 'anthropic-messages', tool: null, raw })
      return talk({ input: [user('x'), thought(marked), call('c')] })
    }
    const kept = of('hm')
    const [block] = kept.turns[1]?.blocks ?? []
    assert.deepEqual([block?.native.dialect, Object.keys(kept.rest)], ['anthropic-messages', []])
    const { turns, rest } = of('hidden words')
    assert.deepEqual(
      turns[1]?.blocks.map((one) => one.type === 'reasoning' && [one.text, one.signature]),
      [['hm', null], false],
    )
    assert.doesNotMatch(JSON.stringify(turns), /hidden words/)
    assert.deepEqual(Object.keys(rest), ['input[1].encrypted_content'])
  })

  it('a mark that cannot be read is named and its thought kept', () => {
    const { turns, rest } = talk({ input: [user('x'), thought('causeway-anthropic-messages:!!'), call('c')] })
    assert.deepEqual(
      turns[1]?.blocks.map((block) => block.type === 'reasoning' && [block.text, block.signature]),
      [['hm', null], false],
    )
    assert.deepEqual(Object.keys(rest), ['input[1].encrypted_content'])
  })
})
