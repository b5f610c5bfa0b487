import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONVERSATIONAL, type Dialect, type Json, type JsonObject } from '../../domain/index.ts'
import { upstreamWireOf, wireOf } from '../index.ts'
import { asking, faultOfAct, readJson, WRITE } from '../testing.ts'

type From = 'openai-responses' | 'anthropic-messages' | 'gemini'

const OWN: Readonly<Record<From, Json>> = {
  'openai-responses': { type: 'function', name: 'own', parameters: { type: 'object' } },
  'anthropic-messages': { name: 'own', input_schema: { type: 'object' } },
  gemini: { functionDeclarations: [{ name: 'own', parametersJsonSchema: { type: 'object' } }] },
}

const othersOf = (from: Dialect) => CONVERSATIONAL.filter((to) => to !== from)

const written = (from: Dialect, json: JsonObject, to: Dialect) =>
  upstreamWireOf(to).write(wireOf(from).conversation(readJson(from, asking(from, json))), WRITE)

const refusal = (from: Dialect, json: JsonObject, to: Dialect) => {
  const fault = faultOfAct(() => written(from, json, to))
  assert.equal(fault.code, 'cannot_translate')
  return fault
}

/** An offer, the place and name by which it is told, and how a refusal of it begins. */
const OFFERS: readonly (readonly [From, Json, string, string])[] = [
  ['openai-responses', { type: 'web_search', secret: 's3' }, 'tools[0].web_search', 'tools[0] (web_search) '],
  ['openai-responses', { type: 'mcp', server_url: 'https://s3.example' }, 'tools[0].mcp', 'tools[0] (mcp) '],
  ['openai-responses', { type: 'tool_search' }, 'tools[0].tool_search', 'tools[0] (tool_search) '],
  [
    'anthropic-messages',
    { type: 'web_search_20250305', name: 'web_search', allowed_domains: ['s3.example'] },
    'tools[0].web_search',
    'tools[0] (web_search_20250305) ',
  ],
  [
    'anthropic-messages',
    { type: 'mcp_toolset', mcp_server_name: 's3' },
    'tools[0].mcp_toolset',
    'tools[0] (mcp_toolset) ',
  ],
  ['gemini', { googleSearch: { s3: 1 } }, 'tools[0].googleSearch', 'tools[0].googleSearch cannot '],
  ['gemini', { url_context: {} }, 'tools[0].urlContext', 'tools[0].urlContext cannot '],
]

describe('an offer of a tool that its vendor runs', () => {
  it('is left out and named where the client offers a tool of its own', () => {
    for (const [from, offer, name] of OFFERS) {
      for (const to of othersOf(from)) {
        const { body, dropped } = written(from, { tools: [offer, OWN[from]] }, to)
        assert.deepEqual(dropped, [name], `${name} to ${to}`)
        assert.match(body, /"own"/)
        assert.doesNotMatch(body, /s3|web_search|mcp|[uU]rl_?[cC]ontext|tool_search/)
      }
    }
  })

  it('is refused by its name where nothing else is offered', () => {
    for (const [from, offer, , start] of OFFERS) {
      for (const to of othersOf(from)) {
        const fault = refusal(from, { tools: [offer] }, to)
        assert.ok(fault.message.startsWith(start), fault.message)
        assert.doesNotMatch(fault.message, /s3/)
      }
    }
  })

  it('is refused where the client insists on it', () => {
    const search = { type: 'web_search_20250305', name: 'web_search' }
    const messages = {
      tools: [search, OWN['anthropic-messages']],
      tool_choice: { type: 'tool', name: 'web_search' },
    }
    const responses = {
      tools: [{ type: 'web_search' }, OWN['openai-responses']],
      tool_choice: { type: 'web_search' },
    }
    for (const to of othersOf('anthropic-messages')) {
      assert.match(
        refusal('anthropic-messages', messages, to).message,
        /^tools\[0\] \(web_search_20250305\) /,
      )
    }
    for (const to of othersOf('openai-responses')) {
      // Where no choice can be made at all it is the offer that is refused.
      const start = to === 'ollama' ? /^tools\[0\] \(web_search\) / : /^tool_choice \(web_search\) /
      assert.match(refusal('openai-responses', responses, to).message, start)
    }
    // A tool of the client's that is insisted on is there.
    const { dropped } = written(
      'anthropic-messages',
      { ...messages, tool_choice: { type: 'tool', name: 'own' } },
      'openai-chat',
    )
    assert.deepEqual(dropped, ['tools[0].web_search'])
  })

  it('holds for those that stand in a field of their own', () => {
    const server = { type: 'url', url: 'https://s3.example', name: 's3' }
    const own = OWN['anthropic-messages']
    const { body, dropped } = written(
      'anthropic-messages',
      { mcp_servers: [server], tools: [own] },
      'openai-chat',
    )
    assert.deepEqual(dropped, ['mcp_servers'])
    assert.doesNotMatch(body, /s3/)
    assert.equal(refusal('anthropic-messages', { mcp_servers: [server] }, 'openai-chat').field, 'mcp_servers')
    const tool = { type: 'function', function: { name: 'own' } }
    const options = { web_search_options: { search_context_size: 'low' } }
    assert.deepEqual(written('openai-chat', { ...options, tools: [tool] }, 'gemini').dropped, [
      'web_search_options',
    ])
    assert.equal(refusal('openai-chat', options, 'gemini').field, 'web_search_options')
  })
})

describe('an offer of any other tool that the other dialect has not', () => {
  it('is refused among others too: what the client runs, and what nobody here knows', () => {
    for (const [from, offer, start] of [
      ['openai-responses', { type: 'local_shell' }, 'tools[1] (local_shell) '],
      ['openai-responses', { type: 'apply_patch' }, 'tools[1] (apply_patch) '],
      ['openai-responses', { type: 'tool_search', execution: 'client' }, 'tools[1] (tool_search) '],
      // Rows of other members are no kinds of tools.
      ['openai-responses', { type: 'description' }, 'tools[1] (description) '],
      ['openai-responses', { type: 'a b: web_search' }, 'tools[1] cannot '],
      ['anthropic-messages', { type: 'bash_20250124', name: 'bash' }, 'tools[1] (bash_20250124) '],
      ['anthropic-messages', { type: 'strict', name: 'x' }, 'tools[1] (strict) '],
      ['gemini', { computerUse: {} }, 'tools[1].computerUse cannot '],
      ['gemini', { newVendorTool: {} }, 'tools[1] cannot '],
    ] as const) {
      for (const to of othersOf(from)) {
        const fault = refusal(from, { tools: [OWN[from], offer] }, to)
        assert.ok(fault.message.startsWith(start), `${from} to ${to}: ${fault.message}`)
      }
    }
  })
})
