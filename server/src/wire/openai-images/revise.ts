import type { JsonObject, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { unrevised } from '../body/relayed.ts'
import { type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'

const revised = (json: JsonObject, say: Say): JsonObject => {
  const data = json['data']
  if (!isList(data)) return json
  return {
    ...json,
    data: data.map((picture, index) => {
      const prompt = isObject(picture) ? picture['revised_prompt'] : undefined
      return isObject(picture) && typeof prompt === 'string'
        ? { ...picture, revised_prompt: say({ key: `prompt:${index}`, form: 'text' }, prompt) }
        : picture
    }),
  }
}

/** The one text of an answer is the prompt as its model understood it; drafts of a stream hold none. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision =>
  options.stream
    ? unrevised()
    : revisionOf(
        { event: (json) => json, over: () => true, piece: (_channel, like) => like, whole: revised },
        options,
        reviser,
      )
