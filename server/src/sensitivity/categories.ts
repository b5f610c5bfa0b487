import type { Reading, WordHit } from './reading.ts'
import { type Group, groupIndex } from './vocabulary.ts'

/** What the words of a weighted list add up to: each different word once. */
export interface Tally {
  readonly score: number
  /** Different words of weight 3 and more. */
  readonly strong: number
  readonly heaviest: WordHit | null
}

/** Different words counted at most; more would not change what the text is. */
const MOST_WORDS = 40

/** The groups of a weighted list with their weights, in the order given. Throws for a weight the list does not have. */
export const weightedGroups = (
  list: string,
  weights: readonly number[],
): readonly (readonly [Group, number])[] =>
  weights.map((weight) => {
    const group = `${list}:${weight}`
    groupIndex(group)
    return [group, weight]
  })

const isWithin = (word: WordHit, counted: readonly WordHit[]): boolean =>
  counted.some((other) => word.start >= other.start && word.end <= other.end)

/** Adds up a weighted list over the text. A word inside a heavier one ("the lessor", "lessor") is not counted again. */
export const tally = (reading: Reading, groups: readonly (readonly [Group, number])[]): Tally => {
  const counted: WordHit[] = []
  const seen = new Set<string>()
  let score = 0
  let strong = 0
  for (const [group, weight] of groups) {
    for (const word of reading.words(group)) {
      if (counted.length >= MOST_WORDS) break
      if (seen.has(word.word) || isWithin(word, counted)) continue
      seen.add(word.word)
      counted.push(word)
      score += weight
      if (weight >= 3) strong += 1
    }
  }
  return { score, strong, heaviest: counted[0] ?? null }
}

const AMOUNT =
  /(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|JPY|INR|PLN|SEK)) ?\d[\d.,' ]{0,18}\d?(?: ?(?:k|m|mn|mio|million|billion|bn|Mrd)\b)?|\b\d[\d.,']{0,18} ?(?:[€£$]|(?:USD|EUR|GBP|CHF|PLN|SEK|euros?|dollars?|Mio|million|billion|bn)\b)|\bEPS (?:of )?-?\d{1,4}[.,]\d{1,2}|[+-]?\d{1,3}(?:[.,]\d{1,2})? ?(?:%|percent|Prozent)/g

/** Sums of money and percentages in the text, up to ten: more change nothing. */
export const countAmounts = (text: string): number => {
  let count = 0
  for (const _ of text.slice(0, 20_000).matchAll(AMOUNT)) {
    count += 1
    if (count === 10) break
  }
  return count
}

const QUESTION =
  /^(?:please |can you |could you |bitte )?(?:what|who|when|where|why|which|how|is|are|does|do|can|could|explain|define|describe|list|name|give me|tell me|write|draft|compose|create|generate|compare|discuss|outline|suggest|teach|was ist|was sind|was bedeutet|wie|warum|wer|wann|erkläre|erklär|nenne|beschreibe|schreib|erstelle|qu'est-ce|comment|pourquoi|explique|qué|cómo|explica|che cos|come|cos'è)\b/i

/** Whether a short text reads as a question about the world, or as an order for something to be invented. */
export const isGeneral = (text: string): boolean =>
  text.length < 400 && QUESTION.test(text.trimStart().slice(0, 80))

const SYNTAX =
  /[;{}]\s*(?:\n|$)|^\s*(?:#include|import |from \w+ import|package |using |def |class |func |fn |\/\/|\/\*|--|# )|=>|->|\)\s*\{|::|==|!=|&&|\|\||\breturn\b/gm

/** How much of a text is written in the signs of programming languages; up to 40 of them are counted. */
export const countSyntax = (text: string): number => {
  const found = new Set<string>()
  let count = 0
  for (const match of text.slice(0, 20_000).matchAll(SYNTAX)) {
    found.add(match[0].trim().slice(0, 4))
    count += 1
    if (count >= 40) break
  }
  return Math.min(count, found.size * 3)
}
