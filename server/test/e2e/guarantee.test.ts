import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type Call, CausewayError, covers, type Permit } from '../../src/domain/index.ts'
import { createEgress } from '../../src/gateway/index.ts'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type Behaviour, type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

const KINDS = [
  'secret',
  'identity',
  'payment',
  'contact',
  'health',
  'financial',
  'contract',
  'source_code',
  'internal',
] as const
const SIDES = ['own', 'rented', 'closed'] as const
const HOME_ONLY = new Set<string>(KINDS)

/** Texts whose label is sure, and whether the balanced profile lets them cross. */
const TEXTS = [
  { text: 'Why do tides rise twice a day?', home: false },
  { text: 'Refund to DE89 3704 0044 0532 0130 00 please.', home: true },
  { text: 'The card is 4111 1111 1111 1111, expiry 04/29.', home: true },
  // May cross, but only with another's name in it.
  { text: `Write to ${'anna.berger@harbour-mail.net'} about the visit.`, home: false },
  {
    text: `Our key is -----BEGIN RSA PRIVATE KEY-----\n${randomBytes(192).toString('base64')}\n-----END RSA PRIVATE KEY-----`,
    home: true,
  },
] as const

const PLACES = [
  'user',
  'system',
  'history',
  'tool-arguments',
  'tool-result',
  'tool-definition',
  'metadata',
] as const

const bodyWith = (model: string, stream: boolean, place: (typeof PLACES)[number], text: string): object => {
  const question = { role: 'user', content: place === 'user' ? text : 'And what now?' }
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'note', arguments: JSON.stringify({ note: place === 'tool-arguments' ? text : 'x' }) },
  }
  const tools = [
    {
      type: 'function',
      function: {
        name: 'note',
        description: place === 'tool-definition' ? text : 'Notes.',
        parameters: { type: 'object', properties: {} },
      },
    },
  ]
  const messages = [
    { role: 'system', content: place === 'system' ? text : 'Be brief.' },
    { role: 'user', content: place === 'history' ? text : 'Hello.' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'call_1', content: place === 'tool-result' ? text : 'done' },
    question,
  ]
  return { model, stream, messages, tools, ...(place === 'metadata' ? { metadata: { note: text } } : {}) }
}

interface Case {
  readonly text: (typeof TEXTS)[number]
  readonly place: (typeof PLACES)[number]
  readonly stream: boolean
  readonly model: string
  readonly use: string
  readonly sides: readonly string[] | null
  readonly raised: string | null
  readonly behaviours: readonly Behaviour[]
}

const FAILURES: readonly Behaviour[] = [
  'answer',
  'fail-500',
  'limit-429',
  'cut-before',
  'error-event',
  'overload-503',
  'html',
  'cut-middle',
]

