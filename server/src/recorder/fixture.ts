import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { commitmentOf, readLeaf, type Verification, verifyLog } from '../audit/index.ts'
import { type EventLeaf, type IntentLeaf, type Leaf, NO_USAGE, type RequestRecord } from '../domain/index.ts'
import { openCommitted } from '../store/index.ts'
import { dataFiles } from './layout.ts'

/* What the tests of this room share: facts to record, and a look at what was recorded. */

const TIME = '2026-03-01T10:00:00.000Z'
const SNAPSHOT = 'a'.repeat(64)

export const temporaryFolder = (context: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-recorder-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const started = (): EventLeaf => ({ v: 1, type: 'event', time: TIME, event: 'started', detail: {} })

export const intentOf = (request: string): IntentLeaf => ({
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

export const recordOf = (id: string, changes: Partial<RequestRecord> = {}): RequestRecord => ({
  id,
  time: TIME,
  outcome: 'answered',
  status: 200,
  code: null,
  message: null,
  rule: null,
  dialect: 'openai-chat',
  operation: 'chat',
  stream: false,
  method: 'POST',
  path: '/v1/chat/completions',
  key: 'dev',
  team: null,
  use: 'general',
  session: null,
  model: 'auto',
  target: 'home',
  side: 'own',
  simulated: false,
  level: 'public',
  kinds: [],
  conditions: [],
  findings: [],
  omittedFindings: 0,
  snapshot: SNAPSHOT,
  decision: null,
  ranking: null,
  attempts: [
    {
      target: 'home',
      side: 'own',
      simulated: false,
      dialect: 'openai-chat',
      status: 200,
      code: null,
      message: null,
      started: 1,
      firstByte: 2,
      ended: 3,
      sent: true,
      upstreamRequest: null,
    },
  ],
  dropped: [],
  usage: NO_USAGE,
  cost: { nanos: null, estimated: false },
  timing: { firstByte: null, total: 1, gateway: 1 },
  bytes: { in: 1, out: 1 },
  ...changes,
})

/** The log held against its checkpoints and the ledger. */
export const prove = async (folder: string): Promise<Verification> => {
  const files = dataFiles(folder)
  const ledger = openCommitted(files.ledger)
  try {
    return await verifyLog({
      publicKey: readFileSync(files.publicKey, 'utf8'),
      checkpoints: readFileSync(files.checkpoints, 'utf8'),
      entries: existsSync(files.entries) ? createReadStream(files.entries) : [],
      commitment: (request) => {
        const found = ledger?.find(request) ?? null
        return found === null ? null : commitmentOf(found.salt, found.text)
      },
    })
  } finally {
    ledger?.close()
  }
}

/** The leaves in the log, in order. */
export const leavesIn = (folder: string): readonly Leaf[] =>
  readFileSync(dataFiles(folder).entries, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const leaf = readLeaf(Buffer.from(line))
      if (leaf === null) throw new Error(`no leaf: ${line}`)
      return leaf
    })
