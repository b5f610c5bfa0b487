import type { Call } from '../domain/index.ts'
import { wireOf } from '../wire/index.ts'
import { type Ending, ourHeaders } from './client.ts'
import type { Trace } from './trace.ts'

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
