import { type ReactNode, useId } from 'react'
import type { ExplainView, NotAsked } from '../../contract.ts'
import { plural } from '../../ui/format.ts'
import { Chip, Notice } from '../../ui/index.ts'
import { Findings } from './findings.tsx'
import { MarkedText } from './marked-text.tsx'
import { Targets } from './target-list.tsx'
import styles from './try.module.css'

/** The answer to one try: its label, where it may go, the text with its findings, and what was not looked at. */
export const Result = ({
  view,
  text,
  isOld,
}: {
  readonly view: ExplainView
  readonly text: string
  /** True where the field holds another text by now. */
  readonly isOld: boolean
}) => (
  <>
    <Verdict view={view} isOld={isOld} />
    <div className={styles['result']}>
      <Card title="What was found" aside={plural(view.findings.length + view.label.omitted, 'finding')}>
        <MarkedText text={text} findings={view.findings} />
        <Findings findings={view.findings} omitted={view.label.omitted} />
      </Card>
      <Card title="Where it may go" aside={view.model}>
        <Targets view={view} />
      </Card>
    </div>
    <NotLookedAt notAsked={view.notAsked} />
  </>
)

const Card = ({
  title,
  aside,
  children,
}: {
  readonly title: string
  readonly aside: string
  readonly children: ReactNode
}) => {
  const id = useId()
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <div className={styles['card-head']}>
        <h2 id={id}>{title}</h2>
        <span className={styles['soft']}>{aside}</span>
      </div>
      {children}
    </section>
  )
}

const Verdict = ({ view, isOld }: { readonly view: ExplainView; readonly isOld: boolean }) => {
  const { label, use, key, profile } = view
  const { declared, raised, sticky = [] } = label
  const notes = [
    `for use ${use}${key === '' ? '' : `, key ${key}`}, profile ${profile}`,
    declared.length > 0 ? `declared by the use: ${words(declared)}` : '',
    raised === null ? '' : `raised to ${raised} by the client`,
    sticky.length > 0 ? `carried by the conversation before: ${words(sticky)}` : '',
  ].filter((note) => note !== '')
  return (
    <div className={styles['verdict']}>
      <p className={styles['label']}>
        <span className={styles[`level-${label.level}`]}>{label.level}</span>
        {label.kinds.map((kind) => (
          <span key={kind} className={styles['kind']} data-kind={kind}>
            {kind.replaceAll('_', ' ')}
          </span>
        ))}
        {label.conditions.map((condition) => (
          <Chip key={condition} look="dashed">
            {condition}
          </Chip>
        ))}
        {label.kinds.length === 0 && label.conditions.length === 0 && (
          <span>nothing found that has a floor</span>
        )}
      </p>
      <p className={styles['soft']}>Judged {notes.join('; ')}</p>
      {isOld && (
        <p className={styles['old']}>The text above has changed since; try it again for its own answer.</p>
      )}
    </div>
  )
}

const words = (kinds: readonly string[]): string => kinds.join(', ').replaceAll('_', ' ')

const NotLookedAt = ({
  notAsked: { attachments, stages, conversation },
}: {
  readonly notAsked: NotAsked
}) => {
  const lines = [
    attachments ? 'What is no text was not unpacked, as it would be on its way to a model.' : '',
    stages.length > 0
      ? `Further readers (${stages.join(', ')}) were not asked; on its way to a model they are, and only add.`
      : '',
    conversation ? 'Earlier turns of a conversation count too; this text has none.' : '',
  ].filter((line) => line !== '')
  return lines.length === 0 ? null : <Notice title="Not looked at here" text={lines.join(' ')} />
}
