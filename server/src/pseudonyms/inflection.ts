import { fold } from './fold.ts'

/*
 * How names change their endings. A word's class says which part stays; stand-ins are made in the class of the
 * original, so that an ending met behind one is put behind the other.
 */
interface Change {
  /** What the base form loses. */
  readonly base: RegExp | null
  /** Endings behind what stays, folded; '' where the bare stem is a form of its own. */
  readonly endings: ReadonlySet<string>
}

const set = (text: string): ReadonlySet<string> =>
  new Set(text.split(' ').map((one) => (one === '-' ? '' : one)))

const PLAIN_LATIN = set('- s es n en ns em a u owi om y ie e i ach ami nak nek ban ben lla ssa lle in')
const CHANGES: Readonly<Record<string, Change>> = {
  /** Kowalski, Kowalska, Kowalskiego. */
  ski: { base: /[iaąy]$/i, endings: set('i a y iego iemu im iej ich imi ie e ego emu ym is as') },
  /** Anna, Anny, Annę, Annas. */
  a: { base: /a$/i, endings: set('a y i ie e o as an ach ami om u ae') },
  /** Иванов, Иванова, Ивановым. */
  ov: { base: /а$/i, endings: set('- а у ым ом е ой ы ых ыми') },
  /** Анна, Анны, Анной. */
  ya: { base: /[ая]$/i, endings: set('а я ы и е у ю ой ей ою') },
  /** Рамира, Рамиру. */
  cyrillic: { base: null, endings: set('- а у ом ем е ы ов ой') },
  plain: { base: null, endings: PLAIN_LATIN },
  /** Words in which nothing changes: places, names in scripts without blanks. */
  none: { base: null, endings: set('- s') },
  fixed: { base: null, endings: set('-') },
}
const NOTHING: Change = { base: null, endings: new Set(['']) }

/** A class of endings by its word. */
export const inflectionOf = (word: string, role: 'given' | 'family' | 'place' | null): string => {
  const lower = word.toLowerCase()
  if (role === 'place') return 'none'
  if (/\p{sc=Cyrl}/u.test(lower)) {
    if (role === 'family' && /(?:ов|ев|ёв|ин|ын)а?$/.test(lower)) return 'ov'
    return /[ая]$/.test(lower) ? 'ya' : 'cyrillic'
  }
  if (!/^[\p{sc=Latn}\p{M}]+$/u.test(lower)) return 'fixed'
  if (role === 'family' && /(?:sk|ck|zk)[ia]$/.test(lower)) return 'ski'
  if (lower.length > 3 && lower.endsWith('a')) return 'a'
  return lower.length > 3 ? 'plain' : 'none'
}

/** The word without what its class changes, in its own case. */
export const stemOf = (word: string, inflection: string): string => {
  const { base } = CHANGES[inflection] ?? NOTHING
  return base === null ? word : word.replace(base, '')
}

/** Whether this can stand behind a stem of the class. Folded. */
export const isEnding = (ending: string, inflection: string): boolean =>
  (CHANGES[inflection] ?? NOTHING).endings.has(ending)

/** Languages that put nothing but a plural's ending behind a name: another ending there makes another word. */
const UNCHANGED: ReadonlySet<string> = new Set(['es', 'fr', 'it', 'pt'])
const PLURALS: Readonly<Record<string, ReadonlySet<string>>> = {
  a: set('a as'),
  plain: set('- s es'),
}

/** Whether a text in a language can have this form of a word; folded. `Correo` is no form of Correa in Spanish. */
export const isFormIn = (language: string, ending: string, inflection: string): boolean =>
  !UNCHANGED.has(language) || PLURALS[inflection]?.has(ending) !== false

/** No class has longer ones. */
export const LONGEST_ENDING = 4

/**
 * A word in the form another one was met in: `base` is the base form, `ending` what stood behind the other's
 * stem. Names on a hiss take an apostrophe for the genitive.
 */
export const withEnding = (base: string, inflection: string, ending: string): string => {
  if (fold(ending) === 's' && /[sßxz]$/i.test(base) && (inflection === 'plain' || inflection === 'none')) {
    return `${base}’`
  }
  return stemOf(base, inflection) + ending
}
