import { hash } from 'node:crypto'
import {
  type Call,
  type ConversationKeys,
  type Conversations,
  join,
  type Kept,
  KINDS,
  type Kind,
  type Label,
  type Level,
  levelOfKind,
  type Principal,
  type Recalled,
} from '../domain/index.ts'

/** Histories are followed back this many turns; a longer one was labelled when it was shorter. */
const MOST_TURNS = 400

const digest = (text: string): string => hash('sha256', text, 'base64url')

/** What the turns of a conversation are called in the dialects; other requests are no conversation. */
const turnsOf = ({ operation, dialect, json }: Call): readonly unknown[] => {
  if (operation !== 'chat') return []
  const turns =
    dialect === 'openai-responses'
      ? // A text alone stands as this message once an answer to it is gone on from.
        typeof json['input'] === 'string'
        ? [{ type: 'message', role: 'user', content: json['input'] }]
        : json['input']
      : dialect === 'gemini'
        ? json['contents']
        : json['messages']
  return Array.isArray(turns) ? turns : []
}

/** What is said to the model before the first turn, where it stands apart. */
const openingOf = ({ json }: Call): unknown =>
  json['system'] ?? json['instructions'] ?? json['systemInstruction'] ?? json['system_instruction'] ?? null

/**
 * By what this conversation is known again: the session that the client names, and its history up to each turn.
 * A session is its key's own. A history is its key's and its use's: "hello" means nothing by itself, and what
 * one use declares is not another's.
 */
export const keysOf = (
  call: Call,
  principal: Principal,
  use: string,
  session: string | null,
): ConversationKeys => {
  const turns = turnsOf(call)
  const content: string[] = []
  let chain = digest(JSON.stringify(['conversation', principal.key, use, openingOf(call)]))
  turns.forEach((turn, index) => {
    chain = digest(`${chain} ${JSON.stringify(turn)}`)
    if (turns.length - index <= MOST_TURNS) content.push(chain)
  })
  return {
    principal: principal.key,
    session,
    named: session === null ? null : digest(JSON.stringify(['session', principal.key, session])),
    content: content.reverse(),
  }
}

const isEmpty = (kept: Pick<Kept, 'level' | 'kinds'> | null): boolean =>
  kept === null || (kept.level === 'public' && kept.kinds.length === 0)

const levelOf = (kinds: readonly Kind[]): Level =>
  kinds.reduce<Level>((level, kind) => join(level, levelOfKind(kind)), 'public')

/** The level that a conversation holds beyond what its kinds account for, or by somebody's word; or null. */
export const heldLevel = (kept: Kept): Level | null => {
  const accounted = levelOf(kept.kinds)
  const said = kept.said?.level ?? 'public'
  const held = join(kept.level, accounted) === accounted ? said : join(kept.level, said)
  return held === 'public' ? null : held
}

type Said = Pick<Kept, 'level' | 'kinds'>

const joined = (a: Said, b: Said): Said => ({
  level: join(a.level, b.level),
  kinds: KINDS.filter((kind) => a.kinds.includes(kind) || b.kinds.includes(kind)),
})

const both = (a: Kept | null, b: Kept | null): Kept | null => {
  if (a === null || b === null) return a ?? b
  const said = a.said === undefined || b.said === undefined ? (a.said ?? b.said) : joined(a.said, b.said)
  return { ...joined(a, b), sealed: a.sealed ?? b.sealed, ...(said === undefined ? {} : { said }) }
}

const unsaid = (kept: Kept | null): Kept | null => {
  if (kept?.said === undefined) return kept
  const { level, kinds, sealed } = kept
  return { level, kinds, sealed }
}

/** What a call is labelled with beyond its own content: all that is known by either name, or of the kept answer it goes on from. */
export const carried = (known: Recalled, earlier: Kept | null = null): Kept | null =>
  both(both(known.session, known.history), earlier)

/** What is known of a conversation that cannot be told: it may have carried anything. */
export const UNKNOWN: Recalled = { session: { level: 'restricted', kinds: [], sealed: null }, history: null }

/**
 * What a call adds to its conversation. A history keeps what it carries itself: kinds found in it, declared for it,
 * or raised; never what only its session carried. What was kept with the answer that it goes on from is part of it,
 * whatever use that was for. A failure is of one reading and kept by nobody, nor is that a conversation could not be
 * asked for.
 */
export const addedBy = (
  label: Label,
  raised: Level | null,
  known: Recalled,
  sealed: Uint8Array | null,
  earlier: Kept | null = null,
): Recalled => {
  const sticky = new Set(label.sticky ?? [])
  const found = new Set(label.findings.flatMap(({ kind }) => (kind === null ? [] : [kind])))
  const kinds = label.kinds.filter(
    (kind) => !sticky.has(kind) || found.has(kind) || label.declared.includes(kind),
  )
  const said: Said = { level: raised ?? 'public', kinds: label.declared }
  const own: Kept = {
    kinds,
    level: join(levelOf(kinds), raised ?? 'public'),
    sealed,
    ...(isEmpty(said) ? {} : { said }),
  }
  const fresh = both(own, earlier)
  if (known === UNKNOWN) return { session: fresh, history: fresh }
  return { session: both(fresh, carried(known)), history: both(fresh, known.history) }
}

/**
 * Keeps what is known of a conversation now; nothing where there is nothing, or no conversation. What was said of
 * it is kept by its name alone: like words may begin another one.
 */
export const keep = (
  conversations: Conversations,
  keys: ConversationKeys,
  known: Recalled,
  until: number,
): void => {
  const now = {
    session: isEmpty(known.session) ? null : known.session,
    history: isEmpty(known.history) ? null : unsaid(known.history),
  }
  if ((keys.named !== null && now.session !== null) || (keys.content.length > 0 && now.history !== null))
    conversations.remember(keys, now, until)
}
