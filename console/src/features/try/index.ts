/** A text to try: what would be found in it and where it could go. Imports feed and sides only. */
export { type Choices, choicesFrom, choicesQuery } from './choices.ts'
export { Try } from './try.tsx'
