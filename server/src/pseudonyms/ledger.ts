import type { Kind } from '../domain/index.ts'
import { createDraw, type Draw, rootOf } from './draw.ts'
import { fold, inStyle, plain, styleOf, tokensOf } from './fold.ts'
import { inflectionOf, LONGEST_ENDING, stemOf } from './inflection.ts'
import type { Entry, Form, Initial, MappingData, Origin, Pair } from './mapping.ts'
import { CULTURES, type CultureName, type Maker } from './names/makers.ts'
import { keyOf } from './terms.ts'

/** What is to be stood for. */
export interface Wanted {
  readonly form: Form
  readonly type: string
  readonly kind: Kind
  readonly original: string
  readonly key: string
  readonly role: Entry['role']
  readonly gender: Entry['gender']
  readonly origin: Origin
}

/** Tries until a value is given up. The first are the usual ones; later ones may look less usual. */
const MOST_TRIES = 400

/**
 * The entries of one conversation while they grow. Asks nobody: what a stand-in may not be is told to it as
 * the words of the request.
 */
export class Ledger {
  readonly salt: string
  readonly #secret: Uint8Array
  readonly #words: ReadonlySet<string>
  readonly #entries = new Map<string, Entry>()
  readonly #initials = new Map<string, Initial[]>()
  #names = 0
  readonly #pairs = new Map<string, Pair>()
  /** Folded stand-ins, and beginnings of them that an ending could make another word from. */
  readonly #taken = new Set<string>()
  readonly #originals = new Set<string>()
  readonly #makers = new Map<string, (draw: Draw, again: number) => string>()

