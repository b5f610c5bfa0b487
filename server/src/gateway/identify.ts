import { hash } from 'node:crypto'
import {
  CausewayError,
  type Dialect,
  LEVELS,
  type Level,
  type Principal,
  SIDES,
  type Side,
  type Snapshot,
  type Use,
} from '../domain/index.ts'

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Principals by the SHA-256 (hex) of their key: a look-up by hash compares no secret. */
export type Keyring = ReadonlyMap<string, Principal>

/** One header's value; several of one name are joined as HTTP says. */
export const headerOf = (headers: Headers, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'object' ? value.join(', ') : value
}

/** The keys that a client sent, in whichever header. Throws `unauthenticated`. */
export const credentialsIn = (headers: Headers): readonly string[] => {
  const found: string[] = []
  const bearer = headerOf(headers, 'authorization')
  if (bearer !== undefined) {
    const match = /^bearer +(\S+)$/i.exec(bearer.slice(0, 4096).trim())
    if (match?.[1] === undefined)
      throw new CausewayError('unauthenticated', 'The authorization header is not of the form "Bearer KEY".')
    found.push(match[1])
  }
  for (const name of ['x-api-key', 'x-goog-api-key']) {
    const value = headerOf(headers, name)
    if (value !== undefined && value !== '') found.push(value)
  }
  return found
}

/** The dialect that a client speaks, where its path does not say. */
export const dialectIn = (headers: Headers): Dialect => {
  if (headerOf(headers, 'anthropic-version') !== undefined) return 'anthropic-messages'
  return headerOf(headers, 'x-goog-api-key') === undefined ? 'openai-chat' : 'gemini'
}

/** Virtual key → principal. Throws `unauthenticated` or `ambiguous_credentials`; never says how close a key was. */
export const identify = (headers: Headers, keyring: Keyring): Principal => {
  const found = credentialsIn(headers)
  const first = found[0]
  if (first === undefined) {
    throw new CausewayError('unauthenticated', 'No key came with the request.')
  }
  if (found.some((other) => other !== first)) {
    throw new CausewayError('ambiguous_credentials', 'Two different keys came with the request.')
  }
  const principal = keyring.get(hash('sha256', first))
  if (principal === undefined) throw new CausewayError('unauthenticated', 'This key is not known here.')
  return principal
}

/** What the client asks for beyond the body. It may tighten, never loosen. */
export interface Wishes {
  readonly use: Use
  readonly sides: readonly Side[] | null
  readonly raised: Level | null
  readonly session: string | null
  readonly strict: boolean
}

const sidesOf = (value: string | undefined): readonly Side[] | null => {
  if (value === undefined) return null
  const asked = value
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
  const sides = SIDES.filter((side) => asked.includes(side))
  const unknown = asked.filter((part) => !SIDES.some((side) => side === part))
  if (unknown.length > 0 || sides.length === 0) {
    throw new CausewayError(
      'bad_header',
      `x-causeway-side: "${unknown[0]?.slice(0, 40) ?? ''}" is no side. Sides are ${SIDES.join(', ')}.`,
      { field: 'x-causeway-side' },
    )
  }
  return sides
}

const levelOf = (value: string | undefined): Level | null => {
  if (value === undefined) return null
  const level = LEVELS.find((known) => known === value.trim().toLowerCase())
  if (level === undefined) {
    throw new CausewayError(
      'bad_header',
      `x-causeway-label: "${value.slice(0, 40)}" is no level. Levels are ${LEVELS.join(', ')}.`,
      { field: 'x-causeway-label' },
    )
  }
  return level
}

const useOf = (value: string | undefined, principal: Principal, snapshot: Snapshot): Use => {
  const name = value?.trim() ?? principal.uses[0] ?? 'general'
  const use = principal.uses.includes(name) ? snapshot.uses.get(name) : undefined
  if (use === undefined) {
    throw new CausewayError(
      'unknown_use',
      `x-causeway-use: this key is bound to ${principal.uses.join(', ')}, not to "${name.slice(0, 80)}".`,
      { field: 'x-causeway-use' },
    )
  }
  return use
}

/** What agents call their session by themselves: Claude Code, Codex, opencode. */
const AGENT_SESSIONS = ['x-claude-code-session-id', 'session-id', 'session_id', 'x-session-id'] as const

const isSession = (value: string | undefined): value is string =>
  value !== undefined && value.length <= 200 && /^[\x21-\x7e]+$/.test(value)

/** An agent's own word is taken where it can be one, and passed over where it cannot: it was not said to us. */
const sessionOf = (headers: Headers): string | null => {
  const value = headerOf(headers, 'x-causeway-session')
  if (value === undefined || value === '') {
    return AGENT_SESSIONS.map((name) => headerOf(headers, name)).find(isSession) ?? null
  }
  if (!isSession(value)) {
    throw new CausewayError('bad_header', 'x-causeway-session must be 1 to 200 visible ASCII characters.', {
      field: 'x-causeway-session',
    })
  }
  return value
}

const WISHES: readonly string[] = ['use', 'side', 'label', 'session', 'strict'].map(
  (name) => `x-causeway-${name}`,
)

/**
 * A wish that is misspelt or said twice is refused: what tightens must not be lost, nor joined with another into
 * something wider. `raw` is the list of names and values as they came.
 */
export const checkWishes = (raw: readonly string[]): void => {
  const seen = new Set<string>()
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? ''
    if (!name.startsWith('x-causeway-')) continue
    if (!WISHES.includes(name)) {
      throw new CausewayError(
        'bad_header',
        `${name.slice(0, 60)} is not a header of this gateway. There are ${WISHES.join(', ')}.`,
        { field: name.slice(0, 60) },
      )
    }
    if (seen.has(name))
      throw new CausewayError('bad_header', `${name} came twice; say it once.`, { field: name })
    seen.add(name)
  }
}

const strictOf = (value: string | undefined): boolean => {
  if (value === undefined || value === 'false') return false
  if (value === 'true') return true
  throw new CausewayError('bad_header', 'x-causeway-strict is true or false.', { field: 'x-causeway-strict' })
}

/** Reads the `x-causeway-*` headers, and the session that an agent names. Throws `bad_header` or `unknown_use`. */
export const wishesOf = (headers: Headers, principal: Principal, snapshot: Snapshot): Wishes => ({
  use: useOf(headerOf(headers, 'x-causeway-use'), principal, snapshot),
  sides: sidesOf(headerOf(headers, 'x-causeway-side')),
  raised: levelOf(headerOf(headers, 'x-causeway-label')),
  session: sessionOf(headers),
  strict: strictOf(headerOf(headers, 'x-causeway-strict')),
})
