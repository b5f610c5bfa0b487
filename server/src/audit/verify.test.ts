import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Leaf } from '../domain/index.ts'
import { canonicalJson } from '../lib/index.ts'
import {
  appendLeaf,
  commitmentOf,
  createSigner,
  EMPTY_TREE,
  encodeLeaf,
  type LogFiles,
  leafHash,
  MAX_LEAF_BYTES,
  rootOf,
  type Signer,
  signCheckpoint,
  type Verification,
  verifyLog,
} from './index.ts'

const TIME = '2026-01-02T03:04:05.678Z'
const SNAPSHOT = 'a'.repeat(64)

const event = (name: 'started' | 'stopped' | 'repaired'): Leaf => ({
  v: 1,
  type: 'event',
  time: TIME,
  event: name,
  detail: { reason: 'test' },
})

const intent = (request: string): Leaf => ({
  v: 1,
  type: 'intent',
  request,
  time: TIME,
  key: 'dev',
  use: 'general',
  level: 'restricted',
  kinds: ['payment'],
  conditions: [],
  snapshot: SNAPSHOT,
  targets: ['home'],
})

const outcome = (request: string, labelled = false): Leaf => ({
  v: 1,
  type: 'outcome',
  request,
  time: TIME,
  outcome: 'answered',
  status: 200,
  key: 'dev',
  use: 'general',
  level: labelled ? 'restricted' : 'public',
  kinds: [],
  conditions: [],
  target: 'home',
  side: 'own',
  sent: [{ target: 'home', side: 'own' }],
  rule: null,
  snapshot: SNAPSHOT,
  nanos: null,
  record: commitmentOf(Buffer.from('salt'), `record of ${request}`),
})

interface Written {
  readonly publicKey: string
  readonly checkpoints: string
  readonly entries: Buffer
  readonly signer: Signer
}

/** A log with a checkpoint after every `every` leaves and one at the end. */
const write = (leaves: readonly Leaf[], every = 2, signer = createSigner()): Written => {
  let tree = EMPTY_TREE
  let checkpoints = ''
  const lines: Buffer[] = []
  for (const [index, leaf] of leaves.entries()) {
    const line = encodeLeaf(leaf)
    tree = appendLeaf(tree, leafHash(line))
    lines.push(line, Buffer.from('\n'))
    if ((index + 1) % every === 0 || index === leaves.length - 1) {
      checkpoints += signCheckpoint({ size: tree.size, root: rootOf(tree) }, signer)
    }
  }
  return { publicKey: `${signer.verifier.text}\n`, checkpoints, entries: Buffer.concat(lines), signer }
}

const check = (log: Written, more: Partial<LogFiles> = {}): Promise<Verification> =>
  verifyLog({ publicKey: log.publicKey, checkpoints: log.checkpoints, entries: [log.entries], ...more })

const SMALL = [event('started'), intent('cw_1'), outcome('cw_1', true), outcome('cw_2'), event('stopped')]

test('a log as it was written is found intact, whatever the pieces it is read in', async () => {
  const log = write(SMALL)
  for (const size of [1, 7, 64, 1 << 20]) {
    const chunks: Buffer[] = []
    for (let at = 0; at < log.entries.length; at += size) chunks.push(log.entries.subarray(at, at + size))
    const found = await check(log, { entries: chunks })
    assert.deepEqual(found.problems, [])
    assert.equal(found.entries, 5)
    assert.equal(found.covered, 5)
    assert.deepEqual(found.uncovered, { entries: 0, bytes: 0 })
    assert.deepEqual(found.requests.leaves, { intent: 1, outcome: 2, event: 2 })
    assert.equal(found.checkpoints, 3)
  }
})

test('an empty log with its first checkpoint is intact', async () => {
  const signer = createSigner()
  const checkpoints = signCheckpoint({ size: 0, root: rootOf(EMPTY_TREE) }, signer)
  const found = await verifyLog({ publicKey: `${signer.verifier.text}\n`, checkpoints, entries: [] })
  assert.deepEqual(found.problems, [])
  assert.equal(found.entries, 0)
})

/** Every byte by these masks: one bit low, the bit of letter case, one bit high, all bits. */
const MASKS = [0x01, 0x20, 0x80, 0xff]

const mutations = function* (bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1) {
    for (const mask of MASKS) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ mask
      yield changed
    }
  }
}

