import type { ExplainView, Way } from '../../contract.ts'
import { plural } from '../../ui/format.ts'
import { Notice } from '../../ui/index.ts'
import { SideMark, Simulated } from '../sides/index.ts'
import { type Fate, fatesOf } from './fates.ts'
import styles from './try.module.css'

const WAY_WORDS: Readonly<Record<Way, string>> = { pseudonyms: 'under pseudonyms', masked: 'masked' }

/** Every target of the model that was named, with the rule that decided and what would let it pass. */
export const Targets = ({ view }: { readonly view: ExplainView }) => {
  const { refusal, ranking } = view
  return (
    <>
      {refusal !== null && <Notice bad title={`A client would get ${refusal.code}`} text={refusal.message} />}
      <ol className={styles['targets']}>
        {fatesOf(view).map((fate) => (
          <Target key={fate.candidate.target} fate={fate} view={view} />
        ))}
      </ol>
      {view.across !== null && <Across view={view} />}
      {ranking !== null && ranking.order.length > 0 && (
        <p className={styles['order']}>
          <strong>Order:</strong> {ranking.order.join(', then ')}.{' '}
          <span className={styles['soft']}>{ranking.why}</span>
        </p>
      )}
    </>
  )
}

const Target = ({ fate, view }: { readonly fate: Fate; readonly view: ExplainView }) => {
  const { candidate, may, rule, lack } = fate
  const { target, side, model, simulated, refusal } = candidate
  return (
    <li className={styles[`may-${may}`]}>
      <span className={styles['target']}>
        {side !== null && <SideMark side={side} />}
        <strong>{target}</strong>
        <span className={styles['soft']}>
          {side} {model}
        </span>
        {simulated && <Simulated />}
      </span>
      <span className={styles['may']}>{mayWords(may, view)}</span>
      <code className={styles['rule']}>{rule}</code>
      {lack !== null && <p className={styles['soft']}>{lack}</p>}
      {may === 'no' && refusal !== null && (
        <>
          <p>{refusal.reason}</p>
          <p className={styles['soft']}>
            <strong>To let it pass:</strong> {refusal.remedy}
          </p>
        </>
      )}
    </li>
  )
}

const kindsTaken = ({ across }: ExplainView): readonly (readonly [string, Way])[] =>
  Object.entries(across?.ways ?? {})

const waysOf = (view: ExplainView): string =>
  [...new Set(kindsTaken(view).map(([, way]) => WAY_WORDS[way]))].join(' or ')

const mayWords = (may: Fate['may'], view: ExplainView): string => {
  switch (may) {
    case 'yes':
      return 'may have it'
    case 'across':
      return `only ${waysOf(view)}`
    case 'no':
      return 'may not'
  }
}

const Across = ({ view }: { readonly view: ExplainView }) => (
  <p className={styles['across']}>
    <strong>Taken out first:</strong> {plural(view.across?.findings ?? 0, 'value')} (
    {kindsTaken(view)
      .map(([kind, way]) => `${kind.replaceAll('_', ' ')} ${WAY_WORDS[way]}`)
      .join(', ')}
    ).{' '}
    <span className={styles['soft']}>
      Only if every one can be reached: a value in a header, a key or an encoded run stays where it is, and
      then none of them may have it.
    </span>
  </p>
)
