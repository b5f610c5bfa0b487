import type { Condition, Kind, Level } from '../../contract.ts'
import { Chip } from '../../ui/index.ts'
import styles from './requests.module.css'

interface Labelled {
  readonly level: Level | null
  readonly kinds: readonly Kind[]
  readonly conditions: readonly Condition[]
}

const CONDITION_WORDS: Readonly<Record<Condition, string>> = {
  unread: 'Holds media that nobody read',
  failed: 'Detection failed; treated as most sensitive',
}

/** What was found or declared. A public request without a finding shows nothing but a quiet word. */
export const Labels = ({ level, kinds, conditions }: Labelled) => {
  if (level === null) return <span className={styles['quiet']}>not labelled</span>
  if (kinds.length === 0 && conditions.length === 0)
    return <span className={styles['quiet']}>{level === 'public' ? 'nothing found' : level}</span>
  return (
    <span className={styles['chips']}>
      {kinds.map((kind) => (
        <Chip key={kind} look="strong" title={`Level: ${level}`}>
          {kind.replaceAll('_', ' ')}
        </Chip>
      ))}
      {conditions.map((condition) => (
        <Chip key={condition} look="dashed" title={CONDITION_WORDS[condition]}>
          {condition}
        </Chip>
      ))}
    </span>
  )
}
