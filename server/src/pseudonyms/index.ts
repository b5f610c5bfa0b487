/**
 * Pseudonyms: originals out, stand-ins in, and back again in the answer.
 *
 * Promises: what is asked to be covered is replaced wherever it stands in a request, or its place is named in
 * `left`; nothing else in the request changes by a character. The same value has the same stand-in through a
 * conversation, and no two values share one. A stand-in is never a text of the request. What comes back in an
 * answer is turned into the original where that is certain, and reported where it is not. A secret is masked
 * and kept nowhere. A mapping leaves this room as a sealed box only, and shows nothing when it is printed.
 *
 * How: an entry joins one original and one stand-in (mapping.ts). Names and addresses are joined word by word,
 * so that any later combination of the words is understood. One finder (finder.ts) looks for either half, under
 * other spellings, groupings and endings: originals when a request is covered, stand-ins when an answer is
 * revised. Nothing here decides what is sensitive or what may cross.
 *
 * A client that writes a stand-in itself gets nothing for it: when a request holds a text that equals a
 * stand-in of the conversation, the original draws another one, and the old one means nothing any more.
 *
 * Imports domain and lib only. The gateway may import it, through this index; other rooms may not.
 */
export type { Covered, Pseudonyms, RestoreEvent, Site, SiteSpan, Way } from './contract.ts'
export { emptyMapping, type Mapping } from './mapping.ts'
export { createPseudonyms } from './pseudonyms.ts'
