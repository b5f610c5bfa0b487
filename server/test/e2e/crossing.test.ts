import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import OpenAI from 'openai'
import { differenceWhenDecidedAgain } from '../../demo/again.ts'
import { SUPPORT_CHAT, SUPPORT_SYSTEM } from '../../demo/prompts.ts'
import type { RequestRecord } from '../../src/domain/index.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/*
 * A support chat of eight turns through one client object. The account number comes in the fifth: from there on
 * the own side answers, with as much of the history as its small context holds.
 */

const ACCOUNT = 'DE89 3704 0044 0532 0130 00'
const SESSION = 'support-chat-1'

interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

interface Turn {
  readonly request: string
  readonly target: string
  readonly side: string
  readonly dropped: readonly string[]
  readonly text: string
  /** What was asked with, the whole conversation so far. */
  readonly asked: readonly Message[]
}

const isMessages = (value: unknown): value is readonly Message[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null)

/** The messages that really arrived at an upstream. */
const arrived = (vendor: SimulatedVendor, index: number): readonly Message[] => {
  const body: unknown = JSON.parse(vendor.seen[index]?.body ?? 'null')
  const messages = typeof body === 'object' && body !== null && 'messages' in body ? body.messages : null
  return isMessages(messages) ? messages : assert.fail('no messages arrived')
}

/** `messages[1..4]` or `messages[6]` → positions. Anything else that was left out is none. */
const positionsIn = (name: string): readonly number[] => {
  const [, from, to = from] = /^messages\[(\d+)(?:\.\.(\d+))?\]$/.exec(name) ?? []
  if (from === undefined) return []
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index)
}

