import type { OwnWords } from '../../domain/index.ts'
import { fold } from '../automaton.ts'
import type { Detector, Hit } from '../detector.ts'

/** One phrase: its words folded, as the list spells it. */
interface Phrase {
  readonly own: OwnWords
  readonly words: readonly string[]
  readonly spelled: string
}

/* A word: letters, digits and marks of any script. Phrases are compared word by word, whatever stands between. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu
/* Scripts that are written without blanks between words: a phrase may stand inside a run of letters. */
const UNSPACED = /[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/u

/** What may stand between two words of one phrase: a few blanks or signs, no more. */
const GAP = 4

const wordsOf = (text: string): { readonly word: string; readonly start: number; readonly end: number }[] =>
  Array.from(text.matchAll(WORD), (match) => ({
    word: fold(match[0].toLowerCase()),
    start: match.index,
    end: match.index + match[0].length,
  }))

const hitOf = ({ own }: Phrase, start: number, end: number): Hit => ({
  kind: own.kind,
  type: own.type,
  sub: own.name,
  start,
  end,
  confidence: 0.95,
  reason: `a word of the list "${own.name}"`,
})

const group = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const list = groups.get(keyOf(item))
    if (list === undefined) groups.set(keyOf(item), [item])
    else list.push(item)
  }
  return groups
}

const spaced = (phrases: readonly Phrase[], text: string): Hit[] => {
  const byFirst = firsts(phrases)
  const words = wordsOf(text)
  const hits: Hit[] = []
  for (let i = 0; i < words.length; i += 1) {
    const first = words[i]
    if (first === undefined) continue
    for (const phrase of byFirst.get(first.word) ?? []) {
      const end = endOf(phrase, words, i)
      if (end === null) continue
      if (phrase.own.exactCase && text.slice(first.start, end) !== phrase.spelled) continue
      hits.push(hitOf(phrase, first.start, end))
      break
    }
  }
  return hits
}

const endOf = (phrase: Phrase, words: ReturnType<typeof wordsOf>, at: number): number | null => {
  let behind = words[at]?.end ?? 0
  for (let k = 1; k < phrase.words.length; k += 1) {
    const next = words[at + k]
    if (next === undefined || next.word !== phrase.words[k] || next.start - behind > GAP) return null
    behind = next.end
  }
  return behind
}

const FIRSTS = new WeakMap<readonly Phrase[], ReadonlyMap<string, readonly Phrase[]>>()

/** Phrases by their first word, the longest first. */
const firsts = (phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> => {
  const known = FIRSTS.get(phrases)
  if (known !== undefined) return known
  const sorted = [...phrases].sort((a, b) => b.spelled.length - a.spelled.length)
  const made = group(sorted, ({ words }) => words[0] ?? '')
  FIRSTS.set(phrases, made)
  return made
}

const unspaced = (byStart: ReadonlyMap<string, readonly Phrase[]>, text: string): Hit[] => {
  const hits: Hit[] = []
  for (let i = 0; i < text.length; i += 1) {
    for (const phrase of byStart.get(text.slice(i, i + 2)) ?? []) {
      if (!text.startsWith(phrase.spelled, i)) continue
      hits.push(hitOf(phrase, i, i + phrase.spelled.length))
      i += phrase.spelled.length - 1
      break
    }
  }
  return hits
}

/**
 * The organisation's own words as one detector, however many they are: one look per word of the text. Null
 * where there are none. Phrases are found whatever blanks or signs stand between their words, up to four.
 */
export const ownWords = (lists: readonly OwnWords[]): Detector | null => {
  const phrases = lists.flatMap((own) =>
    own.words.map((spelled): Phrase => ({ own, spelled, words: wordsOf(spelled).map(({ word }) => word) })),
  )
  const inside = phrases.filter(({ spelled }) => UNSPACED.test(spelled) && spelled.length > 1)
  const whole = phrases.filter(({ spelled, words }) => words.length > 0 && !UNSPACED.test(spelled))
  if (inside.length + whole.length === 0) return null
  const byStart = group(
    [...inside].sort((a, b) => b.spelled.length - a.spelled.length),
    ({ spelled }) => spelled.slice(0, 2),
  )
  return {
    name: 'own words',
    detect: ({ text }) => [
      ...(whole.length === 0 ? [] : spaced(whole, text)),
      ...(inside.length === 0 ? [] : unspaced(byStart, text)),
    ],
  }
}