test('any single byte changed in any of the three files is refused', async () => {
  const log = write(SMALL, 4)
  let tried = 0
  const refused = async (more: Partial<LogFiles>, what: string): Promise<void> => {
    tried += 1
    const found = await check(log, more)
    assert.ok(found.problems.length > 0, `${what} was accepted`)
  }
  for (const bytes of mutations(log.entries)) await refused({ entries: [bytes] }, bytes.toString())
  for (const bytes of mutations(Buffer.from(log.checkpoints))) {
    await refused({ checkpoints: bytes.toString() }, bytes.toString())
  }
  for (const bytes of mutations(Buffer.from(log.publicKey))) {
    await refused({ publicKey: bytes.toString() }, bytes.toString())
  }
  const size = log.entries.length + Buffer.byteLength(log.checkpoints) + log.publicKey.length
  assert.equal(tried, size * MASKS.length)
})

test('any single byte taken out or put in is refused', async () => {
  const log = write(SMALL, 9)
  const files = {
    entries: log.entries,
    checkpoints: Buffer.from(log.checkpoints),
    publicKey: Buffer.from(log.publicKey),
  }
  for (const [name, bytes] of Object.entries(files)) {
    for (let at = 0; at < bytes.length; at += 1) {
      const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
      const longer = Buffer.concat([bytes.subarray(0, at), Buffer.from('A'), bytes.subarray(at)])
      for (const changed of [shorter, longer]) {
        const more = name === 'entries' ? { entries: [changed] } : { [name]: changed.toString() }
        const found = await check(log, more)
        assert.ok(found.problems.length > 0, `${name} changed at ${at} was accepted`)
      }
    }
  }
})

test('other spellings of the same signature and size are refused', async () => {
  const log = write(SMALL, 9)
  const spellings = [
    log.checkpoints.replace(/=\n$/, '\n'),
    log.checkpoints.replace('\n5\n', '\n05\n'),
    log.checkpoints.replace('\n5\n', '\n5.0\n'),
    log.checkpoints.replace('\n5\n', '\n+5\n'),
    log.checkpoints.replaceAll('\n', '\r\n'),
    `\uFEFF${log.checkpoints}`,
    `${log.checkpoints}\n`,
    log.checkpoints.replace(/\n$/, ' \n'),
  ]
  for (const checkpoints of spellings) {
    if (checkpoints === log.checkpoints) continue
    assert.ok((await check(log, { checkpoints })).problems.length > 0, checkpoints)
  }
})

test('lines swapped, left out, doubled or moved are refused and the place is named', async () => {
  const log = write(SMALL)
  const lines = log.entries.toString().split('\n').slice(0, -1)
  const orders = [
    [1, 0, 2, 3, 4],
    [0, 1, 3, 4],
    [0, 1, 2, 2, 3, 4],
    [0, 1, 2, 4, 3],
  ]
  for (const order of orders) {
    const entries = [Buffer.from(order.map((at) => `${lines[at]}\n`).join(''))]
    assert.ok((await check(log, { entries })).problems.length > 0)
  }
  const changed = log.entries.toString().replace('"cw_2"', '"cw_9"')
  const found = await check(log, { entries: [Buffer.from(changed)] })
  assert.match(found.problems[0]?.what ?? '', /lines 3 to 4/)
})

test('a tail cut from both files passes without a saved checkpoint and fails with one', async () => {
  const log = write(SMALL)
  const shorter = write(SMALL.slice(0, 2), 2, log.signer)
  assert.deepEqual((await check(shorter)).problems, [])
  const saved = signCheckpoint(lastOf(SMALL), log.signer)
  const cut = await check(shorter, { saved })
  assert.match(cut.problems[0]?.what ?? '', /tail was cut off/)
  const whole = await check(log, { saved })
  assert.deepEqual(whole.problems, [])
  assert.equal(whole.continues, 5)
})

const lastOf = (leaves: readonly Leaf[]) => {
  let tree = EMPTY_TREE
  for (const leaf of leaves) tree = appendLeaf(tree, leafHash(encodeLeaf(leaf)))
  return { size: tree.size, root: rootOf(tree) }
}

test('a log rewritten by the holder of the key fails against a saved checkpoint only', async () => {
  const log = write(SMALL)
  const saved = signCheckpoint(lastOf(SMALL.slice(0, 3)), log.signer)
  const forged = write([event('started'), intent('cw_1'), outcome('cw_7'), outcome('cw_2')], 2, log.signer)
  assert.deepEqual((await check(forged)).problems, [])
  assert.match((await check(forged, { saved })).problems[0]?.what ?? '', /rewritten/)
  assert.equal((await check(log, { saved })).continues, 3)
})

