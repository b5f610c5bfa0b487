import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { entropyOf, isStandIn } from '../randomness.ts'
import type { Reading } from '../reading.ts'

const secret = (sub: string, start: number, end: number, confidence: number, reason: string): Hit => ({
  kind: 'secret',
  type: 'SECRET',
  sub,
  start,
  end,
  confidence,
  reason,
})

const sticky = (pattern: RegExp, text: string, start: number): RegExpExecArray | null => {
  pattern.lastIndex = start
  return pattern.exec(text)
}

/* Two dots sign (RFC 7515), four encrypt, with the second part empty where the key is agreed on (RFC 7516). */
const JWT =
  /eyJ[\w-]{8,8000}\.(?:eyJ[\w-]{4,16000}|[\w-]{0,16000})\.[\w-]{0,2000}(?:\.[\w-]{1,16000}\.[\w-]{1,400})?/y

const jsonWebTokens = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  let behind = 0
  for (const word of reading.words('jwt')) {
    if (word.start < behind || isWordAt(text, word.start - 1)) continue
    behind = word.end
    const found = sticky(JWT, text, word.start)
    if (found === null) continue
    behind = word.start + found[0].length
    if (found[0].length < 40 || isStandIn(found[0])) continue
    hits.push(secret('jwt', word.start, behind, 0.95, 'a signed JSON web token'))
  }
  return hits
}

/* After `://`: user, colon, password, at. Each part is bounded and ends at a character it can't hold. */
const LOGIN =
  /([^\s:/@"'<>`]{0,128}):([^\s/@"'<>`]{1,256}(?:@[^\s/@"'<>`]{1,64})?)@([\w.-]{1,253}|\[[^\]\s]{1,200}\])(?::\d{1,5})?(?:,[\w.:-]{1,253}){0,8}(?:\/[^\s"'<>`)]{0,200})?/y
/** Passwords may hold blanks and slashes where they were pasted in unescaped. */
const LOOSE =
  /([\w.-]{1,64}):([^\s:"'<>`]{1,64}(?: [^\s:"'<>`]{1,32})?)@([\w.-]{1,253})(?::\d{1,5})(?:\/[\w.?=&-]{0,200})?/y
/** A user alone that is a token: `https://token@host`. */
const USER = /([\w.~%+=-]{20,256})@[\w.-]{1,253}\.[a-z]{2,24}(?:\/[^\s"'<>`)]{0,200})?/y

const DUMMY =
  /^(?:pass(?:word|wd|wort)?|pwd|pw|secret|mypassword|mysecretpassword|\[.*|:.*|user|username|x+|\*+|\.+|token|changeme|p@ss|p@ssw0rd)$/i

const schemeStart = (text: string, end: number): number => {
  let start = end
  while (start > 0 && end - start < 24 && /[\w+.:-]/.test(text.charAt(start - 1))) start -= 1
  while (start < end && !isWordAt(text, start)) start += 1
  return start
}

const connections = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  let behind = 0
  for (const word of reading.words('scheme')) {
    if (word.start < behind) continue
    const found = sticky(LOGIN, text, word.end) ?? sticky(LOOSE, text, word.end)
    const user = found === null ? sticky(USER, text, word.end) : null
    const login = found ?? user
    if (login === null) continue
    const password = found === null ? (login[1] ?? '') : (found[2] ?? '')
    behind = word.end + login[0].length
    if (isStandIn(password) || DUMMY.test(password)) continue
    if (found === null && entropyOf(password) < 3.4) continue
    const start = schemeStart(text, word.start)
    hits.push(secret('connection_string', start, behind, 0.95, 'an address with a user and password in it'))
  }
  return hits
}

const HEADER = /(?:basic|bearer) {1,4}["']?([\w+/=.~:-]{8,4000})/iy

/** Base64 of `user:password`, as RFC 7617 has it. */
const isLogin = (value: string): boolean =>
  value.length >= 8 && /^[!-9;-~]{1,64}:[!-~]{1,128}$/.test(Buffer.from(value, 'base64').toString('latin1'))

const headers = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  for (const word of reading.words('basic')) {
    const value = sticky(HEADER, text, word.start)?.[1]?.replace(/[.:]+$/, '')
    if (value === undefined || isStandIn(value)) continue
    const announced = /uthori[sz]ation["'\s:=,(]{1,8}$/.test(
      text.slice(Math.max(0, word.start - 24), word.start),
    )
    const login = word.word.startsWith('basic') && isLogin(value)
    if (!login && value.length < 12) continue
    if (!login && !(/[0-9]/.test(value) && /[A-Za-z]/.test(value))) continue
    if (!login && entropyOf(value) < (announced ? 2.8 : 3.4)) continue
    const start = word.start + (sticky(HEADER, text, word.start)?.[0].indexOf(value) ?? 0)
    const end = start + value.length
    hits.push(secret('authorization', start, end, 0.9, 'a credential in an Authorization header'))
  }
  return hits
}

/** Credentials known by their wrapping: web tokens, addresses with a login, Authorization headers. */
export const credential: Detector = {
  name: 'credential',
  detect: (reading) => [...jsonWebTokens(reading), ...connections(reading), ...headers(reading)],
}
