import type { ExplainView, StatusView } from '../../contract.ts'
import { plural } from '../../ui/format.ts'
import { Hidden, Notice } from '../../ui/index.ts'
import type { Choices } from './choices.ts'
import { TryForm } from './form.tsx'
import { Result } from './result.tsx'
import styles from './try.module.css'
import { useExplain } from './use-explain.ts'

interface TryProps {
  readonly status: StatusView | null
  readonly choices: Choices
  readonly onChoices: (choices: Choices) => void
  readonly draft: string
  readonly onDraft: (text: string) => void
}

/** A text is looked at as the front door would; nothing is sent to a model and nothing kept. */
export const Try = ({ status, choices, onChoices, draft, onDraft }: TryProps) => {
  const [explanation, explain] = useExplain()
  const { view, text, failure, asking } = explanation
  return (
    <>
      <div className={styles['head']}>
        <h1>What would happen to this text?</h1>
        <p>
          It goes to this gateway alone. It is sent to no model, kept nowhere and never part of an address.
        </p>
        <div role="status">
          <Hidden>{asking ? 'Looking …' : view === null ? '' : inWords(view)}</Hidden>
        </div>
      </div>
      <TryForm
        status={status}
        choices={choices}
        onChoices={onChoices}
        draft={draft}
        onDraft={onDraft}
        asking={asking}
        onTry={explain}
      />
      {failure !== null && <Notice bad title={failure.message} text={failure.next} />}
      {view !== null && <Result view={view} text={text} isOld={text !== draft} />}
    </>
  )
}

/** The answer for who hears it rather than sees it. */
const inWords = ({ label, findings, refusal }: ExplainView): string => {
  const kinds = label.kinds.length === 0 ? '' : `: ${label.kinds.join(', ').replaceAll('_', ' ')}`
  const end = refusal === null ? '' : ' Nobody may have it.'
  return `${label.level}${kinds}, ${plural(findings.length + label.omitted, 'finding')}.${end}`
}
