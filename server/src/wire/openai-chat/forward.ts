import type { Call, Forward, Json, JsonObject, Quirks, Written } from '../../domain/index.ts'
import { type Edit, type JsonMember, memberEdits, scanJson } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { forwardBody, type MessageEdits } from '../body/forward.ts'
import { stringAt } from '../body/media.ts'
import { callSignature } from './reasoning.ts'

const turn = (message: JsonObject): { readonly start: boolean; readonly pinned: boolean } => ({
  start: message['role'] === 'user',
  pinned: message['role'] === 'system' || message['role'] === 'developer',
})

const usageAsked = (call: Call): string => {
  const options = call.json['stream_options']
  return JSON.stringify({ ...(isObject(options) ? options : {}), include_usage: true })
}

/** The client's own text with the model's name replaced, and only what the target's quirks want otherwise. */
export const forward = (call: Call, options: Forward): Written => {
  const set = new Map<string, string>()
  if (call.stream && options.askUsage && !call.wantsUsage) set.set('stream_options', usageAsked(call))
  const { maxTokensField } = options.quirks
  const other = maxTokensField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
  return forwardBody(call, options, {
    rename: { [other]: maxTokensField },
    set,
    turn,
    maxTokens: ['max_completion_tokens', 'max_tokens'],
    leaveOut: null,
    edit: editor(call, options),
  })
}

const messagesOf = (call: Call): readonly Json[] => {
  const messages = call.json['messages']
  return isList(messages) ? messages : []
}

/** What only its issuer can read, wherever a message holds it. */
const opaqueIn = (message: JsonObject): readonly string[] => {
  const values: string[] = []
  const details = message['reasoning_details']
  for (const detail of isList(details) ? details : []) {
    if (isObject(detail)) values.push(...sealedValues(detail))
  }
  const calls = message['tool_calls']
  for (const call of [message, ...(isList(calls) ? calls : [])]) {
    const signature = isObject(call) ? callSignature(call) : null
    if (signature !== null) values.push(signature)
  }
  return values
}

const sealedValues = (detail: JsonObject): readonly string[] =>
  ['signature', 'data'].flatMap((name) => {
    const value = stringAt(detail, name)
    return value === null || value === '' ? [] : [value]
  })

/** Strings of a request that only their issuer can read. */
export const opaque = (call: Call): readonly string[] => {
  if (!call.source.includes('reasoning_details') && !call.source.includes('thought_signature')) return []
  return messagesOf(call).flatMap((message) => (isObject(message) ? opaqueIn(message) : []))
}

/** Null where no message has to change, which is the common case. */
const editor = (call: Call, { quirks, foreign }: Forward): MessageEdits | null => {
  const roles = !quirks.developerRole && messagesOf(call).some(isDeveloper)
  const strange = foreign.size > 0 && opaque(call).some((value) => foreign.has(value))
  if (!roles && !strange) return null
  return (message, text, at) => {
    const members = scanJson(text, { depth: Number.POSITIVE_INFINITY }).members
    const edits: Edit[] = []
    const dropped: string[] = []
    if (roles) edits.push(...roleEdits(message, members, quirks))
    if (strange) leaveOut(message, text, at, members, foreign, edits, dropped)
    return { edits, dropped }
  }
}

const isDeveloper = (message: Json): boolean => isObject(message) && message['role'] === 'developer'

const roleEdits = (message: JsonObject, members: readonly JsonMember[], quirks: Quirks): readonly Edit[] => {
  if (quirks.developerRole || !isDeveloper(message)) return []
  const role = members.find((member) => member.key === 'role')
  return role === undefined ? [] : [{ start: role.valueStart, end: role.valueEnd, text: '"system"' }]
}

/** Edits that take foreign entries out of a list, or the whole list where none would be left. */
const leaveOut = (
  message: JsonObject,
  text: string,
  at: string,
  members: readonly JsonMember[],
  foreign: ReadonlySet<string>,
  edits: Edit[],
  dropped: string[],
): void => {
  const remove = new Set<number>()
  members.forEach((member, index) => {
    const value = member.key === null ? undefined : message[member.key]
    if (member.key === 'extra_content' && foreign.has(callSignature(message) ?? '')) {
      remove.add(index)
      dropped.push(`${at}.extra_content`)
    }
    if (!isList(value)) return
    const place = `${at}.${member.key}`
    const inner = text.slice(member.valueStart, member.valueEnd)
    const shift = (edit: Edit): Edit => ({
      start: edit.start + member.valueStart,
      end: edit.end + member.valueStart,
      text: edit.text,
    })
    if (member.key === 'reasoning_details') {
      const out = value.flatMap((item, position) =>
        isObject(item) && sealedValues(item).some((one) => foreign.has(one)) ? [position] : [],
      )
      dropped.push(...out.map((position) => `${place}[${position}]`))
      if (out.length === value.length && out.length > 0) remove.add(index)
      else if (out.length > 0) edits.push(...memberEdits(scan(inner), { remove: new Set(out) }).map(shift))
    } else if (member.key === 'tool_calls') {
      scan(inner).members.forEach((span, position) => {
        const call = value[position]
        if (!isObject(call) || !foreign.has(callSignature(call) ?? '')) return
        dropped.push(`${place}[${position}].extra_content`)
        edits.push(...without(inner, span, 'extra_content').map(shift))
      })
    }
  })
  if (remove.size > 0) edits.push(...memberEdits(scan(text), { remove }))
}

const scan = (text: string) => scanJson(text, { depth: Number.POSITIVE_INFINITY })

/** Edits that take a member out of the object that stands at a place of a text. */
const without = (text: string, span: JsonMember, name: string): readonly Edit[] => {
  const inner = scan(text.slice(span.valueStart, span.valueEnd))
  const remove = new Set(inner.members.flatMap((member, index) => (member.key === name ? [index] : [])))
  return memberEdits(inner, { remove }).map((edit) => ({
    start: edit.start + span.valueStart,
    end: edit.end + span.valueStart,
    text: edit.text,
  }))
}
