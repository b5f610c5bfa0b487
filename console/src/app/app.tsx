import { useState } from 'react'
import type { OverviewView } from '../contract.ts'
import { EngineProgress } from '../features/engine/index.ts'
import { type FeedState, useAsked, useFeed } from '../features/feed/index.ts'
import {
  Figures,
  Headline,
  type Reason,
  Reasons,
  reasonsOf,
  type Sums,
  sumUp,
} from '../features/overview/index.ts'
import { Drawer, type Filters, KINDS, NO_FILTERS, Requests } from '../features/requests/index.ts'
import { type Picked, Shores } from '../features/shores/index.ts'
import { Try } from '../features/try/index.ts'
import { Button, Notice } from '../ui/index.ts'
import { type Place, usePlace } from './address.ts'
import styles from './app.module.css'
import { TopBar } from './top-bar.tsx'
import { Welcome } from './welcome.tsx'

const OVERVIEW_GAP = 2500

export const App = () => {
  const feed = useFeed()
  const [place, move] = usePlace()
  const [draft, setDraft] = useState('')
  const newest = feed.rows[0]?.row ?? 0
  const asking =
    feed.phase === 'ready' && place.view === 'requests' ? `/api/overview?window=${place.window}` : null
  const overview = useAsked<OverviewView>(asking, newest, OVERVIEW_GAP)
  const sums = overview.value === null ? null : sumUp(overview.value.totals)
  return (
    <>
      <TopBar
        status={feed.status}
        connection={feed.connection}
        view={place.view}
        onView={(view) => move({ view })}
        window={place.window}
        onWindow={(window) => move({ window })}
      />
      <main className={styles['main']}>
        {feed.phase !== 'ready' && feed.phase !== 'loading' ? (
          <Closed feed={feed} onRetry={feed.retry} />
        ) : place.view === 'try' ? (
          <Try
            status={feed.status}
            choices={place.choices}
            onChoices={(choices) => move({ choices })}
            draft={draft}
            onDraft={setDraft}
          />
        ) : (
          <Screen feed={feed} sums={sums} place={place} move={move} />
        )}
      </main>
    </>
  )
}

const Closed = ({ feed, onRetry }: { readonly feed: FeedState; readonly onRetry: () => void }) => {
  if (feed.phase === 'signed-out') {
    return (
      <Notice
        title="The session has ended"
        text="Open the address with the token that causeway up printed; it also stands in the file console-token in the data folder."
      >
        <Button onClick={() => location.reload()}>Enter the token</Button>
      </Notice>
    )
  }
  return (
    <Notice bad title={feed.failure?.message ?? 'Not reachable.'} text={feed.failure?.next ?? ''}>
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  )
}

interface ScreenProps {
  readonly feed: FeedState
  readonly sums: Sums | null
  readonly place: Place
  readonly move: (change: Partial<Place>) => void
}

const Screen = ({ feed, sums, place, move }: ScreenProps) => {
  const { status } = feed
  const narrow = (filters: Partial<Filters>): void => move({ filters: { ...NO_FILTERS, ...filters } })
  const untouched = feed.phase === 'ready' && feed.rows.length === 0
  return (
    <>
      {status?.trouble != null && (
        <Notice bad title="Nothing can be recorded, so nothing is sent" text={status.trouble} />
      )}
      {feed.failure !== null && (
        <Notice
          bad
          title={feed.failure.message}
          text="What you see is from before. Trying again by itself."
        />
      )}
      <div className={styles['answer']}>
        {untouched ? (
          <h1 className={styles['first']}>The road is open.</h1>
        ) : (
          <Headline sums={sums} window={place.window} />
        )}
        {!untouched && <Figures sums={sums} />}
      </div>
      {status !== null && <EngineProgress engine={status.engine} />}
      {untouched && status !== null && <Welcome status={status} />}
      <Picture feed={feed} sums={sums} untouched={untouched} onNarrow={narrow} />
      {!untouched && (
        <Requests
          feed={feed}
          filters={place.filters}
          onFilters={(filters) => move({ filters })}
          onOpen={(request) => move({ request })}
        />
      )}
      {place.request !== null && <OpenDrawer feed={feed} id={place.request} move={move} />}
    </>
  )
}

const Picture = ({
  feed,
  sums,
  untouched,
  onNarrow,
}: {
  readonly feed: FeedState
  readonly sums: Sums | null
  readonly untouched: boolean
  readonly onNarrow: (filters: Partial<Filters>) => void
}) => (
  <div className={untouched ? styles['alone'] : styles['picture']}>
    <Shores
      targets={feed.status?.targets ?? []}
      sums={sums}
      arrived={feed.arrived}
      onPick={(picked: Picked) => onNarrow(picked)}
    />
    {!untouched && (
      <Reasons
        reasons={reasonsOf(feed.rows)}
        rows={feed.rows.length}
        onPick={(reason) => onNarrow(filtersOf(reason))}
      />
    )}
  </div>
)

/** The nearest question that the list can answer. */
const filtersOf = ({ rule, effect }: Reason): Partial<Filters> => {
  const kind = KINDS.find((known) => rule?.endsWith(`:${known}`) === true)
  const outcome = effect === 'refused' ? 'refused' : ''
  return kind === undefined ? { outcome } : { kind, outcome }
}

const OpenDrawer = ({ feed, id, move }: Pick<ScreenProps, 'feed' | 'move'> & { readonly id: string }) => {
  const at = feed.rows.findIndex((row) => row.id === id)
  const neighbour = (step: number): string | null => (at < 0 ? null : (feed.rows[at + step]?.id ?? null))
  return (
    <Drawer
      id={id}
      targets={feed.status?.targets ?? []}
      newer={neighbour(-1)}
      older={neighbour(1)}
      onOpen={(request) => move({ request })}
      onClose={() => move({ request: null })}
      onSession={(session) => move({ request: null, filters: { ...NO_FILTERS, session } })}
    />
  )
}
