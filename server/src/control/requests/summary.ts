import type { Refusal, RequestRecord, RequestRow, Side } from '../../domain/index.ts'
import type { RequestSummary } from '../contract.ts'
import { crossingOf, guardedOf } from './crossing.ts'
import { listed } from './words.ts'

const SIDE_WORDS: Readonly<Record<Side, string>> = {
  own: 'an own machine',
  attested: 'a verified enclave',
  rented: 'rented machines',
  closed: 'a closed vendor',
}

/** The record cut to what a list shows. */
export const summarise = ({ row, record }: RequestRow): RequestSummary => ({
  row,
  id: record.id,
  time: record.time,
  outcome: record.outcome,
  status: record.status,
  code: record.code,
  rule: record.rule,
  operation: record.operation,
  stream: record.stream,
  key: record.key,
  use: record.use,
  session: record.session,
  model: record.model,
  target: record.target,
  side: record.side,
  simulated: record.simulated,
  level: record.level,
  kinds: record.kinds,
  conditions: record.conditions,
  usage: record.usage,
  cost: record.cost,
  timing: record.timing,
  why: whyOf(record),
  heldBy: heldBy(record),
  attempts: record.attempts.length,
  failedAttempts: record.attempts.filter((attempt) => attempt.code !== null).length,
  dropped: record.dropped.length,
})

/** Rules that kept other targets from this request, each once. */
const heldBy = (record: RequestRecord): readonly string[] => [
  ...new Set(keptFrom(record).map((refusal) => refusal.rule)),
]

/** Targets that had to be passed over: not those that could have it with values taken out. */
const keptFrom = ({ decision, crossing }: RequestRecord): readonly Refusal[] => {
  const across = new Set(crossing?.verdict.permitted.map(({ target }) => target) ?? [])
  return (decision?.verdict.refusals ?? []).filter(({ target }) => !across.has(target))
}

/** One line for people: why it went where it went, and what was done to it on the way. */
export const whyOf = (record: RequestRecord): string => {
  switch (record.outcome) {
    case 'refused':
      return record.message ?? `Refused with ${record.code ?? record.status}.`
    case 'failed':
      return record.message ?? `Failed with ${record.code ?? record.status}.`
    case 'client-closed':
      return 'The client left before the answer was complete.'
    case 'answered':
      return [whyAnswered(record), crossingOf(record), guardedOf(record)]
        .flatMap((part) => part ?? [])
        .join(' ')
  }
}

const whyAnswered = (record: RequestRecord): string => {
  const refusals = keptFrom(record)
  const vain = record.attempts.filter((attempt) => attempt.target !== record.target && attempt.code !== null)
  const parts: string[] = []
  if (refusals.length > 0) {
    const targets = listed(refusals.map((refusal) => refusal.target))
    parts.push(`Kept from ${targets} by ${listed(refusals.map((refusal) => refusal.rule))}`)
  }
  if (vain.length > 0) {
    const failed = listed(vain.map((attempt) => `${attempt.target} (${attempt.code})`))
    parts.push(`Answered after ${failed} had failed`)
  }
  if (parts.length === 0 && record.ranking !== null) parts.push(record.ranking.answer.why)
  if (parts.length === 0)
    parts.push(record.side === null ? 'Answered here' : `Sent to ${SIDE_WORDS[record.side]}`)
  return parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ')
}
