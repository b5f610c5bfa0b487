import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type * as Anthropic from '@langchain/anthropic'
import type * as Messages from '@langchain/core/messages'
import type * as OpenAI from '@langchain/openai'
import { houseOfSuite, suite } from './house.ts'
import { SCHEMA, TOOLS, WORDS } from './kit.ts'
import { resultsIn } from './scenarios.ts'

suite('langchain', () => {
  const house = houseOfSuite()
  let openai: typeof OpenAI
  let anthropic: typeof Anthropic
  let messages: typeof Messages
  before(async () => {
    openai = await import('@langchain/openai')
    anthropic = await import('@langchain/anthropic')
    messages = await import('@langchain/core/messages')
  })
  beforeEach(() => {
    house().model.visits.length = 0
  })

  const chat = (model: string) =>
    new openai.ChatOpenAI({
      model,
      apiKey: house().key,
      maxRetries: 0,
      configuration: { baseURL: `${house().url}/v1` },
    })
  const claude = (model: string) =>
    new anthropic.ChatAnthropic({
      model,
      apiKey: house().key,
      anthropicApiUrl: house().url,
      maxRetries: 0,
      maxTokens: 4000,
    })
  const nothingRefused = (): void =>
    assert.deepEqual(
      house().model.visits.flatMap(({ refusal }) => refusal ?? []),
      [],
    )
  const tools = TOOLS.map(({ name, description, schema }) => ({
    type: 'function' as const,
    function: { name, description, parameters: { ...schema } },
  }))

  for (const [name, make, targets] of [
    ['ChatOpenAI', chat, ['messages', 'gemini', 'converse', 'ollama']],
    ['ChatAnthropic', claude, ['chat', 'gemini', 'responses', 'ollama']],
  ] as const) {
    for (const target of targets) {
      test(`${name} → ${target}: words, whole and streaming`, async () => {
        house().model.plays(() => ({ text: WORDS }))
        const model = make(target)
        assert.equal((await model.invoke('Hällo')).text, WORDS)
        let text = ''
        for await (const piece of await model.stream('Hällo')) text += piece.text
        assert.equal(text, WORDS)
        nothingRefused()
      })

      test(`T32 T33 ${name} → ${target}: tools over two rounds`, async () => {
        house().model.plays((heard) =>
          resultsIn(heard).length === 0
            ? {
                calls: [
                  { name: 'weather', input: { place: 'Oslo' } },
                  { name: 'find_file', input: { pattern: '*' } },
                ],
              }
            : { text: resultsIn(heard).join('; ') },
        )
        const model = make(target).bindTools(tools)
        const history: Messages.BaseMessage[] = [new messages.HumanMessage('Look.')]
        const first = await model.invoke(history)
        assert.equal(first.tool_calls?.length, 2)
        history.push(
          first,
          ...(first.tool_calls ?? []).map(
            ({ id = '', name: tool }) =>
              new messages.ToolMessage({ tool_call_id: id, name: tool, content: `got ${tool}` }),
          ),
        )
        assert.equal((await model.invoke(history)).text, 'weather,got weather; find_file,got find_file')
        nothingRefused()
      })
    }
  }

  test('ChatOpenAI: an answer in a schema, on models of other dialects', async () => {
    house().model.plays(() => ({ text: '{"colour":"red","sizes":[3]}' }))
    for (const target of ['messages', 'gemini', 'converse']) {
      const structured = chat(target).withStructuredOutput(
        { title: 'thing', ...SCHEMA },
        { method: 'jsonSchema' },
      )
      assert.deepEqual(await structured.invoke('Describe.'), { colour: 'red', sizes: [3] })
      assert.match(JSON.stringify(house().model.visits.at(-1)?.heard?.format), /colour/)
    }
    nothingRefused()
  })
})
