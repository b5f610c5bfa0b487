import type { RequestView } from '../../../contract.ts'
import { duration } from '../../../ui/format.ts'
import { SideName, Simulated } from '../../sides/index.ts'
import { OutcomeSign } from '../outcome.tsx'
import styles from './drawer.module.css'

/** The answer before the details: where it went, and why in one line. */
export const Verdict = ({ view: { record, why } }: { readonly view: RequestView }) => (
  <div className={styles['verdict']}>
    <h2>
      {record.target === null || record.side === null ? (
        <>Went nowhere</>
      ) : (
        <>
          {record.outcome === 'answered' ? 'Answered by ' : 'Went to '}
          {record.target}{' '}
          <span className={styles['verdict-side']}>
            <SideName side={record.side} />
          </span>{' '}
          {record.simulated && <Simulated />}
        </>
      )}
    </h2>
    <p className={styles['why']}>{why}</p>
    <p className={styles['facts']}>
      <OutcomeSign outcome={record.outcome} status={record.status} />
      {record.code !== null && <code>{record.code}</code>}
      <span>{duration(record.timing.total)}</span>
      <span>{record.stream ? 'streamed' : 'not streamed'}</span>
    </p>
  </div>
)
