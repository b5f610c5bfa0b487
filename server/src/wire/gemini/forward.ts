import type { Call, Forward, Json, JsonObject, Written } from '../../domain/index.ts'
import { memberEdits, scanJson, splice } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { planFit, rangesOf } from '../body/fit.ts'
import { estimateTokens } from '../body/media.ts'
import { isMarkedInBytes, MARK_IN_BYTES, uncarryInBytes } from '../body/sealed.ts'
import { signalName } from '../body/signals.ts'
import { demandsSignatures, plainSignature, UNCHECKED } from './signatures.ts'
import { camel, camelName, many } from './spelling.ts'

const NO_LIMIT = { depth: Number.POSITIVE_INFINITY }

/** What becomes of a member's value: other text, null to leave the member out, undefined to leave it as it is. */
type Change = (key: string, index: number, value: string) => string | null | undefined

/** A container's text with some of its members changed and no other character touched. Keys come in camel case. */
const edited = (text: string, change: Change): string => {
  const scan = scanJson(text, NO_LIMIT)
  const replace = new Map<number, string>()
  const remove = new Set<number>()
  scan.members.forEach((member, index) => {
    const value = text.slice(member.valueStart, member.valueEnd)
    const made = change(camelName(member.key ?? ''), index, value)
    if (made === null) remove.add(index)
    else if (made !== undefined && made !== value) replace.set(index, made)
  })
  return replace.size === 0 && remove.size === 0 ? text : splice(text, memberEdits(scan, { replace, remove }))
}

/** Each object of a repeated field, which may be one object alone. */
const eachItem = (text: string, change: (value: string, index: number) => string | null): string | null => {
  if (text.startsWith('{')) return change(text, 0)
  const left = edited(text, (_, index, value) => change(value, index))
  return /^\[\s*\]$/.test(left) && !/^\[\s*\]$/.test(text) ? null : left
}

const parse = (text: string): Json => JSON.parse(text)

const objectOf = (text: string): JsonObject => {
  const value = parse(text)
  return isObject(value) ? camel(value, '') : {}
}

/** The client's own text. Models that stand in the body say the target's; foreign state and what does not fit stays here. */
export const forward = (call: Call, options: Forward): Written => {
  const dropped: string[] = []
  let text = named(call, options.model)
  text = supported(text, call, options.quirks.unsupported, dropped)
  const foreign = options.foreign.size > 0 || call.source.includes(MARK_IN_BYTES)
  if (foreign) text = withoutForeign(text, options, dropped)
  if (options.fit !== null && call.operation === 'chat') text = fitted(text, call, options.fit, dropped)
  return { body: text, dropped }
}

/** A resource name keeps its collection, such as `models/`. */
const renamed = (value: string, model: string): string => {
  const before = parse(value)
  const collection = typeof before === 'string' ? before.slice(0, before.lastIndexOf('/') + 1) : ''
  return JSON.stringify(model.includes('/') ? model : collection + model)
}

const named = (call: Call, model: string): string => {
  const { json } = call
  const held = ['model', 'generateContentRequest', 'generate_content_request', 'requests']
  if (!held.some((name) => json[name] !== undefined && json[name] !== null)) return call.source
  return edited(call.source, (key, _, value) => {
    if (key === 'model' && value.startsWith('"')) return renamed(value, model)
    if (key === 'generateContentRequest' && value.startsWith('{')) {
      return edited(value, (inner, __, text) =>
        inner === 'model' && text.startsWith('"') ? renamed(text, model) : undefined,
      )
    }
    if (key !== 'requests' || !value.startsWith('[')) return undefined
    return eachItem(value, (request) =>
      edited(request, (inner, __, text) =>
        inner === 'model' && text.startsWith('"') ? renamed(text, model) : undefined,
      ),
    )
  })
}

/** Without the fields that the upstream rejects, at the top level and in `generationConfig`. */
const supported = (text: string, call: Call, names: readonly string[], dropped: string[]): string => {
  if (names.length === 0 || call.operation === 'embed') return text
  return edited(text, (key, _, value) => {
    if (names.includes(key)) {
      dropped.push(signalName(key))
      return null
    }
    if (key !== 'generationConfig' || !value.startsWith('{')) return undefined
    return edited(value, (inner) => {
      if (!names.includes(inner)) return undefined
      dropped.push(signalName(`generationConfig.${inner}`))
      return null
    })
  })
}

const withoutForeign = (text: string, options: Forward, dropped: string[]): string =>
  edited(text, (key, _, value) => {
    if (key === 'generateContentRequest' && value.startsWith('{'))
      return withoutForeign(value, options, dropped)
    if (key !== 'contents') return undefined
    return eachItem(value, (content, index) => {
      const leaves = new Leaving(options, `contents[${index}]`, dropped)
      let empty = false
      const left = edited(content, (name, __, parts) => {
        if (name !== 'parts') return undefined
        const kept = eachItem(parts, (part, place) => leaves.part(part, place))
        empty = kept === null
        return kept
      })
      return empty ? null : left
    })
  })

