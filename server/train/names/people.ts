import { locale, THINGS } from './lists.ts'
import {
  andOf,
  capital,
  EXTRA_FAMILY,
  EXTRA_GIVEN,
  LATIN,
  LOCALES_OF,
  OTHER_LETTERS,
  PARTICLES,
  SYLLABLES,
} from './parts.ts'
import type { Random } from './random.ts'

/** Names of persons, of the locale that the text at hand is of. */
export class People {
  readonly random: Random
  language = 'en'
  code = 'en'

  constructor(random: Random) {
    this.random = random
  }

  /** Chooses the locale for the next text: English texts name people from everywhere. */
  begin(language: string): void {
    const { random } = this
    this.language = language
    if (language === 'en') this.code = random.chance(0.3) ? 'en' : random.pick(LATIN)
    else
      this.code = random.chance(0.85) ? random.pick(LOCALES_OF[language] ?? [language]) : random.pick(LATIN)
  }

  get isLatin(): boolean {
    return !OTHER_LETTERS.has(this.code)
  }

  word(): string {
    return capital(this.random.pick(this.random.chance(0.7) ? THINGS.noun : THINGS.adjective))
  }

  invented(): string {
    const { random } = this
    let word = random.pick(SYLLABLES) + random.pick(SYLLABLES)
    if (random.chance(0.5)) word += random.pick(SYLLABLES)
    return capital(word)
  }

  /** Half of one name and half of another: looks like a name and stands in no list. */
  blended(list: readonly string[]): string {
    const one = this.random.pick(list)
    const two = this.random.pick(list)
    if (/[ -]/.test(one + two) || one.length < 3 || two.length < 3) return one
    return one.slice(0, Math.ceil(one.length / 2)) + two.slice(Math.floor(two.length / 2)).toLowerCase()
  }

  given(): string {
    const { random } = this
    const { female, male } = locale(this.code)
    const list = random.chance(0.5) || male.length === 0 ? female : male
    if (this.isLatin && random.chance(0.1)) return random.pick(EXTRA_GIVEN)
    if (this.isLatin && random.chance(0.05)) return this.blended(list)
    if (random.chance(0.02)) return `${random.pick(list)}-${random.pick(list)}`
    return random.pick(list)
  }

  family(): string {
    const { random } = this
    const list = locale(this.code).family
    if (this.isLatin) {
      if (random.chance(this.code.startsWith('en') ? 0.4 : 0.12)) return random.pick(EXTRA_FAMILY)
      if (random.chance(0.12)) return this.blended(list)
      if (random.chance(0.04)) return this.invented()
      if (random.chance(0.02)) {
        return random.pick(["O'", 'Mc', "D'", 'Fitz', 'El-', 'Al-', 'De', 'Ben-']) + random.pick(list)
      }
    }
    if (random.chance(0.04)) return `${random.pick(list)}-${random.pick(list)}`
    const particles = PARTICLES[this.language]
    if (particles !== undefined && random.chance(0.1)) return `${random.pick(particles)} ${random.pick(list)}`
    return random.pick(list)
  }

  /** One family name, or two where that is the custom. */
  surnames(): string {
    const isSpanish = this.language === 'es' || this.code.startsWith('es')
    const doubles = isSpanish ? 0.75 : this.language === 'pt' ? 0.4 : 0.01
    return this.random.chance(doubles) ? `${this.family()} ${this.family()}` : this.family()
  }

  initial(): string {
    return this.random.pick([...'ABCDEFGHIJKLMNOPRSTVWZ']) + (this.random.chance(0.75) ? '.' : '')
  }

  person(): string {
    const { random } = this
    const roll = random.next()
    if (roll < 0.06) return `${this.given()} ${this.initial()} ${this.surnames()}`
    if (roll < 0.11) return `${this.given()} ${this.given()} ${this.surnames()}`
    if (roll < 0.13) return `${this.initial()} ${this.surnames()}`
    if (roll < 0.14) return `${this.initial()} ${this.initial()} ${this.surnames()}`
    if (roll < 0.155) {
      return `${this.given()} ${this.surnames()} ${random.pick(['Jr.', 'Sr.', 'II', 'III', 'Jr'])}`
    }
    if (roll < 0.165) {
      return `${this.given()} ${random.pick(['bin', 'al', 'ibn', 'van', 'von', 'de', 'El'])} ${this.family()}`
    }
    if (roll < 0.19 && this.language === 'en') return this.given()
    if (roll < 0.21 && this.language === 'en') return this.family()
    return `${this.given()} ${this.surnames()}`
  }

  /** Two to five of a kind: all family names, all given names, or all in full. */
  several(): readonly string[] {
    const { random } = this
    const roll = random.next()
    return Array.from({ length: 2 + random.below(4) }, () => {
      if (roll < 0.45) return this.family()
      return roll < 0.75 ? this.given() : this.person()
    })
  }

  /** How the last of several is joined to the others. */
  last(): string {
    const and = andOf(this.language)
    return this.random.pick([` ${and} `, ` ${and} `, ` ${and} `, ', ', ' & '])
  }
}
