/** The four sides as words, shapes and colours. Every feature may import it; it imports none. */
export { SideMark, SideName, Simulated } from './side-mark.tsx'
export { type Bank, bankOf, SIDE_MEANING, SIDES, sideColour } from './sides.ts'
