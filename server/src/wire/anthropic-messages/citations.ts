import type { Call, Citation, Json, JsonObject } from '../../domain/index.ts'
import { type Edit, memberEdits, scanJson, splice } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import { UNINDEXED } from './sealed.ts'

const NO_LIMIT = { depth: Number.POSITIVE_INFINITY }

const isWeb = (address: string | null): boolean => address !== null && /^https?:/i.test(address)

/** A citation of this dialect; `span` is what its block takes up in the answer's text. */
export const readCitation = (raw: JsonObject, span: readonly [number, number]): Citation => {
  const source = stringAt(raw, 'url') ?? stringAt(raw, 'source')
  return {
    url: isWeb(source) ? source : null,
    title: stringAt(raw, 'title') ?? stringAt(raw, 'document_title'),
    cited: stringAt(raw, 'cited_text'),
    span,
    native: { dialect: 'anthropic-messages', raw },
  }
}

/** A citation as this dialect writes it in a text block; null where it has no address, for then nothing here holds it. */
export const writeCitation = ({ url, title, cited, native }: Citation): JsonObject | null => {
  if (native.dialect === 'anthropic-messages' && isObject(native.raw)) return native.raw
  if (url === null) return null
  return {
    type: 'web_search_result_location',
    url,
    title,
    cited_text: cited ?? '',
    encrypted_index: UNINDEXED,
  }
}

const isUnindexed = (block: Json | undefined): boolean => {
  const citations = isObject(block) ? block['citations'] : undefined
  return isList(citations) && citations.some((one) => isObject(one) && one['encrypted_index'] === UNINDEXED)
}

const shifted = (edits: readonly Edit[], by: number): readonly Edit[] =>
  edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }))

/** Edits of a JSON array's text, item by item. */
const eachItem = (
  text: string,
  items: Json | undefined,
  edit: (text: string, item: Json | undefined, index: number) => readonly Edit[],
): readonly Edit[] =>
  isList(items)
    ? scanJson(text, NO_LIMIT).members.flatMap((member, index) =>
        shifted(edit(text.slice(member.valueStart, member.valueEnd), items[index], index), member.valueStart),
      )
    : []

/** Edits of the value of one member of an object's text. */
const inMember = (text: string, name: string, edit: (text: string) => readonly Edit[]): readonly Edit[] => {
  const member = scanJson(text, NO_LIMIT).members.find((one) => one.key === name)
  if (member === undefined) return []
  return shifted(edit(text.slice(member.valueStart, member.valueEnd)), member.valueStart)
}

/** The call without citations that another dialect's answer gave it: an issuer would look for their index. */
export const withoutCitations = (
  call: Call,
): { readonly call: Call; readonly dropped: readonly string[] } => {
  if (!call.source.includes(UNINDEXED)) return { call, dropped: [] }
  const dropped: string[] = []
  const edits = inMember(call.source, 'messages', (messages) =>
    eachItem(messages, call.json['messages'], (message, json, at) =>
      inMember(message, 'content', (content) =>
        eachItem(content, isObject(json) ? json['content'] : undefined, (block, item, place) => {
          if (!isUnindexed(item)) return []
          dropped.push(`messages[${at}].content[${place}].citations`)
          const scan = scanJson(block, NO_LIMIT)
          const position = scan.members.findIndex((member) => member.key === 'citations')
          return memberEdits(scan, { remove: new Set([position]) })
        }),
      ),
    ),
  )
  if (dropped.length === 0) return { call, dropped }
  const source = splice(call.source, edits)
  const json: unknown = JSON.parse(source)
  const span = scanJson(source, NO_LIMIT).members.find((member) => member.key === 'model')
  return {
    call: {
      ...call,
      source,
      json: isObject(json) ? json : call.json,
      modelSpan: span === undefined ? null : [span.valueStart, span.valueEnd],
    },
    dropped,
  }
}
