/**
 * Models and targets as facts: what a name stands for, what a key could reach, what `rank` has to know of a target.
 *
 * Promises
 * - A name is looked up as a route, then a target, then a target's exact model. What it stands for is a list of
 *   candidates and no right to any of them: policy decides over whatever was named.
 * - Lists for clients show only what the key's uses could reach.
 * - Facts are copied as they are; what is unknown stays unknown.
 *
 * Imports domain and lib. Policy's judgement is handed in, never imported.
 */
export { nearestModels } from './nearest.ts'
export { type Judge, type ModelEntry, modelList, reachable } from './reach.ts'
export { type Resolved, rankFacts, resolve } from './resolve.ts'
