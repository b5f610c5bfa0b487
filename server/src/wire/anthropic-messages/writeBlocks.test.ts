import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Block,
  type Conversation,
  type JsonObject,
  NO_SETTINGS,
  PLAIN_QUIRKS,
  type Quirks,
  type Settings,
  type ToolDefinition,
  type Turn,
} from '../../domain/index.ts'
import { faultOfAct, WRITE } from '../testing.ts'
import { anthropicMessages } from './index.ts'
import { UNSIGNED } from './sealed.ts'

const native = { dialect: 'openai-responses', raw: {} } as const
type Text = Extract<Block, { type: 'text' }>
const text = (said: string, more: Partial<Text> = {}): Block => ({
  type: 'text',
  text: said,
  native,
  ...more,
})
const user: Turn = { role: 'user', at: 'input[0]', blocks: [text('x')] }
const assistant = (...blocks: readonly Block[]): Turn => ({ role: 'assistant', at: 'input[1]', blocks })
const call = (more: Partial<Extract<Block, { type: 'tool-call' }>> = {}): Block => ({
  type: 'tool-call',
  id: 'a',
  name: 'f',
  input: '{}',
  native,
  ...more,
})
const result = (...content: readonly Block[]): Turn => ({
  role: 'user',
  at: 'input[2]',
  blocks: [{ type: 'tool-result', id: 'a', content, failed: true, native }],
})

interface Asked {
  readonly turns?: readonly Turn[]
  readonly tools?: readonly ToolDefinition[]
  readonly settings?: Partial<Settings>
  readonly quirks?: Partial<Quirks>
}

/** A conversation of another dialect, whose own names of settings are spelled in capitals. */
const write = (asked: Asked) => {
  const settings = { ...NO_SETTINGS, ...asked.settings }
  const conversation: Conversation = {
    dialect: 'openai-responses',
    turns: asked.turns ?? [user],
    tools: asked.tools ?? [],
    settings,
    names: Object.fromEntries(Object.keys(settings).map((name) => [name, name.toUpperCase()])),
    stream: false,
    rest: {},
  }
  const written = anthropicMessages.write(conversation, {
    ...WRITE,
    quirks: { ...PLAIN_QUIRKS, cacheMarks: 'ttl', ...asked.quirks },
  })
  const body: Record<string, unknown> & { messages: { content: JsonObject[] }[] } = JSON.parse(written.body)
  return { body, dropped: written.dropped }
}

const tool = (more: Partial<ToolDefinition> = {}): ToolDefinition => ({
  name: 'f',
  description: null,
  schema: { type: 'object' },
  strict: null,
  ...more,
})

describe('marks for the prompt cache, written to Messages', () => {
  const turns: readonly Turn[] = [
    { role: 'system', at: 'system', blocks: [text('s', { cache: { ttl: '1h' } })] },
    { ...user, blocks: [text('x', { cache: { ttl: null } })] },
    assistant(call()),
    result(text('r', { cache: { ttl: '5m' } })),
  ]
  const asked = { turns, tools: [tool({ cache: { ttl: '1h' } })], settings: { cache: { ttl: '1h' } } }
  const marks = (body: unknown): readonly string[] =>
    [...JSON.stringify(body).matchAll(/"cache_control":(\{[^}]*\})/g)].map((match) => match[1] ?? '')
  const long = '{"type":"ephemeral","ttl":"1h"}'
  const bare = '{"type":"ephemeral"}'

  it('T01 T02 T05 stand on the same blocks, with their time to live where that is honoured', () => {
    const { body, dropped } = write({ ...asked, quirks: { cacheMarks: 'ttl' } })
    assert.deepEqual(marks(body['system']), [long])
    assert.deepEqual(marks(body.messages), [bare, '{"type":"ephemeral","ttl":"5m"}'])
    assert.deepEqual([marks(body['tools']), body['cache_control']], [[long], JSON.parse(long)])
    assert.deepEqual(dropped, [])
  })

  it('T05 lose their time to live with a signal where only marks are honoured', () => {
    const { body, dropped } = write({ ...asked, quirks: { cacheMarks: 'plain' } })
    assert.deepEqual(marks(body), [bare, bare, bare, bare, bare])
    assert.deepEqual(dropped, [
      'system[0].cache_control.ttl',
      'input[2].content[0].content[0].cache_control.ttl',
      'CACHE.ttl',
      'tools[0].cache_control.ttl',
    ])
  })

  it('T05 are left out with a signal where none are honoured', () => {
    const { body, dropped } = write({ ...asked, quirks: { cacheMarks: 'none' } })
    assert.deepEqual(marks(body), [])
    assert.deepEqual(dropped, [
      'system[0].cache_control',
      'input[0].content[0].cache_control',
      'input[2].content[0].content[0].cache_control',
      'CACHE',
      'tools[0].cache_control',
    ])
  })

  it('are signalled where the block they stand on is not sent', () => {
    const marked = { ...user, blocks: [text('', { cache: { ttl: null } }), text('x')] }
    assert.deepEqual(write({ turns: [marked] }).dropped, ['input[0].cache_control'])
  })
})

