import type { RequestSummary, Side, TargetView } from '../../contract.ts'
import { plural } from '../../ui/format.ts'
import type { Sums } from '../overview/index.ts'
import { BankView } from './bank.tsx'
import { groupsOf, heightOf, landingsOf } from './landings.ts'
import styles from './shores.module.css'
import { Water } from './water.tsx'

const LEAST_HEIGHT = 338

/** What a click on a bank asks for: a side, or one target. */
export type Picked = { readonly side: Side } | { readonly target: string }

export interface ShoresProps {
  readonly targets: readonly TargetView[]
  readonly sums: Sums | null
  readonly arrived: readonly RequestSummary[]
  readonly onPick: (picked: Picked) => void
}

/** Own and attested models on one bank, rented and closed ones on the other, the gateway in the water between. */
export const Shores = ({ targets, sums, arrived, onPick }: ShoresProps) => {
  const home = groupsOf('home', targets, sums?.targets ?? [])
  const far = groupsOf('far', targets, sums?.targets ?? [])
  const height = Math.max(LEAST_HEIGHT, heightOf(home), heightOf(far))
  const landings = [...landingsOf('home', home, height), ...landingsOf('far', far, height)]
  const rows = [...home, ...far].flatMap((group) => group.rows)
  const simulated = new Set(rows.flatMap((row) => (row.target?.simulated === true ? [row.key] : [])))
  return (
    <section className={styles['shores']} aria-labelledby="shores-title">
      <h2 id="shores-title" className={styles['hidden']}>
        The two shores
      </h2>
      <BankView bank="home" groups={home} height={height} all={sums?.requests ?? 0} onPick={onPick} />
      <Water
        height={height}
        landings={landings}
        refused={sums?.refused ?? 0}
        simulated={simulated}
        arrived={arrived}
      >
        {sums === null ? '' : plural(sums.requests, 'request')}
      </Water>
      <BankView bank="far" groups={far} height={height} all={sums?.requests ?? 0} onPick={onPick} />
    </section>
  )
}
