import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CausewayError, CONVERSATIONAL, type Dialect, type ReplyEvent } from '../domain/index.ts'
import type { DialectFields } from './body/fidelity.ts'
import { fidelityTable } from './fidelity.ts'
import { upstreamWireOf, wireOf } from './index.ts'
import { type Exchange, exchangesOf, type Recording, recordingsOf, unitsOf } from './recordings.ts'
import { leavesOf } from './replyLeaves.ts'
import { answering, FORWARD, joined, readReply, relayed, terminals, WRITE } from './testing.ts'

/*
 * Recorded traffic of many vendors, where it is at hand: CAUSEWAY_DATA names the folder that holds `wire/`.
 * Its layout is described in its README. Without it these tests are skipped, visibly.
 */
const folder = process.env['CAUSEWAY_DATA']
const skip = folder === undefined ? 'CAUSEWAY_DATA is not set' : false
const LIMITS = { bodyBytes: 32 * 1024 * 1024, depth: 64, messages: 2000 }

const wireFolder = join(folder ?? '.', 'wire')
const exchanges = skip === false ? exchangesOf(wireFolder) : []
const recordings = skip === false ? recordingsOf(wireFolder) : []

/** Requests that their own vendor answered with 400, recorded for that. */
const accepted = exchanges.filter((exchange) => exchange.status === 200)

/** Those that clients speak; what is not read yet is left to its folder. */
const CLIENTS = CONVERSATIONAL.filter((dialect) => dialect !== 'bedrock-converse')

const isClients = (dialect: Dialect): boolean => CLIENTS.some((client) => client === dialect)

const read = (exchange: Exchange, source = JSON.stringify(exchange.request)) =>
  wireOf(exchange.dialect).read(
    Buffer.from(source),
    {
      id: 'cw_test',
      operation: exchange.operation,
      headers: {},
      ...(exchange.dialect === 'gemini'
        ? {
            path: {
              model: 'm',
              action: exchange.stream ? 'streamGenerateContent' : 'generateContent',
              query: 'alt=sse',
            },
          }
        : {}),
    },
    LIMITS,
  )

const eventsOf = ({ dialect, bytes, stream }: Recording): ReplyEvent[] => readReply(dialect, [bytes], stream)

/** Fails with what went wrong for each recording, a line for each. */
const noneWrong = (wrong: readonly string[]): void => {
  assert.equal(wrong.length, 0, `${wrong.length} wrong:\n${wrong.slice(0, 60).join('\n')}`)
}

/** What is wrong where two values differ, in short; nothing where they are alike. */
const differing = (actual: unknown, expected: unknown, name: string): readonly string[] => {
  try {
    assert.deepEqual(actual, expected)
    return []
  } catch {
    const [one, other] = [JSON.stringify(actual) ?? '', JSON.stringify(expected) ?? '']
    let at = 0
    while (at < one.length && one[at] === other[at]) at += 1
    return [`${name} at ${at}: ${one.slice(at - 40, at + 60)} ≠ ${other.slice(at - 40, at + 60)}`]
  }
}

const oneTerminal = (events: readonly ReplyEvent[], name: string): ReplyEvent | undefined => {
  assert.equal(terminals(events).length, 1, name)
  assert.deepEqual(terminals(events)[0], events.at(-1), name)
  return events.at(-1)
}

