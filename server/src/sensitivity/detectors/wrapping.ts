import type { Detector, Hit } from '../detector.ts'
import { isDrawn, isRandom, isStandIn } from '../randomness.ts'
import type { WordHit } from '../reading.ts'

interface Wrapped {
  readonly sub: string
  readonly start: number
  readonly end: number
  readonly confidence: number
  readonly reason: string
  readonly type?: 'PASSWORD'
}

type Unwrap = (text: string, word: WordHit) => readonly Wrapped[]

const NOTHING: readonly Wrapped[] = []

const sticky = (pattern: RegExp, text: string, start: number): RegExpExecArray | null => {
  pattern.lastIndex = start
  return pattern.exec(text)
}

const SESSION =
  /sess|sid$|token|auth|jwt|remember|csrf|xsrf|login|connect\.sid|identity|bearer|ticket|credential/i
const PAIR = /\s{0,4}([^=;\s"':]{1,80})=("?[^;\s"',]{1,3000})(;?)/y
const OPENING = /["']?\s{0,3}(?:=\s{0,3})?["'`]?/y
const MOST_PAIRS = 40

/** Cookies that measure visits are drawn as well and open nothing. */
const MEASURING = /^(?:_ga|_gid|_fbp|__utm|NID|_gcl|ajs_|_hj|__cf_bm|cf_clearance|amp_|mp_)/

const opensSession = (name: string, value: string): boolean => {
  const opens = SESSION.test(name)
    ? value.length >= 8 && /[0-9]/.test(value)
    : value.length >= 20 && isDrawn(value)
  return opens && !MEASURING.test(name) && !isStandIn(value)
}

const cookies: Unwrap = (text, word) => {
  const found: Wrapped[] = []
  let at = word.end + (sticky(OPENING, text, word.end)?.[0].length ?? 0)
  for (let i = 0; i < MOST_PAIRS; i += 1) {
    const pair = sticky(PAIR, text, at)
    if (pair === null) break
    const [all, name = '', raw = '', more = ''] = pair
    const value = raw.replace(/^"/, '')
    const end = at + all.length - more.length
    at += all.length
    if (opensSession(name, value)) {
      const start = end - value.length
      found.push({ sub: 'cookie', start, end, confidence: 0.8, reason: 'a cookie that holds a session' })
    }
    if (more === '') break
  }
  return found
}

const valueBehind =
  (pattern: RegExp, sub: string, reason: string, check: (value: string) => boolean): Unwrap =>
  (text, word) => {
    const found = sticky(pattern, text, word.end)
    const value = found?.[1]
    if (found === null || value === undefined || isStandIn(value) || !check(value)) return NOTHING
    const start = word.end + found[0].indexOf(value)
    return [{ sub, start, end: start + value.length, confidence: 0.9, reason }]
  }

const signature: Unwrap = (text, word) => {
  if (!/[?&;"'-]/.test(text.charAt(word.start - 1))) return NOTHING
  return valueBehind(
    /"?([\w%+/=~-]{20,2000})/y,
    'signed_url',
    'the signature of an address that opens without a login',
    (value) => isRandom(value),
  )(text, word)
}

const WIFI = /(?:[STHREPK]:(?:\\.|[^;\\\n]){0,128};){0,4}?P:((?:\\.|[^;\\\n]){1,128});/y

const wifi: Unwrap = (text, word) => {
  const value = sticky(WIFI, text, word.end)
  const password = value?.[1]
  if (value === null || password === undefined || isStandIn(password)) return NOTHING
  const end = word.end + value[0].length - 1
  const reason = 'the key in the code of a wireless network'
  return [{ sub: 'wifi', start: end - password.length, end, confidence: 0.95, reason, type: 'PASSWORD' }]
}

/** `"auth": "base64 of user:password"`, as container tools keep it. */
const registry = valueBehind(
  /\s{0,4}:\s{0,4}"([\w+/=-]{12,2000})"/y,
  'registry_login',
  'a user and password in base64',
  (value) => /^[\x21-\x7e]{1,128}:[\x21-\x7e]{2,1500}$/.test(Buffer.from(value, 'base64').toString('latin1')),
)

/** host:port:database:user:password. */
const pgpass = valueBehind(
  /[\w*-]{1,64}:[\w.@-]{1,64}:([^\s:]{4,128})(?=\s|$)/y,
  'pgpass',
  'a line of a password file',
  (value) => !/^\d{1,5}$/.test(value),
)

const telegram: Unwrap = (text, word) => {
  const id = /(?<![\w])\d{8,11}$/.exec(text.slice(Math.max(0, word.start - 12), word.start))
  const key = sticky(/[\w-]{32,34}(?![\w-])/y, text, word.end)
  if (id === null || key === null || text.slice(word.start, word.end) !== ':AA') return NOTHING
  const start = word.start - id[0].length
  const end = word.end + key[0].length
  return [{ sub: 'telegram', start, end, confidence: 0.97, reason: 'the form of a telegram credential' }]
}

/** Marks that vendors put inside or behind what is drawn: what stands before the mark, and what behind it. */
const marked =
  (sub: string, before: RegExp, most: number, behind: RegExp): Unwrap =>
  (text, word) => {
    const tail = sticky(behind, text, word.end)
    const head =
      tail === null ? null : before.exec(text.slice(Math.max(0, word.start - most - 1), word.start))
    if (tail === null || head === null) return NOTHING
    const start = word.start - head[0].length
    const end = word.end + tail[0].length
    if (isStandIn(text.slice(start, end))) return NOTHING
    return [
      { sub, start, end, confidence: 0.95, reason: `the form of a ${sub.replaceAll('_', ' ')} credential` },
    ]
  }

const azure = marked('azure_client_secret', /(?<![\w.~-])[\w~.]{3}$/, 3, /[\w.~-]{31,34}(?![\w~-])/y)
const mailchimp = marked('mailchimp', /(?<![0-9a-z])[0-9a-f]{32}$/, 32, /\d?(?![0-9a-z])/y)
const maxmind = marked('maxmind', /(?<!\w)[0-9A-Za-z]{6}_[0-9A-Za-z]{29}$/, 36, /(?!\w)/y)

const otp = valueBehind(
  /:\/\/(?:totp|hotp)\/[^\s"'<>]{0,200}?[?&]secret=([A-Za-z2-7]{8,128})/iy,
  'otp_seed',
  'the seed of one-time codes',
  () => true,
)

const contribsys = valueBehind(
  /["'\s:=]{1,4}([0-9a-f]{8}:[0-9a-f]{8})/y,
  'contribsys',
  'the login of a gem server',
  () => true,
)

/** Sealed files may be opened offline by whoever has them. */
const sealed =
  (pattern: RegExp, sub: string): Unwrap =>
  (text, word) => {
    const found = sticky(pattern, text, word.end)
    if (found === null) return NOTHING
    const reason = 'a sealed secret'
    return [{ sub, start: word.start, end: word.end + found[0].length, confidence: 0.6, reason }]
  }

const ansible = sealed(
  /;1\.[12];AES256(?:;[\w.-]{1,40})?(?:\s{1,40}[0-9a-f]{16,80}){1,2000}/y,
  'ansible_vault',
)
const sops = sealed(/,data:[\w+/=]{4,8000},[^\]\n]{10,300}\]/iy, 'sops')

const UNWRAPS: Readonly<Record<string, Unwrap>> = {
  'cookie:': cookies,
  'set-cookie:': cookies,
  'document.cookie': cookies,
  '--cookie': cookies,
  'sig=': signature,
  'signature=': signature,
  'x-amz-security-token=': signature,
  'wifi:': wifi,
  '"auth"': registry,
  ':5432:': pgpass,
  ':3306:': pgpass,
  ':aa': telegram,
  otpauth: otp,
  _mmk: maxmind,
  'enc[aes256_gcm': sops,
  $ansible_vault: ansible,
  contribsys__com: contribsys,
}

const unwrapOf = (word: string): Unwrap | undefined =>
  UNWRAPS[word] ?? (word.endsWith('q~') ? azure : word.startsWith('-us') ? mailchimp : undefined)

/** Credentials in wrappings of fixed form: cookies, signed addresses, codes for cameras, files of tools. */
export const wrapping: Detector = {
  name: 'wrapping',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('wrapping')) {
      if (word.start < behind) continue
      for (const { type = 'SECRET', ...found } of unwrapOf(word.word)?.(reading.text, word) ?? NOTHING) {
        hits.push({ kind: 'secret', type, ...found })
        behind = found.end
      }
    }
    return hits
  },
}
