import {
  type DecideInput,
  join,
  type Kind,
  type Level,
  levelOfKind,
  type Snapshot,
  type Way,
} from '../domain/index.ts'
import { judge } from './judge.ts'
import { subjectsIn } from './subjects.ts'

/** Kinds whose values may be taken out of a request so that more targets may have it, and how. */
export type Ways = Readonly<Partial<Record<Kind, Way>>>

const levelOf = (kinds: readonly Kind[], input: DecideInput): Level => {
  const { label } = input
  let level: Level = label.conditions.includes('failed') ? 'restricted' : 'public'
  for (const kind of kinds) level = join(level, levelOfKind(kind))
  return join(level, label.raised ?? 'public')
}

/** What `decide` would be asked about the request once the values of `ways` are out of it. */
export const without = (input: DecideInput, ways: Ways): DecideInput => {
  const kinds = input.label.kinds.filter((kind) => ways[kind] === undefined)
  return {
    ...input,
    label: { ...input.label, kinds, level: levelOf(kinds, input), replaced: ways },
  }
}

/**
 * How the values of the kinds in a request may be taken out, where that would permit a candidate that is refused
 * as things are; null where it would not. What a use declares cannot be taken out: nobody knows where it stands.
 * A level that nothing found accounts for stays, so it is not looked past either. Never throws.
 */
export const waysAcross = (input: DecideInput, snapshot: Snapshot): Ways | null => {
  try {
    const { label, use } = input
    if (label.kinds.length === 0 || label.level !== levelOf(label.kinds, input)) return null
    const ways: Partial<Record<Kind, Way>> = {}
    for (const { key, effective } of subjectsIn(input, snapshot)) {
      const kind = label.kinds.find((one) => one === key)
      if (kind === undefined || effective.under === null || use.carries.includes(kind)) continue
      ways[kind] = effective.under
    }
    if (Object.keys(ways).length === 0) return null
    const now = new Set(judge(input, snapshot).permitted.map(({ target }) => target))
    const then = judge(without(input, ways), snapshot).permitted
    return then.some(({ target }) => !now.has(target)) ? ways : null
  } catch {
    return null
  }
}