describe('blocks written to Messages', () => {
  const reasoning = (signature: string | null, home: Block['native'] = native): Block => ({
    type: 'reasoning',
    text: 'hm',
    signature,
    native: home,
  })
  const own = (raw: JsonObject): Block => reasoning('s', { dialect: 'anthropic-messages', raw })

  it('T06 T13 sends only this dialect’s own thought home, verbatim; what others sealed stays here with a signal', () => {
    const raw = { type: 'thinking', thinking: 'hm', signature: 'sig', future: 1 }
    const { body, dropped } = write({ turns: [user, assistant(own(raw), reasoning('gAAA'), text('y'))] })
    assert.deepEqual(body.messages[1]?.content, [raw, { type: 'text', text: 'y' }])
    assert.deepEqual(dropped, ['input[1].reasoning'])
  })

  it('takes nothing for thought that is none, or that nobody signed', () => {
    for (const raw of [
      { type: 'thinking', thinking: 'hm', signature: '' },
      { type: 'thinking', thinking: 'hm', signature: UNSIGNED },
      { type: 'tool_use', id: 'a', name: 'f', input: {} },
      { type: 'compaction', encrypted_content: 'x' },
      {},
    ]) {
      const { body, dropped } = write({ turns: [user, assistant(own(raw), text('y'))] })
      assert.deepEqual(body.messages[1]?.content, [{ type: 'text', text: 'y' }])
      assert.deepEqual(dropped, ['input[1].reasoning'])
    }
  })

  it('T10 leaves another dialect’s signature of a call out, with a signal, and keeps the call', () => {
    const { body, dropped } = write({ turns: [user, assistant(call({ signature: 'thought' })), result()] })
    assert.deepEqual(body.messages[1]?.content, [{ type: 'tool_use', name: 'f', input: {}, id: 'a' }])
    assert.deepEqual(dropped, ['input[1].thoughtSignature'])
  })

  it('T36 delivers an image inside a tool’s result, and that the tool failed', () => {
    const image: Block = {
      type: 'media',
      media: 'image',
      mime: 'image/png',
      data: 'AA\nAA',
      url: null,
      name: null,
      native,
    }
    const { body } = write({ turns: [user, assistant(call()), result(text('see'), image)] })
    assert.deepEqual(body.messages[2]?.content, [
      {
        type: 'tool_result',
        tool_use_id: 'a',
        content: [
          { type: 'text', text: 'see' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
        ],
        is_error: true,
      },
    ])
  })

  it('T31 refuses a call without a result and a result without a call, by its place', () => {
    for (const [turns, at] of [
      [[user, assistant(call())], 'input[1]'],
      [[user, result()], 'input[2]'],
    ] as const) {
      const fault = faultOfAct(() => write({ turns }))
      assert.deepEqual([fault.code, fault.status, fault.field], ['invalid_request', 400, at])
    }
  })

  it('asks for free text through a function, with a signal', () => {
    const schema = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }
    const { body, dropped } = write({
      turns: [user, assistant(call({ input: 'not {json', custom: true })), result()],
      tools: [tool({ schema, custom: { format: null } })],
    })
    assert.deepEqual(body['tools'], [{ name: 'f', input_schema: schema }])
    assert.deepEqual(body.messages[1]?.content[0]?.['input'], { input: 'not {json' })
    assert.deepEqual(dropped, ['tools[0]'])
  })

  it('begins with a user’s turn, and tells where it had to make one', () => {
    assert.deepEqual(write({ turns: [assistant(text('Hi')), user] }).dropped, ['input[1]'])
  })
})

describe('settings written to Messages', () => {
  it('maps tiers that mean the same, and signals the others', () => {
    const tier = (serviceTier: string) => write({ settings: { serviceTier } })
    assert.equal(tier('auto').body['service_tier'], 'auto')
    assert.equal(tier('default').body['service_tier'], 'standard_only')
    assert.deepEqual([tier('flex').body['service_tier'], tier('flex').dropped], [undefined, ['SERVICETIER']])
  })

  it('carries top_k and the user, and signals what it has no field for by the client’s name', () => {
    const { body, dropped } = write({ settings: { topK: 5, user: 'u', seed: 1, verbosity: 'low' } })
    assert.deepEqual([body['top_k'], body['metadata']], [5, { user_id: 'u' }])
    assert.deepEqual(dropped, ['SEED', 'VERBOSITY'])
  })

  it('thinks within the answer’s limit, unseen where the client wants it so', () => {
    const wish = (reasoning: Settings['reasoning'], maxTokens: number | null = null) =>
      write({ settings: { reasoning, maxTokens } })
    const { body, dropped } = wish({ effort: null, budget: 6000, show: false }, 4000)
    assert.deepEqual(body['thinking'], { type: 'enabled', budget_tokens: 2000, display: 'omitted' })
    assert.deepEqual(dropped, ['REASONING'])
    assert.deepEqual(wish({ effort: null, budget: 2000, show: null }).body['max_tokens'], 4096 + 2000)
    assert.deepEqual(wish({ effort: null, budget: 0, show: null }).body['thinking'], { type: 'disabled' })
    assert.deepEqual(wish({ effort: null, budget: null, show: false }).dropped, [])
    assert.deepEqual(wish({ effort: null, budget: null, show: true }).dropped, ['REASONING'])
  })

  it('signals a choice of tools where there are none to choose from', () => {
    const { body, dropped } = write({ settings: { toolChoice: { type: 'required' } } })
    assert.deepEqual([body['tool_choice'], dropped], [undefined, ['TOOLCHOICE']])
    assert.deepEqual(write({ settings: { toolChoice: { type: 'none' }, parallelTools: false } }).dropped, [])
  })
})
