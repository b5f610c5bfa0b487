import { nearest } from '../lib/index.ts'
import { PROVIDERS } from '../providers/index.ts'
import { reachOf } from './address.ts'
import { checkContent, contentWarnings } from './check-content.ts'
import { checkFloors } from './check-floors.ts'
import { checkTarget } from './check-target.ts'
import type { Parsed } from './parse.ts'
import { type Found, inOrder, type Path, type Problem, pathText } from './problem.ts'
import type { Config } from './schema.ts'

/** A file checked: mistakes forbid its use, warnings are for people. Both in the order of the file. */
export interface Checked {
  readonly name: string
  /** Null where there is any mistake. */
  readonly config: Config | null
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** Looks for contradictions in what was parsed; parsing mistakes are passed on. Never throws. */
export const checkConfig = (parsed: Parsed): Checked => {
  const { name, config, placeOf } = parsed
  if (config === null) return { name, config, problems: inOrder(parsed.problems), warnings: [] }
  const placed = (found: readonly Found[]): readonly Problem[] =>
    inOrder(found.map(({ path, message }) => ({ path: pathText(path), message, place: placeOf(path) })))
  const problems = placed([
    ...checkListen(config),
    ...checkNames(config),
    ...config.targets.flatMap((target, index) => checkTarget(target, ['targets', index]).problems),
    ...checkRoutes(config),
    ...checkUses(config),
    ...checkKeys(config),
    ...checkFloors(config),
    ...checkContent(config),
  ])
  if (problems.length > 0) return { name, config: null, problems, warnings: [] }
  return { name, config, problems, warnings: placed(warningsOf(config)) }
}

const checkListen = ({ listen }: Config): readonly Found[] => {
  const found: Found[] = []
  if (listen.gateway.port === listen.control.port && listen.gateway.port !== 0) {
    found.push({
      path: ['listen', 'control'],
      message: `is on port ${listen.control.port} like the gateway; they need one each`,
    })
  }
  for (const plane of ['gateway', 'control'] as const) {
    const { host } = listen[plane]
    if (listen.public || reachOf(host) === 'loopback') continue
    found.push({
      path: ['listen', plane],
      message: `${host} can be reached from other machines, over plain HTTP; say listen.public: true if that is meant, and put TLS in front`,
    })
  }
  return found
}

const repeated = (names: readonly string[], at: (index: number) => Path, what: string): readonly Found[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: at(index), message: `there is another ${what} of the name "${name}"` }],
  )

const checkNames = (config: Config): readonly Found[] => {
  const lists = { targets: 'target', routes: 'route', uses: 'use', keys: 'key' } as const
  const targets = new Set(config.targets.map((target) => target.name))
  return [
    ...(['targets', 'routes', 'uses', 'keys'] as const).flatMap((list) =>
      repeated(
        config[list].map((item) => item.name),
        (index) => [list, index, 'name'],
        lists[list],
      ),
    ),
    ...config.routes.flatMap((route, index) =>
      targets.has(route.name)
        ? [
            {
              path: ['routes', index, 'name'],
              message: `"${route.name}" is also the name of a target; a client could not tell them apart`,
            },
          ]
        : [],
    ),
  ]
}

const unknownName = (what: string, name: string, known: readonly string[]): string => {
  const meant = nearest(name, known)
  return `there is no ${what} "${name}"${meant === null ? `; there are ${known.join(', ')}` : `; did you mean "${meant}"?`}`
}

const checkRoutes = (config: Config): readonly Found[] => {
  const known = config.targets.map((target) => target.name)
  return config.routes.flatMap((route, index) => {
    const at: Path = ['routes', index]
    const weighted = Object.entries(route.weights)
    return [
      ...route.targets.flatMap((name, place) =>
        known.includes(name)
          ? []
          : [{ path: [...at, 'targets', place], message: unknownName('target', name, known) }],
      ),
      ...route.targets.flatMap((name, place) =>
        route.targets.indexOf(name) === place
          ? []
          : [{ path: [...at, 'targets', place], message: `"${name}" is in this route already` }],
      ),
      ...weighted.flatMap(([name]) =>
        route.targets.includes(name)
          ? []
          : [
              {
                path: [...at, 'weights', name],
                message: unknownName('target of this route', name, route.targets),
              },
            ],
      ),
      ...(weighted.length > 0 && route.objective !== 'weighted'
        ? [
            {
              path: [...at, 'weights'],
              message: `counts for objective: weighted only; this route is ${route.objective}`,
            },
          ]
        : []),
      ...(weighted.length > 0 && route.targets.every((name) => route.weights[name] === 0)
        ? [
            {
              path: [...at, 'weights'],
              message: 'gives every target the weight 0, so none would ever be tried',
            },
          ]
        : []),
    ]
  })
}

const checkUses = (config: Config): readonly Found[] =>
  config.uses.flatMap((use, index) =>
    use.name === 'general'
      ? [
          {
            path: ['uses', index, 'name'],
            message:
              '"general" is built in: it carries nothing and takes the profile as it is; choose another name',
          },
        ]
      : [],
  )

const checkKeys = (config: Config): readonly Found[] => {
  const uses = ['general', ...config.uses.map((use) => use.name)]
  const secrets = config.keys.map((key) => key.secret)
  return config.keys.flatMap((key, index) => {
    const at: Path = ['keys', index]
    const twin = secrets.indexOf(key.secret)
    return [
      ...key.uses.flatMap((name, place) =>
        uses.includes(name)
          ? []
          : [{ path: [...at, 'uses', place], message: unknownName('use', name, uses) }],
      ),
      ...(twin === index
        ? []
        : [
            {
              path: [...at, 'secret'],
              message: `is the secret of the key "${config.keys[twin]?.name ?? ''}" too; each needs its own`,
            },
          ]),
    ]
  })
}

const warningsOf = (config: Config): readonly Found[] => {
  const found: Found[] = config.targets.flatMap(
    (target, index) => checkTarget(target, ['targets', index]).warnings,
  )
  const sides = config.targets.map((target) => target.side ?? PROVIDERS.get(target.provider)?.sides[0])
  if (!sides.some((side) => side === 'own')) {
    found.push({ path: ['targets'], message: 'none is on side own, so what may not leave will be refused' })
  }
  found.push(...contentWarnings(config))
  if (config.keys.length === 0) {
    found.push({ path: ['keys'], message: 'there are none, so every call will be refused with 401' })
  }
  if (config.audit.outcome === 'relaxed') {
    found.push({
      path: ['audit', 'outcome'],
      message: 'relaxed: a crash may lose the records of answers already given',
    })
  }
  for (const [index, key] of config.keys.entries()) {
    if (key.budgets.length === 0) continue
    found.push({
      path: ['keys', index, 'budgets'],
      message: 'is read and kept, but not enforced in this version',
    })
  }
  return found
}
