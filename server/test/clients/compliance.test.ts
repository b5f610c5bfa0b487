import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, beforeEach, describe, test } from 'node:test'
import type { Heard, Said } from '../simulated/conversation-model.ts'
import { type ClientsHouse, houseOfSuite } from './house.ts'
import { PNG, THOUGHT, WORDS } from './kit.ts'
import { Schemas } from './schema.ts'

/*
 * What the open description of Responses demands, on models that speak other dialects. The cases are those of its
 * published suite and some more; every answer and every event is held against the published schemas.
 */

const file = join(process.env['CAUSEWAY_DATA'] ?? '', 'wire/_specs/openresponses/openapi.2026-04-24.json')
const missing = process.env['CAUSEWAY_DATA'] === undefined || !existsSync(file)

const RESOURCE = '#/components/schemas/ResponseResource'
const EVENT = '#/paths/~1responses/post/responses/200/content/text~1event-stream/schema'
const BODY = '#/components/schemas/CreateResponseBody'

type Members = Readonly<Record<string, unknown>>

interface Item extends Members {
  readonly type: string
  readonly id: string
}

interface Resource extends Members {
  readonly status: string
  readonly output: readonly Item[]
}

interface StreamEvent extends Members {
  readonly type: string
  readonly sequence_number: number
}

const GET_WEATHER = {
  type: 'function',
  name: 'get_weather',
  description: 'Says the weather of a place.',
  parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
}
const message = (role: string, content: unknown, more: Members = {}): Members => ({
  type: 'message',
  role,
  content,
  ...more,
})
const CALL = { name: 'get_weather', input: { location: 'Zürich, "north"' } }
const PICTURE = `data:image/png;base64,${PNG.toString('base64')}`

interface Case {
  readonly name: string
  readonly body: Members
  readonly says: Said
  readonly status?: string
  /** Types of the items of the answer, in order. */
  readonly output: readonly string[]
  /** What the model must have heard: texts by role. */
  readonly heard?: readonly (readonly [role: string, text: string])[]
  readonly more?: (response: Resource, heard: Heard) => void
}

const WORDS_ONLY = { says: { text: WORDS }, output: ['message'] } as const

