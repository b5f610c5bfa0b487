import type { Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import type { ReplyFault } from '../stream/relay.ts'

/** `{error: {code, message, status}}`, or null where this is none. */
export const faultIn = (json: JsonObject): ReplyFault | null => {
  const error = json['error']
  if (typeof error === 'string' && error !== '') return { message: error, status: null }
  if (!isObject(error)) return null
  const code = error['code']
  return {
    message: stringAt(error, 'message') ?? 'an error without a message',
    status: typeof code === 'number' && code >= 400 && code < 600 ? code : null,
  }
}

/** The first candidate's objects of a reply. */
export const candidatesIn = (json: JsonObject): readonly JsonObject[] => {
  const list: Json | undefined = json['candidates']
  return isList(list) ? list.filter(isObject) : []
}

export const partsIn = (candidate: JsonObject): readonly JsonObject[] => {
  const content = candidate['content']
  const parts = isObject(content) ? content['parts'] : undefined
  return isList(parts) ? parts.filter(isObject) : []
}

/** Why the prompt was not answered at all, or null. */
export const blockIn = (json: JsonObject): string | null => {
  const feedback = json['promptFeedback']
  const reason = isObject(feedback) ? feedback['blockReason'] : undefined
  return typeof reason === 'string' && reason !== '' && reason !== 'BLOCK_REASON_UNSPECIFIED' ? reason : null
}
