import type { Block, Dialect, Json, JsonObject, Sealed } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

/*
 * The dialect has no official place for reasoning. Servers answer it in `reasoning_content` or `reasoning`;
 * what its issuer must get back verbatim rides in `reasoning_details`, whose entries name their format. Gemini's
 * signature of a call rides with the call, where its vendor's own form of this dialect has it.
 */

const FORMATS: Readonly<Partial<Record<Dialect, string>>> = {
  'anthropic-messages': 'anthropic-claude-v1',
  gemini: 'google-gemini-v1',
  'openai-responses': 'openai-responses-v1',
  'bedrock-converse': 'causeway-bedrock-converse-v1',
  ollama: 'causeway-ollama-v1',
}
const ISSUERS: ReadonlyMap<string, Dialect> = new Map([
  ['anthropic-claude-v1', 'anthropic-messages'],
  ['google-gemini-v1', 'gemini'],
  ['openai-responses-v1', 'openai-responses'],
  ['azure-openai-responses-v1', 'openai-responses'],
  ['causeway-bedrock-converse-v1', 'bedrock-converse'],
  ['causeway-ollama-v1', 'ollama'],
])

/** Thought with what its issuer wants back as an entry of `reasoning_details`; an entry of this dialect goes as it came. */
export const sealedDetail = (text: string, sealed: Sealed, index: number): JsonObject => {
  const { value, redacted, dialect, raw } = sealed
  if (dialect === 'openai-chat' && isObject(raw)) return raw
  const held = isObject(raw) ? raw : {}
  const id = dialect === 'openai-responses' ? stringAt(held, 'id') : null
  const issued = {
    ...(id === null ? {} : { id }),
    ...(FORMATS[dialect] === undefined ? {} : { format: FORMATS[dialect] }),
    index,
  }
  // What is signed as a text of no words is sealed all the same, and of Responses all of it is.
  if (redacted || dialect === 'openai-responses') {
    const summary = summaryOf(held)
    return {
      type: 'reasoning.encrypted',
      data: value,
      ...(summary.length === 0 ? {} : { summary }),
      ...issued,
    }
  }
  return { type: 'reasoning.text', text, signature: value, ...issued }
}

/** Responses wants the summary of a reasoning item back beside its encrypted content. */
const summaryOf = (item: JsonObject): readonly Json[] => {
  const summary = item['summary']
  return isList(summary) ? summary : []
}

/** What an entry of `reasoning_details` holds for its issuer alone; null where it holds nothing such. */
export const sealedIn = (detail: JsonObject): Sealed | null => {
  const redacted = detail['type'] === 'reasoning.encrypted'
  const value = stringAt(detail, redacted ? 'data' : 'signature')
  if (value === null || value === '') return null
  const dialect = ISSUERS.get(stringAt(detail, 'format') ?? '') ?? 'openai-chat'
  return { value, redacted, dialect, tool: null, raw: rawOf(detail, dialect, value, redacted) }
}

/** The part as its issuer spells it, so that it goes home as it was. */
const rawOf = (detail: JsonObject, dialect: Dialect, value: string, redacted: boolean): Json => {
  const text = stringAt(detail, 'text') ?? ''
  const id = stringAt(detail, 'id')
  switch (dialect) {
    case 'anthropic-messages':
      return redacted
        ? { type: 'redacted_thinking', data: value }
        : { type: 'thinking', thinking: text, signature: value }
    case 'openai-responses':
      return {
        type: 'reasoning',
        ...(id === null ? {} : { id }),
        summary: summaryOf(detail),
        encrypted_content: value,
      }
    case 'gemini':
      return text === ''
        ? { text: '', thoughtSignature: value }
        : { text, thought: true, thoughtSignature: value }
    case 'bedrock-converse':
      return redacted
        ? { reasoningContent: { redactedContent: value } }
        : { reasoningContent: { reasoningText: { text, signature: value } } }
    default:
      return detail
  }
}

const detailText = (detail: JsonObject): string =>
  stringAt(detail, 'text') ?? stringAt(detail, 'summary') ?? ''

const plainBlock = (text: string): Block => ({
  type: 'reasoning',
  text,
  signature: null,
  native: { dialect: 'openai-chat', raw: { reasoning_content: text } },
})

const detailBlock = (detail: JsonObject): Block[] => {
  const sealed = sealedIn(detail)
  if (sealed === null) return detailText(detail) === '' ? [] : [plainBlock(detailText(detail))]
  return [
    {
      type: 'reasoning',
      text: sealed.redacted ? '' : detailText(detail),
      signature: sealed.value,
      ...(sealed.redacted ? { redacted: true } : {}),
      native: { dialect: sealed.dialect, raw: sealed.raw },
    },
  ]
}

/**
 * Reasoning of an earlier answer, as blocks of the dialect that issued them. Readable thought stands in the entries
 * and, by most servers, once more as one text, which counts where no entry says it. An empty text is kept: some
 * models want the very field back.
 */
export const reasoningBlocks = (message: JsonObject): Block[] => {
  const details = message['reasoning_details']
  const blocks = (isList(details) ? details : []).flatMap((detail) =>
    isObject(detail) ? detailBlock(detail) : [],
  )
  const said = blocks.some((block) => block.type === 'reasoning' && block.text !== '')
  const text = stringAt(message, 'reasoning_content') ?? stringAt(message, 'reasoning')
  if (text === null || said || (text === '' && blocks.length > 0) || blocks.some(isSummed)) return blocks
  const [first, ...others] = blocks
  // One signature over a text that was told apart from it.
  if (first?.type === 'reasoning' && first.redacted !== true && others.length === 0)
    return [{ ...first, text, native: { ...first.native, raw: withText(first.native.raw, text) } }]
  return [plainBlock(text), ...blocks]
}

/** The summary of an item of Responses is what its thought was shown as. */
const isSummed = (block: Block): boolean =>
  block.native.dialect === 'openai-responses' &&
  isObject(block.native.raw) &&
  summaryOf(block.native.raw).length > 0

const withText = (raw: Json, text: string): Json => {
  if (!isObject(raw)) return raw
  if (raw['type'] === 'thinking') return { ...raw, thinking: text }
  return stringAt(raw, 'thoughtSignature') === null ? raw : { ...raw, text, thought: true }
}

/** The signature that Gemini put on a call, or null. */
export const callSignature = (call: JsonObject): string | null => {
  const extra = call['extra_content']
  const google = isObject(extra) ? extra['google'] : null
  const signature = isObject(google) ? stringAt(google, 'thought_signature') : null
  return signature === '' ? null : signature
}

/** A call's member that holds such a signature. */
export const signatureField = (signature: string): JsonObject => ({
  extra_content: { google: { thought_signature: signature } },
})
