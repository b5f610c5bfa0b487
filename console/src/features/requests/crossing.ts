import type { RequestSummary, SessionStep } from '../../contract.ts'
import { bankOf } from '../sides/index.ts'

export type Crossing = 'home' | 'over'

type Turn = Pick<SessionStep, 'row' | 'id' | 'side' | 'outcome'>

/**
 * Which turns of one conversation were answered on another bank than the turn answered before, by id.
 * Refused and failed turns change nothing: they reached no bank.
 */
export const crossingsOf = (turns: readonly Turn[]): ReadonlyMap<string, Crossing> => {
  const crossings = new Map<string, Crossing>()
  let bank: string | null = null
  for (const turn of [...turns].sort((a, b) => a.row - b.row)) {
    if (turn.side === null || turn.outcome === 'refused' || turn.outcome === 'failed') continue
    const next = bankOf(turn.side)
    if (bank !== null && next !== bank) crossings.set(turn.id, next === 'home' ? 'home' : 'over')
    bank = next
  }
  return crossings
}

/** The same over a list of many conversations; a session belongs to the key that named it. */
export const crossingsIn = (rows: readonly RequestSummary[]): ReadonlyMap<string, Crossing> => {
  const sessions = new Map<string, RequestSummary[]>()
  for (const row of rows) {
    if (row.session === null) continue
    const name = JSON.stringify([row.key, row.session])
    const turns = sessions.get(name)
    if (turns === undefined) sessions.set(name, [row])
    else turns.push(row)
  }
  return new Map([...sessions.values()].flatMap((turns) => [...crossingsOf(turns)]))
}

export const CROSSING_WORDS: Readonly<Record<Crossing, string>> = {
  home: 'crossed home here',
  over: 'crossed over here',
}
