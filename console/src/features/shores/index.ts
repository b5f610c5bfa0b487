/** The two banks and the flow between them. Imports sides and overview's sums. */
export { type Picked, Shores } from './shores.tsx'