  constructor(data: MappingData, salt: string, secret: Uint8Array, words: ReadonlySet<string>) {
    this.salt = salt
    this.#secret = secret
    this.#words = words
    for (const one of data.initials) this.#addInitial(one)
    for (const pair of data.pairs) this.#pairs.set(`${pair.given} ${pair.family}`, pair)
    for (const entry of data.entries) this.#keep(entry)
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key)
  }

  data(): MappingData {
    const entries = [...this.#entries.values()]
    return {
      version: 1,
      salt: this.salt,
      entries,
      initials: [...this.#initials.values()].flat(),
      pairs: [...this.#pairs.values()],
    }
  }

  #addInitial(initial: Initial): void {
    const own = this.#initials.get(initial.family)
    if (own === undefined) this.#initials.set(initial.family, [initial])
    else own.push(initial)
  }

  #keep(entry: Entry): void {
    if ((entry.role === 'given' || entry.role === 'family') && !this.#entries.has(entry.key)) this.#names += 1
    this.#entries.set(entry.key, entry)
    this.#originals.add(keyOf(entry.original).key)
    for (const one of this.#shadow(entry.standIn, entry)) this.#taken.add(one)
  }

  #shadow(standIn: string, { form, inflection }: Pick<Entry, 'form' | 'inflection'>): readonly string[] {
    const { key } = keyOf(form === 'part' ? stemOf(standIn, inflection) : standIn)
    if (form !== 'part') return [key]
    const shadows = [key]
    for (let cut = 1; cut <= LONGEST_ENDING && key.length - cut > 3; cut += 1)
      shadows.push(key.slice(0, -cut))
    return shadows
  }

  /** The entry of a value, made where there is none; null where no stand-in could be found. */
  add(wanted: Wanted, make: (draw: Draw, again: number) => string): Entry | null {
    this.#makers.set(wanted.key, make)
    return this.#entries.get(wanted.key) ?? this.#draw(wanted, 0, make)
  }

  /** How many words of names there are; tells whether what was made of them still holds. */
  get nameCount(): number {
    return this.#names
  }

  canDraw(key: string): boolean {
    return this.#makers.has(key)
  }

  /** Another stand-in for an entry whose own has turned up in a request. Null where there is no other. */
  redraw(entry: Entry, make: (draw: Draw, again: number) => string): Entry | null {
    const own = this.#makers.get(entry.key) ?? make
    // The letter that stands for a given name says whose it is.
    const letter = first(entry.standIn)
    const alike = (draw: Draw, again: number): string => {
      const made = own(draw, again)
      return entry.role !== 'given' || again > MOST_TRIES / 2 || first(made) === letter ? made : ''
    }
    const fresh = this.#draw(entry, entry.drawn + 1, alike)
    if (fresh !== null) this.#follow(entry, fresh)
    return fresh
  }

  #follow(old: Entry, { standIn, drawn, inflection }: Entry): void {
    const { key } = keyOf(old.original)
    for (const entry of [...this.#entries.values()]) {
      if (entry.form !== 'part' || entry.standIn !== old.standIn || keyOf(entry.original).key !== key)
        continue
      this.#keep({ ...entry, standIn, drawn, inflection })
    }
  }

  /**
   * The entry of a word that stands in a name and in an address: for both stands the same, so that either says
   * what the other is.
   */
  share(wanted: Wanted, twin: Entry, make: (draw: Draw, again: number) => string): Entry {
    this.#makers.set(wanted.key, make)
    const known = this.#entries.get(wanted.key)
    if (known !== undefined) return known
    // In an address a word changes like the name that it is, so that both are found in the same places.
    const name = wanted.role === 'place' ? twin : wanted
    const shared = { standIn: twin.standIn, drawn: twin.drawn, inflection: inflectionFor(name, twin.standIn) }
    const entry: Entry = { ...wanted, ...shared }
    this.#keep({ ...twin, ...shared })
    this.#keep(entry)
    return entry
  }

  #draw(wanted: Wanted, from: number, make: (draw: Draw, again: number) => string): Entry | null {
    const root = rootOf(this.#secret, this.salt, wanted.key)
    for (let again = from; again < from + MOST_TRIES; again += 1) {
      const draw = createDraw(root, again)
      const standIn = make(draw, again - from)
      const own = inflectionOf(wanted.original, wanted.role)
      const its = inflectionOf(standIn, wanted.role)
      // A word that changes like the original is looked for first; then any.
      if (wanted.form === 'part' && own !== its && again - from < 60) continue
      const entry: Entry = { ...wanted, standIn, inflection: inflectionFor(wanted, standIn), drawn: again }
      if (!this.#isFree(entry, wanted)) continue
      this.#keep(entry)
      return entry
    }
    return null
  }

  #isFree(entry: Entry, { original }: Wanted): boolean {
    const { key } = keyOf(entry.standIn)
    if (entry.standIn === '' || key === '' || key === keyOf(original).key) return false
    if (this.#originals.has(key) || this.#words.has(key)) return false
    return this.#shadow(entry.standIn, entry).every((one, index) => index > 0 || !this.#taken.has(one))
  }

  pair(given: Entry, family: Entry): void {
    this.#pairs.set(`${given.key} ${family.key}`, { given: given.key, family: family.key })
    this.initial(family, given.original, given.standIn)
  }

  /** The letter that stands for a given name's first before or behind this family name. */
  initial(family: Entry, from: string, to: string | null): void {
    const letter = ([...from][0] ?? '').toUpperCase()
    const own = this.#initials.get(family.key) ?? []
    const known = own.find((one) => first(one.from) === first(letter))
    if (to !== null) {
      if (own.some((one) => first(one.from) === first(letter) && one.to === first(to))) return
      this.#addInitial({ family: family.key, from: letter, to: first(to) })
      return
    }
    if (known !== undefined) return
    const draw = createDraw(rootOf(this.#secret, this.salt, family.key, 'initial', letter))
    for (let again = 0; again < MOST_TRIES; again += 1) {
      const other = 'ABCDEFGHJKLMNOPRSTVW'.charAt(draw.number(20))
      if (other === first(letter) || own.some((one) => one.to === other)) continue
      this.#addInitial({ family: family.key, from: letter, to: other })
      return
    }
  }

  /** Letters in use before a family name: those to avoid, and the one that is fixed for this original. */
  letters(
    family: Entry | null,
    given: string,
  ): { readonly taken: readonly string[]; readonly fixed: string | null } {
    const own = family === null ? [] : (this.#initials.get(family.key) ?? [])
    const fixed = own.find((one) => first(one.from) === first(given))?.to ?? null
    return { taken: own.map((one) => one.to), fixed }
  }
}

/** How a word and what stands for it change their endings, where they do so alike. */
const inflectionFor = ({ original, role }: Pick<Wanted, 'original' | 'role'>, standIn: string): string => {
  const own = inflectionOf(original, role)
  const its = inflectionOf(standIn, role)
  if (own === its) return own
  return own === 'fixed' || its === 'fixed' ? 'fixed' : 'none'
}

export const first = (word: string): string => [...plain(word)][0]?.toUpperCase() ?? ''

/** A word out of its halves; later tries put joints between them, so that there is no end of words. */
export const makeWord = (made: Maker, draw: Draw, again: number): string => {
  const pick = (list: readonly string[]): string => list[draw.number(list.length)] ?? ''
  const joints = again < 40 ? 0 : again < 140 ? 1 : 2
  let word = pick(made.beginnings)
  for (let joint = 0; joint < joints; joint += 1) word += pick(made.joints)
  return (word + pick(made.endings)).trim()
}

/** A given or family name in the sound of a culture, in the original's case. */
export const nameLike = (
  original: string,
  role: 'given' | 'family',
  gender: 'f' | 'm' | null,
  culture: CultureName,
): ((draw: Draw, again: number) => string) => {
  const names = CULTURES[culture]
  const maker = role === 'family' ? names.family : names[gender ?? 'n']
  const inflection = inflectionOf(original, role)
  const style = styleOf(original)
  return (draw, again) => {
    let word = makeWord(maker, draw, again)
    if (inflection === 'ski')
      word = `${makeWord({ ...maker, endings: ['al', 'ow', 'in', 'en'] }, draw, again)}sk${original.slice(-1).toLowerCase()}`
    if (inflection === 'ov' && /а$/i.test(original)) word = `${word}а`
    return style === 'mixed' ? word : inStyle(word, style)
  }
}

/** Words of a text by which it can be known again, for what a stand-in may not be. */
export const wordsOf = (texts: Iterable<string>): ReadonlySet<string> => {
  const words = new Set<string>()
  for (const text of texts) for (const token of tokensOf(text)) words.add(token.fold)
  return words
}

export const foldedKey = (type: string, value: string): string => `${type} ${fold(value)}`
