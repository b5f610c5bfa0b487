import {
  type Block,
  type Call,
  CausewayError,
  type Conversation,
  type JsonObject,
  type Turn,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { invalid, isObject } from '../body/fields.ts'
import { Rest } from '../body/rest.ts'
import { CallNames, partBlocks } from './parts.ts'
import { NAMES, settingsOf, toolsOf } from './settings.ts'
import { camel, many } from './spelling.ts'

const MAPPED = [
  'model',
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'generationConfig',
  'labels',
] as const

/** A generateContent call in no dialect: the system instruction first, then one turn for each content. */
export const conversation = (call: Call): Conversation => {
  if (call.operation !== 'chat') {
    throw new CausewayError(
      'cannot_translate',
      `Gemini’s "${call.operation}" is not carried into other dialects.`,
    )
  }
  const rest = new Rest()
  const json = camel(exactJson(call), '')
  rest.others(json, MAPPED, '')
  const tools = toolsOf(json, rest)
  return {
    dialect: 'gemini',
    turns: [...systemTurns(json, rest), ...contentTurns(json, rest)],
    tools,
    settings: settingsOf(json, tools, rest),
    names: NAMES,
    stream: call.stream,
    rest: rest.fields(),
  }
}

const systemTurns = (json: JsonObject, rest: Rest): readonly Turn[] => {
  const system = json['systemInstruction']
  if (!isObject(system)) return []
  const at = 'systemInstruction'
  rest.others(system, ['role', 'parts'], at)
  const names = new CallNames()
  const blocks = many(system['parts'], `${at}.parts`).flatMap((part) => partBlocks(part, names, rest))
  return blocks.length === 0 ? [] : [{ role: 'system', at, blocks }]
}

const contentTurns = (json: JsonObject, rest: Rest): readonly Turn[] => {
  const names = new CallNames()
  return many(json['contents'], 'contents').map(({ json: content, at }, index) => {
    rest.others(content, ['role', 'parts'], at)
    const role = roleOf(content, at)
    if (role === 'assistant') names.begin(index)
    const blocks = many(content['parts'], `${at}.parts`).flatMap((part) => partBlocks(part, names, rest))
    return { role, at, blocks: withoutEchoes(blocks) }
  })
}

const roleOf = (content: JsonObject, at: string): Turn['role'] => {
  switch (content['role']) {
    case undefined:
    case null:
    case '':
    case 'user':
    case 'function':
      return 'user'
    case 'model':
      return 'assistant'
    default:
      throw invalid(`${at}.role`, 'is not one of user and model')
  }
}

/** Thoughts shown to the client as they came, where the sealed block that follows holds them again for its issuer. */
const withoutEchoes = (blocks: readonly Block[]): readonly Block[] => {
  const out: Block[] = []
  for (const block of blocks) {
    if (block.type === 'reasoning' && block.native.dialect !== 'gemini') {
      let thought = ''
      while (thought.length < block.text.length) {
        const last = out.at(-1)
        if (last?.type !== 'reasoning' || last.native.dialect !== 'gemini' || last.signature !== null) break
        thought = last.text + thought
        out.pop()
      }
    }
    out.push(block)
  }
  return out
}
