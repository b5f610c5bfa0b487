import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Block, Conversation, Json, JsonObject, Sealed } from '../../domain/index.ts'
import { carry } from '../body/sealed.ts'
import { messages, readJson } from '../testing.ts'
import { anthropicMessages } from './index.ts'

const MARK = { type: 'ephemeral', ttl: '1h' }

const conversationOf = (more: JsonObject): Conversation =>
  anthropicMessages.conversation(readJson('anthropic-messages', messages(more)))
const said = (role: string, content: Json): Conversation => conversationOf({ messages: [{ role, content }] })
const blocksOf = (content: Json, role = 'user'): readonly Block[] =>
  said(role, content).turns[0]?.blocks ?? []
/** What a block says, without how it was spelled. */
const plain = (blocks: readonly Block[]): readonly unknown[] => blocks.map(({ native: _, ...block }) => block)

describe('marks for the prompt cache', () => {
  it('T01 T02 T03 T04 T05 are kept where they stand, with their time to live', () => {
    const { turns, tools, settings, rest } = conversationOf({
      cache_control: { type: 'ephemeral' },
      system: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b', cache_control: MARK },
      ],
      tools: [{ name: 'f', input_schema: {}, cache_control: { type: 'ephemeral', ttl: '5m' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'x' },
            { type: 'text', text: 'y', cache_control: MARK },
          ],
        },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 't', name: 'f', input: {}, cache_control: MARK }],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 't',
              content: [{ type: 'text', text: 'r', cache_control: MARK }],
              cache_control: MARK,
            },
            { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' }, cache_control: MARK },
          ],
        },
      ],
    })
    const marks = turns.map((turn) => turn.blocks.map((block) => block.cache?.ttl))
    assert.deepEqual(marks, [[undefined, '1h'], [undefined, '1h'], ['1h'], ['1h', '1h']])
    const result = turns[3]?.blocks[0]
    assert.equal(result?.type === 'tool-result' && result.content[0]?.cache?.ttl, '1h')
    assert.deepEqual([tools[0]?.cache, settings.cache, rest], [{ ttl: '5m' }, { ttl: null }, {}])
  })

  it('that no mark of ours can hold are left over by name', () => {
    const { rest } = conversationOf({
      cache_control: { type: 'other' },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '2h', scope: 'global' } },
            { type: 'text', text: 'y', cache_control: null },
          ],
        },
      ],
    })
    assert.deepEqual(rest, {
      cache_control: { type: 'other' },
      'messages[0].content[0].cache_control.scope': 'global',
      'messages[0].content[0].cache_control.ttl': '2h',
    })
  })
})

