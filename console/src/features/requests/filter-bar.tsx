import { useEffect, useState } from 'react'
import { Button, Search, Select } from '../../ui/index.ts'
import { SIDES } from '../sides/index.ts'
import { type FilterName, type Filters, isNarrowed, KINDS, NO_FILTERS, OUTCOMES } from './filters.ts'
import styles from './requests.module.css'

const TYPING = 250

export const FilterBar = ({
  filters,
  uses,
  onChange,
}: {
  readonly filters: Filters
  readonly uses: readonly string[]
  readonly onChange: (filters: Filters) => void
}) => {
  const set = (name: FilterName) => (value: string) => onChange({ ...filters, [name]: value })
  return (
    <search className={styles['filters']} aria-label="Narrow the list down">
      <TypedSearch value={filters.search} onChange={set('search')} />
      <Select name="Side" choices={SIDES} value={filters.side} onChange={set('side')} />
      <Select name="Outcome" choices={OUTCOMES} value={filters.outcome} onChange={set('outcome')} />
      <Select name="Found" choices={KINDS} value={filters.kind} onChange={set('kind')} />
      <Select name="Use" choices={uses} value={filters.use} onChange={set('use')} />
      {filters.target !== '' && (
        <Pinned name="target" value={filters.target} onClear={() => set('target')('')} />
      )}
      {filters.session !== '' && (
        <Pinned name="conversation" value={filters.session} onClear={() => set('session')('')} />
      )}
      {isNarrowed(filters) && <Button onClick={() => onChange(NO_FILTERS)}>Show all</Button>}
    </search>
  )
}

const Pinned = ({
  name,
  value,
  onClear,
}: {
  readonly name: string
  readonly value: string
  readonly onClear: () => void
}) => (
  <Button pressed onClick={onClear} title={`Stop narrowing down by this ${name}`}>
    {name} {value} ✕
  </Button>
)

/** Asks when the typing rests, not at each letter. */
const TypedSearch = ({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) => {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts the wait.
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed), TYPING)
    return () => clearTimeout(timer)
  }, [typed])
  return <Search name="Search id, model, key, target" value={typed} onChange={setTyped} />
}
