import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { type Heard, type HeardPart, type Said, USAGE } from '../simulated/conversation-model.ts'
import { type ClientsHouse, LIMITED, TARGETS, type TargetName } from './house.ts'
import { PDF, PNG, THOUGHT, WORDS } from './kit.ts'
import type { Client, Opening, Reply } from './talk.ts'

/* What is asked of every client, against a target of every dialect, whole and streaming. */

const said = (heard: Heard, role: string): readonly HeardPart[] =>
  heard.turns.flatMap((turn) => (turn.role === role ? turn.parts : []))

/** The results of tools that a model has heard so far: name and text, in order. */
export const resultsIn = (heard: Heard): readonly (readonly [name: string, text: string])[] =>
  heard.turns.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'result' ? [[part.name, part.text] as const] : [])),
  )

const mediaIn = (heard: Heard): readonly { readonly mime: string; readonly bytes: Buffer }[] =>
  heard.turns.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'media' ? [part] : [])))

const textIn = (heard: Heard, role: string): string =>
  said(heard, role)
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('')

/** Two rounds of tools: two calls at once, then one, then words that hold every result. */
const twoRounds = (heard: Heard): Said => {
  const results = resultsIn(heard)
  switch (results.length) {
    case 0:
      return {
        think: THOUGHT,
        text: 'I look.',
        calls: [
          { name: 'weather', input: { place: 'Zürich, "north"' } },
          { name: 'find_file', input: { pattern: '*.md' } },
        ],
      }
    case 2:
      return { think: `${THOUGHT} Again.`, calls: [{ name: 'weather', input: { place: 'Oslo' } }] }
    default:
      return { text: `Heard ${results.map(([name, text]) => `${name}=${text}`).join('; ')}.` }
  }
}

const checkUsage = (client: Client, reply: Reply, target: TargetName): void => {
  if (reply.input !== null) assert.equal(reply.input, USAGE.input, 'input tokens, cache included')
  if (reply.output !== null) assert.equal(reply.output, USAGE.output, 'output tokens, thought included')
  if (reply.cached !== null && target !== 'ollama' && !client.lacks.includes('cached'))
    assert.equal(reply.cached, USAGE.cached, 'tokens read from the cache')
}

/** Everything that the model was asked in this test was fit for the strictest of vendors. */
const nothingRefused = ({ model }: ClientsHouse): void => {
  assert.deepEqual(
    model.visits.flatMap(({ refusal, body }) =>
      refusal === null ? [] : [{ refusal, body: body.slice(0, 3000) }],
    ),
    [],
  )
}

const lastHeard = ({ model }: ClientsHouse): Heard => {
  const heard = model.visits.at(-1)?.heard
  assert.ok(heard)
  return heard
}

/** How a target's failures are told: status by what its vendor says. */
const FAILURES = [
  { status: 400, told: 400 },
  { status: 401, told: 502 },
  { status: 500, told: 502 },
] as const

interface Subject {
  readonly house: ClientsHouse
  readonly client: Client
  readonly target: TargetName
  readonly stream: boolean
}

const words = async ({ house, client, target, stream }: Subject): Promise<void> => {
  house.model.plays(() => ({ text: WORDS }))
  const reply = await client.open({ model: target, stream, system: 'Be brief.' }).user('Hällo 🌍')
  assert.equal(reply.text, WORDS)
  assert.equal(reply.finish, 'stop')
  checkUsage(client, reply, target)
  const heard = lastHeard(house)
  assert.equal(heard.stream, stream)
  assert.equal(textIn(heard, 'user'), 'Hällo 🌍')
  assert.equal(textIn(heard, 'system'), 'Be brief.')
}

