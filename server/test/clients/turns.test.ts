import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import type { Heard, Said } from '../simulated/conversation-model.ts'
import { houseOfSuite, suite } from './house.ts'
import type { Called, Result } from './talk.ts'

/*
 * Conversations of twenty questions, each with rounds of tools of its own, as people have them with an agent. What
 * the model heard is held against what the client said: every question, answer, call and result, in order, and
 * every result with the call that it belongs to, also where two calls of one tool are made at once.
 */

const QUESTIONS = 20

const TOOLS = [
  { name: 'read_file', properties: { path: { type: 'string' } } },
  { name: 'list_folder', properties: {} },
  { name: 'search', properties: { words: { type: 'string' } } },
] as const

const schemaOf = (properties: object) => ({
  type: 'object' as const,
  properties: { ...properties },
  required: Object.keys(properties),
  additionalProperties: false,
})

const question = (turn: number): string => `Question ${turn}: what is there? 世界`
const conclusion = (turn: number, heard: number): string => `Answer ${turn} from ${heard} results.`

/** Text, calls and results of a conversation, in order; ids do not matter. */
type Line = readonly [what: 'user' | 'assistant' | 'call' | 'result', ...rest: readonly string[]]

const linesOf = ({ turns }: Heard): readonly Line[] =>
  turns.flatMap(({ role, parts }) =>
    parts.flatMap((part): readonly Line[] => {
      // Gemini seals an answer with a part that has no text.
      if (part.type === 'text') return role === 'system' || part.text === '' ? [] : [[role, part.text]]
      if (part.type === 'call') return [['call', part.name, JSON.stringify(part.input)]]
      return part.type === 'result' ? [['result', part.name, part.text]] : []
    }),
  )

/** Two or three calls at once, in every third turn one more behind them; sometimes words between, sometimes not. */
const agent = (heard: Heard): Said => {
  const lines = linesOf(heard)
  const asked = lines.findLastIndex(([what]) => what === 'user')
  const turn = lines.filter(([what]) => what === 'user').length - 1
  const results = lines.slice(asked).filter(([what]) => what === 'result').length
  const calls = [
    { name: 'read_file', input: { path: `notes ${turn}/"a" \\ ü.txt` } },
    { name: 'read_file', input: { path: `notes ${turn}/b.txt` } },
    ...(turn % 2 === 0 ? [{ name: 'list_folder', input: {} }] : []),
  ]
  const think = {
    think: `Thought ${turn} of ${results}.`,
    ...(turn % 4 === 1 ? { redacted: `not for you ${turn}` } : {}),
  }
  if (results === 0) return { ...think, ...(turn % 2 === 0 ? { text: `I look, ${turn}.` } : {}), calls }
  if (results === calls.length && turn % 3 === 0)
    return { ...think, calls: [{ name: 'search', input: { words: `more of ${turn}` } }] }
  return { ...think, text: conclusion(turn, results) }
}

/** Says which call it is of; the result of every fifth turn's folder is empty. */
const resultOf = ({ name, input }: Called, turn: number): string =>
  name === 'list_folder' && turn % 5 === 0 ? '' : `${name} of ${JSON.stringify(input)} in ${turn}`

interface Step {
  readonly text: string
  readonly calls: readonly Called[]
}

interface How {
  readonly model: string
  readonly stream: boolean
}

/** A client that keeps a conversation as its library has it. */
interface Session {
  ask(text: string, how: How): Promise<Step>
  give(results: readonly Result[], how: How): Promise<Step>
}

