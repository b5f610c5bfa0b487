import type { Phrase } from '../categories/lexicon.ts'
import { phrasesOf } from '../categories/scan.ts'
import { countDifferent, countSyntax } from '../categories/signs.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

const MARKS = [3, 2, 1].map((weight) => [phrasesOf(`proprietary:${weight}`), weight] as const)
const reservedOf = phrasesOf('reserved')
const openOf = phrasesOf('openLicence')
const codeOf = phrasesOf('code')

const ENOUGH = 3
/** Marks looked at; more would not change what the text is. */
const MOST_MARKS = 20
/** How far around a mark its line is looked at. */
const LINE = 200

/** A line of code, in which a word of the lists is a name or a string and marks nothing. */
const STATEMENT = /[;{}=]|\w\(|=>|::|^\s*(?:import|from|using|class|internal|public|private)\b/
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!include|define)|--|<!--|;;|%|'''|"""|\(\*|rem\b)|\/\/|\/\*|"""|#\s/i

/** Whether a mark stands in a comment or in what people write around code, not in the code. */
const isSaid = (text: string, { start, end }: Phrase): boolean => {
  const from = Math.max(0, start - LINE, text.lastIndexOf('\n', start - 1) + 1)
  const next = text.slice(end, end + LINE).indexOf('\n')
  const before = text.slice(from, start)
  const line = text.slice(from, next === -1 ? end + LINE : end + next)
  return COMMENT.test(before) || !STATEMENT.test(line)
}

/** Whose it is: an owner has a name, or is the writer. "A property of the stats object" is a member. */
const OWNED =
  /^[\s:]*(?:\p{Lu}|(?:our|the (?:company|client|customer|employer|group|firm|author|undersigned))(?!\p{L}))/u

const isOwned = (text: string, { word, start, end }: Phrase): boolean =>
  word !== 'property of' ||
  (OWNED.test(text.slice(end, end + 40)) &&
    !/[`\w]['’]?s? $|\b(?:an?|each|this|any) $/i.test(text.slice(Math.max(0, start - 8), start)))

/** Hosts that only the inside of an organisation resolves; those that every cluster or laptop has are not meant. */
const INSIDE =
  /(?<![\w.])(?!host\.docker|metadata\.google|[\w.-]{0,80}\bcompute\.|[\w.-]{0,80}\bec2\.)(?:[a-z][\w-]{0,40}\.){1,5}(?:corp|internal|intra|intranet)(?![\w.-])/i

/** A pattern looked for only where one of its words stands. */
const hostIn = (text: string): RegExpExecArray | null =>
  /\.(?:corp|int(?:ernal|ra))/i.test(text) ? INSIDE.exec(text.slice(0, 20_000)) : null

const marksIn = (reading: Reading): { score: number; first: Phrase | null } => {
  let score = 0
  let first: Phrase | null = null
  const seen = new Set<string>()
  const add = (phrases: readonly Phrase[], weight: number): void => {
    for (const phrase of phrases.slice(0, MOST_MARKS)) {
      if (seen.has(phrase.word) || !isSaid(reading.text, phrase) || !isOwned(reading.text, phrase)) continue
      seen.add(phrase.word)
      first ??= phrase
      score += weight
    }
  }
  for (const [phrasesIn, weight] of MARKS) add(phrasesIn(reading), weight)
  if (openOf(reading).length === 0) add(reservedOf(reading), ENOUGH)
  return { score, first }
}

/** Code that a mark is about stands near it: a snippet elsewhere in a long text is another matter. */
const NEAR = 3_000

const around = (text: string, mark: Phrase | null): string =>
  mark === null ? text : text.slice(Math.max(0, mark.start - NEAR), mark.end + NEAR)

const hitOf = (
  place: { readonly start: number; readonly end: number },
  syntax: number,
  mark: string,
): Hit => ({
  kind: 'source_code',
  type: 'SOURCE_CODE',
  start: place.start,
  end: place.end,
  confidence: Math.min(0.95, 0.65 + syntax / 40),
  reason: `code beside the mark "${mark}"`,
})

/** Source code that is marked as somebody's own. A snippet in a question carries no such mark. */
export const sourceCode: Detector = {
  name: 'source-code',
  detect: (reading) => {
    const words = codeOf(reading)
    if (words.length === 0) return []
    const { score, first } = marksIn(reading)
    const host = score >= ENOUGH ? null : hostIn(reading.text)
    if (score < ENOUGH && host === null) return []
    const syntax = countSyntax(around(reading.text, first))
    if (syntax < 2) return []
    if (score >= ENOUGH && first !== null) return [hitOf(first, syntax, first.word)]
    if (host === null || countDifferent(words, 2) < 2) return []
    return [
      hitOf({ start: host.index, end: host.index + host[0].length }, 0, 'a host inside the organisation'),
    ]
  },
}
