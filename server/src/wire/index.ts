/**
 * The protocols: one folder for each dialect, both directions. Bytes become a frozen Call and upstream bytes
 * are derived from it; replies are relayed raw or carried through events into the other dialect.
 *
 * Promises: what a client sends wrong is refused by name, before anything is sent. In the same dialect every
 * character but the ones `Forward` names stays as it came. Into another dialect every field is mapped, named
 * in `dropped`, or refused, by one table (fidelity.ts). A reply is read to exactly one terminal event; a reply
 * that ends without its dialect's own terminal marker is never taken as complete. No socket, clock or state
 * beyond a reader's own.
 *
 * Inside: `body/` holds what the reading and writing of all requests share, `stream/` what all replies share;
 * a dialect's folder imports those two and, where one dialect borrows another's shapes, that dialect.
 *
 * Imports domain and lib only. Providers, config and the gateway may import it, through this index.
 */
import type { Dialect, DialectWire } from '../domain/index.ts'
import { anthropicMessages } from './anthropic-messages/index.ts'
import { openaiChat } from './openai-chat/index.ts'
import { openaiEmbeddings } from './openai-embeddings/index.ts'

export { type Fidelity, type FieldFidelity, fidelityTable } from './fidelity.ts'

const WIRES: Readonly<Record<Dialect, DialectWire>> = Object.freeze({
  'openai-chat': openaiChat,
  'openai-embeddings': openaiEmbeddings,
  'anthropic-messages': anthropicMessages,
})

/** The wire of a dialect. */
export const wireOf = (dialect: Dialect): DialectWire => WIRES[dialect]
