import type { RequestRecord } from '../../../contract.ts'
import { CopyButton } from '../../../ui/index.ts'
import styles from './drawer.module.css'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'

export const Identifiers = ({ record, time }: { readonly record: RequestRecord; readonly time: string }) => (
  <Section title="On the record" aside={<CopyButton text={record.id} name="Copy id" />}>
    <Facts
      facts={[
        { name: 'Request', value: <code>{record.id}</code> },
        { name: 'Time', value: time },
        { name: 'Use', value: record.use },
        { name: 'Key', value: record.key },
        { name: 'Team', value: record.team },
        { name: 'Conversation', value: record.session },
        { name: 'Asked for', value: record.model },
        { name: 'Door', value: `${record.method} ${record.path}` },
        { name: 'Dialect', value: record.dialect },
        { name: 'Rule that refused', value: record.rule === null ? null : <code>{record.rule}</code> },
        {
          name: 'Not carried over',
          value: record.dropped.length === 0 ? null : <code>{record.dropped.join(', ')}</code>,
        },
        {
          name: 'At the upstream',
          value: record.attempts.at(-1)?.upstreamRequest ?? null,
        },
        { name: 'Configuration', value: <code className={styles['hash']}>{record.snapshot}</code> },
      ]}
    />
  </Section>
)