const tools = async ({ house, client, target, stream }: Subject, think: boolean): Promise<void> => {
  house.model.plays(twoRounds)
  const talk = client.open({ model: target, stream, tools: true, think })
  const first = await talk.user('Look twice.')
  assert.equal(first.finish, 'tool')
  assert.deepEqual(
    first.calls.map(({ name, input }) => [name, input]),
    [
      ['weather', { place: 'Zürich, "north"' }],
      ['find_file', { pattern: '*.md' }],
    ],
  )
  assert.deepEqual(
    lastHeard(house).tools.map(({ name }) => name),
    ['weather', 'find_file'],
  )
  const [a, b] = first.calls
  assert.ok(a && b)
  const second = await talk.results([
    { call: a, text: 'rain' },
    { call: b, text: 'README.md' },
  ])
  const [c] = second.calls
  assert.ok(c)
  assert.deepEqual(c.input, { place: 'Oslo' })
  const third = await talk.results([{ call: c, text: 'sün' }])
  const shown = (name: string, text: string): string => `${name}=${client.wrapped?.(name, text) ?? text}`
  assert.equal(
    third.text,
    `Heard ${shown('weather', 'rain')}; ${shown('find_file', 'README.md')}; ${shown('weather', 'sün')}.`,
  )
  assert.deepEqual(third.calls, [])
  house.model.plays((heard) => ({ text: `${resultsIn(heard).length} results` }))
  const fourth = await talk.user('How many were they?')
  assert.equal(fourth.text, '3 results')
}

const picture = async ({ house, client, target, stream }: Subject): Promise<void> => {
  house.model.plays(() => ({ text: 'Seen.' }))
  const reply = await client.open({ model: target, stream }).user('What is this?', { image: PNG })
  assert.equal(reply.text, 'Seen.')
  assert.deepEqual(
    mediaIn(lastHeard(house)).map(({ mime, bytes }) => [mime, bytes.equals(PNG)]),
    [['image/png', true]],
  )
}

const document = async ({ house, client, target, stream }: Subject): Promise<void> => {
  house.model.plays(() => ({ text: 'Read.' }))
  const asked = client.open({ model: target, stream }).user('What does it say?', { pdf: PDF })
  if (target === 'ollama') {
    const problem = client.problem(
      await asked.then(
        () => null,
        (error: unknown) => error,
      ),
    )
    assert.match(problem.message, /file|document|PDF/i, 'the refusal says what it is about')
    if (problem.status !== null) assert.ok([400, 422].includes(problem.status), `status ${problem.status}`)
    assert.equal(house.model.visits.length, 0, 'nothing was sent')
    return
  }
  assert.equal((await asked).text, 'Read.')
  assert.deepEqual(
    mediaIn(lastHeard(house)).map(({ mime, bytes }) => [mime, bytes.equals(PDF)]),
    [['application/pdf', true]],
  )
}

