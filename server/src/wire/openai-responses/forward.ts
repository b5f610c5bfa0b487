import { type Call, CausewayError, type Forward, type JsonObject, type Written } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { forwardBody } from '../body/forward.ts'
import { isMarked, uncarry } from '../body/sealed.ts'

const ENCRYPTED = 'reasoning.encrypted_content'

const turn = (item: JsonObject): { readonly start: boolean; readonly pinned: boolean } => ({
  start: item['role'] === 'user',
  pinned: item['role'] === 'system' || item['role'] === 'developer',
})

const isThought = (item: JsonObject): boolean => item['type'] === 'reasoning'
const isSummary = (item: JsonObject): boolean => item['type'] === 'compaction'

/**
 * Picks thoughts that the target cannot take: sealed by another issuer, or, where it seals its own, not sealed at
 * all, for it would look them up among answers that it was told not to keep.
 */
const mustStay = (options: Forward): ((item: JsonObject) => boolean) => {
  const { foreign, quirks } = options
  return (item) => {
    if (!isThought(item)) return false
    const encrypted = item['encrypted_content']
    if (typeof encrypted !== 'string' || encrypted === '') return quirks.encryptedReasoning
    return isMarked(encrypted) || foreign.has(encrypted)
  }
}

/** Opaque values as their issuers know them: of every thought and every summary of earlier turns in the request. */
export const opaque = (call: Call): readonly string[] => {
  const input = call.json['input']
  return (isList(input) ? input : []).flatMap((item) => {
    const holds = isObject(item) && (isThought(item) || isSummary(item))
    const encrypted = holds ? item['encrypted_content'] : null
    if (typeof encrypted !== 'string' || encrypted === '') return []
    return isMarked(encrypted) ? [uncarry(encrypted, 'openai-responses')?.value ?? encrypted] : [encrypted]
  })
}

/** Without a thought the turn stays; without what was said before nothing is left that could be answered. */
const checkSummaries = (items: readonly unknown[], foreign: ReadonlySet<string>): void => {
  const at = items.findIndex(
    (item) => isObject(item) && isSummary(item) && foreign.has(String(item['encrypted_content'])),
  )
  if (at === -1) return
  throw new CausewayError(
    'cannot_translate',
    `input[${at}] cannot be sent: it holds earlier turns in a form that only their issuer can read, which is another target.`,
    { field: `input[${at}]` },
  )
}

/**
 * The client's own text with the model's name replaced and the history fitted. Answers are kept here and nowhere
 * else; thoughts are asked for in the form in which they can be sent back. Throws CausewayError `cannot_translate`
 * for earlier turns that another issuer summed up and sealed.
 */
export const forward = (call: Call, options: Forward): Written => {
  const { json } = call
  const set = new Map<string, string>()
  const chat = call.operation === 'chat'
  if (chat && json['store'] !== false && !options.quirks.unsupported.includes('store'))
    set.set('store', 'false')
  const include = isList(json['include']) ? json['include'] : []
  if (
    chat &&
    options.quirks.encryptedReasoning &&
    isObject(json['reasoning']) &&
    !include.includes(ENCRYPTED)
  ) {
    set.set('include', JSON.stringify([...include, ENCRYPTED]))
  }
  const input = isList(json['input']) ? json['input'] : []
  const picked = mustStay(options)
  const holds = input.some((item) => isObject(item) && picked(item))
  if (options.foreign.size > 0) checkSummaries(input, options.foreign)
  return forwardBody(call, options, {
    list: 'input',
    set,
    turn,
    maxTokens: ['max_output_tokens'],
    leaveOut: null,
    leaveOutTurn: holds ? picked : null,
  })
}
