import {
  CausewayError,
  type Channel,
  type Finding,
  type GuardAction,
  type Guarded,
  type GuardRules,
  type Reviser,
} from '../domain/index.ts'
import { isListed, linksIn } from './links.ts'

/** What a look at a text gives; a finding without its path. */
export type Sighted = Omit<Finding, 'path'>

export interface GuardOptions {
  readonly rules: GuardRules
  /** What is sensitive in a text. What it throws stops the answer. */
  readonly find: (text: string) => readonly Sighted[]
  /** Told after each finding of all there is so far. */
  readonly report: (guarded: Guarded) => void
}

/** Characters that stay back so that a value with blanks in it is seen whole, and that a text before it is kept for context. */
const HELD = 96
const CONTEXT = 600
/** Beyond this a run without an end is judged as it is. */
const MOST_HELD = 8_192
const MOST_FINDINGS = 50

interface State {
  /** What went on already, as it came: the context of what is next. */
  before: string
  pending: string
}

interface Spot {
  readonly start: number
  readonly end: number
  readonly action: GuardAction
  readonly finding: Sighted
}

const SEVERITY: readonly Guarded['action'][] = ['marked', 'masked', 'stopped']
const DONE: Readonly<Record<GuardAction, Guarded['action']>> = {
  mark: 'marked',
  mask: 'masked',
  stop: 'stopped',
}

const isBlank = (text: string, index: number): boolean => /\s/.test(text.charAt(index))

/** Up to where a text may go on: before its last characters, and not inside a run without blanks. */
const safeEnd = (text: string): number => {
  const latest = text.length - HELD
  if (latest <= 0) return 0
  for (let at = latest; at > 0; at -= 1) if (isBlank(text, at - 1)) return at
  return text.length > MOST_HELD ? latest : 0
}

/** An unfinished private key is one value over many lines. */
const openBlock = (text: string): number => {
  const begin = text.lastIndexOf('-----BEGIN')
  if (begin < 0 || text.length - begin >= MOST_HELD) return -1
  const end = text.indexOf('-----END', begin)
  return end >= 0 && text.includes('-----', end + 8) ? -1 : begin
}

class Watch implements Reviser {
  readonly #options: GuardOptions
  readonly #states = new Map<string, State>()
  readonly #findings: Finding[] = []
  #omitted = 0
  #action: Guarded['action'] = 'marked'

  constructor(options: GuardOptions) {
    this.#options = options
  }

  push(channel: Channel, delta: string): string {
    const state = this.#states.get(channel.key) ?? { before: '', pending: '' }
    this.#states.set(channel.key, state)
    state.pending += delta
    const end = safeEnd(state.pending)
    return end === 0 ? '' : this.#release(channel, state, end, false)
  }

  end(channel: Channel): string {
    const state = this.#states.get(channel.key)
    if (state === undefined) return ''
    this.#states.delete(channel.key)
    return this.#release(channel, state, state.pending.length, true)
  }

  #release(channel: Channel, state: State, wanted: number, last: boolean): string {
    const { before, pending } = state
    const spots = this.#spots(before + pending)
      .map((spot) => ({ ...spot, start: spot.start - before.length, end: spot.end - before.length }))
      .filter(({ end }) => end > 0)
    let end = wanted
    if (!last && pending.length <= MOST_HELD) {
      const block = openBlock(pending)
      if (block >= 0) end = Math.min(end, block)
      // A value that may go on behind the end is judged when it is whole.
      for (const spot of spots) if (spot.start < end && spot.end >= end) end = Math.max(0, spot.start)
    }
    if (end <= 0) return ''
    const due = spots.filter(({ start }) => start < end)
    for (const spot of due) this.#note(channel, spot, before.length)
    state.before = (before + pending.slice(0, end)).slice(-CONTEXT)
    state.pending = pending.slice(end)
    return masked(channel, pending.slice(0, end), due)
  }

  #spots(text: string): readonly Spot[] {
    const { rules, find } = this.#options
    const spots: Spot[] = []
    for (const finding of find(text)) {
      const action = finding.kind === null ? undefined : rules.answers[finding.kind]
      if (action !== undefined) spots.push({ start: finding.start, end: finding.end, action, finding })
    }
    if (rules.links !== null) spots.push(...linkSpots(text, rules.links))
    return spots.sort((a, b) => a.start - b.start || b.end - a.end)
  }

  #note(channel: Channel, { action, finding }: Spot, offset: number): void {
    const done = DONE[action]
    if (SEVERITY.indexOf(done) > SEVERITY.indexOf(this.#action)) this.#action = done
    if (this.#findings.length < MOST_FINDINGS) {
      const { start, end } = finding
      this.#findings.push({
        ...finding,
        path: `answer.${channel.key}`,
        start: Math.max(0, start - offset),
        end: Math.max(0, end - offset),
      })
    } else this.#omitted += 1
    this.#options.report({ action: this.#action, findings: [...this.#findings], omitted: this.#omitted })
    if (action !== 'stop') return
    throw new CausewayError(
      'answer_stopped',
      `The answer was stopped: it held ${finding.type} ${finding.masked}.`,
      { rule: finding.kind === null ? 'guard:links' : `guard:${finding.kind}` },
    )
  }
}

const linkSpots = (text: string, { action, hosts }: NonNullable<GuardRules['links']>): readonly Spot[] =>
  linksIn(text)
    .filter(({ host }) => !isListed(host, hosts))
    .map(({ start, end, host }) => ({
      start,
      end,
      action,
      finding: {
        kind: null,
        type: 'LINK',
        start,
        end,
        confidence: 1,
        reason: 'a link to a host that guard.links does not list',
        masked: (host ?? 'unreadable').slice(0, 80),
      },
    }))

/** What stands for a value; a mask comes back with the history, and must not read like a handling mark then. */
const NAMES: Readonly<Record<string, string>> = {
  SECRET: 'CREDENTIAL',
  INTERNAL_ID: 'REFERENCE',
  INTERNAL: 'WITHHELD',
}

const maskOf = ({ type }: Sighted): string => `[${NAMES[type] ?? type}]`

/** The text with what is to be masked replaced. In JSON source quotes and what escapes them stay where they are. */
const masked = ({ form }: Channel, text: string, spots: readonly Spot[]): string => {
  let out = ''
  let done = 0
  for (const { start, end, action, finding } of spots) {
    if (action !== 'mask' || end <= done) continue
    const from = Math.max(start, done)
    out += text.slice(done, from)
    const value = text.slice(from, end)
    const mask = maskOf(finding)
    out += form === 'json' ? inQuotes(value, mask) : mask
    done = Math.min(end, text.length)
  }
  return out + text.slice(done)
}

const inQuotes = (value: string, mask: string): string => {
  const pieces = value.split(/("|\\.?)/)
  if (pieces.length === 1) return mask
  let said = false
  return pieces
    .map((piece) => {
      if (piece === '"') return piece
      if (piece === '' || piece.startsWith('\\')) return ''
      if (said || !/[\p{L}\p{N}]/u.test(piece)) return /^[\s:,{}[\]]*$/.test(piece) ? piece : ''
      said = true
      return mask
    })
    .join('')
}

/** Watches one answer. Null where the rules ask for nothing. */
export const createGuard = (options: GuardOptions): Reviser | null => {
  const { answers, links } = options.rules
  return Object.keys(answers).length === 0 && links === null ? null : new Watch(options)
}
