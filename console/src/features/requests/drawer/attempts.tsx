import type { Attempt, RequestRecord } from '../../../contract.ts'
import { duration } from '../../../ui/format.ts'
import { SideMark, Simulated, sideColour } from '../../sides/index.ts'
import styles from './drawer.module.css'
import { Section } from './section.tsx'

/** Each try on one time line: waiting for the first byte is pale, the answer full. */
export const Attempts = ({ record }: { readonly record: RequestRecord }) => {
  const total = Math.max(record.timing.total, ...record.attempts.map((attempt) => attempt.ended), 1)
  return (
    <Section title={record.attempts.length > 1 ? `${record.attempts.length} attempts` : 'Attempts'}>
      {record.attempts.length === 0 && <p className={styles['soft']}>Nothing was sent anywhere.</p>}
      <ol className={styles['attempts']}>
        {record.attempts.map((attempt) => (
          <AttemptLine key={`${attempt.target} ${attempt.started}`} attempt={attempt} total={total} />
        ))}
      </ol>
    </Section>
  )
}

const AttemptLine = ({ attempt, total }: { readonly attempt: Attempt; readonly total: number }) => {
  const at = (time: number): string => `${(Math.min(time, total) / total) * 100}%`
  const first = attempt.firstByte ?? attempt.ended
  const colour = sideColour(attempt.side)
  return (
    <li>
      <p className={styles['attempt-head']}>
        <SideMark side={attempt.side} />
        <strong>{attempt.target}</strong>
        {attempt.simulated && <Simulated />}
        <span className={attempt.code === null ? styles['soft'] : styles['bad']}>
          {attempt.status ?? 'no answer'} {attempt.code}
        </span>
        {!attempt.sent && <span className={styles['soft']}>nothing left the process</span>}
        <span className={styles['took']}>{duration(attempt.ended - attempt.started)}</span>
      </p>
      <div className={styles['time']} aria-hidden="true">
        <span
          className={styles['wait']}
          style={{
            insetInlineStart: at(attempt.started),
            insetInlineEnd: `calc(100% - ${at(first)})`,
            background: colour,
          }}
        />
        <span
          className={styles['flow']}
          style={{
            insetInlineStart: at(first),
            insetInlineEnd: `calc(100% - ${at(attempt.ended)})`,
            background: colour,
          }}
        />
      </div>
      {attempt.message !== null && <p className={styles['message']}>{attempt.message}</p>}
    </li>
  )
}