describe('the support chat', () => {
  let closed: SimulatedVendor
  let own: SimulatedVendor
  let house: OpenHouse
  const turns: Turn[] = []
  const records: RequestRecord[] = []

  before(async () => {
    closed = await startSimulatedVendor()
    own = await startSimulatedVendor()
    house = await openHouse({
      config: `targets:\n${simulatedTarget('vendor', closed.url, 'closed', 'context: 100000')}${simulatedTarget('home', own.url, 'own', 'context: 330, fit: oldest-turns')}routes:\n  - { name: auto, targets: [vendor, home], objective: ordered }\n`,
    })
    const client = new OpenAI({ baseURL: `${house.url}/v1`, apiKey: house.key, maxRetries: 0 })
    const messages: Message[] = [{ role: 'system', content: SUPPORT_SYSTEM }]
    for (const [index, text] of SUPPORT_CHAT.entries()) {
      messages.push({ role: 'user', content: text })
      const turn = await talk(client, messages, index % 2 === 0)
      turns.push(turn)
      messages.push({ role: 'assistant', content: turn.text })
    }
    for (const { request } of turns) records.push(await house.record(request))
  })
  after(async () => {
    await house.close()
    await closed.close()
    await own.close()
  })

  test('turns 1 to 4 are answered by the closed side, 5 to 8 by the own one; the account number never crossed', () => {
    assert.equal(turns.length, 8)
    assert.deepEqual(
      turns.map(({ side }) => side),
      ['closed', 'closed', 'closed', 'closed', 'own', 'own', 'own', 'own'],
    )
    assert.equal(closed.seen.length, 4)
    assert.equal(own.seen.length, 4)
    for (const { body } of closed.seen) assert.ok(!body.includes('DE89'))
  })

  test('the client sees one conversation: an answer to every turn, under the model it asked for', () => {
    for (const { text } of turns) assert.match(text, /^\[simulated vendor\] word1 .*word5/)
    for (const record of records) {
      assert.equal(record.model, 'auto')
      assert.equal(record.outcome, 'answered')
      assert.equal(record.attempts.length, 1)
      assert.equal(record.session, SESSION)
    }
    assert.equal(new Set(records.map(({ id }) => id)).size, 8)
  })

  test('the own side gets the newest of the history that fits, and the answer names what it did not get', () => {
    for (const [index, { asked, dropped }] of turns.entries()) {
      const vendor = index < 4 ? closed : own
      const got = arrived(vendor, index < 4 ? index : index - 4)
      const left = dropped.flatMap(positionsIn)
      assert.deepEqual(
        got,
        asked.filter((_, position) => !left.includes(position)),
        `turn ${index + 1}: what arrived and what was named as left out make up the whole`,
      )
      assert.equal(got[0]?.role, 'system', 'the instructions stay')
      assert.deepEqual(got.at(-1), asked.at(-1), 'the question stays')
      assert.deepEqual(
        left,
        left.map((_, position) => position + 1),
        'the oldest go first',
      )
      assert.deepEqual(records[index]?.dropped ?? [], dropped)
    }
    const lost = turns.map(({ dropped }) => dropped.length)
    assert.deepEqual(lost.slice(0, 4), [0, 0, 0, 0])
    assert.equal(lost[7], 1, 'in the last turn one range was left out')
  })

  test('the record says where it crossed and why', () => {
    for (const [index, record] of records.entries()) {
      const refusals = record.decision?.verdict.refusals ?? []
      if (index < 4) {
        assert.deepEqual(refusals, [])
        continue
      }
      assert.ok(record.kinds.includes('payment'), record.kinds.join())
      assert.deepEqual(
        record.decision?.verdict.permitted.map(({ target }) => target),
        ['home'],
      )
      assert.equal(refusals[0]?.target, 'vendor')
      assert.match(refusals[0]?.rule ?? '', /^floor:/)
      assert.ok(record.findings.some(({ path }) => path.startsWith('messages[9]')))
      for (const finding of record.findings) assert.ok(!finding.masked.includes(ACCOUNT))
    }
  })

  const snapshotOf = (record: RequestRecord): string =>
    readFileSync(join(house.dataFolder, 'snapshots', `${record.snapshot}.json`), 'utf8')

  test('every decision of the run, made again from its record and the kept snapshot, is the same', () => {
    for (const record of records) {
      assert.ok(record.decision !== null && record.ranking !== null)
      assert.equal(differenceWhenDecidedAgain(record, snapshotOf(record)), null)
    }
  })

  test('a record or a snapshot that was tampered with is found out', () => {
    const record = records[4] ?? assert.fail()
    const { decision, ranking } = record
    assert.ok(decision !== null && ranking !== null)
    const source = snapshotOf(record)
    const label = { ...decision.input.label, level: 'public', kinds: [] } as const
    const tampered: readonly (readonly [string, RequestRecord, string, string])[] = [
      [
        'the label',
        { ...record, decision: { ...decision, input: { ...decision.input, label } } },
        source,
        'another verdict',
      ],
      [
        'the sides asked for',
        { ...record, decision: { ...decision, input: { ...decision.input, sides: ['closed'] } } },
        source,
        'another verdict',
      ],
      [
        'the permits',
        {
          ...record,
          decision: {
            ...decision,
            verdict: {
              permitted: [...decision.verdict.permitted, { target: 'vendor', rule: 'floor:none' }],
              refusals: [],
            },
          },
        },
        source,
        'another verdict',
      ],
      [
        'the health',
        {
          ...record,
          ranking: {
            ...ranking,
            input: {
              ...ranking.input,
              health: { home: { state: 'down', why: 'x', firstByte: null, inFlight: 0 } },
            },
          },
        },
        source,
        'another order',
      ],
      [
        'the order',
        { ...record, ranking: { ...ranking, answer: { ...ranking.answer, order: [] } } },
        source,
        'another order',
      ],
      [
        'the snapshot',
        record,
        source.replace('"balanced"', '"relaxed"'),
        'the kept snapshot has another hash',
      ],
    ]
    assert.notEqual(tampered.at(-1)?.[2], source)
    for (const [what, changed, kept, difference] of tampered)
      assert.equal(differenceWhenDecidedAgain(changed, kept), difference, what)
  })
})

const talk = async (client: OpenAI, messages: readonly Message[], stream: boolean): Promise<Turn> => {
  const body = {
    model: 'auto',
    max_tokens: 30,
    messages: messages.map(({ role, content }) => ({ role, content })),
  }
  const options = { headers: { 'x-causeway-session': SESSION } }
  const asked = [...messages]
  if (!stream) {
    const { data, response } = await client.chat.completions
      .create({ ...body, stream: false }, options)
      .withResponse()
    return turnOf(response, data.choices[0]?.message.content ?? '', asked)
  }
  const { data, response } = await client.chat.completions
    .create({ ...body, stream: true }, options)
    .withResponse()
  let text = ''
  for await (const chunk of data) text += chunk.choices[0]?.delta.content ?? ''
  return turnOf(response, text, asked)
}

const turnOf = ({ headers }: Response, text: string, asked: readonly Message[]): Turn => ({
  request: headers.get('x-causeway-request') ?? '',
  target: headers.get('x-causeway-target') ?? '',
  side: headers.get('x-causeway-side') ?? '',
  dropped: (headers.get('x-causeway-dropped') ?? '').split(',').filter((name) => name !== ''),
  text,
  asked,
})