test('a saved checkpoint of another log is refused, one with a witness beside it is not', async () => {
  const log = write(SMALL)
  const foreign = signCheckpoint(lastOf(SMALL), createSigner())
  assert.match((await check(log, { saved: foreign })).problems[0]?.what ?? '', /another log/)
  const own = signCheckpoint(lastOf(SMALL), log.signer)
  const saved = `${own}\u2014 witness.example/w ${Buffer.alloc(76, 7).toString('base64')}\n`
  assert.deepEqual((await check(log, { saved })).problems, [])
})

test('a log and key exchanged for other ones, each sound, is refused against a saved checkpoint', async () => {
  const saved = signCheckpoint(lastOf(SMALL), write(SMALL).signer)
  assert.ok((await check(write(SMALL), { saved })).problems.length > 0)
})

test('what stands after the last checkpoint is told apart, not called tampering', async () => {
  const log = write(SMALL)
  const more = Buffer.concat([log.entries, encodeLeaf(outcome('cw_3')), Buffer.from('\n{"half')])
  const found = await check(log, { entries: [more] })
  assert.deepEqual(found.problems, [])
  assert.deepEqual(found.uncovered, { entries: 1, bytes: 6 })
  assert.equal(found.covered, 5)
})

test('no checkpoint at all, or none for the entries, is refused', async () => {
  const log = write(SMALL)
  assert.ok((await check(log, { checkpoints: '' })).problems.length > 0)
  assert.ok((await check(log, { entries: [] })).problems.length > 0)
})

test('what the log promises of requests is checked', async () => {
  const broken: [Leaf[], RegExp][] = [
    [[outcome('cw_1'), outcome('cw_1')], /two outcomes/],
    [[intent('cw_1'), intent('cw_1')], /two intents/],
    [[outcome('cw_1'), intent('cw_1')], /after its outcome/],
  ]
  for (const [leaves, what] of broken) {
    assert.match((await check(write(leaves))).problems[0]?.what ?? '', what)
  }
  const log = write([
    intent('cw_1'),
    event('started'),
    intent('cw_2'),
    outcome('cw_3', true),
    event('repaired'),
  ])
  const { problems, requests } = await check(log)
  assert.deepEqual(problems, [])
  assert.deepEqual(requests.interrupted, { count: 1, first: ['cw_1'] })
  assert.deepEqual(requests.open, { count: 1, first: ['cw_2'] })
  assert.deepEqual(requests.unannounced, { count: 1, first: ['cw_3'] })
  assert.equal(requests.repairs[0]?.entry, 4)
})

test('a signed line that is no leaf in canonical JSON is named', async () => {
  const signer = createSigner()
  for (const text of [
    '{"v": 1}',
    'null',
    '{"v":1,"type":"event"}',
    '[]',
    '{"type":"gossip","v":1}',
    '"\xff"',
  ]) {
    const line = Buffer.from(text, 'latin1')
    const tree = appendLeaf(EMPTY_TREE, leafHash(line))
    const found = await verifyLog({
      publicKey: `${signer.verifier.text}\n`,
      checkpoints: signCheckpoint({ size: 1, root: rootOf(tree) }, signer),
      entries: [line, Buffer.from('\n')],
    })
    assert.match(found.problems[0]?.what ?? '', /no leaf/)
  }
})

test('the ledger is held against what the log committed to', async () => {
  const log = write(SMALL)
  const rows = new Map([['cw_1', commitmentOf(Buffer.from('salt'), 'record of cw_1')]])
  const found = await check(log, { commitment: (request) => rows.get(request) ?? null })
  assert.deepEqual(found.ledger, { same: 1, missing: 1, changed: 0 })
  assert.deepEqual(found.problems, [])
  const changed = await check(log, { commitment: () => commitmentOf(Buffer.from('salt'), 'another') })
  assert.equal(changed.ledger?.changed, 2)
  assert.equal(changed.problems[0]?.where, 'ledger')
})

test('a leaf above 64 KiB is not encoded, and an endless line is not read into memory', async () => {
  const large: Leaf = {
    ...event('stopped'),
    type: 'event',
    event: 'stopped',
    detail: { text: 'x'.repeat(MAX_LEAF_BYTES) },
  }
  assert.throws(() => encodeLeaf(large), /65535/)
  const log = write(SMALL)
  let read = 0
  const endless = function* (): Generator<Buffer> {
    yield log.entries
    for (; read < 1000; read += 1) yield Buffer.alloc(1 << 16, 'x')
  }
  const found = await check(log, { entries: endless() })
  assert.ok(found.problems.length > 0)
  assert.ok(read < 5)
})

test('a leaf is the same text whatever the order of its members', () => {
  const leaf = outcome('cw_1')
  const turned = Object.fromEntries(Object.entries(leaf).toReversed())
  assert.equal(encodeLeaf(leaf).toString(), canonicalJson(turned))
})
