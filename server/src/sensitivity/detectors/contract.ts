import { countAmounts, isGeneral, tally, weightedGroups } from '../categories.ts'
import type { Detector } from '../detector.ts'

const ENOUGH = 7
/** What a question about contracts in general may mention without being one. */
const ENOUGH_FOR_QUESTION = 10

const SIGNS = weightedGroups('contract', [4, 3, 2, 1])

/** Text of a contract: enough different signs of it, among them some that only contracts use. */
export const contract: Detector = {
  name: 'contract',
  detect: (reading) => {
    const signs = tally(reading, SIGNS)
    if (signs.heaviest === null || signs.strong === 0) return []
    const score = signs.score + (countAmounts(reading.text) > 0 ? 1 : 0)
    if (score < (isGeneral(reading.text) ? ENOUGH_FOR_QUESTION : ENOUGH)) return []
    const { start, end } = signs.heaviest
    return [
      {
        kind: 'contract',
        type: 'CONTRACT',
        start,
        end,
        confidence: Math.min(0.95, 0.4 + score / 25),
        reason: `the language of a contract (${signs.strong} strong signs)`,
      },
    ]
  },
}
