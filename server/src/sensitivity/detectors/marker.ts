import { countSyntax } from '../categories.ts'
import type { Detector } from '../detector.ts'

/** Handling marks on a paper: "internal use only", "streng vertraulich". */
export const marker: Detector = {
  name: 'marker',
  detect: (reading) => {
    const marks = reading.words('marker')
    // In code the same words mark the code, which is a kind of its own.
    if (marks.length === 0 || countSyntax(reading.text) >= 2) return []
    return marks.map((word) => ({
      kind: 'internal' as const,
      type: 'MARKER',
      start: word.start,
      end: word.end,
      confidence: 0.7,
      reason: `the handling mark "${word.word}"`,
    }))
  },
}
