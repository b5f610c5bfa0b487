import type { Json, JsonObject, Reviser, Revision } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { type RevisedDialect, type ReviseOptions, revisionOf, type Say } from '../stream/revise.ts'
import { everyText, jsonText } from '../stream/texts.ts'
import { candidatesIn, partsIn } from './faults.ts'
import { finishIn } from './finish.ts'

/** Members that are the protocol's own, opaque or no text, wherever they stand. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'responseId modelVersion createTime usageMetadata role finishReason blockReason id name mimeType data fileUri ' +
    'thoughtSignature language outcome toolType category probability severity status jsonPath token @type'
  ).split(' '),
)

const indexOf = (candidate: JsonObject, position: number): number =>
  typeof candidate['index'] === 'number' ? candidate['index'] : position

/** Arguments that come value by value, one value in several pieces. */
const goesOn = (part: JsonObject): boolean => {
  const one = part['functionCall']
  const pieces = isObject(one) ? one['partialArgs'] : undefined
  const piece = isList(pieces) && pieces.length === 1 ? pieces[0] : undefined
  return isObject(piece) && piece['willContinue'] === true
}

const call = (json: JsonObject, lane: string, key: string, say: Say): JsonObject => {
  const { args, partialArgs, ...others } = json
  const more = everyText(others, `${key}.more`, KEPT, say)
  return {
    ...json,
    ...(isObject(more) ? more : {}),
    ...(args === undefined ? {} : { args: jsonText(args, key, say) }),
    ...(isList(partialArgs)
      ? {
          partialArgs: partialArgs.map((piece) =>
            pieceOf(piece, partialArgs.length === 1 ? `${lane}args` : `${key}.value`, say),
          ),
        }
      : {}),
  }
}

const pieceOf = (piece: Json, key: string, say: Say): Json =>
  isObject(piece) && typeof piece['stringValue'] === 'string' && piece['stringValue'] !== ''
    ? { ...piece, stringValue: say({ key, form: 'text' }, piece['stringValue']) }
    : piece

/** What tools of the vendor are given and answer: any member of it may be text. */
const vendorTool = (part: JsonObject, key: string, say: Say): JsonObject => {
  const out: Record<string, Json> = {}
  for (const [name, member] of [
    ['toolCall', 'args'],
    ['toolResponse', 'response'],
  ] as const) {
    const tool = part[name]
    const said = isObject(tool) ? tool[member] : undefined
    if (isObject(tool) && said !== undefined) out[name] = { ...tool, [member]: jsonText(said, key, say) }
  }
  return out
}

const part = (json: JsonObject, lane: string, place: number, say: Say): JsonObject => {
  const { text, functionCall, toolCall, toolResponse, ...others } = json
  const more = everyText(others, `${lane}more:${place}`, KEPT, say)
  const sort = json['thought'] === true ? 'reasoning' : 'text'
  return {
    ...json,
    ...(isObject(more) ? more : {}),
    ...(typeof text === 'string' && text !== ''
      ? { text: say({ key: `${lane}${sort}`, form: 'text' }, text) }
      : {}),
    ...(isObject(functionCall)
      ? { functionCall: call(functionCall, lane, `${lane}more:tool:${place}`, say) }
      : {}),
    ...vendorTool(json, `${lane}more:vendor:${place}`, say),
  }
}

const candidate = (json: JsonObject, position: number, verbatim: boolean, say: Say): JsonObject => {
  const lane = `${indexOf(json, position)}/`
  const { content, logprobsResult, avgLogprobs, ...others } = json
  const more = everyText(others, `${lane}more:candidate`, KEPT, say)
  const parts = isObject(content) ? content['parts'] : undefined
  const said =
    isObject(content) && isList(parts)
      ? {
          content: {
            ...content,
            parts: parts.map((one, place) => (isObject(one) ? part(one, lane, place, say) : one)),
          },
        }
      : content === undefined
        ? {}
        : { content }
  return {
    ...said,
    ...(isObject(more) ? more : {}),
    ...(verbatim && logprobsResult !== undefined ? { logprobsResult } : {}),
    ...(verbatim && avgLogprobs !== undefined ? { avgLogprobs } : {}),
  }
}

const reply = (json: JsonObject, verbatim: boolean, say: Say): JsonObject => {
  const { candidates, embedding, embeddings, ...others } = json
  const told = isList(candidates)
    ? {
        candidates: candidates.map((one, position) =>
          isObject(one) ? candidate(one, position, verbatim, say) : one,
        ),
      }
    : {}
  const more = everyText(others, 'more:reply', KEPT, say)
  return { ...json, ...told, ...(isObject(more) ? more : {}) }
}

/** What an event speaks in, where that goes on in the next one. */
const spokenIn = (json: JsonObject, lane: string): readonly string[] =>
  partsIn(json).flatMap((one) => {
    if (typeof one['text'] !== 'string') return ['other']
    return one['text'] === '' ? [] : [`${lane}${one['thought'] === true ? 'reasoning' : 'text'}`]
  })

const over = (json: JsonObject, channel: string): boolean => {
  if (channel.includes('more:')) return true
  if (isObject(json['error'])) return true
  return candidatesIn(json).some((one, position) => {
    const lane = `${indexOf(one, position)}/`
    if (!channel.startsWith(lane)) return false
    if (finishIn(one) !== null) return true
    const parts = partsIn(one)
    if (channel === `${lane}args`) return parts.length > 0 && !parts.every(goesOn)
    const last = spokenIn(one, lane).at(-1)
    return last !== undefined && last !== channel
  })
}

/** One more piece of the argument that an event spoke of last. */
const argsPiece = (like: JsonObject, stringValue: string): JsonObject => {
  const calls = candidatesIn(like).flatMap(partsIn).filter(goesOn)
  const last = calls.at(-1)?.['functionCall']
  const pieces = isObject(last) ? last['partialArgs'] : undefined
  const piece = isList(pieces) && isObject(pieces[0]) ? pieces[0] : {}
  return { functionCall: { partialArgs: [{ ...piece, stringValue }], willContinue: true } }
}

const dialect = (verbatim: boolean): RevisedDialect => ({
  event: (json, say) => reply(json, verbatim, say),
  over,
  piece: ({ key }, like, text) => {
    const [lane = '0', sort = 'text'] = key.split('/')
    const piece =
      sort === 'args' ? argsPiece(like, text) : sort === 'reasoning' ? { text, thought: true } : { text }
    const { usageMetadata: _, promptFeedback: __, ...rest } = like
    return { ...rest, candidates: [{ content: { parts: [piece], role: 'model' }, index: Number(lane) }] }
  },
  whole: (json, say) => reply(json, verbatim, say),
})

/** Passes whatever an answer says through a reviser: text, thoughts, arguments, code, sources, and members nobody knows. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision =>
  revisionOf(dialect(options.verbatim === true), options, reviser)
