import { readFileSync } from 'node:fs'
import type { SpanType } from '../../src/sensitivity/tagger/decode.ts'
import { organizationOf } from './organizations.ts'
import { People } from './people.ts'
import { Random } from './random.ts'
import { fill } from './slots.ts'

/** A text and what in it is what. */
export interface Sample {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: SpanType }[]
  readonly language: string
}

interface Template {
  readonly language: string
  readonly text: string
  /** Whether names in it are those of nobody. */
  readonly imagined: boolean
}

const FOLDER = new URL('./templates/', import.meta.url)
const templatesOf = (file: string): readonly string[] =>
  readFileSync(new URL(`${file}.txt`, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('\\n', '\n'))

const LANGUAGES = 'en de fr es it nl pt pl sv tr'.split(' ')
const POSITIVE: readonly Template[] = [
  ...LANGUAGES.flatMap((language) =>
    templatesOf(language).map((text) => ({ language, text, imagined: false })),
  ),
  ...templatesOf('more').map((line) => {
    const blank = line.indexOf(' ')
    return { language: line.slice(0, blank), text: line.slice(blank + 1), imagined: false }
  }),
]
const NEGATIVE: readonly Template[] = templatesOf('negative').map((text) => ({
  language: 'en',
  text,
  imagined: true,
}))

/** Prose and code of this project: no names in it. */
const RAW = [...templatesOf('prose'), ...templatesOf('code')]

const hash = (text: string): number => {
  let h = 7
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h ^ (h >>> 13)) >>> 0
}
/** One template in eight is kept out of the training. */
const isHeldOut = (template: Template): boolean => hash(template.text) % 8 === 0

const SLOT = /\{([a-zA-Z]+)\}/g

type Spans = { start: number; end: number; type: SpanType }[]

interface Filled {
  text: string
  readonly spans: Spans
}

/** "{ps}", "{os}": several of a kind, each by itself. */
const addSeveral = (filled: Filled, people: People, type: SpanType): void => {
  const names =
    type === 'PERSON'
      ? people.several()
      : Array.from({ length: 2 + people.random.below(4) }, () => organizationOf(people))
  names.forEach((name, index) => {
    if (index > 0) filled.text += index === names.length - 1 ? people.last() : ', '
    filled.spans.push({ start: filled.text.length, end: filled.text.length + name.length, type })
    filled.text += name
  })
}

/** Words of a slot; "{f} {l}" and "{l}, {f}" are one person. */
const addWords = (filled: Filled, words: string, type: SpanType | null, slots: string): void => {
  const before = filled.spans.at(-1)
  const between = filled.text.slice(before?.end ?? 0)
  const joins = type === 'PERSON' && (between === ' ' || (between === ', ' && /^[lL]f$/.test(slots)))
  const start = filled.text.length
  filled.text += words
  if (joins && before?.type === 'PERSON') before.end = filled.text.length
  else if (type !== null) filled.spans.push({ start, end: filled.text.length, type })
}

const fillTemplate = (people: People, template: Template): Filled => {
  people.begin(template.language)
  const filled: Filled = { text: '', spans: [] }
  let last = 0
  let slotBefore = ''
  for (const match of template.text.matchAll(SLOT)) {
    filled.text += template.text.slice(last, match.index)
    last = match.index + match[0].length
    const slot = match[1] ?? ''
    if (template.text.charAt(match.index - 1) === '{') filled.text += match[0]
    else if (slot === 'ps' || slot === 'os') {
      addSeveral(filled, people, slot === 'ps' ? 'PERSON' : 'ORGANIZATION')
    } else {
      const [words, type] = fill(slot, people)
      const isNobody = template.imagined && type === 'PERSON'
      addWords(filled, words, isNobody ? null : type, slotBefore + slot)
    }
    slotBefore = slot
  }
  filled.text += template.text.slice(last)
  return filled
}

const NO_CASE_CHANGE = /[{}<>=;]/

/** Texts without end, of templates that are held out or of the others. Imagined persons are nobody's data. */
export class Corpus {
  readonly #random: Random
  readonly #people: People
  readonly #positive: readonly Template[]
  readonly #negative: readonly Template[]
  readonly #byLanguage = new Map<string, readonly Template[]>()

  constructor(seed: number, heldOut: boolean) {
    this.#random = new Random(seed)
    this.#people = new People(this.#random)
    this.#positive = POSITIVE.filter((template) => isHeldOut(template) === heldOut)
    this.#negative = NEGATIVE.filter((template) => isHeldOut(template) === heldOut)
    for (const template of this.#positive) {
      const list = this.#byLanguage.get(template.language) ?? []
      this.#byLanguage.set(template.language, [...list, template])
    }
  }

  /** The next text of this corpus. */
  next(): Sample {
    const random = this.#random
    if (random.chance(0.08)) return { text: random.pick(RAW), spans: [], language: 'none' }
    const isNegative = random.chance(0.34)
    const first = random.pick(isNegative ? this.#negative : this.#positive)
    let { text, spans } = fillTemplate(this.#people, first)
    const others = isNegative ? this.#negative : (this.#byLanguage.get(first.language) ?? this.#positive)
    const more = random.chance(0.35) ? 1 + random.below(2) : 0
    for (let i = 0; i < more; i += 1) {
      const added = fillTemplate(this.#people, random.pick(others))
      const offset = text.length + 1
      const moved = added.spans.map((span) => ({
        ...span,
        start: span.start + offset,
        end: span.end + offset,
      }))
      spans = [...spans, ...moved]
      text += (random.chance(0.5) ? '\n' : ' ') + added.text
    }
    if (text.startsWith('{"') && random.chance(0.4))
      ({ text, spans } = escaped(text, spans, random.chance(0.5) ? '\\"' : '\\\\\\"'))
    const roll = random.next()
    if (roll < 0.13 && !NO_CASE_CHANGE.test(text)) text = lower(text)
    else if (roll < 0.16 && !NO_CASE_CHANGE.test(text)) text = upper(text)
    return { text, spans, language: isNegative ? 'none' : first.language }
  }
}

/** JSON inside a string: each quote gets its backslashes. */
const escaped = (text: string, spans: Spans, quote: string): { text: string; spans: Spans } => {
  const moved = (index: number): number =>
    index + [...text.slice(0, index).matchAll(/"/g)].length * (quote.length - 1)
  return {
    text: text.replaceAll('"', quote),
    spans: spans.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) })),
  }
}

/** Case changed unit by unit, so that places stay. */
const lower = (text: string): string => {
  const small = text.toLowerCase()
  return small.length === text.length ? small : text
}
const upper = (text: string): string => {
  const large = text.toUpperCase()
  return large.length === text.length ? large : text
}

/** All words that templates say outside their slots: known as context. */
export const templateWords = (): readonly string[] => {
  const words = new Set<string>()
  for (const { text } of [...POSITIVE, ...NEGATIVE]) {
    for (const [word] of text.replaceAll(SLOT, ' 0 ').matchAll(/(?<![\p{L}\d])\p{Ll}[\p{L}'-]*/gu))
      words.add(word)
  }
  return [...words].sort()
}
