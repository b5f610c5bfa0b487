import { useEffect, useRef, useState } from 'react'
import type { RequestSummary } from '../../contract.ts'
import { plural } from '../../ui/format.ts'
import { Button, Hidden, Notice } from '../../ui/index.ts'
import type { FeedState } from '../feed/index.ts'
import { crossingsIn } from './crossing.ts'
import { FilterBar } from './filter-bar.tsx'
import { type Filters, isNarrowed, NO_FILTERS } from './filters.ts'
import styles from './requests.module.css'
import { Row } from './row.tsx'
import { useHeld } from './use-held.ts'
import { useRequestList } from './use-list.ts'

const MINUTE = 60_000

interface RequestsProps {
  readonly feed: FeedState
  readonly filters: Filters
  readonly onFilters: (filters: Filters) => void
  readonly onOpen: (id: string) => void
}

export const Requests = ({ feed, filters, onFilters, onOpen }: RequestsProps) => {
  const list = useRequestList(feed, filters)
  const section = useRef<HTMLElement>(null)
  const [paused, setPaused] = useState(false)
  const { rows, waiting, release } = useHeld(list.rows, paused, section)
  return (
    <section ref={section} className={styles['requests']} aria-labelledby="requests-title">
      <div className={styles['bar']}>
        <h2 id="requests-title">Requests</h2>
        <FilterBar filters={filters} uses={feed.status?.uses ?? []} onChange={onFilters} />
        <Button pressed={paused} onClick={() => setPaused(!paused)} title="Hold new rows back">
          {paused ? '▶ Resume' : '❙❙ Pause'}
        </Button>
      </div>
      {waiting > 0 && (
        <button
          type="button"
          className={styles['waiting']}
          onClick={() => {
            setPaused(false)
            release()
          }}
        >
          Show {plural(waiting, 'new request')}
        </button>
      )}
      {list.failure !== null && <Notice bad title={list.failure.message} text={list.failure.next} />}
      <Table rows={rows} known={feed.rows} onOpen={onOpen} />
      {rows.length === 0 && (
        <p className={styles['none']} role="status">
          {list.loading ? 'Looking …' : 'Nothing fits these filters.'}{' '}
          {!list.loading && isNarrowed(filters) && (
            <Button onClick={() => onFilters(NO_FILTERS)}>Show all</Button>
          )}
        </p>
      )}
      {list.loadOlder !== null && (
        <p className={styles['older']}>
          <Button onClick={list.loadOlder} disabled={list.loadingOlder}>
            {list.loadingOlder ? 'Loading …' : 'Load older'}
          </Button>
        </p>
      )}
    </section>
  )
}

const useMinute = (): number => {
  const [minute, setMinute] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setMinute(Date.now()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return minute
}

const Table = ({
  rows,
  known,
  onOpen,
}: {
  readonly rows: readonly RequestSummary[]
  /** All rows at hand, so that a crossing is seen although its turn before is filtered out. */
  readonly known: readonly RequestSummary[]
  readonly onOpen: (id: string) => void
}) => {
  const now = useMinute()
  const crossings = crossingsIn([...new Map([...known, ...rows].map((row) => [row.id, row])).values()])
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">
            Asked <span aria-hidden="true">→</span>
            <Hidden>and</Hidden> went to
          </th>
          <th scope="col">Use</th>
          <th scope="col">Found</th>
          <th scope="col">Outcome</th>
          <th scope="col" className={styles['number']}>
            Tokens
          </th>
          <th scope="col" className={styles['number']}>
            Cost
          </th>
          <th scope="col" className={styles['number']}>
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} crossing={crossings.get(row.id) ?? null} now={now} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  )
}
