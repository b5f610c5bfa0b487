import { pathToFileURL } from 'node:url'
import { EngineError, reasonOf } from './errors.ts'
import type { Generator, Piece, Prompt, Sampling, Turn } from './generator.ts'
import { runtimeModule } from './runtime.ts'
import type { PulledModel } from './shelf.ts'

/** The part of node-llama-cpp 3.22 that is used here. Source: its type declarations. */
interface Runtime {
  getLlama(options: Record<string, unknown>): Promise<Llama>
  resolveChatWrapper(model: LlamaModel): ChatWrapper
}

interface Llama {
  loadModel(options: { modelPath: string; loadSignal?: AbortSignal }): Promise<LlamaModel>
  dispose(): Promise<void>
}

interface LlamaModel {
  readonly trainContextSize: number
  readonly tokens: { readonly bos: number | null; readonly shouldPrependBosToken: boolean }
  readonly tokenizer: unknown
  detokenize(tokens: readonly number[], special?: boolean, before?: readonly number[]): string
  isEogToken(token: number): boolean
  createContext(options: Record<string, unknown>): Promise<LlamaContext>
}

interface LlamaContext {
  readonly contextSize: number
  getSequence(): Sequence
}

interface Sequence {
  readonly contextTokens: readonly number[]
  readonly nextTokenIndex: number
  eraseContextTokenRanges(ranges: readonly { start: number; end: number }[]): Promise<void>
  evaluate(tokens: readonly number[], options: Record<string, unknown>): AsyncGenerator<number, void>
  evaluateWithoutGeneratingNewTokens(tokens: readonly number[]): Promise<void>
}

interface ChatWrapper {
  generateContextState(options: { chatHistory: readonly unknown[] }): {
    readonly contextText: { tokenize(tokenizer: unknown): number[] }
  }
}

export interface LoadOptions {
  readonly model: PulledModel
  readonly runtimeFolder: string
  readonly context: number
  readonly threads: number
  readonly signal?: AbortSignal | undefined
}

const BATCH_TOKENS = 512
/** Tokens of a prompt between two looks at whether the client is still there: 2 s on two shared processors. */
const LOOK_TOKENS = 256
/** A character spans a few tokens at most; what is still broken after so many is passed on as it is. */
const MOST_TOKENS_PER_CHARACTER = 6
/** How many of the latest tokens the penalties look at. */
const PENALTY_WINDOW = 256

/** Loads a model into this process. Throws `load_failed` or `memory_short`. */
export const loadGenerator = async (options: LoadOptions): Promise<Generator> => {
  const { model, threads, signal } = options
  const runtime = await importRuntime(options.runtimeFolder)
  try {
    const settings = {
      gpu: false,
      build: 'never',
      skipDownload: true,
      logLevel: 'error',
      maxThreads: threads,
    }
    const llama = await runtime.getLlama(settings)
    const loaded = await llama.loadModel({
      modelPath: model.path,
      ...(signal === undefined ? {} : { loadSignal: signal }),
    })
    const contextSize = Math.min(options.context, loaded.trainContextSize)
    const context = await loaded.createContext({
      contextSize,
      sequences: 1,
      threads,
      batchSize: BATCH_TOKENS,
    })
    const voice = {
      model: loaded,
      sequence: context.getSequence(),
      wrapper: runtime.resolveChatWrapper(loaded),
    }
    return {
      model: model.name,
      title: model.title,
      forWork: model.forWork,
      context: context.contextSize,
      threads,
      defaults: { temperature: model.temperature, topP: model.topP },
      prepare: (turns) => preparePrompt(voice, turns, context.contextSize),
      close: () => llama.dispose(),
    }
  } catch (thrown) {
    const short = thrown instanceof Error && thrown.name === 'InsufficientMemoryError'
    const message = `${model.title} can't be loaded: ${reasonOf(thrown)}`
    throw new EngineError(short ? 'memory_short' : 'load_failed', message, { cause: thrown })
  }
}

const importRuntime = async (folder: string): Promise<Runtime> => {
  try {
    const module: unknown = await import(pathToFileURL(runtimeModule(folder)).href)
    if (isRuntime(module)) return module
  } catch (thrown) {
    throw new EngineError('load_failed', `The runtime in ${folder} can't be loaded: ${reasonOf(thrown)}`, {
      cause: thrown,
    })
  }
  throw new EngineError('load_failed', `The runtime in ${folder} is not the one this version knows.`)
}

