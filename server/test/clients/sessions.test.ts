import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import type { Heard, Said } from '../simulated/conversation-model.ts'
import { houseOfSuite, suite, type TargetName } from './house.ts'
import { TOOLS } from './kit.ts'
import { resultsIn } from './scenarios.ts'

/* Sessions of twenty rounds with tools, as agents have them, on models of another dialect than the client's. */

const ROUNDS = 20

/** Two calls in each round, until the last; then words that say how much was heard. */
const agent = (heard: Heard): Said => {
  const results = resultsIn(heard)
  const round = results.length / 2
  if (round >= ROUNDS)
    return { think: 'Done.', text: `All of ${results.length}: ${results.map(([, text]) => text).join()}` }
  return {
    think: `Thought of round ${round}: ünder the stone.`,
    ...(round % 3 === 0 ? { text: `Round ${round}.` } : {}),
    calls: [
      { name: 'weather', input: { place: `place ${round}` } },
      { name: 'find_file', input: { pattern: `*.${round}` } },
    ],
  }
}

/** What every result was, in order. */
const ALL = Array.from({ length: ROUNDS }, (_, round) => [
  `weather of place ${round}`,
  `file *.${round}`,
]).flat()

const answerTo = (name: string, input: unknown): string => {
  const [value] = Object.values(typeof input === 'object' && input !== null ? input : {})
  return name === 'weather' ? `weather of ${String(value)}` : `file ${String(value)}`
}

/** For each round the target that is asked. */
type Plan = (round: number) => string

suite('sessions of twenty rounds', () => {
  const house = houseOfSuite()
  let openai: typeof OpenAI
  let anthropic: typeof Anthropic
  before(async () => {
    openai = (await import('openai')).default
    anthropic = (await import('@anthropic-ai/sdk')).default
  })
  beforeEach(() => {
    house().model.visits.length = 0
    house().model.plays(agent)
  })

  const nothingRefused = (): void => {
    const refused = house().model.visits.flatMap(({ refusal }) => refusal ?? [])
    assert.deepEqual(refused, [])
  }

  const messagesSession = async (plan: Plan, stream: boolean): Promise<string> => {
    const client = new anthropic({
      baseURL: house().url,
      apiKey: house().key,
      authToken: null,
      maxRetries: 0,
    })
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Look everywhere.' }]
    for (let round = 0; ; round += 1) {
      const body: Anthropic.MessageCreateParamsNonStreaming = {
        model: plan(round),
        max_tokens: 8000,
        thinking: { type: 'enabled', budget_tokens: 2048 },
        tools: TOOLS.map(({ name, description, schema }) => ({
          name,
          description,
          input_schema: { ...schema, required: [...schema.required] },
        })),
        messages,
      }
      const answer = await (stream
        ? client.messages.stream(body).finalMessage()
        : client.messages.create(body))
      messages.push({ role: 'assistant', content: answer.content })
      const calls = answer.content.filter((block) => block.type === 'tool_use')
      if (calls.length === 0)
        return answer.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
      messages.push({
        role: 'user',
        content: calls.map(({ id, name, input }) => ({
          type: 'tool_result',
          tool_use_id: id,
          content: answerTo(name, input),
        })),
      })
    }
  }

  /** Sends back what the SDK's own types keep: words and calls, nothing that a vendor added. */
  const chatSession = async (plan: Plan, stream: boolean): Promise<string> => {
    const client = new openai({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })
    const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Look everywhere.' }]
    for (let round = 0; ; round += 1) {
      const body = {
        model: plan(round),
        reasoning_effort: 'medium' as const,
        tools: TOOLS.map(({ name, description, schema }) => ({
          type: 'function' as const,
          function: { name, description, parameters: { ...schema } },
        })),
        messages,
      }
      const { choices } = await (stream
        ? client.chat.completions.stream(body).finalChatCompletion()
        : client.chat.completions.create(body))
      const message = choices[0]?.message
      assert.ok(message)
      const { content } = message
      const calls = (message.tool_calls ?? []).filter((call) => call.type === 'function')
      messages.push({
        role: 'assistant',
        content,
        ...(calls.length === 0
          ? {}
          : {
              tool_calls: calls.map(({ id, type, function: made }) => ({
                id,
                type,
                function: { name: made.name, arguments: made.arguments },
              })),
            }),
      })
      if (calls.length === 0) return content ?? ''
      for (const { id, function: made } of calls)
        messages.push({
          role: 'tool',
          tool_call_id: id,
          content: answerTo(made.name, JSON.parse(made.arguments)),
        })
    }
  }

  const check = (text: string): void => {
    assert.equal(text, `All of ${2 * ROUNDS}: ${ALL.join()}`, 'every result was heard, once and in order')
    nothingRefused()
    assert.equal(house().model.visits.length, ROUNDS + 1, 'no call was made twice')
  }

  for (const stream of [false, true]) {
    const how = stream ? 'streaming' : 'whole'
    for (const target of [
      'chat',
      'responses',
      'messages',
      'gemini',
      'converse',
      'ollama',
    ] as const satisfies TargetName[]) {
      test(`T06 T10 T12 Messages, thinking, on ${target}, ${how}`, async () => {
        check(await messagesSession(() => target, stream))
      })
      test(`T06 T10 T12 Chat Completions on ${target}, which wants its thoughts back, ${how}`, async () => {
        check(await chatSession(() => target, stream))
      })
    }
  }

  const visited = (): readonly string[] => house().model.visits.flatMap(({ heard }) => heard?.dialect ?? [])

  test('T11 the vendor changes in the middle of the session and back', async () => {
    for (const session of [messagesSession, chatSession]) {
      house().model.visits.length = 0
      check(await session((round) => (round % 8 < 4 ? 'messages' : 'gemini'), true))
      assert.ok(visited().includes('gemini') && visited().includes('anthropic-messages'))
      house().model.visits.length = 0
      check(await session((round) => (round % 8 < 4 ? 'responses' : 'converse'), false))
    }
  })

  test('a route falls back to another vendor; where thoughts were sealed the session stays', async () => {
    for (const [session, end] of [
      [messagesSession, 'gemini'],
      [chatSession, 'anthropic-messages'],
    ] as const) {
      house().model.visits.length = 0
      house().model.plays((heard) => {
        const round = resultsIn(heard).length / 2
        if (heard.dialect === 'anthropic-messages' && round % 5 === 3)
          return { fail: { status: 500, message: 'simulated' } }
        return agent(heard)
      })
      const text = await session(() => 'messages-then-gemini', true)
      assert.equal(text, `All of ${2 * ROUNDS}: ${ALL.join()}`)
      nothingRefused()
      assert.ok(visited().includes('gemini'))
      assert.equal(visited().at(-1), end)
    }
  })

  test('T14 a session stays with the account that sealed its thoughts', async () => {
    let out = false
    house().model.plays((heard) => {
      const round = resultsIn(heard).length / 2
      if (round === 0 && !out) {
        out = true
        return { fail: { status: 500, message: 'simulated' } }
      }
      return agent(heard)
    })
    const text = await messagesSession(() => 'two-accounts', true)
    assert.equal(text, `All of ${2 * ROUNDS}: ${ALL.join()}`)
    nothingRefused()
    const keys = house().model.visits.map(({ headers }) => headers['x-api-key'])
    assert.deepEqual(new Set(keys.slice(1)).size, 1, 'after the first failure always the same account')
    assert.notEqual(keys[0], keys[1])
  })
})
