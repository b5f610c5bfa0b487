import type { StatusView, Window } from '../contract.ts'
import type { FeedState } from '../features/feed/index.ts'
import { Segments } from '../ui/index.ts'
import { PATHS, type View, WINDOWS } from './address.ts'
import styles from './app.module.css'
import { ThemeChoice } from './theme.tsx'

const WINDOW_NAMES: Readonly<Record<Window, string>> = { '1h': '1 h', '24h': '24 h', '7d': '7 d', all: 'All' }

const VIEW_NAMES: Readonly<Record<View, string>> = { requests: 'Requests', try: 'Try a text' }

const CONNECTION_WORDS: Readonly<Record<FeedState['connection'], string>> = {
  connecting: 'connecting',
  live: 'live',
  lost: 'reconnecting',
}

export const TopBar = ({
  status,
  connection,
  view,
  onView,
  window,
  onWindow,
}: {
  readonly status: StatusView | null
  readonly connection: FeedState['connection']
  readonly view: View
  readonly onView: (view: View) => void
  readonly window: Window
  readonly onWindow: (window: Window) => void
}) => (
  <header className={styles['top']}>
    <a className={styles['brand']} href="/">
      <img src="/mark.svg" alt="" width="28" height="28" />
      Causeway
    </a>
    <Views view={view} onView={onView} />
    <p className={styles['state']}>
      <span className={styles[connection]} role="status">
        {CONNECTION_WORDS[connection]}
      </span>
      {status !== null && (
        <>
          <span title="The built-in floors in force">profile {status.profile}</span>
          <span className={styles['version']}>{status.version}</span>
        </>
      )}
    </p>
    {view === 'requests' && (
      <Segments
        name="Time window"
        choices={WINDOWS.map((value) => ({ value, text: WINDOW_NAMES[value] }))}
        value={window}
        onChange={onWindow}
      />
    )}
    <ThemeChoice />
  </header>
)

/** Links with addresses of their own; a plain click stays in the page and keeps what it holds. */
const Views = ({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) => (
  <nav className={styles['views']} aria-label="Views">
    {(['requests', 'try'] as const).map((each) => (
      <a
        key={each}
        href={PATHS[each]}
        aria-current={each === view ? 'page' : undefined}
        onClick={(event) => {
          if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          onView(each)
        }}
      >
        {VIEW_NAMES[each]}
      </a>
    ))}
  </nav>
)
