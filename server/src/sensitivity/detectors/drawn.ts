import type { Detector, Hit } from '../detector.ts'
import { entropyOf, isDrawn, isStandIn, strangenessOf } from '../randomness.ts'
import type { Reading } from '../reading.ts'

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i
const HEX = /^[0-9a-fA-F]+$/

/** Longer runs are pictures, archives, models' own state: data, not credentials. */
const LONGEST = 300
/** Texts with more drawn values than this hold data; there only what is announced counts. */
const MANY = 12
/** The same where nothing speaks of access. */
const FEW = 4

/** Beginnings of identifiers that platforms hand out: they name a thing and open nothing. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  (
    'call toolu srvtoolu chatcmpl cmpl msg req run step thread asst file resp rs fc ws ig cgt conv item container batch vs ' +
    'ftjob ft gen org proj prj dpl team user usr cus pi ch price prod sub evt in seti pm card src tok acct txn re po ba tr ' +
    'cs bps bpc si ii il dp du link test ui i r vpc subnet sg ami vol snap eni rtb igw nat eks rds arn projects tenant ' +
    'workspace ws acc session trace span event job task node pod build commit image img asset media video photo doc page ' +
    'sha1 sha256 sha384 sha512 md5 blake3 crc32 ssdeep nonce etag cid qm bafy pk phc pub public g gtm ua ca urn uuid id key_id ' +
    'chunk vendor main index styles module css js sc data v hash h rev ref obj oid ulid ksuid cuid nano slug inv ord order ' +
    'ticket case issue pr mr wf exec arc msgid message email mail wamid mid inbox conversation comment post'
  ).split(' '),
)

/** What precedes a digest, a name or a piece of data. */
const NO_SECRET =
  /(?:(?:sha|SHA)[-_ ]?\d{0,3}|md5|MD5|blake\w{0,3}|hash|digest|integrity|checksum|etag|commit|rev|revision|nonce|fingerprint|thumbprint|signature|thought_?signature|encrypted_content|trace|span|request|correlation|transaction|uuid|guid|ulid|cid|blob|image|photo|video|file|chunk|bundle|build|version|ver|tag|branch|node|page|cursor|offset|next|continuation|sync|tracking|measurement|client|public|public[-_ ]?key|publishable|site|anon|host|known_hosts|serial|model|id|ids|_id|ID|Id|sub|jti|kid|x5t|arn|resource|object|index|base64|data|src|href|content|["'][xyne]|peer|hostkey|(?:next|page|continuation|sync|cursor|resume)_?-?token|ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp256)["'`)\]]{0,2}[ \t]{0,2}[:=,@]{0,2}[ \t]{0,2}(?:(?:is|was|of|ist|es|est) )?["'`(W/]{0,3}$/

const SECRETISH =
  /^(?:sk|rk|ak|pk|at|rt|st|key|apikey|token|tok|pat|secret|sec|live|test|prod|sandbox|api|auth|pass|pw|pwd|priv|private|cred|bot|oat|svc|access|refresh|admin|adm|sess|bearer|whsec|webhook|login|root|[a-z]{0,8}(?:pat|sk|tok|token|key|secret|api))$/i

interface Candidate {
  readonly start: number
  readonly end: number
  readonly value: string
  readonly shape: 'headed' | 'hex' | 'plain' | 'address'
  /** For `headed`: whether its head is one that credentials have. */
  readonly secretish: boolean
}

/** Where the value inside a run begins: behind the last `=` that something follows, and behind dashes of a flag. */
const valueStart = (run: string): number => {
  let body = run.length
  while (body > 0 && run.charAt(body - 1) === '=') body -= 1
  let start = run.lastIndexOf('=', body - 1) + 1
  while (start < body && '-/+'.includes(run.charAt(start))) start += 1
  return start
}

/** Whether a value names a thing of a platform's and opens nothing. */
export const isIdentifier = (value: string): boolean => SORTABLE.test(value) || headOf(value) === 'identifier'

/** Sortable identifiers of platforms, a time and a little chance; addresses of content and of wallets. */
const SORTABLE =
  /^(?:[A-Za-z]{2,10}[_-])?(?:01[0-9A-Za-z]{20,24}|[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-9a-f]{24}|Qm[1-9A-HJ-NP-Za-km-z]{44}|[13T][1-9A-HJ-NP-Za-km-z]{25,33}|baf[a-z2-7]{50,60})$/

/** Names are joined from short pieces, however strange these are; what was drawn has a long one. */
const hasDrawnPiece = (value: string): boolean => {
  const pieces = value.split(/[^0-9A-Za-z]+/)
  return pieces.some(
    (piece) => piece.length >= 10 && strangenessOf(piece) >= 0.36 && !/^[A-Z]+[0-9]{0,3}[A-Z]*$/.test(piece),
  )
}

/** A path is joined from words; base64 holds slashes too, but no words between them. */
const isPath = (value: string): boolean =>
  value.includes('/') && value.split('/').some((part) => part.length >= 3 && strangenessOf(part) < 0.3)

const HEAD = /^([A-Za-z][A-Za-z0-9]{0,11})((?:[_-][A-Za-z0-9]{1,8}){0,3}?)[_-](?=([\w-]{16,}))/

/** Splits `head_body`; null where the whole is one value, "identifier" where it names a thing. */
const headOf = (
  value: string,
): { readonly secretish: boolean; readonly body: string } | 'identifier' | null => {
  const found = HEAD.exec(value)
  if (found === null) return null
  const [all, head = '', more = '', body = ''] = found
  const words = more.split(/[_-]/).filter((word) => word !== '')
  if (strangenessOf(head) > 0.67 && head.length > 5) return null
  if (!isDrawn(body)) return null
  const secretish = SECRETISH.test(head) || words.some((word) => SECRETISH.test(word))
  if (/^(?:pk|pub|public|phc)$/i.test(head) || (!secretish && IDENTIFIERS.has(head.toLowerCase())))
    return 'identifier'
  if (UUID.test(body) || (HEX.test(body) && body.length < 32 && !secretish)) return 'identifier'
  return { secretish, body: value.slice(all.length) }
}

/** The last part of an address's path: what opens it where the address itself is the key. */
const lastPart = (start: number, end: number, path: string): Candidate | null => {
  const from = path.lastIndexOf('/') + 1
  const value = path.slice(from)
  if (value.length < 16 || UUID.test(value) || HEX.test(value) || !isDrawn(value)) return null
  return { start: start + from, end, value, shape: 'address', secretish: false }
}

const candidateOf = (text: string, from: number, to: number): Candidate | null => {
  if (to - from > LONGEST) return null
  const run = text.slice(from, to)
  const start = from + valueStart(run)
  const value = text.slice(start, to)
  if (value.length < 16 || !/[0-9A-Za-z]{4}/.test(value) || UUID.test(value) || SORTABLE.test(value))
    return null
  if (HEX.test(value)) {
    const drawn = value.length >= 24 && entropyOf(value) >= 2.8 && /[0-9]/.test(value) && /[a-f]/i.test(value)
    return drawn ? { start, end: to, value, shape: 'hex', secretish: false } : null
  }
  if (isPath(value) || (value.includes('/') && isInAddress(text, start))) return lastPart(start, to, value)
  if (strangenessOf(value) < 0.3 || !hasDrawnPiece(value) || isStandIn(value)) return null
  const head = headOf(value)
  if (head === 'identifier') return null
  if (head !== null) return { start, end: to, value, shape: 'headed', secretish: head.secretish }
  return isDrawn(value) ? { start, end: to, value, shape: 'plain', secretish: false } : null
}

/** Letters of both cases and digits: what a name, a digest or a number is not. */
const isMixed = (value: string): boolean => /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value)

/** Drawings and tables are digits with single letters between them. */
const isLettered = (value: string): boolean => (value.match(/[A-Za-z]/g)?.length ?? 0) * 2 >= value.length

/** Capitals and digits, as key ids are drawn. */
const isCapital = (value: string): boolean => /^[A-Z]+(?:[0-9]+[A-Z]+){2,}[0-9]*$/.test(value)

/** Base64 that opens to readable text is read by itself and is no key. */
const isReadable = (value: string): boolean => {
  if (value.length < 20 || !/^[\w+/-]+=*$/.test(value)) return false
  const bytes = Buffer.from(value, 'base64')
  let readable = 0
  for (const byte of bytes) if (byte >= 0x20 && byte < 0x7f) readable += 1
  return readable >= bytes.length * 0.95
}

/** Lines of armour, public keys and pictures: a run that fills its line beside others that do, or behind their marks. */
const isBlob = (text: string, { start, end, value }: Candidate): boolean => {
  if (/^(?:AAAA[BCE]|iVBOR|\/9j\/|R0lGOD|UEsDB|JVBER|MII[A-Z]|H4sI|eJ[a-z]|LS0tLS1)/.test(value)) return true
  if (value.length < 60 || text.charAt(start - 1) !== '\n') return false
  return (
    /^\n[\w+/=]{16}/.test(text.slice(end, end + 18)) ||
    /[\w+/=]{40}\r?\n$/.test(text.slice(Math.max(0, start - 48), start))
  )
}

/** A value stands between blanks, quotes and brackets; inside a longer row of signs it is a piece of data. */
const isDelimited = (text: string, { start, end }: Candidate): boolean =>
  (start === 0 || /[\s"'`=(<[{>,:*|]/.test(text.charAt(start - 1))) &&
  (end === text.length || /[\s"'`)<\]},;.!?&*|\\:]/.test(text.charAt(end)))

const isInAddress = (text: string, start: number): boolean => {
  const before = text.slice(Math.max(0, start - 160), start)
  const word = before.slice(
    Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n'), before.lastIndexOf('"')) + 1,
  )
  return word.includes('://') || word.includes('www.') || word.includes(';base64,')
}

/** An address that is called secret is one as a whole. */
const addressHit = (reading: Reading, { start, end }: Candidate): Hit | null => {
  const { text } = reading
  if (!isInAddress(text, start) || !reading.near('secretWord', start, end, 160, 24)) return null
  const before = text.slice(Math.max(0, start - 160), start)
  const found = /[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>]*$/.exec(before)
  if (found === null || !reading.near('secretWord', start - found[0].length, end, 24, 24)) return null
  const reason = 'an address with a drawn part, near a word for a credential'
  return {
    kind: 'secret',
    type: 'SECRET',
    sub: 'secret_address',
    start: start - found[0].length,
    end,
    confidence: 0.7,
    reason,
  }
}

/** How far back on the same line: digests stand in lists, where the line before speaks of another. */
const onLine = (text: string, start: number, most: number): number => {
  const before = text.slice(Math.max(0, start - most), start)
  return before.length - 1 - before.lastIndexOf('\n')
}

const DIGEST = /\b(?:md5|sha-?\d*|blake\w*|commit|digest|checksum|hash|crc32)\b[^\n]*$/i
const IS = /^["'`)]{0,2} (?:is|was|ist|war|es|est|è|é|as|als|como) /

/** 2 where a word that announces a credential is close, 1 where the talk is of access, else 0. */
const cueOf = (reading: Reading, { start, end, shape }: Candidate): 0 | 1 | 2 => {
  if (shape === 'hex') {
    const { text } = reading
    if (DIGEST.test(text.slice(Math.max(0, start - 40), start))) return 0
    const after = IS.test(text.slice(end, end + 12)) ? 32 : 0
    return reading.near('secretWord', start, end, onLine(text, start, 48), after) ? 2 : 0
  }
  if (reading.near('secretWord', start, end, 96, 40) || reading.near('passwordWord', start, end, 40)) return 2
  return reading.near('credentialCue', start, end, 160, 100) ? 1 : 0
}

const PARTS_BEHIND = /(?:[.~][\w-]{5,256}){1,4}/y
const PARTS_BEFORE = /(?:[\w-]{5,64}[.~]){1,4}$/

/** Some makers join what they draw with dots: all of it is the value. */
const whole = (text: string, { start, end }: Candidate): readonly [number, number] => {
  PARTS_BEHIND.lastIndex = end
  const behind = PARTS_BEHIND.exec(text)?.[0] ?? ''
  const joins = '.~'.includes(text.charAt(start - 1)) && start > 0
  const before = joins ? (PARTS_BEFORE.exec(text.slice(Math.max(0, start - 128), start))?.[0] ?? '') : ''
  const isPart = (part: string): boolean =>
    part === '' || (strangenessOf(part) >= 0.36 && /[0-9A-Z]/.test(part))
  return [isPart(before) ? start - before.length : start, isPart(behind) ? end + behind.length : end]
}

const confidenceOf = (candidate: Candidate, cue: 0 | 1 | 2): number => {
  const { value, shape, secretish } = candidate
  if (shape === 'hex') return cue === 2 ? 0.6 : 0
  if (cue === 2) return shape === 'headed' ? 0.8 : 0.7
  if (shape === 'headed') {
    if (secretish) return cue === 1 ? 0.8 : 0.7
    return cue === 1 ? 0.65 : value.length >= 36 ? 0.55 : 0
  }
  if (cue === 1)
    return isLettered(value) && value.length >= (isMixed(value) ? 22 : isCapital(value) ? 20 : 28) ? 0.6 : 0
  return value.length >= 32 && value.length <= 100 && isMixed(value) && isLettered(value) ? 0.5 : 0
}

const hitOf = (reading: Reading, candidate: Candidate, count: number): Hit | null => {
  const { text } = reading
  const { start, end, value } = candidate
  if (candidate.shape === 'address') return addressHit(reading, candidate)
  if (NO_SECRET.test(text.slice(Math.max(0, start - 40), start))) return null
  if (/^\.(?:js|css|mjs|png|jpe?g|svg|woff2?|map|html?)\b/.test(text.slice(end, end + 6))) return null
  const cue = cueOf(reading, candidate)
  if (cue < 2 && (count > MANY || isInAddress(text, start) || !isDelimited(text, candidate))) return null
  if (cue === 2 && isInAddress(text, start) && !reading.near('secretWord', start, end, 24, 24)) return null
  if (cue === 0 && count > FEW) return null
  const confidence = confidenceOf(candidate, cue)
  if (confidence < 0.5 || isReadable(value) || isBlob(text, candidate)) return null
  const where =
    cue === 0 ? 'standing alone' : cue === 1 ? 'where the talk is of access' : 'near a word for a credential'
  const reason = `a value that looks drawn at random, ${where}`
  const [from, to] = cue === 0 ? [start, end] : whole(text, candidate)
  return { kind: 'secret', type: 'SECRET', sub: 'random_value', start: from, end: to, confidence, reason }
}

/** Credentials of no known make and with no name in front: values that were drawn and not thought of. */
export const drawn: Detector = {
  name: 'drawn',
  detect: (reading) => {
    const { text, runs } = reading
    const candidates: Candidate[] = []
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const candidate = candidateOf(text, runs[i] ?? 0, runs[i + 1] ?? 0)
      if (candidate !== null) candidates.push(candidate)
    }
    return candidates.flatMap((candidate) => hitOf(reading, candidate, candidates.length) ?? [])
  },
}
