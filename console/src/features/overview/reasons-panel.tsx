import { count, plural } from '../../ui/format.ts'
import styles from './overview.module.css'
import type { Reason } from './reasons.ts'

const SHOWN = 6

const EFFECTS: Readonly<Record<Reason['effect'], string>> = {
  'kept-home': 'kept home',
  refused: 'refused',
  'fell-back': 'passed on',
}

/** Why: the rules behind the flow, for the rows the page holds. `onPick` narrows the list down to one. */
export const Reasons = ({
  reasons,
  rows,
  onPick,
}: {
  readonly reasons: readonly Reason[]
  readonly rows: number
  readonly onPick: (reason: Reason) => void
}) => {
  const most = reasons[0]?.requests ?? 1
  return (
    <section className={styles['reasons']} aria-labelledby="reasons-title">
      <h2 id="reasons-title">What decided</h2>
      <p className={styles['scope']}>in the latest {plural(rows, 'request')}</p>
      {reasons.length === 0 && (
        <p className={styles['nothing']}>No rule held anything back. Requests went where their route says.</p>
      )}
      <ul>
        {reasons.slice(0, SHOWN).map((reason) => (
          <li key={reason.key}>
            <button type="button" className={styles['reason']} onClick={() => onPick(reason)}>
              <span className={styles['reason-name']} title={reason.rule ?? undefined}>
                {reason.name} <span className={styles['effect']}>{EFFECTS[reason.effect]}</span>
              </span>
              <span className={styles['reason-count']}>{count(reason.requests)}</span>
              <span className={styles['track']} aria-hidden="true">
                <span
                  className={styles[`bar-${reason.effect}`]}
                  style={{ inlineSize: `${Math.max(2, (reason.requests / most) * 100)}%` }}
                />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