/** How each vendor's sealed thoughts look in a request. */
const SEALED: Readonly<Record<string, { readonly dialect: string; readonly sealed: readonly RegExp[] }>> = {
  messages: {
    dialect: 'anthropic-messages',
    sealed: [/"signature":"[\w+/]{60}/, /"type":"redacted_thinking"/],
  },
  converse: { dialect: 'bedrock-converse', sealed: [/"reasoningText":/, /"redactedContent":/] },
  responses: { dialect: 'openai-responses', sealed: [/"encrypted_content":"[\w+/]{60}/] },
  gemini: { dialect: 'gemini', sealed: [/"thoughtSignature":"[\w+/]{60}/] },
}

/** For each turn and each round of tools in it the target that is asked. */
type Plan = (turn: number, round: number) => string

suite('conversations of twenty questions', () => {
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

  const messagesClient = () =>
    new anthropic({ baseURL: house().url, apiKey: house().key, authToken: null, maxRetries: 0 })
  const openaiClient = () => new openai({ baseURL: `${house().url}/v1`, apiKey: house().key, maxRetries: 0 })

  const anthropicTools: Anthropic.Tool[] = TOOLS.map(({ name, properties }) => ({
    name,
    description: `Does ${name}.`,
    input_schema: schemaOf(properties),
  }))

  const messagesSession = (): Session => {
    const messages: Anthropic.MessageParam[] = []
    const step = async ({ model, stream }: How): Promise<Step> => {
      const body = {
        model,
        max_tokens: 8000,
        thinking: { type: 'enabled' as const, budget_tokens: 2048 },
        tools: anthropicTools,
        messages,
      }
      const { content } = await (stream
        ? messagesClient().messages.stream(body).finalMessage()
        : messagesClient().messages.create(body))
      messages.push({ role: 'assistant', content })
      return {
        text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        calls: content.flatMap((block) =>
          block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
        ),
      }
    }
    return {
      ask(text, how) {
        messages.push({ role: 'user', content: text })
        return step(how)
      },
      give(results, how) {
        const content = results.map(({ call, text }) => ({
          type: 'tool_result' as const,
          tool_use_id: call.id,
          content: text,
        }))
        messages.push({ role: 'user', content })
        return step(how)
      },
    }
  }

  /** Sends back role, content and tool_calls of an answer, nothing else. */
  const chatSession = (): Session => {
    const messages: OpenAI.Chat.ChatCompletionMessageParam[] = []
    const step = async ({ model, stream }: How): Promise<Step> => {
      const body = {
        model,
        reasoning_effort: 'medium' as const,
        tools: TOOLS.map(({ name, properties }) => ({
          type: 'function' as const,
          function: { name, parameters: schemaOf(properties) },
        })),
        messages,
      }
      const { choices } = await (stream
        ? openaiClient().chat.completions.stream(body).finalChatCompletion()
        : openaiClient().chat.completions.create(body))
      const [choice] = choices
      assert.ok(choice)
      const { content, tool_calls } = choice.message
      const calls = (tool_calls ?? []).filter((call) => call.type === 'function')
      const plain = calls.map(({ id, function: { name, arguments: made } }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: made },
      }))
      messages.push({ role: 'assistant', content, ...(plain.length === 0 ? {} : { tool_calls: plain }) })
      return {
        text: content ?? '',
        calls: plain.map(({ id, function: made }) => ({
          id,
          name: made.name,
          input: JSON.parse(made.arguments),
        })),
      }
    }
    return {
      ask(text, how) {
        messages.push({ role: 'user', content: text })
        return step(how)
      },
      give(results, how) {
        for (const { call, text } of results)
          messages.push({ role: 'tool', tool_call_id: call.id, content: text })
        return step(how)
      },
    }
  }

  /** Sends what is new only, and the id of the answer before. */
  const chainedSession = (): Session => {
    let previous: string | null = null
    const step = async (input: OpenAI.Responses.ResponseInput, { model, stream }: How): Promise<Step> => {
      const body = {
        model,
        input,
        reasoning: { effort: 'medium' as const },
        tools: TOOLS.map(({ name, properties }) => ({
          type: 'function' as const,
          name,
          parameters: schemaOf(properties),
          strict: true,
        })),
        ...(previous === null ? {} : { previous_response_id: previous }),
      }
      const answer = await (stream
        ? openaiClient().responses.stream(body).finalResponse()
        : openaiClient().responses.create(body))
      // In its own dialect an answer is relayed as its vendor wrote it, who knows of no answer before.
      if (model !== 'responses') assert.equal(answer.previous_response_id, previous)
      previous = answer.id
      return {
        text: answer.output
          .flatMap((item) => (item.type === 'message' ? item.content : []))
          .map((part) => (part.type === 'output_text' ? part.text : ''))
          .join(''),
        calls: answer.output.flatMap((item) =>
          item.type === 'function_call'
            ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) }]
            : [],
        ),
      }
    }
    return {
      ask: (text, how) => step([{ role: 'user', content: text }], how),
      give: (results, how) =>
        step(
          results.map(({ call, text }) => ({ type: 'function_call_output', call_id: call.id, output: text })),
          how,
        ),
    }
  }

  /** Has the whole conversation; after each step the model must have heard exactly what was said so far. */
  const converse = async (
    session: Session,
    plan: Plan,
    { questions = QUESTIONS, backwards = false } = {},
  ): Promise<void> => {
    const said: Line[] = []
    let steps = 0
    const taken = (step: Step): Step => {
      steps += 1
      const visit = house().model.visits.at(-1)
      assert.equal(visit?.refusal, null)
      assert.ok(visit?.heard)
      assert.deepEqual(linesOf(visit.heard), said, `what was heard in step ${steps}`)
      if (step.text !== '') said.push(['assistant', step.text])
      for (const { name, input } of step.calls) said.push(['call', name, JSON.stringify(input)])
      return step
    }
    for (let turn = 0; turn < questions; turn += 1) {
      const how = (round: number): How => ({ model: plan(turn, round), stream: (turn + round) % 2 === 1 })
      said.push(['user', question(turn)])
      let step = taken(await session.ask(question(turn), how(0)))
      let results = 0
      for (let round = 1; step.calls.length > 0; round += 1) {
        const given = step.calls.map((call) => ({ call, text: resultOf(call, turn) }))
        for (const { call, text } of given) said.push(['result', call.name, text])
        results += given.length
        step = taken(await session.give(backwards ? given.toReversed() : given, how(round)))
      }
      assert.equal(step.text, conclusion(turn, results))
    }
    assert.equal(house().model.visits.length, steps, 'no call was made twice')
    assert.equal(steps, 2 * questions + Math.ceil(questions / 3))
  }

  /** Where a vendor seals thoughts, they came back to it: with every call whose answer was under way. */
  const sealedThoughtsCame = (...targets: readonly string[]): void => {
    for (const target of targets) {
      const { dialect, sealed } = SEALED[target] ?? { dialect: '', sealed: [] }
      const inRounds = house().model.visits.filter(
        ({ heard }) => heard?.dialect === dialect && linesOf(heard).at(-1)?.[0] === 'result',
      )
      if (sealed.length > 0) assert.ok(inRounds.length > 5)
      for (const pattern of sealed)
        assert.ok(
          inRounds.some(({ body }) => pattern.test(body)),
          `${target} ${pattern}`,
        )
    }
  }

  for (const target of ['chat', 'ollama', 'responses', 'gemini', 'converse', 'messages'])
    test(`T06 T10 T12 T32 T33 @anthropic-ai/sdk, thinking, on ${target}`, async () => {
      await converse(messagesSession(), () => target)
      sealedThoughtsCame(target)
    })

  for (const target of ['messages', 'responses', 'gemini', 'converse', 'ollama', 'chat'])
    test(`T06 T10 T12 T32 T33 openai, words and calls sent back only, on ${target}`, async () => {
      await converse(chatSession(), () => target)
      sealedThoughtsCame(target)
    })

  for (const target of ['chat', 'messages', 'gemini', 'responses'])
    test(`T06 T10 T12 T32 T33 openai, by the id of the answer before, on ${target}`, async () => {
      await converse(chainedSession(), () => target)
      sealedThoughtsCame(target)
    })

  for (const target of ['messages', 'gemini', 'converse'])
    test(`T32 results come in call order and with their own call, however they are sent, on ${target}`, () =>
      converse(chatSession(), () => target, { questions: 6, backwards: true }))

  /** There and back again, also between a call and its result. */
  const changing =
    (one: string, other: string): Plan =>
    (turn, round) =>
      (turn + (turn % 7 === 3 ? round : 0)) % 8 < 4 ? one : other
  const dialects = (): number => new Set(house().model.visits.map(({ heard }) => heard?.dialect)).size

  for (const [one, other] of [
    ['messages', 'gemini'],
    ['messages', 'chat'],
    ['responses', 'messages'],
    ['gemini', 'responses'],
  ] as const)
    for (const [name, open] of [
      ['@anthropic-ai/sdk', messagesSession],
      ['openai', chatSession],
      ['openai, by the id of the answer before,', chainedSession],
    ] as const)
      test(`T09 T11 T13 ${name} from ${one} to ${other} and back, in the middle of rounds too`, async () => {
        await converse(open(), changing(one, other))
        assert.equal(dialects(), 2)
        sealedThoughtsCame(one, other)
      })

  test('T14 another account of the same vendor is given nothing that only the first can read', async () => {
    for (const open of [messagesSession, chatSession, chainedSession]) {
      house().model.visits.length = 0
      await converse(open(), changing('messages', 'messages-elsewhere'))
      assert.equal(new Set(house().model.visits.map(({ headers }) => headers['x-api-key'])).size, 2)
    }
  })

  test('T31 a result that is missing is asked for by name, and the conversation goes on', async () => {
    const client = messagesClient()
    const ask = (messages: Anthropic.MessageParam[]) =>
      client.messages.create({ model: 'chat', max_tokens: 800, tools: anthropicTools, messages })
    const asked: Anthropic.MessageParam = { role: 'user', content: question(0) }
    const { content } = await ask([asked])
    const calls = content.filter((block) => block.type === 'tool_use')
    const history: Anthropic.MessageParam[] = [asked, { role: 'assistant', content }]
    const results = calls.map(({ id, name, input }) => ({
      type: 'tool_result' as const,
      tool_use_id: id,
      content: resultOf({ id, name, input }, 1),
    }))
    assert.equal(results.length, 3)
    const error = await ask([...history, { role: 'user', content: results.slice(0, 2) }]).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof anthropic.BadRequestError, String(error))
    assert.match(error.message, new RegExp(String(results[2]?.tool_use_id)))
    assert.equal(house().model.visits.length, 1, 'nothing was sent')
    const after = await ask([...history, { role: 'user', content: results }])
    assert.ok(after.content.some((block) => block.type === 'tool_use' && block.name === 'search'))
  })

  test('T01 T02 marks for the prompt cache arrive where they are known, and are named where they are not', async () => {
    const mark = { type: 'ephemeral' as const }
    const marked = (model: string): Anthropic.MessageCreateParamsNonStreaming => ({
      model,
      max_tokens: 800,
      system: [{ type: 'text', text: 'Be brief.', cache_control: mark }],
      tools: anthropicTools.map((tool, index) => (index === 2 ? { ...tool, cache_control: mark } : tool)),
      messages: [
        { role: 'user', content: 'Look.' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'list_folder', input: {} }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: 'a.txt', cache_control: mark },
            { type: 'text', text: 'And now?', cache_control: mark },
          ],
        },
      ],
    })
    const PLACES = [
      /^system\b.*cache_control$/,
      /^tools\[2\].*cache_control$/,
      /^messages\[2\].*cache_control$/,
    ]
    for (const [target, spelling, arrive] of [
      ['messages', /"cache_control":\{"type":"ephemeral"\}/g, true],
      ['converse', /"cachePoint":\{"type":"default"\}/g, true],
      ['chat', /cache/g, false],
      ['gemini', /cache/g, false],
      ['responses', /cache/g, false],
      ['ollama', /cache/g, false],
    ] as const) {
      const client = messagesClient()
      const { response } = await client.messages.create(marked(target)).withResponse()
      const dropped = (response.headers.get('x-causeway-dropped') ?? '').split(',')
      const there = house().model.visits.at(-1)?.body.match(spelling)?.length ?? 0
      assert.equal(there, arrive ? 4 : 0, target)
      for (const place of PLACES)
        assert.equal(
          dropped.some((name) => place.test(name)),
          !arrive,
          `${target} ${place} ${dropped.join()}`,
        )
      const visits = house().model.visits.length
      const strict = client.messages.create(marked(target), { headers: { 'x-causeway-strict': 'true' } })
      if (arrive) await strict
      else await assert.rejects(strict, /cache_control/)
      assert.equal(house().model.visits.length, visits + (arrive ? 1 : 0))
    }
  })
})
