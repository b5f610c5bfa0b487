import {
  type Call,
  type Finding,
  join,
  type Kept,
  type Label,
  type PlacedText,
  type ReadingStage,
  type Thresholds,
} from '../domain/index.ts'
import type { Extractor } from '../extraction/index.ts'
import type { Labeller, LabelUse } from '../sensitivity/index.ts'
import type { Client } from './client.ts'
import { heldLevel } from './conversation.ts'
import type { Trace } from './trace.ts'

/** What reads a call's content. */
export interface ContentParts {
  readonly labeller: Labeller
  /** Texts out of attachments. */
  readonly extractor: Extractor
  /** Further readers, in order; usually none. */
  readonly stages: readonly ReadingStage[]
}

/** A label, and how a copy of the call with values taken out is labelled again. */
export interface Content {
  readonly label: Label
  /** Texts that came with the call and do not stand in it as text. */
  readonly texts: readonly PlacedText[]
  /** What further readers found; to be taken out like what the labeller saw. */
  readonly found: readonly Finding[]
  /** Whether a whole text is state that an upstream issued; it stays as it is. */
  readonly isIssued: (text: string, path: string) => boolean
  /** Whether something seen is sure enough to put its kind on the label. */
  readonly counts: (seen: Pick<Finding, 'kind' | 'confidence'>) => boolean
  relabel(call: Call, except: NonNullable<LabelUse['except']>, sticky: Label['kinds']): Promise<Relabelled>
}

/** What is seen in a copy with values taken out; findings have their place in that copy. */
export interface Relabelled {
  readonly label: Label
  readonly found: readonly Finding[]
}

interface Attachments {
  readonly texts: readonly PlacedText[]
  readonly read: ReadonlySet<string>
  readonly failed: boolean
}

const NO_ATTACHMENTS: Attachments = { texts: [], read: new Set(), failed: false }

const open = async (parts: ContentParts, call: Call): Promise<Attachments> => {
  const extracted = await parts.extractor.extract(call)
  return {
    texts: extracted.flatMap(({ path, texts }) => texts.map((text) => ({ path, text }))),
    read: new Set(extracted.flatMap((one) => (one.state === 'read' && !one.partial ? [one.path] : []))),
    failed: extracted.some(({ state }) => state === 'failed'),
  }
}

interface Heard {
  readonly found: readonly Finding[]
  readonly failed: boolean
}

const ask = async (
  parts: ContentParts,
  call: Call,
  texts: readonly PlacedText[],
  signal: AbortSignal,
): Promise<Heard> => {
  if (parts.stages.length === 0) return { found: [], failed: false }
  const sites = parts.labeller.locate(call, texts)
  if (sites === null) return { found: [], failed: true }
  const answers = await Promise.allSettled(
    parts.stages.map((stage) => stage.read([...sites, ...texts], signal)),
  )
  return {
    found: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
    failed: answers.some(({ status }) => status === 'rejected'),
  }
}

/** From which confidence each kind counts for this request: the use's word, else the key's, else the general one. */
const thresholdsOf = (trace: Trace): Thresholds => ({
  ...trace.snapshot.sensitivity.confidence,
  ...trace.principal?.confidence,
  ...trace.wishes?.use.confidence,
})

const isUnread = (label: Label): boolean => label.conditions.includes('unread')

/**
 * Step 4: everything that is known of what a call carries. Text first, on the request's own thread; where that
 * leaves something unread, attachments in a thread of their own; then further readers where there are any. Each
 * only adds, and one that fails restricts. `kept`: what the conversation carried before. `isIssued`: whether a
 * whole text is state that an upstream issued and gets back, and that is nobody's secret.
 */
export const readContent = async (
  parts: ContentParts,
  trace: Trace,
  call: Call,
  kept: Kept | null,
  client: Pick<Client, 'leaving'>,
  isIssued: (text: string, path: string) => boolean = () => false,
): Promise<Content> => {
  const raised = trace.wishes?.raised ?? null
  const held = kept === null ? null : heldLevel(kept)
  const level = held === null ? raised : join(held, raised ?? 'public')
  const confidence = thresholdsOf(trace)
  const counts: Content['counts'] = (seen) =>
    seen.kind === null || seen.confidence >= (confidence[seen.kind] ?? 0)
  const use: LabelUse = {
    carries: trace.wishes?.use.carries ?? [],
    confidence,
    sticky: kept?.kinds ?? [],
    issued: isIssued,
  }
  const first = parts.labeller.label(call, use, level)
  if (!isUnread(first) && parts.stages.length === 0) {
    return {
      label: first,
      texts: [],
      found: [],
      isIssued,
      counts,
      relabel: async (copy, except, sticky) => ({
        label: parts.labeller.label(copy, { ...use, except, sticky }, level),
        found: [],
      }),
    }
  }
  const attachments = isUnread(first) ? await open(parts, call) : NO_ATTACHMENTS
  const { texts, read } = attachments
  const signal = client.leaving()
  const heard = await ask(parts, call, texts, signal)
  const failed = attachments.failed || heard.failed
  const known = { ...use, texts, read }
  return {
    label: parts.labeller.label(call, { ...known, found: heard.found, failed }, level),
    texts,
    found: heard.found,
    isIssued,
    counts,
    async relabel(copy, except, sticky) {
      const again = await ask(parts, copy, texts, signal)
      const standing = standingIn(parts, copy, again.found)
      const found = again.found.filter((finding) => !except(standing(finding), finding.type))
      const failed = attachments.failed || again.failed
      return {
        label: parts.labeller.label(copy, { ...known, found, failed, except, sticky }, level),
        found,
      }
    },
  }
}

/** What stands where readers found something; empty where that cannot be told, which is no stand-in of ours. */
const standingIn = (
  parts: ContentParts,
  call: Call,
  found: readonly Finding[],
): ((finding: Finding) => string) => {
  const sites = found.length === 0 ? null : parts.labeller.locate(call)
  const texts = new Map<string, string>()
  for (const { path, text } of sites ?? []) if (!texts.has(path)) texts.set(path, text)
  return ({ path, start, end }) => texts.get(path)?.slice(start, end) ?? ''
}
