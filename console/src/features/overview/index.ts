/** The window in numbers and words: sums, headline, reasons. Imports feed and sides only. */
export { Figures } from './figures.tsx'
export { Headline } from './headline.tsx'
export { type Reason, reasonsOf } from './reasons.ts'
export { Reasons } from './reasons-panel.tsx'
export { type Sums, sumUp, type TargetSum } from './sums.ts'
