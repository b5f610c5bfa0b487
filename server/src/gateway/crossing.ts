import {
  type Call,
  CausewayError,
  type Crossing,
  type DecideInput,
  type Decision,
  type Kept,
  KINDS,
  type Kind,
  type Label,
  type Permit,
  type Replaced,
  type Reviser,
} from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import { decide, summarise, waysAcross } from '../policy/index.ts'
import { emptyMapping, type Mapping, type Pseudonyms, type Site } from '../pseudonyms/index.ts'
import type { Labeller } from '../sensitivity/index.ts'
import type { Content } from './content.ts'
import type { Trace } from './trace.ts'

/** What taking values out of a request needs. */
export interface CrossingParts {
  readonly labeller: Labeller
  readonly pseudonyms: Pseudonyms
  /** 32 bytes under which mappings are kept. */
  readonly sealingKey: Uint8Array
}

/** A request with values taken out, permitted to go where the one that came may not. */
export interface Crossed {
  readonly call: Call
  readonly permits: readonly Permit[]
  /** To be kept with the conversation; null where nothing was put in place of anything. */
  readonly sealed: Uint8Array | null
  /** What puts the originals back; one for each answer. */
  reviser(): Reviser
}

/** A stand-in may show a pattern of its own to the detectors, or uncover one: look again, this often at most. */
const ROUNDS = 3
/** Operations whose answers are no text. */
const UNRESTORABLE: readonly Call['operation'][] = ['embed', 'speech', 'image']

/** Different values of one request that are replaced, and places where they stand; one with more stays home. */
const MOST_VALUES = 2_000
const MOST_PLACES = 20_000

interface Covering {
  readonly call: Call
  readonly label: Label
  readonly mapping: Mapping
  readonly values: Readonly<Partial<Record<Kind, number>>>
  readonly left: readonly string[]
}

const addUp = (a: Covering['values'], b: Covering['values']): Covering['values'] => {
  const sum: Partial<Record<Kind, number>> = {}
  for (const kind of KINDS) {
    const count = (a[kind] ?? 0) + (b[kind] ?? 0)
    if (count > 0) sum[kind] = count
  }
  return sum
}

/** What was seen in a call and counts, less what are stand-ins of ours, and with what further readers found. */
const sitesOf = (
  parts: CrossingParts,
  call: Call,
  { texts, found, isIssued, counts }: Pick<Content, 'texts' | 'found' | 'isIssued' | 'counts'>,
  mapping: Mapping,
): readonly Site[] | null => {
  const sites = parts.labeller.locate(call, texts)
  if (sites === null) return null
  return sites
    .filter(({ text, path, spans }) => spans.length === 0 || !isIssued(text, path))
    .map((site) => ({
      ...site,
      spans: [
        ...site.spans,
        ...found.filter(({ path }) => path === site.path).map((span) => ({ ...span, encoded: false })),
      ].filter(
        ({ start, end, type, ...seen }) =>
          counts(seen) && !parts.pseudonyms.isStandIn(mapping, site.text.slice(start, end), type),
      ),
    }))
}

/** Whether replacing would keep everybody else waiting: one value costs a third of a millisecond, a place much less. */
const isTooMuch = (sites: readonly Site[], kinds: readonly Kind[]): boolean => {
  const values = new Set<string>()
  let places = 0
  for (const { text, spans } of sites) {
    for (const { start, end, kind, type } of spans) {
      if (kind === null || !kinds.includes(kind)) continue
      places += 1
      if (values.size <= MOST_VALUES) values.add(`${type} ${text.slice(start, end)}`)
    }
  }
  return values.size > MOST_VALUES || places > MOST_PLACES
}

const takenOut = (ways: Replaced): readonly Kind[] => KINDS.filter((kind) => ways[kind] !== undefined)

/**
 * What the conversation carried and stays with it. It is out of the way where its values are known or stand in this
 * very call, unless somebody said so without a value to show.
 */
const standing = (
  { label, counts }: Pick<Content, 'label' | 'counts'>,
  kinds: readonly Kind[],
  before: Mapping,
  said: readonly Kind[],
): readonly Kind[] => {
  const seen = new Set(label.findings.filter(counts).map(({ kind }) => kind))
  return (label.sticky ?? []).filter(
    (kind) => !kinds.includes(kind) || said.includes(kind) || (before.size === 0 && !seen.has(kind)),
  )
}