/** A result of a tool that came earlier in the conversation, with what led to it. */
const EARLIER = [
  message('user', 'Weather?'),
  { type: 'reasoning', id: 'rs_1', summary: [] },
  { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{"location":"Oslo"}' },
  { type: 'function_call_output', call_id: 'call_1', output: 'sün' },
]

const CASES: readonly Case[] = [
  {
    name: 'basic-response',
    body: { input: [message('user', 'Say hello.')] },
    ...WORDS_ONLY,
    heard: [['user', 'Say hello.']],
  },
  {
    name: 'basic-response, input as a text',
    body: { input: 'Say hello.' },
    ...WORDS_ONLY,
    heard: [['user', 'Say hello.']],
  },
  {
    name: 'assistant-phase',
    body: {
      input: [
        message('assistant', 'I look up the number.', { phase: 'commentary' }),
        message('assistant', 'The number is four.', { phase: 'final_answer' }),
        message('user', 'Say the number only.'),
      ],
    },
    ...WORDS_ONLY,
    heard: [
      ['assistant', 'I look up the number.'],
      ['assistant', 'The number is four.'],
      ['user', 'Say the number only.'],
    ],
  },
  {
    name: 'system-prompt',
    body: { input: [message('system', 'Speak like a pirate.'), message('user', 'Say hello.')] },
    ...WORDS_ONLY,
    heard: [
      ['system', 'Speak like a pirate.'],
      ['user', 'Say hello.'],
    ],
  },
  {
    name: 'system-prompt, as instructions and from the developer',
    body: {
      instructions: 'Be brief.',
      input: [message('developer', 'Speak like a pirate.'), message('user', 'Say hello.')],
    },
    ...WORDS_ONLY,
    heard: [
      ['system', 'Be brief.'],
      ['system', 'Speak like a pirate.'],
    ],
    more: ({ instructions }) => assert.equal(instructions, 'Be brief.'),
  },
  {
    name: 'tool-calling',
    body: { input: [message('user', 'What is the weather?')], tools: [GET_WEATHER] },
    says: { calls: [CALL] },
    output: ['function_call'],
    more: ({ output }, heard) => {
      assert.deepEqual(
        heard.tools.map(({ name }) => name),
        ['get_weather'],
      )
      assert.equal(output[0]?.['name'], 'get_weather')
      assert.deepEqual(JSON.parse(String(output[0]?.['arguments'])), CALL.input)
    },
  },
  {
    name: 'tool-calling, thinking, words and two calls at once',
    body: {
      input: [message('user', 'What is the weather?')],
      tools: [{ ...GET_WEATHER, strict: false }],
      tool_choice: 'auto',
      parallel_tool_calls: true,
      reasoning: { effort: 'medium', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
      max_output_tokens: 8000,
    },
    says: { think: THOUGHT, text: 'I look.', calls: [CALL, { ...CALL, input: { location: 'Bern' } }] },
    output: ['reasoning', 'message', 'function_call', 'function_call'],
  },
  {
    name: 'tool-calling, its result',
    body: { input: EARLIER, tools: [GET_WEATHER] },
    ...WORDS_ONLY,
    more: (_, heard) => {
      const results = heard.turns.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.type === 'result' ? [[part.name, part.text]] : [])),
      )
      assert.deepEqual(results, [['get_weather', 'sün']])
    },
  },
  {
    name: 'image-input',
    body: {
      input: [
        message('user', [
          { type: 'input_text', text: 'What is this?' },
          { type: 'input_image', image_url: PICTURE },
        ]),
      ],
    },
    ...WORDS_ONLY,
    more: (_, heard) => {
      const media = heard.turns.flatMap(({ parts }) => parts.filter(({ type }) => type === 'media'))
      assert.deepEqual(media, [{ type: 'media', mime: 'image/png', bytes: PNG }])
    },
  },
  {
    name: 'multi-turn',
    body: {
      input: [
        message('user', 'My name is Ada.'),
        message('assistant', 'Hello Ada!'),
        message('user', 'What is my name?'),
      ],
    },
    ...WORDS_ONLY,
    heard: [
      ['user', 'My name is Ada.'],
      ['assistant', 'Hello Ada!'],
      ['user', 'What is my name?'],
    ],
  },
  {
    name: 'an answer in a schema, with settings that the resource tells again',
    body: {
      input: 'Describe it.',
      metadata: { purpose: 'test' },
      temperature: 0.5,
      safety_identifier: 'somebody',
      text: {
        format: {
          type: 'json_schema',
          name: 'thing',
          schema: {
            type: 'object',
            properties: { a: { type: 'integer' } },
            required: ['a'],
            additionalProperties: false,
          },
        },
      },
    },
    says: { text: '{"a":1}' },
    output: ['message'],
    more: ({ metadata, temperature, text }) => {
      assert.match(JSON.stringify(text), /"schema":\{"type":"object"/)
      assert.deepEqual(metadata, { purpose: 'test' })
      assert.equal(temperature, 0.5)
    },
  },
  {
    name: 'an answer that was cut at its most tokens',
    body: { input: 'Count.', max_output_tokens: 16 },
    says: { text: WORDS, finish: 'length' },
    status: 'incomplete',
    output: ['message'],
    more: (response) => {
      assert.deepEqual(response['incomplete_details'], { reason: 'max_output_tokens' })
      assert.equal(response['completed_at'], null)
    },
  },
  {
    name: 'a conversation that keeps nothing',
    body: { input: 'Say hello.', store: false },
    ...WORDS_ONLY,
    more: ({ store }) => assert.equal(store, false),
  },
]

const eventsIn = (text: string): readonly StreamEvent[] =>
  text.split('\n\n').flatMap((frame) => {
    const lines = frame.split('\n')
    const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length)
    if (data === undefined || data === '[DONE]') return []
    const event: StreamEvent = JSON.parse(data)
    assert.ok(lines.includes(`event: ${event.type}`), `the frame's name is the type ${event.type}`)
    return [event]
  })

