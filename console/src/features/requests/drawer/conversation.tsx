import type { SessionStep } from '../../../contract.ts'
import { Button } from '../../../ui/index.ts'
import { SideMark } from '../../sides/index.ts'
import { CROSSING_WORDS, crossingsOf } from '../crossing.ts'
import { OUTCOME_WORDS } from '../outcome.tsx'
import styles from './drawer.module.css'
import { Section } from './section.tsx'

interface ConversationProps {
  readonly turns: readonly SessionStep[]
  readonly current: string
  readonly name: string
  readonly onOpen: (id: string) => void
  readonly onAll: (session: string) => void
}

/** The turns of one conversation in order, with the place where it changed banks. */
export const Conversation = ({ turns, current, name, onOpen, onAll }: ConversationProps) => {
  const crossings = crossingsOf(turns)
  return (
    <Section
      title={`Conversation ${name}`}
      aside={<Button onClick={() => onAll(name)}>Show in the list</Button>}
    >
      <ol className={styles['turns']}>
        {turns.map((turn, index) => {
          const crossing = crossings.get(turn.id)
          return (
            <li key={turn.id}>
              {crossing !== undefined && (
                <p className={styles[`turn-${crossing}`]}>{CROSSING_WORDS[crossing]}</p>
              )}
              <button
                type="button"
                className={styles['turn']}
                aria-current={turn.id === current ? 'true' : undefined}
                onClick={() => onOpen(turn.id)}
              >
                <span className={styles['turn-number']}>{index + 1}</span>
                {turn.side !== null && <SideMark side={turn.side} />}
                <span>{turn.target ?? OUTCOME_WORDS[turn.outcome]}</span>
                <span className={styles['soft']}>{turn.side}</span>
                <span className={styles['turn-kinds']}>{turn.kinds.join(', ').replaceAll('_', ' ')}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}