const isRuntime = (module: unknown): module is Runtime =>
  typeof module === 'object' &&
  module !== null &&
  'getLlama' in module &&
  typeof module.getLlama === 'function' &&
  'resolveChatWrapper' in module &&
  typeof module.resolveChatWrapper === 'function'

interface Voice {
  readonly model: LlamaModel
  readonly sequence: Sequence
  readonly wrapper: ChatWrapper
}

const preparePrompt = (voice: Voice, turns: readonly Turn[], context: number): Prompt => {
  const { model, wrapper } = voice
  const chatHistory = [...turns.map(historyItem), { type: 'model', response: [''] }]
  const tokens = wrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer)
  // ChatML's first mark is the begin token of some models, and then comes twice.
  const doubled =
    !model.tokens.shouldPrependBosToken && tokens[0] === model.tokens.bos && tokens[1] === tokens[0]
  if (doubled) tokens.shift()
  let reused = 0
  return {
    size: tokens.length,
    reused: () => reused,
    generate: (sampling, signal) =>
      generate(
        voice,
        tokens,
        { ...sampling, maxTokens: Math.min(sampling.maxTokens, context - tokens.length) },
        signal,
        (count) => {
          reused = count
        },
      ),
  }
}

const historyItem = (turn: Turn): unknown => {
  switch (turn.role) {
    case 'system':
      return { type: 'system', text: turn.text }
    case 'user':
      return { type: 'user', text: turn.text }
    case 'assistant':
      return { type: 'model', response: [turn.text] }
  }
}

async function* generate(
  voice: Voice,
  tokens: readonly number[],
  sampling: Sampling,
  signal: AbortSignal,
  onReused: (count: number) => void,
): AsyncGenerator<Piece, { readonly ended: boolean }> {
  const { model, sequence } = voice
  const kept = await rewind(sequence, tokens)
  onReused(kept)
  let from = kept
  for (; tokens.length - from > LOOK_TOKENS; from += LOOK_TOKENS) {
    signal.throwIfAborted()
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(from, from + LOOK_TOKENS))
  }
  const said: number[] = []
  let pending: number[] = []
  for await (const token of sequence.evaluate(tokens.slice(from), evaluation(sampling, said))) {
    signal.throwIfAborted()
    if (model.isEogToken(token)) return { ended: true }
    pending.push(token)
    const text = model.detokenize(pending, false, said.slice(-8))
    const whole = !text.endsWith('\uFFFD') || pending.length >= MOST_TOKENS_PER_CHARACTER
    said.push(token)
    if (whole) pending = []
    yield { text: whole ? text : '' }
    if (said.length >= sampling.maxTokens) return { ended: false }
  }
  return { ended: true }
}

// What the last call left in the context is kept as far as this prompt begins alike: a conversation costs its last turn.
const rewind = async (sequence: Sequence, tokens: readonly number[]): Promise<number> => {
  const held = sequence.contextTokens
  let alike = 0
  while (alike < held.length && alike < tokens.length - 1 && held[alike] === tokens[alike]) alike += 1
  if (sequence.nextTokenIndex > alike) {
    await sequence.eraseContextTokenRanges([{ start: alike, end: sequence.nextTokenIndex }])
  }
  return sequence.nextTokenIndex
}

const evaluation = (sampling: Sampling, said: readonly number[]): Record<string, unknown> => ({
  temperature: sampling.temperature,
  topP: sampling.topP,
  yieldEogToken: true,
  ...(sampling.topK === null ? {} : { topK: sampling.topK }),
  ...(sampling.minP === null ? {} : { minP: sampling.minP }),
  ...(sampling.seed === null ? {} : { seed: sampling.seed >>> 0 }),
  repeatPenalty: {
    punishTokens: () => said.slice(-PENALTY_WINDOW),
    // Models this small say one sentence over and over without it; penalties that the client names stand alone.
    penalty: sampling.frequencyPenalty === 0 && sampling.presencePenalty === 0 ? 1.1 : 1,
    frequencyPenalty: sampling.frequencyPenalty,
    presencePenalty: sampling.presencePenalty,
  },
})