/** Takes the signatures that others issued out of one content. */
class Leaving {
  readonly #options: Forward
  readonly #at: string
  readonly #dropped: string[]
  #calls = 0

  constructor(options: Forward, at: string, dropped: string[]) {
    this.#options = options
    this.#at = at
    this.#dropped = dropped
  }

  /** The part without a foreign signature; null where it said nothing else. */
  part(text: string, place: number): string | null {
    const part = objectOf(text)
    const called = isObject(part['functionCall'])
    if (called) this.#calls += 1
    const signature = part['thoughtSignature']
    if (typeof signature !== 'string' || !this.#isForeign(signature)) return text
    this.#dropped.push(`${this.#at}.parts[${place}].thoughtSignature`)
    // A model that demands a signature is told that another one made the call.
    const stands = called && this.#calls === 1 && demandsSignatures(this.#options.model)
    if (!stands && Object.keys(part).every((name) => SILENT.includes(name)) && (part['text'] ?? '') === '') {
      return null
    }
    return edited(text, (key) => {
      if (key !== 'thoughtSignature') return undefined
      return stands ? JSON.stringify(UNCHECKED) : null
    })
  }

  #isForeign(signature: string): boolean {
    return isMarkedInBytes(signature) || this.#options.foreign.has(plainSignature(signature))
  }
}

const SILENT = ['text', 'thought', 'thoughtSignature']

const isStart = (content: JsonObject): boolean => {
  const { role } = content
  const user = role === 'user' || role === undefined || role === null
  return (
    user && many(content['parts'], '').every(({ json }) => !isObject(camel(json, '')['functionResponse']))
  )
}

const fitted = (text: string, call: Call, context: number, dropped: string[]): string => {
  const contents = parse(text)
  const list = isObject(contents) ? contents['contents'] : undefined
  if (!isList(list)) return text
  const config = isObject(contents) ? camel(contents, '')['generationConfig'] : undefined
  const limit = isObject(config) ? camel(config, '')['maxOutputTokens'] : undefined
  const media = mediaIn(call)
  const turns = list.map((content, index) => ({
    cost: estimateTokens(
      Buffer.byteLength(JSON.stringify(content)),
      media.get(index)?.count ?? 0,
      media.get(index)?.bytes ?? 0,
    ),
    start: isObject(content) && isStart(content),
    pinned: false,
  }))
  const plan = planFit(
    turns,
    call.needs.inputTokens,
    context,
    typeof limit === 'number' ? limit : null,
    'contents',
  )
  dropped.push(...rangesOf(plan.out, 'contents'))
  if (plan.maxTokens !== null) dropped.push('generationConfig.maxOutputTokens')
  return edited(text, (key, _, value) => {
    if (key === 'contents') return edited(value, (__, index) => (plan.out.has(index) ? null : undefined))
    if (key !== 'generationConfig' || plan.maxTokens === null) return undefined
    return edited(value, (name) => (name === 'maxOutputTokens' ? String(plan.maxTokens) : undefined))
  })
}

const mediaIn = (call: Call): ReadonlyMap<number, { count: number; bytes: number }> => {
  const found = new Map<number, { count: number; bytes: number }>()
  for (const { path, remote } of call.media) {
    const index = Number(/^contents\[(\d+)\]/.exec(path)?.[1] ?? -1)
    const entry = found.get(index) ?? { count: 0, bytes: 0 }
    entry.count += 1
    if (!remote) entry.bytes += lengthAt(call.json, path)
    found.set(index, entry)
  }
  return found
}

const lengthAt = (json: JsonObject, path: string): number => {
  let node: unknown = json
  for (const step of path.split(/[.[\]]+/)) {
    if (step === '') continue
    if (Array.isArray(node)) node = node[Number(step)]
    else if (isObject(node)) node = node[step]
  }
  return typeof node === 'string' ? node.length : 0
}

/** The signatures in a call's history, in one spelling, and what other issuers sealed, as they know it. */
export const opaque = (call: Call): readonly string[] => {
  if (!/thought_?[sS]ignature/.test(call.source)) return []
  const held = camel(call.json, '')
  const inner = held['generateContentRequest']
  const json = isObject(inner) ? camel(inner, '') : held
  return many(json['contents'], 'contents').flatMap(({ json: content }) =>
    many(content['parts'], 'parts').flatMap(({ json: raw }) => {
      const signature = camel(raw, '')['thoughtSignature']
      if (typeof signature !== 'string' || signature === '' || signature === UNCHECKED) return []
      if (!isMarkedInBytes(signature)) return [plainSignature(signature)]
      const carried = uncarryInBytes(signature, 'gemini')
      return carried === null ? [] : [carried.value]
    }),
  )
}
