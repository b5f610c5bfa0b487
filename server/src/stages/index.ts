/**
 * Further readers beside the built-in ones, behind the one port ReadingStage: an analyser that speaks Presidio's
 * REST shape, a token classifier in a thread of this process, a model of one's own that is asked what a text
 * carries. Off unless the configuration names them.
 *
 * Promises: a stage only adds findings. One that fails, takes longer than its time, or answers with what does not
 * fit the text rejects, and the label then says `failed`; nothing is ever taken for "nothing found" but an answer
 * that says so. Nothing leaves this side: connections end in private and loopback ranges or where the rule says,
 * looked at on the connected socket, and redirects are not followed; the classifier downloads nothing; the judge
 * is asked through egress with a permit for a target on side own. What was read once is not asked again: verdicts
 * are kept by digest, without text, in bounded memory of the process. Values appear in no message.
 *
 * What a stage finds under a name that is not known here counts as `identity`.
 *
 * Imports domain, lib and presidio (the protocol as values). Only main and planes compose it; the gateway sees the
 * port and nothing else, and no pure room may import it.
 */
export type { Ask, JudgeRule } from './judge.ts'
export { openStages, type Stages, type StagesOptions } from './open.ts'
export type { Mask } from './reading.ts'
