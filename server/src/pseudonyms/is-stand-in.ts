import { fold, tokensOf } from './fold.ts'
import { isMask } from './masks.ts'
import type { Matcher } from './matcher.ts'
import { PARTICLES, TITLES, WIDE_PREFIXES, WIDE_TITLES } from './names/lexicon.ts'
import { isFixedPlaceWord } from './names/places.ts'

/** What may stand in a name beside its words without saying anything of the original. */
export const isFree = (word: string): boolean => {
  const folded = fold(word)
  return (
    TITLES.has(folded) ||
    PARTICLES.has(folded) ||
    /^\p{L}$/u.test(word) ||
    WIDE_TITLES.some((title) => title.includes(word)) ||
    WIDE_PREFIXES.some((prefix) => prefix.includes(word))
  )
}

/** See Pseudonyms.isStandIn. A value in which nothing is ours is none, however little it says. */
export const isStandIn = (matcher: Matcher, value: string, type: string): boolean => {
  if (isMask(value.trim())) return true
  // A letter that stands for a given name tells nobody's.
  if (type === 'PERSON' && /^\p{L}\.?$/u.test(value.trim())) return true
  const regions = [{ start: 0, end: value.length }]
  const matches = matcher.matches(value, regions)
  if (matches.length === 0) return false
  const inPlace = matches.some((match) => match.type === 'ADDRESS')
  return tokensOf(value).every((token) => {
    if (matches.some((match) => match.start <= token.start && token.end <= match.end)) return true
    const word = value.slice(token.start, token.end)
    return token.sort !== 'digits' && (isFree(word) || (inPlace && isFixedPlaceWord(word)))
  })
}
