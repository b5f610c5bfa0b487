import { type Crossing, KINDS, type RequestRecord } from '../../domain/index.ts'
import { listed } from './words.ts'

/** Whether what was sent had values taken out. */
const wentAcross = ({ target, decision, crossing }: RequestRecord): boolean =>
  crossing?.verdict.permitted.some((one) => one.target === target) === true &&
  decision?.verdict.permitted.some((one) => one.target === target) !== true

/** `2 contact and 1 payment values`. */
const valuesOf = ({ values }: Crossing): string => {
  const counted = KINDS.flatMap((kind) => {
    const count = values[kind] ?? 0
    return count === 0 ? [] : [{ count, text: `${count} ${kind.replaceAll('_', ' ')}` }]
  })
  if (counted.length === 0) return 'values'
  const single = counted.length === 1 && counted[0]?.count === 1
  return `${listed(counted.map(({ text }) => text))} ${single ? 'value' : 'values'}`
}

const wayOf = ({ input }: Crossing): string => {
  const ways = new Set(Object.values(input.label.replaced ?? {}))
  if (ways.size > 1) return 'under pseudonyms or masked'
  return ways.has('masked') ? 'masked' : 'under pseudonyms'
}

/** What was taken out and put back, or why it came to nothing; null where it was not tried or not used. */
export const crossingOf = (record: RequestRecord): string | null => {
  const { crossing } = record
  if (crossing == null) return null
  if (crossing.left.length > 0)
    return `Taking values out was tried and could not reach ${listed(crossing.left)}.`
  if (!wentAcross(record)) return null
  const { restored, unsure } = crossing
  const doubt = unsure === 0 ? '' : `, ${unsure} left as they came because they were not certain`
  return `Sent with ${valuesOf(crossing)} ${wayOf(crossing)}; ${restored} put back in the answer${doubt}.`
}

/** What the guard did to the answer; null where it had nothing to say. */
export const guardedOf = ({ guarded }: RequestRecord): string | null => {
  if (guarded == null) return null
  const types = listed(guarded.findings.map(({ type }) => type))
  const more = guarded.omitted > 0 ? ` and ${guarded.omitted} more` : ''
  return `The answer was ${guarded.action}: it held ${types === '' ? 'what is watched for' : types}${more}.`
}
