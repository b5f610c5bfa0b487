import type { Window } from '../../contract.ts'
import { count, plural } from '../../ui/format.ts'
import styles from './overview.module.css'
import type { Sums } from './sums.ts'

const WINDOW_WORDS: Readonly<Record<Window, string>> = {
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  all: 'all time',
}

/** The first screen's answer as one sentence. */
export const Headline = ({ sums, window }: { readonly sums: Sums | null; readonly window: Window }) => {
  if (sums === null) return <h1 className={styles['headline']}>Where did my requests go?</h1>
  if (sums.requests === 0)
    return <h1 className={styles['headline']}>No requests in {WINDOW_WORDS[window]}.</h1>
  return (
    <h1 className={styles['headline']}>
      Of {plural(sums.requests, 'request')} in {WINDOW_WORDS[window]},{' '}
      <span className={styles['home']}>{count(sums.home)} stayed home</span>,{' '}
      <span className={styles['crossed']}>{count(sums.crossed)} crossed</span> and{' '}
      <span className={styles['refused']}>
        {count(sums.refused)} {sums.refused === 1 ? 'was' : 'were'} refused
      </span>
      .
    </h1>
  )
}
