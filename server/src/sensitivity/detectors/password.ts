import type { Detector, Hit } from '../detector.ts'
import { isStandIn } from '../randomness.ts'
import type { Reading, WordHit } from '../reading.ts'

/* After the word: whose or what for ("for the vpn", "of user x"), a sign, a value up to a blank or quote. */
const AFTER =
  /(?:[\w]{0,16})(?:\\?["'`\]»”])?((?: (?:for|of|to|on|fürs?|vom?|zum?|de|del|du|pour|para|per|voor|till|do) [^\n:=]{1,40}?)?) {0,3}(:=|=>|[:=：]|为|是|คือ|->|→|(?:is|was|are|ist|war|lautet|es|est|era|è|was|jest|är|é|to|be|as)(?=[\s:"'`“„]):?|(?= ?["'`“„«])|(?= [^\s]{6,40}(?:[\s.,;]|$)))\s{0,3}(?:(?:now|still|currently|set to|jetzt|ahora) )?(\\?["'`“„«]?)([^\s"'`“”„«»<>]{3,128})/iy

/** `sshpass -p 'x'`, `mysql -px`, `--password x`. */
const FLAG = /(?:sshpass +-p|--pass(?:word)?[= ]|-u +[\w.-]{1,40}:|mysql[^\n]{0,80}? -p)(?= ?["']?)/gi

const COMMON: ReadonlySet<string> = new Set(
  (
    'required reset incorrect wrong invalid expired missing changed stored hashed weak strong correct empty not a an the ' +
    'too that this in it used to set being been also only your my their our his her valid null none undefined true ' +
    'false string text varchar char int password passwort contraseña bytes str type field input protected encrypted ' +
    'sent secure safe unknown optional different same blank must should never always very hard easy manager policy ' +
    'needed shown visible hidden ok fine falsch richtig abgelaufen nicht ungültig vergessen leer zu ein eine incorrecta ' +
    'obligatoire oublié salted generated rotated compromised no-one something anything what how when where why if with ' +
    'await return new this self function async const let var throw yield typeof get set input value for and or but hidden min max length password_hash user username login credentials'
  ).split(' '),
)

const CODE_VALUE = /[()[\]{}]|^[a-z_]+\.[a-z_.]+$|^[A-Za-z_]+::|^\$|^%[sd(]|^&|^[,;|]/

/** With nothing but a blank between the word and the value, the value must look like nothing else. */
const isStrong = (value: string): boolean =>
  /[A-Za-z]/.test(value) &&
  (/[!@#$%^&*?+=]/.test(value.slice(0, -1)) ||
    (/[0-9]/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value))) &&
  /[0-9!@#$%^&*?]/.test(value) &&
  !/[():/]|^\d+\+$/.test(value)

/** Whether a bare word could be a password: not a word of speech, and not letters alone unless it is given as a value. */
const plausible = (value: string, quoted: boolean, sign: string): boolean => {
  if (value.length < 4 || isStandIn(value) || COMMON.has(value.toLowerCase())) return false
  if (!quoted && CODE_VALUE.test(value) && !/[0-9!@#%^&*]/.test(value)) return false
  if (/^[({[]/.test(value) || /\)$|\(\)/.test(value)) return false
  if (sign === '' && !quoted) return isStrong(value)
  const mixed = /[0-9]/.test(value) || /[a-z][A-Z]/.test(value) || /[!@#$%^&*+?_~-]/.test(value.slice(1))
  if (mixed) return true
  return (
    (quoted || sign === '=' || sign === ':') &&
    /^[A-Za-zÀ-ɏ]{5,40}$/.test(value) &&
    !/^[A-Z]?[a-z]+(?:Field|Input)$/.test(value)
  )
}

const trim = (value: string, quoted: boolean): string =>
  quoted ? value.replace(/[,;\\]+$/, '') : value.replace(/(?:\\n.*|[.,;:?)\]}\\]+)$/, '')

const at = (start: number, value: string, confidence: number): Hit => ({
  kind: 'secret',
  type: 'PASSWORD',
  start,
  end: start + value.length,
  confidence,
  reason: 'a value given as a password',
})

const hitAt = ({ text }: Reading, word: WordHit): Hit | null => {
  AFTER.lastIndex = word.end
  const found = AFTER.exec(text)
  if (found === null) return null
  const [all, , sign = '', quote = '', raw = ''] = found
  const quoted = quote !== ''
  const value = trim(raw, quoted)
  // A PIN is digits; other words announce more than four of them.
  if (word.word.startsWith('pin') ? !/^\d{4,8}$/.test(value) : !plausible(value, quoted, sign)) return null
  if (/^(?:login|credentials|clave|parola|pass|pin)$/.test(word.word) && !/[0-9!@#$%^&*]/.test(value))
    return null
  return at(word.end + all.length - raw.length, value, sign === '=' || sign === ':' || quoted ? 0.85 : 0.75)
}

const flags = (text: string): Hit[] => {
  const hits: Hit[] = []
  for (const match of text.matchAll(FLAG)) {
    const rest = /^ ?(["']?)([^\s"']{4,128})/.exec(
      text.slice(match.index + match[0].length, match.index + match[0].length + 140),
    )
    const value = rest?.[2]
    if (rest === null || value === undefined || isStandIn(value) || COMMON.has(value.toLowerCase())) continue
    hits.push(at(match.index + match[0].length + rest[0].length - value.length, value, 0.85))
  }
  return hits
}

/** Passwords: said ("the wifi password is ..."), assigned, or given on a command line. */
export const password: Detector = {
  name: 'password',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('passwordWord')) {
      if (word.start < behind) continue
      const hit = hitAt(reading, word)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return reading.text.includes('-') ? [...hits, ...flags(reading.text)] : hits
  },
}
