/**
 * The numbers that states, health systems and banks give to people and firms: what they are called in their
 * countries' languages, how they are printed, how they are checked. Facts only: nothing here reads a text.
 * `vocabulary.ts` takes the names from here, `detectors/identity.ts` the forms and the checks.
 *
 * A row says how much a right form weighs by itself. A number whose form is unmistakable (`123.456.789-09`)
 * counts alone; one that passes by chance once in ten needs a word for its type, one that is plain digits the
 * very word for itself. No check throws.
 */
import { ASIA } from './asia.ts'
import { CENTRAL_EUROPE } from './central-europe.ts'
import { EAST } from './east.ts'
import { LATIN_AMERICA } from './latin-america.ts'
import { NORTH_AMERICA } from './north-america.ts'
import { NORTH_EUROPE } from './north-europe.ts'
import type { Numbering } from './numbering.ts'
import { OCEANIA_AFRICA } from './oceania-africa.ts'
import { SOUTH_EUROPE } from './south-europe.ts'
import { WORLDWIDE } from './worldwide.ts'

export { isVin, isVinForm } from './checks.ts'
export type { Numbering, NumberType, Weight } from './numbering.ts'
export { isTelling, printed } from './printed.ts'

/** All of them. Where two weigh the same, the earlier is named. */
export const NUMBERINGS: readonly Numbering[] = [
  ...NORTH_AMERICA,
  ...NORTH_EUROPE,
  ...CENTRAL_EUROPE,
  ...SOUTH_EUROPE,
  ...EAST,
  ...LATIN_AMERICA,
  ...ASIA,
  ...OCEANIA_AFRICA,
  ...WORLDWIDE,
]
