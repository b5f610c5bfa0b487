/**
 * The words for where a request may go. A side says who can see the bytes and whether you could take the
 * model elsewhere; whether the weights are open in the full sense is another fact (`Openness`).
 */
export const SIDES = ['own', 'attested', 'rented', 'closed'] as const
/** `own`: machines you administer. `attested`: a verified enclave. `rented`: open weights on others' machines. `closed`: a vendor's API. */
export type Side = (typeof SIDES)[number]

export const OPENNESS = ['open-source', 'open-weight', 'non-commercial', 'proprietary'] as const
export type Openness = (typeof OPENNESS)[number]

export const AGREEMENTS = ['zero-retention', 'no-training', 'baa', 'dpa'] as const
export type Agreement = (typeof AGREEMENTS)[number]

/** Ordered from least to most sensitive. */
export const LEVELS = ['public', 'confidential', 'restricted'] as const
export type Level = (typeof LEVELS)[number]

/** The higher of two levels: the join of the lattice. */
export const join = (a: Level, b: Level): Level => (LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b)

/** What can be found in, or declared for, a request. */
export const KINDS = [
  'secret',
  'identity',
  'payment',
  'contact',
  'health',
  'financial',
  'contract',
  'source_code',
  'internal',
] as const
export type Kind = (typeof KINDS)[number]

/** How a value may be kept from a target: by a stand-in that is put back in the answer, or by a mask that is not. */
export const WAYS = ['pseudonyms', 'masked'] as const
export type Way = (typeof WAYS)[number]

/** Kinds of whose values nothing is left in a request, and how each was taken out. */
export type Replaced = Readonly<Partial<Record<Kind, Way>>>

/** Conditions of the reading itself that carry a floor like a kind does: content nobody read, detection that failed. */
export const CONDITIONS = ['unread', 'failed'] as const
export type Condition = (typeof CONDITIONS)[number]

/** The level a kind brings with it: contact, source code and internal are confidential, the others restricted. */
export const levelOfKind = (kind: Kind): Level =>
  kind === 'contact' || kind === 'source_code' || kind === 'internal' ? 'confidential' : 'restricted'

export const PROFILES = ['strict', 'balanced', 'relaxed'] as const
export type Profile = (typeof PROFILES)[number]
