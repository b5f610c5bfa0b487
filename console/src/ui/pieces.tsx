import type { ReactNode } from 'react'
import { CopyButton } from './controls.tsx'
import styles from './ui.module.css'

export const Chip = ({
  children,
  look = 'plain',
  title,
}: {
  readonly children: ReactNode
  readonly look?: 'plain' | 'strong' | 'dashed'
  readonly title?: string
}) => (
  <span className={`${styles['chip']} ${look === 'plain' ? '' : styles[look]}`} title={title}>
    {children}
  </span>
)

/** Something the reader should know, and what can be done about it. */
export const Notice = ({
  title,
  text,
  bad = false,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly bad?: boolean
  readonly children?: ReactNode
}) => (
  <div className={`${styles['notice']} ${bad ? styles['bad'] : ''}`} role={bad ? 'alert' : 'status'}>
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
    </div>
    {children}
  </div>
)

export const CodeBlock = ({ code }: { readonly code: string }) => (
  <div className={styles['code']}>
    <pre>
      <code>{code}</code>
    </pre>
    <CopyButton text={code} />
  </div>
)

/** `part` from 0 to 1; null while nobody knows. */
export const Meter = ({ name, part }: { readonly name: string; readonly part: number | null }) => (
  <div
    className={styles['meter']}
    role="progressbar"
    aria-label={name}
    aria-valuenow={part === null ? undefined : Math.round(part * 100)}
    data-unknown={part === null}
  >
    <span style={part === null ? undefined : { inlineSize: `${part * 100}%` }} />
  </div>
)

export const Hidden = ({ children }: { readonly children: ReactNode }) => (
  <span className={styles['hidden']}>{children}</span>
)
