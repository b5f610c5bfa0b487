import { countSyntax } from '../categories.ts'
import type { Detector } from '../detector.ts'

/** Marks that say "ours" by themselves; a copyright line alone says it only without an open licence. */
const DECISIVE =
  /proprietary|confidential|internal|not for distribution|do not (?:re)?distribute|trade secret|unauthori[sz]ed|vertraulich|intern|geheimnis|unlicensed|closed source|private repo|confidentiel|propri[ée]taire|licensed materials/

/** Source code that is marked as somebody's own. A snippet in a question carries no such mark. */
export const sourceCode: Detector = {
  name: 'source-code',
  detect: (reading) => {
    const marks = reading.words('proprietary')
    const mark = marks.find((word) => DECISIVE.test(word.word)) ?? marks[0]
    if (mark === undefined) return []
    const open = reading.has('openLicence')
    if (open && !marks.some((word) => /proprietary|confidential|trade secret|unauthori/.test(word.word)))
      return []
    const syntax = countSyntax(reading.text)
    if (syntax < 2 || new Set(reading.words('code').map((word) => word.word)).size < 1) return []
    return [
      {
        kind: 'source_code',
        type: 'SOURCE_CODE',
        start: mark.start,
        end: mark.end,
        confidence: Math.min(0.95, 0.65 + syntax / 40),
        reason: `code beside the mark "${mark.word}"`,
      },
    ]
  },
}
