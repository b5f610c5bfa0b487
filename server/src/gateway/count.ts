import type { Call, Decision } from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'
import { type Ending, ourHeaders } from './client.ts'
import { dialectFor } from './egress.ts'
import type { Trace } from './trace.ts'

/** Whether a call asks for a count that no permitted target can give. */
export const isCountedHere = (call: Call, { permits }: Decision): boolean =>
  call.operation === 'count' &&
  !permits.some(({ target }) => target.operations.includes('count') && dialectFor(call, target) !== null)

/**
 * Token counting where no permitted target counts: an estimate made here (UTF-8 bytes / 4), so that nothing
 * leaves and a client that only budgets is not turned away. `x-causeway-estimated` says that it is one.
 */
export const countedHere = (trace: Trace, call: Call): Ending => ({
  type: 'whole',
  status: 200,
  headers: {
    ...ourHeaders(trace, true, 0),
    'content-type': 'application/json',
    'x-causeway-estimated': 'input_tokens',
  },
  body: JSON.stringify(wireOf(call.dialect).countBody(call.needs.inputTokens)),
  fault: null,
})
