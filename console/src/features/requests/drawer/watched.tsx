import type { Guarded, RequestRecord } from '../../../contract.ts'
import { plural } from '../../../ui/format.ts'
import { Chip } from '../../../ui/index.ts'
import styles from './drawer.module.css'
import { FindingList } from './found.tsx'
import { Section } from './section.tsx'

const ACTION_WORDS: Readonly<Record<Guarded['action'], string>> = {
  marked: 'It went on as it was, and is marked here.',
  masked: 'What is listed was masked before the client got it.',
  stopped: 'The answer ended there.',
}

/** What the guard saw in the answer; nothing where it had nothing to say. */
export const Watched = ({ record: { guarded } }: { readonly record: RequestRecord }) => {
  if (guarded == null) return null
  return (
    <Section title="What the answer held" aside={<Chip look="strong">{guarded.action}</Chip>}>
      <p className={styles['soft']}>{ACTION_WORDS[guarded.action]}</p>
      <FindingList findings={guarded.findings} />
      {guarded.omitted > 0 && (
        <p className={styles['soft']}>and {plural(guarded.omitted, 'more finding')}, not listed</p>
      )}
    </Section>
  )
}
