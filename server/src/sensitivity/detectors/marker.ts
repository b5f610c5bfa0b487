import type { Detector } from '../detector.ts'

/** Handling marks on a paper: "internal use only", "streng vertraulich". */
export const marker: Detector = {
  name: 'marker',
  detect: (reading) =>
    reading.words('marker').map((word) => ({
      kind: 'internal' as const,
      type: 'MARKER',
      start: word.start,
      end: word.end,
      confidence: 0.7,
      reason: `the handling mark "${word.word}"`,
    })),
}