describe('thinking in a history', () => {
  it('T06 T07 T08 T09 keeps every block, in order, with all that it says', () => {
    const content = [
      { type: 'thinking', thinking: 'one', signature: 'sig1' },
      { type: 'thinking', thinking: '', signature: 'sig2' },
      { type: 'redacted_thinking', data: 'blob' },
      { type: 'thinking', thinking: 'two', signature: 'sig3' },
      { type: 'text', text: 'so' },
    ]
    const blocks = blocksOf(content, 'assistant')
    assert.deepEqual(
      blocks.map((block) => block.native),
      content.map((raw) => ({ dialect: 'anthropic-messages', raw })),
    )
    assert.deepEqual(plain(blocks).slice(0, 4), [
      { type: 'reasoning', text: 'one', signature: 'sig1', redacted: false },
      { type: 'reasoning', text: '', signature: 'sig2', redacted: false },
      { type: 'reasoning', text: '', signature: 'blob', redacted: true },
      { type: 'reasoning', text: 'two', signature: 'sig3', redacted: false },
    ])
  })

  const foreign = (sealed: Partial<Sealed>, tool: string | null = null): string =>
    carry(
      { value: 'v', redacted: false, dialect: 'openai-responses', tool: null, raw: null, ...sealed },
      { call: tool },
    )

  it('T12 gives another dialect’s state back to its issuer, as it was', () => {
    const raw = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' }
    const [block] = blocksOf(
      [{ type: 'thinking', thinking: 'hm', signature: foreign({ value: 'gAAA', raw }) }],
      'assistant',
    )
    assert.deepEqual(block, {
      type: 'reasoning',
      text: 'hm',
      signature: 'gAAA',
      redacted: false,
      native: { dialect: 'openai-responses', raw },
    })
    const data = foreign({
      dialect: 'bedrock-converse',
      redacted: true,
      raw: { reasoningContent: { redactedContent: 'v' } },
    })
    const [sealed] = blocksOf([{ type: 'redacted_thinking', data }], 'assistant')
    assert.equal(sealed?.type === 'reasoning' && sealed.redacted, true)
    assert.equal(sealed?.native.dialect, 'bedrock-converse')
  })

  it('lets a wrapped part go that holds words which its message does not show', () => {
    const part = (summary: Json): JsonObject => ({
      type: 'reasoning',
      id: 'rs_1',
      summary,
      encrypted_content: 'v',
    })
    const of = (raw: JsonObject) =>
      said('assistant', [
        { type: 'thinking', thinking: 'hm, so', signature: foreign({ raw }) },
        { type: 'text', text: 'the answer' },
      ])
    for (const raw of [part([{ type: 'summary_text', text: 'hm, so' }]), part([{ text: 'the answer' }])]) {
      const { turns, rest } = of(raw)
      assert.deepEqual([turns[0]?.blocks[0]?.native.raw, rest], [raw, {}])
    }
    for (const raw of [part([{ text: 'hidden words' }]), part({ 'hidden key': 1 })]) {
      const { turns, rest } = of(raw)
      assert.deepEqual(plain(turns[0]?.blocks.slice(0, 1) ?? []), [
        { type: 'reasoning', text: 'hm, so', signature: null },
      ])
      assert.deepEqual(Object.keys(rest), ['messages[0].content.signature'])
    }
  })

  it('T10 gives a call its own signature back, and only that call', () => {
    const of = (id: string): JsonObject => ({ type: 'tool_use', id, name: 'f', input: {} })
    const content = [
      { type: 'thinking', thinking: '', signature: foreign({ dialect: 'gemini', value: 'thought' }, 'a') },
      of('a'),
      of('b'),
    ]
    assert.deepEqual(plain(blocksOf(content, 'assistant')), [
      { type: 'tool-call', id: 'a', name: 'f', input: '{}', signature: 'thought' },
      { type: 'tool-call', id: 'b', name: 'f', input: '{}' },
    ])
    const lost = said('assistant', content.slice(0, 1))
    assert.deepEqual(Object.keys(lost.rest), ['messages[0].content[0].signature'])
    assert.deepEqual(lost.turns[0]?.blocks, [])
  })

  it('shows what nobody signed as unsigned, and takes nothing garbled for state', () => {
    const marks = [
      'causeway-unsigned',
      'causeway-gemini:!!!',
      'causeway-nobody:e30',
      'causeway-anthropic-messages:e30',
    ]
    for (const signature of marks) {
      const { turns, rest } = said('assistant', [{ type: 'thinking', thinking: 'hm', signature }])
      assert.deepEqual(plain(turns[0]?.blocks ?? []), [
        { type: 'reasoning', text: 'hm', signature: null, redacted: false },
      ])
      assert.equal(Object.keys(rest).length, signature === marks[0] ? 0 : 1)
    }
  })

  it('T13 lists what only an issuer can read, each once', () => {
    const call = readJson(
      'anthropic-messages',
      messages({
        messages: [
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: '', signature: 'sig' },
              { type: 'thinking', thinking: '', signature: 'sig' },
              { type: 'thinking', thinking: '', signature: 'causeway-unsigned' },
              {
                type: 'thinking',
                thinking: '',
                signature: foreign({ value: 'inner', raw: { type: 'reasoning' } }),
              },
              { type: 'redacted_thinking', data: 'blob' },
              { type: 'compaction', content: 'so far', encrypted_content: 'sealed' },
              { type: 'text', text: 'signature' },
            ],
          },
        ],
      }),
    )
    assert.deepEqual(anthropicMessages.opaque(call), ['sig', 'inner', 'blob', 'sealed'])
  })
})

