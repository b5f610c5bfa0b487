/**
 * The protocols: one folder for each dialect, both directions. Bytes become a frozen Call and upstream bytes
 * are derived from it; replies are relayed raw or carried through events into the other dialect.
 *
 * Promises: what a client sends wrong is refused by name, before anything is sent. In the same dialect every
 * character but the ones `Forward` names stays as it came. Into another dialect every field is mapped, named
 * in `dropped`, or refused, by the dialect's own table (its fidelity.ts, all of them in fidelity.ts, for people in
 * docs/fidelity.md); what no table names is named. A reply is read to exactly one terminal event; a reply that
 * ends without its dialect's own terminal marker is never taken as complete. What only its issuer can read goes
 * home to it as it was and to nobody else: through a client of another dialect it rides in that dialect's slot,
 * marked (body/sealed.ts). No socket, clock or state beyond a reader's own.
 *
 * Three kinds of dialect. Conversations are carried from any of six into any other: Chat Completions, Responses,
 * Messages, Gemini, Ollama, and Converse, which upstreams speak only. Texts to be gone on with or filled in are
 * carried between completions and Mistral's FIM. Embeddings, pictures, sound and a target's own words
 * (passthrough) go to targets of the same dialect only.
 *
 * Inside: `body/` holds what the reading and writing of all requests share, `stream/` what all replies share;
 * a dialect's folder imports those two and, where one dialect borrows another's shapes, that dialect. A folder
 * has read, forward and relay for its own dialect, conversation and write by way of blocks, reader, streamWriter
 * and wholeBody by way of events, revise for texts that are changed on their way, and its table.
 *
 * Imports domain and lib only. Providers, config and the gateway may import it, through this index.
 */
import { CausewayError, type Dialect, type DialectWire, type UpstreamWire } from '../domain/index.ts'
import { anthropicMessages } from './anthropic-messages/index.ts'
import { bedrockConverse } from './bedrock-converse/index.ts'
import { gemini } from './gemini/index.ts'
import { mistralFim } from './mistral-fim/index.ts'
import { ollama } from './ollama/index.ts'
import { openaiAudio } from './openai-audio/index.ts'
import { openaiChat } from './openai-chat/index.ts'
import { openaiCompletions } from './openai-completions/index.ts'
import { openaiEmbeddings } from './openai-embeddings/index.ts'
import { openaiImages } from './openai-images/index.ts'
import { openaiResponses } from './openai-responses/index.ts'
import { passthrough } from './passthrough/index.ts'

export type { DialectFields, Fidelity, FieldFidelity, FieldRow } from './body/fidelity.ts'
export { filesOnly, formState } from './body/form.ts'
export { fidelityTable } from './fidelity.ts'
export { type ArrayFraming, arrayFraming, geminiModel, geminiModels, openApiSchema } from './gemini/index.ts'
export { type ListedModel, ollamaShow, ollamaTags, ollamaVersion } from './ollama/models.ts'
export {
  expandInput,
  itemsPage,
  outputItems,
  ownItems,
  previousResponse,
  responseIn,
} from './openai-responses/stored.ts'

export { guessDialect, usualArrival } from './usual.ts'

const WIRES: Readonly<Record<Exclude<Dialect, 'bedrock-converse'>, DialectWire>> = Object.freeze({
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  ollama,
  'openai-embeddings': openaiEmbeddings,
  'openai-completions': openaiCompletions,
  'mistral-fim': mistralFim,
  'openai-images': openaiImages,
  'openai-audio': openaiAudio,
  passthrough,
})

/** The wire of a dialect that clients speak. */
export const wireOf = (dialect: Dialect): DialectWire => {
  if (dialect === 'bedrock-converse') {
    throw new CausewayError('internal', 'No client speaks this dialect to us; upstreams do.')
  }
  return WIRES[dialect]
}

/** What it takes to speak a dialect to an upstream. */
export const upstreamWireOf = (dialect: Dialect): UpstreamWire =>
  dialect === 'bedrock-converse' ? bedrockConverse : WIRES[dialect]
