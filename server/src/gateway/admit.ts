import type { IncomingMessage } from 'node:http'
import { checkRates } from '../accounts/index.ts'
import { CausewayError, type Counters, type Principal } from '../domain/index.ts'
import { checkWishes, identify, type Keyring, type Wishes, wishesOf } from './identify.ts'
import type { Trace } from './trace.ts'

export interface AdmitParts {
  readonly keyring: () => Keyring
  readonly counters: Counters
}

/** Step 2: who asks, at which rate, and how they wish it done. Throws what `identify` and the wishes throw, and `rate_limited`. */
export const admit = (
  parts: AdmitParts,
  trace: Trace,
  request: IncomingMessage,
): { readonly principal: Principal; readonly wishes: Wishes } => {
  const principal = identify(request.headers, parts.keyring())
  trace.principal = principal
  const wait = checkRates(principal, parts.counters)
  if (wait !== null) {
    throw new CausewayError('rate_limited', `Key ${principal.key} is over its rate.`, {
      after: wait,
      rule: 'rate',
    })
  }
  checkWishes(request.rawHeaders)
  const wishes = wishesOf(request.headers, principal, trace.snapshot)
  trace.wishes = wishes
  return { principal, wishes }
}
