import { CausewayError, type Ledger } from '../../domain/index.ts'
import type { OverviewView, Window } from '../contract.ts'

const HOUR = 3_600_000
const LENGTHS: ReadonlyMap<string, { readonly window: Window; readonly length: number }> = new Map([
  ['1h', { window: '1h', length: HOUR }],
  ['24h', { window: '24h', length: 24 * HOUR }],
  ['7d', { window: '7d', length: 7 * 24 * HOUR }],
  ['all', { window: 'all', length: Number.POSITIVE_INFINITY }],
])

/** Sums since the start of the window. `now` in milliseconds since 1970. */
export const getOverview = async (
  ledger: Ledger,
  parameters: URLSearchParams,
  now: number,
): Promise<OverviewView> => {
  const asked = LENGTHS.get(parameters.get('window') ?? '24h')
  if (asked === undefined)
    throw new CausewayError('invalid_request', `The window must be one of ${[...LENGTHS.keys()].join(', ')}.`)
  const since = new Date(Math.max(0, now - asked.length)).toISOString()
  return { window: asked.window, since, totals: await ledger.totals(since) }
}
