import { type RefObject, useId, useRef } from 'react'
import type { StatusView } from '../../contract.ts'
import { count } from '../../ui/format.ts'
import { Button, Select } from '../../ui/index.ts'
import { type Choices, RAISED } from './choices.ts'
import { EXAMPLES } from './examples.ts'
import styles from './try.module.css'

interface TryFormProps {
  readonly status: StatusView | null
  readonly choices: Choices
  readonly onChoices: (choices: Choices) => void
  readonly draft: string
  readonly onDraft: (text: string) => void
  readonly asking: boolean
  readonly onTry: (text: string, choices: Choices) => void
}

export const TryForm = (props: TryFormProps) => {
  const { choices, draft, onDraft, asking, onTry } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const start = (): void => {
    if (draft.trim() === '') field.current?.focus()
    else onTry(draft, choices)
  }
  const empty = (): void => {
    onDraft('')
    field.current?.focus()
  }
  const take = (text: string): void => {
    onDraft(text)
    onTry(text, choices)
  }
  return (
    <form
      className={styles['form']}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <Field field={field} draft={draft} onDraft={onDraft} onStart={start} />
      {draft === '' && <Examples onPick={take} />}
      <div className={styles['controls']}>
        <Selects {...props} />
        <span className={styles['send']}>
          {draft !== '' && <Button onClick={empty}>Empty it</Button>}
          <button type="submit" className={styles['submit']} disabled={asking}>
            {asking ? 'Looking …' : 'Try it'}
          </button>
        </span>
      </div>
    </form>
  )
}

interface FieldProps extends Pick<TryFormProps, 'draft' | 'onDraft'> {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly onStart: () => void
}

const Field = ({ field, draft, onDraft, onStart }: FieldProps) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className={styles['name']}>
        Text of a message
      </label>
      <textarea
        ref={field}
        id={id}
        className={styles['field']}
        value={draft}
        rows={8}
        dir="auto"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        placeholder="Paste or type what somebody might send to a model …"
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          onStart()
        }}
      />
      <p className={styles['hint']} id={`${id}-hint`}>
        <span>Ctrl + Enter tries it; at most 1 MB.</span>
        <span>{draft === '' ? '' : `${count(draft.length)} characters`}</span>
      </p>
    </>
  )
}

const Selects = ({ status, choices, onChoices }: Pick<TryFormProps, 'status' | 'choices' | 'onChoices'>) => {
  const set = (name: keyof Choices) => (value: string) => onChoices({ ...choices, [name]: value })
  const models = status === null ? [] : [...status.routes, ...status.targets.map(({ name }) => name)]
  return (
    <>
      <Select
        name="Use"
        none="the key’s first"
        choices={withChosen(status?.uses ?? [], choices.use)}
        value={choices.use}
        onChange={set('use')}
      />
      <Select
        name="Model"
        none="the first route"
        choices={withChosen(models, choices.model)}
        value={choices.model}
        onChange={set('model')}
      />
      <Select
        name="Raise to"
        none="as found"
        choices={RAISED}
        value={choices.level}
        onChange={set('level')}
      />
    </>
  )
}

/** A name from the address that the configuration does not know stays in sight, and the server says so. */
const withChosen = (names: readonly string[], chosen: string): readonly string[] => {
  const each = [...new Set(names)]
  return chosen === '' || each.includes(chosen) ? each : [...each, chosen]
}

const Examples = ({ onPick }: { readonly onPick: (text: string) => void }) => (
  <div className={styles['examples']}>
    <span>Or take one that is made up:</span>
    {EXAMPLES.map(({ name, text }) => (
      <Button key={name} onClick={() => onPick(text)}>
        {name}
      </Button>
    ))}
  </div>
)
