import type { Call, Forward, JsonObject, Written } from '../../domain/index.ts'
import { type Edit, type JsonMember, type JsonScan, memberEdits, scanJson, splice } from '../../lib/index.ts'
import { isList, isObject } from './fields.ts'
import { type FitPlan, type FitTurn, planFit, rangesOf } from './fit.ts'
import { estimateTokens } from './media.ts'
import { signalName } from './signals.ts'

/** Changes within one message: edits of its own text, and the names of what they take out. `at`: `messages[3]`. */
export type MessageEdits = (
  message: JsonObject,
  text: string,
  at: string,
) => { readonly edits: readonly Edit[]; readonly dropped: readonly string[] }

/** What a dialect adds to the splice that all share. */
export interface ForwardDialect {
  /** The list that holds the conversation; `messages` where not said. */
  readonly list?: 'messages' | 'input' | 'contents'
  /** New names of top-level fields. */
  readonly rename?: Readonly<Record<string, string>>
  /** Values to set at the top level, as JSON text. */
  readonly set: ReadonlyMap<string, string>
  /** How a message counts when the history is shortened. */
  readonly turn: (message: JsonObject) => Pick<FitTurn, 'start' | 'pinned'>
  /** Names under which the limit of the answer may stand, the one that counts first. */
  readonly maxTokens: readonly string[]
  /** Picks content blocks that must not leave; null where none can be there. */
  readonly leaveOut: ((block: JsonObject) => boolean) | null
  /** Picks messages that must not leave as a whole; null or left out where none can be there. */
  readonly leaveOutTurn?: ((message: JsonObject) => boolean) | null
  /** What else changes within messages; null or left out where nothing does. */
  readonly edit?: MessageEdits | null
}

const NO_LIMIT = { depth: Number.POSITIVE_INFINITY }

const limitOf = (call: Call, names: readonly string[]): { name: string; value: number } | null => {
  for (const name of names) {
    const value = call.json[name]
    if (typeof value === 'number') return { name, value }
  }
  return null
}

const stringAtPath = (call: Call, path: string): string => {
  let node: unknown = call.json
  for (const step of path.split(/[.[\]]+/)) {
    if (step === '') continue
    if (Array.isArray(node)) node = node[Number(step)]
    else if (isObject(node)) node = node[step]
  }
  return typeof node === 'string' ? node : ''
}

/** Tokens of each message, estimated over its own text without the bytes of its media. */
const costsOf = (call: Call, text: string, scan: JsonScan, list: string): readonly number[] => {
  const media = scan.members.map(() => ({ count: 0, bytes: 0 }))
  for (const item of call.media) {
    const [, name, index] = /^(\w+)\[(\d+)\]/.exec(item.path) ?? []
    const entry = name === list ? media[Number(index)] : undefined
    if (entry === undefined) continue
    entry.count += 1
    if (!item.remote) entry.bytes += stringAtPath(call, item.path).length
  }
  return scan.members.map((member, index) => {
    const bytes = Buffer.byteLength(text.slice(member.valueStart, member.valueEnd))
    return estimateTokens(bytes, media[index]?.count ?? 0, media[index]?.bytes ?? 0)
  })
}

const listOf = (dialect: ForwardDialect): string => dialect.list ?? 'messages'

const planOf = (
  call: Call,
  context: number,
  text: string,
  scan: JsonScan,
  dialect: ForwardDialect,
): FitPlan => {
  const list = listOf(dialect)
  const items = call.json[list]
  const costs = costsOf(call, text, scan, list)
  const turns = (isList(items) ? items : []).map((message, index) => ({
    cost: costs[index] ?? 0,
    ...(isObject(message) ? dialect.turn(message) : { start: false, pinned: false }),
  }))
  const limit = limitOf(call, dialect.maxTokens)?.value ?? null
  return planFit(turns, call.needs.inputTokens, context, limit, list)
}

/** Edits that take the picked blocks out of one message's content; null where no block would be left. */
const withoutBlocks = (
  message: JsonObject,
  text: string,
  member: JsonMember,
  picked: (block: JsonObject) => boolean,
): { readonly edits: readonly Edit[]; readonly places: readonly number[] } | null => {
  const content = message['content']
  if (!isList(content)) return { edits: [], places: [] }
  const places = content.flatMap((block, place) => (isObject(block) && picked(block) ? [place] : []))
  if (places.length === content.length && places.length > 0) return null
  const outer = text.slice(member.valueStart, member.valueEnd)
  const span = scanJson(outer, NO_LIMIT).members.find((inner) => inner.key === 'content')
  if (span === undefined || places.length === 0) return { edits: [], places }
  const scan = scanJson(outer.slice(span.valueStart, span.valueEnd), NO_LIMIT)
  const from = member.valueStart + span.valueStart
  const edits = memberEdits(scan, { remove: new Set(places) }).map((edit) => ({
    start: edit.start + from,
    end: edit.end + from,
    text: edit.text,
  }))
  return { edits, places }
}

