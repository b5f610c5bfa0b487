import type { Outcome, RequestSummary } from '../../contract.ts'
import styles from './requests.module.css'

const SIGNS: Readonly<Record<Outcome, string>> = {
  answered: '✓',
  refused: '⊘',
  failed: '✕',
  'client-closed': '⋯',
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  answered: 'answered',
  refused: 'refused',
  failed: 'failed',
  'client-closed': 'client left',
}

export const OutcomeSign = ({ outcome, status }: Pick<RequestSummary, 'outcome' | 'status'>) => (
  <span className={styles[outcome]}>
    <span aria-hidden="true" className={styles['sign']}>
      {SIGNS[outcome]}
    </span>{' '}
    {OUTCOME_WORDS[outcome]} <span className={styles['status']}>{status}</span>
  </span>
)
