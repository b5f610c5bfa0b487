/**
 * Presidio's REST protocol, both directions, as values: its names of entities beside ours, its offsets in code
 * points, its requests and answers. We ask such analysers (stages) and answer as one (gateway).
 *
 * Promises: offsets fit the text or the message is refused; a name that is not known is never taken for harmless;
 * a request that asks for what is not there is refused or told so by name; no message repeats anything of a text.
 * Facts of the protocol come from its published API description and were not copied.
 *
 * No socket, clock or state; randomness only for the vectors of encrypted values. Imports domain and lib. The
 * gateway and stages may import it, through this index.
 */
export {
  type AnalyzeRequest,
  type AnalyzeResult,
  analyzeResults,
  readAnalyze,
  recognizers,
  supportedEntities,
} from './analyze.ts'
export { type Anonymized, anonymize, deanonymize } from './anonymize.ts'
export { type Fields, readFields } from './body.ts'
export { ENTITIES, entityOf, type Meaning, meaningOf } from './entities.ts'
export { ANONYMIZER_NAMES, DEANONYMIZER_NAMES } from './operators.ts'
