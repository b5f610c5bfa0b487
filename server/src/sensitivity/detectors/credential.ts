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

/* The body holds no dash (but in headers of old PEM files), so the next BEGIN ends it: runs can't overlap. */
const KEY =
  /-----BEGIN [A-Z0-9 ]{0,30}(?:PRIVATE KEY|PGP MESSAGE)(?: BLOCK)?-----(?:[^-]|-(?!----)){0,16384}(?:-----END [A-Z0-9 ]{0,40}-----)?/y
const PUTTY = /PuTTY-User-Key-File-[23]:/

const privateKeys = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  let behind = 0
  for (const word of reading.words('privateKey')) {
    if (word.start < behind) continue
    const found = sticky(KEY, text, word.start)
    if (found === null) continue
    behind = word.start + found[0].length
    const body = found[0].replaceAll(/-----[^-]*-----|\\n|\s/g, '')
    if (body.length < 24 || isStandIn(body)) continue
    hits.push(secret('private_key', word.start, behind, 0.99, 'a private key in PEM armour'))
  }
  if (hits.length === 0 && PUTTY.test(text)) {
    const start = text.search(PUTTY)
    hits.push(secret('private_key', start, Math.min(text.length, start + 2000), 0.95, 'a PuTTY private key'))
  }
  return hits
}

const JWT = /eyJ[\w-]{8,8000}\.(?:eyJ[\w-]{4,16000}|[\w-]{8,16000})\.[\w-]{0,2000}(?:\.[\w-]{1,4000}){0,2}/y

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
    hits.push(secret('jwt', word.start, behind, 0.95, 'a signed JSON web token'))
  }
  return hits
}

/* After `://`: user, colon, password, at. Each part is bounded and ends at a character it can't hold. */
const LOGIN =
  /([^\s:/@"'<>`]{0,128}):([^\s/@"'<>`]{1,256}(?:@[^\s/@"'<>`]{1,64})?)@([\w.-]{1,253})(?::\d{1,5})?(?:\/[^\s"'<>`)]{0,200})?/y

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
    const found = sticky(LOGIN, text, word.end)
    if (found === null) continue
    const password = found[2] ?? ''
    behind = word.end + found[0].length
    if (isStandIn(password) || /^(?:pass(?:word|wd)?|pwd|pw|secret|\[.*|:.*)$/i.test(password)) continue
    const start = schemeStart(text, word.start)
    hits.push(secret('connection_string', start, behind, 0.95, 'an address with a user and password in it'))
  }
  return hits
}

const HEADER = /(?:basic|bearer) {1,4}["']?([\w+/=.~:-]{12,4000})/iy

const headers = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  for (const word of reading.words('basic')) {
    const value = sticky(HEADER, text, word.start)?.[1]
    if (value === undefined || isStandIn(value)) continue
    const announced = /uthori[sz]ation["'\s:=]{1,6}$/.test(
      text.slice(Math.max(0, word.start - 24), word.start),
    )
    if (!(/[0-9]/.test(value) && /[A-Za-z]/.test(value)) || entropyOf(value) < (announced ? 2.8 : 3.4))
      continue
    const start = HEADER.lastIndex - value.length
    hits.push(
      secret('authorization', start, HEADER.lastIndex, 0.9, 'a credential in an Authorization header'),
    )
  }
  return hits
}

/** Credentials known by their wrapping: PEM keys, web tokens, addresses with a login, Authorization headers. */
export const credential: Detector = {
  name: 'credential',
  detect: (reading) => [
    ...privateKeys(reading),
    ...jsonWebTokens(reading),
    ...connections(reading),
    ...headers(reading),
  ],
}
