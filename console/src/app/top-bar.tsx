import type { StatusView, Window } from '../contract.ts'
import type { FeedState } from '../features/feed/index.ts'
import { Segments } from '../ui/index.ts'
import { WINDOWS } from './address.ts'
import styles from './app.module.css'
import { ThemeChoice } from './theme.tsx'

const WINDOW_NAMES: Readonly<Record<Window, string>> = { '1h': '1 h', '24h': '24 h', '7d': '7 d', all: 'All' }

const CONNECTION_WORDS: Readonly<Record<FeedState['connection'], string>> = {
  connecting: 'connecting',
  live: 'live',
  lost: 'reconnecting',
}

export const TopBar = ({
  status,
  connection,
  window,
  onWindow,
}: {
  readonly status: StatusView | null
  readonly connection: FeedState['connection']
  readonly window: Window
  readonly onWindow: (window: Window) => void
}) => (
  <header className={styles['top']}>
    <a className={styles['brand']} href="/">
      <img src="/mark.svg" alt="" width="28" height="28" />
      Causeway
    </a>
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
    <Segments
      name="Time window"
      choices={WINDOWS.map((value) => ({ value, text: WINDOW_NAMES[value] }))}
      value={window}
      onChange={onWindow}
    />
    <ThemeChoice />
  </header>
)
