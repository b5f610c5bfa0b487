import type { ReactNode } from 'react'
import { count, money, plural, share, short } from '../../ui/format.ts'
import styles from './overview.module.css'
import type { Sums } from './sums.ts'

const Figure = ({
  name,
  value,
  note,
}: {
  readonly name: string
  readonly value: string
  readonly note: ReactNode
}) => (
  <div className={styles['figure']}>
    <dt>{name}</dt>
    <dd className={styles['value']}>{value}</dd>
    <dd className={styles['note']}>{note}</dd>
  </div>
)

const costNote = ({ requests, unknownCosts, estimated }: Sums): string => {
  if (requests === 0) return 'nothing spent'
  if (unknownCosts > 0) return `+ ${count(unknownCosts)} unknown`
  return estimated ? 'partly estimated' : 'every cost known'
}

/** Keeps its place while loading, so that nothing moves when the numbers come. */
export const Figures = ({ sums }: { readonly sums: Sums | null }) => {
  const of = (pick: (sums: Sums) => string): string => (sums === null ? '–' : pick(sums))
  return (
    <dl className={styles['figures']} aria-busy={sums === null}>
      <Figure
        name="Requests"
        value={of((s) => short(s.requests))}
        note={of((s) => (s.left > 0 ? `${count(s.left)} left early` : 'all followed to their end'))}
      />
      <Figure name="At home" value={of((s) => share(s.home, s.requests))} note={of((s) => count(s.home))} />
      <Figure
        name="Crossed"
        value={of((s) => share(s.crossed, s.requests))}
        note={of((s) => count(s.crossed))}
      />
      <Figure
        name="Refused"
        value={of((s) => share(s.refused, s.requests))}
        note={of((s) => count(s.refused))}
      />
      <Figure
        name="Failed"
        value={of((s) => count(s.failed))}
        note={of((s) => share(s.failed, s.requests))}
      />
      <Figure
        name="Tokens"
        value={of((s) => short(s.inputTokens + s.outputTokens))}
        note={of((s) => `${short(s.inputTokens)} in, ${short(s.outputTokens)} out`)}
      />
      <Figure
        name="Known cost"
        value={of((s) => money(s.nanos, s.estimated))}
        note={
          <span title={sums === null ? '' : `${plural(sums.unknownCosts, 'request')} without a known price`}>
            {of(costNote)}
          </span>
        }
      />
    </dl>
  )
}
