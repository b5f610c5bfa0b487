/** What the lists say of a word; a word may be many things. */
export const FLAG = {
  female: 1,
  male: 2,
  family: 4,
  place: 8,
  country: 16,
  nation: 32,
  honorific: 64,
  occupation: 128,
  legal: 256,
  business: 512,
  common: 1024,
  particle: 2048,
  famous: 4096,
  brand: 8192,
  cue: 16384,
  fiction: 32768,
  calendar: 65536,
  street: 131072,
  suffix: 262144,
  german: 524288,
  /** May be the first of two words that the lists know together. */
  pair: 1048576,
} as const

/** What makes a word a possible part of a person's name. */
export const NAME = FLAG.female | FLAG.male | FLAG.family
/** What makes a word of small letters worth looking at. */
export const NOTABLE =
  NAME | FLAG.place | FLAG.country | FLAG.nation | FLAG.honorific | FLAG.occupation | FLAG.legal
/** What makes a word's own spelling a feature: it was known when the weights were learned. */
export const KNOWN =
  FLAG.common |
  FLAG.honorific |
  FLAG.occupation |
  FLAG.legal |
  FLAG.business |
  FLAG.particle |
  FLAG.cue |
  FLAG.fiction |
  FLAG.calendar |
  FLAG.street |
  FLAG.suffix