describe('blocks of a request', () => {
  const text = (value: string) => ({ type: 'text', text: value })

  it('T35 reads documents with every kind of source', () => {
    const document = (source: JsonObject, more: JsonObject = {}) =>
      said('user', [{ type: 'document', source, ...more }])
    const file = { type: 'media', media: 'file', mime: 'application/pdf', data: 'JVBE', url: null, name: 'T' }
    const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBE' }
    const whole = document(pdf, {
      title: 'T',
      context: 'C',
      citations: { enabled: true },
      cache_control: MARK,
    })
    assert.deepEqual(plain(whole.turns[0]?.blocks ?? []), [text('C'), { ...file, cache: { ttl: '1h' } }])
    assert.deepEqual(whole.rest, { 'messages[0].content[0].citations': { enabled: true } })
    const url = document({ type: 'url', url: 'https://example.com/a.pdf' })
    assert.deepEqual(plain(url.turns[0]?.blocks ?? []), [
      { ...file, mime: null, data: null, url: 'https://example.com/a.pdf', name: null },
    ])
    const words = document(
      { type: 'text', media_type: 'text/plain', data: 'D' },
      { title: 'T', context: 'C' },
    )
    assert.deepEqual(plain(words.turns[0]?.blocks ?? []), ['T', 'C', 'D'].map(text))
    const nested = document({ type: 'content', content: [text('1'), { type: 'image', source: pdf }] })
    assert.deepEqual(
      nested.turns[0]?.blocks.map((block) => block.type),
      ['text', 'media'],
    )
    assert.deepEqual([words.rest, nested.rest], [{}, {}])
    const stored = document({ type: 'file', file_id: 'file_1' })
    assert.deepEqual(plain(stored.turns[0]?.blocks ?? []), [
      { type: 'opaque', label: 'a file that its vendor holds' },
    ])
  })

  it('T36 keeps an image within a tool’s result', () => {
    const source = { type: 'base64', media_type: 'image/png', data: 'AAAA' }
    const [result] = blocksOf([
      {
        type: 'tool_result',
        tool_use_id: 'a',
        content: [text('see'), { type: 'image', source }],
        is_error: true,
      },
    ])
    assert.deepEqual(
      result?.type === 'tool-result' && [result.failed, result.content.map((block) => block.type)],
      [true, ['text', 'media']],
    )
  })

  it('keeps what only the vendor understands as it came, and says what it is', () => {
    for (const [type, label] of [
      ['server_tool_use', 'a call of a tool that its vendor runs'],
      ['web_search_tool_result', 'a result of a tool that its vendor ran'],
      ['mcp_tool_use', 'a call of an MCP server by its vendor'],
      ['container_upload', 'a file in its vendor’s container'],
      ['compaction', 'a summary of earlier turns that its vendor made'],
      ['tool_addition', 'a tool that is added in mid-conversation'],
      ['brand_new', 'a block of type brand_new'],
      ['toString', 'a block of type toString'],
    ] as const) {
      const raw = { type, file_id: 'f' }
      assert.deepEqual(blocksOf([raw]), [
        { type: 'opaque', label, native: { dialect: 'anthropic-messages', raw } },
      ])
    }
  })

  it('reads a search result as the text that it is, and leaves over what says only which models took part', () => {
    const found = {
      type: 'search_result',
      title: 'T',
      source: 'S',
      content: [text('W')],
      citations: { enabled: true },
    }
    const { turns, rest } = said('user', [
      found,
      { type: 'fallback', from: { model: 'a' }, to: { model: 'b' } },
    ])
    assert.deepEqual(plain(turns[0]?.blocks ?? []), ['T', 'S', 'W'].map(text))
    assert.deepEqual(Object.keys(rest), ['messages[0].content[0].citations', 'messages[0].content[1]'])
  })

  it('takes calls in two messages in a row as made together, for their results come after both', () => {
    const call = (id: string): JsonObject => ({ type: 'tool_use', id, name: 'f', input: {} })
    const { turns } = conversationOf({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: [call('a')] },
        { role: 'assistant', content: [call('b')] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a' },
            { type: 'tool_result', tool_use_id: 'b' },
          ],
        },
        { role: 'assistant', content: 'one' },
        { role: 'assistant', content: 'two' },
      ],
    })
    assert.deepEqual(
      turns.map((turn) => [turn.role, turn.blocks.length]),
      [
        ['user', 1],
        ['assistant', 2],
        ['user', 2],
        ['assistant', 1],
        ['assistant', 1],
      ],
    )
  })

  it('reads a reference to a tool as its name', () => {
    const [result] = blocksOf([
      { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'tool_reference', tool_name: 'f' }] },
    ])
    assert.deepEqual(result?.type === 'tool-result' && plain(result.content), [text('f')])
  })

  it('leaves a system turn in mid-conversation where it stands', () => {
    const { turns, rest } = conversationOf({
      system: 'a',
      messages: [
        { role: 'user', content: 'x' },
        { role: 'system', content: 'b', clear_at: 'next_user_message' },
      ],
    })
    assert.deepEqual(
      turns.map((turn) => [turn.role, turn.at]),
      [
        ['system', 'system'],
        ['user', 'messages[0]'],
        ['system', 'messages[1]'],
      ],
    )
    assert.deepEqual(rest, { 'messages[1].clear_at': 'next_user_message' })
  })
})

