import { count, share } from '../../ui/format.ts'
import { type Bank, SIDE_MEANING, SideMark, Simulated } from '../sides/index.ts'
import type { BankRow, SideGroup } from './landings.ts'
import styles from './shores.module.css'
import type { Picked } from './shores.tsx'

const TITLES: Readonly<Record<Bank, readonly [title: string, meaning: string, empty: string]>> = {
  home: [
    'Home shore',
    'stays in your hands',
    'No own or attested model yet. What must not leave is refused until there is one.',
  ],
  far: ['Far shore', 'others see the text', 'No rented or closed model. Nothing can cross.'],
}

interface BankProps {
  readonly bank: Bank
  readonly groups: readonly SideGroup[]
  readonly height: number
  /** Requests in all, for the shares. */
  readonly all: number
  readonly onPick: (picked: Picked) => void
}

export const BankView = ({ bank, groups, height, all, onPick }: BankProps) => {
  const [title, meaning, empty] = TITLES[bank]
  return (
    <div className={styles[bank]}>
      <p className={styles['title']}>
        <strong>{title}</strong> <span>{meaning}</span>
      </p>
      <div className={styles['land']} style={{ blockSize: height }}>
        {groups.length === 0 && <p className={styles['empty']}>{empty}</p>}
        {groups.map((group) => (
          <div key={group.side}>
            <button
              type="button"
              className={styles['side']}
              title={`${SIDE_MEANING[group.side]}: show only these`}
              onClick={() => onPick({ side: group.side })}
            >
              <SideMark side={group.side} />
              <strong>{group.side}</strong>
              <span className={styles['meaning']}>{SIDE_MEANING[group.side]}</span>
              <span className={styles['share']}>{share(group.requests, all)}</span>
            </button>
            <ul>
              {group.rows.map((row) => (
                <TargetRow key={row.key} row={row} onPick={onPick} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </div>
  )
}

const TargetRow = ({ row, onPick }: { readonly row: BankRow; readonly onPick: BankProps['onPick'] }) => {
  const { target } = row
  const down = target?.health?.state === 'down'
  const inside = (
    <>
      <span className={styles['target-name']}>{row.name}</span>
      <span className={styles['model']}>
        {target?.simulated === true && <Simulated />}
        {down && (
          <span className={styles['down']} title={target.health?.why ?? undefined}>
            down
          </span>
        )}
        <span className={styles['model-name']}>{target?.model ?? 'no longer configured'}</span>
      </span>
      <span className={styles['requests']}>{count(row.requests)}</span>
    </>
  )
  if (row.key.endsWith(' …')) return <li className={styles['target']}>{inside}</li>
  return (
    <li>
      <button type="button" className={styles['target']} onClick={() => onPick({ target: row.name })}>
        {inside}
      </button>
    </li>
  )
}
