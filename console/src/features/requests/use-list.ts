import { useState } from 'react'
import type { RequestSummary, RequestsPage } from '../../contract.ts'
import { type AskFailed, ask, type FeedState, failureOf, mergeRows, useAsked } from '../feed/index.ts'
import { type Filters, isNarrowed, matches, queryOf } from './filters.ts'

const PAGE = 100

export interface RequestList {
  /** Newest first. */
  readonly rows: readonly RequestSummary[]
  readonly loading: boolean
  readonly failure: AskFailed | null
  /** Null where there is nothing older. */
  readonly loadOlder: (() => void) | null
  readonly loadingOlder: boolean
}

interface Older {
  readonly query: string
  readonly rows: readonly RequestSummary[]
  readonly more: boolean
  readonly loading: boolean
  readonly failure: AskFailed | null
}

/**
 * What the list shows: the live rows that fit the filters, what the ledger found for them, and the older
 * pages asked for so far.
 */
export const useRequestList = (feed: FeedState, filters: Filters): RequestList => {
  const query = queryOf(filters)
  const narrowed = isNarrowed(filters)
  const first = useAsked<RequestsPage>(narrowed ? `/api/requests?limit=${PAGE}&${query}` : null)
  const [kept, setOlder] = useState<Older | null>(null)
  const older = kept?.query === query ? kept : null
  const live = narrowed ? feed.rows.filter((row) => matches(row, filters)) : feed.rows
  const rows = mergeRows(older?.rows ?? [], mergeRows(first.value?.rows ?? [], live))
  const firstHasMore = narrowed ? first.value !== null && first.value.older !== null : feed.more
  const loadOlder = (): void => {
    const before = rows.at(-1)?.row
    if (before === undefined) return
    const soFar = older?.rows ?? []
    setOlder({ query, rows: soFar, more: true, loading: true, failure: null })
    ask<RequestsPage>(`/api/requests?limit=${PAGE}&before=${before}&${query}`).then(
      (page) => {
        const more = page.older !== null
        setOlder({ query, rows: [...soFar, ...page.rows], more, loading: false, failure: null })
      },
      (thrown: unknown) =>
        setOlder({ query, rows: soFar, more: true, loading: false, failure: failureOf(thrown) }),
    )
  }
  return {
    rows,
    loading: first.loading && rows.length === 0,
    failure: first.failure ?? older?.failure ?? null,
    loadOlder: (older?.more ?? firstHasMore) && rows.length > 0 ? loadOlder : null,
    loadingOlder: older?.loading ?? false,
  }
}
