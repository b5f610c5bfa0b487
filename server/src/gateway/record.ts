import { costOf } from '../accounts/index.ts'
import type { Code, Cost, Fault, Outcome, RequestRecord, Usage } from '../domain/index.ts'
import type { Trace } from './trace.ts'

/** A try that an upstream took in and neither answered nor refused: it may have been charged, nobody can say. */
const swallowed = (trace: Trace): boolean =>
  trace.attempts.some((attempt) => attempt.sent && (attempt.status === null || attempt.status < 400))

/** Usage and its cost under the price of the target that answered. Nothing sent costs nothing; unknown is never zero. */
export const accounted = (trace: Trace): { readonly usage: Usage; readonly cost: Cost } => {
  const permit = trace.answered
  if (permit === null)
    return { usage: trace.usage, cost: { nanos: swallowed(trace) ? null : 0, estimated: false } }
  return { usage: trace.usage, cost: costOf(trace.usage, permit.target.price) }
}

const outcomeOf = (fault: Fault | null): Outcome => {
  if (fault === null) return 'answered'
  if (fault.code === 'client_closed') return 'client-closed'
  return fault.whose === 'client' || fault.whose === 'policy' ? 'refused' : 'failed'
}

/** A step that reads like a name of the vendor's API. Any other may be an id, or content. */
const NAME = /^[a-z][a-z_.:-]{0,39}\d{0,3}$/i

/** Records hold no content; behind the name of a target a path may be any. */
const shownPath = ({ path, dialect }: Trace): string =>
  dialect !== 'passthrough'
    ? path
    : path
        .split('/')
        .map((step, index) => (index < 3 || step === '' || NAME.test(step) ? step : '…'))
        .join('/')

const asked = (
  trace: Trace,
): Pick<
  RequestRecord,
  'method' | 'path' | 'dialect' | 'operation' | 'stream' | 'model' | 'key' | 'team' | 'use' | 'session'
> => ({
  method: trace.method,
  path: shownPath(trace).slice(0, 200),
  dialect: trace.dialect,
  operation: trace.operation,
  stream: trace.call?.stream ?? false,
  model: trace.call?.model.slice(0, 200) ?? null,
  key: trace.principal?.key ?? null,
  team: trace.principal?.team ?? null,
  use: trace.wishes?.use.name ?? null,
  session: trace.wishes?.session ?? null,
})

const found = (
  trace: Trace,
): Pick<RequestRecord, 'level' | 'kinds' | 'conditions' | 'findings' | 'omittedFindings'> => ({
  level: trace.label?.level ?? null,
  kinds: trace.label?.kinds ?? [],
  conditions: trace.label?.conditions ?? [],
  findings: trace.label?.findings ?? [],
  omittedFindings: trace.label?.omitted ?? 0,
})

const decided = (trace: Trace): Pick<RequestRecord, 'decision' | 'ranking'> => ({
  decision:
    trace.decision === null
      ? null
      : {
          input: trace.decision.input,
          verdict: {
            permitted: trace.decision.permits.map((permit) => ({
              target: permit.target.name,
              rule: permit.rule,
            })),
            refusals: trace.decision.refusals,
          },
        },
  ranking: trace.ranking,
})

/**
 * Step 8: the whole of a request as its record, refusals and failures included. `total` is in milliseconds
 * since arrival.
 */
export const recordOf = (trace: Trace, status: number, fault: Fault | null, total: number): RequestRecord => {
  const target = trace.answered?.target ?? null
  const { usage, cost } = accounted(trace)
  const code: Code | null = fault?.code ?? null
  return {
    id: trace.id,
    time: trace.time,
    outcome: outcomeOf(fault),
    status,
    code,
    message: fault?.message.slice(0, 600) ?? null,
    rule: fault?.rule ?? trace.answered?.rule ?? null,
    ...asked(trace),
    target: target?.name ?? null,
    side: target?.side ?? null,
    simulated: target?.simulated ?? false,
    ...found(trace),
    snapshot: trace.snapshot.hash,
    ...decided(trace),
    ...(trace.crossing === null ? {} : { crossing: trace.crossing }),
    ...(trace.guarded === null ? {} : { guarded: trace.guarded }),
    attempts: trace.attempts,
    dropped: trace.dropped.slice(0, 200),
    usage,
    cost,
    timing: { firstByte: trace.firstByte, total, gateway: trace.decided ?? total },
    bytes: { in: trace.bytesIn, out: trace.bytesOut },
  }
}
