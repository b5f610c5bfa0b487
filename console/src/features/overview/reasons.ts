import type { RequestSummary } from '../../contract.ts'
import { bankOf } from '../sides/index.ts'

/** One thing that decided where requests went, and how often. */
export interface Reason {
  readonly key: string
  /** For people: `health`, `in the route’s order`. */
  readonly name: string
  /** The rule behind it, where it was one. */
  readonly rule: string | null
  readonly effect: 'kept-home' | 'refused' | 'fell-back'
  readonly requests: number
}

/** `floor:health` → `health`; other rules keep their name. */
export const nameOfRule = (rule: string): string => {
  const floor = /^(?:use-floor:[^:]+|floor):(.+)$/.exec(rule)?.[1]
  if (floor !== undefined) return floor.replaceAll('_', ' ')
  return rule.replace(/^(level|client|rule|condition):/, '')
}

/** What decided, most frequent first: rules that kept requests home, refusals, targets passed over. */
export const reasonsOf = (rows: readonly RequestSummary[]): readonly Reason[] => {
  const found = new Map<string, Reason>()
  const add = (effect: Reason['effect'], rule: string | null, name: string): void => {
    const key = `${effect} ${rule ?? name}`
    const requests = (found.get(key)?.requests ?? 0) + 1
    found.set(key, { key, name, rule, effect, requests })
  }
  for (const row of rows) {
    if (row.outcome === 'refused') {
      const rule = row.rule ?? row.code ?? String(row.status)
      add('refused', rule, nameOfRule(rule))
    } else if (row.outcome === 'answered' && row.side !== null) {
      if (bankOf(row.side) === 'home') {
        for (const rule of row.heldBy) add('kept-home', rule, nameOfRule(rule))
      }
      if (row.failedAttempts > 0) add('fell-back', null, 'a target failed')
    }
  }
  return [...found.values()].sort((a, b) => b.requests - a.requests || (a.key < b.key ? -1 : 1))
}
