import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { isDrawn, isRandom, isStandIn, strangenessOf } from '../randomness.ts'
import type { Reading, WordHit } from '../reading.ts'
import { isIdentifier } from './drawn.ts'

/* Between a name and its value: the name's rest, what closes it, a type, a sign of assignment or a verb. */
const LEAD =
  /[\w-]{0,24}(?:\\?["'`*_\])}]){0,4}(?:[\s,{]{1,16}["']?(?:value|default|Value|val)["']?(?=\s?[:=]))?(?:\?? ?: ?(?:string|str|String|&str))? {0,4}(?::=|=>|->|→|={1,3}|[:：]=?|,|>|\||为|是|は|은|는|คือ|(?<=\s)(?:is|was|are|ist|war|lautet|es|est|era|è|jest|to|är|er|é|on|este|je|adalah|là|это)(?=[\s:"'`]) ?:?|—|–)? {0,4}(?:\n {0,12})?(?:(?:new )?[A-Za-z.]{0,24}\( ?)?(?:[bfru](?=\\?["'`])|[@$])?(?:\\?["'`«“„<]){0,3} {0,2}(?:(?:[Bb]earer|[Bb]asic|[Tt]oken|[Aa]pi[Kk]ey|SSWS|PVEAPIToken) {1,2})?/y

const BARE = /[\w+/=.~!@#$%^&*?:|-]{8,512}/y
const QUOTED = /[^\s"'`\\<>]{8,512}/y
/** The next piece of a literal that was split over several: `" + "`, `" . "`, or quotes side by side. */
const JOIN = /(["'`])\s{0,4}(?:[+.&\\]\s{0,12})?(["'`])([\w+/=.~!@#$%^&*?:|-]{1,256})(?=["'`])/y

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const HEX = /^[0-9a-fA-F]{16,}$/

/** Names whose value is a secret even as a UUID. */
const STRONG =
  /api.?key|secret|auth.?token|access.?(?:key|token)|private|bearer|x-api-key|account.?key|licen[cs]e|api.?token|subscription|deploy|personal|service|signing|master|clave|clé|chave|chiave|schlüssel|ключ|密/

/** Names that only end like one: tokens of text, places in a list, keys that are meant to be seen. */
const OTHER =
  /(?:page|next|prev|continuation|sync|cursor|resume|cancel(?:lation)?|eos|bos|pad|sep|cls|mask|unk|stop|start|max|min|num|total|input|output|prompt|completion|public|publishable|site|anon|client|partition|sort|primary|foreign|cache|object|registry|host|lookup|translation|i18n|public_?key|session)[-_ ]?$/i

const ASSIGNED =
  /[:=>,|：—–→]|->|为|是|は|은|는|คือ|\s(?:is|was|are|ist|war|lautet|es|est|era|è|jest|to|är|er|é|on|este|je|adalah|là|это)(?=[\s:"'`])/

/** Short words count in front of a capital or alone; "conclave" is no "clave". */
const standsAlone = (text: string, word: WordHit): boolean => {
  if (!isWordAt(text, word.start - 1)) return true
  if (/[A-Z]/.test(text.charAt(word.start)) || /^[0-9]$/.test(text.charAt(word.start - 1))) return true
  return /token|secret|api.?key|access.?key|credential|schlüssel|schlussel|sleutel|nyckel/.test(word.word)
}

interface Value {
  readonly start: number
  readonly end: number
  /** What was assigned, pieces joined. */
  readonly value: string
}

const stickyAt = (pattern: RegExp, text: string, start: number): RegExpExecArray | null => {
  pattern.lastIndex = start
  return pattern.exec(text)
}

const isQuote = (unit: string): boolean => unit === '"' || unit === "'" || unit === '`'

const joined = (text: string, first: Value): Value => {
  let { end, value } = first
  for (let pieces = 0; pieces < 16; pieces += 1) {
    const next = stickyAt(JOIN, text, end)
    const piece = next?.[3]
    if (next === null || piece === undefined) break
    end += next[0].length
    value += piece
  }
  return { start: first.start, end, value }
}

const bare = (raw: string): string => {
  const cut = raw.search(/&[\w.-]{1,32}=/)
  return (cut === -1 ? raw : raw.slice(0, cut)).replace(/[.,;:!?*]+$/, '')
}

const valueAt = (text: string, start: number): Value | null => {
  const quoted = isQuote(text.charAt(start - 1))
  const raw = stickyAt(quoted ? QUOTED : BARE, text, start)?.[0]
  if (raw === undefined) {
    const short = quoted ? /[\w+/=.~-]{1,7}/y : null
    const piece = short === null ? undefined : stickyAt(short, text, start)?.[0]
    if (piece === undefined) return null
    const whole = joined(text, { start, end: start + piece.length, value: piece })
    return whole.value.length > piece.length && whole.value.length >= 12 ? whole : null
  }
  const value = bare(raw)
  const first = { start, end: start + value.length, value }
  return quoted && value === raw ? joined(text, first) : first
}

/** Whether it was drawn; behind a sign of assignment less is asked for. */
const looksSecret = (value: string, assigned: boolean): boolean => {
  if (HEX.test(value)) return isRandom(value) && (assigned || value.length >= 24)
  if (value.length >= 16 && isDrawn(value)) return assigned || /[0-9]/.test(value) || value.length >= 24
  if (!assigned) return false
  if (value.length >= 12) return isRandom(value) && strangenessOf(value) >= 0.24
  // What a person made up for a secret: capitals, small letters, digits and a sign.
  return (
    value.length >= 8 &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /[0-9]/.test(value) &&
    strangenessOf(value) >= 0.24
  )
}

/** Enough of a value to tell code by. */
const CODE_LOOK = 160
const CODE = /\(|^[\w$]+(?:\.[A-Za-z_$][\w$]*)+$|^[a-z]+:\/\/|::|^[#.]\w+$|^\/[\w/]+$/

const hitAt = (reading: Reading, word: WordHit): Hit | null => {
  const { text } = reading
  if (!standsAlone(text, word) || OTHER.test(text.slice(Math.max(0, word.start - 14), word.start)))
    return null
  const lead = stickyAt(LEAD, text, word.end)?.[0] ?? ''
  const found = valueAt(text, word.end + lead.length)
  if (found === null) return null
  const { value } = found
  const flag = text.slice(Math.max(0, word.start - 16), word.start).match(/(?:^|\s)--?[\w-]*$/) !== null
  // A comma assigns where the value is a literal: `define('API_KEY', '…')`; elsewhere it only lists.
  const sign = isQuote(text.charAt(found.start - 1)) ? lead : lead.replaceAll(',', '')
  const assigned = ASSIGNED.test(sign) || (flag && /^[\w-]* /.test(lead))
  if (UUID.test(value) ? !(assigned && STRONG.test(word.word)) : !looksSecret(value, assigned)) return null
  if (value.includes('://') || (CODE.test(value.slice(0, CODE_LOOK)) && !isDrawn(value))) return null
  if (isStandIn(value) || isIdentifier(value)) return null
  return {
    kind: 'secret',
    type: 'SECRET',
    sub: 'assigned_secret',
    start: found.start,
    end: found.end,
    confidence: assigned ? 0.85 : 0.65,
    reason: `a random-looking value beside the word "${word.word}"`,
  }
}

/** Credentials of no known make: a word that announces one, then a value that looks drawn at random. */
export const assignment: Detector = {
  name: 'assignment',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('secretWord')) {
      if (word.start < behind) continue
      const hit = hitAt(reading, word)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}
