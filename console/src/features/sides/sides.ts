import type { Side } from '../../contract.ts'

export const SIDES = ['own', 'attested', 'rented', 'closed'] as const satisfies readonly Side[]

/** The two banks of the water: what stays in your hands, and what crosses. */
export type Bank = 'home' | 'far'

export const bankOf = (side: Side): Bank => (side === 'own' || side === 'attested' ? 'home' : 'far')

export const SIDE_MEANING: Readonly<Record<Side, string>> = {
  own: 'machines you administer',
  attested: 'verified enclaves',
  rented: 'on others’ machines',
  closed: 'a vendor’s own models',
}

/** The colour as a CSS variable; never the only sign, see SideMark. */
export const sideColour = (side: Side): string => `var(--${side})`
