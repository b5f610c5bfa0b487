import {
  type AuthorizationAnswer,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs'
import type { RuleQuestion, RuleSet, Target } from '../domain/index.ts'
import { Lru } from '../lib/index.ts'
import { type Compiled, compile, type RuleFile } from './compile.ts'
import { requestFor } from './question.ts'

type RuleAnswer = ReturnType<RuleSet['ask']>
/** The engine: asked one question about a set it has been given. May throw. */
export type Engine = (call: StatefulAuthorizationCall) => AuthorizationAnswer

const REMEMBERED = 20_000

const PERMIT_ALL: RuleSet = Object.freeze({
  size: 0,
  ask: (): RuleAnswer => ({ allow: true, rule: 'rule:built-in:permit-all' }),
})

/**
 * Customer rules, checked and compiled. No file, or files without a rule: a permit-all that asks no engine. Rules
 * that are all `forbid` stand on a built-in permit-all; one `permit` among them and nothing is permitted that no
 * rule permits. Throws CausewayError `config_invalid` naming file, line and rule.
 */
export const compileRules = (files: readonly RuleFile[]): RuleSet => {
  if (files.every(({ text }) => text.trim() === '')) return PERMIT_ALL
  const compiled = compile(files)
  return compiled.rules.size === 0 ? PERMIT_ALL : ruleSet(compiled, statefulIsAuthorized)
}

/** A rule set over an engine. Any error, failure or throw of the engine is a deny by `rule-error`, and not remembered. */
export const ruleSet = (compiled: Compiled, engine: Engine): RuleSet => {
  const remembered = new Lru<string, RuleAnswer>(REMEMBERED)
  const keys = targetKeys()
  return Object.freeze({
    size: compiled.rules.size,
    ask: (question: RuleQuestion): RuleAnswer => {
      try {
        const key = keyOf(question, keys(question.target))
        const known = remembered.get(key)
        if (known !== undefined) return known
        const answer = answerOf(engine(callOf(compiled, question)), compiled)
        if (answer.allow || answer.rule !== RULE_ERROR) remembered.set(key, answer)
        return answer
      } catch {
        return broken('the rules could not be asked')
      }
    },
  })
}

const RULE_ERROR = 'rule-error'

const broken = (reason: string): RuleAnswer => ({ allow: false, rule: RULE_ERROR, reason })

const callOf = (compiled: Compiled, question: RuleQuestion): StatefulAuthorizationCall => ({
  ...requestFor(question),
  preparsedSchemaName: compiled.schema,
  validateRequest: true,
  preparsedPolicySetId: compiled.policySet,
})

const answerOf = (answer: AuthorizationAnswer, { rules }: Compiled): RuleAnswer => {
  if (answer.type !== 'success') return broken('the rules could not be evaluated')
  const { decision, diagnostics } = answer.response
  // Cedar leaves a rule that errs out of the decision, so that an erring `forbid` would allow.
  if (diagnostics.errors.length > 0) {
    const ids = diagnostics.errors.map(({ policyId }) => policyId).sort()
    return broken(`rule ${ids.join(', ')} failed while it was evaluated, which refuses`)
  }
  const ids = [...diagnostics.reason].sort()
  const [first] = ids
  if (decision === 'allow' && first !== undefined) return { allow: true, rule: `rule:${ids.join(',')}` }
  if (first === undefined) return { allow: false, rule: 'rule:no-permit', reason: 'no rule permits it' }
  const words = rules.get(first)?.reason
  return { allow: false, rule: `rule:${first}`, reason: words ?? `rule ${first} forbids it` }
}

const keyOf = (question: RuleQuestion, target: number): string =>
  JSON.stringify([
    question.key,
    question.team,
    question.use,
    question.tier,
    question.level,
    [...question.kinds].sort(),
    question.model,
    target,
  ])

/** A number per target object: two targets of one name, say of two configurations, are never taken for each other. */
const targetKeys = (): ((target: Target) => number) => {
  const numbers = new WeakMap<Target, number>()
  let next = 0
  return (target) => {
    const known = numbers.get(target)
    if (known !== undefined) return known
    next += 1
    numbers.set(target, next)
    return next
  }
}
