/**
 * SHOULD: in which order permitted targets are tried.
 *
 * Promises
 * - `rank` is a function of its input, which the record keeps: the same order comes out again. It only leaves out
 *   and sorts; a target that is not among the permitted never appears, whatever its health, price or quality.
 * - Unknown never wins: an unknown price stands behind a known one, an unmeasured speed or quality behind a measured
 *   one, and price decides only among targets of equal known quality.
 * - Health takes out what fails and lets it back in by trial, one request at a time. Faults of the client never
 *   count against a target. It widens nothing: where every permitted target is out, nobody answers.
 *
 * Imports domain and lib. Time comes in as a clock. Policy may not import it, nor it policy.
 */
export { createRetryBudget, type RetryBudget } from './budget.ts'
export { createHealth, type Failure, type HealthBook, type HealthOptions } from './health.ts'
export { rank, shortOfRoom } from './rank.ts'
