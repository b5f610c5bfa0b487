/** One token as a classifier answers it, the unlabelled ones included. */
export interface Token {
  /** The label as the model names it: `B-PER`, `I-PER`, `O`, `private_email` … */
  readonly entity: string
  readonly score: number
  /** Place among the tokens of the text. */
  readonly index: number
  /** The token's text, with the mark of its tokenizer: `##son`, ` Anna`. */
  readonly word: string
}

/** A labelled stretch of a text. Offsets are UTF-16 units, end exclusive. */
export interface TokenSpan {
  /** Without the prefix that says where in a run the token stands. */
  readonly label: string
  readonly start: number
  readonly end: number
  readonly score: number
}

interface Folded {
  readonly text: string
  /** Where each unit of the folded text comes from. */
  readonly from: readonly number[]
}

const MARKS = /\p{M}/gu
const fold = (text: string): string => text.normalize('NFKD').replace(MARKS, '').toLowerCase()

/** Tokenizers lower, strip accents and drop blanks as they like, so that both sides are compared without them. */
const folded = (text: string): Folded => {
  let out = ''
  const from: number[] = []
  let at = 0
  for (const character of text) {
    const plain = /\s/.test(character) ? '' : fold(character)
    for (let unit = 0; unit < plain.length; unit += 1) from.push(at)
    out += plain
    at += character.length
  }
  from.push(text.length)
  return { text: out, from }
}

const MARKER = /^(?:##|[\u2581\u0120\s])+|[\s]+$/gu
const bare = (word: string): string => fold(word.replaceAll(MARKER, '')).replaceAll(/\s/g, '')

/** How far ahead a token may stand from the end of the one before: what lies between was given as an unknown token. */
const LOOK = 200

interface Placed {
  readonly token: Token
  readonly start: number
  readonly end: number
  readonly sure: boolean
}

/** Each token's place in the folded text. One that cannot be found stands where the next one begins. */
const placedIn = (text: string, tokens: readonly Token[]): readonly Placed[] => {
  const placed: Placed[] = []
  let at = 0
  for (const token of tokens) {
    const word = bare(token.word)
    const found = word === '' ? -1 : text.slice(at, at + LOOK + word.length).indexOf(word)
    if (found === -1) placed.push({ token, start: at, end: at, sure: false })
    else {
      const start = at + found
      at = start + word.length
      placed.push({ token, start, end: at, sure: true })
    }
  }
  return placed
}

const PREFIX = /^[BIESLU][-_](?=.)/

const labelOf = (entity: string): string => entity.replace(PREFIX, '')
const isBeginning = (entity: string): boolean => /^[BSU][-_]./.test(entity)

/** Runs of tokens with one label. A token that begins a run anew is still part of it where no blank is between. */
const runsOf = (text: string, from: readonly number[], placed: readonly Placed[]): readonly TokenSpan[] => {
  const spans: TokenSpan[] = []
  let lastIndex = -1
  for (const [nth, { token, start, end, sure }] of placed.entries()) {
    const label = labelOf(token.entity)
    if (label === 'O') continue
    // What is labelled and cannot be placed lies somewhere between its neighbours.
    const next = placed.slice(nth + 1).find((one) => one.sure)
    const first = from[start] ?? text.length
    const last = sure
      ? endOf(text, from[end - 1] ?? 0)
      : first + text.slice(first, from[next?.start ?? from.length - 1]).trimEnd().length
    const before = spans.at(-1)
    const between = before === undefined ? '' : text.slice(before.end, first)
    const goesOn =
      before !== undefined &&
      before.label === label &&
      token.index === lastIndex + 1 &&
      (between === '' || (!isBeginning(token.entity) && between.trim().length <= 1))
    lastIndex = token.index
    if (goesOn && before !== undefined) {
      const score = Math.max(before.score, token.score)
      spans[spans.length - 1] = { label, start: before.start, end: Math.max(before.end, last), score }
    } else if (last > first) spans.push({ label, start: first, end: last, score: token.score })
    else spans.push({ label, start: 0, end: text.length, score: token.score })
  }
  return spans
}

const endOf = (text: string, unit: number): number => {
  const code = text.codePointAt(unit) ?? 0
  let end = unit + (code > 0xffff ? 2 : 1)
  while (end < text.length && /^\p{M}/u.test(text.slice(end, end + 2))) end += 1
  return end
}

/**
 * The labelled stretches of a text from its tokens in order. Such classifiers say a token's text and not where it
 * stands, so tokens are laid along the text; one that is labelled and fits nowhere labels the gap where it must
 * stand, and where there is none the whole text: nothing that was labelled is lost.
 */
export const spansOf = (text: string, tokens: readonly Token[]): readonly TokenSpan[] => {
  if (tokens.length === 0 || text === '') return []
  const { text: plain, from } = folded(text)
  return runsOf(text, from, placedIn(plain, tokens))
}