describe('settings of a request', () => {
  const wish = (more: JsonObject) => conversationOf(more).settings.reasoning

  it('says how much to think, and whether to show it', () => {
    assert.deepEqual(wish({ thinking: { type: 'enabled', budget_tokens: 1024 } }), {
      effort: null,
      budget: 1024,
      show: true,
    })
    assert.deepEqual(
      wish({ thinking: { type: 'enabled', budget_tokens: 9, display: 'omitted' } })?.show,
      false,
    )
    assert.deepEqual(wish({ thinking: { type: 'disabled' } })?.effort, 'none')
    assert.equal(wish({ thinking: { type: 'adaptive' } }), null)
    assert.deepEqual(
      wish({ thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'max' } }),
      {
        effort: 'max',
        budget: null,
        show: true,
      },
    )
    assert.equal(conversationOf({ output_config: { effort: 'low' } }).names.reasoning, 'output_config.effort')
    const odd = conversationOf({ thinking: { type: 'between_tools', block_binding: {} } })
    assert.deepEqual(odd.rest, { 'thinking.block_binding': {}, 'thinking.type': 'between_tools' })
  })

  it('T40 reads the schema of the answer from both places', () => {
    const format = { type: 'json_schema', schema: { type: 'object' } }
    for (const more of [{ output_config: { format } }, { output_format: format }]) {
      const { settings, names, rest } = conversationOf(more)
      assert.deepEqual(settings.format?.type === 'schema' && settings.format.schema, { type: 'object' })
      assert.equal(
        names.format,
        Object.hasOwn(more, 'output_format') ? 'output_format' : 'output_config.format',
      )
      assert.deepEqual(rest, {})
    }
  })

  it('reads tiers in the words of the other dialects, and the user', () => {
    const of = (tier: string) => conversationOf({ service_tier: tier })
    assert.deepEqual(
      [of('auto').settings.serviceTier, of('standard_only').settings.serviceTier, of('x').rest],
      ['auto', 'default', { service_tier: 'x' }],
    )
    const { settings, rest } = conversationOf({ metadata: { user_id: 'u', other: 1 } })
    assert.deepEqual([settings.user, rest], ['u', { 'metadata.other': 1 }])
  })
})
