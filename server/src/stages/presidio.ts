import { CausewayError, type ReadingStage, type StageRule } from '../domain/index.ts'
import { type CodePoints, codePoints } from '../lib/index.ts'
import { meaningOf } from '../presidio/index.ts'
import { createConnection, LANES } from './connection.ts'
import { type Heard, type Hit, type Mask, StageReading } from './reading.ts'

/** A stage that holds something open. */
export interface OpenStage extends ReadingStage {
  close(): Promise<void>
}

export type PresidioRule = Extract<StageRule, { type: 'presidio' }>

const PIECE = 20_000
/** No value that an analyser finds is longer: names, addresses, account numbers. */
const OVERLAP = 400
const MOST_ANSWER = 4 * 1024 * 1024

const nonsense = (name: string): CausewayError =>
  new CausewayError('detection_failed', `Stage ${name} answered with something that is no list of findings.`)

const parsed = (text: string, name: string): readonly unknown[] => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw nonsense(name)
  }
  if (!Array.isArray(value)) throw nonsense(name)
  return value
}

const hitOf = (value: unknown, points: CodePoints, name: string): Hit => {
  if (typeof value !== 'object' || value === null) throw nonsense(name)
  const entity: unknown = Reflect.get(value, 'entity_type')
  const start: unknown = Reflect.get(value, 'start')
  const end: unknown = Reflect.get(value, 'end')
  const confidence: unknown = Reflect.get(value, 'score')
  if (
    typeof entity !== 'string' ||
    typeof start !== 'number' ||
    typeof end !== 'number' ||
    typeof confidence !== 'number'
  )
    throw nonsense(name)
  try {
    return { ...meaningOf(entity), start: points.toUnit(start), end: points.toUnit(end), confidence }
  } catch {
    throw nonsense(name)
  }
}

/** An analyser that speaks Presidio's REST shape, asked for one text at a time. */
export const presidioStage = (rule: PresidioRule, mask: Mask): OpenStage => {
  const { name, language, threshold, timeout } = rule
  const connection = createConnection(rule)
  const ask = async (text: string, signal: AbortSignal): Promise<Heard> => {
    const body = JSON.stringify({ text, language, score_threshold: threshold })
    const answer = parsed(await connection.post('/analyze', body, MOST_ANSWER, signal), name)
    const points = codePoints(text)
    const hits = answer
      .map((value) => hitOf(value, points, name))
      .filter(({ confidence }) => !(confidence < threshold))
    return { hits, lasting: true }
  }
  const reading = new StageReading({
    name,
    timeout,
    piece: PIECE,
    overlap: OVERLAP,
    lanes: LANES,
    batch: 0,
    mask,
    reason: ({ type }) => `the analyser ${name} takes it for ${type}`,
    ask: async (texts, signal) => Promise.all(texts.map((text) => ask(text, signal))),
  })
  return {
    name,
    read: (texts, signal) => reading.read(texts, signal),
    close: () => connection.close(),
  }
}
