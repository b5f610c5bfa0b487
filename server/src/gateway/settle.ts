import { type Clock, faultOf, type Label, type Recorder, type RequestRecord } from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'
import { type Client, type Ending, refusal, sizeOf } from './client.ts'
import type { Offer } from './offer.ts'
import { recordOf } from './record.ts'
import { elapsed, isLabelled, type Trace } from './trace.ts'

export interface SettleParts {
  readonly recorder: Recorder
  readonly clock: Clock
  /** Told of every record after it is durable. */
  readonly settled: (record: RequestRecord) => void
}

/** The intent leaf, durable before the first byte leaves, where the label or the configuration asks for it. */
export const declare = async (
  parts: SettleParts,
  trace: Trace,
  label: Label,
  offers: readonly Offer[],
): Promise<void> => {
  const { audit, hash } = trace.snapshot
  if (audit.intent === 'none' || (audit.intent === 'labelled' && !isLabelled(label))) return
  await parts.recorder.intent({
    v: 1,
    type: 'intent',
    request: trace.id,
    time: new Date(parts.clock.now()).toISOString(),
    key: trace.principal?.key ?? '',
    use: trace.wishes?.use.name ?? '',
    level: label.level,
    kinds: label.kinds,
    conditions: label.conditions,
    snapshot: hash,
    targets: offers.map(({ permit }) => permit.target.name),
  })
}

/** Step 8: the record is durable before the last byte of the answer; without a record there is no answer. */
export const settle = async (
  parts: SettleParts,
  trace: Trace,
  client: Client,
  ending: Ending,
  refuse: typeof refusal = refusal,
): Promise<void> => {
  const status = ending.type === 'whole' ? ending.status : ending.type === 'gone' ? 499 : 200
  trace.bytesOut += sizeOf(ending)
  const record = recordOf(trace, status, ending.fault, elapsed(trace, parts.clock))
  const kept = parts.recorder.outcome(record)
  if (trace.snapshot.audit.outcome === 'relaxed') {
    kept.catch(() => undefined)
    client.finish(ending)
    parts.settled(record)
    return
  }
  try {
    await kept
  } catch (thrown) {
    const fault = faultOf(thrown)
    const dialect = trace.dialect ?? 'openai-chat'
    client.finish(
      client.begun
        ? { type: 'rest', rest: [wireOf(dialect).errorEvent(fault, trace.id)], fault }
        : refuse(trace, fault),
    )
    return
  }
  client.finish(ending)
  parts.settled(record)
}
