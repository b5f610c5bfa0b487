import type { RequestSummary } from '../../contract.ts'

/** Two lists as one, newest first, each row once. */
export const mergeRows = (
  a: readonly RequestSummary[],
  b: readonly RequestSummary[],
): readonly RequestSummary[] => {
  if (a.length === 0) return b
  const byRow = new Map<number, RequestSummary>()
  for (const row of b) byRow.set(row.row, row)
  for (const row of a) byRow.set(row.row, row)
  return [...byRow.values()].sort((x, y) => y.row - x.row)
}
