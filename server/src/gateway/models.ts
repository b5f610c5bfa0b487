import type { IncomingMessage, ServerResponse } from 'node:http'
import { CausewayError, type Dialect } from '../domain/index.ts'
import { judge } from '../policy/index.ts'
import { modelList } from '../portfolio/index.ts'
import { geminiModel, geminiModels, ollamaTags } from '../wire/index.ts'
import { dialectIn, identify } from './identify.ts'
import { type PipelineParts, turnAway } from './pipeline.ts'
import type { Trace } from './trace.ts'

interface Listed {
  readonly id: string
  readonly kind: 'route' | 'target'
  readonly sides: readonly string[]
}

const openAiModel = ({ id, kind, sides }: Listed): object => ({
  id,
  object: 'model',
  created: 0,
  owned_by: 'causeway',
  causeway: { kind, sides },
})
const anthropicModel = ({ id }: Listed): object => ({
  type: 'model',
  id,
  display_name: id,
  created_at: '1970-01-01T00:00:00Z',
})

const listBody = (models: readonly Listed[], dialect: Dialect): unknown => {
  switch (dialect) {
    case 'anthropic-messages':
      return {
        data: models.map(anthropicModel),
        has_more: false,
        first_id: models[0]?.id ?? null,
        last_id: models.at(-1)?.id ?? null,
      }
    case 'gemini':
      return geminiModels(models)
    case 'ollama':
      return ollamaTags(models)
    default:
      return { object: 'list', data: models.map(openAiModel) }
  }
}

const modelBody = (model: Listed, dialect: Dialect): unknown => {
  if (dialect === 'gemini') return geminiModel(model)
  return dialect === 'anthropic-messages' ? anthropicModel(model) : openAiModel(model)
}

/**
 * `GET /v1/models` and `/v1/models/{id}`, `/v1beta/models`, `/api/tags`: routes, and the targets that the key's uses
 * could ever reach. `shape`: the dialect that the path stands for; where it stands for none, the client's headers
 * tell. Successful listings are no calls and are not recorded.
 */
export const answerModels = async (
  parts: PipelineParts,
  trace: Trace,
  request: IncomingMessage,
  response: ServerResponse,
  id: string | null,
  shape: Dialect | null,
): Promise<void> => {
  const dialect = shape ?? dialectIn(request.headers)
  try {
    const principal = identify(request.headers, parts.keyring())
    trace.principal = principal
    const models = modelList(trace.snapshot, principal, judge)
    const one = id === null ? null : models.find((model) => model.id === id)
    if (one === undefined) {
      throw new CausewayError(
        'unknown_model',
        `There is no model "${(id ?? '').slice(0, 100)}" here. There are: ${models
          .map((model) => model.id)
          .slice(0, 20)
          .join(', ')}.`,
        { field: 'model' },
      )
    }
    const body = JSON.stringify(one === null ? listBody(models, dialect) : modelBody(one, dialect))
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
        : new CausewayError('internal', 'The models could not be listed.', { cause: thrown })
    await turnAway(parts, trace, response, dialect, error)
  }
}
