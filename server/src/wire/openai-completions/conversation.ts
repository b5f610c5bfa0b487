import {
  type Block,
  type Call,
  type Conversation,
  type Dialect,
  NO_SETTINGS,
  type Settings,
  type Turn,
} from '../../domain/index.ts'
import { exactJson } from '../body/exact.ts'
import { isList, isObject, number, positiveInteger, text, texts } from '../body/fields.ts'
import { Rest } from '../body/rest.ts'
import { untranslatable } from '../body/untranslatable.ts'

/** Fields that both dialects have under one name; `seed` has two. */
const MAPPED = [
  'model',
  'prompt',
  'suffix',
  'stream',
  'stream_options',
  'max_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'random_seed',
  'n',
  'frequency_penalty',
  'presence_penalty',
  'logit_bias',
  'user',
]

const NAMES: Conversation['names'] = {
  maxTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  stop: 'stop',
  seed: 'seed',
  count: 'n',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  logitBias: 'logit_bias',
  user: 'user',
}

/** The text before the gap and the text behind it, each as a turn at its place. */
const turnOf = (dialect: Dialect, at: 'prompt' | 'suffix', said: string): Turn => {
  const block: Block = { type: 'text', text: said, native: { dialect, raw: said } }
  return { role: 'user', at, blocks: [block] }
}

/** A completion in no dialect: what stands before the gap, then what stands behind it where that is said. */
export const conversation = (call: Call): Conversation => {
  const rest = new Rest()
  const json = exactJson(call)
  const { dialect } = call
  rest.others(json, MAPPED, '')
  const prompt = json['prompt']
  const only = isList(prompt) && prompt.length === 1 ? prompt[0] : prompt
  if (typeof only !== 'string') {
    throw untranslatable('prompt', dialect, 'it is more than one text, or made of token ids')
  }
  const suffix = text(json, 'suffix')
  const stop = json['stop']
  const bias = json['logit_bias']
  const settings: Settings = {
    ...NO_SETTINGS,
    maxTokens: positiveInteger(json, 'max_tokens'),
    temperature: number(json, 'temperature'),
    topP: number(json, 'top_p'),
    stop: typeof stop === 'string' ? [stop] : texts(json, 'stop'),
    seed: number(json, 'seed') ?? number(json, 'random_seed'),
    count: positiveInteger(json, 'n'),
    frequencyPenalty: number(json, 'frequency_penalty'),
    presencePenalty: number(json, 'presence_penalty'),
    logitBias: isObject(bias) ? bias : null,
    user: text(json, 'user'),
  }
  const before = turnOf(dialect, 'prompt', only)
  return {
    dialect,
    turns: suffix === null ? [before] : [before, turnOf(dialect, 'suffix', suffix)],
    tools: [],
    settings,
    names: dialect === 'mistral-fim' ? { ...NAMES, seed: 'random_seed' } : NAMES,
    stream: call.stream,
    rest: rest.fields(),
  }
}
