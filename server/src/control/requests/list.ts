import {
  CausewayError,
  KINDS,
  type Ledger,
  type Outcome,
  type RequestFilter,
  SIDES,
} from '../../domain/index.ts'
import type { RequestsPage } from '../contract.ts'
import { summarise } from './summary.ts'

const MOST = 200
const USUAL = 100
const OUTCOMES: readonly string[] = [
  'answered',
  'refused',
  'failed',
  'client-closed',
] satisfies readonly Outcome[]
const CLOSED: Readonly<Record<string, readonly string[]>> = { side: SIDES, kind: KINDS, outcome: OUTCOMES }
const OPEN = new Set(['target', 'use', 'session', 'search'])

/** Newest first, a page at a time. Throws `invalid_request` for a parameter that is unknown or out of range. */
export const listRequests = async (ledger: Ledger, parameters: URLSearchParams): Promise<RequestsPage> => {
  const filter = filterOf(parameters)
  const rows = [...(await ledger.list(filter))].sort((a, b) => b.row - a.row)
  const last = rows.at(-1)
  return {
    rows: rows.map(summarise),
    older: last === undefined || rows.length < filter.limit ? null : last.row,
  }
}

const filterOf = (parameters: URLSearchParams): RequestFilter => {
  const words: Record<string, string> = {}
  const numbers: Record<string, number> = {}
  let limit = USUAL
  for (const [name, value] of parameters) {
    const allowed = Object.hasOwn(CLOSED, name) ? CLOSED[name] : undefined
    if (name === 'limit') limit = wholeNumber(name, value, 1, MOST)
    else if (name === 'after' || name === 'before') {
      numbers[name] = wholeNumber(name, value, 0, Number.MAX_SAFE_INTEGER)
    } else if (allowed !== undefined || OPEN.has(name)) {
      if (allowed !== undefined && !allowed.includes(value))
        wrong(name, `must be one of ${allowed.join(', ')}`)
      if (value.length > 200) wrong(name, 'must have at most 200 characters')
      if (value !== '') words[name] = value
    } else wrong(name, 'is not a parameter of this list')
  }
  return { limit, ...numbers, ...words }
}

const wholeNumber = (name: string, value: string, least: number, most: number): number => {
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= least && number <= most)) wrong(name, `must be a whole number from ${least} to ${most}`)
  return number
}

const wrong = (name: string, problem: string): never => {
  throw new CausewayError('invalid_request', `The parameter “${name}” ${problem}.`, { field: name })
}
