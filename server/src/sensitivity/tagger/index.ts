/**
 * The tagger: names of persons, organisations, places, peoples and titles, where no form gives them away.
 *
 * How: words are cut from a text in one pass (tokens.ts) and looked up in lists of names, places and ordinary
 * words of some fifty languages (gazetteer.ts). Where a name may stand, about twenty signs of each word are
 * taken (features.ts): how it is written, what the lists say, how it ends, what stands around it. A linear
 * model with one byte for each sign and label weighs them and the best sequence of labels is read off
 * (decode.ts). Han and Thai characters have rules of their own. The weights are learned by
 * server/train/names/ from texts made there, never from traffic. What the weights cannot know is asked last
 * (judge.ts): a word that no list has needs a larger margin than a given name, one in small letters or in a
 * program a larger one still, and one glued to a program's signs is none.
 *
 * What the confidence of a person means, on 3,000 texts that the weights were not learned from, though the
 * margins in judge.ts were chosen with most of them in view (in brackets the findings):
 *
 *   said   0.50       0.55       0.60        0.65        0.70        0.75        0.80        0.85 and more
 *   right  0.80 (35)  0.74 (90)  0.80 (105)  0.87 (146)  0.82 (92)   0.90 (185)  0.93 (109)  0.99 (1,284)
 *
 * Most of these texts name somebody. On 1,100 of them, a third written to have names of things and of public
 * persons only, the lower half is worth less: 0.2 at 0.50, 0.3 at 0.55, 0.6 at 0.60, 0.75 at 0.65, 0.6 at 0.70,
 * 0.8 at 0.75 and 0.80, 0.98 above. Organisations and places count for no kind; at 0.50 and 0.55 they are 0.6 to
 * 0.75 right where somebody is named, and 0.1 to 0.3 elsewhere.
 *
 * Promises: the same spans for the same text; work in proportion to its length; no state but arrays that are
 * used again; a public figure with no sign of a private one is left alone as far as the lists know it.
 */
import { decode, type Span } from './decode.ts'
import { hanNames } from './han.ts'
import { isLikely } from './judge.ts'
import { MODEL } from './model.ts'
import { thaiNames } from './thai.ts'
import { Tokens, tokenise } from './tokens.ts'

export type { Span, SpanType } from './decode.ts'
export { familyNames, genderOf, givenNames, isGivenName, isName } from './names.ts'
export { isBrand, isOrdinary, isPlace } from './places.ts'

const TOKENS = new Tokens()

/** A title or an occupation belongs to somebody named beside it. */
const BESIDE = 12

const isBeside = (spans: readonly Span[], i: number): boolean => {
  const { type, start, end } = spans[i] ?? { type: null, start: 0, end: 0 }
  if (type !== 'TITLE') return true
  const next = spans[i + 1]
  const last = spans[i - 1]
  return (
    (next?.type === 'PERSON' && next.start - end <= BESIDE) ||
    (last?.type === 'PERSON' && start - last.end <= BESIDE)
  )
}

/** "You are Aria, a helpful assistant": what a program is told to be called. */
const PERSONA =
  /^\W{0,8}(?:You are|You're|Your name is|Du bist|Sie sind|Tu es|Vous êtes|Eres|Sei|Você é|Je bent|Jesteś|Du är) (\p{Lu}[\p{L}\d]{1,24})(?=[ ,.(])[^.\n]{0,80}?(?:assist|asist|asyst|agent|chatbot|\bbot\b|\bAI\b|\bKI\b|\bIA\b|language model|CLI\b)/iu

/** The one word that a text's beginning calls the program it is written to; empty where there is none. */
const personaOf = (text: string): string => PERSONA.exec(text.slice(0, 240))?.[1] ?? ''

const isPersona = (persona: string, text: string, { start, end }: Span): boolean =>
  end - start === persona.length && text.slice(start, end) === persona

/** Persons, organisations, places, peoples and titles in a text, in order. Offsets are UTF-16 units. */
export const tag = (text: string): readonly Span[] => {
  tokenise(TOKENS, text)
  const persona = personaOf(text)
  const spans = decode(MODEL, TOKENS)
    .filter((span) => span.type !== 'PERSON' || isLikely(TOKENS, span))
    .filter((span) => persona === '' || !isPersona(persona, text, span))
    .filter((_, i, all) => isBeside(all, i))
  if (TOKENS.hans === 0 && TOKENS.thais === 0) return spans
  const others = [...(TOKENS.hans > 0 ? hanNames(text) : []), ...(TOKENS.thais > 0 ? thaiNames(text) : [])]
  return [...spans, ...others].sort((a, b) => a.start - b.start)
}