/** Recordings that are damaged, or of a failure, by their name or by what they say. */
const isDamaged = ({ name, bytes }: Recording): boolean =>
  /incomplete|spliced|broken|truncat|error|cancel|interrupt|background|wrapper\.1/i.test(name) ||
  /"error":\s*\{|"type":\s*"error"|:exception-type|"status":\s*"failed"|MALFORMED/.test(
    bytes.toString('latin1'),
  )

describe('recorded requests', { skip }, () => {
  it('are there', () => {
    const count = (dialect: Dialect) => accepted.filter((exchange) => exchange.dialect === dialect).length
    for (const [dialect, least] of [
      ['openai-chat', 100],
      ['anthropic-messages', 80],
      ['openai-responses', 100],
      ['gemini', 100],
      ['bedrock-converse', 60],
      ['openai-embeddings', 3],
    ] as const)
      assert.ok(count(dialect) > least, `${count(dialect)} of ${dialect}`)
  })

  it('are read and forwarded with nothing changed but the model', (test) => {
    let seen = 0
    const wrong: string[] = []
    for (const exchange of accepted) {
      // What works in the background is fetched later, and nobody here would.
      if (exchange.dialect === 'bedrock-converse' || exchange.request['background'] === true) continue
      // An answer that was kept by its vendor is none of ours.
      if (typeof exchange.request['previous_response_id'] === 'string') continue
      const written = wireOf(exchange.dialect).forward(read(exchange), {
        ...FORWARD,
        model: 'other',
        quirks: {
          ...FORWARD.quirks,
          maxTokensField:
            exchange.request['max_completion_tokens'] === undefined ? 'max_tokens' : 'max_completion_tokens',
        },
      })
      const expected = {
        ...exchange.request,
        ...(exchange.dialect === 'gemini' ? {} : { model: 'other' }),
        // Answers are kept here, not there.
        ...(exchange.dialect === 'openai-responses' ? { store: false } : {}),
      }
      wrong.push(...differing(JSON.parse(written.body), expected, exchange.name))
      wrong.push(...differing(written.dropped, [], `${exchange.name} dropped`))
      seen += 1
    }
    noneWrong(wrong)
    test.diagnostic(`${seen} requests forwarded`)
  })

  it('are translated or refused with a reason, never lost', (test) => {
    const counts = new Map<string, [translated: number, refused: number]>()
    for (const exchange of accepted) {
      if (exchange.operation !== 'chat' || exchange.dialect === 'bedrock-converse') continue
      const conversation = caught(() => wireOf(exchange.dialect).conversation(read(exchange)))
      for (const to of CONVERSATIONAL) {
        if (to === exchange.dialect) continue
        const pair = `${exchange.dialect} → ${to}`
        const count = counts.get(pair) ?? [0, 0]
        counts.set(pair, count)
        const written =
          conversation === null ? null : caught(() => upstreamWireOf(to).write(conversation, WRITE))
        count[written === null ? 1 : 0] += 1
        if (written === null) continue
        assert.doesNotMatch(written.body, /"type":"text","text":""/, exchange.name)
        if (isClients(to) && to !== 'gemini')
          wireOf(to).read(Buffer.from(written.body), { id: 'x', operation: 'chat', headers: {} }, LIMITS)
      }
    }
    for (const [pair, [translated, refused]] of counts)
      test.diagnostic(`${pair}: ${translated} translated, ${refused} refused`)
    const chat = counts.get('openai-chat → anthropic-messages')?.[0] ?? 0
    const messages = counts.get('anthropic-messages → openai-chat')?.[0] ?? 0
    assert.ok(chat + messages > 150, `${chat} + ${messages} were translated`)
  })
})

/** What an act gives, or null where it is refused with a reason that names a field. */
const caught = <T>(act: () => T): T | null => {
  try {
    return act()
  } catch (thrown) {
    if (!(thrown instanceof CausewayError)) throw thrown
    assert.ok(['cannot_translate', 'invalid_request'].includes(thrown.fault.code), thrown.message)
    assert.notEqual(thrown.fault.field, null, thrown.message)
    return null
  }
}

describe('recorded replies', { skip }, () => {
  it('are read to exactly one end', (test) => {
    const counts = new Map<string, number>()
    const wrong: string[] = []
    for (const recording of recordings) {
      const last = oneTerminal(eventsOf(recording), recording.name)
      const kind = `${recording.dialect} ${recording.stream ? 'streams' : 'bodies'}: ${last?.type}`
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      if (!isDamaged(recording) && last?.type !== 'end')
        wrong.push(`${recording.name}: ${JSON.stringify(last).slice(0, 200)}`)
    }
    for (const [kind, count] of [...counts].sort()) test.diagnostic(`${kind} ${count}`)
    noneWrong(wrong)
  })

  it('are relayed as they came, complete, with their usage', () => {
    const wrong: string[] = []
    for (const recording of recordings) {
      const { dialect, stream, bytes, name } = recording
      if (!isClients(dialect) || isDamaged(recording)) continue
      const relay = wireOf(dialect).relay({ stream, hideUsage: false, operation: 'chat' })
      const chunks: Buffer[] = []
      for (let from = 0; from < bytes.length; from += 700) chunks.push(bytes.subarray(from, from + 700))
      const { during, rest, complete } = relayed(relay, chunks)
      wrong.push(...differing(during + rest, bytes.toString(), name))
      if (complete !== (relay.fault() === null)) wrong.push(`${name}: complete is ${complete}`)
      const spent =
        /"usage":\s*\{\s*"[a-z_]*(?:prompt|input)_tokens|"(?:prompt|candidates)TokenCount":\s*[1-9]|"prompt_eval_count"/
      if (spent.test(bytes.toString()) && relay.usage() === null) wrong.push(`${name}: no usage`)
    }
    noneWrong(wrong)
  })

  it('are the same when a reviser listens', () => {
    const listener = { push: (_: unknown, delta: string) => delta, end: () => '' }
    const wrong: string[] = []
    for (const recording of recordings) {
      const { dialect, stream, bytes, name } = recording
      if (!isClients(dialect) || isDamaged(recording)) continue
      const revision = wireOf(dialect).revise({ stream, verbatim: true }, listener)
      try {
        const out = [...revision.push(bytes), ...revision.end()]
        const heard = unitsOf({ ...recording, bytes: Buffer.concat(out) })
        wrong.push(...differing(heard, unitsOf(recording), name))
      } catch (thrown) {
        wrong.push(`${name}: ${String(thrown)}`)
      }
    }
    noneWrong(wrong)
  })

  it('told in each other dialect are read there to the same texts and calls', () => {
    const wrong: string[] = []
    for (const recording of recordings) {
      const events = eventsOf(recording)
      if (events.at(-1)?.type !== 'end') continue
      for (const to of CLIENTS) {
        if (to === recording.dialect) continue
        const writer = wireOf(to).streamWriter(answering(to))
        const told = events.map((event) => writer.write(event)).join('')
        const again = readReply(to, [told])
        const name = `${recording.name} in ${to}`
        if (events.some((event) => event.type === 'end' && event.reason === 'malformed')) continue
        if (oneTerminal(again, name)?.type !== 'end') wrong.push(`${name}: ${JSON.stringify(again.at(-1))}`)
        wrong.push(...differing(textsOf(again), textsOf(events), name))
        // Arguments cut short are no object, which is what some dialects have for them.
        if (!isDamaged(recording)) wrong.push(...differing(callsOf(again), callsOf(events), name))
      }
    }
    noneWrong(wrong)
  })
})

const textsOf = (events: readonly ReplyEvent[]): string =>
  events.map((event) => (event.type === 'text' || event.type === 'refusal' ? event.delta : '')).join('')

/** Name and arguments of each call, arguments as values. */
const callsOf = (events: readonly ReplyEvent[]): readonly unknown[] => {
  const calls: { name: string | null; input: string }[] = []
  for (const event of events) {
    if (event.type !== 'tool') continue
    const call = calls[event.index]
    if (call === undefined) calls[event.index] = { name: event.name, input: event.delta }
    else call.input += event.delta
  }
  return calls.map(({ name, input }) => [name, parsedInput(input)])
}

const parsedInput = (input: string): unknown => {
  try {
    return JSON.parse(input === '' ? '{}' : input)
  } catch {
    return input
  }
}

/* Every field of every reply. */

type Rows = DialectFields['reply']

/** The line that stands for a place: its own, or that of the nearest thing that holds it. */
const lineFor = (rows: Rows, path: string): string | null => {
  let name = path
  for (;;) {
    for (const one of [name, name.replace(/\[\]$/, '')]) if (Object.hasOwn(rows, one)) return one
    const cut = Math.max(name.lastIndexOf('.'), name.endsWith('[]') ? name.length - 2 : -1)
    if (cut <= 0) return null
    name = name.slice(0, cut)
  }
}

const short = (path: string): string =>
  path.replace(/^choices\[\]\.(?:message|delta)\./, 'message.').replace(/\[[\d.]*\]/g, '')

/** What writers tell of under one name, whatever the upstream's was. */
const ALIKE = [
  /^(?:media|image|images|audio|sound|inlineData)$/,
  /^(?:citation|citations|annotations|search_results|groundingMetadata|citationMetadata|citationsContent)$/,
  /^(?:signature|signatures|sealed|extra_content|thought_?[sS]ignature|encrypted_content|reasoning_details|redactedContent)$/,
  /^(?:logprobs|logprobsResult|avgLogprobs)$/,
]

/** Whether a name that was told speaks of a place. */
const tells = (told: string, path: string): boolean => {
  const [name, place] = [short(told), short(path)]
  if (place === name || place.startsWith(`${name}.`) || name.startsWith(`${place}.`)) return true
  const last = name.split('.').at(-1) ?? ''
  const steps = path.split(/[.[\]]+/)
  return steps.some((step) => step === last || ALIKE.some((alike) => alike.test(step) && alike.test(last)))
}

describe('every field of the recorded replies', { skip }, () => {
  for (const to of CLIENTS) {
    it(`is carried to a client of ${to}, or told`, (test) => {
      const counts = { carried: 0, told: 0, replies: 0 }
      const lost = new Map<string, string>()
      for (const recording of recordings) {
        const { dialect, name } = recording
        const rows = fidelityTable[dialect]?.reply ?? {}
        if (to === dialect || Object.keys(rows).length === 0) continue
        const events = eventsOf(recording)
        if (events.at(-1)?.type !== 'end') continue
        counts.replies += 1
        const told = new Set(events.flatMap((event) => (event.type === 'unmapped' ? [event.field] : [])))
        const writer = wireOf(to).streamWriter(answering(to))
        for (const event of events) writer.write(event)
        for (const one of writer.dropped?.() ?? []) told.add(one)
        for (const unit of unitsOf(recording)) {
          for (const { paths, value } of leavesOf(dialect, unit)) {
            const line = paths.map((path) => lineFor(rows, path)).find((one) => one !== null) ?? null
            const row = line === null ? undefined : rows[line]
            const { policy: fate, neutral = [] } = row?.to[to] ?? row?.otherwise ?? { policy: 'unlisted' }
            if (neutral.includes(value)) continue
            const isTold = [...told].some((one) => paths.some((path) => tells(one, path)))
            if (fate === 'mapped') counts.carried += 1
            else if (isTold) counts.told += 1
            else lost.set(`${dialect} ${paths[0]} (${fate})`, name)
          }
        }
      }
      test.diagnostic(
        `${counts.replies} replies; ${counts.carried} fields carried, ${counts.told} told, ${lost.size} lost`,
      )
      noneWrong([...lost].map(([place, name]) => `${place} in ${name}`))
    })
  }
})

/* Splits. A stream read in pieces of a length that begin at each offset below it is cut at every byte in one of them. */

const LENGTH = 37
const SMALL = 2048

const cuts = (bytes: Buffer, first: number, length: number): readonly Buffer[] => {
  const pieces = first === 0 ? [] : [bytes.subarray(0, first)]
  for (let from = first; from < bytes.length; from += length) pieces.push(bytes.subarray(from, from + length))
  return pieces
}

const splitsOf = function* (bytes: Buffer): Iterable<readonly [string, readonly Buffer[]]> {
  yield ['byte by byte', cuts(bytes, 0, 1)]
  if (bytes.length <= SMALL) {
    for (let at = 1; at < bytes.length; at += 1)
      yield [`at ${at}`, [bytes.subarray(0, at), bytes.subarray(at)]]
    return
  }
  for (let first = 0; first < LENGTH; first += 1) yield [`from ${first}`, cuts(bytes, first, LENGTH)]
}

describe('recorded streams, however they are split', { skip }, () => {
  it('are read to the same events', (test) => {
    const counts = { streams: 0, readings: 0 }
    const seen = new Set<string>()
    for (const { dialect, stream, bytes, name } of recordings) {
      const key = bytes.toString('latin1')
      if (!stream || seen.has(key)) continue
      seen.add(key)
      counts.streams += 1
      const expected = JSON.stringify(joined(readReply(dialect, [bytes])))
      for (const [how, pieces] of splitsOf(bytes)) {
        counts.readings += 1
        assert.equal(JSON.stringify(joined(readReply(dialect, pieces))), expected, `${name} ${how}`)
      }
    }
    test.diagnostic(`${counts.streams} streams in ${counts.readings} readings, each cut at every byte`)
  })
})
