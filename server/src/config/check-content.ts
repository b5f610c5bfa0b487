import { KINDS, PROFILES, type Profile } from '../domain/index.ts'
import { nearest } from '../lib/index.ts'
import { PROVIDERS } from '../providers/index.ts'
import { ownMistake } from '../sensitivity/index.ts'
import { rangeOf, reachOf } from './address.ts'
import type { Found, Path } from './problem.ts'
import { sideOf } from './resolve.ts'
import type { Config } from './schema.ts'

/** Contradictions in what is said about content: own words and forms, further readers, answers. */
export const checkContent = (config: Config): readonly Found[] => [
  ...checkLists(config),
  ...checkPatterns(config),
  ...checkStages(config),
  ...checkHosts(config),
]

const checkLists = ({ sensitivity }: Config): readonly Found[] => {
  const named = [
    ...(['words', 'patterns', 'examples', 'stages'] as const).flatMap((list) =>
      sensitivity[list].map(({ name }, index) => ({ name, path: ['sensitivity', list, index, 'name'] })),
    ),
  ]
  const twice = named.filter(({ name }, index) => named.findIndex((one) => one.name === name) !== index)
  const empty = (
    [
      ['words', sensitivity.words.map(({ words, file }) => words.length + (file === undefined ? 0 : 1))],
      [
        'examples',
        sensitivity.examples.map(({ texts, file }) => texts.length + (file === undefined ? 0 : 1)),
      ],
    ] as const
  ).flatMap(([list, counts]) =>
    counts.flatMap((count, index) =>
      count > 0
        ? []
        : [
            {
              path: ['sensitivity', list, index],
              message: `holds nothing; give ${list === 'words' ? 'words' : 'texts'} or a file`,
            },
          ],
    ),
  )
  return [
    ...twice.map(({ name, path }) => ({ path, message: `there is another entry of the name "${name}"` })),
    ...empty,
  ]
}

const checkPatterns = ({ sensitivity }: Config): readonly Found[] =>
  sensitivity.patterns.flatMap((pattern, index) => {
    const mistake = ownMistake(pattern)
    return mistake === null ? [] : [{ path: ['sensitivity', 'patterns', index, 'pattern'], message: mistake }]
  })

const checkStages = (config: Config): readonly Found[] =>
  config.sensitivity.stages.flatMap((stage, index): readonly Found[] => {
    const at: Path = ['sensitivity', 'stages', index]
    if (stage.type === 'judge') return checkJudge(config, stage.target, [...at, 'target'])
    if (stage.type === 'tokens') return []
    const url = URL.parse(stage.url)
    if (url === null || !/^https?:$/.test(url.protocol)) {
      return [{ path: [...at, 'url'], message: 'must be a whole URL, such as http://127.0.0.1:5002' }]
    }
    const wrong = stage.addresses.flatMap((range, place) =>
      rangeOf(range) === null
        ? [{ path: [...at, 'addresses', place], message: 'must be a CIDR range, such as 10.0.0.0/24' }]
        : [],
    )
    if (stage.addresses.length > 0 || reachOf(url.hostname) !== 'public') return wrong
    return [
      {
        path: [...at, 'url'],
        message: `${url.hostname} is a public address; what is read must stay on machines of yours (say addresses if it is one)`,
      },
    ]
  })

const checkJudge = (config: Config, name: string, path: Path): readonly Found[] => {
  const target = config.targets.find((one) => one.name === name)
  const known = config.targets.map((one) => one.name)
  if (target === undefined) {
    const meant = nearest(name, known)
    return [
      {
        path,
        message: `there is no target "${name}"${meant === null ? `; there are ${known.join(', ')}` : `; did you mean "${meant}"?`}`,
      },
    ]
  }
  const provider = PROVIDERS.get(target.provider)
  if (provider === undefined || sideOf(target, provider) === 'own') return []
  return [
    {
      path,
      message: `${name} is on side ${sideOf(target, provider)}; what is not judged yet may only be read on side own`,
    },
  ]
}

const HOST = /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i

const checkHosts = ({ guard }: Config): readonly Found[] =>
  (guard.links?.hosts ?? []).flatMap((host, index) =>
    HOST.test(host)
      ? []
      : [
          {
            path: ['guard', 'links', 'hosts', index],
            message: 'must be a host name such as docs.example.com, without https:// and path',
          },
        ],
  )

/** What people should know: where findings were told not to count. */
export const contentWarnings = (config: Config): readonly Found[] => {
  const strictest: Profile = PROFILES[0]
  const places = [
    { path: ['sensitivity', 'confidence'], confidence: config.sensitivity.confidence },
    ...config.uses.map(({ confidence }, index) => ({ path: ['uses', index, 'confidence'], confidence })),
    ...config.keys.map(({ confidence }, index) => ({ path: ['keys', index, 'confidence'], confidence })),
  ]
  const raised = places.flatMap(({ path, confidence }) => {
    const kinds = KINDS.filter((kind) => (confidence[kind] ?? 0) > 0.5)
    return kinds.length === 0
      ? []
      : [
          {
            path,
            message: `findings of ${kinds.join(', ')} that are less sure do not count, also in profile ${strictest}; they stand in the record`,
          },
        ]
  })
  const off = config.conversations.sticky
    ? []
    : [
        {
          path: ['conversations', 'sticky'],
          message: 'false: a client that sends only the last turns of a conversation sheds its label',
        },
      ]
  return [...raised, ...off]
}
