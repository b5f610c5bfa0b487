import { FLAG } from './flags.ts'
import { flagsOf } from './gazetteer.ts'
import { hashOf, pairOf } from './letters.ts'

/**
 * Whether the lists know these words as a city, region or country, in any case, with or without accents. Of
 * three words and more every two neighbours have to be known together.
 */
export const isPlace = (name: string): boolean => {
  if (!/\s/u.test(name)) return name !== '' && isPlaceHash(hashOf(name.slice(0, 200)))
  const words = name
    .slice(0, 200)
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map(hashOf)
  const [first] = words
  if (first === undefined) return false
  if (words.length === 1) return isPlaceHash(first)
  return words.every((word, i) => i === 0 || isPlaceHash(pairOf(words[i - 1] ?? 0, word)))
}

const isPlaceHash = (hash: number): boolean => (flagsOf(hash) & (FLAG.place | FLAG.country)) !== 0

/** Whether the lists know a word as an ordinary one, a brand's or a well-known thing's; in any case. */
export const isOrdinary = (word: string): boolean =>
  (flagsOf(hashOf(word)) & (FLAG.common | FLAG.brand | FLAG.famous)) !== 0

/** Whether the lists know a word as a brand's or a well-known thing's. */
export const isBrand = (word: string): boolean => (flagsOf(hashOf(word)) & (FLAG.brand | FLAG.famous)) !== 0
