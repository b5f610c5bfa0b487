import { basename, dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { piecesOf } from '../lib/index.ts'
import type { FromTokens, TokensSetting, ToTokens } from './token-messages.ts'
import { spansOf, type Token, type TokenSpan } from './token-spans.ts'

/*
 * The entry of the thread in which a token classifier runs, one text after the other. The library is loaded in
 * here only, from where it is installed; it may read the model's folder and nothing else, and download nothing.
 */

/** What is used of the library. Source: the type declarations of @huggingface/transformers 4.3. */
interface Library {
  readonly env: Record<string, unknown>
  pipeline(task: string, model: string, options: Record<string, unknown>): Promise<Classifier>
}

interface Classifier {
  (text: string, options: { readonly ignore_labels: readonly string[] }): Promise<unknown>
  readonly tokenizer: { encode(text: string): readonly unknown[]; readonly model_max_length?: unknown }
  readonly model: { readonly config: Readonly<Record<string, unknown>> }
}

const isFunction = (value: unknown): boolean => typeof value === 'function'

const isLibrary = (value: unknown): value is Library =>
  typeof value === 'object' &&
  value !== null &&
  'pipeline' in value &&
  isFunction(value.pipeline) &&
  'env' in value &&
  typeof value.env === 'object'

const port = parentPort
if (port === null) throw new TypeError('this file is the entry of a worker thread')
const { library, folder }: TokensSetting = workerData
const say = (message: FromTokens): void => port.postMessage(message)

const load = async (): Promise<Classifier> => {
  const module: unknown = await import(library)
  if (!isLibrary(module)) throw new TypeError('the library is not the one this version knows')
  Object.assign(module.env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: `${dirname(folder)}/`,
    useFSCache: false,
    useBrowserCache: false,
  })
  return module.pipeline('token-classification', basename(folder), { local_files_only: true })
}

const FEWEST = 16
const MOST_TOKENS = 512

const limitOf = ({ tokenizer, model }: Classifier): number => {
  const said = [tokenizer.model_max_length, model.config['max_position_embeddings']]
  const limits = said.filter((limit): limit is number => typeof limit === 'number' && limit >= FEWEST)
  return Math.min(MOST_TOKENS, ...limits)
}

const isToken = (value: unknown): value is Token =>
  typeof value === 'object' &&
  value !== null &&
  'entity' in value &&
  typeof value.entity === 'string' &&
  'score' in value &&
  typeof value.score === 'number' &&
  'index' in value &&
  typeof value.index === 'number' &&
  'word' in value &&
  typeof value.word === 'string'

/** The library cuts off silently what is longer than the model reads, so a text is halved until it is not. */
const read = async (classifier: Classifier, limit: number, text: string): Promise<readonly TokenSpan[]> => {
  if (text.trim() === '') return []
  if (classifier.tokenizer.encode(text).length > limit) {
    if (text.length <= FEWEST) throw new RangeError('a few characters are more tokens than the model reads')
    const most = Math.ceil(text.length * 0.6)
    const spans: TokenSpan[] = []
    for (const { start, text: half } of piecesOf(text, most, Math.floor(text.length * 0.1))) {
      for (const span of await read(classifier, limit, half))
        spans.push({ ...span, start: span.start + start, end: span.end + start })
    }
    return spans
  }
  const answer = await classifier(text, { ignore_labels: [] })
  if (!Array.isArray(answer)) throw new TypeError('the classifier answered with no list')
  const tokens = answer.filter(isToken)
  if (tokens.length < answer.length)
    throw new TypeError('the classifier answered with something else than tokens')
  return spansOf(text, tokens)
}

const start = async (): Promise<void> => {
  const classifier = await load()
  const limit = limitOf(classifier)
  const labels = classifier.model.config['id2label']
  say({ ready: typeof labels === 'object' && labels !== null ? Object.values(labels).map(String) : [] })
  port.on('message', async ({ text }: ToTokens) => {
    try {
      say({ spans: await read(classifier, limit, text) })
    } catch {
      // What a library says of a failure may hold words of the text.
      say({ failed: true })
    }
  })
}

start().catch((thrown: unknown) => {
  say({ broken: thrown instanceof Error ? thrown.message.slice(0, 300) : 'it cannot be loaded' })
})
