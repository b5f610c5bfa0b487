import type { Side, TargetView } from '../../contract.ts'
import type { TargetSum } from '../overview/index.ts'
import { type Bank, bankOf, SIDES } from '../sides/index.ts'
import type { Landing } from './geometry.ts'

const HEADING = 34
export const ROW = 46
const PADDING = 12
const ROWS_PER_SIDE = 4

/** A row on a bank: a target, or the rest of a side's targets together. */
export interface BankRow {
  readonly key: string
  readonly target: TargetView | null
  readonly name: string
  readonly requests: number
}

export interface SideGroup {
  readonly side: Side
  readonly requests: number
  readonly rows: readonly BankRow[]
}

/** The sides of a bank that have a target or got a request, each with its busiest targets. */
export const groupsOf = (
  bank: Bank,
  targets: readonly TargetView[],
  sums: readonly TargetSum[],
): readonly SideGroup[] =>
  SIDES.filter((side) => bankOf(side) === bank).flatMap((side) => {
    const rows = rowsOf(side, targets, sums)
    if (rows.length === 0) return []
    const requests = rows.reduce((sum, row) => sum + row.requests, 0)
    return [{ side, requests, rows: shorten(side, rows) }]
  })

/** Targets of today's configuration, and those that answered but have since left it. */
const rowsOf = (
  side: Side,
  targets: readonly TargetView[],
  sums: readonly TargetSum[],
): readonly BankRow[] => {
  const rows = new Map<string, BankRow>()
  for (const target of targets) {
    if (target.side === side)
      rows.set(target.name, { key: `${side} ${target.name}`, target, name: target.name, requests: 0 })
  }
  for (const sum of sums) {
    if (sum.side !== side) continue
    const row = rows.get(sum.target)
    rows.set(sum.target, {
      key: `${side} ${sum.target}`,
      target: row?.target ?? null,
      name: sum.target,
      requests: sum.requests,
    })
  }
  return [...rows.values()].sort((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1))
}

const shorten = (side: Side, rows: readonly BankRow[]): readonly BankRow[] => {
  if (rows.length <= ROWS_PER_SIDE) return rows
  const rest = rows.slice(ROWS_PER_SIDE - 1)
  const requests = rest.reduce((sum, row) => sum + row.requests, 0)
  const name = `${rest.length} more`
  return [...rows.slice(0, ROWS_PER_SIDE - 1), { key: `${side} …`, target: null, name, requests }]
}

export const heightOf = (groups: readonly SideGroup[]): number =>
  2 * PADDING + groups.reduce((sum, group) => sum + HEADING + group.rows.length * ROW, 0)

/** Where the bands end, for rows laid out from `top` downwards. */
export const landingsOf = (bank: Bank, groups: readonly SideGroup[], height: number): readonly Landing[] => {
  let y = (height - heightOf(groups)) / 2 + PADDING
  return groups.flatMap((group) => {
    y += HEADING
    return group.rows.map((row) => {
      const landing = { key: row.key, bank, requests: row.requests, y: y + ROW / 2 }
      y += ROW
      return landing
    })
  })
}
