import type { Crossing, RequestRecord, Way } from '../../../contract.ts'
import { count } from '../../../ui/format.ts'
import styles from './drawer.module.css'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'

const WAY_WORDS: Readonly<Record<Way, string>> = { pseudonyms: 'under pseudonyms', masked: 'masked' }

/** `2 under pseudonyms`, by kind. */
const takenFrom = ({
  input,
  values,
}: Crossing): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(input.label.replaced ?? {}).map(([kind, way]) => ({
    name: kind.replaceAll('_', ' '),
    value: `${count(Object.entries(values).find(([each]) => each === kind)?.[1] ?? 0)} ${WAY_WORDS[way]}`,
  }))

/** The second way: what was taken out of the request, what was put back in the answer, or where it failed. */
export const TakenOut = ({ record: { crossing, decision, target } }: { readonly record: RequestRecord }) => {
  if (crossing == null) return null
  const { left, restored, unsure, verdict } = crossing
  const already = new Set(decision?.verdict.permitted.map((one) => one.target) ?? [])
  const opened = verdict.permitted.filter((one) => !already.has(one.target))
  const isUsed = opened.some((one) => one.target === target)
  return (
    <Section title="With values taken out">
      {left.length > 0 && (
        <p>
          Tried, and given up: not every value could be reached, so it was offered to nobody so. What stayed,
          by place:{' '}
          {left.map((path) => (
            <code key={path} className={styles['left']}>
              {path}
            </code>
          ))}
        </p>
      )}
      {left.length === 0 && (
        <p className={styles['soft']}>
          {isUsed
            ? 'What left the process held stand-ins in their place.'
            : 'It could have gone so, and was answered without.'}
        </p>
      )}
      <Facts
        facts={[
          ...takenFrom(crossing),
          { name: 'Opened', value: opened.map((one) => one.target).join(', ') },
          { name: 'Put back in the answer', value: isUsed ? count(restored) : null },
          {
            name: 'Left as they came',
            value: unsure === 0 ? null : `${count(unsure)}, not certain to be stand-ins`,
          },
        ]}
      />
    </Section>
  )
}
