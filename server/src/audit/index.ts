/**
 * The audit log's arithmetic: leaves, their Merkle tree, signed checkpoints, and the proof that a log is what
 * was signed. Values in, values out; files, threads and time belong to `recorder/`.
 *
 * Promises:
 * - A leaf is one line of canonical JSON of at most 64 KiB and carries no prompt text; what it must not tell
 *   it commits to, under a salt that is kept elsewhere and can be destroyed.
 * - The tree is RFC 6962's, the checkpoints are C2SP signed notes under Ed25519, so that an auditor may use
 *   tools that are not ours.
 * - One spelling only: numbers, base64, keys and JSON that could be written otherwise are refused, so no byte
 *   of a log can change unnoticed up to its last checkpoint.
 * - `verifyLog` needs nothing but the files, proves in time linear in them, and says how far the proof reaches.
 *
 * Depends on node:crypto, domain and lib. No room beside it may import it; the recorder, the gateway and the
 * command line do.
 */
export { type Checkpoint, readCheckpoint, signCheckpoint, splitNotes } from './checkpoint.ts'
export { commitmentOf, encodeLeaf, encodeOutcome, MAX_LEAF_BYTES, outcomeLeaf, readLeaf } from './leaf.ts'
export { readLines } from './lines.ts'
export {
  appendLeaf,
  consistencyProof,
  EMPTY_TREE,
  type Frontier,
  inclusionProof,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
export { createSigner, readSigner, type Signer, type Verifier } from './note.ts'
export type { Requests } from './promises.ts'
export { type LogFiles, type Problem, readKeyFile, type Verification, verifyLog } from './verify.ts'
