/**
 * The data plane: one request through eight steps.
 *
 * 1 accept (server.ts, body.ts, form.ts) → 2 identify (identify.ts) → 3 read (incoming.ts, wire) → 4 label (sensitivity) →
 * 5 permit (policy) → 6 rank (routing) → 7 send (egress.ts, transport.ts, answer.ts) → 8 settle (settle.ts).
 * pipeline.ts is that list as code.
 *
 * Promises: a request uses one snapshot from beginning to end; nothing leaves but through egress, and egress
 * wants a permit for the very call; whatever happens, the request is settled once, and its record is durable
 * before the client has the last byte.
 *
 * What requests leave behind for later ones: kept-response.ts (answers that are referred to by id) and brought.ts
 * (state that goes home to its issuer only).
 *
 * This room owns sockets, time and order; every other room takes values and returns values. Only main and cli
 * may import it.
 */
export { addressAllowed } from './connector.ts'
export { createEgress, dialectFor, type Egress } from './egress.ts'
export type { Keyring } from './identify.ts'
export { type JudgeParts, judgeOf } from './judge.ts'
export { type Gateway, type GatewayOptions, startGateway } from './server.ts'
