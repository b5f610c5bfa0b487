import { Conversation } from './pseudonyms-conversation.ts'
import { Counter, type RoundTrip } from './pseudonyms-count.ts'

/** What is measured unless told otherwise. */
export const SALTS = ['alder', 'birch', 'cedar', 'elder', 'hazel'] as const

interface RoundTripOptions {
  /** Who the persons are, what is said of them and what stands for them: all follows from it and from nothing else. */
  readonly salt: string
  /**
   * `labeller`: what is found decides what is covered, so that what is sent tells of detection too; else the
   * generator's own spans do.
   */
  readonly found?: 'exact' | 'labeller'
}

/** Covers and restores so many conversations; the same for the same salt. */
export const measurePseudonyms = (
  conversations: number,
  { salt, found = 'exact' }: RoundTripOptions,
): RoundTrip => {
  const counter = new Counter()
  for (let number = 0; number < conversations; number += 1) {
    new Conversation(number, salt, counter, found === 'labeller').run()
  }
  const { requests, sent, standIns, restored, wrong, left, examples } = counter
  return {
    conversations,
    requests,
    sent,
    standIns,
    restored,
    unrestored: standIns - restored,
    wrong,
    left,
    strange: counter.strange,
    byRewording: Object.fromEntries(counter.byRewording),
    byLanguage: Object.fromEntries(counter.byLanguage),
    examples,
  }
}
