import { type Call, CausewayError, type ReplyHead, type UpstreamFault } from '../domain/index.ts'
import { providerOf } from '../providers/index.ts'
import { type Failed, mayRetry } from './attempt.ts'
import type { Composed } from './egress.ts'
import { isEncoded, wholeTypeOf } from './headers.ts'

/** Answers that say of a target that it cannot answer anybody. */
const DOWN: ReadonlySet<number> = new Set([502, 503, 504])

const errorOf = (fault: UpstreamFault, target: string, status: number): CausewayError =>
  new CausewayError(fault.code, `Target ${target} answered ${status}.`, {
    ...(fault.message === '' ? {} : { quoted: fault.message }),
    ...(fault.after === null ? {} : { after: fault.after }),
    ...(fault.code === 'upstream_rejected' && status >= 400 && status < 500 ? { status } : {}),
  })

/**
 * What an upstream's refusal means: whose fault it is, whether another target may do better, and whether the client
 * gets it word for word. `body` holds no secret any more; `headers` makes those that go with it.
 */
export const refused = (
  call: Call,
  { permit: { target }, raw }: Composed,
  head: ReplyHead,
  body: string,
  headers: () => Readonly<Record<string, string>>,
): Failed => {
  const { status } = head
  const fault = providerOf(target.provider).fault(head, body)
  const error = errorOf(fault, target.name, status)
  const isPassedOn =
    (call.verbatim !== null && !isEncoded(head.headers)) ||
    (raw && fault.whose === 'client' && body.startsWith('{'))
  return {
    type: 'failed',
    error,
    retry: mayRetry(fault) || call.operation === 'count',
    after: fault.after,
    // A client may ask for what its target has not, or may not be asked; that says nothing of the target's health.
    blame: call.verbatim === null ? fault.whose !== 'client' : DOWN.has(status),
    reply: isPassedOn
      ? {
          type: 'whole',
          status,
          headers: {
            ...headers(),
            'content-type': wholeTypeOf(call, head.headers),
            'x-causeway-code': fault.code,
            'x-should-retry': 'false',
          },
          body,
          fault: error.fault,
        }
      : null,
  }
}
