import {
  type Agreement,
  type Condition,
  type Cross,
  type FloorRule,
  type Kind,
  type Level,
  type Profile,
  SIDES,
  type Side,
  type Target,
  type Way,
} from '../domain/index.ts'

/** What the built-in floors know: a kind, or a condition of the reading itself. */
export type FloorKey = Kind | Condition

/** The sides that every floor but `restricted` and `failed` leaves open: nobody else reads the bytes there. */
export const HOME: readonly Side[] = Object.freeze(['own', 'attested'] as const)

/**
 * The floor of each kind and condition by profile, as the way it may cross to sides beyond `own` and `attested`:
 * `never`, only under `pseudonyms`, only `masked`, or `freely`. Part of the outside contract.
 */
export const BUILT_IN_FLOORS: Readonly<Record<Profile, Readonly<Record<FloorKey, Cross>>>> = Object.freeze({
  strict: Object.freeze({
    secret: 'never',
    identity: 'never',
    payment: 'never',
    contact: 'never',
    health: 'never',
    financial: 'never',
    contract: 'never',
    source_code: 'never',
    internal: 'never',
    unread: 'never',
    failed: 'never',
  }),
  balanced: Object.freeze({
    secret: 'never',
    identity: 'never',
    payment: 'never',
    contact: 'pseudonyms',
    health: 'never',
    financial: 'never',
    contract: 'never',
    source_code: 'never',
    internal: 'never',
    unread: 'freely',
    failed: 'never',
  }),
  relaxed: Object.freeze({
    secret: 'masked',
    identity: 'pseudonyms',
    payment: 'pseudonyms',
    contact: 'freely',
    health: 'pseudonyms',
    financial: 'freely',
    contract: 'freely',
    source_code: 'freely',
    internal: 'never',
    unread: 'freely',
    failed: 'never',
  }),
})

/** The floor of a level, for a level that a client asked for or that nothing found accounts for. */
export const LEVEL_FLOORS: Readonly<Record<Level, readonly Side[]>> = Object.freeze({
  public: SIDES,
  confidential: HOME,
  restricted: Object.freeze(['own'] as const),
})

/** A floor with every word of it said. */
export interface Floor {
  /** Sides that are open now. */
  readonly sides: readonly Side[]
  /** Sides that are open once the values are taken out as `under` says. */
  readonly pending: readonly Side[]
  readonly under: Way | null
  /** Null is anywhere. */
  readonly regions: readonly string[] | null
  /** Asked of every side but `own`. */
  readonly agreements: readonly Agreement[]
}

/** What a target lacks to stand on a floor; null where it lacks nothing. */
export type Miss =
  | { readonly what: 'side'; readonly sides: readonly Side[]; readonly under: Floor['under'] }
  | { readonly what: 'region'; readonly regions: readonly string[] }
  | { readonly what: 'agreements'; readonly agreements: readonly Agreement[] }

/** No constraint at all: what stands beneath a level that has no floor. */
export const OPEN: Floor = Object.freeze({
  sides: SIDES,
  pending: [],
  under: null,
  regions: null,
  agreements: [],
})

const both = <T>(a: readonly T[], b: readonly T[]): readonly T[] => a.filter((item) => b.includes(item))

const crossing = (cross: Cross): Pick<Floor, 'sides' | 'pending' | 'under'> => {
  switch (cross) {
    case 'never':
      return { sides: HOME, pending: [], under: null }
    case 'pseudonyms':
    case 'masked':
      return { sides: HOME, pending: SIDES.filter((side) => !HOME.includes(side)), under: cross }
    case 'freely':
      return { sides: SIDES, pending: [], under: null }
    default:
      return unknown(cross)
  }
}

const unknown = (value: never): never => {
  throw new TypeError(`no such word in a floor: ${String(value)}`)
}

/** The built-in floor of a kind or condition. A failed detection stays on `own`: what was not read may be anything. */
export const builtInFloor = (profile: Profile, key: FloorKey): Floor => {
  const floor = { ...OPEN, ...crossing(BUILT_IN_FLOORS[profile][key]) }
  return key === 'failed' ? { ...floor, sides: both(floor.sides, LEVEL_FLOORS.restricted) } : floor
}

/** The built-in floor of a level. */
export const levelFloor = (level: Level): Floor => ({ ...OPEN, sides: LEVEL_FLOORS[level] })

/**
 * A configured floor laid over another. Without `loosen` every part can only narrow: sides and regions
 * intersect, agreements add up. With `loosen` the parts that are said replace, the parts left out stay.
 */
export const lay = (base: Floor, rule: FloorRule | undefined): Floor => {
  if (rule === undefined) return base
  return rule.loosen === true ? replaced(base, rule) : narrowed(base, rule)
}

const narrowed = (base: Floor, rule: FloorRule): Floor => {
  const cross = crossing(rule.cross ?? 'freely')
  const allowed = rule.sides ?? SIDES
  const sides = both(both(base.sides, cross.sides), allowed)
  const reachable = both(both([...base.sides, ...base.pending], [...cross.sides, ...cross.pending]), allowed)
  return {
    sides,
    pending: reachable.filter((side) => !sides.includes(side)),
    under: stricter(cross.under, base.under),
    regions: rule.regions === undefined ? base.regions : both(base.regions ?? rule.regions, rule.regions),
    agreements: [...new Set([...base.agreements, ...(rule.agreements ?? [])])],
  }
}

/** A mask is not put back, so that it keeps more than a stand-in does. */
const stricter = (a: Floor['under'], b: Floor['under']): Floor['under'] =>
  a === 'masked' || b === 'masked' ? 'masked' : (a ?? b)

/** The floor for a kind of whose values nothing is left, taken out in `way`: what pends is open where that is enough. */
export const opened = (floor: Floor, way: Way): Floor =>
  floor.under === null || (floor.under === 'masked' && way !== 'masked')
    ? floor
    : {
        ...floor,
        sides: SIDES.filter((side) => floor.sides.includes(side) || floor.pending.includes(side)),
        pending: [],
        under: null,
      }

const replaced = (base: Floor, rule: FloorRule): Floor => {
  const cross = rule.sides === undefined && rule.cross === undefined ? base : crossing(rule.cross ?? 'freely')
  const allowed = rule.sides ?? SIDES
  return {
    sides: both(cross.sides, allowed),
    pending: both(cross.pending, allowed),
    under: cross.under,
    regions: rule.regions ?? base.regions,
    agreements: rule.agreements ?? base.agreements,
  }
}

/** What `target` lacks to stand on `floor`. */
export const missOf = (floor: Floor, target: Target): Miss | null => {
  if (!floor.sides.includes(target.side)) {
    return {
      what: 'side',
      sides: floor.sides,
      under: floor.pending.includes(target.side) ? floor.under : null,
    }
  }
  if (floor.regions !== null && (target.region === null || !floor.regions.includes(target.region))) {
    return { what: 'region', regions: floor.regions }
  }
  if (target.side === 'own') return null
  const missing = floor.agreements.filter((agreement) => !target.agreements.includes(agreement))
  return missing.length === 0 ? null : { what: 'agreements', agreements: missing }
}
