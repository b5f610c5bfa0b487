import { randomBytes, randomInt } from 'node:crypto'
import { CausewayError, type ReadingStage, type StageRule } from '../domain/index.ts'
import { hitsOf, readJudgement } from './judge-answer.ts'
import { questionOf } from './judge-question.ts'
import { type Mask, StageReading } from './reading.ts'

export type JudgeRule = Extract<StageRule, { type: 'judge' }>

/** Asks a model on this side. Resolves with what it says, rejects where it says nothing whole. */
export type Ask = (system: string, user: string, signal: AbortSignal) => Promise<string>

const PIECE = 6_000
const OVERLAP = 200
const LANES = 2

/** A model that is asked what texts carry. */
export const judgeStage = (rule: JudgeRule, ask: Ask, mask: Mask): ReadingStage => {
  const { name, timeout, target } = rule
  const reading = new StageReading({
    name,
    timeout,
    piece: PIECE,
    overlap: OVERLAP,
    lanes: LANES,
    batch: PIECE,
    mask,
    reason: ({ kind }) => `the judge ${name} (${target}) says ${kind}`,
    ask: async (texts, signal) => {
      const nonce = randomBytes(16).toString('hex')
      const question = questionOf(texts, nonce, randomInt(texts.length + 1))
      const answer = await ask(question.system, question.user, signal)
      const judgement = readJudgement(answer, question.control)
      if (judgement === null)
        throw new CausewayError(
          'detection_failed',
          `Stage ${name} did not answer in the form it was asked for.`,
        )
      return hitsOf(judgement, texts)
    },
  })
  return { name, read: (texts, signal) => reading.read(texts, signal) }
}
