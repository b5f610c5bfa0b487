import { hash } from 'node:crypto'
import { CausewayError, type Leaf, type OutcomeLeaf, type RequestRecord } from '../domain/index.ts'
import { canonicalJson } from '../lib/index.ts'

/** C2SP tlog-tiles gives a leaf a 16-bit length. */
export const MAX_LEAF_BYTES = 65_535

/** base64url of SHA-256 over the salt's bytes and the record's JSON text. Without the salt nobody can guess at it. */
export const commitmentOf = (salt: Uint8Array, record: string): string =>
  hash('sha256', Buffer.concat([salt, Buffer.from(record)]), 'base64url')

/**
 * What the log keeps of a request's outcome; `commitment` stands for all the rest. The members
 * stand in the order of canonical JSON, so that `encodeOutcome` need not sort them.
 */
export const outcomeLeaf = (record: RequestRecord, commitment: string): OutcomeLeaf => ({
  conditions: record.conditions,
  key: record.key,
  kinds: record.kinds,
  level: record.level,
  nanos: record.cost.nanos,
  outcome: record.outcome,
  record: commitment,
  request: record.id,
  rule: record.rule,
  sent: record.attempts
    .filter((attempt) => attempt.sent)
    .map((attempt) => ({ side: attempt.side, target: attempt.target })),
  side: record.side,
  snapshot: record.snapshot,
  status: record.status,
  target: record.target,
  time: record.time,
  type: 'outcome',
  use: record.use,
  v: 1,
})

/** A leaf as its canonical JSON line, without the newline. Throws CausewayError `record_unavailable` above 64 KiB. */
export const encodeLeaf = (leaf: Leaf): Buffer => boundedLine(leaf.type, canonicalJson(leaf))

/** The same for what `outcomeLeaf` made, whose members need no sorting. */
export const encodeOutcome = (record: RequestRecord, commitment: string): Buffer =>
  boundedLine('outcome', JSON.stringify(outcomeLeaf(record, commitment)))

const boundedLine = (type: Leaf['type'], text: string): Buffer => {
  const line = Buffer.from(text)
  if (line.length <= MAX_LEAF_BYTES) return line
  throw new CausewayError(
    'record_unavailable',
    `The ${type} leaf has ${line.length} bytes; the audit log takes ${MAX_LEAF_BYTES}.`,
  )
}

const isLeaf = (value: unknown): value is Leaf => {
  if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1) return false
  if (!('type' in value) || !('time' in value) || typeof value.time !== 'string') return false
  if (value.type === 'event') return 'event' in value && typeof value.event === 'string'
  if (value.type !== 'intent' && value.type !== 'outcome') return false
  if (!('request' in value) || typeof value.request !== 'string') return false
  if (!('kinds' in value) || !Array.isArray(value.kinds)) return false
  if (!('conditions' in value) || !Array.isArray(value.conditions)) return false
  if (value.type === 'intent') return 'targets' in value && Array.isArray(value.targets)
  return 'record' in value && typeof value.record === 'string' && 'sent' in value && Array.isArray(value.sent)
}

/** Reads a line of the log; null unless it is a leaf of version 1 in canonical spelling. */
export const readLeaf = (line: Uint8Array): Leaf | null => {
  const text = Buffer.from(line).toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    return isLeaf(value) && canonicalJson(value) === text ? value : null
  } catch {
    return null
  }
}