/** The JSON text of the messages that leave, and the names of those that do not. */
const messagesText = (
  call: Call,
  text: string,
  scan: JsonScan,
  out: ReadonlySet<number>,
  dialect: ForwardDialect,
): { readonly json: string; readonly dropped: readonly string[] } => {
  const { leaveOut: picked, leaveOutTurn: unwanted = null, edit = null } = dialect
  const list = listOf(dialect)
  const dropped = [...rangesOf(out, list)]
  const remove = new Set(out)
  const edits: Edit[] = []
  const items = call.json[list]
  scan.members.forEach((member, index) => {
    const message = isList(items) ? items[index] : undefined
    if (out.has(index) || !isObject(message)) return
    if (unwanted?.(message) === true) {
      remove.add(index)
      dropped.push(`${list}[${index}]`)
      return
    }
    const from = member.valueStart
    const own = edit?.(message, text.slice(from, member.valueEnd), `${list}[${index}]`)
    if (own !== undefined) {
      edits.push(...own.edits.map((one) => ({ ...one, start: one.start + from, end: one.end + from })))
      dropped.push(...own.dropped)
    }
    if (picked === null) return
    const inner = withoutBlocks(message, text, member, picked)
    if (inner === null) {
      remove.add(index)
      dropped.push(`${list}[${index}]`)
      return
    }
    edits.push(...inner.edits)
    dropped.push(...inner.places.map((place) => `${list}[${index}].content[${place}]`))
  })
  return { json: splice(text, [...edits, ...memberEdits(scan, { remove })]), dropped }
}

/** The client's own text with the model's name replaced and nothing else touched. */
const renamed = ({ source, modelSpan }: Call, model: string): string =>
  modelSpan === null
    ? source
    : source.slice(0, modelSpan[0]) + JSON.stringify(model) + source.slice(modelSpan[1])

/** Collects changes to the top level by name. */
class TopLevel {
  readonly #scan: JsonScan
  readonly #position: ReadonlyMap<string | null, number>
  readonly #replace = new Map<number, string>()
  readonly #rename = new Map<number, string>()
  readonly #remove = new Set<number>()
  readonly #add: { key: string; json: string }[] = []

  constructor(scan: JsonScan) {
    this.#scan = scan
    this.#position = new Map(scan.members.map((member, index) => [member.key, index]))
  }

  member(name: string): JsonMember | undefined {
    return this.#scan.members[this.#position.get(name) ?? -1]
  }

  set(name: string, json: string): void {
    const at = this.#position.get(name)
    if (at === undefined) this.#add.push({ key: name, json })
    else this.#replace.set(at, json)
  }

  remove(name: string): void {
    const at = this.#position.get(name)
    if (at !== undefined) this.#remove.add(at)
  }

  /** Returns whether a member that already had the new name had to go. */
  rename(from: string, to: string): boolean {
    const at = this.#position.get(from)
    const there = this.#position.get(to)
    if (at === undefined || at === there) return false
    this.#rename.set(at, to)
    if (there !== undefined) this.#remove.add(there)
    return there !== undefined
  }

  edits(): readonly Edit[] {
    return memberEdits(this.#scan, {
      replace: this.#replace,
      rename: this.#rename,
      remove: this.#remove,
      add: this.#add,
    })
  }
}

/** Same dialect in and out: only what `Forward` says changes; every other character stays as it came. */
export const forwardBody = (call: Call, options: Forward, dialect: ForwardDialect): Written => {
  const names = Object.entries(dialect.rename ?? {}).filter(([from]) => Object.hasOwn(call.json, from))
  const fit = call.operation === 'chat' ? options.fit : null
  const unwanted = options.quirks.unsupported.filter((name) => Object.hasOwn(call.json, name))
  const untouched = names.length === 0 && unwanted.length === 0
  const inner = [dialect.leaveOut, dialect.edit, dialect.leaveOutTurn].some((one) => (one ?? null) !== null)
  if (fit === null && !inner && dialect.set.size === 0 && untouched) {
    return { body: renamed(call, options.model), dropped: [] }
  }
  const top = new TopLevel(scanJson(call.source, NO_LIMIT))
  const dropped: string[] = unwanted.map(signalName)
  for (const name of unwanted) top.remove(name)
  if (call.modelSpan !== null) top.set('model', JSON.stringify(options.model))
  for (const [name, json] of dialect.set) top.set(name, json)
  for (const [from, to] of names) {
    if (top.rename(from, to) && call.json[to] !== call.json[from]) dropped.push(to)
  }
  const list = listOf(dialect)
  const span = top.member(list)
  if (span !== undefined && (fit !== null || inner)) {
    // A conversation may be one text, which is too long or it is not.
    const isListed = isList(call.json[list])
    const text = isListed ? call.source.slice(span.valueStart, span.valueEnd) : '[]'
    const scan = scanJson(text, NO_LIMIT)
    const plan: FitPlan =
      fit === null ? { out: new Set(), maxTokens: null } : planOf(call, fit, text, scan, dialect)
    const messages = messagesText(call, text, scan, plan.out, dialect)
    if (isListed) top.set(list, messages.json)
    dropped.push(...messages.dropped)
    const limit = limitOf(call, dialect.maxTokens)
    if (plan.maxTokens !== null && limit !== null) {
      top.set(limit.name, String(plan.maxTokens))
      dropped.push(limit.name)
    }
  }
  return { body: splice(call.source, top.edits()), dropped }
}
