import type { Json } from '../domain/index.ts'
import type { Detector, Hit } from './detector.ts'
import { isReserved } from './detectors/email.ts'
import { isGivenName, isName } from './tagger/index.ts'

/**
 * What the protocols say a text is. `name`: an identifier, such as a tool's name, of which no word names anybody;
 * `definition`: what a tool, a parameter or a form of answers is for, told to a model; `example`: a value in such a
 * definition, which is somebody's data as much as any other unless nobody can have it.
 */
export type Standing = 'name' | 'definition' | 'example'

/** Where clients define tools and forms of answers, in all dialects. */
const DEFINING =
  /^(?:(?:input\[\d+\]\.)?(?:tools|functions)\[|(?:tool_choice|toolConfig|tool_config|response_format|text\.format|format|output_format|output_config|generationConfig\.response\w*|generation_config\.response\w*)(?:\.|$))/
/** Behind it stands JSON in a string. */
const NESTED = '{}'

const isDefining = (path: string): boolean => DEFINING.test(path) && !path.includes(NESTED)

/** Values in a definition. */
const DATA = /\.(?:default|const|examples?|enum)(?:[.[]|$)/
/** Places in a definition that hold identifiers. */
const NAMING =
  /\.(?:name|title|type|format|\$ref|\$id|\$anchor|\$dynamicRef)$|\.(?:required|propertyOrdering|property_ordering|allowedFunctionNames|allowed_function_names)\[\d+\]$/
const IDENTIFIER = /^[\w$./#-]{1,128}$/

/** What a call of a tool and its result stand in, by path, and what type or role says that they are one. */
const CALLING =
  /^(?:messages|contents|input)\[\d+\](?:\.(?:content|parts|tool_calls)\[\d+\](?:\.(?:function|custom|functionCall|functionResponse|function_call|function_response))?|\.function_call)?$/
const HOLDER = /\.(?:function|custom|functionCall|functionResponse|function_call|function_response)$/
const CALL = /^(?:tool|function)$|(?:tool_use|tool_call|function_call)$/

/** Whether an object at `path` is a tool's call or its result, so that its `name` is the tool's. */
export const isCall = (path: string, members: readonly (readonly [string, Json | undefined])[]): boolean => {
  if (!CALLING.test(path)) return false
  if (HOLDER.test(path)) return true
  return members.some(
    ([key, value]) => (key === 'type' || key === 'role') && typeof value === 'string' && CALL.test(value),
  )
}

const COMPOUND =
  /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[a-z][a-z0-9]*[A-Z]\w*$|^(?:[A-Z][a-z]+){3,}$/
const MOST_OPTIONS = 64

/** Whether the options of a parameter are a program's words, as one of them shows that joins several. */
export const areOptions = (path: string, list: readonly Json[]): boolean =>
  path.endsWith('.enum') &&
  isDefining(path) &&
  list.slice(0, MOST_OPTIONS).some((option) => typeof option === 'string' && COMPOUND.test(option))

const LONGEST_TITLE = 64
const TITLE = /\.([A-Za-z0-9_$]+)\.title$/
const lettersOf = (text: string): string => text.replaceAll(/[\s_-]/g, '').toLowerCase()

/** Generated schemas call a property by its own key, written as words: `due_date`, "Due Date". */
const isKeyInWords = (path: string, text: string): boolean => {
  if (text.length > LONGEST_TITLE || !path.endsWith('.title')) return false
  const key = TITLE.exec(path)?.[1]
  return key !== undefined && lettersOf(key) === lettersOf(text)
}

/**
 * What a text at `path` is, null for anything that may be somebody's. `named`: what stands beside it says that it is
 * an identifier, if it has the form of one.
 */
export const standingOf = (path: string, text: string, named = false): Standing | null => {
  const defining = isDefining(path)
  const data = defining && DATA.test(path)
  // Among the options of a program "Shift" is a key, and "Kowalczyk" still somebody.
  if (named && IDENTIFIER.test(text) && !(data && isName(text))) return 'name'
  if (!defining) return null
  if (data) return 'example'
  if (IDENTIFIER.test(text) ? NAMING.test(path) : isKeyInWords(path, text)) return 'name'
  return 'definition'
}

/** A longer text is a document wherever it stands. Units. */
const DOCUMENT = 400

/** Whether what a definition says is too little to be a paper: short, and without a figure. */
export const isBrief = (text: string): boolean => text.length < DOCUMENT && !/\d/.test(text)

/** What reads words as names; an identifier is read by all others. */
const NAMER = 'person'
/** What says what a whole text is. */
const JUDGES: ReadonlySet<string> = new Set(['contract', 'financial', 'medical'])
const WHOLE: ReadonlySet<string> = new Set(['CONTRACT', 'FINANCIAL', 'HEALTH'])

/** Those of our detectors that read an identifier. */
export const readersOfNames = (detectors: readonly Detector[]): readonly Detector[] =>
  detectors.filter(({ name }) => name !== NAMER)

const LEAST = 0.7

/** "Pixels", "Gross pay …": a word that no list has as a given name and that a description begins with. */
const isOpening = (text: string, { type, start, end, confidence }: Hit): boolean => {
  if (type !== 'PERSON' || confidence >= LEAST || text.slice(0, start).trim() !== '') return false
  const word = text.slice(start, end)
  return !/\s/.test(word) && !isGivenName(word)
}

/**
 * Numbers set aside for stories: 555-0100 to 555-0199 in North America, whose area 555 does not exist either; and
 * what counting makes. The North American numbering plan's 555 line number guidelines.
 */
const FICTIONAL = /^1?(?:[2-9]\d\d55501\d\d|555\d{7})$|^\d{0,3}(?:1234567890?|0123456789)$/

/** A telephone number or an address that nobody can have. */
const isNobodys = (text: string, { type, start, end }: Hit): boolean => {
  const value = text.slice(start, end)
  return type === 'PHONE'
    ? FICTIONAL.test(value.replaceAll(/\D/g, ''))
    : type === 'EMAIL' && isReserved(value)
}

const without = (detector: Detector, isLeftOut: (text: string, hit: Hit) => boolean): Detector => ({
  name: detector.name,
  detect: (reading) => detector.detect(reading).filter((hit) => !isLeftOut(reading.text, hit)),
})

const PROVERS: ReadonlySet<string> = new Set(['phone', 'email'])

/** Our detectors for a value in a definition. */
export const readersOfExamples = (detectors: readonly Detector[]): readonly Detector[] =>
  detectors.map((detector) => (PROVERS.has(detector.name) ? without(detector, isNobodys) : detector))

/** Our detectors for what a definition says; in a `brief` one values are found, and no paper is. */
export const readersOfDefinitions = (detectors: readonly Detector[], brief: boolean): readonly Detector[] =>
  readersOfExamples(detectors).map((detector) => {
    if (detector.name === NAMER) return without(detector, isOpening)
    return brief && JUDGES.has(detector.name) ? without(detector, (_, { type }) => WHOLE.has(type)) : detector
  })
