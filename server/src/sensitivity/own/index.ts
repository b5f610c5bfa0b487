/*
 * What an organisation adds of its own: words, forms and examples from the configuration, compiled once into
 * detectors like ours.
 */
import type { SensitivityRules } from '../../domain/index.ts'
import type { Detector } from '../detector.ts'
import { ownExamples } from './examples.ts'
import { ownPatterns } from './patterns.ts'
import { ownWords } from './words.ts'

export { ownMistake } from './patterns.ts'

/** The detectors of a configuration. Throws for a pattern that `ownMistake` finds fault with. */
export const ownDetectors = (
  rules: Pick<SensitivityRules, 'words' | 'patterns' | 'examples'>,
): readonly Detector[] =>
  [ownWords(rules.words), ownPatterns(rules.patterns), ownExamples(rules.examples)].filter(
    (detector) => detector !== null,
  )
