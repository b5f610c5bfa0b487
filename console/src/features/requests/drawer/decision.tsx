import type { RequestRecord, TargetView } from '../../../contract.ts'
import { SideMark, Simulated } from '../../sides/index.ts'
import styles from './drawer.module.css'
import { Section } from './section.tsx'

interface DecisionProps {
  readonly record: RequestRecord
  readonly targets: readonly TargetView[]
}

/** Where it might have gone and where not, by rule, and why the permitted ones stood in their order. */
export const Decision = ({ record, targets }: DecisionProps) => {
  const { decision, ranking } = record
  if (decision === null) {
    return (
      <Section title="Where it was allowed to go">
        <p className={styles['soft']}>It did not come as far as a decision.</p>
      </Section>
    )
  }
  const { refusals } = decision.verdict
  const order = ranking?.answer.order ?? []
  const place = (target: string): number => order.indexOf(target) + 1 || order.length + 1
  const allowed = allowedBy(record).sort((a, b) => place(a.target) - place(b.target))
  const names = new Set(allowed.map(({ target }) => target))
  return (
    <Section title="Where it was allowed to go">
      <ol className={styles['targets']}>
        {allowed.map(({ target, rule, asItCame }) => (
          <li key={target} className={target === record.target ? styles['chosen'] : undefined}>
            <TargetLine name={target} targets={targets} />
            <span className={styles['may']}>
              {asItCame === null ? 'allowed' : 'allowed with values taken out'}
            </span>
            <code className={styles['rule']}>{rule}</code>
            {asItCame !== null && <p className={styles['soft']}>Not as it came: {asItCame}</p>}
            {lackOf(record, target) !== null && <p className={styles['soft']}>{lackOf(record, target)}</p>}
          </li>
        ))}
        {refusals
          .filter(({ target }) => !names.has(target))
          .map((refusal) => (
            <li key={refusal.target} className={styles['barred']}>
              <TargetLine name={refusal.target} targets={targets} />
              <span className={styles['may-not']}>not allowed</span>
              <code className={styles['rule']}>{refusal.rule}</code>
              <p>{refusal.reason}</p>
              <p className={styles['remedy']}>
                <strong>To let it pass:</strong> {refusal.remedy}
              </p>
            </li>
          ))}
      </ol>
      {ranking !== null && (
        <p className={styles['ranking']}>
          <strong>Why this order.</strong> {ranking.answer.why}{' '}
          <span className={styles['soft']}>({ranking.input.objective})</span>
        </p>
      )}
    </Section>
  )
}

interface Allowed {
  readonly target: string
  readonly rule: string
  /** Why not with its values in it, where they had to be taken out. */
  readonly asItCame: string | null
}

/** Every target that could have it, as it came or with values taken out. */
const allowedBy = ({ decision, crossing }: RequestRecord): Allowed[] => {
  const permitted = decision?.verdict.permitted ?? []
  const refusals = new Map(decision?.verdict.refusals.map(({ target, reason }) => [target, reason]))
  const over = (crossing?.verdict.permitted ?? []).filter(({ target }) => refusals.has(target))
  return [
    ...permitted.map((one) => ({ ...one, asItCame: null })),
    ...over.map((one) => ({ ...one, asItCame: refusals.get(one.target) ?? '' })),
  ]
}

/** Why a permitted target was not tried at all. */
const lackOf = ({ ranking }: RequestRecord, target: string): string | null => {
  const unable = ranking?.answer.unable.find((entry) => entry.target === target)
  if (unable !== undefined) return `Not able: ${unable.lacks}`
  const down = ranking?.answer.down.find((entry) => entry.target === target)
  return down === undefined ? null : `Not healthy: ${down.why}`
}

const TargetLine = ({
  name,
  targets,
}: {
  readonly name: string
  readonly targets: readonly TargetView[]
}) => {
  const target = targets.find((known) => known.name === name)
  return (
    <span className={styles['target-line']}>
      {target !== undefined && <SideMark side={target.side} />}
      <strong>{name}</strong>
      {target !== undefined && <span className={styles['soft']}>{target.side}</span>}
      {target?.simulated === true && <Simulated />}
    </span>
  )
}
