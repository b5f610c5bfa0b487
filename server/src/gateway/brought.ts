import { hash } from 'node:crypto'
import {
  type Block,
  type Call,
  CausewayError,
  type Conversation,
  type Dialect,
  type Issued,
  type Json,
  type Target,
  type Turn,
} from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'
import type { Brought } from './egress.ts'
import type { IssuedHere } from './issued.ts'

/** Whose account a target is of: the same address, credential and provider read what each other issued. */
const issuerOf = ({ provider, url, credential }: Target): string =>
  hash('sha256', JSON.stringify([provider, new URL(url).host, credential]), 'base64url')

/** SDKs decode some opaque values and write them again in the other alphabet of base64. */
const plain = (value: string): string => value.replaceAll('-', '+').replaceAll('_', '/')

const isRecord = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const signatureIn = (part: Json): string | null => {
  const value = isRecord(part) ? part['thoughtSignature'] : undefined
  return typeof value === 'string' ? value : null
}

/** A block that carries a part of its issuer's back as it was. */
const blockOf = (part: Json, dialect: Dialect): Block => ({
  type: 'reasoning',
  text: '',
  signature: '',
  native: { dialect, raw: part },
})

/** Thoughts of the same answer in a form that its issuer does not take; what it issued says the same. */
const isUnsigned = (block: Block, dialect: Dialect): boolean =>
  block.type === 'reasoning' && block.native.dialect !== dialect

/** What stands in a turn already, told apart by its spelling. */
const spelt = (blocks: readonly Block[]): Set<string> =>
  new Set(blocks.map((block) => JSON.stringify(block.native.raw)))

const reunitedTurn = (
  turn: Turn,
  dialect: Dialect,
  before: (call: string) => readonly Json[] | null,
): Turn => {
  const blocks: Block[] = []
  let there: Set<string> | null = null
  for (const block of turn.blocks) {
    const parts = block.type === 'tool-call' ? before(block.id) : null
    if (block.type !== 'tool-call' || parts === null) {
      blocks.push(block)
      continue
    }
    const own = parts.flatMap((part) => signatureIn(part) ?? [])
    if (own[0] !== undefined)
      blocks.push(block.signature === undefined ? { ...block, signature: own[0] } : block)
    else {
      // Once for each turn: a call may be repeated as often as a body has room, and turns are large.
      there ??= spelt(turn.blocks)
      const texts = parts.map((part) => JSON.stringify(part))
      if (!texts.every((text) => there?.has(text) === true)) {
        while (blocks.length > 0 && blocks.slice(-1).every((one) => isUnsigned(one, dialect))) blocks.pop()
        blocks.push(...parts.map((part) => blockOf(part, dialect)))
        for (const text of texts) there.add(text)
      }
      blocks.push(block)
    }
  }
  return { ...turn, blocks }
}

/** Turns without the state that another account issued, and the names of what stays here; the rest of each turn goes on. */
const withoutForeign = (
  turns: readonly Turn[],
  foreign: ReadonlySet<string>,
): { readonly turns: readonly Turn[]; readonly dropped: readonly string[] } => {
  if (foreign.size === 0) return { turns, dropped: [] }
  const dropped = new Set<string>()
  const kept = turns.map((turn) => {
    const blocks = turn.blocks.flatMap((block): readonly Block[] => {
      const isSealed = block.type === 'reasoning' || block.type === 'tool-call'
      const seal = isSealed ? (block.signature ?? null) : null
      if (seal === null || !foreign.has(seal)) return [block]
      dropped.add(`${turn.at}.signature`)
      if (block.type !== 'tool-call') return []
      const { signature: _, ...call } = block
      return [call]
    })
    return { ...turn, blocks }
  })
  return { turns: kept, dropped: [...dropped] }
}

/** A shorter text could be anybody's. */
const SHORTEST = 16

/** Where dialects put what only its issuer can read; anywhere else the same text is the client's word. */
const SLOT =
  /^(?:messages\[\d+\]\.(?:content\[\d+\]|reasoning_details\[\d+\])\.(?:signature|data)|messages\[\d+\]\.tool_calls\[\d+\]\.extra_content\.google\.thought_signature|input\[\d+\]\.encrypted_content|contents\[\d+\]\.parts\[\d+\]\.(?:thoughtSignature|thought_signature))$/

/** Each is looked up in the store, which takes some ten microseconds. */
const MOST_OPAQUE = 20_000

/**
 * What a request brings along of earlier answers that only their issuers can read. `prefer`: the targets that
 * issued the last of it; `holds`: whether a whole text is some of it in its slot, or our own
 * wrapping of it, which says nothing of the client. Throws CausewayError `invalid_request` for more of it than any conversation has.
 */
export const broughtBy = (
  issued: Issued,
  principal: string,
  call: Call,
): Brought & { prefers(target: Target): boolean; holds(text: string, path: string): boolean } => {
  const values = call.payload === null ? wireOf(call.dialect).opaque(call) : []
  if (values.length > MOST_OPAQUE) {
    throw new CausewayError(
      'invalid_request',
      `The request brings ${values.length} values that only their issuers can read; at most ${MOST_OPAQUE} are looked up.`,
    )
  }
  const issuers = new Map(values.map((value) => [value, issued.issuer(principal, plain(value))]))
  const last = values.findLast((value) => issuers.get(value) != null)
  const home = last === undefined ? null : (issuers.get(last) ?? null)
  return {
    holds: (text, path) =>
      text.length >= SHORTEST && SLOT.test(path) && issued.issuer(principal, plain(text)) !== null,
    prefers: (target) => home !== null && issuerOf(target) === home,
    foreign(target) {
      if (values.length === 0) return NONE
      const own = issuerOf(target)
      return new Set(values.filter((value) => (issuers.get(value) ?? own) !== own))
    },
    reunited(conversation: Conversation, target: Target, dialect: Dialect) {
      const own = issuerOf(target)
      const { turns: allowed, dropped } = withoutForeign(conversation.turns, this.foreign(target))
      const before = (toolCall: string): readonly Json[] | null => {
        const state = issued.before(principal, toolCall)
        return state !== null && state.issuer === own && state.dialect === dialect ? state.parts : null
      }
      const turns = allowed.map((turn) =>
        turn.role === 'assistant' && turn.blocks.some((block) => block.type === 'tool-call')
          ? reunitedTurn(turn, dialect, before)
          : turn,
      )
      return { conversation: { ...conversation, turns }, dropped }
    },
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Keeps what an answer brought that only its issuer can read, until `until`. */
export const keepIssued = (
  issued: Issued,
  principal: string,
  target: Target,
  dialect: Dialect,
  here: IssuedHere,
  until: number,
): void => {
  if (here.values.length === 0) return
  const issuer = issuerOf(target)
  issued.remember(principal, { issuer, dialect, parts: [] }, here.values.map(plain), [], until)
  for (const { parts, call } of here.groups)
    issued.remember(principal, { issuer, dialect, parts }, [], [call], until)
}
