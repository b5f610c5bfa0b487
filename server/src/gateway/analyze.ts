import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError, type Fault, faultOf, type Snapshot } from '../domain/index.ts'
import {
  ANONYMIZER_NAMES,
  analyzeResults,
  anonymize,
  DEANONYMIZER_NAMES,
  deanonymize,
  type Fields,
  readAnalyze,
  readFields,
  recognizers,
  supportedEntities,
} from '../presidio/index.ts'
import { admit } from './admit.ts'
import { readBody } from './body.ts'
import { Client, clientLeft, type Ending, gone, ourHeaders, refusal } from './client.ts'
import { identify } from './identify.ts'
import type { PipelineParts } from './pipeline.ts'
import type { PresidioAct } from './routes.ts'
import { settle } from './settle.ts'
import type { Trace } from './trace.ts'

/** More than this is not read in one go: the process that does it serves everybody else too. */
const MOST_BODY = 1024 * 1024

/** Presidio's shape of a refusal; the headers are ours. */
const presidioRefusal = (trace: Trace, fault: Fault): Ending => {
  const ending = refusal(trace, fault)
  return ending.type === 'whole' ? { ...ending, body: JSON.stringify({ error: fault.message }) } : ending
}

const answer = (trace: Trace, value: unknown): Ending => ({
  type: 'whole',
  status: 200,
  headers: { ...ourHeaders(trace, true, 0), 'content-type': 'application/json' },
  body: JSON.stringify(value),
  fault: null,
})

/** The organisation's own types, which are found like ours. */
const ownTypes = ({ sensitivity }: Snapshot): ReadonlySet<string> =>
  new Set([...sensitivity.words, ...sensitivity.patterns].map(({ type }) => type))

const analyzed = (parts: PipelineParts, trace: Trace, fields: Fields): unknown => {
  const request = readAnalyze(fields, ownTypes(trace.snapshot))
  trace.dropped = request.dropped
  const results = request.texts.map((text) => {
    try {
      return analyzeResults(request, text, parts.labeller.find(text))
    } catch (thrown) {
      throw new CausewayError('detection_failed', 'The text could not be read to its end.', { cause: thrown })
    }
  })
  return request.batch ? results : results[0]
}

const acted = (parts: PipelineParts, trace: Trace, act: PresidioAct, fields: Fields): unknown => {
  switch (act) {
    case 'analyze':
      return analyzed(parts, trace, fields)
    case 'anonymize':
      return anonymize(fields, randomBytes(32).toString('base64url'))
    case 'deanonymize':
      return deanonymize(fields)
    default:
      throw new CausewayError('internal', `${act} takes no body.`)
  }
}

const serve = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  client: Client,
  act: PresidioAct,
): Promise<Ending> => {
  admit(parts, trace, request)
  parts.enter(client)
  const { limits } = trace.snapshot
  const body = await readBody(request, Math.min(limits.body, MOST_BODY), limits.receive)
  trace.bytesIn = body.length
  const value = acted(parts, trace, act, readFields(body, limits.depth))
  return answer(trace, value)
}

const endingOf = (trace: Trace, client: Client, thrown: unknown): Ending => {
  const fault = faultOf(thrown)
  return fault.code === 'client_closed' || client.left ? gone(clientLeft()) : presidioRefusal(trace, fault)
}

const listed = (trace: Trace, act: PresidioAct): unknown => {
  const own = ownTypes(trace.snapshot)
  switch (act) {
    case 'supportedentities':
      return supportedEntities(own)
    case 'recognizers':
      return recognizers(own)
    case 'anonymizers':
      return ANONYMIZER_NAMES
    case 'deanonymizers':
      return DEANONYMIZER_NAMES
    default:
      throw new CausewayError('internal', `${act} is no list.`)
  }
}

const answerList = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  response: ServerResponse,
  act: PresidioAct,
): Promise<void> => {
  const client = new Client(response, trace)
  try {
    trace.principal = identify(request.headers, parts.keyring())
    const body = JSON.stringify(listed(trace, act))
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-causeway-request': trace.id,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  } catch (thrown) {
    await settle(parts, trace, client, presidioRefusal(trace, faultOf(thrown)), presidioRefusal)
  }
}

/**
 * Presidio's REST shape: `/analyze` with the labeller's eyes, `/anonymize`, `/deanonymize`, and lists of what there
 * is. A call like every other: a key, its rate, room, a record (of the call; nothing of the text or of what was
 * found stands in it). Successful lists are no calls and are not recorded. Further readers are not asked. Never
 * rejects.
 */
export const answerPresidio = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  response: ServerResponse,
  act: PresidioAct,
): Promise<void> => {
  if (act === 'health') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : 'Causeway is up, in the shape of Presidio.\n')
    return
  }
  if (request.method !== 'POST') return answerList(parts, trace, request, response, act)
  const client = new Client(response, trace)
  let ending: Ending
  try {
    ending = await serve(parts, trace, request, client, act)
  } catch (thrown) {
    ending = endingOf(trace, client, thrown)
  }
  await settle(parts, trace, client, ending, presidioRefusal)
}
