/**
 * MAY: which targets a request may go to, decided once, before anything is ranked or sent.
 *
 * Promises
 * - The answer is a function of the input and the snapshot: no clock, no I/O, no state that changes an answer. The
 *   record keeps the input, so that any decision can be made again.
 * - Two layers, both of which must agree. Floors: a total function over kinds, conditions and levels, laid in three
 *   coats, built in by profile, then the configuration's, then the use's. Each coat can only narrow unless it says
 *   `loosen`, which the record shows. Rules: the customer's own, in Cedar, asked only about what the floors leave.
 *   So no rule can permit what a floor refuses, and another kind, rule or tighter floor never adds a permit.
 * - What errs refuses: a throw anywhere inside, a word that no floor knows, a rule that fails, an input about
 *   another call. `decision-error` and `rule-error` are the names of those refusals.
 * - Every candidate gets an answer: the rule that let it through, or what was found, what forbids it, and what would
 *   make it pass.
 *
 * A kind whose floor lets it cross under pseudonyms or masks may, once its values are out of the request and the label
 * of what is left says so (`replaced`): a new call with a decision of its own, never a permit reused.
 *
 * A level that a client asked for holds by itself, whatever else was found. A use's declared kinds count as found,
 * here too, whatever the label says.
 *
 * Imports domain and lib, and `mint` in decide.ts alone. No other pure room may import this one; routing sees only
 * what came out of it.
 */
export { type Ways, waysAcross, without } from './crossing.ts'
export { decide, summarise } from './decide.ts'
export { type CandidateView, type Explanation, explain, type FloorView } from './explain.ts'
export { BUILT_IN_FLOORS, builtInFloor, type Floor, LEVEL_FLOORS, lay, levelFloor } from './floors.ts'
export { judge } from './judge.ts'
export { refusalMessage } from './refusal.ts'
export { compileRules } from './rules.ts'
export { SCHEMA } from './schema.ts'
