import { isDeepStrictEqual } from 'node:util'
import { compileSource } from '../src/config/index.ts'
import type { RequestRecord } from '../src/domain/index.ts'
import { judge } from '../src/policy/index.ts'
import { rank } from '../src/routing/index.ts'

/**
 * Makes a recorded decision again, from the record and the kept snapshot alone. Answers what differs, or null
 * where permits, refusals and order come out the same.
 */
export const differenceWhenDecidedAgain = (record: RequestRecord, snapshotSource: string): string | null => {
  const snapshot = compileSource(snapshotSource)
  if (snapshot.hash !== record.snapshot) return 'the kept snapshot has another hash'
  if (record.decision !== null) {
    const verdict = judge(record.decision.input, snapshot)
    if (!isDeepStrictEqual(plain(verdict), plain(record.decision.verdict))) return 'another verdict'
  }
  if (record.crossing != null && record.crossing.left.length === 0) {
    const verdict = judge(record.crossing.input, snapshot)
    if (!isDeepStrictEqual(plain(verdict), plain(record.crossing.verdict))) return 'another second verdict'
  }
  if (
    record.ranking !== null &&
    !isDeepStrictEqual(plain(rank(record.ranking.input)), plain(record.ranking.answer))
  )
    return 'another order'
  return null
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
