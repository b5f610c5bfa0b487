import type { Finding } from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import type { Detector } from './detector.ts'
import { DETECTORS } from './detectors/index.ts'
import { sight } from './sight.ts'

/** What stands in one text, for people to look at; `path` is ''. Values are masked. `own`: detectors beside ours. */
export const inspect = (text: string, own: readonly Detector[] = []): readonly Finding[] => {
  const seen = sight(text, own.length === 0 ? DETECTORS : [...DETECTORS, ...own])
  return deepFreeze(seen.map(({ encoded: _, ...sighting }) => ({ ...sighting, path: '' })))
}
