import { createHash, createHmac } from 'node:crypto'

/** What is signed. `headers` need not name `host`: it is taken from the url. */
export interface SignV4Input {
  readonly method: string
  /** The address as it will be asked for, its path percent-encoded already. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly region: string
  /** `bedrock`, `s3` … */
  readonly service: string
  readonly accessKey: string
  readonly secretKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
  /** Milliseconds since 1970. */
  readonly now: number
}

const ALGORITHM = 'AWS4-HMAC-SHA256'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Everything but letters, digits and `-._~`, as the signature's rules have it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Resolves `.`, `..` and empty segments, as every service but S3 has it. */
const normal = (path: string): string => {
  const out: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') out.pop()
    else if (segment !== '' && segment !== '.') out.push(segment)
  }
  const joined = `/${out.join('/')}`
  return joined !== '/' && /\/\.{0,2}$/.test(path) ? `${joined}/` : joined
}

/** The path as it will be sent is encoded once more, so that `%3A` becomes `%253A`; S3 alone takes it as it is. */
const canonicalPath = (path: string, service: string): string => {
  if (service === 's3') return path === '' ? '/' : path
  return normal(path).split('/').map(encode).join('/')
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      const name = at === -1 ? pair : pair.slice(0, at)
      return [encode(decode(name)), encode(decode(at === -1 ? '' : pair.slice(at + 1)))] as const
    })
    .sort(([nameA, valueA], [nameB, valueB]) => before(nameA, nameB) || before(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** `20150830T123600Z`. */
const timeOf = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')

const HOP_BY_HOP = new Set(['connection', 'expect', 'transfer-encoding', 'user-agent', 'x-amzn-trace-id'])

/** Path and query as they stand in an address, which `URL` would change. */
const splitUrl = (url: string): { readonly host: string; readonly path: string; readonly query: string } => {
  const found = /^[a-z]+:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url)
  return { host: found?.[1] ?? '', path: found?.[2] ?? '', query: found?.[3] ?? '' }
}

interface Canonical {
  readonly request: string
  readonly signed: string
}

const canonicalOf = (input: SignV4Input, headers: Readonly<Record<string, string>>): Canonical => {
  const { path, query } = splitUrl(input.url)
  const named = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/\s+/g, ' ')] as const)
    .filter(([name]) => !HOP_BY_HOP.has(name))
    .sort(([a], [b]) => before(a, b))
  const signed = named.map(([name]) => name).join(';')
  const request = [
    input.method.toUpperCase(),
    canonicalPath(path, input.service),
    canonicalQuery(query),
    ...named.map(([name, value]) => `${name}:${value}`),
    '',
    signed,
    sha256(input.body),
  ].join('\n')
  return { request, signed }
}

/**
 * The request's headers with AWS's Signature Version 4 added: `x-amz-date`, `x-amz-security-token` where there is
 * one, and `authorization`. Names in lower case. Pure: the time is given.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export const signV4 = (input: SignV4Input): Readonly<Record<string, string>> => {
  const time = timeOf(input.now)
  const day = time.slice(0, 8)
  const given = Object.fromEntries(
    Object.entries(input.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const headers: Readonly<Record<string, string>> = {
    host: splitUrl(input.url).host,
    ...given,
    'x-amz-date': time,
    ...(input.sessionToken === undefined ? {} : { 'x-amz-security-token': input.sessionToken }),
  }
  const { request, signed } = canonicalOf(input, headers)
  const scope = `${day}/${input.region}/${input.service}/aws4_request`
  const text = [ALGORITHM, time, scope, sha256(request)].join('\n')
  const key = [input.region, input.service, 'aws4_request'].reduce<Buffer>(
    (made, part) => hmac(made, part),
    hmac(`AWS4${input.secretKey}`, day),
  )
  const signature = hmac(key, text).toString('hex')
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${input.accessKey}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  }
}
