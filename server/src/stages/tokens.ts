import { CausewayError, type StageRule } from '../domain/index.ts'
import type { OpenStage } from './presidio.ts'
import { type Heard, type Hit, type Mask, StageReading } from './reading.ts'
import { isNameless, meaningOfLabel } from './token-labels.ts'
import type { TokensSetting } from './token-messages.ts'
import type { TokenSpan } from './token-spans.ts'
import { TokenThread } from './token-thread.ts'

export type TokensRule = Extract<StageRule, { type: 'tokens' }>

const PIECE = 1_200
const OVERLAP = 150

/** One model for all calls: texts wait their turn, and a thread that hangs is replaced. */
class Turns {
  readonly #setting: TokensSetting
  readonly #timeout: number
  #thread: TokenThread
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(setting: TokensSetting, timeout: number) {
    this.#setting = setting
    this.#timeout = timeout
    this.#thread = new TokenThread(setting)
  }

  get ready(): Promise<readonly string[]> {
    return this.#thread.ready
  }

  /** `signal` takes one out of the queue; what is being read is read to its end, for the others' sake. */
  read(text: string, signal: AbortSignal): Promise<readonly TokenSpan[]> {
    const turn = this.#last.then(() => {
      signal.throwIfAborted()
      return this.#read(text)
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#thread.end('it was closed')
  }

  async #read(text: string): Promise<readonly TokenSpan[]> {
    if (this.#closed) throw new CausewayError('detection_failed', 'The model was closed.')
    if (this.#thread.ended) this.#thread = new TokenThread(this.#setting)
    const thread = this.#thread
    await thread.ready
    const timer = setTimeout(() => void thread.end('it took too long'), this.#timeout)
    try {
      return await thread.read(text)
    } finally {
      clearTimeout(timer)
      // Loads again at once, so that the next text does not wait for all of it.
      if (thread.ended && !this.#closed) this.#thread = new TokenThread(this.#setting)
    }
  }
}

const hitOf = ({ label, start, end, score }: TokenSpan): Hit => ({
  ...meaningOfLabel(label),
  start,
  end,
  confidence: score,
})

/**
 * A token classifier in a thread of this process, once its model is loaded. `field`: where in the configuration it
 * stands. Rejects with CausewayError `config_invalid` where the model cannot be loaded or names no labels.
 */
export const tokensStage = async (
  rule: TokensRule,
  setting: TokensSetting,
  mask: Mask,
  field: string,
): Promise<OpenStage> => {
  const { name, timeout, threshold } = rule
  const turns = new Turns(setting, timeout)
  try {
    const labels = await turns.ready
    if (labels.length === 0 || labels.every(isNameless))
      throw new CausewayError('detection_failed', 'its config.json names no labels (id2label)')
  } catch (thrown) {
    await turns.close()
    const why = thrown instanceof CausewayError ? thrown.message : 'it cannot be read'
    throw new CausewayError(
      'config_invalid',
      `${field}: the model in ${setting.folder} cannot be used: ${why}`,
      {
        field,
        cause: thrown,
      },
    )
  }
  const reading = new StageReading({
    name,
    timeout,
    piece: PIECE,
    overlap: OVERLAP,
    lanes: 1,
    batch: 0,
    mask,
    reason: ({ type }) => `the classifier ${name} takes it for ${type}`,
    ask: async (texts, signal) => {
      const answers: Heard[] = []
      for (const text of texts) {
        const spans = await turns.read(text, signal)
        const hits = spans.map(hitOf).filter(({ confidence }) => !(confidence < threshold))
        answers.push({ hits, lasting: true })
      }
      return answers
    },
  })
  return {
    name,
    read: (texts, signal) => reading.read(texts, signal),
    close: () => turns.close(),
  }
}
