import { FAMILY } from './data/family.ts'
import { FEMALE, MALE } from './data/given.ts'
import { PLACES } from './data/places.ts'
import { WORDS } from './data/words.ts'
import { FLAG } from './flags.ts'
import { mix, PLAIN, pairOf, SEED, spread } from './letters.ts'

const SIZE = 1 << 17
/** Pairs of a hash and the flags of what has it, side by side. */
const TABLE = new Int32Array(2 * SIZE)

const slot = (key: number): number => {
  let at = (key & (SIZE - 1)) * 2
  for (let held = TABLE[at]; held !== key && held !== 0; held = TABLE[at]) at = (at + 2) & (2 * SIZE - 1)
  return at
}

/** What the lists say of the word, or of the pair of words, with that hash. 0: nothing. */
export const flagsOf = (hash: number): number => TABLE[slot(hash) + 1] ?? 0

const put = (hash: number, flags: number): void => {
  const at = slot(hash)
  TABLE[at] = hash
  TABLE[at + 1] = (TABLE[at + 1] ?? 0) | flags
}

const BAR = 0x7c
const SPACE = 0x20

/** Every pair of neighbouring words of an entry is kept: "New York City" is found by its two pairs. */
const plant = (list: string, flags: number): void => {
  let hash = SEED
  let before = 0
  for (let i = 0; i <= list.length; i += 1) {
    const unit = i < list.length ? list.charCodeAt(i) : BAR
    if (unit !== BAR && unit !== SPACE) {
      hash = mix(hash, PLAIN[unit] ?? 0)
      continue
    }
    const word = spread(hash)
    hash = SEED
    if (before !== 0) {
      put(pairOf(before, word), flags)
      put(before, FLAG.pair)
    } else if (unit === BAR) put(word, flags)
    before = unit === SPACE ? word : 0
  }
}

for (const list of Object.values(FEMALE)) plant(list, FLAG.female)
for (const list of Object.values(MALE)) plant(list, FLAG.male)
for (const list of Object.values(FAMILY)) plant(list, FLAG.family)
for (const list of Object.values(PLACES)) plant(list, FLAG.place)
for (const [flag, bit] of Object.entries(FLAG)) plant(WORDS[flag] ?? '', bit)
