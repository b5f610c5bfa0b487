import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError } from '../domain/index.ts'
import { judge } from '../policy/index.ts'
import { modelList } from '../portfolio/index.ts'
import { ollamaShow, ollamaVersion } from '../wire/index.ts'
import { readBody } from './body.ts'
import { identify } from './identify.ts'
import { type PipelineParts, turnAway } from './pipeline.ts'
import type { Trace } from './trace.ts'

/** Bytes of a question about one model. */
const MOST = 64 * 1024

const shown = async (parts: PipelineParts, trace: Trace, request: IncomingMessage): Promise<unknown> => {
  const principal = identify(request.headers, parts.keyring())
  trace.principal = principal
  const body = await readBody(request, MOST, trace.snapshot.limits.receive)
  let name: unknown
  try {
    const asked: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    if (typeof asked === 'object' && asked !== null) {
      name = 'model' in asked ? asked.model : 'name' in asked ? asked.name : undefined
    }
  } catch {
    throw new CausewayError('invalid_json', 'The body is not JSON.')
  }
  const model = modelList(trace.snapshot, principal, judge).find(({ id }) => id === name)
  if (model !== undefined) return ollamaShow(model.id)
  throw new CausewayError('unknown_model', 'There is no model of that name here.', { field: 'model' })
}

/** What a client of Ollama asks beside its calls: which version this is, and what a model is. Not recorded. */
export const answerOllama = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  response: ServerResponse,
  act: 'version' | 'show',
): Promise<void> => {
  try {
    const body = JSON.stringify(act === 'version' ? ollamaVersion : await shown(parts, trace, request))
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-causeway-request': trace.id,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  } catch (thrown) {
    const error =
      thrown instanceof CausewayError
        ? thrown
        : new CausewayError('internal', 'The model could not be shown.', { cause: thrown })
    await turnAway(parts, trace, response, 'ollama', error)
  }
}
