import { CausewayError } from '../domain/index.ts'
import { nearest } from '../lib/index.ts'
import { type Located, PROVIDERS, type Preset } from '../providers/index.ts'
import { isWide, rangeOf, reachOf } from './address.ts'
import type { Found, Path } from './problem.ts'
import { locatedOf, sideOf } from './resolve.ts'
import type { ConfigTarget } from './schema.ts'

/** Contradictions inside one target, and what people should know about it. */
export const checkTarget = (
  target: ConfigTarget,
  at: Path,
): { readonly problems: readonly Found[]; readonly warnings: readonly Found[] } => {
  const provider = PROVIDERS.get(target.provider)
  if (provider === undefined) {
    const meant = nearest(target.provider, PROVIDERS.keys())
    const hint = meant === null ? `there are ${[...PROVIDERS.keys()].join(', ')}` : `did you mean "${meant}"?`
    return {
      problems: [{ path: [...at, 'provider'], message: `there is no provider of this name; ${hint}` }],
      warnings: [],
    }
  }
  const located = locatedOf(target, provider)
  const url = checkUrl(located.url, provider, [...at, 'url'])
  const problems = [
    ...checkSide(target, provider, at),
    ...url,
    ...checkOptions(target, provider, at),
    ...checkAddresses(target, at),
    ...checkDialects(target, located, provider, at),
    ...checkOperations(target, located, provider, at),
    ...checkCredential(target, provider, at),
  ]
  return { problems, warnings: problems.length === 0 ? warningsOf(target, located, provider, at) : [] }
}

const checkSide = (target: ConfigTarget, provider: Preset, at: Path): readonly Found[] =>
  target.side === undefined || provider.sides.includes(target.side)
    ? []
    : [
        {
          path: [...at, 'side'],
          message: `a target of ${provider.title} cannot be on side ${target.side}; it can be ${provider.sides.join(' or ')}`,
        },
      ]

/** Options that say where a vendor is asked. */
const PLACES: ReadonlySet<string> = new Set(['region', 'location', 'resource'])

const checkUrl = (text: string | null, provider: Preset, path: Path): readonly Found[] => {
  const wrong = (message: string): readonly Found[] => [{ path, message }]
  if (text === null || text === '') {
    const told = provider.optionNames.filter((name) => PLACES.has(name)).join(' and ')
    return wrong(
      told === ''
        ? `is missing; ${provider.title} has no usual address`
        : `is missing; ${provider.title} has no address but by options: ${told}`,
    )
  }
  const url = URL.parse(text)
  if (url === null) return wrong('must be a whole URL, such as http://127.0.0.1:8000/v1')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return wrong('must begin with http:// or https://')
  if (url.username !== '' || url.password !== '') {
    return wrong('must hold no user name or password; give a credential as env:NAME or file:PATH')
  }
  if (url.search !== '' || url.hash !== '') return wrong('must end with its path: no ? and no #')
  return []
}

const checkOptions = (target: ConfigTarget, provider: Preset, at: Path): readonly Found[] => {
  try {
    provider.options(target.options)
    return []
  } catch (thrown) {
    if (thrown instanceof CausewayError) return [{ path: [...at, 'options'], message: thrown.fault.message }]
    throw thrown
  }
}

const checkAddresses = (target: ConfigTarget, at: Path): readonly Found[] =>
  target.addresses.flatMap((range, index) =>
    rangeOf(range) === null
      ? [
          {
            path: [...at, 'addresses', index],
            message: 'must be an IP address or a CIDR range, such as 10.0.0.0/8',
          },
        ]
      : [],
  )

const checkDialects = (
  target: ConfigTarget,
  located: Located,
  provider: Preset,
  at: Path,
): readonly Found[] =>
  (target.dialects ?? []).flatMap((dialect, index) =>
    located.dialects.includes(dialect)
      ? []
      : [
          {
            path: [...at, 'dialects', index],
            message: `${provider.title} is not spoken to in ${dialect}; it is in ${located.dialects.join(', ')}`,
          },
        ],
  )

const checkOperations = (
  target: ConfigTarget,
  located: Located,
  provider: Preset,
  at: Path,
): readonly Found[] =>
  (target.operations ?? []).flatMap((operation, index) =>
    located.operations.includes(operation)
      ? []
      : [
          {
            path: [...at, 'operations', index],
            message: `${provider.title} has no ${operation}; it has ${located.operations.join(', ')}`,
          },
        ],
  )

const checkCredential = (target: ConfigTarget, provider: Preset, at: Path): readonly Found[] => {
  if (!provider.needsKey || target.credential !== undefined) return []
  const example = provider.keyVariable === null ? 'env:NAME' : `env:${provider.keyVariable}`
  return [
    {
      path: [...at, 'credential'],
      message: `is missing; ${provider.title} answers nobody without a key, for example ${example}`,
    },
  ]
}

const warningsOf = (target: ConfigTarget, located: Located, provider: Preset, at: Path): readonly Found[] => {
  const found: Found[] = located.remarks.map((message) => ({ path: at, message }))
  const side = sideOf(target, provider)
  const url = new URL(located.url ?? '')
  const reach = reachOf(url.hostname)
  if (url.protocol === 'http:' && reach !== 'loopback' && reach !== 'private') {
    found.push({
      path: [...at, 'url'],
      message: 'sends requests over plain HTTP to a host that may be anywhere',
    })
  }
  if (side === 'own' && reach === 'public' && target.addresses.length === 0) {
    found.push({
      path: [...at, 'url'],
      message: 'is a public address, which side own does not reach unless addresses lists it',
    })
  }
  if (side === 'attested') {
    found.push({
      path: [...at, 'side'],
      message: 'attested is taken at your word: this version verifies no enclave',
    })
  }
  if (provider.cutsAfter !== null && target.context === undefined) {
    found.push({
      path: at,
      message: `${provider.title} cuts prompts at its context (${provider.cutsAfter} tokens unless set otherwise) without saying so; state context, so that we do not send it more`,
    })
  }
  for (const [index, text] of target.addresses.entries()) {
    const range = rangeOf(text)
    if (side === 'own' && range !== null && isWide(range)) {
      found.push({
        path: [...at, 'addresses', index],
        message: 'lets a target on side own be reached at public addresses',
      })
    }
  }
  return found
}
