import type { ReactNode } from 'react'
import styles from './drawer.module.css'

export interface Fact {
  readonly name: string
  readonly value: ReactNode
}

/** Names and values; what has no value is left out. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={styles['fact-list']}>
    {facts
      .filter((fact) => fact.value !== null && fact.value !== '')
      .map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
  </dl>
)
