import type { DecideInput, Finding, Refusal, Verdict } from '../domain/index.ts'
import { listed } from './words.ts'

/** Characters of a refusal's message at most. */
const LONGEST = 600

/**
 * What a client is told when nothing may be sent: what was found (masked) and where, which rule keeps it, and what
 * would make it pass. Plain text of at most 600 characters, without prompt text.
 */
export const refusalMessage = (
  verdict: Verdict,
  input: DecideInput,
  findings: readonly Finding[],
): string => {
  const [first, ...rest] = verdict.refusals
  if (first === undefined) return `Not sent: no target stands behind "${plain(input.model, 60)}".`
  const found = grounds(first, input, findings)
  const reason = plain(first.reason, 200)
  const parts = [
    `Not sent: ${found === '' ? reason : `${found}. ${capital(reason)}`} [${plain(first.rule, 60)}].`,
    others(first, rest),
    `What would make it pass: ${plain(first.remedy, 190)}.`,
  ]
  return plain(parts.filter((part) => part !== '').join(' '), LONGEST)
}

/** The kind, condition or level that a floor's rule is about; null for other rules. */
const keyOf = (rule: string): string | null =>
  /^(?:floor|level|use-floor):/.test(rule) ? (rule.split(':').at(-1) ?? null) : null

const grounds = (refusal: Refusal, input: DecideInput, findings: readonly Finding[]): string => {
  const key = keyOf(refusal.rule)
  if (key === null) return ''
  const found = findings.filter(({ kind }) => kind === key)
  const [one] = found
  if (one !== undefined) {
    const more = found.length > 1 ? ` and ${found.length - 1} more` : ''
    return `found ${plain(one.type, 30)} ${plain(one.masked, 40)} at ${plain(one.path, 60)}${more}`
  }
  if (input.use.carries.some((kind) => kind === key)) {
    return `use ${plain(input.use.name, 40)} declares that it carries ${key}`
  }
  if (input.label.raised === key) return `the client labelled it ${key}`
  return ''
}

const others = (first: Refusal, rest: readonly Refusal[]): string => {
  if (rest.length === 0) return ''
  const names = rest.slice(0, 2).map(({ target }) => plain(target, 25))
  const more = rest.length > 2 ? `${rest.length - 2} more` : null
  const rules = [...new Set(rest.map(({ rule }) => rule))]
  const how =
    rules.length === 1 && rules[0] === first.rule
      ? 'by the same rule'
      : `by ${plain(rules.slice(0, 2).join(', '), 60)}${rules.length > 2 ? ' …' : ''}`
  return `Refused too: ${listed(more === null ? names : [...names, more])}, ${how}.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** One line, no control characters, cut with an ellipsis. */
const plain = (text: string, longest: number): string => {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}
