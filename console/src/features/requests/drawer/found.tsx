import type { Finding, RequestRecord } from '../../../contract.ts'
import { plural } from '../../../ui/format.ts'
import { Chip } from '../../../ui/index.ts'
import { Labels } from '../labels.tsx'
import styles from './drawer.module.css'
import { Section } from './section.tsx'

/** The label and its findings. Values were never stored; what is shown is their shape. */
export const Found = ({ record }: { readonly record: RequestRecord }) => {
  const declared = record.decision?.input.use.carries ?? []
  const raised = record.decision?.input.label.raised ?? null
  return (
    <Section
      title="What it carried"
      aside={
        record.level !== null && (
          <Chip look={record.level === 'public' ? 'plain' : 'strong'}>{record.level}</Chip>
        )
      }
    >
      <p className={styles['line']}>
        <Labels level={record.level} kinds={record.kinds} conditions={record.conditions} />
        {declared.length > 0 && (
          <span className={styles['soft']}>declared by the use: {declared.join(', ')}</span>
        )}
        {raised !== null && <span className={styles['soft']}>raised by the client to {raised}</span>}
      </p>
      <FindingList findings={record.findings} />
      {record.omittedFindings > 0 && (
        <p className={styles['soft']}>and {plural(record.omittedFindings, 'more finding')}, not listed</p>
      )}
    </Section>
  )
}

/** Findings by their shape, with the reason and the place. */
export const FindingList = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.length === 0 ? null : (
    <ul className={styles['findings']}>
      {findings.map((finding) => (
        <li key={`${finding.path} ${finding.start} ${finding.type}`}>
          <span className={styles['type']}>
            {finding.type}
            {finding.country !== undefined && <span className={styles['soft']}> {finding.country}</span>}
          </span>
          <code className={styles['masked']}>{finding.masked}</code>
          <span className={styles['reason']}>{finding.reason}</span>
          <code className={styles['path']}>{finding.path}</code>
        </li>
      ))}
    </ul>
  )