const WHOLE = ['response.completed', 'response.incomplete', 'response.failed']

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && 'type' in value && 'id' in value

const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && 'output' in value && 'status' in value

const resourceIn = (value: unknown): Resource => {
  assert.ok(isResource(value), 'a response')
  return value
}

/** Text as it came in pieces, by where it belongs. */
const piecesOf = (events: readonly StreamEvent[]): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>()
  for (const { type, delta, item_id, content_index, summary_index } of events) {
    if (!type.endsWith('.delta')) continue
    const place = [type.slice(0, -'.delta'.length), item_id, content_index, summary_index].join()
    texts.set(place, (texts.get(place) ?? '') + String(delta))
  }
  return texts
}

/** The order that the description gives to the events of a stream. */
const checkOrder = (events: readonly StreamEvent[]): Resource => {
  assert.deepEqual(
    events.map(({ sequence_number }) => sequence_number),
    events.map((_, index) => index),
  )
  assert.deepEqual(
    events.slice(0, 2).map(({ type }) => type),
    ['response.created', 'response.in_progress'],
  )
  const final = resourceIn(events.at(-1)?.['response'])
  assert.deepEqual(
    events.flatMap(({ type }) => (WHOLE.includes(type) ? [type] : [])),
    [`response.${final.status}`],
    'one end, as the last event',
  )
  const opened = events.filter(({ type }) => type === 'response.output_item.added')
  const closed = events.filter(({ type }) => type === 'response.output_item.done')
  const order = (list: readonly StreamEvent[]): readonly unknown[] =>
    list.map(({ output_index }) => output_index).toSorted()
  assert.deepEqual(
    order(opened),
    final.output.map((_, index) => index),
    'every item is opened once',
  )
  assert.deepEqual(order(closed), order(opened), 'and closed once')
  for (const { output_index, item } of closed)
    assert.deepEqual(item, final.output[Number(output_index)], 'an item is closed as it ends up')
  for (const { output_index, item } of opened) {
    assert.ok(isItem(item))
    assert.equal(item.id, final.output[Number(output_index)]?.id)
  }
  return final
}

/** What came in pieces is what is told when it is done. */
const checkPieces = (events: readonly StreamEvent[]): void => {
  for (const [place, text] of piecesOf(events)) {
    const [type = '', item, content, summary] = place.split(',')
    const done = events.filter(
      (event) =>
        event.type === `${type}.done` &&
        event['item_id'] === item &&
        String(event['content_index'] ?? '') === content &&
        String(event['summary_index'] ?? '') === summary,
    )
    assert.deepEqual(
      done.map((event) => event['text'] ?? event['arguments'] ?? event['refusal']),
      [text],
      place,
    )
  }
}

/** The description foresees no schema where the vendor's own resource tells the request's; ours does as the vendor. */
const withoutSchema = (response: unknown): unknown =>
  JSON.parse(JSON.stringify(response, (name, value) => (name === 'schema' ? null : value)))

const checkHeard = (heard: Heard, expected: Case['heard']): void => {
  const texts = heard.turns.flatMap(({ role, parts }) =>
    parts.flatMap((part) => (part.type === 'text' ? [[role, part.text] as const] : [])),
  )
  for (const [role, text] of expected ?? [])
    assert.ok(
      texts.some(([who, said]) => who === role && said.includes(text)),
      `the model heard of the ${role}: ${text}, in ${JSON.stringify(texts)}`,
    )
}

