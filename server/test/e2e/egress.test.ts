import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { lookupPrice } from '../../src/accounts/index.ts'
import { loadConfig } from '../../src/config/index.ts'
import {
  type Call,
  CausewayError,
  type Decision,
  type Label,
  LEVELS,
  type Permit,
  PROFILES,
  SIDES,
  type Side,
  type Snapshot,
} from '../../src/domain/index.ts'
import { createEgress, type Egress } from '../../src/gateway/index.ts'
import { decide, summarise } from '../../src/policy/index.ts'
import { createLabeller } from '../../src/sensitivity/index.ts'
import { wireOf } from '../../src/wire/index.ts'
import { simulatedTarget } from '../open-house.ts'
import { type Behaviour, type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/*
 * The one door, attacked: permits of other calls, copies of calls, things that look like permits. What goes out
 * must have been permitted for the very call that went.
 */

const PLACES: readonly Side[] = ['own', 'rented', 'closed']
const RULES = [
  '',
  '@id("no-rented") forbid(principal, action, resource) when { resource.side == Side::"rented" };',
  '@id("closed-for-payment-never") forbid(principal, action, resource) when { context.kinds.contains(Kind::"payment") && resource.side == Side::"closed" };',
  '@id("only-own") permit(principal, action, resource) when { resource.side == Side::"own" };',
]
const TEXTS = [
  'Why do tides rise twice a day?',
  'Refund to DE89 3704 0044 0532 0130 00 please.',
  'Card 4111 1111 1111 1111, expiry 04/29.',
  'Write to anna.berger@harbour-mail.net about the visit.',
]

const ATTACKS = [
  'honest',
  'other-call',
  'copied-call',
  'cloned-call',
  'copied-permit',
  'constructed-permit',
  'object-permit',
  'rebuilt-composed',
] as const

interface Case {
  readonly snapshot: number
  readonly text: string
  readonly otherText: string
  readonly raised: Label['raised']
  readonly sides: readonly Side[] | null
  readonly attack: (typeof ATTACKS)[number]
  readonly pick: number
  readonly behaviour: Behaviour
}

const cases: fc.Arbitrary<Case> = fc.record({
  snapshot: fc.nat(11),
  text: fc.constantFrom(...TEXTS),
  otherText: fc.constantFrom(...TEXTS),
  raised: fc.constantFrom(null, ...LEVELS),
  sides: fc.oneof(fc.constant(null), fc.subarray([...SIDES], { minLength: 1 })),
  attack: fc.constantFrom(...ATTACKS),
  pick: fc.nat(2),
  behaviour: fc.constantFrom<Behaviour>('answer', 'fail-500', 'cut-before', 'limit-429'),
})

/** What an attacker claims: that this is of the type wanted. */
const claimed = <T>(value: unknown): T => {
  const box: { value: T } = JSON.parse('{"value":null}')
  Object.assign(box, { value })
  return box.value
}

describe('the one door, attacked', () => {
  const vendors = new Map<Side, SimulatedVendor>()
  const snapshots: Snapshot[] = []
  const labeller = createLabeller()
  let folder = ''
  let egress: Egress
  let counter = 0

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-egress-'))
    for (const side of PLACES) vendors.set(side, await startSimulatedVendor())
    const targets = PLACES.map((side) =>
      simulatedTarget(side, vendors.get(side)?.url ?? '', claimed<'own'>(side)),
    ).join('')
    for (const [index, rule] of RULES.entries()) {
      const rules = join(folder, `rules-${index}`)
      for (const profile of PROFILES) {
        const file = join(folder, `${profile}-${index}.yaml`)
        let line = ''
        if (rule !== '') {
          mkdirSync(rules, { recursive: true })
          writeFileSync(join(rules, 'rules.cedar'), rule)
          line = `rules: ./rules-${index}\n`
        }
        writeFileSync(file, `targets:\n${targets}profile: ${profile}\n${line}`)
        snapshots.push(loadConfig(file, { home: folder, lookupPrice }).snapshot)
      }
    }
    egress = createEgress(() => 'simulated-secret')
  })
  after(async () => {
    await egress.close()
    for (const vendor of vendors.values()) await vendor.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const callOf = (text: string): Call =>
    wireOf('openai-chat').read(
      Buffer.from(JSON.stringify({ model: 'any', messages: [{ role: 'user', content: text }] })),
      { id: `cw_test${counter++}`, operation: 'chat', headers: {} },
      { bodyBytes: 1_000_000, depth: 64, messages: 100 },
    )

  const decided = (call: Call, one: Case, snapshot: Snapshot): Decision => {
    const use = snapshot.uses.get('general')
    assert.ok(use)
    const label = labeller.label(call, use, one.raised)
    const input = {
      principal: { key: 'test', team: null },
      use: { name: use.name, carries: use.carries, tier: use.tier, floors: use.floors },
      label: summarise(label),
      sides: one.sides,
      model: call.model,
      candidates: [...PLACES],
    }
    return decide(call, label, input, snapshot)
  }

  const outgoing = (permit: Permit, call: Call): Promise<void> =>
    new Promise((resolve, reject) => {
      try {
        const composed = egress.compose(permit, call)
        egress.send(composed, call, {
          head: () => undefined,
          data: () => undefined,
          end: resolve,
          failed: () => resolve(),
        })
      } catch (thrown) {
        reject(thrown)
      }
    })

  const attempted = (one: Case, permit: Permit, call: Call): Promise<void> => {
    switch (one.attack) {
      case 'honest':
        return outgoing(permit, call)
      case 'other-call':
        return outgoing(permit, callOf(one.otherText))
      case 'copied-call':
        return outgoing(permit, { ...call, source: call.source.replace('any', 'any') })
      case 'cloned-call':
        return outgoing(permit, structuredClone(call))
      case 'copied-permit':
        return outgoing(
          claimed<Permit>(
            Object.create(Object.getPrototypeOf(permit), Object.getOwnPropertyDescriptors(permit)),
          ),
          call,
        )
      case 'constructed-permit':
        return Promise.resolve().then(() =>
          outgoing(
            claimed<Permit>(
              Reflect.construct(claimed<new (...all: unknown[]) => object>(permit.constructor), [
                Symbol('mint'),
                call,
                permit.label,
                permit.target,
                'forged',
              ]),
            ),
            call,
          ),
        )
      case 'object-permit':
        return outgoing(
          claimed<Permit>({ label: permit.label, target: permit.target, rule: permit.rule }),
          call,
        )
      case 'rebuilt-composed':
        return Promise.resolve().then(() => {
          const composed = egress.compose(permit, call)
          egress.send({ ...composed }, call, {
            head: () => undefined,
            data: () => undefined,
            end: () => undefined,
            failed: () => undefined,
          })
        })
    }
  }

  test('no permit of another call, no copy and no forgery gets anything out', async () => {
    let honest = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const snapshot = snapshots[one.snapshot]
        assert.ok(snapshot)
        const call = callOf(one.text)
        const { permits } = decided(call, one, snapshot)
        const permit = permits[one.pick % Math.max(1, permits.length)]
        if (permit === undefined) return
        for (const vendor of vendors.values()) vendor.behave(one.behaviour)
        const seen = new Map(PLACES.map((side) => [side, vendors.get(side)?.seen.length ?? 0]))
        const reached = (): Side[] =>
          PLACES.filter((side) => (vendors.get(side)?.seen.length ?? 0) > (seen.get(side) ?? 0))
        if (one.attack === 'honest') {
          await attempted(one, permit, call)
          assert.deepEqual(reached(), [permit.target.side])
          honest += 1
          return
        }
        await assert.rejects(
          attempted(one, permit, call),
          (error: unknown) =>
            error instanceof TypeError ||
            (error instanceof CausewayError && error.fault.rule === 'no-permit'),
        )
        await new Promise((resolve) => setTimeout(resolve, 2))
        assert.deepEqual(reached(), [], `${one.attack} got something out`)
        refused += 1
      }),
      { numRuns: Number(process.env['CAUSEWAY_RUNS'] ?? 200) },
    )
    assert.ok(honest > 0 && refused > 0, 'both must have been tried')
  })
})
