/*
 * Sizes. The aim is 40 lines for a function and 300 for a file; at 80 and 500 the check fails. It is the
 * largest that hurts, not the mean, so an exception names itself and its reason here.
 */
export const FUNCTION_LINES = { aim: 40, limit: 80 }
export const FILE_LINES = { aim: 300, limit: 500 }

/** Longer than the limit, and why that is right. A number, so that an exception cannot grow unseen. */
export const LONGER: readonly { readonly path: string; readonly lines: number; readonly reason: string }[] =
  []

/** Places where a type may be asserted: what they hold is known there and the compiler cannot know it. */
export const CASTS: readonly { readonly path: RegExp; readonly reason: string }[] = [
  { path: /^server\/src\/lib\//, reason: 'leaves that turn bytes and text into values' },
  { path: /\.test\.tsx?$|^server\/test\//, reason: 'tests build what the types forbid' },
  {
    path: /^console\/src\/features\/feed\/api\.ts$/,
    reason: 'the answers of our own server, whose types the contract shares',
  },
]

/** Names that say nothing: a thing called so has not found its room. */
export const EMPTY_NAMES: ReadonlySet<string> = new Set([
  'util',
  'utils',
  'utilities',
  'shared',
  'common',
  'manager',
  'managers',
  'helper',
  'helpers',
  'misc',
])
