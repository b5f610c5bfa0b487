import { KINDS, type Kind } from '../domain/index.ts'
import { CONTROL, TYPES } from './judge-question.ts'
import { type Heard, type Hit, UNTYPED } from './reading.ts'

/** A judge's answer, read. */
export interface Judgement {
  readonly kinds: readonly Kind[]
  readonly spans: readonly { readonly quote: string; readonly kind: Kind; readonly type: string }[]
}

const MOST_SPANS = 1_000
const MOST_PLACES = 1_000
/** How sure a judge is taken to be: surer than a guess, less sure than check digits. */
const LOCATED = 0.8
const UNLOCATED = 0.7

/** Reasoning in front of the answer, and a fence around it: some models cannot be kept from either. */
const THOUGHT = /^\s*<think>.*?<\/think>/s
const FENCED = /^```(?:json)?[ \t]*\n(.*)\n```$/s

const objectIn = (answer: string): object | null => {
  const rest = answer.replace(THOUGHT, '').trim()
  try {
    const value: unknown = JSON.parse(FENCED.exec(rest)?.[1] ?? rest)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

const kindOf = (value: unknown): Kind | null => KINDS.find((kind) => kind === value) ?? null

interface Span {
  readonly quote: string
  readonly type: string
}

const spanOf = (value: unknown): Span | null => {
  if (typeof value !== 'object' || value === null) return null
  const quote: unknown = Reflect.get(value, 'quote')
  const type: unknown = Reflect.get(value, 'type')
  return typeof quote === 'string' && typeof type === 'string' ? { quote, type: type.toUpperCase() } : null
}

/** A type that is not on the list counts as `identity`: the judge meant that it must not leave. */
const judged = ({ quote, type }: Span): Judgement['spans'][number] => {
  const kind = TYPES.get(type)
  return kind === undefined ? { quote, kind: 'identity', type: UNTYPED } : { quote, kind, type }
}

/** Null for an answer that is not of the form, names a kind that is none, or does not report the control word. */
export const readJudgement = (answer: string, control: string): Judgement | null => {
  const object = objectIn(answer)
  if (object === null) return null
  const kinds: unknown = Reflect.get(object, 'kinds')
  const spans: unknown = Reflect.get(object, 'spans')
  if (!Array.isArray(kinds) || !Array.isArray(spans) || spans.length > MOST_SPANS) return null
  const known = kinds.map(kindOf).filter((kind) => kind !== null)
  const read = spans.map(spanOf).filter((span) => span !== null)
  if (known.length < kinds.length || read.length < spans.length) return null
  const isControl = ({ quote, type }: Span): boolean => type === CONTROL && quote.includes(control)
  if (!read.some(isControl)) return null
  const rest = read.filter((span) => !isControl(span))
  return { kinds: [...new Set(known)], spans: rest.map(judged) }
}

const placesOf = (text: string, quote: string): readonly number[] => {
  const places: number[] = []
  for (let at = text.indexOf(quote); at !== -1 && places.length < MOST_PLACES; ) {
    places.push(at)
    at = text.indexOf(quote, at + quote.length)
  }
  return places
}

/**
 * What a judgement says of each text. Quotes count wherever they stand, exactly. A kind of which no quote stands
 * anywhere counts for all of every text that was asked about: it cannot be told in which of them it is, and so it
 * is not remembered of any of several.
 */
export const hitsOf = (judgement: Judgement, texts: readonly string[]): readonly Heard[] => {
  const placed = new Set<Kind>()
  const hits = texts.map((text) =>
    judgement.spans.flatMap(({ quote, kind, type }) =>
      (quote.trim() === '' ? [] : placesOf(text, quote)).map((start): Hit => {
        placed.add(kind)
        return { kind, type, start, end: start + quote.length, confidence: LOCATED }
      }),
    ),
  )
  const said = new Set([...judgement.kinds, ...judgement.spans.map(({ kind }) => kind)])
  const unplaced = KINDS.filter((kind) => said.has(kind) && !placed.has(kind))
  const lasting = unplaced.length === 0 || texts.length === 1
  return hits.map((found, index) => {
    const end = texts[index]?.length ?? 0
    const whole = unplaced.map((kind): Hit => ({ kind, type: UNTYPED, start: 0, end, confidence: UNLOCATED }))
    return { hits: [...found, ...whole], lasting }
  })
}
