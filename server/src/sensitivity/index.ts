/**
 * Sensitivity: content in, label out.
 *
 * Promises: every string of a request is read (values, keys, long numbers, JSON inside strings, text inside
 * base64), and only media bytes are not, which the label says. What a use declares counts as found before
 * anything is read. Reading adds to a label and never takes away. A detector that throws, a request too deep
 * to walk, any failure at all makes a label that says `failed` and is restricted, never an exception and
 * never a lower label. Labels hold no values, only their masked shape.
 *
 * How: a text is gone over once by an automaton that knows all words of all detectors (reading.ts). Each
 * detector (detectors/) is a pure function from that reading to hits, anchored at what was found, with bounded
 * windows, so that no input costs more than linear time. Texts with invisible characters, look-alikes or
 * encodings are read again in plain form, with offsets mapped back, and so are the places where a value may be
 * spelled, spaced, said in words, turned around or told in parts (disguise/). One step (merge.ts) makes one
 * list of it. What a protocol says a text is (standing.ts) decides who reads it: the name of a tool is no
 * person's, and everything but the readers of names reads it.
 *
 * Imports domain and lib only. The gateway, the control plane, the lab and the commands may import it,
 * through this index; other rooms may not.
 */
export type { Detector, Hit } from './detector.ts'
export { inspect } from './inspect.ts'
export {
  createLabeller,
  type Labeller,
  type LabellerOptions,
  type LabelUse,
  type Site,
  type SiteSpan,
} from './label.ts'
export { maskOf } from './mask.ts'
export { ownDetectors, ownMistake } from './own/index.ts'
export type { Reading, WordHit } from './reading.ts'
