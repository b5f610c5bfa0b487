import type { Finding } from '../domain/index.ts'
import { codePoints } from '../lib/index.ts'
import { type Fields, flagIn, says, textIn, textsIn } from './body.ts'
import { ENTITIES, entityOf, meaningOf } from './entities.ts'
import { shapeless } from './refused.ts'

/** `POST /analyze`, read. */
export interface AnalyzeRequest {
  /** In the order they came. */
  readonly texts: readonly string[]
  /** Whether the texts came as a list, and so the answer is a list of lists. */
  readonly batch: boolean
  /** Null asks for all. */
  readonly entities: ReadonlySet<string> | null
  readonly threshold: number
  readonly explain: boolean
  /** Texts that are not to be found, whole. */
  readonly allowed: ReadonlySet<string>
  /** Members that were understood and change nothing here. */
  readonly dropped: readonly string[]
}

/** One entry of the answer. Offsets are code points, end exclusive. */
export interface AnalyzeResult {
  readonly entity_type: string
  readonly start: number
  readonly end: number
  readonly score: number
  readonly analysis_explanation: object | null
  readonly recognition_metadata: { readonly recognizer_name: string; readonly recognizer_identifier: string }
}

type Found = Omit<Finding, 'path'>

/** Signs of what a whole text is: found only where they are asked for, since whoever replaces what is found would replace the text. */
const SIGNS: readonly string[] = ['CONTRACT', 'FINANCIAL', 'HEALTH', 'SOURCE_CODE', 'MARKER', 'EXAMPLE']

const thresholdIn = (fields: Fields): number => {
  const value = fields['score_threshold'] ?? 0
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw shapeless('score_threshold', 'must be a number from 0 to 1')
  return value
}

const languageIn = (fields: Fields): void => {
  const language = textIn(fields, 'language')
  if (!/^[a-z]{2,3}(-[a-z]{2,4})?$/i.test(language))
    throw shapeless('language', 'must be a language code such as en')
}

const targetsIn = (fields: Fields): Pick<AnalyzeRequest, 'texts' | 'batch'> => {
  const { text } = fields
  if (Array.isArray(text)) return { texts: textsIn(fields, 'text') ?? [], batch: true }
  return { texts: [textIn(fields, 'text')], batch: false }
}

const allowedIn = (fields: Fields): ReadonlySet<string> => {
  const allowed = textsIn(fields, 'allow_list')
  if (allowed !== null && (fields['allow_list_match'] ?? 'exact') !== 'exact')
    throw shapeless('allow_list_match', 'must be exact; patterns are not taken from a request')
  return new Set(allowed ?? [])
}

/** Which of the entities asked for can be found here, and where in the list the others stand. */
const entitiesIn = (
  fields: Fields,
  own: ReadonlySet<string>,
): { readonly entities: ReadonlySet<string> | null; readonly dropped: readonly string[] } => {
  const asked = textsIn(fields, 'entities')
  if (asked === null) return { entities: null, dropped: [] }
  const known = new Set([...ENTITIES, ...SIGNS, ...own])
  const isKnown = (name: string): boolean => known.has(name) || known.has(entityOf(meaningOf(name)))
  const found = asked.filter(isKnown)
  if (found.length === 0)
    throw shapeless('entities', 'names nothing that is found here; GET /supportedentities lists what is')
  return {
    entities: new Set(found.map((name) => (known.has(name) ? name : entityOf(meaningOf(name))))),
    dropped: asked.flatMap((name, index) => (isKnown(name) ? [] : [`entities[${index}]`])),
  }
}

/** Members of the request that Presidio understands and that have nothing to act on here. */
const WITHOUT_EFFECT: readonly string[] = ['context', 'regex_flags', 'nlp_artifacts', 'trace']

/**
 * Reads a request to analyse. `own`: the organisation's own types. Throws CausewayError `invalid_request`, never
 * with anything of the text in its message.
 */
export const readAnalyze = (fields: Fields, own: ReadonlySet<string>): AnalyzeRequest => {
  const targets = targetsIn(fields)
  languageIn(fields)
  if (says(fields, 'ad_hoc_recognizers')) {
    throw shapeless(
      'ad_hoc_recognizers',
      'are not taken from a request; whoever runs this gateway declares them under sensitivity.patterns',
    )
  }
  const { entities, dropped } = entitiesIn(fields, own)
  const without = WITHOUT_EFFECT.filter((name) => says(fields, name) && fields[name] !== false)
  return {
    ...targets,
    entities,
    threshold: thresholdIn(fields),
    explain: flagIn(fields, 'return_decision_process'),
    allowed: allowedIn(fields),
    dropped: [...dropped, ...without],
  }
}

const explanationOf = ({ type, sub, confidence, reason }: Found): object => ({
  recognizer: `Causeway ${type}`,
  pattern_name: sub ?? null,
  pattern: null,
  original_score: confidence,
  score: confidence,
  textual_explanation: reason,
  score_context_improvement: 0,
  supportive_context_word: '',
  validation_result: null,
})

/** What was found in one text, as Presidio says it. */
export const analyzeResults = (
  request: AnalyzeRequest,
  text: string,
  found: readonly Found[],
): readonly AnalyzeResult[] => {
  const points = codePoints(text)
  return found.flatMap((finding): readonly AnalyzeResult[] => {
    const { type, start, end, confidence } = finding
    const entity = entityOf(finding)
    const isAsked =
      request.entities === null
        ? !SIGNS.includes(type)
        : request.entities.has(entity) || request.entities.has(type)
    if (!isAsked || confidence < request.threshold || request.allowed.has(text.slice(start, end))) return []
    return [
      {
        entity_type: entity,
        start: points.toPoint(start),
        end: points.toPoint(end),
        score: confidence,
        analysis_explanation: request.explain ? explanationOf(finding) : null,
        recognition_metadata: {
          recognizer_name: `Causeway ${type}`,
          recognizer_identifier: `causeway_${type.toLowerCase()}`,
        },
      },
    ]
  })
}

/** `GET /supportedentities`: what can be found, the organisation's own types included. */
export const supportedEntities = (own: ReadonlySet<string>): readonly string[] =>
  [...new Set([...ENTITIES, ...own])].sort()

/** `GET /recognizers`: the names that results give of what found them. */
export const recognizers = (own: ReadonlySet<string>): readonly string[] =>
  [
    ...new Set([
      ...ENTITIES.map((entity) => `Causeway ${meaningOf(entity).type}`),
      ...[...own].map((type) => `Causeway ${type}`),
    ]),
  ].sort()
