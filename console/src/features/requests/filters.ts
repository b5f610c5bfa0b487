import type { Kind, Outcome, RequestSummary } from '../../contract.ts'

export const OUTCOMES = [
  'answered',
  'refused',
  'failed',
  'client-closed',
] as const satisfies readonly Outcome[]
export const KINDS = [
  'secret',
  'identity',
  'payment',
  'contact',
  'health',
  'financial',
  'contract',
  'source_code',
  'internal',
] as const satisfies readonly Kind[]

export const FILTER_NAMES = ['side', 'outcome', 'kind', 'use', 'target', 'session', 'search'] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/** What the list is narrowed down to; the empty string is "any". */
export type Filters = Readonly<Record<FilterName, string>>

export const NO_FILTERS: Filters = {
  side: '',
  outcome: '',
  kind: '',
  use: '',
  target: '',
  session: '',
  search: '',
}

export const isNarrowed = (filters: Filters): boolean => FILTER_NAMES.some((name) => filters[name] !== '')

/** For the API and for the page's own address; empty where nothing is narrowed. */
export const queryOf = (filters: Filters): string => {
  const parameters = new URLSearchParams()
  for (const name of FILTER_NAMES) if (filters[name] !== '') parameters.set(name, filters[name])
  return parameters.toString()
}

export const filtersFrom = (parameters: URLSearchParams): Filters => {
  const read: Record<FilterName, string> = { ...NO_FILTERS }
  for (const name of FILTER_NAMES) read[name] = parameters.get(name)?.slice(0, 200) ?? ''
  return read
}

/** The same question that the ledger answers, for rows that come live. */
export const matches = (row: RequestSummary, filters: Filters): boolean => {
  const { side, outcome, kind, use, target, session, search } = filters
  const words = search.toLowerCase()
  return (
    (side === '' || row.side === side) &&
    (outcome === '' || row.outcome === outcome) &&
    (kind === '' || row.kinds.some((found) => found === kind)) &&
    (use === '' || row.use === use) &&
    (target === '' || row.target === target) &&
    (session === '' || row.session === session) &&
    (words === '' ||
      [row.id, row.model, row.key, row.target].some((text) => text?.toLowerCase().includes(words) === true))
  )
}
