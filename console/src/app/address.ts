import { useCallback, useEffect, useState } from 'react'
import type { Window } from '../contract.ts'
import { type Filters, filtersFrom, queryOf } from '../features/requests/index.ts'

export const WINDOWS = ['1h', '24h', '7d', 'all'] as const satisfies readonly Window[]

/** What the page's address holds, so that a view can be bookmarked and sent on. */
export interface Place {
  readonly window: Window
  readonly filters: Filters
  /** Id of the request in the drawer. */
  readonly request: string | null
}

const read = (): Place => {
  const parameters = new URLSearchParams(location.search)
  return {
    window: WINDOWS.find((window) => window === parameters.get('window')) ?? '24h',
    filters: filtersFrom(parameters),
    request: parameters.get('request'),
  }
}

const write = ({ window, filters, request }: Place): string => {
  const parameters = new URLSearchParams(queryOf(filters))
  if (window !== '24h') parameters.set('window', window)
  if (request !== null) parameters.set('request', request)
  const query = parameters.toString()
  return query === '' ? '/' : `/?${query}`
}

/** Opening a request is a step that "back" undoes; narrowing down is not. */
export const usePlace = (): readonly [Place, (change: Partial<Place>) => void] => {
  const [place, setPlace] = useState(read)
  useEffect(() => {
    const returned = (): void => setPlace(read())
    window.addEventListener('popstate', returned)
    return () => window.removeEventListener('popstate', returned)
  }, [])
  const move = useCallback((change: Partial<Place>): void => {
    const now = read()
    const next = { ...now, ...change }
    if (now.request === null && next.request !== null) history.pushState(null, '', write(next))
    else history.replaceState(null, '', write(next))
    setPlace(next)
  }, [])
  return [place, move]
}
