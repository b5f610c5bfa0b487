import {
  type DetailedError,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import { CausewayError } from '../domain/index.ts'
import { sha256Hex } from '../lib/index.ts'
import { SCHEMA } from './schema.ts'

/** A rule file as read: its name, for messages and ids, and its Cedar text. */
export interface RuleFile {
  readonly name: string
  readonly text: string
}

/** One rule, with the name it goes by in records and the words its author gave it. */
export interface Rule {
  /** From `@id("…")`, else `<file>:<line>`. */
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  /** From `@reason("…")`: told to the client when this rule refuses. */
  readonly reason: string | null
  readonly text: string
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** Rules that are in the engine under two names. */
export interface Compiled {
  readonly rules: ReadonlyMap<string, Rule>
  readonly policySet: string
  readonly schema: string
}

const BUILT_IN_PERMIT = 'built-in:permit-all'
const SCHEMA_NAME = 'causeway'

/** Checks every file against the schema, strictly, and hands all rules to the engine. Throws CausewayError `config_invalid`. */
export const compile = (files: readonly RuleFile[]): Compiled => {
  const rules = new Map<string, Rule>()
  for (const rule of files.flatMap(rulesOf)) {
    const twin = rules.get(rule.id)
    if (twin !== undefined) {
      throw invalid(
        rule.file,
        rule.line,
        `rule ${rule.id} has the same id as one in ${twin.file}:${twin.line}`,
      )
    }
    rules.set(rule.id, rule)
  }
  const texts: Record<string, string> = Object.create(null)
  for (const { id, text } of rules.values()) texts[id] = text
  if (![...rules.values()].some(({ effect }) => effect === 'permit')) {
    texts[BUILT_IN_PERMIT] = 'permit (principal, action, resource);'
  }
  // The engine keeps every set it was ever given; the same rules under the same name take no more room.
  const policySet = `causeway:${sha256Hex(JSON.stringify(Object.entries(texts)))}`
  for (const answer of [
    preparseSchema(SCHEMA_NAME, SCHEMA),
    preparsePolicySet(policySet, { staticPolicies: texts }),
  ]) {
    if (answer.type === 'failure') throw invalid('the rules together', 1, messageOf(answer.errors[0]))
  }
  return { rules, policySet, schema: SCHEMA_NAME }
}

const rulesOf = (file: RuleFile): readonly Rule[] => {
  const bytes = Buffer.from(file.text)
  const parts = policySetTextToParts(file.text)
  if (parts.type === 'failure') throw atFault(file, bytes, parts.errors[0], null)
  if (parts.policy_templates.length > 0) {
    throw invalid(file.name, 1, 'a template (?principal, ?resource) cannot be used; write the rule out')
  }
  const rules = inFileOrder(parts.policies).map((text, position) => ({ text, position }))
  let from = 0
  const read = rules.map(({ text }) => {
    const start = file.text.indexOf(text, from)
    from = start + text.length
    return ruleOf(file, text, lineAt(file.text.slice(0, Math.max(0, start))))
  })
  const checked = validate({
    schema: SCHEMA,
    policies: { staticPolicies: file.text },
    validationSettings: { mode: 'strict' },
  })
  if (checked.type === 'failure') throw atFault(file, bytes, checked.errors[0], null)
  // A warning is a rule that can never apply or text that looks like other text: no protection, though it reads like one.
  const [wrong] = [...checked.validationErrors, ...checked.validationWarnings]
  if (wrong !== undefined) {
    const position = Number(wrong.policyId.replace('policy', ''))
    throw atFault(file, bytes, wrong.error, {
      cedar: wrong.policyId,
      ours: read[position]?.id ?? wrong.policyId,
    })
  }
  if (checked.otherWarnings[0] !== undefined) throw atFault(file, bytes, checked.otherWarnings[0], null)
  return read
}

/** Cedar names unnamed rules policy0, policy1 … and hands them back sorted by that name, policy10 before policy2. */
const inFileOrder = (sorted: readonly string[]): readonly string[] => {
  const names = sorted.map((_, index) => `policy${index}`).sort()
  const out: string[] = []
  for (const [index, name] of names.entries()) out[Number(name.slice('policy'.length))] = sorted[index] ?? ''
  return out
}

const ruleOf = (file: RuleFile, text: string, line: number): Rule => {
  const answer = policyToJson(text)
  if (answer.type === 'failure') throw invalid(file.name, line, messageOf(answer.errors[0]))
  const { effect, annotations }: PolicyJson = answer.json
  const named = annotations?.['id']
  if (named !== undefined && (named === '' || named.startsWith('built-in:'))) {
    throw invalid(file.name, line, `"${named}" cannot be the id of a rule`)
  }
  const id = named ?? `${file.name}:${line}`
  return { id, effect, reason: annotations?.['reason'] ?? null, text, file: file.name, line }
}

const lineAt = (before: string): number => before.split('\n').length

const messageOf = (error: DetailedError | undefined): string =>
  error === undefined
    ? 'it cannot be read'
    : [error.message, error.help ?? error.sourceLocations?.[0]?.label].filter(Boolean).join('; ')

const atFault = (
  file: RuleFile,
  bytes: Buffer,
  error: DetailedError | undefined,
  policy: { readonly cedar: string; readonly ours: string } | null,
): CausewayError => {
  // Cedar counts in bytes.
  const line = lineAt(bytes.subarray(0, error?.sourceLocations?.[0]?.start ?? 0).toString())
  if (policy === null) return invalid(file.name, line, messageOf(error))
  const message = messageOf(error)
    .replace(`for policy \`${policy.cedar}\`, `, '')
    .replace(`for policy \`${policy.cedar}\`: `, '')
  return invalid(file.name, line, `rule ${policy.ours}: ${message}`)
}

const invalid = (file: string, line: number, problem: string): CausewayError =>
  new CausewayError('config_invalid', `rules: ${file}:${line}: ${problem}`, {
    field: `rules/${file}:${line}`,
  })
