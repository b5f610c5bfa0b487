import type { Verification } from '../audit/index.ts'

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`

const ledgerLines = ({ ledger }: Verification): readonly string[] => {
  if (ledger === null)
    return ['There is no ledger beside it; outcomes could not be held against their records.']
  const lines = [`${count(ledger.same, 'outcome')} committed to the very row that is in the ledger.`]
  if (ledger.missing > 0)
    lines.push(`${count(ledger.missing, 'outcome')} without a row: erased, or lost with the power.`)
  return lines
}

const requestLines = ({ requests }: Verification): readonly string[] => {
  const { leaves, interrupted, open, unannounced, repairs, forgotten } = requests
  const lines = [
    `${count(leaves.intent, 'intent')}, ${count(leaves.outcome, 'outcome')}, ${count(leaves.event, 'event')}; no request has two outcomes.`,
  ]
  if (interrupted.count > 0) {
    lines.push(
      `${count(interrupted.count, 'request')} cut off by a crash after the intent: ${interrupted.first.join(', ')}`,
    )
  }
  if (open.count > 0) {
    lines.push(
      `${count(open.count, 'request')} without an outcome yet, in flight or cut off just now: ${open.first.join(', ')}`,
    )
  }
  if (unannounced.count > 0) {
    lines.push(
      `${count(unannounced.count, 'labelled request')} sent without an intent (right under audit.intent: none, wrong otherwise): ${unannounced.first.join(', ')}`,
    )
  }
  for (const { entry, time, detail } of repairs) {
    lines.push(`Entry ${entry + 1}, ${time}: the log says it was repaired: ${saidIn(detail)}`)
  }
  for (const { entry, time, detail } of forgotten.first) {
    lines.push(`Entry ${entry + 1}, ${time}: somebody cleared what a conversation carried: ${saidIn(detail)}`)
  }
  if (forgotten.count > forgotten.first.length)
    lines.push(`and ${forgotten.count - forgotten.first.length} more conversations that were cleared`)
  return lines
}

const saidIn = (detail: Verification['requests']['repairs'][number]['detail']): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')

const uncoveredLines = ({ uncovered }: Verification): readonly string[] => {
  const parts = [
    ...(uncovered.entries > 0 ? [count(uncovered.entries, 'entry', 'entries')] : []),
    ...(uncovered.bytes > 0 ? [count(uncovered.bytes, 'byte')] : []),
  ]
  return parts.length === 0
    ? []
    : [
        `NOT PROVEN: ${parts.join(' and ')} after the last checkpoint, being written just now or left by a crash.`,
      ]
}

const unknownLines = (found: Verification, hasSaved: boolean): readonly string[] => [
  'What this cannot know:',
  hasSaved
    ? `  Whether entries after number ${found.continues ?? 0} were cut off: a checkpoint saved later would show it.`
    : '  Whether the end was cut off: only a checkpoint saved elsewhere shows that (causeway audit checkpoint --out FILE, later audit verify --checkpoint FILE).',
  `  Whether the holder of key.secret, which lies beside the log, rewrote what came after ${hasSaved ? 'that checkpoint' : 'the last checkpoint saved elsewhere; without one, all of it'}.`,
]

/** What verification proved, for people: never more than it did. */
export const verificationLines = (
  folder: string,
  found: Verification,
  hasSaved: boolean,
): readonly string[] => {
  if (found.problems.length > 0) {
    return [
      `The log in ${folder} is NOT what was signed:`,
      ...found.problems.map(({ where, what }) => `  ${where}: ${what}`),
      ...uncoveredLines(found),
      'Keep the folder as it is for whoever investigates.',
    ]
  }
  return [
    `The log in ${folder} is intact.`,
    `  ${count(found.covered, 'entry', 'entries')}, none changed, left out, moved or put in; ${count(found.checkpoints, 'checkpoint')} signed by ${found.origin}.`,
    `  Root at ${found.covered}: ${found.root}`,
    ...[...requestLines(found), ...ledgerLines(found)].map((line) => `  ${line}`),
    ...(found.continues === null
      ? []
      : [
          `  It continues the saved checkpoint of ${count(found.continues, 'entry', 'entries')}: nothing up to there was cut off or rewritten.`,
        ]),
    ...uncoveredLines(found).map((line) => `  ${line}`),
    ...unknownLines(found, hasSaved),
  ]
}
