import { type ReactNode, useId, useState } from 'react'
import styles from './ui.module.css'

export interface Choice<T extends string> {
  readonly value: T
  readonly text: string
}

/** One of a few, all in sight. */
export const Segments = <T extends string>({
  name,
  choices,
  value,
  onChange,
}: {
  readonly name: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}) => {
  const group = useId()
  return (
    <fieldset className={styles['segments']} aria-label={name}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={group}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.text}
        </label>
      ))}
    </fieldset>
  )
}

/** One of many or none; none is the empty string, and `none` what it is called. */
export const Select = ({
  name,
  choices,
  value,
  none = 'any',
  onChange,
}: {
  readonly name: string
  readonly choices: readonly string[]
  readonly value: string
  readonly none?: string
  readonly onChange: (value: string) => void
}) => (
  <label className={`${styles['select']} ${value === '' ? '' : styles['active']}`}>
    <span>{name}</span>
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{none}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  </label>
)

export const Search = ({
  name,
  value,
  onChange,
}: {
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
}) => (
  <label className={styles['search']}>
    <span className={styles['hidden']}>{name}</span>
    <input
      type="search"
      placeholder={name}
      value={value}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
)

export const Button = ({
  children,
  onClick,
  pressed,
  disabled = false,
  title,
}: {
  readonly children: ReactNode
  readonly onClick: () => void
  readonly pressed?: boolean
  readonly disabled?: boolean
  readonly title?: string
}) => (
  <button
    type="button"
    className={styles['button']}
    onClick={onClick}
    aria-pressed={pressed}
    disabled={disabled}
    title={title}
  >
    {children}
  </button>
)

/** Says for two seconds that it has copied, or that the browser would not. */
export const CopyButton = ({ text, name = 'Copy' }: { readonly text: string; readonly name?: string }) => {
  const [said, setSaid] = useState<string | null>(null)
  const say = (words: string): void => {
    setSaid(words)
    setTimeout(() => setSaid(null), 2000)
  }
  const copy = (): void => {
    if (navigator.clipboard === undefined) say('Select and copy by hand')
    else
      navigator.clipboard.writeText(text).then(
        () => say('Copied'),
        () => say('Not allowed'),
      )
  }
  return (
    <Button onClick={copy}>
      <span aria-live="polite">{said ?? name}</span>
    </Button>
  )
}
