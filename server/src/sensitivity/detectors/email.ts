import { isWordAt, sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'

const LOCAL = "!#$%&'*+-/=?^_`{|}~."
const MOST_LOCAL = 64
const MOST_DOMAIN = 253

const isLocal = (text: string, index: number): boolean => {
  if (sortAt(text, index) !== 0) return true
  const unit = text.charCodeAt(index)
  return unit > 0xbf && unit < 0x530 ? true : LOCAL.includes(text.charAt(index)) && index >= 0
}

const isHost = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index)
  return sortAt(text, index) !== 0 || unit === 0x2d || unit === 0x2e || (unit > 0xbf && unit < 0x530)
}

/** Domains set aside for documentation (RFC 2606). With a role in place of a name they are nobody's address. */
const RESERVED = /(?:^|\.)(?:example\.(?:com|org|net)|example|invalid|localhost)$/i

/** Whether an address stands in a domain set aside for documentation, where nobody has one. */
export const isReserved = (address: string): boolean =>
  RESERVED.test(address.slice(address.lastIndexOf('@') + 1))

const ROLE =
  /^(?:user|users?\d*|test\w{0,8}|foo|bar|baz|me|you|your\S{0,12}|name|someone|somebody|admin|root|info|e?mail|example|hello|support|noreply|no-reply|first\.?last|firstname\.?lastname|a|b|c|x|abc)$/i

/** Senders that programs write as and nobody reads. */
const AUTOMATIC =
  /^(?:(?:no|not|donot|do[-_.]not|dont)[-_.]?reply|mailer-daemon|bounces?|notifications?)\d{0,2}$/i

/** `git@github.com:acme/tools`: a login that everybody shares. */
const SHARED_LOGIN = /^(?:git|hg|svn)$/

/** Whether an address is nobody's: a program's own, or the login in the address of a repository. */
const isNobodys = (local: string, next: string): boolean =>
  AUTOMATIC.test(local) || (SHARED_LOGIN.test(local) && (next === ':' || next === '/'))

/** `"jane roe"@acme.org` (RFC 5321): where the quotes open, or -1. */
const quotedStart = (text: string, at: number): number => {
  if (text.charAt(at - 1) !== '"') return -1
  const from = Math.max(0, at - MOST_LOCAL - 2)
  const inside = text.slice(from, at - 1)
  const open = inside.lastIndexOf('"')
  return open < 0 || open === inside.length - 1 || inside.includes('\n', open) ? -1 : from + open
}

const localStart = (text: string, at: number): number => {
  const quoted = quotedStart(text, at)
  if (quoted >= 0) return quoted
  let start = at
  while (start > 0 && at - start < MOST_LOCAL && isLocal(text, start - 1)) start -= 1
  // Quotes, brackets and assignment signs lead into an address more often than they begin one.
  while (start < at && !isWordAt(text, start) && !'_+'.includes(text.charAt(start))) start += 1
  const equals = text.slice(start, at).lastIndexOf('=')
  const slash = text.slice(start, at).lastIndexOf('/')
  return start + Math.max(equals, slash) + 1
}

const hostEnd = (text: string, at: number): number => {
  let end = at + 1
  while (end < text.length && end - at <= MOST_DOMAIN && isHost(text, end)) end += 1
  while (end > at + 1 && '.-'.includes(text.charAt(end - 1))) end -= 1
  return end
}

const TOP = /\.(?:[A-Za-z\u00c0-\u024f\u0370-\u052f]{2,24}|xn--[a-z0-9]{2,40})$/

const hitAt = (text: string, at: number): Hit | null => {
  const start = localStart(text, at)
  if (start === at) return null
  const end = hostEnd(text, at)
  const host = text.slice(at + 1, end)
  if (!TOP.test(host) || host.includes('..')) return null
  const reserved = RESERVED.test(host)
  if (reserved && ROLE.test(text.slice(start, at))) return null
  // `user:password@host` is a credential, which another detector reads; `pkg@1.2.3` has no top-level domain.
  if (text.charAt(start - 1) === ':' && text.lastIndexOf('://', start) >= start - 100) return null
  if (isNobodys(text.slice(start, at), text.charAt(end))) {
    return { kind: null, type: 'EMAIL', start, end, confidence: 0.95, reason: 'the address of a program' }
  }
  return {
    kind: 'contact',
    type: 'EMAIL',
    start,
    end,
    confidence: reserved ? 0.6 : 0.95,
    reason: reserved ? 'an e-mail address in a domain for examples' : 'an e-mail address',
  }
}

/** E-mail addresses: from each `@` to both sides, at most 64 and 253 characters (RFC 5321). */
export const email: Detector = {
  name: 'email',
  detect: ({ text, ats }) => {
    const hits: Hit[] = []
    let behind = 0
    for (const at of ats) {
      if (at < behind) continue
      const hit = hitAt(text, at)
      if (hit === null || hit.start < behind) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}
