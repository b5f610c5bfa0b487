import { useCallback, useEffect, useState } from 'react'
import type { Window } from '../contract.ts'
import { type Filters, filtersFrom, queryOf } from '../features/requests/index.ts'
import { type Choices, choicesFrom, choicesQuery } from '../features/try/index.ts'

export const WINDOWS = ['1h', '24h', '7d', 'all'] as const satisfies readonly Window[]

export type View = 'requests' | 'try'

export const PATHS: Readonly<Record<View, string>> = { requests: '/', try: '/try' }

/** What the page's address holds, so that a view can be bookmarked and sent on. Never a text that is tried. */
export interface Place {
  readonly view: View
  readonly window: Window
  readonly filters: Filters
  /** Id of the request in the drawer. */
  readonly request: string | null
  /** What a text is tried for. */
  readonly choices: Choices
}

const read = (): Place => {
  const parameters = new URLSearchParams(location.search)
  const view = location.pathname === PATHS.try ? 'try' : 'requests'
  const mine = (of: View): URLSearchParams => (view === of ? parameters : new URLSearchParams())
  return {
    view,
    window: WINDOWS.find((window) => window === mine('requests').get('window')) ?? '24h',
    filters: filtersFrom(mine('requests')),
    request: mine('requests').get('request'),
    choices: choicesFrom(mine('try')),
  }
}

const write = ({ view, window, filters, request, choices }: Place): string => {
  const parameters = new URLSearchParams(view === 'try' ? choicesQuery(choices) : queryOf(filters))
  if (view === 'requests') {
    if (window !== '24h') parameters.set('window', window)
    if (request !== null) parameters.set('request', request)
  }
  const query = parameters.toString()
  return query === '' ? PATHS[view] : `${PATHS[view]}?${query}`
}

/** Opening a request or another view is a step that "back" undoes; narrowing down is not. */
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
    const isStep = now.view !== next.view || (now.request === null && next.request !== null)
    if (isStep) history.pushState(null, '', write(next))
    else history.replaceState(null, '', write(next))
    setPlace(next)
  }, [])
  return [place, move]
}
