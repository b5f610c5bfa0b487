/**
 * Places where somebody can be found: a grammar of postal addresses.
 *
 * Promises: pure functions from a stretch of text to spans, linear in its length. Most of the world writes a
 * road, a number, a town and a code in some order, divided by commas or lines, and grammar.ts reads those
 * parts; eastern.ts reads scripts that write them in one run. Lists of words (words.ts, and the countries and
 * regions in names.ts) only say what a word may be; what is an address is decided by how the parts stand.
 *
 * The detector for addresses imports it, through this index; nobody else needs to.
 */
export { codedAt } from './coded.ts'
export { easternAt } from './eastern.ts'
export { type Candidate, Grammar } from './grammar.ts'
export { lex, NUMBER, type Tokens } from './lexer.ts'
export { hasRoadEnding, isRoadWord, isSentenceWord } from './words.ts'
