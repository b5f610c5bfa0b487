/**
 * Extraction: the text that is in a call's attachments, for the label.
 *
 * It promises an answer for every attachment, in bounded time and memory, and that the answer is honest: `read`
 * where the text is known, `unread` where there is something that no reader here can see, `failed` where reading
 * went wrong. What is wrong with a file is never more than its own verdict: it neither throws nor hangs nor
 * takes the process down, and the next attachment is read as if nothing had been.
 *
 * Invariants:
 * - Bytes say what a file is. The claimed mime type decides only between encodings of bytes that are text.
 * - Files are parsed in threads of their own with a limit on heap, buffers, time, members, depth and unpacked
 *   bytes. A thread that breaks a limit is ended and another takes its place. None starts before the first
 *   attachment comes.
 * - Nothing is fetched, run or written: no network, no fonts or character maps from elsewhere, no scripts, no
 *   external entities.
 * - Texts live in a bounded memory of the process, by the digest of the file; verdicts that time, load or a
 *   dying thread brought about are not kept.
 *
 * It imports domain and lib. Sensitivity, policy and routing may not import it: they take texts as values.
 */
export type { Extracted, Extractor, ExtractorOptions } from './extracted.ts'
export { createExtractor } from './extractor.ts'
