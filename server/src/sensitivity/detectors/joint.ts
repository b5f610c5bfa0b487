import { fold } from '../automaton.ts'
import { DIGIT, isWordAt, sortAt, standsAlone } from '../characters.ts'
import type { Reading } from '../reading.ts'
import type { Group } from '../vocabulary.ts'

/*
 * How a number hangs together with the word that announces it: "MRN:4839201", "DNI-12345678Z", "SSN/...",
 * "ES-12345678Z". Such signs make numbers part of something else everywhere but there.
 */

const JOINTS = ':=/-._#'

/** The words whose numbers may be joined to them. */
const NAMING: readonly Group[] = [
  'named',
  'nationalId',
  'taxId',
  'healthId',
  'ssn',
  'askedWord',
  'recordWord',
  'care',
  'memberWord',
]

/** Whether a number ends at `end`: a list's next word or a file's ending may follow at once, another digit not. */
export const endsAt = (text: string, start: number, end: number): boolean => {
  if (isWordAt(text, end)) return false
  if (',./'.includes(text.charAt(end)) && sortAt(text, end + 1) === 2) return true
  return standsAlone(text.slice(start, end + 2), 0, end - start)
}

/** Whether a word that announces numbers ends right before the sign in front of `start`. */
const isJoined = (reading: Reading, start: number): boolean => {
  if (!JOINTS.includes(reading.text.charAt(start - 1))) return false
  return NAMING.some((group) => reading.near(group, start, start, 1))
}

/** "ref:12345678Z", "id=...": behind a key whatever follows stands alone. */
const isKeyed = (text: string, start: number): boolean =>
  ':='.includes(text.charAt(start - 1)) && isWordAt(text, start - 2) && sortAt(text, start - 2) !== DIGIT

/** Whether a number stands alone, or is joined to nothing but the word for it. */
export const standsFree = (reading: Reading, start: number, end: number): boolean =>
  standsAlone(reading.text, start, end) ||
  ((isKeyed(reading.text, start) || isJoined(reading, start)) && endsAt(reading.text, start, end))

const LONGEST_LABEL = 20

/**
 * The letters right in front of the first digit of a token, as the words of the vocabulary are spelled, with
 * where they begin; null where there are none, or too many for a name.
 */
export const lettersBefore = (
  text: string,
  start: number,
  end: number,
): { from: number; label: string } | null => {
  let digit = start
  while (digit < end && sortAt(text, digit) === 2) digit += 1
  if (digit === end || digit - start > LONGEST_LABEL) return null
  let from = start
  while (from > 0 && digit - from <= LONGEST_LABEL && isWordAt(text, from - 1)) from -= 1
  return digit - from < 2 || digit - from > LONGEST_LABEL
    ? null
    : { from, label: fold(text.slice(from, digit)) }
}
