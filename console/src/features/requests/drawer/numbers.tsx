import type { RequestRecord } from '../../../contract.ts'
import { bytes, count, duration, money } from '../../../ui/format.ts'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'

/** Tokens, money and time; what nobody reported is left out, cost never is. */
export const Numbers = ({
  record: { usage, cost, timing, outcome, bytes: sizes },
}: {
  readonly record: RequestRecord
}) => {
  const tokens = (number: number | null): string | null =>
    number === null ? null : `${usage.estimated ? '~' : ''}${count(number)}`
  return (
    <Section title="Numbers">
      <Facts
        facts={[
          { name: 'Tokens in', value: tokens(usage.input) ?? 'not reported' },
          { name: 'Tokens out', value: tokens(usage.output) ?? 'not reported' },
          { name: 'of them from cache', value: tokens(usage.cacheRead) },
          { name: 'written to cache', value: tokens(usage.cacheWrite) },
          { name: 'of them reasoning', value: tokens(usage.reasoning) },
          {
            name: 'Cost',
            value:
              cost.nanos === null && outcome === 'refused'
                ? 'nothing was sent'
                : money(cost.nanos, cost.estimated),
          },
          { name: 'First byte', value: timing.firstByte === null ? null : duration(timing.firstByte) },
          { name: 'Whole request', value: duration(timing.total) },
          { name: 'of it in the gateway', value: duration(timing.gateway) },
          { name: 'Bytes in, out', value: `${bytes(sizes.in)}, ${bytes(sizes.out)}` },
        ]}
      />
    </Section>
  )
}