const schema = async ({ house, client, target, stream }: Subject): Promise<void> => {
  house.model.plays(() => ({ text: '{"colour":"grün","sizes":[1,2]}' }))
  const reply = await client.open({ model: target, stream, schema: true }).user('Describe it.')
  assert.deepEqual(JSON.parse(reply.text), { colour: 'grün', sizes: [1, 2] })
  const { format } = lastHeard(house)
  assert.match(JSON.stringify(format), /"colour":\{"type":"string"/i, 'the model was given the schema')
}

const thought = async ({ house, client, target, stream }: Subject): Promise<void> => {
  house.model.plays(() => ({ think: THOUGHT, text: WORDS }))
  const talk = client.open({ model: target, stream, think: true })
  const reply = await talk.user('Think.')
  assert.equal(reply.text, WORDS, 'a thought is never words')
  assert.equal(lastHeard(house).thinks, true, 'the model was asked to think')
  if (!client.lacks.includes('thought')) assert.equal(reply.thought, THOUGHT)
  await talk.user('And now?')
  assert.equal(textIn(lastHeard(house), 'assistant'), WORDS)
}

const caught = async (client: Client, opening: Opening): Promise<ReturnType<Client['problem']>> => {
  const error = await client
    .open(opening)
    .user('Fail.')
    .then(
      () => null,
      (thrown: unknown) => thrown,
    )
  assert.notEqual(error, null, 'the client was told')
  return client.problem(error)
}

const recovered = async ({ house, client, target, stream }: Subject): Promise<void> => {
  house.model.plays(() => ({ text: 'Well again.' }))
  assert.equal((await client.open({ model: target, stream }).user('Well?')).text, 'Well again.')
}

const failures = async (subject: Subject): Promise<void> => {
  const { house, client, target, stream } = subject
  for (const { status, told } of FAILURES) {
    house.model.plays(() => ({ fail: { status, message: `simulated ${status}` } }))
    const problem = await caught(client, { model: target, stream })
    if (problem.status !== null) assert.equal(problem.status, told, `the vendor's ${status}`)
    if (told === 400) assert.match(problem.message, /simulated 400/)
    await recovered(subject)
  }
}

/** How many targets of a dialect this file has made ask to be left alone. */
const spent = new Map<TargetName, number>()

const limited = async ({ house, client, target, stream }: Subject): Promise<void> => {
  const before = spent.get(target) ?? 0
  spent.set(target, before + 1)
  assert.ok(before < LIMITED, 'there are more of them')
  house.model.plays(() => ({ fail: { status: 429, message: 'simulated limit' } }))
  const problem = await caught(client, { model: `${target}-limited-${before}`, stream })
  if (problem.status !== null) assert.equal(problem.status, 429)
  if (!client.lacks.includes('retry-after')) assert.equal(problem.retryAfter, '7')
}

/** What breaks in the middle is told, and never taken for a whole answer. */
const broken = async (subject: Subject, trouble: 'cut' | 'error'): Promise<void> => {
  const { house, client, target, stream } = subject
  house.model.plays(() => ({ text: WORDS, trouble }))
  await caught(client, { model: target, stream })
  await recovered(subject)
}

/** A client that leaves takes its request along: the upstream connection closes. */
const leaving = async ({ house, client, target, stream }: Subject): Promise<void> => {
  const controller = new AbortController()
  house.model.plays(() => {
    if (!stream) setImmediate(() => controller.abort())
    return { text: WORDS, trouble: 'hold' }
  })
  const onText = (): void => controller.abort()
  await client
    .open({ model: target, stream, signal: controller.signal, onText })
    .user('Wait.')
    .then(
      () => undefined,
      () => undefined,
    )
  assert.equal(house.model.visits.length, 1, 'and nobody tried again')
  await house.model.visits[0]?.left
}

/** All scenarios of one client. */
export const scenariosOf = (
  client: Client,
  house: () => ClientsHouse,
  targets: readonly TargetName[] = TARGETS,
): void => {
  beforeEach(() => {
    house().model.visits.length = 0
    house().model.plays(() => ({ text: '[simulated model] Hello.' }))
  })
  for (const target of targets) {
    for (const stream of [false, true]) {
      const how = `${client.name} → ${target}, ${stream ? 'streaming' : 'whole'}`
      const subject = (): Subject => ({ house: house(), client, target, stream })
      const scenario = (name: string, run: (subject: Subject) => Promise<void>): void => {
        test(`${how}: ${name}`, async () => {
          await run(subject())
          nothingRefused(house())
        })
      }
      scenario('T56 words, usage and system', words)
      scenario('T32 T33 tools, two rounds, parallel', (one) => tools(one, false))
      scenario('T06 T10 T12 tools with sealed thoughts', (one) => tools(one, true))
      scenario('a picture', picture)
      if (!client.lacks.includes('pdf')) scenario('T35 a document', document)
      if (!client.lacks.includes('schema')) scenario('a schema for the answer', schema)
      scenario('thoughts', thought)
      scenario('errors', failures)
      if (stream) scenario('an error in the middle', (one) => broken(one, 'error'))
      scenario('a cut answer', (one) => broken(one, 'cut'))
      scenario('T57 leaving', leaving)
    }
    test(`${client.name} → ${target}: T55 a limit says when to come back`, () =>
      limited({ house: house(), client, target, stream: false }))
  }
}
