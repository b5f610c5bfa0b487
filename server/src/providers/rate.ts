import type { Dialect } from '../domain/index.ts'
import { clockOf, untilReset } from './wait.ts'

type Headers = Readonly<Record<string, string | undefined>>

/** What a limit counts. */
type Count = 'requests' | 'tokens' | 'input-tokens' | 'output-tokens'
type Fact = 'limit' | 'remaining' | 'reset'
const FACTS: readonly Fact[] = ['limit', 'remaining', 'reset']

/**
 * Names under which vendors tell their limits, `*` for the fact, those of a dialect first. Windows of a minute
 * stand for the limit where a vendor has several, since it is the one that a client meets.
 */
const NAMES: Readonly<Record<Count, readonly string[]>> = {
  requests: [
    'x-ratelimit-*-requests',
    'anthropic-ratelimit-requests-*',
    'x-ratelimit-*-req-minute',
    'x-ratelimit-*-requests-minute',
    'x-ratelimit-*',
    'ratelimit-*',
  ],
  tokens: [
    'x-ratelimit-*-tokens',
    'anthropic-ratelimit-tokens-*',
    'x-ratelimit-*-tokens-minute',
    'x-tokenlimit-*',
  ],
  'input-tokens': ['anthropic-ratelimit-input-tokens-*', 'x-ratelimit-*-tokens-prompt'],
  'output-tokens': ['anthropic-ratelimit-output-tokens-*', 'x-ratelimit-*-tokens-generated'],
}

/** The names that the SDKs of a dialect read, and what they count there. */
interface Form {
  readonly name: string
  readonly counts: readonly Count[]
  /** A reset as this dialect writes it; null where it cannot be told. */
  readonly reset: (milliseconds: number, clock: number | null) => string | null
}

/** `6m0s`, `1.5s`, `20ms`. */
const asDuration = (milliseconds: number): string => {
  const rounded = Math.ceil(milliseconds)
  if (rounded > 0 && rounded < 1000) return `${rounded}ms`
  const seconds = (rounded % 60_000) / 1000
  const minutes = Math.floor(rounded / 60_000) % 60
  const hours = Math.floor(rounded / 3_600_000)
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`
}

const asMoment = (milliseconds: number, clock: number | null): string | null => {
  const moment = clock === null ? null : new Date(clock + milliseconds)
  return moment === null || Number.isNaN(moment.getTime())
    ? null
    : moment.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

const OPENAI: Form = { name: 'x-ratelimit-*-#', counts: ['requests', 'tokens'], reset: asDuration }
const ANTHROPIC: Form = {
  name: 'anthropic-ratelimit-#-*',
  counts: ['requests', 'tokens', 'input-tokens', 'output-tokens'],
  reset: asMoment,
}

const formOf = (dialect: Dialect): Form | null => {
  switch (dialect) {
    case 'openai-chat':
    case 'openai-responses':
    case 'openai-embeddings':
    case 'openai-completions':
    case 'openai-images':
    case 'openai-audio':
    case 'mistral-fim':
      return OPENAI
    case 'anthropic-messages':
      return ANTHROPIC
    // Nobody's SDK looks for limits there, and what is passed through keeps the names it came with.
    case 'gemini':
    case 'bedrock-converse':
    case 'ollama':
    case 'passthrough':
      return null
  }
}

/** With the newer form of two lists spelled out: `ratelimit: "api";r=50;t=30`, `ratelimit-policy: "api";q=500;w=60`. */
const listed = (headers: Headers): Headers => {
  if (headers['ratelimit'] === undefined) return headers
  const parameter = (header: string, name: string): string | undefined =>
    new RegExp(`;\\s{0,5}${name}=(\\d{1,15})`).exec(headers[header]?.slice(0, 500) ?? '')?.[1]
  return {
    'ratelimit-limit': parameter('ratelimit-policy', 'q'),
    'ratelimit-remaining': parameter('ratelimit', 'r'),
    'ratelimit-reset': parameter('ratelimit', 't'),
    ...headers,
  }
}

/** The facts of one count, from the first names under which the upstream says anything of it. */
const factsOf = (headers: Headers, count: Count): Readonly<Partial<Record<Fact, string>>> => {
  for (const name of NAMES[count]) {
    const found = FACTS.flatMap((fact) => {
      const value = headers[name.replace('*', fact)]
      return value === undefined || value === '' ? [] : [[fact, value] as const]
    })
    if (found.length > 0) return Object.fromEntries(found)
  }
  return {}
}

const written = (form: Form, fact: Fact, value: string, clock: number | null): string | null => {
  if (fact !== 'reset') return /^\d{1,15}$/.test(value.trim()) ? value.trim() : null
  const wait = untilReset(value, clock)
  return wait === null || wait > 1e12 ? null : form.reset(wait, clock)
}

/**
 * An upstream's rate-limit headers in the names that the client's dialect reads. What has the client's own names
 * already is passed on elsewhere and not repeated. A reset that is told against a clock the reply does not show is
 * left out, and so is what is no number.
 */
export const rateHeaders = (headers: Headers, dialect: Dialect): Readonly<Record<string, string>> => {
  const form = formOf(dialect)
  if (form === null) return {}
  const clock = clockOf(headers)
  const known = listed(headers)
  const made: Record<string, string> = {}
  for (const count of form.counts) {
    const facts = factsOf(known, count)
    for (const fact of FACTS) {
      const value = facts[fact]
      const name = form.name.replace('*', fact).replace('#', count)
      if (value === undefined || headers[name] !== undefined) continue
      const text = written(form, fact, value, clock)
      if (text !== null) made[name] = text
    }
  }
  return made
}