/** Takes values out until nothing of the kinds is seen any more, or says where something stays. */
const coverAll = async (
  parts: CrossingParts,
  call: Call,
  content: Content,
  ways: Replaced,
  before: Mapping,
  said: readonly Kind[],
  read: (source: string) => Call,
): Promise<Covering> => {
  let covering: Covering = { call, label: content.label, mapping: before, values: {}, left: [] }
  const kinds = takenOut(ways)
  const sticky = standing(content, kinds, before, said)
  const { texts, isIssued, counts } = content
  let { found } = content
  for (let round = 0; round < ROUNDS; round += 1) {
    const sites = sitesOf(parts, covering.call, { texts, found, isIssued, counts }, covering.mapping)
    if (sites === null) return { ...covering, left: ['(the request could not be read)'] }
    if (isTooMuch(sites, kinds)) return { ...covering, left: [`(more than ${MOST_VALUES} values)`] }
    const covered = parts.pseudonyms.cover(covering.call, sites, ways, covering.mapping)
    const { mapping } = covered
    const copy = read(covered.source)
    const again = await content.relabel(
      copy,
      (value, type) => parts.pseudonyms.isStandIn(mapping, value, type),
      sticky,
    )
    const { label } = again
    found = again.found
    const left = label.kinds.some((kind) => kinds.includes(kind))
    covering = {
      call: copy,
      label,
      mapping,
      values: addUp(covering.values, covered.replaced),
      left: covered.left.length > 0 ? covered.left : left ? pathsOf(label, kinds) : [],
    }
    if (covered.left.length > 0 || !left) return covering
  }
  return covering
}

const pathsOf = (label: Label, kinds: readonly Kind[]): readonly string[] => {
  const paths = label.findings.flatMap(({ kind, path }) =>
    kind !== null && kinds.includes(kind) ? [path] : [],
  )
  return paths.length > 0 ? [...new Set(paths)].slice(0, 10) : ['(earlier turns of this conversation)']
}

const openMapping = (parts: CrossingParts, kept: Kept | null, principal: string): Mapping => {
  if (kept?.sealed == null) return emptyMapping
  try {
    return parts.pseudonyms.open(kept.sealed, parts.sealingKey, principal)
  } catch {
    // Sealed under another key, or changed: stand-ins start anew, and old ones in the history stay what they are.
    return emptyMapping
  }
}

/**
 * A second way for a request that some candidates may have only with values taken out: a new call, read and
 * labelled anew, with a decision of its own. Null where that would permit nobody more. Says in `trace.crossing`
 * what came of it. Never sends anything and never throws, unless the client left.
 *
 * Embeddings, speech and pictures may go masked only: what is made of stand-ins means other people, and nothing in
 * it can be put back.
 */
export const crossOver = async (
  parts: CrossingParts,
  trace: Trace,
  call: Call,
  content: Content,
  kept: Kept | null,
  decision: Decision,
  read: (source: string) => Call,
): Promise<Crossed | null> => {
  if (decision.refusals.length === 0) return null
  const ways = waysAcross(decision.input, trace.snapshot)
  if (ways === null) return null
  if (UNRESTORABLE.includes(call.operation) && Object.values(ways).includes('pseudonyms')) return null
  try {
    const mapping = openMapping(parts, kept, decision.input.principal.key)
    const covering = await coverAll(parts, call, content, ways, mapping, kept?.said?.kinds ?? [], read)
    if (covering.left.length > 0) {
      note(trace, decision.input, null, covering)
      return null
    }
    return permitted(parts, trace, decision, covering, ways)
  } catch (thrown) {
    if (thrown instanceof CausewayError && thrown.fault.code === 'client_closed') throw thrown
    note(trace, decision.input, null, { values: {}, left: ['(taking values out failed)'] })
    return null
  }
}

const permitted = (
  parts: CrossingParts,
  trace: Trace,
  decision: Decision,
  covering: Covering,
  ways: Replaced,
): Crossed | null => {
  const label = deepFreeze({ ...covering.label, replaced: ways })
  const input: DecideInput = { ...decision.input, label: summarise(label), model: covering.call.model }
  const second = decide(covering.call, label, input, trace.snapshot)
  note(trace, input, second, covering)
  const already = new Set(decision.permits.map(({ target }) => target.name))
  const permits = second.permits.filter(({ target }) => !already.has(target.name))
  if (permits.length === 0) return null
  const { mapping } = covering
  return {
    call: covering.call,
    permits,
    sealed:
      mapping.size === 0
        ? null
        : parts.pseudonyms.seal(mapping, parts.sealingKey, decision.input.principal.key),
    reviser: () =>
      parts.pseudonyms.reviser(mapping, ({ what }) => {
        if (trace.crossing === null) return
        const { restored, unsure } = trace.crossing
        trace.crossing = {
          ...trace.crossing,
          restored: restored + (what === 'restored' ? 1 : 0),
          unsure: unsure + (what === 'unsure' ? 1 : 0),
        }
      }),
  }
}

const note = (
  trace: Trace,
  input: DecideInput,
  decision: Decision | null,
  { values, left }: Pick<Covering, 'values' | 'left'>,
): void => {
  const crossing: Crossing = {
    input,
    verdict: {
      permitted: (decision?.permits ?? []).map(({ target, rule }) => ({ target: target.name, rule })),
      refusals: decision?.refusals ?? [],
    },
    values,
    left: left.slice(0, 10).map((path) => path.slice(0, 200)),
    restored: 0,
    unsure: 0,
  }
  trace.crossing = crossing
}
