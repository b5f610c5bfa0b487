import { CONDITIONS, type FloorRule, KINDS, LEVELS, type Profile } from '../domain/index.ts'
import { builtInFloor, type Floor, lay, levelFloor } from '../policy/index.ts'
import { expandFloors, PII } from './floors.ts'
import type { Found, Path } from './problem.ts'
import type { Config, ConfigFloors } from './schema.ts'

/** Floors that contradict themselves, or open what lies beneath them without saying so. */
export const checkFloors = (config: Config): readonly Found[] => [
  ...checkGroup(config.floors, ['floors'], (key) => builtIn(config.profile, key)),
  ...config.uses.flatMap((use, index) => {
    const general = expandFloors(config.floors)
    return checkGroup(use.floors, ['uses', index, 'floors'], (key) => {
      const base = builtIn(config.profile, key)
      return base === null ? null : lay(base, general[key])
    })
  }),
]

const builtIn = (profile: Profile, key: string): Floor | null => {
  const kind = [...KINDS, ...CONDITIONS].find((word) => word === key)
  if (kind !== undefined) return builtInFloor(profile, kind)
  const level = LEVELS.find((word) => word === key)
  return level === undefined ? null : levelFloor(level)
}

const checkGroup = (
  floors: ConfigFloors,
  at: Path,
  beneath: (key: string) => Floor | null,
): readonly Found[] =>
  Object.entries(floors).flatMap(([key, floor]) => {
    if (floor === undefined) return []
    const path = [...at, key]
    if (floor.audit !== undefined) {
      return [
        {
          path: [...path, 'audit'],
          message: 'is not available in this version; audit.intent says it for all requests',
        },
      ]
    }
    const kinds: readonly string[] = key === 'pii' ? PII : [key]
    const twice = key === 'pii' ? PII.filter((kind) => floors[kind] !== undefined) : []
    return [
      ...twice.map((kind) => ({
        path,
        message: `stands for ${PII.join(', ')}, and ${kind} has a floor of its own here; name the kinds one by one`,
      })),
      ...kinds.flatMap((kind) => looser(floor, beneath(kind), kind, path)),
    ]
  })

const looser = (floor: FloorRule, base: Floor | null, kind: string, path: Path): readonly Found[] => {
  if (base === null || floor.loosen === true) return []
  const wanted = lay(base, { ...floor, loosen: true })
  const reachable = [...base.sides, ...base.pending]
  const opened = [
    ...wanted.sides.filter((side) => !base.sides.includes(side)),
    ...wanted.pending.filter((side) => !reachable.includes(side)),
  ]
  if (opened.length === 0) return []
  return [
    {
      path,
      message: `opens ${kind} to ${[...new Set(opened)].join(', ')}, which what lies beneath keeps closed; say loosen: true if that is meant`,
    },
  ]
}
