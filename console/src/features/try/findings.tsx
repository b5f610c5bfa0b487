import type { ExplainedFinding } from '../../contract.ts'
import { plural, share } from '../../ui/format.ts'
import styles from './try.module.css'

/** Each finding with its reason, and whether it counts. */
export const Findings = ({
  findings,
  omitted,
}: {
  readonly findings: readonly ExplainedFinding[]
  readonly omitted: number
}) => (
  <>
    {findings.length > 0 && (
      <table className={styles['findings']}>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Kind</th>
            <th scope="col">What</th>
            <th scope="col">Sure</th>
            <th scope="col">Counts</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding, number) => (
            <Row
              key={`${finding.path} ${finding.start} ${finding.type}`}
              finding={finding}
              number={number + 1}
            />
          ))}
        </tbody>
      </table>
    )}
    {omitted > 0 && (
      <p className={styles['soft']}>
        and {plural(omitted, 'more finding')}, counted for the label and not listed
      </p>
    )}
  </>
)

const Row = ({ finding, number }: { readonly finding: ExplainedFinding; readonly number: number }) => {
  const { kind, type, sub, country, masked, reason, path, confidence } = finding
  const narrower = [sub, country === sub ? undefined : country].filter((word) => word !== undefined)
  return (
    <tr>
      <td className={styles['cell-number']}>{number}</td>
      <td>
        <span className={styles['kind']} data-kind={kind ?? 'none'}>
          {kind?.replaceAll('_', ' ') ?? 'no floor'}
        </span>
      </td>
      <td className={styles['cell-what']}>
        <strong>{type}</strong>
        {narrower.length > 0 && <span className={styles['soft']}> {narrower.join(', ')}</span>}{' '}
        <code>{masked}</code>
        <span className={styles['reason']}>{reason}</span>
        {path !== 'messages[0].content' && <code className={styles['path']}>{path}</code>}
      </td>
      <td className={styles['cell-sure']}>{share(confidence, 1)}</td>
      <td>{countsWord(finding)}</td>
    </tr>
  )
}

const countsWord = ({ counts, threshold }: ExplainedFinding): string => {
  if (threshold === null) return 'no floor'
  return counts ? 'yes' : `from ${share(threshold, 1)}`
}
