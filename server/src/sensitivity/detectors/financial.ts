import { countAmounts, isGeneral, tally, weightedGroups } from '../categories.ts'
import type { Detector } from '../detector.ts'

const ENOUGH = 7
const ENOUGH_FOR_QUESTION = 11

const SIGNS = weightedGroups('financial', [4, 3, 2])

/** Figures that are not public: deals, unreleased results, pay. Words for them and sums beside them. */
export const financial: Detector = {
  name: 'financial',
  detect: (reading) => {
    const signs = tally(reading, SIGNS)
    if (signs.heaviest === null || signs.strong === 0) return []
    const amounts = countAmounts(reading.text)
    if (amounts === 0) return []
    const score = signs.score + Math.min(3, amounts)
    if (score < (isGeneral(reading.text) ? ENOUGH_FOR_QUESTION : ENOUGH)) return []
    const { start, end } = signs.heaviest
    return [
      {
        kind: 'financial',
        type: 'FINANCIAL',
        start,
        end,
        confidence: Math.min(0.95, 0.4 + score / 25),
        reason: `figures beside words for results, deals or pay that are not public (${amounts} figures)`,
      },
    ]
  },
}