const cases: fc.Arbitrary<Case> = fc.record({
  text: fc.oneof(
    { weight: 2, arbitrary: fc.constant(TEXTS[0]) },
    { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  ),
  place: fc.constantFrom(...PLACES),
  stream: fc.boolean(),
  model: fc.constantFrom('auto', 'closed-first', 'own', 'rented', 'closed', 'simulated-vendor-model'),
  use: fc.oneof(
    fc.constant('general'),
    fc.constantFrom(...KINDS.map((kind) => `carries-${kind.replace('_', '-')}`)),
  ),
  sides: fc.oneof(fc.constant(null), fc.subarray([...SIDES], { minLength: 1 })),
  raised: fc.oneof(fc.constant(null), fc.constantFrom(null, 'public', 'confidential', 'restricted')),
  behaviours: fc.tuple(...SIDES.map(() => fc.constantFrom(...FAILURES))),
})

describe('the guarantee, end to end', () => {
  const vendors = new Map<string, SimulatedVendor>()
  let house: OpenHouse

  before(async () => {
    for (const side of SIDES) vendors.set(side, await startSimulatedVendor())
    const targets = SIDES.map((side) =>
      simulatedTarget(
        side,
        vendors.get(side)?.url ?? '',
        side,
        'timeouts: { connect: 500, firstByte: 800, idle: 800 }',
      ),
    ).join('')
    const uses = KINDS.map(
      (kind) => `  - { name: carries-${kind.replace('_', '-')}, owner: test, carries: [${kind}] }\n`,
    ).join('')
    const names = ['general', ...KINDS.map((kind) => `carries-${kind.replace('_', '-')}`)]
    house = await openHouse({
      config: `targets:\n${targets}routes:\n  - { name: auto, targets: [closed, rented, own], objective: ordered }\n  - { name: closed-first, targets: [closed, own], objective: cheapest }\nuses:\n${uses}`,
      key: `uses: [${names.join(', ')}]`,
    })
  })
  after(async () => {
    await house.close()
    for (const vendor of vendors.values()) await vendor.close()
  })

  const crossed = (before: ReadonlyMap<string, number>): readonly string[] =>
    SIDES.filter((side) => (vendors.get(side)?.seen.length ?? 0) > (before.get(side) ?? 0))

  const sent = async (
    one: Case,
  ): Promise<{ readonly reached: readonly string[]; readonly status: number }> => {
    for (const [index, side] of SIDES.entries()) vendors.get(side)?.behave(one.behaviours[index] ?? 'answer')
    const before = new Map(SIDES.map((side) => [side, vendors.get(side)?.seen.length ?? 0]))
    const headers: Record<string, string> = { 'x-causeway-use': one.use }
    if (one.sides !== null) headers['x-causeway-side'] = one.sides.join(',')
    if (one.raised !== null) headers['x-causeway-label'] = one.raised
    const response = await house.post(
      '/v1/chat/completions',
      bodyWith(one.model, one.stream, one.place, one.text.text),
      headers,
    )
    await response.text()
    const reached = crossed(before)
    const record = await house.record(response)
    const permitted = new Set(
      [record.decision, record.crossing].flatMap(
        (made) => made?.verdict.permitted.map(({ target }) => target) ?? [],
      ),
    )
    for (const side of SIDES) {
      const bodies = vendors.get(side)?.seen.slice(before.get(side) ?? 0) ?? []
      if (side !== 'own') {
        for (const { body } of bodies)
          assert.doesNotMatch(body, /anna\.berger/, `an original reached ${side}`)
      }
    }
    for (const side of reached) assert.ok(permitted.has(side), `${side} was reached without a permit`)
    return { reached, status: response.status }
  }

  test('over texts, places, uses, wishes, routes and failures no send leaves the permits', async () => {
    let crossings = 0
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const { reached, status } = await sent(one)
        const home =
          one.text.home ||
          HOME_ONLY.has(one.use.replace('carries-', '').replace('-', '_')) ||
          one.raised === 'confidential' ||
          one.raised === 'restricted'
        if (home) for (const side of reached) assert.equal(side, 'own', `labelled content reached ${side}`)
        if (one.sides !== null)
          for (const side of reached) assert.ok(one.sides.includes(side), `the client ruled ${side} out`)
        if (reached.some((side) => side !== 'own')) crossings += 1
        assert.ok([200, 400, 403, 429, 502, 503, 504].includes(status), `unexpected status ${status}`)
      }),
      { numRuns: Number(process.env['CAUSEWAY_RUNS'] ?? 150) },
    )
    assert.ok(crossings > 0, 'some requests must have crossed, or nothing was tested')
  })

  test('egress refuses a permit that covers another call, and anything that only looks like one', () => {
    const egress = createEgress(() => 'secret')
    const call = Object.freeze({ id: 'cw_1' })
    const looks: unknown[] = [{}, { label: {}, target: {}, rule: 'x' }, null, call]
    for (const fake of looks) {
      assert.equal(covers(fake, forged<Call>(call)), false)
      assert.throws(
        () => egress.compose(forged<Permit>(fake), forged<Call>(call)),
        (error: unknown) => error instanceof CausewayError && error.fault.rule === 'no-permit',
      )
    }
  })
})

/** What an attacker would do: claim that one thing is another. */
const forged = <T>(value: unknown): T => {
  const box: { value: T } = JSON.parse('{"value":null}')
  Object.assign(box, { value })
  return box.value
}
