import { RE2JS } from 're2js'
import type { OwnPattern } from '../../domain/index.ts'
import type { Detector, Hit } from '../detector.ts'

/* Patterns come from users, so they run in an engine whose time is linear in the text whatever they say. */

/** Matches shown of one pattern in one text; more say nothing new. */
const MOST_MATCHES = 1_000

const compile = ({ pattern, ignoreCase }: OwnPattern): RE2JS =>
  RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)

/** What is wrong with a pattern, for people; null where nothing is. */
export const ownMistake = (own: OwnPattern): string | null => {
  try {
    return compile(own).matches('')
      ? 'matches an empty text, and so everywhere; ask for at least one character'
      : null
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return `is no regular expression in RE2 syntax (no look-around, no back-references): ${why.slice(0, 200)}`
  }
}

const matchesIn = (own: OwnPattern, compiled: RE2JS, text: string): Hit[] => {
  const matcher = compiled.matcher(text)
  const hits: Hit[] = []
  while (hits.length < MOST_MATCHES && matcher.find()) {
    const start = matcher.start()
    const end = matcher.end()
    if (end <= start) continue
    hits.push({
      kind: own.kind,
      type: own.type,
      sub: own.name,
      start,
      end,
      confidence: own.confidence,
      reason: `matches the pattern "${own.name}"`,
    })
  }
  return hits
}

/** The organisation's own forms as one detector; null where there are none. Throws for a pattern with a mistake. */
export const ownPatterns = (patterns: readonly OwnPattern[]): Detector | null => {
  if (patterns.length === 0) return null
  const compiled = patterns.map((own) => [own, compile(own)] as const)
  return {
    name: 'own patterns',
    detect: ({ text }) => compiled.flatMap(([own, pattern]) => matchesIn(own, pattern, text)),
  }
}