const ask = async ({ url, key }: ClientsHouse, body: Members): Promise<Response> =>
  fetch(`${url}/v1/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  })

const suite = (name: string, body: () => void): void => {
  const skip = 'CAUSEWAY_DATA names no folder with the open description of Responses'
  if (missing) test(name, { skip }, () => undefined)
  else describe(name, body)
}

suite('the open description of Responses', () => {
  const house = houseOfSuite()
  let schemas: Schemas
  before(() => {
    schemas = new Schemas(JSON.parse(readFileSync(file, 'utf8')))
  })
  beforeEach(() => {
    house().model.visits.length = 0
  })

  const lastHeard = (): Heard => {
    const visit = house().model.visits.at(-1)
    assert.equal(visit?.refusal, null, 'the model was asked nothing that its vendor would refuse')
    assert.ok(visit?.heard)
    return visit.heard
  }

  const streamed = async (response: Response): Promise<Resource> => {
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const events = eventsIn(await response.text())
    for (const event of events) {
      const { response: resource, ...rest } = event
      const plain = resource === undefined ? event : { ...rest, response: withoutSchema(resource) }
      assert.deepEqual(schemas.faults(EVENT, plain), [], JSON.stringify(event).slice(0, 500))
    }
    checkPieces(events)
    return checkOrder(events)
  }

  for (const target of ['chat', 'messages'])
    for (const stream of [false, true])
      for (const one of CASES)
        test(`${one.name}, ${stream ? 'streaming' : 'whole'}, on ${target}`, async () => {
          house().model.plays(() => one.says)
          const body = { model: target, ...one.body, stream }
          assert.deepEqual(schemas.faults(BODY, body), [], 'the case itself is as suite')
          const response = await ask(house(), body)
          if (response.status !== 200) assert.fail(`${response.status}: ${await response.text()}`)
          const final = stream ? await streamed(response) : resourceIn(await response.json())
          assert.deepEqual(schemas.faults(RESOURCE, withoutSchema(final)), [])
          assert.equal(final.status, one.status ?? 'completed')
          assert.deepEqual(
            final.output.map(({ type }) => type),
            one.output,
          )
          const heard = lastHeard()
          checkHeard(heard, one.heard)
          one.more?.(final, heard)
        })

  for (const target of ['chat', 'messages'])
    test(`streaming-response: what breaks in the middle ends as failed, on ${target}`, async () => {
      house().model.plays(() => ({ text: WORDS, trouble: 'error' }))
      const response = await ask(house(), { model: target, input: 'Count.', stream: true })
      const events = eventsIn(await response.text())
      for (const event of events) assert.deepEqual(schemas.faults(EVENT, event), [], JSON.stringify(event))
      assert.equal(events.at(-1)?.type, 'response.failed')
      const final = resourceIn(events.at(-1)?.['response'])
      assert.equal(final.status, 'failed')
      assert.ok(final['error'])
    })

  test('response-output-phase-schema: a phase of the description is one, another is not', async () => {
    house().model.plays(() => ({ text: WORDS }))
    const whole = resourceIn(await (await ask(house(), { model: 'chat', input: 'Hello.' })).json())
    const phased = (phase: string): object => ({
      ...whole,
      output: whole.output.map((item) => ({ ...item, phase })),
    })
    for (const phase of ['commentary', 'final_answer'])
      assert.deepEqual(schemas.faults(RESOURCE, phased(phase)), [])
    assert.deepEqual(schemas.faults(RESOURCE, phased('musing')), [
      '$.output[0].phase: "musing" is none of ["commentary","final_answer"]',
    ])
  })

  test('an answer is as suite when it is asked for again', async () => {
    house().model.plays(() => ({ think: THOUGHT, text: WORDS }))
    const first = resourceIn(await (await ask(house(), { model: 'messages', input: 'Hello.' })).json())
    const { url, key } = house()
    const again = await fetch(`${url}/v1/responses/${String(first['id'])}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    assert.deepEqual(schemas.faults(RESOURCE, await again.json()), [])
  })

  test('an error is told as the description has it', async () => {
    const response = await ask(house(), { model: 'chat', input: 7 })
    assert.equal(response.status, 400)
    const body: unknown = await response.json()
    assert.ok(typeof body === 'object' && body !== null && 'error' in body)
    assert.deepEqual(schemas.faults('#/components/schemas/ErrorPayload', body.error), [])
  })
})
