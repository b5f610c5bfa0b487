import { useRef, useState } from 'react'
import type { ExplainView } from '../../contract.ts'
import { AskFailed, ask, failureOf } from '../feed/index.ts'
import type { Choices } from './choices.ts'

/** Bytes of UTF-8 that the server takes. */
const MOST = 1024 * 1024

/** What was asked and what came of it. The text stays in this page's memory. */
export interface Explanation {
  readonly asking: boolean
  /** The text that `view` is about. */
  readonly text: string
  readonly view: ExplainView | null
  readonly failure: AskFailed | null
}

const NOTHING: Explanation = { asking: false, text: '', view: null, failure: null }

/** No UTF-16 unit needs more than three bytes, so that short texts need not be counted. */
const isTooLong = (text: string): boolean => text.length * 3 > MOST && new Blob([text]).size > MOST

const tooLong = (): AskFailed =>
  new AskFailed(413, 'The text is larger than 1 MB.', 'Try a part of it; causeway explain --file takes more.')

/** Asks what would be done with a text; the last question counts. */
export const useExplain = (): readonly [Explanation, (text: string, choices: Choices) => void] => {
  const [explanation, setExplanation] = useState(NOTHING)
  const asked = useRef(0)
  const explain = (text: string, { model, use, level }: Choices): void => {
    asked.current += 1
    const question = asked.current
    if (isTooLong(text)) {
      setExplanation({ ...NOTHING, failure: tooLong() })
      return
    }
    setExplanation((before) => ({ ...before, asking: true, failure: null }))
    const chosen = Object.entries({ model, use, level }).filter(([, value]) => value !== '')
    ask<ExplainView>('/api/explain', { text, ...Object.fromEntries(chosen) }).then(
      (view) => {
        if (asked.current === question) setExplanation({ asking: false, text, view, failure: null })
      },
      (thrown: unknown) => {
        if (asked.current === question) setExplanation({ ...NOTHING, failure: failureOf(thrown) })
      },
    )
  }
  return [explanation, explain]
}
