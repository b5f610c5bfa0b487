import type { Side } from '../../contract.ts'
import styles from './sides.module.css'
import { sideColour } from './sides.ts'

const SHAPES: Readonly<Record<Side, string>> = {
  own: 'M2 7.2 8 2l6 5.2V14H2z',
  attested: 'M8 1.2 14.8 8 8 14.8 1.2 8z',
  rented: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 3.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z',
  closed: 'M2.4 2.4h11.2v11.2H2.4z',
}

/** Each side has a shape as well as a colour: a house, a diamond, a ring, a block. */
export const SideMark = ({ side }: { readonly side: Side }) => (
  <svg className={styles['mark']} viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[side]} fill={sideColour(side)} />
  </svg>
)

/** Shape and word. */
export const SideName = ({ side }: { readonly side: Side }) => (
  <span className={styles['name']}>
    <SideMark side={side} />
    {side}
  </span>
)

export const Simulated = () => (
  <span className={styles['simulated']} title="No real vendor answered: a stand-in that says so">
    simulated
  </span>
)
