import { CausewayError, type Ledger } from '../../domain/index.ts'
import type { RequestView, SessionStep } from '../contract.ts'
import { whyOf } from './summary.ts'

const TURNS = 200

/** The whole record, with the conversation it was part of. Throws `unknown_request`. */
export const getRequest = async (ledger: Ledger, id: string): Promise<RequestView> => {
  const found = await ledger.get(id)
  if (found === null) throw new CausewayError('unknown_request', 'There is no request with this id.')
  return {
    row: found.row,
    record: found.record,
    why: whyOf(found.record),
    session:
      found.record.session === null ? [] : await turnsOf(ledger, found.record.session, found.record.key),
  }
}

/** A session's name is its client's choice, so two keys may use the same one; they are two conversations. */
const turnsOf = async (
  ledger: Ledger,
  session: string,
  key: string | null,
): Promise<readonly SessionStep[]> => {
  const rows = await ledger.list({ session, limit: TURNS })
  return rows
    .filter(({ record }) => record.key === key && record.session === session)
    .sort((a, b) => a.row - b.row)
    .map(({ row, record }) => ({
      row,
      id: record.id,
      time: record.time,
      outcome: record.outcome,
      target: record.target,
      side: record.side,
      simulated: record.simulated,
      level: record.level,
      kinds: record.kinds,
    }))
}
