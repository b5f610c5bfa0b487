import { standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'
import { buildShapes } from '../shapes.ts'
import { IDENTIFIERS, type Identifier, type Weight } from './identifiers.ts'

const FORMS = buildShapes<{ readonly identifier: Identifier; readonly weight: Weight }>(
  IDENTIFIERS.flatMap((identifier) =>
    (['alone', 'any', 'own'] as const).map(
      (weight) => [{ identifier, weight }, identifier.forms[weight] ?? []] as const,
    ),
  ),
)

const OWN = { NATIONAL_ID: 'nationalId', TAX_ID: 'taxId', HEALTH_ID: 'healthId' } as const

const GROUPS = ['nationalId', 'taxId', 'healthId', 'ssn'] as const

/** Far enough for "social security number of the second applicant:", short of the next field. */
const BEFORE = 48
const AFTER = 24
const HEADED = 300

const confidenceOf = (
  reading: Reading,
  { type, sub, checked = true }: Identifier,
  weight: Weight,
  start: number,
  end: number,
): number => {
  const near = (group: string) => reading.near(group, start, end, BEFORE, AFTER)
  const own = near(OWN[type]) || (sub === 'US_SSN' && near('ssn'))
  if (own) return checked ? 0.97 : 0.9
  if (weight === 'own') return 0
  const any = near('nationalId') || near('taxId') || near('healthId') || near('ssn')
  if (any) return checked ? 0.93 : 0.8
  if (weight === 'alone') return checked ? 0.9 : 0.75
  // A heading or a column's name announces all that stands below it.
  const headed = checked && end - start >= 9
  return headed && (reading.near(OWN[type], start, end, HEADED) || reading.near('ssn', start, end, HEADED))
    ? 0.62
    : 0
}

const best = (reading: Reading, start: number, announced: boolean): Hit | null => {
  const { text } = reading
  let chosen: Hit | null = null
  for (const { value, end } of FORMS.match(text, start)) {
    const { identifier, weight } = value
    if (chosen !== null && end < chosen.end) break
    if (!announced && weight !== 'alone') continue
    const confidence = confidenceOf(reading, identifier, weight, start, end)
    if (confidence <= (chosen?.confidence ?? 0) || !standsAlone(text, start, end)) continue
    if (!identifier.valid(text.slice(start, end))) continue
    const why = identifier.checked === false ? 'its form and ranges' : 'its form and check digits'
    const beside = confidence > 0.9 || weight !== 'alone' ? ', beside a word for such numbers' : ''
    chosen = {
      kind: 'identity',
      type: identifier.type,
      sub: identifier.sub,
      start,
      end,
      confidence,
      reason: `a ${identifier.name} by ${why}${beside}`,
    }
  }
  return chosen
}

/** National, tax and health numbers that have a form of their own, most with check digits. */
export const identity: Detector = {
  name: 'identity',
  detect: (reading) => {
    const hits: Hit[] = []
    const { tokens } = reading
    const announced = GROUPS.some((group) => reading.has(group))
    for (let i = 0; i < tokens.length; i += 2) {
      const hit = best(reading, tokens[i] ?? 0, announced)
      if (hit !== null) hits.push(hit)
    }
    return hits
  },
}
