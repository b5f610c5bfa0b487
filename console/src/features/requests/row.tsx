import { memo } from 'react'
import type { RequestSummary } from '../../contract.ts'
import { count, duration, fullTime, money, timeOfDay } from '../../ui/format.ts'
import { SideMark, Simulated } from '../sides/index.ts'
import { CROSSING_WORDS, type Crossing } from './crossing.ts'
import { Labels } from './labels.tsx'
import { OutcomeSign } from './outcome.tsx'
import styles from './requests.module.css'

interface RowProps {
  readonly row: RequestSummary
  readonly crossing: Crossing | null
  /** Start of the minute, so that rows are not drawn anew at every tick. */
  readonly now: number
  readonly onOpen: (id: string) => void
}

export const Row = memo(({ row, crossing, now, onOpen }: RowProps) => (
  <tr className={styles['row']} title={row.why}>
    <td className={styles['cell-time']}>
      <button type="button" className={styles['open']} onClick={() => onOpen(row.id)} data-request={row.id}>
        <time dateTime={row.time} title={fullTime(row.time)}>
          {timeOfDay(row.time, now)}
        </time>
      </button>
    </td>
    <td className={styles['cell-where']}>
      <Where row={row} />
      {crossing !== null && (
        <span className={styles[`crossing-${crossing}`]}>
          <span aria-hidden="true">{crossing === 'home' ? '↤' : '↦'}</span> {CROSSING_WORDS[crossing]}
        </span>
      )}
    </td>
    <td className={styles['cell-use']}>
      {row.use ?? '–'}
      {row.session !== null && <span className={styles['session']}>{row.session}</span>}
    </td>
    <td className={styles['cell-label']}>
      <Labels level={row.level} kinds={row.kinds} conditions={row.conditions} />
    </td>
    <td className={styles['cell-outcome']}>
      <OutcomeSign outcome={row.outcome} status={row.status} />
    </td>
    <td className={styles['cell-tokens']}>
      <Tokens usage={row.usage} />
    </td>
    <td className={styles['cell-cost']}>
      <Cost row={row} />
    </td>
    <td className={styles['cell-latency']}>{duration(row.timing.total)}</td>
  </tr>
))

const Where = ({ row }: { readonly row: RequestSummary }) => (
  <span className={styles['where']}>
    <span className={styles['asked']}>{row.model ?? 'no model'}</span>
    <span aria-hidden="true" className={styles['arrow']}>
      →
    </span>
    {row.target === null || row.side === null ? (
      <span className={styles['nowhere']}>nowhere</span>
    ) : (
      <span className={styles['target']}>
        <SideMark side={row.side} />
        <span className={styles['target-name']}>{row.target}</span>
        <span className={styles['side-word']}>{row.side}</span>
        {row.simulated && <Simulated />}
        {row.failedAttempts > 0 && (
          <span className={styles['retried']} title={`${row.attempts} attempts`}>
            ×{row.attempts}
          </span>
        )}
      </span>
    )}
  </span>
)

/** A refused request was sent nowhere, so there is nothing to know; every other unknown is said. */
const Cost = ({ row: { cost, outcome } }: { readonly row: RequestSummary }) => (
  <span className={cost.nanos === null ? styles['quiet'] : undefined}>
    {cost.nanos === null && outcome === 'refused' ? '–' : money(cost.nanos, cost.estimated)}
  </span>
)

const Tokens = ({ usage }: { readonly usage: RequestSummary['usage'] }) => {
  if (usage.input === null && usage.output === null) return <span className={styles['quiet']}>–</span>
  const mark = usage.estimated ? '~' : ''
  return (
    <span title="Tokens in → out">
      {mark}
      {usage.input === null ? '?' : count(usage.input)}
      <span className={styles['arrow']}> → </span>
      {usage.output === null ? '?' : count(usage.output)}
    </span>
  )
}
