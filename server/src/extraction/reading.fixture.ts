import type { Limits, Outcome } from './outcome.ts'
import { readFile } from './read.ts'

const LIMITS: Limits = { maxText: 1_000_000, maxUnpacked: 20_000_000, maxMembers: 500 }

/** Reads a file on this thread. */
export const readHere = (
  bytes: Uint8Array | string,
  mime = '',
  limits: Partial<Limits> = {},
): Promise<Outcome> => readFile(new Uint8Array(Buffer.from(bytes)), mime, { ...LIMITS, ...limits })

/** All texts of an outcome as one, blanks and all. */
export const joined = (outcome: Outcome): string => outcome.texts.join('\n---\n')
